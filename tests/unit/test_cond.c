/* cond, lex, pick: the parts of conditions, each alone. */
#include "check.h"

#include "runs.h"
#include "table/cond.h"
#include "table/lex.h"
#include "table/pick.h"

static void
numbers_are_plain_decimals_of_any_length(void **state)
{
	static const struct {
		const char *text, *whole, *part; /* NULL: no number */
		bool negative;
	} cases[] = {
		{ "0", "", "", false }, { "-0", "", "", false },
		{ "-0.00", "", "", false }, { "12", "12", "", false },
		{ "-12.50", "12", "5", true }, { "0.05", "", "05", false },
		{ "123456789012345678901234567890.5",
		    "123456789012345678901234567890", "5", false },
		{ "007", NULL, NULL, false }, { "1e1", NULL, NULL, false },
		{ "+7", NULL, NULL, false }, { "7_", NULL, NULL, false },
		{ "", NULL, NULL, false }, { "-", NULL, NULL, false },
		{ ".5", NULL, NULL, false }, { "5.", NULL, NULL, false },
		{ "nan", NULL, NULL, false }, { "0x1", NULL, NULL, false },
		{ "1,5", NULL, NULL, false }, { "1.2.3", NULL, NULL, false },
		{ "ten", NULL, NULL, false }, { "--1", NULL, NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct cond_number n;
		bool ok = cond_number(slice_of(cases[i].text), &n);

		assert_int_equal(ok, cases[i].whole != NULL);
		if (!ok)
			continue;
		assert_true(slice_is(n.whole, cases[i].whole));
		assert_true(slice_is(n.part, cases[i].part));
		assert_int_equal(n.negative, cases[i].negative);
	}
}

/* Second source: date -u -d ... +%s. */
static void
words_of_time_are_spans(void **state)
{
	static const struct {
		const char *text;
		int64_t from, to; /* both 0: none */
	} cases[] = {
		{ "2026", 1767225600, 1798761600 },
		{ "2026-Q4", 1790812800, 1798761600 },
		{ "9999", 253370764800, 253402300800 },
		{ "9999-Q4", 253394352000, 253402300800 },
		{ "9999-12", 253399622400, 253402300800 },
		{ "2026-11", 1793491200, 1796083200 },
		{ "2026-W47", 1794787200, 1795392000 },
		{ "2026-11-21", 1795219200, 1795305600 },
		{ "2026-11-21T20:21:47Z", 1795292507, 1795292508 },
		{ "2026-11-21T20:21:47+01:00", 1795288907, 1795288908 },
		{ "1899", 0, 0 }, { "10000", 0, 0 }, { "2026-Q5", 0, 0 },
		{ "2026-Q0", 0, 0 }, { "2026-13", 0, 0 }, { "2026-00", 0, 0 },
		{ "2025-W53", 0, 0 }, { "2026-W00", 0, 0 },
		{ "2026-02-30", 0, 0 }, { "2026-1-05", 0, 0 },
		{ "26-01", 0, 0 }, { "2026-11-21T24:00:00Z", 0, 0 },
		{ "2026-1x", 0, 0 }, { "", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t from = 0, to = 0;
		bool ok = cond_span(slice_of(cases[i].text), NULL, &from, &to);

		assert_int_equal(ok, cases[i].to != 0);
		if (ok) {
			assert_int_equal(from, cases[i].from);
			assert_int_equal(to, cases[i].to);
		}
	}
}

static void
tokens_come_one_by_one(void **state)
{
	static const struct {
		enum lex_token token;
		const char *word; /* of words and quoted texts */
	} want[] = {
		{ LEX_OPEN, NULL }, { LEX_WORD, "a" }, { LEX_OPERATOR, NULL },
		{ LEX_QUOTED, "it's \"" }, { LEX_CLOSE, NULL },
		{ LEX_WORD, "AND" }, { LEX_WORD, "b!c'" },
		{ LEX_OPERATOR, NULL }, { LEX_WORD, "5" }, { LEX_END, NULL },
		{ LEX_END, NULL },
	};
	struct lex x;
	struct err e = { 0 };

	(void)state;
	assert_true(lex_begin(&x, " (a>='it''s \"')AND b!c'!~5 ", &e));
	assert_true(lex_has_operator(&x));
	for (size_t i = 0; i < LEN(want); i++) {
		assert_true(lex_next(&x));
		assert_int_equal(x.token, want[i].token);
		if (want[i].word != NULL)
			assert_true(slice_is(x.word, want[i].word));
		assert_int_equal(lex_is_keyword(&x), i == 5);
	}
	lex_free(&x);
}

static void
picked_rows_hold_and_hidden_ones_are_passed_over(void **state)
{
	static const char table[] =
	    "id\tn\nC1\t5\nC2\t50\nC3\tx\nC4\t7\nC5\t60\n";
	struct tsv t = { 0 };
	struct map hidden = { 0 };
	struct buf met = { 0 };
	struct expr *x;

	(void)state;
	map_add(&hidden, slice_of("C5"));
	assert_true(tsv_open(&t, place_input("test", table)));
	x = expr_parse("n > 6", &(struct expr_names){
	    .find = pick_names(&t.head).find, .ctx = &t.head }, &t.err);
	assert_non_null(x);
	while (pick_next(&t, x, &hidden))
		buf_slice(&met, tsv_field(&t, 0));
	assert_string_equal(buf_text(&met), "C2C4");
	assert_false(tsv_ok(&t));
	assert_string_equal(t.err.text,
	    "test:4: n: not a number: \"x\"");
	buf_free(&met);
	map_free(&hidden);
	expr_free(x);
	tsv_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_plain_decimals_of_any_length),
		cmocka_unit_test(words_of_time_are_spans),
		cmocka_unit_test(tokens_come_one_by_one),
		cmocka_unit_test(
		    picked_rows_hold_and_hidden_ones_are_passed_over),
	};

	return cmocka_run_group_tests_name("cond", tests, NULL, NULL);
}
