/* foreign, steps, rulefile, rules, ready, import: from a record of another
 * program to a row of ours. */
#include <stdio.h>

#include "check.h"

#include "crm/foreign.h"
#include "crm/import.h"
#include "crm/parts.h"
#include "crm/ready.h"
#include "crm/rulefile.h"
#include "crm/rulelex.h"
#include "crm/rules.h"
#include "crm/steps.h"

static void
dates_are_read_by_form_and_way(void **state)
{
	static const struct {
		const char *text;
		enum foreign_way way;
		const char *want; /* Y-M-D second offset, or what is wrong */
	} cases[] = {
		{ "4.7.1996", FOREIGN_FIND, "1996-7-4" },
		{ "04.07.1996", FOREIGN_DMY, "1996-7-4" },
		{ "04.07.1996", FOREIGN_MDY, "1996-4-7" },
		{ "7/4/1996", FOREIGN_MDY, "1996-7-4" },
		{ "7/4/1996", FOREIGN_DMY, "1996-4-7" },
		{ "7/4/1996", FOREIGN_FIND, "not a date" },
		{ "7-4-1996", FOREIGN_DMY, "1996-4-7" },
		{ "1996-07-04", FOREIGN_MDY, "1996-7-4" },
		{ "1996/7/4", FOREIGN_FIND, "1996-7-4" },
		{ "19960704", FOREIGN_FIND, "1996-7-4" },
		{ " 19960704 ", FOREIGN_DMY, "1996-7-4" },
		{ "--07-04", FOREIGN_FIND, "0-7-4" },
		{ "--2-29", FOREIGN_DMY, "0-2-29" },
		{ "--2-30", FOREIGN_DMY, "not a date" },
		{ "4.7.96", FOREIGN_DMY, "a year of two digits" },
		{ "4/7/96", FOREIGN_MDY, "a year of two digits" },
		{ "4/7/1996", FOREIGN_YMD, "not a date" },
		{ "31.4.1996", FOREIGN_DMY, "not a date" },
		{ "29.2.1900", FOREIGN_DMY, "not a date" },
		{ "13/13/1996", FOREIGN_MDY, "not a date" },
		{ "4.7/1996", FOREIGN_DMY, "not a date" },
		{ "4.7.1996x", FOREIGN_DMY, "not a date" },
		{ "4.7.19961", FOREIGN_DMY, "not a date" },
		{ "1996.1996.1996", FOREIGN_DMY, "not a date" },
		{ "199607044", FOREIGN_DMY, "not a date" },
		{ "45987", FOREIGN_DMY, "not a date" },
		{ "4.9E+10", FOREIGN_DMY, "not a date" },
		{ "gestern", FOREIGN_DMY, "not a date" },
		{ "..", FOREIGN_DMY, "not a date" },
		{ "4.7.1996 13:05", FOREIGN_DMY, "1996-7-4 47100" },
		{ "4.7.1996, 13:05:09", FOREIGN_DMY, "1996-7-4 47109" },
		{ "1996-07-04T13:05:09.123Z", FOREIGN_FIND,
		    "1996-7-4 47109 0" },
		{ "1996-07-04 13:05:09 +0200", FOREIGN_FIND,
		    "1996-7-4 47109 7200" },
		{ "1996-07-04 13:05 -05:30", FOREIGN_FIND,
		    "1996-7-4 47100 -19800" },
		{ "1996-07-04 13:05 UTC", FOREIGN_FIND,
		    "1996-7-4 47100 0" },
		{ "7/4/1996 1:05 PM", FOREIGN_MDY, "1996-7-4 47100" },
		{ "7/4/1996 12:05 am", FOREIGN_MDY, "1996-7-4 300" },
		{ "7/4/1996 12:05 pm", FOREIGN_MDY, "1996-7-4 43500" },
		{ "7/4/1996 13:05 PM", FOREIGN_MDY, "not a date" },
		{ "4.7.1996 24:00", FOREIGN_DMY, "not a date" },
		{ "4.7.1996 23:59:60", FOREIGN_DMY, "1996-7-4 86399" },
		{ "4.7.1996 23:59:61", FOREIGN_DMY, "not a date" },
		{ "4.7.1996 1:5", FOREIGN_DMY, "not a date" },
		{ "4.7.1996 10:00 CET", FOREIGN_DMY, "not a date" },
		{ "4.7.1996 10:00 +99:00", FOREIGN_DMY, "not a date" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct foreign_time t;
		char got[64];
		const char *why = foreign_date(slice_of(cases[i].text),
		    cases[i].way, &t);
		int n = why != NULL ? snprintf(got, sizeof got, "%s", why) :
		    snprintf(got, sizeof got, "%d-%d-%d", t.year, t.month,
			t.day);

		if (why == NULL && t.second != FOREIGN_NONE)
			n += sprintf(got + n, " %d", t.second);
		if (why == NULL && t.offset != FOREIGN_NONE)
			sprintf(got + n, " %d", t.offset);
		assert_string_equal(got, cases[i].want);
	}
}

static void
numbers_are_read_with_comma_or_point(void **state)
{
	static const struct {
		const char *text, *comma, *point; /* NULL is no number */
	} cases[] = {
		{ "440,00", "440.00", NULL },
		{ "1.863,40", "1863.40", NULL },
		{ "1,863.40", NULL, "1863.40" },
		{ "1.863", "1863", "1.863" },
		{ "1,863", "1.863", "1863" },
		{ "1.234.567", "1234567", NULL },
		{ "1.234.56", NULL, NULL },
		{ "12.34.567", NULL, NULL },
		{ "1234.567", NULL, "1234.567" },
		{ "0.863", NULL, "0.863" },
		{ "12", "12", "12" },
		{ "007", "7", "7" },
		{ "0", "0", "0" },
		{ "000", "0", "0" },
		{ "0,5", "0.5", NULL },
		{ ",5", "0.5", NULL },
		{ "5,", NULL, NULL },
		{ ",", NULL, NULL },
		{ "", NULL, NULL },
		{ "-5", "-5", "-5" },
		{ "+5", "5", "5" },
		{ "12,50-", "-12.50", NULL },
		{ "-12,50-", NULL, NULL },
		{ "-0,00", "0.00", NULL },
		{ "1 863,40", "1863.40", NULL },
		{ "1\xc2\xa0" "863,40", "1863.40", NULL },
		{ "1\xe2\x80\xaf" "863,40", "1863.40", NULL },
		{ "1'863.40", NULL, "1863.40" },
		{ "1.234 567", NULL, NULL },
		{ " 12 ", "12", "12" },
		{ "12 \xe2\x82\xac", NULL, NULL },
		{ "1e5", NULL, NULL },
		{ "nan", NULL, NULL },
		{ "0x1", NULL, NULL },
		{ "1 2", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		for (int w = FOREIGN_COMMA; w <= FOREIGN_POINT; w++) {
			const char *want = w == FOREIGN_COMMA ?
			    cases[i].comma : cases[i].point;
			struct buf got = { 0 };
			const char *why = foreign_number(
			    slice_of(cases[i].text), (enum foreign_way)w,
			    &got);

			assert_true((why == NULL) == (want != NULL));
			if (want != NULL)
				assert_string_equal(buf_text(&got), want);
			buf_free(&got);
		}
}

static void
a_column_tells_how_it_is_read(void **state)
{
	static const struct {
		const char *values[4];
		bool number;
		enum foreign_way want;
		uint64_t open, first, second;
	} cases[] = {
		{ { "03/04/2026", "13/04/2026" }, false, FOREIGN_DMY, 1, 2, 0 },
		{ { "03/04/2026", "04/13/2026" }, false, FOREIGN_MDY, 1, 0, 2 },
		{ { "03/04/2026", "05/06/2026" }, false, FOREIGN_FIND, 1, 0,
		    0 },
		{ { "13/04/2026", "04/13/2026" }, false, FOREIGN_FIND, 0, 1,
		    2 },
		{ { "05/05/2026" }, false, FOREIGN_DMY, 0, 0, 0 },
		{ { "2026-03-04", "03.04.2026", "20260304" }, false,
		    FOREIGN_DMY, 0, 0, 0 },
		{ { "99/99/2026", "nonsense" }, false, FOREIGN_DMY, 0, 0, 0 },
		{ { "1.863", "440,00" }, true, FOREIGN_COMMA, 1, 2, 0 },
		{ { "1.863", "440.00" }, true, FOREIGN_POINT, 1, 0, 2 },
		{ { "1.863", "12" }, true, FOREIGN_FIND, 1, 0, 0 },
		{ { "440.00", "440,00" }, true, FOREIGN_FIND, 0, 2, 1 },
		{ { "1", "12" }, true, FOREIGN_COMMA, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct foreign_doubt d = { 0 };

		for (size_t k = 0; k < 4 && cases[i].values[k] != NULL; k++)
			(cases[i].number ? foreign_learn_number :
				foreign_learn_date)(&d,
			    slice_of(cases[i].values[k]), k + 1);
		assert_int_equal(foreign_settle(&d, cases[i].number ?
		    FOREIGN_COMMA : FOREIGN_DMY), cases[i].want);
		assert_int_equal(d.open, cases[i].open);
		assert_int_equal(d.first, cases[i].first);
		assert_int_equal(d.second, cases[i].second);
		buf_free(&d.text);
	}
}

/* The law: a plain number, grouped and with a comma, is read back. */
static void
grouped_numbers_come_back(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		unsigned whole = check_random(&seed, 1000000000) >>
		    check_random(&seed, 30);
		unsigned cents = check_random(&seed, 100);
		char plain[32], grouped[32];
		struct buf got = { 0 };

		sprintf(plain, "%u.%02u", whole, cents);
		if (whole >= 1000000)
			sprintf(grouped, "%u.%03u.%03u,%02u",
			    whole / 1000000, whole / 1000 % 1000,
			    whole % 1000, cents);
		else if (whole >= 1000)
			sprintf(grouped, "%u.%03u,%02u", whole / 1000,
			    whole % 1000, cents);
		else
			sprintf(grouped, "%u,%02u", whole, cents);
		assert_null(foreign_number(slice_of(grouped), FOREIGN_COMMA,
		    &got));
		assert_string_equal(buf_text(&got), plain);
		buf_free(&got);
	}
}

/* The answer to a file and rules: the rows, or the errors. */
static void
answer(struct buf *to, const char *rules, const char *csv)
{
	struct rules r = { 0 };
	struct import im;
	struct err e = { 0 };
	struct zone z = { 0 };

	assert_true(zone_load(&z, "CET-1CEST,M3.5.0,M10.5.0/3", &e));
	if (!rulefile_parse(&r, slice_of(rules), "r", &e)) {
		buf_str(to, e.text);
	} else if (!import_open(&im, slice_of(csv), "f", r.delimiter) ||
	    !import_run(&im, &r, &z, NULL)) {
		buf_str(to, im.err.text);
		import_close(&im);
	} else {
		for (size_t i = 0; i < im.rows.n; i++) {
			buf_slice(to, rows_line(&im.rows, i));
			buf_byte(to, '\n');
		}
		import_close(&im);
	}
	rules_free(&r);
	zone_free(&z);
}

/* One conversion each: `note` of a file with the columns a, b and c. */
static void
conversions_do_what_they_say(void **state)
{
	static const struct {
		const char *flow, *record, *want;
	} cases[] = {
		{ "[a]", "x ,y,z", "x \n" },
		{ "[a] | trim", "\xc2\xa0 x \xc2\xa0,y,z", "x\n" },
		{ "[a] + [b] + [c]", "x,,z", "x z\n" },
		{ "[a] + \"-\" + [b]", "x,y,", "x - y\n" },
		{ "[a] + [b] | join \", \"", "x,y,", "x, y\n" },
		{ "[a] + [b] | join \"\\n\"", "x,y,", "x\\ny\n" },
		{ "[a] + [b] + [c] | first", ",y,z", "y\n" },
		{ "[a] | first", ",y,z", "" },
		{ "[nope]? + [b]", ",y,z", "y\n" },
		{ "[nope]? | default \"d\"", "x,y,z", "d\n" },
		{ "[a] | default d", ",y,z", "d\n" },
		{ "[a] | lower", "A@B.\xc3\x84,y,z", "a@b.\xc3\x84\n" },
		{ "[a] | clean", "\" x \n\t y\xc2\xa0 \",y,z", "x y\n" },
		{ "[a] | id", "\" Wells Fargo & Co \",y,z",
		    "Wells-Fargo-&-Co\n" },
		{ "[a] | unquote", "'0123,y,z", "0123\n" },
		{ "[a] | unquote", "0'123,y,z", "0'123\n" },
		{ "[a] | prefix S-", "12,y,z", "S-12\n" },
		{ "[a] | prefix S-", ",y,z", "" },
		{ "[a] | replace a bb", "banana,y,z", "bbbnbbnbb\n" },
		{ "[a] | replace an", "banana,y,z", "ba\n" },
		{ "[a] | map x=1, y=\"2 3\"", "x,y,z", "1\n" },
		{ "[b] | map x=1, y=\"2 3\"", "x,y,z", "2 3\n" },
		{ "[c] | map x=1, y=\"2 3\"", "x,y,z", "z\n" },
		{ "[c] | map x=1, *=\"?\"", "x,y,z", "?\n" },
		{ "[a] | split \" ::: \" | join \", \"",
		    "a@b ::: c@d,y,z", "a@b, c@d\n" },
		{ "[a] | split / | part 2", "x/y/z,,", "y\n" },
		{ "[a] | split / | part last", "x/y/z,,", "z\n" },
		{ "[a] | split / | part 9", "x/y/z,,", "" },
		{ "[a] | date", "4.7.1996 13:05,,", "1996-07-04\n" },
		{ "[a] | date mdy", "7/4/1996,,", "1996-07-04\n" },
		{ "[a] | date", ",,z", "" },
		/* 13:05 in summer is 11:05 UTC, in winter 12:05 */
		{ "[a] | time", "4.7.1996 13:05,,",
		    "1996-07-04T11:05:00Z\n" },
		{ "[a] | time", "4.12.1996 13:05,,",
		    "1996-12-04T12:05:00Z\n" },
		{ "[a] | time", "1996-12-04 13:05 +0500,,",
		    "1996-12-04T08:05:00Z\n" },
		{ "[a] | time", "4.12.1996,,", "1996-12-04\n" },
		{ "[a] | number", "\"1.863,40\",,", "1863.40\n" },
		{ "[a] | number point", "1.863,,", "1.863\n" },
		{ "@row + @line | join /", "x,y,z", "1/2\n" },
		{ "\"a \\\"b\\\" \\\\\"", "x,y,z", "a \"b\" \\\\\n" },
		{ "[a]", "\"x\r\ny\rz\",,", "x\\ny\\nz\n" },
		/* what cannot be converted */
		{ "[a] | date", "x,y,z", "f:2: a: not a date: \"x\"" },
		{ "[a] | number comma", "1.5,y,z",
		    "f:2: a: not a number with a decimal comma: \"1.5\"" },
		{ "[a] | number", "100000000000000,,",
		    "f:2: a: too large: \"100000000000000\"" },
		{ "[a] | number", "\"0,12345\",,",
		    "f:2: a: more than 4 decimals: \"0,12345\"" },
		{ "[a] | time", "31.3.1996 02:30,,", "f:2: a: a time that "
		    "the clock leaves out: \"31.3.1996 02:30\"" },
		{ "[a] | time", "--07-04,,", "f:2: a: not a date: "
		    "\"--07-04\"" },
		{ "[nope]", "x,y,z", "r:1: not a column of f: \"nope\"" },
		{ "[a]", "x,y", "f:2: too few fields: 2, not 3" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf rules = { 0 }, csv = { 0 }, got = { 0 };

		buf_fmt(&rules, "note = %s\n", cases[i].flow);
		buf_fmt(&csv, "a,b,c\n%s\n", cases[i].record);
		answer(&got, buf_text(&rules), buf_text(&csv));
		assert_string_equal(buf_text(&got), cases[i].want);
		buf_free(&rules);
		buf_free(&csv);
		buf_free(&got);
	}
}

static void
rules_make_rows(void **state)
{
	static const struct {
		const char *rules, *csv, *want;
	} cases[] = {
		/* trim, comments, conditions */
		{ "# all\ntrim\n\nid = [a] # which\nskip [b] = \"no\"\n",
		    "a,b\n 1 ,yes\n2, no \n3,\n", "1\n3\n" },
		{ "id = [a]\nonly [b] ~ \"^y\"\n", "a,b\n1,yes\n2,no\n",
		    "1\n" },
		{ "id = [a]\nonly [b] !~ \"^y\"\n", "a,b\n1,yes\n2,no\n",
		    "2\n" },
		{ "id = [a]\nskip [b] != \"\"\n", "a,b\n1,yes\n2,\n", "2\n" },
		{ "id = [a]\nskip [b] | lower = yes\n", "a,b\n1,Yes\n2,no\n",
		    "2\n" },
		/* ... that cannot be judged, unless another one decides */
		{ "id = [a]\nonly [b] | number = \"5\"\n"
		  "skip [c] = \"x\"\n",
		    "a,b,c\n1,5,\n2,6,\n3,v,x\n4,w,\n",
		    "f:5: b: not a number with a decimal comma: \"w\"" },
		{ "id = [a]\nskip \"x\" | date = \"\"\n", "a,b\n1,2\n",
		    "f:2: condition: not a date: \"x\"" },
		/* as editors on Windows write it */
		{ "\357\273\277id = [a] | trim\r\n"
		  "note = [b] | map x=y, *=z\r\n",
		    "a,b\n1,x\n2,\n", "1\ty\n2\tz\n" },
		/* nothing is known of a customer */
		{ "name = [a]\nnote = [b]\n", "a,b,c\n1,,\n,,3\n,2,\n",
		    "1\t\n\t2\n" },
		/* blank records, and names for a file without a header */
		{ "id = [a]\n", "a,b\n1,2\n,\n\n3,4\n", "1\n3\n" },
		{ "columns [a] [b]\nid = [b]\n", "1,2\n3,4\n", "2\n4\n" },
		/* several rows of one record, common columns and own ones */
		{ "time = [d]\ncustomer = [c]\nref = @row\nkind = \"note\"\n"
		  "row\nkind = \"complaint\"\nrow\nkind = \"reply\"\n"
		  "time = [e]\nskip [e] = \"\"\n",
		    "c,d,e\nA,2026-01-02,2026-01-03\nB,2026-01-04,\n",
		    "2026-01-02\tA\t1\tcomplaint\n"
		    "2026-01-03\tA\t1\treply\n"
		    "2026-01-04\tB\t2\tcomplaint\n" },
		/* what the file says of dates and numbers */
		{ "date-order mdy\nid = [a]\nbirthday = [b] | date\n",
		    "a,b\n1,3/4/1970\n", "1\t1970-03-04\n" },
		{ "decimal point\nid = [a]\nnote = [b] | number\n",
		    "a,b\n1,1.863\n", "1\t1.863\n" },
		{ "delimiter tab\nid = [a]\n", "a,x\tb\n1\t2\n",
		    "r:2: not a column of f: \"a\" (did you mean \"b\"?)" },
		{ "delimiter \"|\"\nid = [a]\n", "a|b,c\n1|2\n", "1\n" },
		/* dots are day, month, year though slashes are not */
		{ "id = [a]\nbirthday = [b] | date\n",
		    "a,b\n1,3/14/1970\n2,3.4.1970\n",
		    "1\t1970-03-14\n2\t1970-04-03\n" },
		/* optional columns that are missing are left out */
		{ "id = [a]\nname = [x]? + [y]?\nnote = [b]\n",
		    "a,b\n1,2\n", "1\t2\n" },
		/* checks of our tables */
		{ "id = [a]\n", "a,b\na b,2\n,3\n1,\n",
		    "f:2: a: not an id: \"a b\"\n"
		    "f:3: a: not an id: \"\"" },
		{ "id = [a]\nemail = [b]\n", "a,b\n1,x y\n",
		    "f:2: b: not an e-mail address: \"x y\"" },
		{ "time = [a]\ncustomer = [b]\nkind = \"ordre\"\n",
		    "a,b\n2026-01-01,2\n",
		    "f:2: kind: unknown: \"ordre\" "
		    "(did you mean \"order\"?)" },
		{ "time = [a]\ncustomer = [b]\nkind = \"order\"\n",
		    "a,b\n2026-01-01,2\n", "f:2: value: missing: \"\"" },
		{ "time = [a]\ncustomer = [b]\nkind = \"nps\"\nvalue = [c]\n",
		    "a,b,c\n2026-01-01,2,11\n",
		    "f:2: c: not a score from 0 to 10: \"11\"" },
		{ "time = [a]\ncustomer = [b]\nkind = \"in\"\n",
		    "a,b\n1.1.2026,2\n", "f:2: a: not a time: \"1.1.2026\"" },
		/* two companies must not become one customer */
		{ "time = [a]\ncustomer = [b] | id\nkind = \"in\"\n",
		    "a,b\n2026-01-01,A B\n2026-01-01,A B \n"
		    "2026-01-01,A-B\n", "f:4: b: another value becomes the "
		    "same id: \"A-B\"" },
		/* doubts */
		{ "id = [a]\nbirthday = [b] | date\n",
		    "a,b\n1,3/3/1970\n2,3/4/1970\n", "f:3: b: day or month "
		    "first: give --date-order: \"3/4/1970\"" },
		{ "id = [a]\nbirthday = [b] | date\n",
		    "a,b\n1,3/14/1970\n2,14/3/1970\n", "f:3: b: the day first "
		    "here, the month first in line 2: give --date-order" },
		{ "id = [a]\nnote = [b] | number\n", "a,b\n1,1.863\n",
		    "f:2: b: decimal comma or decimal point: give --decimal: "
		    "\"1.863\"" },
		{ "id = [a]\nnote = [b] | number\n",
		    "a,b\n1,1.5\n2,\"1,5\"\n", "f:3: b: a decimal comma here, "
		    "a decimal point in line 2: give --decimal" },
		/* columns */
		{ "id = [ab]\n", "abc,b\n1,2\n",
		    "r:1: not a column of f: \"ab\" (did you mean \"abc\"?)" },
		{ "id = [a]\n", "a,b,a\n1,2,3\n",
		    "r:1: duplicate column in f: \"a\"" },
		{ "id = [x]?\nname = [y]?\n", "a,b\n1,2\n",
		    "f: no column of r is in it" },
		{ "id = [a]\n", "", "f: empty: the header line is missing" },
		{ "id = [a]\n", "a,b\n1,\"2\n", "f:2: a quote is never closed" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf got = { 0 };

		answer(&got, cases[i].rules, cases[i].csv);
		assert_string_equal(buf_text(&got), cases[i].want);
		buf_free(&got);
	}
}

static void
wrong_rules_are_named_by_line(void **state)
{
	static const struct {
		const char *rules, *want;
	} cases[] = {
		{ "", "r: no column = ... in it" },
		{ "kind = \"in\"\n", "r: a journal needs the columns time, "
		    "customer and kind" },
		{ "\nfoo [a]\n", "r:2: neither column = ... nor a known word: "
		    "\"foo\" (did you mean \"for\"?)" },
		{ "\"id\" = [a]\n", "r:1: neither column = ... nor a known "
		    "word: \"id\"" },
		{ "id =\n", "r:1: neither [column] nor \"text\": \"\"" },
		{ "id = a\n", "r:1: neither [column] nor \"text\": \"a\"" },
		{ "id = [a] + | id\n",
		    "r:1: neither [column] nor \"text\": \"|\"" },
		{ "id = [a\n", "r:1: a bracket is never closed" },
		{ "id = \"a\n", "r:1: a quote is never closed" },
		{ "id = \"\\q\"\n", "r:1: unknown escape" },
		{ "id = a]\n", "r:1: neither [column] nor \"text\": \"a\"" },
		{ "id = [a] ]\n", "r:1: not understood: \"]\"" },
		{ "id = [a] ! x\n", "r:1: not understood: \"!\"" },
		{ "id = [a] [b]\n", "r:1: too much in the line: \"b\"" },
		{ "id = [a] = x\n", "r:1: too much in the line: \"=\"" },
		{ "id = [a] | tirm\n", "r:1: unknown conversion: \"tirm\" "
		    "(did you mean \"trim\"?)" },
		{ "id = [a] | xxxxxxxx\n",
		    "r:1: unknown conversion: \"xxxxxxxx\"" },
		{ "id = [a]\nid = [b]\n", "r:2: duplicate column: \"id\"" },
		{ "id = [a] | part\n", "r:1: an argument is missing" },
		{ "id = [a] | trim x\n", "r:1: too many arguments" },
		{ "id = [a] | part 0\n",
		    "r:1: not a number from 1 to 64 or last" },
		{ "id = [a] | map x\n", "r:1: not a pair like A=B" },
		{ "id = [a] | map x=\n",
		    "r:1: a text is missing behind =" },
		{ "id = [a] | split \"\"\n", "r:1: an empty text" },
		{ "id = [a] | date comma\n", "r:1: not dmy, mdy or ymd" },
		{ "id = [a] | number dmy\n", "r:1: not comma or point" },
		{ "date-order point\n",
		    "r:1: not dmy, mdy or ymd: \"point\"" },
		{ "decimal ymd\n", "r:1: not comma or point: \"ymd\"" },
		{ "decimal\n", "r:1: an argument is missing" },
		{ "delimiter ab\n", "r:1: not a delimiter: \"ab\"" },
		{ "for\n", "r:1: a [column] is missing" },
		{ "columns x\n", "r:1: a [column] is missing" },
		{ "skip [a]\n", "r:1: none of = != ~ !~: \"\"" },
		{ "skip [a] + [b] ? x\n", "r:1: none of = != ~ !~: \"x\"" },
		{ "row x\n", "r:1: too much in the line: \"x\"" },
		{ "trim x\n", "r:1: too much in the line: \"x\"" },
		{ "id = \"\xff\"\n", "r: not UTF-8" },
		{ "a\nb\n", "r:1: neither column = ... nor a known word: "
		    "\"a\"\nr:2: neither column = ... nor a known word: "
		    "\"b\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf got = { 0 };

		answer(&got, cases[i].rules, "a\n1\n");
		assert_string_equal(buf_text(&got), cases[i].want);
		buf_free(&got);
	}
}

static void
brackets_may_be_part_of_a_name(void **state)
{
	struct err e = { 0 };
	struct rulelex p = { .name = "r", .err = &e, .line = 1,
		.rest = { "[a]]b] \"x\" w # no", 17 } };

	(void)state;
	assert_true(rulelex_next(&p));
	assert_int_equal(p.kind, TOKEN_COLUMN);
	assert_string_equal(buf_text(&p.token), "a]b");
	assert_true(rulelex_next(&p));
	assert_int_equal(p.kind, TOKEN_TEXT);
	assert_true(rulelex_next(&p));
	assert_int_equal(p.kind, TOKEN_WORD);
	assert_true(rulelex_next(&p));
	assert_int_equal(p.kind, TOKEN_END);
	buf_free(&p.token);
}

static void
a_value_has_at_most_64_parts(void **state)
{
	struct parts p = { 0 };

	(void)state;
	for (int i = 0; i < PARTS; i++)
		assert_true(parts_add(&p, slice_of("x")));
	assert_false(parts_add(&p, slice_of("x")));
	assert_string_equal(p.why, "more than 64 parts");
	parts_free(&p);
}

static void
a_header_of_ours_needs_no_rules(void **state)
{
	static const struct slice ours[] = { { "id", 2 }, { " name", 5 } };
	static const struct slice theirs[] = { { "x", 1 }, { "name", 4 } };
	static const struct slice odd[] = { { "id", 2 }, { "a b", 3 },
		{ "", 0 } };
	struct rules_record header = { ours, 2, 3, 0 };
	struct rules r = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_true(ready_choose(&r, "/nowhere", &header, "f", &e));
	assert_int_equal(r.columns, 2);
	assert_string_equal(r.column[1], "name");
	assert_false(r.journal);
	rules_free(&r);
	header.field = theirs;
	assert_false(ready_choose(&r, "/nowhere", &header, "f", &e));
	assert_string_equal(e.text,
	    "f:3: no ready rules know these columns: give -m RULES");
	rules_free(&r);
	e = (struct err){ 0 };
	header = (struct rules_record){ odd, 3, 3, 0 };
	assert_false(ready_choose(&r, "/nowhere", &header, "f", &e));
	assert_string_equal(e.text,
	    "f:3: not a column name: \"a b\": give -m RULES\n"
	    "f:3: not a column name: \"\": give -m RULES");
	rules_free(&r);
}

/* The law: random bytes as rules end in an error or rules, never worse. */
static void
any_text_is_rules_or_an_error(void **state)
{
	static const char *const part[] = { "id", " = ", "[a]", "[", "]", "\"",
		" | ", "map", "x=y", "split", "\n", "+", "?", "~", "!", "#",
		"skip ", "for ", "row", "@row", "\\", "date", " ", "\xff",
		"*", "(", "trim" };
	uint64_t seed = 17;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf text = { 0 }, got = { 0 };

		for (uint32_t n = check_random(&seed, 14); n > 0; n--)
			buf_str(&text,
			    part[check_random(&seed, LEN(part))]);
		answer(&got, buf_text(&text), "a,b\n1,2\n");
		buf_free(&text);
		buf_free(&got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_by_form_and_way),
		cmocka_unit_test(numbers_are_read_with_comma_or_point),
		cmocka_unit_test(a_column_tells_how_it_is_read),
		cmocka_unit_test(grouped_numbers_come_back),
		cmocka_unit_test(conversions_do_what_they_say),
		cmocka_unit_test(rules_make_rows),
		cmocka_unit_test(wrong_rules_are_named_by_line),
		cmocka_unit_test(brackets_may_be_part_of_a_name),
		cmocka_unit_test(a_value_has_at_most_64_parts),
		cmocka_unit_test(a_header_of_ours_needs_no_rules),
		cmocka_unit_test(any_text_is_rules_or_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
