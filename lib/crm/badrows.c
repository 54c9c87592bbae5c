#include "crm/badrows.h"

#include <stdlib.h>

#include "base/mem.h"

static bool
before(const struct badrow *a, const struct badrow *b)
{
	if (a->file != b->file)
		return a->file < b->file;
	return a->block != b->block ? a->block < b->block : a->line < b->line;
}

static void
insert(struct badrows *b, const struct badrow *row)
{
	size_t at = b->n++;

	b->row = mem_grow(b->row, &b->cap, b->n, sizeof *b->row);
	while (at > 0 && before(row, &b->row[at - 1])) {
		b->row[at] = b->row[at - 1];
		at--;
	}
	b->row[at] = *row;
}

void
badrows_add(struct badrows *b, size_t file, uint64_t block,
    const struct err *e)
{
	const char *words = e->text;

	for (int i = 0; i < e->lines; i++) {
		size_t n = strcspn(words, "\n");

		insert(b, &(struct badrow){ file, block, e->at[i],
			      mem_text(words, n) });
		words += n + 1;
	}
}

/* The number of a block's first line. */
static uint64_t
first_line(const struct journal_file *f, uint64_t block)
{
	uint64_t line = 2 + f->passed;

	for (uint64_t i = 0; i < block; i++)
		line += f->lines[i];
	return line;
}

void
badrows_tell(const struct badrows *b, const struct journal_file *files,
    struct err *e)
{
	for (size_t i = 0; i < b->n && i < ERR_LINES; i++) {
		const struct badrow *row = &b->row[i];
		const struct journal_file *f = &files[row->file];

		err_row(e, i, "%s:%ju: %s", input_name(f->in),
		    (uintmax_t)(first_line(f, row->block) + row->line),
		    row->words);
	}
}

void
badrows_free(struct badrows *b)
{
	for (size_t i = 0; i < b->n; i++)
		free(b->row[i].words);
	free(b->row);
	*b = (struct badrows){ 0 };
}
