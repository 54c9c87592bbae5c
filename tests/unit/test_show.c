/* show: the exact bytes of every format, and that nothing harmful passes. */
#include <inttypes.h>
#include <stdio.h>

#include "check.h"

#include "base/date.h"
#include "base/num.h"
#include "base/text.h"
#include "show/align.h"
#include "show/cell.h"
#include "show/digits.h"
#include "show/show.h"

static const struct show_column two[] = {
	{ "id", SHOW_TEXT, NULL },
	{ "net", SHOW_NUMBER, "Umsatz" },
};

struct paper {
	struct show show;
	char *text;
	size_t len;
};

static struct show *
unfold(struct paper *p, enum show_format format)
{
	memset(p, 0, sizeof *p);
	p->show.to = open_memstream(&p->text, &p->len);
	p->show.format = format;
	return &p->show;
}

static void
reads(struct paper *p, const char *want)
{
	show_end(&p->show);
	fclose(p->show.to);
	assert_string_equal(p->text, want);
	free(p->text);
}

static void
a_table_looks_like_this_in_every_format(void **state)
{
	static const char *const want[] = {
		[SHOW_TSV] = "id\tnet\n"
		    "a\\tb\\\\\t-0.50\n"
		    "M\xc3\xbcller\t\n",
		[SHOW_TABLE] = "id      Umsatz\n"
		    "a\\tb\\    -0.50\n"
		    "M\xc3\xbcller\n",
		[SHOW_CSV] = "\"id\",\"net\"\n"
		    "\"a\tb\\\",\"-0.50\"\n"
		    "\"M\xc3\xbcller\",\"\"\n",
		[SHOW_JSON] = "[\n{\"id\":\"a\\tb\\\\\",\"net\":-0.50},\n"
		    "{\"id\":\"M\xc3\xbcller\",\"net\":null}\n]\n",
		[SHOW_MD] = "| id | Umsatz |\n| --- | ---: |\n"
		    "| a\\\\tb\\\\ | -0.50 |\n"
		    "| M\xc3\xbcller |  |\n",
	};

	(void)state;
	for (int f = SHOW_TSV; f <= SHOW_MD; f++) {
		struct paper p;
		struct show *s = unfold(&p, (enum show_format)f);

		show_begin(s, two, 2);
		show_field(s, slice_of("a\\tb\\\\"));
		show_money(s, -5000);
		show_row(s);
		show_text(s, "M\xc3\xbcller");
		show_empty(s);
		show_row(s);
		reads(&p, want[f]);
	}
}

/* A header goes out before the first row, but to a file, where it waits for
 * its block. */
static void
who_reads_rows_has_the_header_at_once(void **state)
{
	(void)state;
	for (int file = 0; file < 2; file++) {
		struct paper p;
		struct show *s = unfold(&p, SHOW_TSV);

		s->file = file;
		show_begin(s, two, 2);
		assert_int_equal(p.len, file ? 0 : strlen("id\tnet\n"));
		reads(&p, "id\tnet\n");
	}
}

static void
an_empty_table_is_its_header(void **state)
{
	static const char *const want[] = {
		[SHOW_TSV] = "id\tnet\n",
		[SHOW_TABLE] = "id  Umsatz\n",
		[SHOW_CSV] = "\"id\",\"net\"\n",
		[SHOW_JSON] = "[\n]\n",
		[SHOW_MD] = "| id | Umsatz |\n| --- | ---: |\n",
	};

	(void)state;
	for (int f = SHOW_TSV; f <= SHOW_MD; f++) {
		struct paper p;

		show_begin(unfold(&p, (enum show_format)f), two, 2);
		reads(&p, want[f]);
	}
}

static void
two_tables_may_follow_one_another(void **state)
{
	struct paper p;
	struct show *s = unfold(&p, SHOW_TSV);

	(void)state;
	show_begin(s, two, 2);
	show_text(s, "a");
	show_int(s, 1);
	show_row(s);
	show_end(s);
	show_begin(s, two, 1);
	reads(&p, "id\tnet\na\t1\nid\n");
}

static void
numbers_days_and_times_are_quoted_as_their_column_says(void **state)
{
	static const struct show_column columns[] = {
		{ "n", SHOW_NUMBER, NULL }, { "t", SHOW_TEXT, NULL },
		{ "d", SHOW_TEXT, NULL }, { "x", SHOW_TEXT, NULL },
		{ "none", SHOW_TEXT, NULL }, { "p", SHOW_NUMBER, NULL },
		{ "q", SHOW_NUMBER, NULL },
	};
	static const char *const want[] = {
		[SHOW_TSV] = "n\tt\td\tx\tnone\tp\tq\n"
		    "-7\t2026-11-21T20:21:47Z\t1970-01-01\t3\t\t0.05\t\n",
		[SHOW_TABLE] = " n  t                     d           x  none  "
		    "   p  q\n"
		    "-7  2026-11-21T20:21:47Z  1970-01-01  3        0.05\n",
		[SHOW_CSV] = "\"n\",\"t\",\"d\",\"x\",\"none\",\"p\",\"q\"\n\"-7\","
		    "\"2026-11-21T20:21:47Z\",\"1970-01-01\",\"3\",\"\","
		    "\"0.05\",\"\"\n",
		[SHOW_JSON] = "[\n{\"n\":-7,\"t\":\"2026-11-21T20:21:47Z\","
		    "\"d\":\"1970-01-01\",\"x\":\"3\",\"none\":\"\","
		    "\"p\":0.05,\"q\":null}\n]\n",
		[SHOW_MD] = "| n | t | d | x | none | p | q |\n"
		    "| ---: | --- | --- | --- | --- | ---: | ---: |\n"
		    "| -7 | 2026-11-21T20:21:47Z | 1970-01-01 | 3 |  | 0.05 |  |"
		    "\n",
	};

	(void)state;
	for (int f = SHOW_TSV; f <= SHOW_MD; f++) {
		struct paper p;
		struct show *s = unfold(&p, (enum show_format)f);

		show_begin(s, columns, LEN(columns));
		show_int(s, -7);
		show_time(s, INT64_C(1795292507));
		show_day(s, 0);
		show_int(s, 3);
		show_time(s, INT64_MIN);
		show_fixed(s, 5, 2);
		show_fixed(s, INT64_MIN, 2);
		show_row(s);
		reads(&p, want[f]);
	}
}

/* One value in each format: what a terminal, a spreadsheet, a program and
 * a page get. */
static void
nothing_harmful_passes(void **state)
{
	static const struct {
		const char *value, *visible, *csv, *json, *md;
	} cases[] = {
		/* 36: control bytes */
		{ "\033[2Jx", "\\x1b[2Jx", "\"\033[2Jx\"", "\\u001b[2Jx",
		    "\\\\x1b\\[2Jx" },
		{ "a\177", "a\\x7f", "\"a\177\"", "a\\u007f", "a\\\\x7f" },
		{ "\xc2\x9b" "31m", "\\u009b31m", "\"\xc2\x9b" "31m\"",
		    "\\u009b31m", "\\\\u009b31m" },
		{ "a\nb\tc\r", "a\\nb\\tc\\r", "\"a\nb\tc\r\"",
		    "a\\nb\\tc\\r", "a\\\\nb\\\\tc\\\\r" },
		/* 37: bidirectional controls */
		{ "a\xe2\x80\xae" "b", "a\\u202eb", "\"a\xe2\x80\xae" "b\"",
		    "a\\u202eb", "a\\\\u202eb" },
		{ "\xe2\x81\xa6", "\\u2066", "\"\xe2\x81\xa6\"", "\\u2066",
		    "\\\\u2066" },
		{ "\xe2\x80\x8f", "\\u200f", "\"\xe2\x80\x8f\"", "\\u200f",
		    "\\\\u200f" },
		{ "\xd8\x9c", "\\u061c", "\"\xd8\x9c\"", "\\u061c",
		    "\\\\u061c" },
		{ "\xef\xbb\xbf", "\\ufeff", "\"\xef\xbb\xbf\"", "\\ufeff",
		    "\\\\ufeff" },
		/* their neighbours stay */
		{ "\xe2\x82\xac\xc2\xa0\xd8\xa7\xef\xac\x81",
		    "\xe2\x82\xac\xc2\xa0\xd8\xa7\xef\xac\x81",
		    "\"\xe2\x82\xac\xc2\xa0\xd8\xa7\xef\xac\x81\"",
		    "\xe2\x82\xac\xc2\xa0\xd8\xa7\xef\xac\x81",
		    "\xe2\x82\xac\xc2\xa0\xd8\xa7\xef\xac\x81" },
		/* 51: formulas */
		{ "=1+1", "=1+1", "\"'=1+1\"", "=1+1", "=1+1" },
		{ "@SUM(A1)", "@SUM(A1)", "\"'@SUM(A1)\"", "@SUM(A1)",
		    "@SUM(A1)" },
		{ "+cmd|'/c'!A0", "+cmd|'/c'!A0", "\"'+cmd|'/c'!A0\"",
		    "+cmd|'/c'!A0", "+cmd\\|'/c'!A0" },
		{ "-2+3+cmd", "-2+3+cmd", "\"'-2+3+cmd\"", "-2+3+cmd",
		    "-2+3+cmd" },
		{ "-", "-", "\"'-\"", "-", "-" },
		{ "\t=1", "\\t=1", "\"'\t=1\"", "\\t=1", "\\\\t=1" },
		{ "=\"\"", "=\"\"", "\"'=\"\"\"\"\"", "=\\\"\\\"", "=\"\"" },
		{ "-5.25", "-5.25", "\"-5.25\"", "-5.25", "-5.25" },
		{ "+49 (0)30/12-34", "+49 (0)30/12-34",
		    "\"+49 (0)30/12-34\"", "+49 (0)30/12-34",
		    "+49 (0)30/12-34" },
		/* 52: TAB, LF and quotes in CSV */
		{ "5\" disk, \"x\"", "5\" disk, \"x\"",
		    "\"5\"\" disk, \"\"x\"\"\"", "5\\\" disk, \\\"x\\\"",
		    "5\" disk, \"x\"" },
		/* 53, 54, 59: markup */
		{ "<script>&amp;", "<script>&amp;", "\"<script>&amp;\"",
		    "<script>&amp;", "\\<script\\>\\&amp;" },
		{ "[x](javascript:y)", "[x](javascript:y)",
		    "\"[x](javascript:y)\"", "[x](javascript:y)",
		    "\\[x\\](javascript:y)" },
		{ ".so x|\\y", ".so x|\\y", "\".so x|\\y\"", ".so x|\\\\y",
		    "\\.so x\\|\\\\y" },
		{ "# a *b* _c_ `d` ~e~", "# a *b* _c_ `d` ~e~",
		    "\"# a *b* _c_ `d` ~e~\"", "# a *b* _c_ `d` ~e~",
		    "\\# a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~" },
		/* 58: never a format */
		{ "%n%s%n", "%n%s%n", "\"%n%s%n\"", "%n%s%n", "%n%s%n" },
		{ "", "", "\"\"", "", "" },
	};
	static void (*const add[])(struct buf *, struct slice) = {
		cell_visible, cell_csv, cell_json, cell_md };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		const char *want[] = { cases[i].visible, cases[i].csv,
			cases[i].json, cases[i].md };

		for (size_t f = 0; f < LEN(add); f++) {
			struct buf b = { 0 };

			add[f](&b, slice_of(cases[i].value));
			assert_string_equal(buf_text(&b), want[f]);
			buf_free(&b);
		}
	}
}

static void
only_numbers_are_bare_in_json(void **state)
{
	static const struct {
		const char *value, *want;
	} cases[] = {
		{ "12", "12" }, { "-0.5", "-0.5" }, { "0", "0" },
		{ "", "null" }, { "007", "\"007\"" }, { "5.", "\"5.\"" },
		{ ".5", "\".5\"" }, { "-", "\"-\"" }, { "+1", "\"+1\"" },
		{ "1e5", "\"1e5\"" }, { "ten", "\"ten\"" },
		{ "1.5 ", "\"1.5 \"" },
	};
	static const struct show_column number = { "a\"b", SHOW_NUMBER, NULL };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct paper p;
		struct show *s = unfold(&p, SHOW_JSON);
		char want[64];

		snprintf(want, sizeof want, "[\n{\"a\\\"b\":%s}\n]\n",
		    cases[i].want);
		show_begin(s, &number, 1);
		show_text(s, cases[i].value);
		show_row(s);
		reads(&p, want);
	}
}

/* What a JSON reader makes of the inside of a string. */
static void
read_json(struct buf *to, const char *at)
{
	static const char from[] = "nrt\"\\", into[] = "\n\r\t\"\\";

	while (*at != '\0') {
		unsigned u;
		char c = *at++;

		assert_true((unsigned char)c >= 0x20 && c != '"');
		if (c != '\\') {
			buf_byte(to, c);
		} else if (*at != 'u') {
			assert_non_null(strchr(from, *at));
			buf_byte(to, into[strchr(from, *at++) - from]);
		} else {
			assert_int_equal(sscanf(at, "u%4x", &u), 1);
			if (u >= 0x800)
				buf_byte(to, (char)(0xe0 | u >> 12));
			if (u >= 0x800)
				buf_byte(to, (char)(0x80 | (u >> 6 & 63)));
			else if (u >= 0x80)
				buf_byte(to, (char)(0xc0 | u >> 6));
			buf_byte(to, (char)(u < 0x80 ? u : 0x80 | (u & 63)));
			at += 5;
		}
	}
}

static void
json_gives_back_what_it_got(void **state)
{
	static const char *const part[] = { "a", "\"", "\\", "\n", "\t",
		"\001", "\177", "\xc2\x85", "\xc3\xbc", "\xe2\x80\xae",
		"\xe2\x82\xac", "\xef\xbb\xbf", "\xf0\x9f\x98\x80", "<", "/" };
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct buf value = { 0 }, wrote = { 0 }, back = { 0 };

		for (uint32_t n = check_random(&seed, 9); n > 0; n--)
			buf_str(&value,
			    part[check_random(&seed, LEN(part))]);
		cell_json(&wrote, buf_all(&value));
		read_json(&back, buf_text(&wrote));
		assert_string_equal(buf_text(&back), buf_text(&value));
		buf_free(&value);
		buf_free(&wrote);
		buf_free(&back);
	}
}

static void
a_terminal_gets_no_controls_in_any_format(void **state)
{
	(void)state;
	for (int f = SHOW_TSV; f <= SHOW_MD; f++) {
		struct paper p;
		struct show *s = unfold(&p, (enum show_format)f);

		s->terminal = true;
		show_begin(s, two, 2);
		show_field(s, slice_of("a\033b\\n"));
		show_int(s, 1);
		show_row(s);
		show_value(s, slice_of("\xe2\x80\xae\tb\n"));
		show_int(s, 1);
		show_row(s);
		show_end(s);
		fclose(s->to);
		assert_null(strchr(p.text, 033));
		assert_null(strstr(p.text, "\xe2\x80\xae"));
		free(p.text);
	}
}

static void
digits_are_as_printf_has_them(void **state)
{
	static const int64_t edge[] = { 0, 1, -1, 9, 10, 99, 100, -100, 9999,
		10000, INT64_MAX, INT64_MIN, 12340, 12345, -5000 };
	uint64_t seed = 11;

	(void)state;
	for (size_t i = 0; i < 3000; i++) {
		int64_t v = i < LEN(edge) ? edge[i] :
		    (int64_t)(check_random(&seed, 1U << 31)) *
		    ((int64_t)check_random(&seed, 5) - 2);
		int places = (int)check_random(&seed, 7);
		int64_t scale = 1;
		char got[DIGITS], want[64];

		*digits_int(got, v) = '\0';
		snprintf(want, sizeof want, "%" PRId64, v);
		assert_string_equal(got, want);
		for (int n = 0; n < places; n++)
			scale *= 10;
		*digits_fixed(got, v, places) = '\0';
		snprintf(want, sizeof want, "%s%" PRIu64, v < 0 ? "-" : "",
		    (v < 0 ? -(uint64_t)v : (uint64_t)v) / (uint64_t)scale);
		if (places > 0)
			sprintf(want + strlen(want), ".%0*" PRIu64, places,
			    (v < 0 ? -(uint64_t)v : (uint64_t)v) %
			    (uint64_t)scale);
		assert_string_equal(got, want);
	}
}

static void
money_has_two_decimals_or_as_many_as_it_needs(void **state)
{
	static const struct {
		int64_t v;
		const char *want;
	} cases[] = {
		{ 0, "0.00" }, { 199900, "19.99" }, { 5, "0.0005" },
		{ 50, "0.005" }, { -500, "-0.05" }, { 12340000, "1234.00" },
		{ 123456, "12.3456" },
	};
	char got[DIGITS];

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		*digits_money(got, cases[i].v) = '\0';
		assert_string_equal(got, cases[i].want);
	}
}

/* Of every size, with every ending. */
static void
money_is_as_num_writes_it(void **state)
{
	uint64_t seed = 17;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t v = INT64_MIN + i % 7;
		char got[DIGITS], want[NUM_TEXT];

		if (i > 10)
			v = ((int64_t)check_random(&seed, 1u << 31) << 32 |
			    check_random(&seed, 1u << 31)) >>
			    check_random(&seed, 63);
		if (check_random(&seed, 2))
			v -= v % (check_random(&seed, 2) ? 100 : 10);
		if (check_random(&seed, 2))
			v = -(v + 1);
		*digits_money(got, v) = '\0';
		assert_string_equal(got, num_money(want, v));
	}
}

static void
times_are_as_date_writes_them(void **state)
{
	uint64_t seed = 13;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		int64_t t = (DATE_FIRST + (int64_t)check_random(&seed,
		    DATE_LAST - DATE_FIRST)) * DATE_DAY +
		    check_random(&seed, 86400);
		char got[DIGITS], want[DATE_TEXT];

		*digits_time(got, t) = '\0';
		assert_string_equal(got, date_time_text(want, t));
		*digits_day(got, date_utc_day(t)) = '\0';
		assert_string_equal(got, date_text(want, date_utc_day(t)));
	}
}

/* 39: wide, combining and joined characters */
static void
cutting_keeps_graphemes_whole(void **state)
{
	static const struct {
		const char *text;
		int width;
		size_t want; /* bytes */
	} cases[] = {
		{ "abc", 2, 2 }, { "abc", 9, 3 }, { "abc", 0, 0 },
		{ "M\xc3\xbcller", 2, 3 }, { "M\xc3\xbcller", 1, 1 },
		/* u and combining diaeresis are one */
		{ "Mu\xcc\x88ller", 2, 4 }, { "Mu\xcc\x88ller", 1, 1 },
		/* CJK takes two columns */
		{ "\xe6\x97\xa5\xe6\x9c\xac", 3, 3 },
		{ "\xe6\x97\xa5\xe6\x9c\xac", 1, 0 },
		/* a flag is two code points, a family several: never parted */
		{ "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa" "x", 1, 0 },
		{ "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9x", 3, 0 },
		{ "", 4, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(align_cut(slice_of(cases[i].text),
		    cases[i].width), cases[i].want);
}

static void
a_wide_table_is_cut_in_its_widest_text(void **state)
{
	static const struct show_column columns[] = {
		{ "id", SHOW_TEXT, NULL }, { "text", SHOW_TEXT, NULL },
		{ "n", SHOW_NUMBER, NULL },
	};
	struct paper p;
	struct show *s = unfold(&p, SHOW_TABLE);

	(void)state;
	s->width = 34;
	s->color = true;
	show_begin(s, columns, 3);
	show_text(s, "C17");
	show_text(s, "gr\xc3\xbc\xc3\x9f" "e aus der fernen Stadt");
	show_int(s, 1234567);
	show_row(s);
	show_text(s, "C18");
	show_text(s, "kurz");
	show_int(s, 1);
	show_row(s);
	reads(&p, "\033[1mid   text                        n\033[0m\n"
	    "C17  gr\xc3\xbc\xc3\x9f" "e aus der ferne\xe2\x80\xa6  1234567\n"
	    "C18  kurz                        1\n");
}

static void
a_table_that_cannot_fit_is_cut_to_half_a_screen(void **state)
{
	static const struct show_column columns[] = {
		{ "time", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, NULL },
		{ "text", SHOW_TEXT, NULL },
	};
	struct paper p;
	struct show *s = unfold(&p, SHOW_TABLE);

	(void)state;
	s->width = 44;
	show_begin(s, columns, 3);
	show_text(s, "2026-11-21T12:00:00Z");
	show_text(s, "Charlotte von B\xc3\xbclow");
	show_text(s, "three weeks late, and nobody called");
	show_row(s);
	reads(&p,
	    "time                  name                 text\n"
	    "2026-11-21T12:00:00Z  Charlotte von B\xc3\xbclow"
	    "  three weeks late, and\xe2\x80\xa6\n");
}

static void
a_table_never_cuts_numbers_or_short_text(void **state)
{
	struct paper p;
	struct show *s = unfold(&p, SHOW_TABLE);

	(void)state;
	s->width = 3;
	show_begin(s, two, 2);
	show_text(s, "2026-11-21T12:00:00Z");
	show_int(s, INT64_C(123456789012));
	show_row(s);
	reads(&p, "id                          Umsatz\n"
	    "2026-11-21T12:00:00Z  123456789012\n");
}

static void
long_tables_are_complete(void **state)
{
	struct paper p;
	struct show *s = unfold(&p, SHOW_TSV);
	const char *at;

	(void)state;
	show_begin(s, two, 2);
	for (int i = 0; i < 100000; i++) {
		show_text(s, "somebody");
		show_int(s, i);
		show_row(s);
	}
	show_end(s);
	fclose(s->to);
	at = strchr(p.text, '\n') + 1;
	for (long i = 0; i < 100000; i++) {
		char want[40];
		size_t n = (size_t)sprintf(want, "somebody\t%ld\n", i);

		assert_memory_equal(at, want, n);
		at += n;
	}
	assert_int_equal(*at, '\0');
	free(p.text);
}

static void
formats_have_names(void **state)
{
	(void)state;
	assert_int_equal(show_format_of("tsv"), SHOW_TSV);
	assert_int_equal(show_format_of("table"), SHOW_TABLE);
	assert_int_equal(show_format_of("csv"), SHOW_CSV);
	assert_int_equal(show_format_of("json"), SHOW_JSON);
	assert_int_equal(show_format_of("md"), SHOW_MD);
	assert_int_equal(show_format_of("xml"), -1);
}

static void
the_words_of_columns_are_needed_at_the_beginning_only(void **state)
{
	char name[] = "id", heading[] = "Nr.";
	const struct show_column column[] = { { name, SHOW_TEXT, NULL },
		{ "net", SHOW_TEXT, heading } };
	struct paper p;
	struct show *s = unfold(&p, SHOW_TABLE);

	(void)state;
	show_begin(s, column, 2);
	memset(name, 'x', 2);
	memset(heading, 'x', 3);
	show_text(s, "C1");
	show_text(s, "5");
	show_row(s);
	reads(&p, "id  Nr.\nC1  5\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_looks_like_this_in_every_format),
		cmocka_unit_test(who_reads_rows_has_the_header_at_once),
		cmocka_unit_test(an_empty_table_is_its_header),
		cmocka_unit_test(
		    the_words_of_columns_are_needed_at_the_beginning_only),
		cmocka_unit_test(two_tables_may_follow_one_another),
		cmocka_unit_test(
		    numbers_days_and_times_are_quoted_as_their_column_says),
		cmocka_unit_test(nothing_harmful_passes),
		cmocka_unit_test(only_numbers_are_bare_in_json),
		cmocka_unit_test(json_gives_back_what_it_got),
		cmocka_unit_test(a_terminal_gets_no_controls_in_any_format),
		cmocka_unit_test(digits_are_as_printf_has_them),
		cmocka_unit_test(money_has_two_decimals_or_as_many_as_it_needs),
		cmocka_unit_test(money_is_as_num_writes_it),
		cmocka_unit_test(times_are_as_date_writes_them),
		cmocka_unit_test(cutting_keeps_graphemes_whole),
		cmocka_unit_test(a_wide_table_is_cut_in_its_widest_text),
		cmocka_unit_test(
		    a_table_that_cannot_fit_is_cut_to_half_a_screen),
		cmocka_unit_test(a_table_never_cuts_numbers_or_short_text),
		cmocka_unit_test(long_tables_are_complete),
		cmocka_unit_test(formats_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
