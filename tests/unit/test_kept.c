/*
 * kept - rows and order days of customers in pieces, which are what they were
 * or of no use.
 */
#include "check.h"

#include "cli/kept.h"
#include "place.h"

static void
end(struct crate_writer *w)
{
	struct err e = { 0 };

	if (!crate_end(w, &e))
		fail_msg("%s", e.text);
}

/* A piece of three customers, and one of one. */
static void
make_two(void)
{
	static const int32_t day[] = { 0, 9, 20000 };
	struct kept_made m = { .about.most = 0 };
	struct kept_writer w;
	struct crate_writer c;

	crate_begin(&c, "state");
	kept_begin(&w, &c, 7);
	kept_put(&m, slice_of("A\tone\n"), 1, day, 3);
	kept_put(&m, slice_of("BB\t\n"), 2, NULL, 0);
	kept_put(&m, slice_of("C\tthree\t3\n"), 1, day + 1, 1);
	kept_pack(&m);
	kept_add(&w, &m);
	kept_pack(&m);
	kept_add(&w, &m);
	kept_put(&m, slice_of("\t\n"), 0, day, 2);
	kept_pack(&m);
	kept_add(&w, &m);
	kept_end(&w);
	kept_made_free(&m);
	end(&c);
}

static void
open_kept(struct crate *c, struct kept *k)
{
	struct err e = { 0 };

	assert_true(crate_open(c, "state", &e));
	assert_true(kept_open(k, c, 0));
}

static void
assert_slice(struct slice got, const char *want)
{
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.at, want, got.len);
}

static void
pieces_are_what_was_put(void **state)
{
	struct kept_view v = { .n = 0 };
	const int32_t *day;
	struct crate c;
	struct kept k;

	(void)state;
	make_two();
	open_kept(&c, &k);
	assert_int_equal(k.pieces, 2);
	assert_int_equal(k.customers, 4);
	assert_int_equal(k.most, 7);
	assert_slice(k.first[0], "A");
	assert_slice(k.first[1], "");
	assert_true(kept_read(&k, 0, &v));
	assert_int_equal(v.n, 3);
	assert_slice(v.id[1], "BB");
	assert_slice(kept_rows(&v, 0, 1), "A\tone\n");
	assert_slice(kept_rows(&v, 1, 3), "BB\t\nC\tthree\t3\n");
	assert_true(kept_read_days(&k, 0, &v));
	assert_true(kept_read_days(&k, 0, &v));
	assert_int_equal(kept_days(&v, 0, &day), 3);
	assert_int_equal(day[2], 20000);
	assert_int_equal(kept_days(&v, 1, &day), 0);
	assert_int_equal(kept_days(&v, 2, &day), 1);
	assert_int_equal(day[0], 9);
	assert_true(kept_read(&k, 1, &v));
	assert_false(v.dated);
	assert_int_equal(v.n, 1);
	assert_slice(v.id[0], "");
	assert_slice(kept_rows(&v, 0, 1), "\t\n");
	assert_true(kept_read_days(&k, 1, &v));
	assert_int_equal(kept_days(&v, 0, &day), 2);
	assert_int_equal(day[1], 9);
	kept_view_free(&v);
	kept_close(&k);
	crate_close(&c);
}

/*
 * Whoever changes what is in a piece, or what it means, sees this fail, and
 * raises KEPT_FORMAT before a new hash is put here.
 */
static void
the_bytes_mean_what_they_meant(void **state)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	static const struct seal_hash want = { {
		UINT64_C(0xf98e9fd6147bf561), UINT64_C(0x4ff3c98e7d2df448) } };
	struct buf bytes = { 0 };
	struct seal_hash got;
	struct crate c;
	struct err e = { 0 };

	make_two();
	assert_true(crate_open(&c, "state", &e));
	assert_true(crate_take(&c, KEPT_PIECES, &bytes));
	got = seal_at(bytes.at, bytes.len);
	if (!seal_eq(got, want))
		fail_msg("UINT64_C(%#llx), UINT64_C(%#llx)",
		    (unsigned long long)got.word[0],
		    (unsigned long long)got.word[1]);
	buf_free(&bytes);
	crate_close(&c);
#endif
	(void)state;
}

/* A crate with these bytes of pieces, a piece in the index, and a first id. */
static void
make_any(const void *bytes, size_t len, const struct kept_piece *p)
{
	struct crate_writer w;

	crate_begin(&w, "state");
	crate_part(&w);
	crate_add(&w, bytes, len);
	crate_part(&w);
	crate_add(&w, p, sizeof *p);
	crate_part(&w);
	crate_add(&w, "K", 1);
	end(&w);
}

/* Nothing of an index that does not fit its pieces is used. */
static void
an_index_that_cannot_be_is_refused(void **state)
{
	enum { ROWS = 12, DAYS = 4, ALL = ROWS + DAYS };
	static const struct kept_piece good = { 0, ROWS, DAYS, 1, 0, 1,
		{ { 0, 0 } }, { { 0, 0 } } };
	static const struct {
		struct kept_piece p;
		bool good;
	} index[] = {
		{ { 0, ROWS, DAYS, 1, 0, 1, { { 0, 0 } }, { { 0, 0 } } }, true },
		{ { .at = 1, ROWS, DAYS, 1, 0, 1 }, false },
		{ { 0, .rows = ROWS - 1, DAYS, 1, 0, 1 }, false },
		{ { 0, .rows = ROWS + 1, DAYS, 1, 0, 1 }, false },
		{ { 0, .rows = UINT64_MAX, DAYS, 1, 0, 1 }, false },
		{ { 0, ROWS, .days = DAYS + 1, 1, 0, 1 }, false },
		{ { 0, ROWS, .days = UINT64_MAX, 1, 0, 1 }, false },
		{ { 0, ROWS, DAYS, .customers = 0, 0, 1 }, false },
		{ { 0, ROWS, DAYS, .customers = 2, 0, 1 }, false },
		{ { 0, 14, 2, .customers = 1, 0, 1 }, false },
		{ { 0, 4, 12, .customers = 1, 0, 1 }, false },
		{ { 0, ROWS, DAYS, .customers = UINT64_MAX, 0, 1 }, false },
		{ { 0, ROWS, DAYS, 1, .most = INT64_MAX, 1 }, false },
		{ { 0, ROWS, DAYS, 1, .most = INT64_MAX - 1, 1 }, true },
		{ { 0, ROWS, DAYS, 1, 0, .first = 2 }, false },
		{ { 0, ROWS, DAYS, 1, 0, .first = 0 }, false },
	};
	char bytes[ALL] = { 0 };

	(void)state;
	make_any(bytes, ALL, &good);
	for (size_t i = 0; i < LEN(index); i++) {
		struct crate c;
		struct err e = { 0 };
		struct kept k;

		make_any(bytes, ALL, &index[i].p);
		assert_true(crate_open(&c, "state", &e));
		if (kept_open(&k, &c, 0) != index[i].good)
			fail_msg("%zu", i);
		assert_int_equal(k.pieces, index[i].good);
		kept_close(&k);
		crate_close(&c);
	}
}

/* Is a piece of such bytes, of so many customers, of use? */
static bool
can_be_read(const void *rows, size_t n, const void *days, size_t more,
    uint64_t customers)
{
	struct kept_piece p = { .rows = n, .days = more,
		.customers = customers, .first = 1,
		.hash = seal_at(rows, n), .days_hash = seal_at(days, more) };
	char bytes[256];
	struct kept_view v = { .n = 0 };
	struct crate c;
	struct kept k;
	bool good;

	memcpy(bytes, rows, n);
	memcpy(bytes + n, days, more);
	make_any(bytes, n + more, &p);
	open_kept(&c, &k);
	good = kept_read(&k, 0, &v) && kept_read_days(&k, 0, &v);
	kept_view_free(&v);
	kept_close(&k);
	crate_close(&c);
	return good;
}

/* Ends that lie beyond their piece, or leave some of it over. */
static void
rows_that_cannot_be_are_refused(void **state)
{
	static const struct {
		uint32_t ends[4];
		char text[9];
		bool good;
	} rows[] = {
		{ { 4, 1, 3, 0 }, "K\tx\n\t1\n", true },
		{ { 4, 1, 2, 0 }, "K\tx\n\t1\n", false },
		{ { 4, 1, 4, 0 }, "K\tx\n\t1\n", false },
		{ { 4, 1, UINT32_MAX, 0 }, "K\tx\n\t1\n", false },
		{ { 4, 2, 3, 0 }, "K\tx\n\t1\n", false },
		{ { 4, 4, 3, 0 }, "K\tx\n\t1\n", false },
		{ { 4, UINT32_MAX, 3, 0 }, "K\tx\n\t1\n", false },
		{ { 0, 0, 7, 1 }, "K\tx\n\t1\n", false },
		{ { 4, 1, 3, 0 }, "K\tx\n\t1x", false },
		{ { 7, 1, 0, 0 }, "K\tx\n\t1\n", false },
	};
	static const uint32_t none[2] = { 0, 0 };

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		char bytes[sizeof rows[i].ends + 7];

		memcpy(bytes, rows[i].ends, sizeof rows[i].ends);
		memcpy(bytes + sizeof rows[i].ends, rows[i].text, 7);
		if (can_be_read(bytes, sizeof bytes, none, sizeof none, 2) !=
		    rows[i].good)
			fail_msg("%zu", i);
	}
}

/* Days that no calendar has, that do not rise, or are too many or too few. */
static void
days_that_cannot_be_are_refused(void **state)
{
	static const struct {
		size_t n; /* bytes */
		int32_t days[6];
		bool good;
	} days[] = {
		{ 20, { 2, 1, 8, 9, 7 }, true },
		{ 20, { 0, 3, 7, 8, 9 }, true },
		{ 20, { 2, 1, 9, 9, 7 }, false },
		{ 20, { 2, 1, 9, 8, 7 }, false },
		{ 20, { 2, 2, 8, 9, 7 }, false },
		{ 20, { 1, 1, 8, 9, 7 }, false },
		{ 20, { 4, -1, 6, 7, 8 }, false },
		{ 20, { -1, 4, 6, 7, 8 }, false },
		{ 21, { 2, 1, 8, 9, 7 }, false },
		{ 20, { 2, 1, DATE_FIRST, 9, DATE_LAST }, true },
		{ 20, { 2, 1, DATE_FIRST - 1, 9, 7 }, false },
		{ 20, { 2, 1, 8, 9, DATE_LAST + 1 }, false },
		{ 8, { 0, 0 }, true },
	};
	static const struct {
		uint32_t ends[4];
		char text[7];
	} rows = { { 4, 1, 3, 0 }, { 'K', '\t', 'x', '\n', '\t', '1', '\n' } };

	(void)state;
	for (size_t i = 0; i < LEN(days); i++)
		if (can_be_read(&rows, sizeof rows.ends + 7, days[i].days,
			days[i].n, 2) != days[i].good)
			fail_msg("%zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_what_was_put),
		cmocka_unit_test(the_bytes_mean_what_they_meant),
		cmocka_unit_test(an_index_that_cannot_be_is_refused),
		cmocka_unit_test(rows_that_cannot_be_are_refused),
		cmocka_unit_test(days_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests_name("kept", tests, place_open,
	    place_close);
}
