/* Which files are the journal of a store; part of store.h. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "table/file.h"
#include "table/store.h"

/* Bytes of a journal's name before .gz or .zst; 0 if it is no journal. */
static size_t
journal_stem(const char *name)
{
	static const char *const end[] = { ".tsv", ".tsv.gz", ".tsv.zst" };
	size_t len = strlen(name);

	if (strcmp(name, "journal.tsv") == 0)
		return len;
	for (size_t i = 0; i < LEN(end); i++) {
		size_t n = strlen(end[i]);

		if (len > 8 + n && strncmp(name, "journal-", 8) == 0 &&
		    strcmp(name + len - n, end[i]) == 0)
			return len - n + 4;
	}
	return 0;
}

bool
store_is_journal(const char *name)
{
	return journal_stem(name) > 0;
}

size_t
store_journal_as(const struct store *s, const char *name,
    char *as[static STORE_FORMS])
{
	static const char *const end[STORE_FORMS] = { "", ".gz", ".zst" };
	size_t n = 0;

	for (size_t i = 0; i < STORE_FORMS; i++) {
		as[n] = file_join(name, end[i]);
		if (store_has(s, as[n]) && store_is_journal(as[n]))
			n++;
		else
			free(as[n]);
	}
	return n;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What keeps a journal file `a` and a file `b` apart in byte order: the
 * same file packed and not would be counted twice. */
static bool
are_same(const char *a, const char *b)
{
	size_t n = journal_stem(strrchr(a, '/') + 1);

	return n == journal_stem(strrchr(b, '/') + 1) &&
	    strncmp(strrchr(a, '/') + 1, strrchr(b, '/') + 1, n) == 0;
}

static bool
check_twice(char **path, size_t n, struct err *e)
{
	for (size_t i = 1; i < n; i++)
		if (are_same(path[i - 1], path[i]))
			return err_set(e, CRM_DATA,
			    _("%s: the same journal is there as %s"),
			    path[i], strrchr(path[i - 1], '/') + 1);
	return true;
}

bool
store_journals(const struct store *s, char ***paths, size_t *n,
    struct err *e)
{
	DIR *d = opendir(s->dir);
	const struct dirent *f;
	size_t cap = 0;

	*paths = NULL;
	*n = 0;
	if (d == NULL)
		return err_sys(e, s->dir);
	while (errno = 0, (f = readdir(d)) != NULL) {
		if (journal_stem(f->d_name) == 0)
			continue;
		*paths = mem_grow(*paths, &cap, *n + 1, sizeof **paths);
		(*paths)[(*n)++] = store_path(s, f->d_name);
	}
	if (errno != 0)
		err_sys(e, s->dir);
	closedir(d);
	if (*n > 0)
		qsort(*paths, *n, sizeof **paths, by_name);
	return e->status == CRM_OK && check_twice(*paths, *n, e);
}
