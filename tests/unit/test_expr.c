/* expr: cases by table, words of errors, and the laws of logic. */
#include <stdio.h>

#include "check.h"
#include "base/zone.h"
#include "table/expr.h"
#include "table/like.h"

/* A row for the tests: columns by name. */
static const struct slice column[] = {
	{ "id", 2 }, { "city", 4 }, { "revenue", 7 }, { "orders", 6 },
	{ "time", 4 }, { "due", 3 }, { "channel", 7 }, { "email", 5 },
	{ "customer.city", 13 }, { "and", 3 },
};

static int
find(void *ctx, struct slice name)
{
	(void)ctx;
	for (size_t i = 0; i < LEN(column); i++)
		if (slice_eq(column[i], name))
			return (int)i;
	return -1;
}

static const struct slice *
all(void *ctx, size_t *n)
{
	(void)ctx;
	*n = LEN(column);
	return column;
}

static struct slice
field(void *row, int handle)
{
	const char **r = row;

	return slice_of(r[handle]);
}

static struct slice
any(void *row, size_t i)
{
	return field(row, (int)i);
}

static const struct expr_names names = { .find = find, .all = all };

static int
holds_in(const char *text, const char **row, const struct zone *zone,
    struct expr_bad *bad)
{
	struct expr_names n = names;
	struct expr_row r = { field, any, LEN(column), row };
	struct err e = { 0 };
	struct expr *x;
	int answer;

	n.zone = zone;
	n.search = true;
	x = expr_parse(text, &n, &e);
	if (x == NULL)
		fail_msg("%s: %s", text, e.text);
	answer = expr_holds(x, &r, bad);
	expr_free(x);
	return answer;
}

struct hold_case {
	const char *text;
	int want;
};

static void
check_cases(const struct hold_case *c, size_t n, const char **row,
    const struct zone *zone)
{
	for (size_t i = 0; i < n; i++) {
		struct expr_bad bad;
		int got = holds_in(c[i].text, row, zone, &bad);

		if (got != c[i].want)
			fail_msg("%s: want %d, got %d", c[i].text, c[i].want,
			    got);
	}
}

static const char *anna[] = { "C17", "M\xc3\xbcnchen", "1863.40", "-0",
	"2026-11-30T23:30:00Z", "2026-12-24", "email", "",
	"Bad\\tHomburg \\\\", "7" };

static void
values_are_compared_by_what_they_are(void **state)
{
	static const struct hold_case cases[] = {
		{ "id = C17", 1 }, { "id = c17", 0 }, { "id != C17", 0 },
		{ "revenue = 1863.4", 1 },
		{ "revenue = \"1863.4\"", 0 }, { "revenue = '1863.40'", 1 },
		{ "revenue > 1863.39999999999999999999", 1 },
		{ "revenue > 1863.4", 0 }, { "revenue >= 1863.4000", 1 },
		{ "revenue < 99999999999999999999999999", 1 },
		{ "revenue > -5", 1 }, { "orders = 0", 1 },
		{ "orders < 0", 0 }, { "orders >= -0.0", 1 },
		{ "id = 17", 0 }, { "id != 17", 1 }, { "id < 17", -1 },
		{ "id < '17'", 0 }, { "id > '17'", 1 }, { "id < \"D\"", 1 },
		{ "revenue = 01863.4", 0 }, { "id < 2026-11", -1 },
		{ "id = 2026-11", 0 }, { "id != 2026-11", 1 },
	};

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
}

static void
numbers_below_zero_fall_as_they_grow(void **state)
{
	const char *row[] = { "-12.5", "-3", "7", "-12.50", "", "", "", "",
		"", "" };
	static const struct hold_case cases[] = {
		{ "id < -3", 1 }, { "id > -3", 0 }, { "id < -100", 0 },
		{ "id < -12.4", 1 }, { "id < -12.6", 0 }, { "id < city", 1 },
		{ "city < revenue", 1 }, { "revenue < city", 0 },
		{ "id = column.orders", 1 }, { "id = -12.500", 1 },
		{ "id != 12.5", 1 },
	};

	(void)state;
	check_cases(cases, LEN(cases), row, NULL);
}

static void
an_empty_field_is_only_equal_to_empty_text(void **state)
{
	static const struct hold_case cases[] = {
		{ "email = \"\"", 1 }, { "email != \"\"", 0 },
		{ "email <= ''", 1 }, { "email < ''", 0 },
		{ "email = x", 0 }, { "email != x", 1 }, { "email < 'x'", 0 },
		{ "email > 5", 0 }, { "email <= 5", 0 }, { "email != 5", 1 },
		{ "email < 2026-11", 0 }, { "email ~ a", 0 },
		{ "email !~ a", 1 }, { "email ~ '^$'", 1 },
		{ "email = column.email", 1 }, { "email = column.id", 0 },
		{ "email < id", 0 }, { "id > email", 0 },
		{ "id != column.email", 1 }, { "city != ''", 1 },
	};

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
}

static void
days_months_and_years_stand_for_their_whole_span(void **state)
{
	static const struct hold_case utc[] = {
		{ "time = 2026-11", 1 }, { "time = 2026-12", 0 },
		{ "time = 2026-11-30", 1 }, { "time < 2026-12-01", 1 },
		{ "time <= 2026-11-30", 1 }, { "time < 2026-11-30", 0 },
		{ "time > 2026-11-29", 1 }, { "time > 2026-11-30", 0 },
		{ "time = 2026", 1 }, { "time >= 2026", 1 },
		{ "time > 2026", 0 }, { "time < 2027", 1 },
		{ "time = 2026-Q4", 1 }, { "time = 2026-Q3", 0 },
		{ "time = 2026-W49", 1 }, { "time = 2026-W48", 0 },
		{ "time = 2026-11-30T23:30:00Z", 1 },
		{ "time = 2026-12-01T00:30:00+01:00", 1 },
		{ "time > 2026-11-30T23:29:59Z", 1 },
		{ "due = 2026-12-24", 1 }, { "due > time", 1 },
		{ "due < time", 0 }, { "due <= 2026-12-24T00:00:00Z", 1 },
		{ "due > 2026-W53", 0 }, { "due != 2026", 0 },
		{ "orders = 2026", 0 }, { "orders < 2026", 1 },
	};
	/* Berlin was one hour ahead: there it was December already. */
	static const struct hold_case berlin[] = {
		{ "time = 2026-11", 0 }, { "time = 2026-12-01", 1 },
		{ "due < 2026-12-24T00:00:00Z", 1 },
		{ "due = 2026-12-24", 1 },
	};
	struct zone z;
	struct err e = { 0 };

	(void)state;
	check_cases(utc, LEN(utc), anna, NULL);
	assert_true(zone_load(&z, "CET-1CEST,M3.5.0,M10.5.0/3", &e));
	check_cases(berlin, LEN(berlin), anna, &z);
	zone_free(&z);
}

static void
a_field_may_be_a_month_or_a_birthday_without_year(void **state)
{
	const char *row[] = { "--12-24", "2026-W47", "2026-11", "2026-Q4",
		"2026", "", "", "", "", "" };
	static const struct hold_case cases[] = {
		{ "id < 1990-01-01", 0 }, { "id >= 1990-01-01", 0 },
		{ "id < 1990", 0 }, { "id != 1990-12-24", 1 },
		{ "id ~ '-12-24$'", 1 }, { "city < 2026-12", 1 },
		{ "revenue >= 2026-11", 1 }, { "revenue = 2026-11-01", 1 },
		{ "orders = 2026-10", 1 }, { "time >= 2026-01", 1 },
		{ "time = 2026", 1 },
	};

	(void)state;
	check_cases(cases, LEN(cases), row, NULL);
}

static void
text_is_found_whatever_its_case(void **state)
{
	static const struct hold_case cases[] = {
		{ "city ~ m\xc3\xbc", 1 }, { "city ~ M\xc3\x9cNCH", 1 },
		{ "city !~ m\xc3\xbc", 0 }, { "city ~ munch", 0 },
		{ "city ~ '^m.nchen$'", 1 }, { "city ~ '^.{7}$'", 1 },
		{ "city ~ '^.{8}$'", 0 },
		{ "city ~ 'm[\xc3\xa4\xc3\xbc]n'", 1 },
		{ "city ~ 'm[a\xc3\xa4]n'", 0 }, { "city ~ 'm[^a]n'", 1 },
		{ "city ~ 'm[^a-]n'", 1 }, { "city ~ '^[^-]+$'", 1 },
		{ "city ~ 'm[[:alpha:]]n'", 0 },
		{ "city ~ '(x|ch)en'", 1 }, { "city ~ 'n{1,2}c'", 1 },
		{ "city ~ '^(.[a-z]?){1,20}$'", 1 },
		{ "city ~ '^([a-z]*.)+( ?[a-z]*)*(x|)$'", 1 },
		{ "city ~ '^\\W'", 0 }, { "id ~ '^\\w+$'", 1 },
		{ "id ~ '+17'", 0 }, { "id ~ '*'", 0 }, { "id ~ C1", 1 },
		{ "id ~ '[1]7'", 1 }, { "id ~ '[]x1]7'", 1 },
		{ "id ~ ''", 1 }, { "channel ~ id", 0 },
		{ "id ~ column.and", 1 }, { "city ~ column.and", 0 },
		{ "revenue ~ \"1863\\.4\"", 1 },
		{ "customer.city ~ 'bad\thom'", 1 },
		{ "customer.city ~ '\\\\$'", 1 },
		{ "customer.city = 'Bad\tHomburg \\'", 1 },
	};

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
}

static void
a_bare_word_is_text_and_a_prefix_makes_it_a_column(void **state)
{
	static const struct hold_case cases[] = {
		{ "channel = email", 1 }, { "channel = column.email", 0 },
		{ "channel = 'column.email'", 0 }, { "channel ~ email", 1 },
		{ "orders < revenue", 1 }, { "revenue <= orders", 0 },
		{ "column.and = 7", 1 }, { "'and' = 7", 1 },
		{ "customer.city != customer.city", 0 },
	};

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
}

static void
not_binds_before_and_before_or(void **state)
{
	static const struct hold_case cases[] = {
		{ "id=C17 or id=C18 and id=C19", 1 },
		{ "(id=C17 or id=C18) and id=C19", 0 },
		{ "not id=C17 or id=C17", 1 }, { "not (id=C17 or id=C18)", 0 },
		{ "NOT id=C18 And Not id=C19", 1 }, { "not not id=C17", 1 },
		{ "not not not id=C17", 0 }, { "((((id=C17))))", 1 },
		{ "id=C1 or id=C2 or id=C17", 1 },
		{ "id!=C1 and id!=C2 and id!=C17", 0 },
		{ "id='C17'and(revenue>5)", 1 },
	};

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
}

static void
what_cannot_be_said_counts_only_where_it_matters(void **state)
{
	static const struct hold_case cases[] = {
		{ "id > 5 and orders = 1", 0 }, { "orders = 1 and id > 5", 0 },
		{ "id > 5 or orders = 0", 1 }, { "orders = 0 or id > 5", 1 },
		{ "id > 5 and orders = 0", -1 }, { "orders = 0 and id > 5", -1 },
		{ "id > 5 or orders = 1", -1 }, { "not id > 5", -1 },
	};
	struct expr_bad bad;

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
	assert_int_equal(holds_in("id > 5 and orders = 1 or city < 2026-11",
	    anna, NULL, &bad), -1);
	assert_int_equal(bad.handle, 1);
	assert_string_equal(bad.what, "not a day or time");
	assert_int_equal(holds_in("id > 5", anna, NULL, &bad), -1);
	assert_int_equal(bad.handle, 0);
	assert_string_equal(bad.what, "not a number");
}

static void
text_without_operator_is_searched_in_all_fields(void **state)
{
	static const struct hold_case cases[] = {
		{ "m\xc3\x9cnchen", 1 }, { "c17 M\xc3\xbcnchen", 1 },
		{ "c17 berlin", 0 }, { "'c17 m'", 0 }, { "\"M\xc3\xbcnch\"", 1 },
		{ "and", 0 }, { "not", 0 }, { "C17 1863", 1 }, { "o'brien", 0 },
		{ "'bad\thomburg'", 1 }, { "\"=\"", 0 }, { "(c17)", 0 },
		{ "c17!", 0 },
	};

	(void)state;
	check_cases(cases, LEN(cases), anna, NULL);
}

static void
a_negated_condition_answers_the_other_way(void **state)
{
	static const struct hold_case cases[] = {
		{ "id = C17", 0 }, { "id = C18", 1 }, { "id > 5", -1 },
		{ "nowhere", 1 }, { "c17", 0 },
	};
	struct expr_names n = names;

	(void)state;
	n.search = true;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct expr_row r = { field, any, LEN(column), anna };
		struct err e = { 0 };
		struct expr *x = expr_parse(cases[i].text, &n, &e);
		struct expr_bad bad;

		expr_negate(x);
		assert_int_equal(expr_holds(x, &r, &bad), cases[i].want);
		expr_free(x);
	}
}

static void
mistakes_are_named_with_their_place(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "expression: column 1: expected a column, not the end" },
		{ "city", "expression: column 5: expected one of = != < <= > "
		    ">= ~ !~, not the end" },
		{ "orders > 1 and revenu > 5",
		    "expression: column 16: unknown column: \"revenu\" "
		    "(did you mean \"revenue\"?)" },
		{ "zzzzzzzz = 1",
		    "expression: column 1: unknown column: \"zzzzzzzz\"" },
		{ "city < Mmmmmmmm", "expression: column 8: unknown column: "
		    "\"Mmmmmmmm\" (text goes in quotes)" },
		{ "city = column.zzzzzz",
		    "expression: column 8: unknown column: \"zzzzzz\" "
		    "(text goes in quotes)" },
		{ "city = Bad Homburg", "expression: column 12: expected "
		    "\"and\" or \"or\" (text with blanks in quotes), "
		    "not \"Homburg\"" },
		{ "city =", "expression: column 7: expected a value, "
		    "not the end" },
		{ "city = = x",
		    "expression: column 8: expected a value, not \"=\"" },
		{ "city = and", "expression: column 8: expected a value, "
		    "not \"and\"" },
		{ "and = 7",
		    "expression: column 1: expected a column, not \"and\"" },
		{ "(city = x", "expression: column 10: expected \")\", "
		    "not the end" },
		{ "city = x)", "expression: column 9: expected \"and\" or "
		    "\"or\" (text with blanks in quotes), not \")\"" },
		{ "()",
		    "expression: column 2: expected a column, not \")\"" },
		{ "m\xc3\xbcller = \"x",
		    "expression: column 1: unknown column: \"m\xc3\xbcller\"" },
		{ "city = \"m\xc3\xbcller\" and \"x",
		    "expression: column 21: a quote is never closed" },
		{ "city = '\x1b[31m' )", "expression: column 16: expected "
		    "\"and\" or \"or\" (text with blanks in quotes), "
		    "not \")\"" },
		{ "city ~ '['", "expression: column 8: a bracket is never "
		    "closed" },
		{ "city ~ '(a'", "expression: column 8: not a regular "
		    "expression" },
		{ "city ~ '(a)\\1'", "expression: column 8: back references "
		    "are not taken" },
		{ "city ~ 'a\\'", "expression: column 8: a backslash at the "
		    "end" },
		{ "city ~ '[a-\xc3\xbc]'", "expression: column 8: a range "
		    "beyond ASCII" },
		{ "city ~ '[^\xc3\xbc]'", "expression: column 8: a range "
		    "beyond ASCII" },
		{ "city ~ '(((a{90}){90}){90})'", "expression: column 8: too "
		    "many repetitions" },
		{ "city ~ 'a{99999}'", "expression: column 8: too many "
		    "repetitions" },
		{ "city ~ 'ab?++++++++'", "expression: column 8: too "
		    "many repetitions" },
		{ "city ~ '((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+)'",
		    "expression: column 8: too many repetitions" },
		{ "city ~ '^a*+++++'", "expression: column 8: too many "
		    "repetitions" },
		{ "city ~ '((((((a*)+)+)+)+)+)$'", "expression: column 8: "
		    "too many repetitions" },
		{ "city ~ '((a|b?)*){20}\\b'", "expression: column 8: too "
		    "many repetitions" },
		{ "city ~ '((a?)*){200}'", "expression: column 8: too many "
		    "repetitions" },
		{ "city ~ '((((((((((((((((((((((((((((((((a'",
		    "expression: column 8: nested too deep" },
		{ "id = \xff", "expression: column 6: not UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct err e = { 0 };

		assert_null(expr_parse(cases[i].text, &names, &e));
		assert_string_equal(e.text, cases[i].want);
		assert_int_equal(e.status, CRM_USAGE);
	}
}

static void
a_search_can_be_mistaken_too(void **state)
{
	struct expr_names n = names;
	struct err e = { 0 };

	(void)state;
	n.search = true;
	assert_null(expr_parse("  ", &n, &e));
	assert_string_equal(e.text, "expression: column 3: expected a text "
	    "or a condition, not the end");
	e = (struct err){ 0 };
	assert_null(expr_parse("a \"b", &n, &e));
	assert_string_equal(e.text,
	    "expression: column 3: a quote is never closed");
	e = (struct err){ 0 };
	assert_null(expr_parse("o'brien=5", &n, &e));
	assert_string_equal(e.text,
	    "expression: column 1: unknown column: \"o'brien\"");
}

/* n times `what`, then `end`; freed by the caller. */
static char *
many(const char *what, size_t n, const char *end)
{
	size_t len = strlen(what);
	char *s = malloc(n * len + strlen(end) + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(s + i * len, what, len);
	memcpy(s + n * len, end, strlen(end) + 1);
	return s;
}

static void
depth_and_length_have_an_end(void **state)
{
	static const struct {
		const char *what, *end, *want;
		size_t n;
	} cases[] = {
		{ "(", "id=C17", "expression: column 101: nested too deep",
		    100000 },
		{ "not (", "id=C17", "expression: column 505: nested too deep",
		    30000 },
		{ "not ", "id=C17", NULL, 60000 },
		{ "id=x or ", "id=C17", NULL, 30000 },
		{ "x", "", "expression: longer than 262144 bytes", 300000 },
	};
	char *s = many("(", 1001, "");
	struct like l = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char *text = many(cases[i].what, cases[i].n, cases[i].end);
		struct hold_case c = { text, 1 };
		struct err e = { 0 };

		if (cases[i].want == NULL) {
			check_cases(&c, 1, anna, NULL);
		} else {
			assert_null(expr_parse(text, &names, &e));
			assert_string_equal(e.text, cases[i].want);
		}
		free(text);
	}
	assert_string_equal(like_pattern(&l, slice_of(s)),
	    "a pattern longer than 1000 bytes");
	free(s);
}

/* The same is found behind any bytes as from each of them on. */
static void
long_fields_are_searched_once(void **state)
{
	static const char *const one[] = { "a", "b", "[^a]", ".", "(ab|b)",
		"\\<", "\\b", "\\w", "$", "\303\244", "[b\303\244]", "\\B",
		")" };
	static const char *const times[] = { "", "", "*", "+", "?", "{2,}" };
	static const char *const piece[] = { "a", "b", " ", "\303\244",
		"aaa", "\\n", ")" };
	uint64_t seed = 7;
	int found = 0, behind = 0;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct buf pattern = { 0 }, text = { 0 };
		struct like l = { 0 }, each;
		uint32_t pieces = 1 + check_random(&seed, LEN(piece));

		for (uint32_t k = 1 + check_random(&seed, 5); k > 0; k--)
			buf_fmt(&pattern, "%s%s",
			    one[check_random(&seed, LEN(one))],
			    times[check_random(&seed, LEN(times))]);
		while (text.len < LIKE_LONG)
			buf_str(&text, piece[check_random(&seed, pieces)]);
		if (like_pattern(&l, buf_all(&pattern)) == NULL) {
			each = l;
			each.behind = NULL;
			assert_int_equal(like_found(&l, buf_all(&text)),
			    like_found(&each, buf_all(&text)));
			found += like_found(&l, buf_all(&text));
			behind += l.behind != NULL;
		}
		like_free(&l);
		buf_free(&pattern);
		buf_free(&text);
	}
	assert_true(behind > 500 && found > 500 && found < 2500);
}

/* In the square of its length this would take hours. */
static void
a_field_of_a_megabyte_is_searched(void **state)
{
	struct like l = { 0 };
	char *text = many("a", 1 << 20, "");

	(void)state;
	assert_null(like_pattern(&l, slice_of("[^ ]+@[^ ]+|a+b$")));
	assert_false(like_found(&l, slice_of(text)));
	text[(1 << 20) - 1] = 'b';
	assert_true(like_found(&l, slice_of(text)));
	like_free(&l);
	text[1 << 19] = '\0';
	assert_true(like_text(&l, slice_of(text)));
	text[1 << 19] = 'a';
	text[(1 << 19) - 1] = 'b';
	assert_false(like_found(&l, slice_of(text)));
	like_free(&l);
	free(text);
}

/* A random condition of bounded depth, and random rows, for the laws. */
static void
random_condition(struct buf *to, uint64_t *seed, int depth)
{
	static const char *const leaf[] = { "id=C1", "id!=''", "revenue>5",
		"revenue<=-1", "orders=7", "city~m.l", "time>=2026-11",
		"revenue<orders", "email=column.id", "due<2027", "city>'a'" };

	if (depth == 0 || check_random(seed, 4) == 0) {
		buf_str(to, leaf[check_random(seed, LEN(leaf))]);
		return;
	}
	buf_str(to, check_random(seed, 3) == 0 ? "not (" : "(");
	random_condition(to, seed, depth - 1);
	buf_str(to, check_random(seed, 2) ? ") and (" : ") or (");
	random_condition(to, seed, depth - 1);
	buf_byte(to, ')');
}

static int
law(const char *form, const char *a, const char *b, const char **row)
{
	struct buf text = { 0 };
	struct expr_bad bad;
	int r;

	for (const char *s = form; *s != '\0'; s++) {
		if (*s == 'A' || *s == 'B')
			buf_fmt(&text, "(%s)", *s == 'A' ? a : b);
		else
			buf_byte(&text, *s);
	}
	r = holds_in(buf_text(&text), row, NULL, &bad);
	buf_free(&text);
	return r;
}

static void
the_laws_of_logic_hold_for_random_conditions_and_rows(void **state)
{
	static const char *const value[] = { "", "C1", "5", "7", "-3.25",
		"mel", "M\xc3\xbcller", "2026-11-05", "2025-01-01T10:00:00Z",
		"a\\tb", "2026", "--12-24" };
	static const char *const laws[][2] = {
		{ "not not A", "A" }, { "A and B", "B and A" },
		{ "A or B", "B or A" },
		{ "not (A and B)", "not A or not B" },
		{ "not (A or B)", "not A and not B" },
		{ "A and A", "A" }, { "A or A and B", "A or (A and B)" },
		{ "A and (A or B)", "A and (B or A)" },
	};
	uint64_t seed = 20261121;
	int met[3] = { 0 };

	(void)state;
	for (int i = 0; i < 4000; i++) {
		const char *row[LEN(column)];
		const char *const *l = laws[(size_t)i % LEN(laws)];
		struct buf a = { 0 }, b = { 0 };
		int left;

		for (size_t c = 0; c < LEN(row); c++)
			row[c] = value[check_random(&seed, LEN(value))];
		random_condition(&a, &seed, 3);
		random_condition(&b, &seed, 3);
		left = law(l[0], buf_text(&a), buf_text(&b), row);
		if (left != law(l[1], buf_text(&a), buf_text(&b), row))
			fail_msg("%s is not %s: A %s, B %s", l[0], l[1],
			    buf_text(&a), buf_text(&b));
		met[left + 1]++;
		buf_free(&a);
		buf_free(&b);
	}
	for (size_t i = 0; i < LEN(met); i++)
		assert_true(met[i] > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_compared_by_what_they_are),
		cmocka_unit_test(numbers_below_zero_fall_as_they_grow),
		cmocka_unit_test(an_empty_field_is_only_equal_to_empty_text),
		cmocka_unit_test(
		    days_months_and_years_stand_for_their_whole_span),
		cmocka_unit_test(
		    a_field_may_be_a_month_or_a_birthday_without_year),
		cmocka_unit_test(text_is_found_whatever_its_case),
		cmocka_unit_test(
		    a_bare_word_is_text_and_a_prefix_makes_it_a_column),
		cmocka_unit_test(not_binds_before_and_before_or),
		cmocka_unit_test(
		    what_cannot_be_said_counts_only_where_it_matters),
		cmocka_unit_test(
		    text_without_operator_is_searched_in_all_fields),
		cmocka_unit_test(a_negated_condition_answers_the_other_way),
		cmocka_unit_test(mistakes_are_named_with_their_place),
		cmocka_unit_test(a_search_can_be_mistaken_too),
		cmocka_unit_test(depth_and_length_have_an_end),
		cmocka_unit_test(long_fields_are_searched_once),
		cmocka_unit_test(a_field_of_a_megabyte_is_searched),
		cmocka_unit_test(
		    the_laws_of_logic_hold_for_random_conditions_and_rows),
	};

	return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
