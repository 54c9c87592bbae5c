/* runs - journals out of texts, for tests of measures. */
#ifndef CRM_RUNS_H
#define CRM_RUNS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Run such a journal through the uses in so many threads. */
static inline void
runs_threads(struct journal *j, struct use *uses, size_t n,
    const char *const *row, size_t rows, size_t files, int threads)
{
	struct err e = { 0 };

	runs_open(j, row, rows, files);
	j->threads = threads;
	if (!journal_run(j, uses, n, &e))
		fail_msg("%s", e.text);
}

/* Let the first take over what the other counted, which is gone then. */
static inline void
runs_merge(struct journal *j, struct use *uses, struct journal *other,
    struct use *others, size_t n)
{
	uint32_t *who = map_join(&j->people, &other->people);
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (!uses[i].measure->merge(uses[i].state, others[i].state,
			who, &e))
			fail_msg("%s", e.text);
		use_free(&others[i]);
	}
	free(who);
	journal_close(other);
}

enum { RUNS_PARTS = 8, RUNS_USES = 64 };

/*
 * Run the rows through the uses in so many parts, each a journal of its own
 * in so many files, and merge their states: an odd number of parts from the
 * first on, an even one from the last.  Threads would do the same, but which
 * of them comes to read something is chance.  *j is to be closed by the
 * caller.
 */
static inline void
runs_go(struct journal *j, struct use *uses, size_t n, const char *const *row,
    size_t rows, size_t files, int parts)
{
	struct journal part[RUNS_PARTS];
	struct use use[RUNS_PARTS][RUNS_USES];
	const char **some = mem_zero(rows, sizeof *some);

	assert_in_range(parts, 1, RUNS_PARTS);
	assert_true(n <= RUNS_USES);
	for (int p = 0; p < parts; p++) {
		size_t m = 0;

		for (size_t i = (size_t)p; i < rows; i += (size_t)parts)
			some[m++] = row[i];
		memcpy(use[p], uses, n * sizeof *uses);
		runs_threads(&part[p], use[p], n, some, m, files, 1);
	}
	for (int p = 1; p < parts && parts % 2 == 1; p++)
		runs_merge(&part[0], use[0], &part[p], use[p], n);
	for (int p = parts - 1; p > 0 && parts % 2 == 0; p--)
		runs_merge(&part[p - 1], use[p - 1], &part[p], use[p], n);
	*j = part[0];
	memcpy(uses, use[0], n * sizeof *uses);
	free(some);
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
