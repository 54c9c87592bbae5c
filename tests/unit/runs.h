/* runs - journals out of texts, for tests of measures. */
#ifndef CRM_RUNS_H
#define CRM_RUNS_H

#include <stdio.h>

#include "base/buf.h"
#include "base/mem.h"
#include "crm/journal.h"
#include "place.h"

enum { RUNS_ROW = 80 }; /* room for a made-up row */

/* The columns of the rows; a test of other columns names them before it
 * includes this. */
#ifndef RUNS_HEADER
#define RUNS_HEADER "time\tcustomer\tkind\tvalue\tref\n"
#endif

/* A journal of `rows` lines, put into `files` files by turns. */
static inline void
runs_open(struct journal *j, const char *const *row, size_t rows,
    size_t files)
{
	struct input *in[8];
	struct err e = { 0 };

	assert_true(files <= LEN(in));
	for (size_t f = 0; f < files; f++) {
		struct buf text = { 0 };

		buf_str(&text, RUNS_HEADER);
		for (size_t i = f; i < rows; i += files)
			buf_str(&text, row[i]);
		in[f] = place_input("test", buf_text(&text));
		buf_free(&text);
	}
	if (!journal_open(j, in, files, &e))
		fail_msg("%s", e.text);
}

/*
 * Run such a journal through the uses in so many threads.  *j is to be
 * closed by the caller.
 */
static inline void
runs_go(struct journal *j, struct use *uses, size_t n, const char *const *row,
    size_t rows, size_t files, int threads)
{
	struct err e = { 0 };

	runs_open(j, row, rows, files);
	j->threads = threads;
	if (!journal_run(j, uses, n, &e))
		fail_msg("%s", e.text);
}

/* Change places at random. */
static inline void
runs_shuffle(const char **row, size_t n, uint64_t *seed)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = check_random(seed, (uint32_t)i);
		const char *t = row[i - 1];

		row[i - 1] = row[k];
		row[k] = t;
	}
}

/* A time in the first months of 2026; few different ones. */
static inline const char *
runs_time(char to[static 32], uint64_t *seed)
{
	snprintf(to, 32, "2026-%02u-%02uT%02u:00:00Z",
	    1 + check_random(seed, 3), 1 + check_random(seed, 28),
	    check_random(seed, 24));
	return to;
}

#endif
