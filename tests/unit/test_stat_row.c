/*
 * stat_parse - rows of crm-stat are what was counted: with what is new they are
 * the fold of all; texts that are no rows are noticed.
 */
#include "check.h"

#include <stdio.h>

#include "measure/slot.h"
#include "measure/stat.h"
#include "runs.h"
#include "show/show.h"

enum { ROWS = 20000, CUSTOMERS = 90 };

static const char *
made_row(uint64_t *seed)
{
	static const struct {
		const char *kind, *value;
	} what[] = { { "in", "4.5" }, { "order", "19.99" }, { "order", "500000" },
		{ "refund", "1" }, { "cost", "2" }, { "nps", "9" },
		{ "nps", "3" }, { "csat", "5" }, { "complaint", "" },
		{ "solve", "" }, { "deal", "" }, { "won", "" },
		{ "leave", "" }, { "web", "" } };
	char *row = malloc(RUNS_ROW), time[32];
	uint32_t k = check_random(seed, LEN(what));

	snprintf(row, RUNS_ROW, "%s\t%s%u\t%s\t%s\tR%u\n",
	    runs_time(time, seed), k % 3 == 0 ? "a-long-customer-id-" : "C",
	    check_random(seed, CUSTOMERS), what[k].kind, what[k].value,
	    check_random(seed, 5));
	return row;
}

struct fold {
	struct map people;
	struct use use;
};

static void
fold(struct fold *f, const char *const *row, size_t n, int threads)
{
	struct journal j;

	f->use = (struct use){ &stat_measure, NULL, NULL };
	runs_go(&j, &f->use, 1, row, n, 1, threads);
	f->people = j.people;
	j.people = (struct map){ 0 };
	journal_close(&j);
}

static void
unfold(struct fold *f)
{
	use_free(&f->use);
	map_free(&f->people);
}

/* --- texts ---------------------------------------------------------------- */



static void
show_member(struct show *to, const struct stat_field *f,
    const struct stat_row *row)
{
	const void *at = (const char *)row + f->at;
	const int64_t *time = (const void *)((const char *)row + f->time_at);

	if (f->time_at != 0 && *time == STAT_NEVER)
		show_empty(to);
	else if (f->type == STAT_TIME)
		show_time(to, *(const int64_t *)at);
	else if (f->type == STAT_COUNT)
		show_int(to, *(const int64_t *)at);
	else if (f->type == STAT_MONEY)
		show_money(to, *(const int64_t *)at);
	else if (f->type == STAT_DAY)
		show_day(to, *(const int32_t *)at);
	else if (f->type == STAT_SCORE)
		show_int(to, *(const int *)at);
	else
		show_text(to, kind_info(*(const uint8_t *)at)->name);
}

/* As crm-stat writes it. */
static char *
text_of(struct slice id, const struct stat_row *row)
{
	struct show_column column[STAT_COLUMNS] = { 0 };
	struct show out = { .format = SHOW_TSV };
	char *text = NULL, *at;
	size_t n = 0;

	for (int i = 0; i < STAT_COLUMNS; i++)
		column[i].name = stat_field[i].name;
	out.to = open_memstream(&text, &n);
	show_begin(&out, column, STAT_COLUMNS);
	show_field(&out, id);
	for (int i = 1; i < STAT_COLUMNS; i++)
		show_member(&out, &stat_field[i], row);
	show_row(&out);
	show_end(&out);
	fclose(out.to);
	at = strchr(text, '\n') + 1;
	n -= (size_t)(at - text);
	memmove(text, at, n + 1);
	return mem_resize(text, n + STAT_SLACK, 1);
}

/* The row of a text, which it must be. */
static void
parse(struct slice id, const struct stat_row *row, struct stat_row *got)
{
	char *text = text_of(id, row);

	memset(got, 0, sizeof *got);
	assert_true(stat_parse(slice_of(text), got));
	free(text);
}

/* --- folds ---------------------------------------------------------------- */

static void
make_fold(struct fold *f)
{
	*f = (struct fold){ .use = { &stat_measure, NULL,
		mem_zero(1, stat_measure.size) } };
	stat_measure.init(f->use.state, NULL);
}

/* Written as rows, and taken over from there. */
static void
keep(struct fold *to, const struct fold *from)
{
	uint32_t *order = map_sorted(&from->people);
	struct err e = { 0 };

	make_fold(to);
	assert_true(stat_settle(from->use.state, &from->people, &e));
	for (uint32_t i = 0; i < from->people.len; i++) {
		struct slice id = map_key(&from->people, order[i]);
		struct stat_row row, got;
		const int32_t *day;
		size_t n = stat_days(from->use.state, order[i], &day);

		memset(&row, 0, sizeof row);
		stat_row(from->use.state, order[i], &row);
		parse(id, &row, &got);
		stat_add_row(to->use.state, map_add(&to->people, id), &got,
		    day, n);
	}
	free(order);
}

static void
add(struct fold *to, struct fold *more)
{
	uint32_t *who = map_join(&to->people, &more->people);
	struct err e = { 0 };

	assert_true(stat_measure.merge(to->use.state, more->use.state, who,
	    &e));
	free(who);
	unfold(more);
}

/* The same by a run that begins with what is there. */
static void
go_on(struct fold *f, const char *const *row, size_t n, int threads)
{
	struct journal j;
	struct err e = { 0 };

	runs_open(&j, row, n, 1);
	j.threads = threads;
	j.people = f->people;
	assert_true(journal_run(&j, &f->use, 1, &e));
	f->people = j.people;
	j.people = (struct map){ 0 };
	journal_close(&j);
}

static void
assert_same(const struct fold *a, const struct fold *b)
{
	assert_int_equal(a->people.len, b->people.len);
	for (uint32_t i = 0; i < a->people.len; i++) {
		uint32_t k = map_find(&b->people, map_key(&a->people, i));
		const int32_t *days, *same;
		struct stat_row r, s;
		size_t n;

		assert_int_not_equal(k, MAP_NONE);
		memset(&r, 0, sizeof r);
		memset(&s, 0, sizeof s);
		assert_true(stat_row(a->use.state, i, &r));
		assert_true(stat_row(b->use.state, k, &s));
		assert_memory_equal(&r, &s, sizeof r);
		n = stat_days(a->use.state, i, &days);
		assert_int_equal(stat_days(b->use.state, k, &same), n);
		assert_int_equal(n, r.order_days);
		if (n > 0)
			assert_memory_equal(days, same, n * sizeof *days);
	}
}

static const char **
made_rows(uint64_t seed)
{
	const char **row = mem_zero(ROWS, sizeof *row);

	for (size_t i = 0; i < ROWS; i++)
		row[i] = made_row(&seed);
	return row;
}

static void
free_rows(const char **row)
{
	for (size_t i = 0; i < ROWS; i++)
		free((char *)(uintptr_t)row[i]);
	free(row);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Rows in any order, and by time, where chains of days stay sorted. */
static void
what_was_kept_and_what_is_new_make_the_whole(void **state)
{
	const char **row = made_rows(8);
	struct err e = { 0 };
	struct fold whole, part, kept, again;
	uint64_t seed = 9;

	(void)state;
	fold(&whole, row, ROWS, 1);
	assert_true(stat_settle(whole.use.state, &whole.people, &e));
	for (int i = 0; i < 12; i++) {
		size_t cut = check_random(&seed, ROWS + 1);

		if (i == 6)
			qsort(row, ROWS, sizeof *row, by_bytes);
		fold(&part, row, cut, 1 + i % 3);
		keep(&kept, &part);
		unfold(&part);
		fold(&part, row + cut, (ROWS - cut) / 2, 1);
		add(&kept, &part);
		keep(&again, &kept);
		go_on(&again, row + cut + (ROWS - cut) / 2,
		    (ROWS - cut + 1) / 2, 1 + i % 4);
		assert_true(stat_settle(again.use.state, &again.people, &e));
		assert_same(&again, &whole);
		unfold(&kept);
		unfold(&again);
	}
	unfold(&whole);
	free_rows(row);
}

/* Counts beyond 16 bits and sums beyond 32, whichever part has them. */
static void
what_is_long_is_kept(void **state)
{
	enum { MANY = 2 * 65536 + 9 };
	static const char *row[MANY];
	static const size_t cuts[] = { 0, 1, 9, 65536, 65546, 98304, 131070,
		MANY };
	struct fold whole, part, rest, kept, again;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		row[i] = i % 65536 < 3 ?
		    "2026-01-02T00:00:00Z\tC1\torder\t429496.7295\t\n" :
		    i % 65536 == 4 ?
		    "2026-01-01T00:00:00Z\tC1\torder\t858993.4593\t\n" :
		    "2026-01-02T00:00:00Z\tC1\trequest\t\tR\n";
	fold(&whole, row, MANY, 1);
	for (size_t i = 0; i < 2 * LEN(cuts); i++) {
		size_t cut = cuts[i / 2];

		fold(&part, row, cut, 1);
		keep(&kept, &part);
		unfold(&part);
		fold(&rest, row + cut, MANY - cut, 1);
		add(i % 2 ? &kept : &rest, i % 2 ? &rest : &kept);
		keep(&again, i % 2 ? &kept : &rest);
		assert_same(&again, &whole);
		unfold(i % 2 ? &kept : &rest);
		unfold(&again);
	}
	unfold(&whole);
}

/* The rows of a fold as a table, and each typed by itself into *typed. */
static void
write_table(const struct fold *from, struct buf *text, struct fold *typed)
{
	for (int i = 0; i < STAT_COLUMNS; i++)
		buf_fmt(text, "%s%c", stat_field[i].name,
		    i + 1 < STAT_COLUMNS ? '\t' : '\n');
	for (uint32_t i = 0; i < from->people.len; i++) {
		struct slice id = map_key(&from->people, i);
		struct stat_row row, got;
		char *line;

		stat_row(from->use.state, i, &row);
		line = text_of(id, &row);
		buf_str(text, line);
		free(line);
		parse(id, &row, &got);
		stat_add_row(typed->use.state, map_add(&typed->people, id),
		    &got, NULL, 0);
	}
}

/* The slow way to type a row, with words for all that may be wrong. */
static void
rows_are_what_reading_a_table_gives(void **state)
{
	const char **row = made_rows(5);
	struct stat_choice all = { .aliases = &(struct aliases){ .to = NULL },
		.until = INT64_MAX };
	struct fold whole, typed, read;
	struct buf text = { 0 };
	struct tsv t = { 0 };
	struct err e = { 0 };

	(void)state;
	fold(&whole, row, ROWS, 1);
	assert_true(stat_settle(whole.use.state, &whole.people, &e));
	make_fold(&typed);
	make_fold(&read);
	write_table(&whole, &text, &typed);
	assert_true(tsv_open(&t, place_input("test", buf_text(&text))));
	if (!stat_read(read.use.state, &t, &read.people, &all))
		fail_msg("%s", t.err.text);
	tsv_close(&t);
	for (uint32_t i = 0; i < whole.people.len; i++) {
		struct stat_row a, b;

		memset(&a, 0, sizeof a);
		memset(&b, 0, sizeof b);
		assert_true(stat_row(read.use.state, i, &a));
		assert_true(stat_row(typed.use.state, i, &b));
		assert_memory_equal(&a, &b, sizeof a);
	}
	assert_int_equal(read.people.len, typed.people.len);
	buf_free(&text);
	unfold(&whole);
	unfold(&typed);
	unfold(&read);
	free_rows(row);
}

/* Order days need not be known where what is new has none before the last. */
static void
what_follows_needs_no_order_days(void **state)
{
	const char **row = made_rows(3);
	struct fold whole, part, rest;
	uint64_t seed = 4;
	struct err e = { 0 };
	size_t followed = 0;

	(void)state;
	qsort(row, ROWS, sizeof *row, by_bytes);
	fold(&whole, row, ROWS, 1);
	for (int i = 0; i < 6; i++) {
		size_t cut = check_random(&seed, ROWS);
		struct stat *s = mem_zero(1, stat_measure.size);

		fold(&part, row, cut, 1);
		fold(&rest, row + cut, ROWS - cut, 1);
		assert_true(stat_settle(part.use.state, &part.people, &e));
		stat_measure.init(s, NULL);
		slot_make_room(s, part.people.len);
		for (uint32_t k = 0; k < part.people.len; k++) {
			struct slice id = map_key(&part.people, k);
			const struct slot *new = slot_of(rest.use.state,
			    map_find(&rest.people, id));
			struct stat_row old, got, want;

			memset(&old, 0, sizeof old);
			stat_row(part.use.state, k, &old);
			parse(id, &old, &got);
			if (!slot_follows(new, &got))
				continue;
			followed++;
			slot_take_row(s, &s->slot[k], &got, new);
			slot_take(s, &s->slot[k], rest.use.state, new);
			memset(&got, 0, sizeof got);
			memset(&want, 0, sizeof want);
			stat_row(s, k, &got);
			stat_row(whole.use.state,
			    map_find(&whole.people, id), &want);
			assert_memory_equal(&got, &want, sizeof want);
		}
		stat_measure.free(s);
		free(s);
		unfold(&part);
		unfold(&rest);
	}
	assert_in_range(followed, 6 * 2 * CUSTOMERS / 2, 6 * 2 * CUSTOMERS);
	unfold(&whole);
	free_rows(row);
}

/* --- what is no row ------------------------------------------------------- */

#define ROW(orders, rest) SCORED("-2", "10", orders, rest)
#define SCORED(tone, nps, orders, rest) \
	"C1\t2026-01-01T00:00:00Z\t2026-01-02T00:00:00Z\t" \
	"9\t1\t0.00\t\t" tone "\t2026-01-01T00:00:00Z\t" orders \
	"\t0.00\t4294967295\t0\t" nps "\t2026-01-01T00:00:00Z\t\t\t" rest "\n"
#define ORDERS "2\t1\t2026-01-01\t2026-01-01\t1.00\t922337203685477.5806\t" \
	"0.001\t0.0001"

static void
texts_that_are_no_rows_are_refused(void **state)
{
	static const char *const good[] = {
		ROW(ORDERS, "won\t2026-01-01T00:00:00Z"),
		ROW(ORDERS, "\t"),
		ROW("0\t0\t\t\t0.00\t0.00\t0.00\t0.00", "\t"),
		SCORED("2", "0", ORDERS, "\t"), SCORED("", "", ORDERS, "\t"),
	};
	static const char *const bad[] = {
		SCORED("3", "0", ORDERS, "\t"), SCORED("-3", "0", ORDERS, "\t"),
		SCORED("2", "11", ORDERS, "\t"), SCORED("2", "-1", ORDERS, "\t"),
		"\n", "C1\n", "C1\t\n", "C1\t2026-01-01T00:00:00Z\n",
		ROW(ORDERS, "won\t2026-01-01T00:00:00"),
		ROW(ORDERS, "won\t2026-01-01T00:00:00Z\t"),
		ROW(ORDERS, "won"),
		ROW(ORDERS, "none\t2026-01-01T00:00:00Z"),
		ROW(ORDERS, "\t2026-02-30T00:00:00Z"),
		ROW(ORDERS "\t", "\t"),
		ROW("2\t1\t2026-01-01\t2026-01-01\t1.00\t922337203685477.5807\t"
		    "0.00\t0.00", "\t"),
		ROW("2\t1\t2026-01-01\t2026-01-01\t1.00\t1000000000000000\t"
		    "0.00\t0.00", "\t"),
		ROW("2\t1\t2026-01-01\t2026-01-01\t1.00\t0.00001\t"
		    "0.00\t0.00", "\t"),
		ROW("2\t1\t2026-01-01\t2026-01-01\t-1.00\t0.00\t0.00\t0.00",
		    "\t"),
		ROW("2\t1\t2026-01-01\t2026-01-01\t\t0.00\t0.00\t0.00", "\t"),
		ROW("4294967296\t1\t2026-01-01\t2026-01-01\t1.00\t0.00\t0.00\t"
		    "0.00", "\t"),
		ROW("x\t1\t2026-01-01\t2026-01-01\t1.00\t0.00\t0.00\t0.00",
		    "\t"),
		ROW("\t1\t2026-01-01\t2026-01-01\t1.00\t0.00\t0.00\t0.00",
		    "\t"),
		ROW("2\t0\t2026-01-01\t2026-01-01\t1.00\t0.00\t0.00\t0.00",
		    "\t"),
		ROW("0\t1\t\t\t1.00\t0.00\t0.00\t0.00", "\t"),
		ROW("2\t1\t\t2026-01-01\t1.00\t0.00\t0.00\t0.00", "\t"),
		ROW("2\t1\t2026-01-01\t\t1.00\t0.00\t0.00\t0.00", "\t"),
		ROW("2\t1\t2026-13-01\t2026-01-01\t1.00\t0.00\t0.00\t0.00",
		    "\t"),
	};

	(void)state;
	for (size_t i = 0; i < LEN(good) + LEN(bad); i++) {
		const char *row = i < LEN(good) ? good[i]
						: bad[i - LEN(good)];
		char *text = mem_zero(1, strlen(row) + STAT_SLACK);
		struct stat_row got;

		strcpy(text, row);
		if (stat_parse(slice_of(text), &got) != (i < LEN(good)))
			fail_msg("%zu: %s", i, text);
		free(text);
	}
}

/* Whatever is taken for a row can be added and asked for. */
static void
rows_of_any_bytes_can_be_used(void **state)
{
	const char *row = ROW(ORDERS, "won\t2026-01-01T00:00:00Z");
	size_t n = strlen(row), taken = 0, tries = 40000;
	struct stat *s = mem_zero(1, stat_measure.size);
	char *text = mem_zero(1, n + STAT_SLACK);
	uint64_t seed = 12;

	(void)state;
	stat_measure.init(s, NULL);
	for (size_t t = 0; t < tries; t++) {
		static const char bytes[] = "0123456789-:.TZ\t\n";
		struct stat_row got;

		memcpy(text, row, n);
		for (size_t i = 0; i <= t % 3; i++)
			text[check_random(&seed, (uint32_t)n - 1)] = t % 2 ?
			    (char)check_random(&seed, 256) :
			    bytes[check_random(&seed, sizeof bytes - 1)];
		if (!stat_parse((struct slice){ text, n }, &got))
			continue;
		taken++;
		stat_add_row(s, (uint32_t)t % 9, &got, NULL, 0);
		stat_row(s, (uint32_t)t % 9, &got);
		assert_true(got.tone_time == STAT_NEVER ||
		    (got.tone_time >= DATE_FIRST * DATE_DAY &&
			got.tone_time < (DATE_LAST + 1) * DATE_DAY));
		assert_true(got.last_order >= DATE_FIRST &&
		    got.last_order <= DATE_LAST);
	}
	assert_in_range(taken, tries / 50, tries / 2);
	stat_measure.free(s);
	free(s);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_kept_and_what_is_new_make_the_whole),
		cmocka_unit_test(what_is_long_is_kept),
		cmocka_unit_test(rows_are_what_reading_a_table_gives),
		cmocka_unit_test(what_follows_needs_no_order_days),
		cmocka_unit_test(texts_that_are_no_rows_are_refused),
		cmocka_unit_test(rows_of_any_bytes_can_be_used),
	};

	return cmocka_run_group_tests_name("stat-row", tests, NULL, NULL);
}
