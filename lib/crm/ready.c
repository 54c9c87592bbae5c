#include "crm/ready.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/tr.h"
#include "crm/rulefile.h"
#include "table/decode.h"

const char *
ready_dir(struct buf *room)
{
	const char *dir = getenv("CRM_SHARE");

	buf_fmt(room, "%s/rules", dir != NULL && *dir != '\0' ? dir :
	    CRM_SHAREDIR);
	return buf_text(room);
}

static bool
load(struct rules *r, const char *path, struct err *e)
{
	struct buf text = { 0 };
	bool ok = decode_read(&text, path, e) &&
	    rulefile_parse(r, buf_all(&text), path, e);

	buf_free(&text);
	return ok;
}

bool
ready_load(struct rules *r, const char *word, const char *dir, struct err *e)
{
	struct buf path = { 0 };
	bool ok;

	buf_fmt(&path, "%s/%s.rules", dir, word);
	if (strchr(word, '/') != NULL || access(word, F_OK) == 0 ||
	    access(buf_text(&path), F_OK) != 0)
		ok = load(r, word, e);
	else
		ok = load(r, buf_text(&path), e);
	buf_free(&path);
	return ok;
}

static bool
in_header(const char *name, const struct slice *header, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_is(text_trim(header[i]), name))
			return true;
	return false;
}

/* How many columns of the header the rules know by their best sign. */
static size_t
fit(const struct rules *r, const struct slice *header, size_t n)
{
	size_t best = 0;

	for (size_t s = 0; s < r->signs; s++) {
		size_t i = 0;

		while (i < r->sign[s].n &&
		    in_header(r->sign[s].column[i], header, n))
			i++;
		if (i == r->sign[s].n && i > best)
			best = i;
	}
	return best;
}

static int
is_rules(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 6 && strcmp(d->d_name + n - 6, ".rules") == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* The best rules of the directory are left in *r; how good they are. */
static size_t
best_of(struct rules *r, const char *dir, struct dirent **file, int files,
    const struct slice *header, size_t n, struct err *e)
{
	size_t best = 0;

	for (int i = 0; i < files && e->status == CRM_OK; i++) {
		struct rules next = { 0 };
		struct buf path = { 0 };
		size_t known;

		buf_fmt(&path, "%s/%s", dir, file[i]->d_name);
		known = load(&next, buf_text(&path), e) ?
		    fit(&next, header, n) : 0;
		buf_free(&path);
		if (known <= best) {
			rules_free(&next);
			continue;
		}
		rules_free(r);
		*r = next;
		best = known;
	}
	return best;
}

bool
ready_choose(struct rules *r, const char *dir,
    const struct rules_record *header, const char *file, struct err *e)
{
	struct dirent **list = NULL;
	int files = scandir(dir, &list, is_rules, by_name);
	size_t best;

	if (files < 0 && errno != ENOENT)
		return err_sys(e, dir);
	best = best_of(r, dir, list, files, header->field,
	    header->fields, e);
	while (files > 0)
		free(list[--files]);
	free(list);
	if (e->status != CRM_OK || best > 0)
		return e->status == CRM_OK;
	if (in_header("id", header->field, header->fields) ||
	    in_header("kind", header->field, header->fields))
		return rulefile_copy(r, header, file, e);
	return err_set(e, CRM_DATA, _("%s:%ju: no ready rules know these "
	    "columns: give -m RULES"), file, (uintmax_t)header->line);
}
