/*
 * stat-state - a fold that was kept and gone on with is the fold of all;
 * bytes that do not hold together are noticed.
 */
#include "check.h"

#include <stdio.h>

#include "measure/slot.h"
#include "measure/stat.h"
#include "runs.h"

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

/* To a file and back: the customers in their order. */
static void
keep(struct fold *to, const struct fold *from)
{
	char path[] = "/tmp/test_stat_state.XXXXXX";
	uint32_t *order = map_sorted(&from->people);
	struct crate_writer w;
	struct err e = { 0 };
	struct crate c;
	void *at[STAT_PARTS];

	close(mkstemp(path));
	crate_begin(&w, path);
	stat_write(from->use.state, order, from->people.len, &w);
	assert_true(crate_end(&w, &e));
	*to = (struct fold){ .use = { &stat_measure, NULL,
		mem_zero(1, stat_measure.size) } };
	stat_measure.init(to->use.state, NULL);
	assert_true(crate_open(&c, path, &e));
	assert_int_equal(c.parts, STAT_PARTS);
	assert_true(stat_room(to->use.state, c.len, at));
	for (size_t i = 0; i < STAT_PARTS; i++)
		assert_true(crate_read(&c, i, at[i], 2));
	crate_close(&c);
	unlink(path);
	assert_true(stat_sound(to->use.state, from->people.len));
	assert_false(stat_sound(to->use.state, from->people.len + 1));
	for (uint32_t i = 0; i < from->people.len; i++)
		map_add(&to->people, map_key(&from->people, order[i]));
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

static void
lengths_that_cannot_be_are_refused(void **state)
{
	static const uint64_t len[][STAT_PARTS] = { { 1, 0, 0 },
		{ 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0, 1 }, { UINT64_MAX - 63, 0, 0 },
		{ 0, UINT64_MAX - 7, 0 }, { 0, 0, UINT64_MAX - 15 }, { UINT64_C(1) << 39, 0, 0 } };
	void *at[STAT_PARTS];

	(void)state;
	for (size_t i = 0; i < LEN(len); i++) {
		struct stat *s = mem_zero(1, stat_measure.size);

		assert_false(stat_room(s, len[i], at));
		stat_measure.free(s);
		free(s);
	}
}

static void
flip(void *at, size_t len, uint64_t *seed)
{
	char *byte = (char *)at + check_random(seed, (uint32_t)len);

	*byte = (char)(*byte ^ 1 << check_random(seed, 8));
}

/* Whatever is sound can be settled and asked for, whatever it says. */
static void
bytes_that_hold_together_can_be_used(void **state)
{
	const char **row = made_rows(10);
	struct fold part, kept;
	uint64_t seed = 12;
	size_t sound = 0, tries = 600;

	(void)state;
	fold(&part, row, 2000, 1);
	for (size_t t = 0; t < tries; t++) {
		struct err e = { 0 };
		struct stat *s;

		keep(&kept, &part);
		s = kept.use.state;
		for (size_t i = 0; i < t % 8; i++) {
			flip(s->slot, s->people * sizeof *s->slot, &seed);
			flip(s->entry, s->entries * sizeof *s->entry, &seed);
			flip(s->extra, s->extras * sizeof *s->extra, &seed);
			flip(s->rare, s->rares * sizeof *s->rare, &seed);
		}
		if (stat_sound(s, kept.people.len)) {
			sound++;
			stat_settle(s, &kept.people, &e);
			for (uint32_t i = 0; i < kept.people.len; i++) {
				const int32_t *day;
				struct stat_row r;

				stat_row(s, i, &r);
				stat_days(s, i, &day);
				assert_true(r.state <= KIND_NONE);
			}
		}
		unfold(&kept);
	}
	assert_in_range(sound, tries / 8 + 20, tries - 100);
	unfold(&part);
	free_rows(row);
}

/*
 * Whoever changes what is in a slot, or what it means, sees this fail, and
 * raises FORMAT in stat-state.c before a new hash is put here.
 */
static void
the_bytes_mean_what_they_meant(void **state)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	static const struct seal_hash want = { {
		UINT64_C(0x22c3c218a7fdf9f9), UINT64_C(0x444f1a9ea4f04b13) } };
	const char **row = made_rows(1);
	char path[] = "/tmp/test_stat_state.XXXXXX";
	struct seal_hash layout = stat_layout();
	struct crate_writer w;
	struct err e = { 0 };
	struct fold f;
	uint32_t *order;

	close(mkstemp(path));
	fold(&f, row, ROWS, 1);
	order = map_sorted(&f.people);
	crate_begin(&w, path);
	crate_part(&w);
	crate_add(&w, &layout, sizeof layout);
	stat_write(f.use.state, order, f.people.len, &w);
	assert_true(crate_end(&w, &e));
	/* the hashes of all parts */
	layout = seal_at(w.hash, sizeof w.hash);
	if (!seal_eq(layout, want))
		fail_msg("UINT64_C(%#llx), UINT64_C(%#llx)",
		    (unsigned long long)layout.word[0],
		    (unsigned long long)layout.word[1]);
	unlink(path);
	free(order);
	unfold(&f);
	free_rows(row);
#endif
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_kept_and_what_is_new_make_the_whole),
		cmocka_unit_test(lengths_that_cannot_be_are_refused),
		cmocka_unit_test(bytes_that_hold_together_can_be_used),
		cmocka_unit_test(the_bytes_mean_what_they_meant),
	};

	return cmocka_run_group_tests_name("stat-state", tests, NULL, NULL);
}
