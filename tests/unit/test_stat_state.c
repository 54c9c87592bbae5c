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

/* Packed, the customers in their order. */
static void
pack(const struct fold *from, struct slot_size *size, struct buf *to)
{
	uint32_t *order = map_sorted(&from->people);
	struct slot_pack p = { .most = 0 };
	size_t before = to->len;

	for (uint32_t i = 0; i < from->people.len; i++)
		slot_pack(&p, from->use.state, order[i]);
	*size = p.size;
	slot_packed(&p, to);
	assert_int_equal(to->len, before + slot_bytes(size));
	slot_pack_free(&p);
	free(order);
}

/* Packed, looked at, and taken over from there. */
static void
keep(struct fold *to, const struct fold *from)
{
	uint32_t *order = map_sorted(&from->people);
	struct stat *s = mem_zero(1, stat_measure.size), seen = { 0 };
	struct slot_size size;
	struct buf bytes = { 0 };

	*to = (struct fold){ .use = { &stat_measure, NULL, s } };
	stat_measure.init(s, NULL);
	pack(from, &size, &bytes);
	assert_true(slot_view(&seen, &size, bytes.at));
	assert_int_equal(size.people, from->people.len);
	slot_make_room(s, size.people);
	s->people = size.people;
	for (uint32_t i = 0; i < size.people; i++) {
		map_add(&to->people, map_key(&from->people, order[i]));
		slot_take(s, &s->slot[i], &seen, slot_of(&seen, i));
	}
	buf_free(&bytes);
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

/* What no fold makes, each alone. */
static void
bytes_that_say_too_much_are_refused(void **state)
{
	static const char *const row[] = {
		"2026-01-01T00:00:00Z\tC1\trefund\t1\t\n",
		"2026-01-01T00:00:00Z\tC1\torder\t500000\t\n",
	};
	struct slot_size size;
	struct buf bytes = { 0 };
	struct fold f;
	struct stat s = { 0 };

	(void)state;
	fold(&f, row, LEN(row), 1);
	pack(&f, &size, &bytes);
	assert_true(slot_view(&s, &size, bytes.at));
	assert_int_equal(s.extras, 1);
	assert_int_equal(s.rares, 1);
	s.extra->rare = 2;
	assert_false(slot_view(&s, &size, bytes.at));
	s.extra->rare = 0;
	assert_true(slot_view(&s, &size, bytes.at));
	for (int i = 0; i < SUMS; i++) {
		s.rare->high[i] = TOO_LARGE;
		assert_false(slot_view(&s, &size, bytes.at));
		s.rare->high[i] = TOO_LARGE - 1;
		assert_true(slot_view(&s, &size, bytes.at));
	}
	for (int i = 0; i < RARES; i++) {
		s.rare->sum[i] = -1;
		assert_false(slot_view(&s, &size, bytes.at));
		s.rare->sum[i] = INT64_MAX;
		assert_true(slot_view(&s, &size, bytes.at));
	}
	buf_free(&bytes);
	unfold(&f);
}

static void
flip(void *at, size_t len, uint64_t *seed)
{
	char *byte = (char *)at + check_random(seed, (uint32_t)len);

	*byte = (char)(*byte ^ 1 << check_random(seed, 8));
}

/* Whatever is sound can be added and asked for, whatever it says. */
static void
use_all(const struct stat *seen)
{
	struct stat *s = mem_zero(1, stat_measure.size);
	struct slot_wrong w;

	stat_measure.init(s, NULL);
	slot_make_room(s, seen->people);
	for (uint32_t i = 0; i < seen->people; i++) {
		const int32_t *day;
		struct stat_row r;

		stat_row(seen, i, &r);
		assert_true(r.state <= KIND_NONE);
		stat_days(seen, i, &day);
		slot_take(s, &s->slot[i / 2], seen, slot_of(seen, i));
	}
	s->people = seen->people;
	slot_settle(s, s->people, &w);
	stat_measure.free(s);
	free(s);
}

static void
bytes_that_hold_together_can_be_used(void **state)
{
	const char **row = made_rows(10);
	struct slot_size size;
	struct buf bytes = { 0 };
	struct fold part;
	struct stat seen = { 0 };
	uint64_t seed = 12;
	size_t sound = 0, tries = 600;
	char *at;

	(void)state;
	fold(&part, row, 2000, 1);
	pack(&part, &size, &bytes);
	at = mem_zero(1, bytes.len);
	for (size_t t = 0; t < tries; t++) {
		memcpy(at, bytes.at, bytes.len);
		for (size_t i = 0; i < 3 * (t % 8); i++)
			flip(at, bytes.len, &seed);
		if (!slot_view(&seen, &size, at))
			continue;
		sound++;
		use_all(&seen);
	}
	assert_in_range(sound, tries / 8 + 20, tries - 100);
	free(seen.list.day);
	free(at);
	buf_free(&bytes);
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
		UINT64_C(0x3b2af03a6131b753), UINT64_C(0x95175181cc211db8) } };
	const char **row = made_rows(1);
	struct seal_hash layout = stat_layout();
	struct buf bytes = { 0 };
	struct slot_size size;
	struct fold f;

	fold(&f, row, ROWS, 1);
	buf_add(&bytes, &layout, sizeof layout);
	pack(&f, &size, &bytes);
	layout = seal_at(bytes.at, bytes.len);
	if (!seal_eq(layout, want))
		fail_msg("UINT64_C(%#llx), UINT64_C(%#llx)",
		    (unsigned long long)layout.word[0],
		    (unsigned long long)layout.word[1]);
	buf_free(&bytes);
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
		cmocka_unit_test(what_is_long_is_kept),
		cmocka_unit_test(bytes_that_say_too_much_are_refused),
		cmocka_unit_test(bytes_that_hold_together_can_be_used),
		cmocka_unit_test(the_bytes_mean_what_they_meant),
	};

	return cmocka_run_group_tests_name("stat-state", tests, NULL, NULL);
}
