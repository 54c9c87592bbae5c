#include "crm/resume.h"

#include <stdlib.h>

#include "base/mem.h"
#include "crm/opened.h"

/* A file as it is noted, with its name behind it. */
struct record {
	struct input_mark mark;
	uint64_t lines; /* read, the header not counted */
	uint64_t old;   /* was its last change RESUME_OLD ago? */
	uint64_t name;  /* bytes of it */
};

/* A record that has been found among the files. */
struct found {
	struct record record;
	struct journal_file *file;
};

bool
resume_watch(struct journal *j, const char **name)
{
	for (size_t i = 0; i < j->files; i++) {
		*name = input_name(j->file[i].in);
		if (!input_watch(j->file[i].in))
			return false;
	}
	return true;
}

/* Take the next record off what was noted. */
static bool
next(struct slice *noted, struct record *r, struct slice *name)
{
	if (noted->len < sizeof *r)
		return false;
	memcpy(r, noted->at, sizeof *r);
	if (noted->len - sizeof *r < r->name)
		return false;
	*name = (struct slice){ noted->at + sizeof *r, r->name };
	noted->at += sizeof *r + r->name;
	noted->len -= sizeof *r + r->name;
	return true;
}

uint64_t
resume_bytes(struct slice noted)
{
	struct record r;
	struct slice name;
	uint64_t bytes = 0;

	while (next(&noted, &r, &name))
		bytes += r.mark.bytes;
	return bytes;
}

uint64_t
resume_new(const struct journal *j, struct slice noted)
{
	uint64_t old = resume_bytes(noted), now = 0;

	for (size_t i = 0; i < j->files; i++)
		now += input_size(j->file[i].in);
	return now < old ? UINT64_MAX : now - old;
}

static bool
is_taken(const struct journal_file *f, const struct found *found, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (found[i].file == f)
			return true;
	return false;
}

/* The first file of that name which no record has yet. */
static struct journal_file *
find_file(struct journal *j, struct slice name, const struct found *found,
    size_t n)
{
	for (size_t i = 0; i < j->files; i++)
		if (slice_is(name, input_name(j->file[i].in)) &&
		    !is_taken(&j->file[i], found, n))
			return &j->file[i];
	return NULL;
}

static bool
find_all(struct journal *j, struct slice noted, int trust,
    struct found *found, size_t *n)
{
	size_t threads = journal_threads(j);
	struct slice name;

	for (*n = 0; noted.len > 0; ++*n) {
		struct found *f = &found[*n];

		if (!next(&noted, &f->record, &name))
			return false;
		f->file = find_file(j, name, found, *n);
		if (f->file == NULL || !input_is(f->file->in,
			&f->record.mark,
			trust | (f->record.old != 0 ? INPUT_LEFT : 0),
			threads))
			return false;
	}
	return true;
}

bool
resume_from(struct journal *j, struct slice noted, bool last,
    struct err *e)
{
	struct found *found = mem_zero(j->files + 1, sizeof *found);
	size_t n = 0;
	bool all = find_all(j, noted, last ? INPUT_GROWN : 0, found, &n);

	for (size_t i = 0; all && i < n; i++) {
		all = input_resume(found[i].file->in, &found[i].record.mark,
		    e);
		found[i].file->passed = found[i].record.lines;
		found[i].file->resumed = true;
	}
	free(found);
	return all;
}

struct input **
resume_passed(const struct journal *j, size_t *n, struct err *e)
{
	struct input **in = mem_zero(j->files, sizeof *in);

	*n = 0;
	for (size_t i = 0; i < j->files && e->status == CRM_OK; i++) {
		if (!j->file[i].resumed)
			continue;
		in[*n] = input_passed(j->file[i].in, e);
		*n += in[*n] != NULL;
	}
	return in;
}

bool
resume_gains(const struct journal *j)
{
	bool gains = false;

	for (size_t i = 0; i < j->files; i++)
		gains = gains || input_gains(j->file[i].in);
	return gains;
}

bool
resume_note(const struct journal *j, int64_t began, struct buf *to)
{
	for (size_t i = 0; i < j->files; i++) {
		const struct journal_file *f = &j->file[i];
		struct slice name = slice_of(input_name(f->in));
		struct record r = { .lines = f->passed + f->read,
			.name = name.len };

		if (!input_mark(f->in, &r.mark))
			return false;
		r.old = r.mark.file.changed < began - RESUME_OLD;
		buf_add(to, &r, sizeof r);
		buf_slice(to, name);
	}
	return true;
}
