/* source: what is said of a file, by whom, and what is found in it. */
#include "check.h"

#include <sys/stat.h>

#include "crm/source.h"
#include "place.h"

static int
set_up(void **state)
{
	if (place_open(state) != 0)
		return 1;
	setenv("CRM_SHARE", *state, 1);
	return mkdir("rules", 0700);
}

/* All rows that come out, lines parted by blanks, fields by `|`; or the
 * complaint. */
static const char *
converted(struct source *s, const char *path, char to[static 256])
{
	struct zone utc = { 0 };
	struct err e = { 0 };
	size_t n = 0;

	assert_true(zone_load(&utc, "UTC", &e));
	if (!source_open(s, path, &e) || !source_convert(s, &utc, NULL, &e)) {
		snprintf(to, 256, "%.255s", e.text);
	} else {
		struct slice all = rows_all(&s->import.rows);

		for (; n < all.len; n++)
			to[n] = all.at[n] == '\t' ? '|' :
			    all.at[n] == '\n' ? ' ' : all.at[n];
		to[n > 0 ? n - 1 : 0] = '\0';
	}
	source_free(s);
	zone_free(&utc);
	return to;
}

static const char orders[] = "for [Nr] [Am] [Wert]\n"
    "time = [Am] | time\ncustomer = [Nr]\nkind = \"order\"\n"
    "value = [Wert] | number\nref = @line\n";

static void
rules_are_named_or_known_by_the_header(void **state)
{
	static const char csv[] = "Nr,Am,Wert\nA1,2026-11-02,5\n";
	static const struct {
		const char *named, *want;
	} cases[] = {
		{ "own.rules", "A1|x" },
		{ "./own.rules", "A1|x" },
		{ "shop", "2026-11-02|A1|order|5|2" },
		{ NULL, "2026-11-02|A1|order|5|2" },
		{ "none", "none: No such file or directory" },
	};
	char got[256];

	(void)state;
	place_put("own.rules", "id = [Nr]\nname = \"x\"\n");
	place_put("rules/shop.rules", orders);
	place_put("rules/other.rules", "for [Kunde]\nid = [Kunde]\n");
	place_put("f.csv", csv);
	for (size_t i = 0; i < LEN(cases); i++)
		assert_string_equal(converted(&(struct source){
			.named = cases[i].named }, "f.csv", got),
		    cases[i].want);
	place_put("f.csv", "a,b\n1,2\n");
	assert_string_equal(converted(&(struct source){ 0 }, "f.csv", got),
	    "f.csv:1: no ready rules know these columns: give -m RULES");
}

/* The user before the rules, the rules before what is found. */
static void
who_says_it_first_is_right(void **state)
{
	static const struct {
		const char *rules; /* in front of the others */
		const char *csv;
		struct source said;
		const char *want;
	} cases[] = {
		/* the delimiter */
		{ "", "Nr;Am;Wert\nA;2026-11-02;5\n", { 0 },
		    "2026-11-02|A|order|5|2" },
		{ "delimiter \"|\"\n", "Nr|Am|Wert\nA;,|2026-11-02|5\n", { 0 },
		    "2026-11-02|A;,|order|5|2" },
		{ "delimiter \";\"\n", "Nr,Am,Wert\nA,2026-11-02,5\n",
		    { .delimiter = ',' },
		    "2026-11-02|A|order|5|2" },
		/* the encoding */
		{ "", "Nr;Am;Wert\n\xc4;2026-11-02;5\n", { 0 },
		    "2026-11-02|\xc3\x84|order|5|2" },
		{ "encoding CP437\n", "Nr;Am;Wert\n\x8e;2026-11-02;5\n",
		    { 0 }, "2026-11-02|\xc3\x84|order|5|2" },
		{ "encoding CP437\n", "Nr;Am;Wert\n\xc4;2026-11-02;5\n",
		    { .encoding = "ISO-8859-1" },
		    "2026-11-02|\xc3\x84|order|5|2" },
		/* the decimal mark */
		{ "", "Nr;Am;Wert\nA;2026-11-02;1,5\n", { 0 },
		    "2026-11-02|A|order|1.5|2" },
		{ "decimal point\n", "Nr;Am;Wert\nA;2026-11-02;1,500\n",
		    { 0 }, "2026-11-02|A|order|1500|2" },
		{ "decimal point\n", "Nr;Am;Wert\nA;2026-11-02;1,500\n",
		    { .decimal = FOREIGN_COMMA },
		    "2026-11-02|A|order|1.500|2" },
		/* the order of dates */
		{ "", "Nr;Am;Wert\nA;13/11/2026;5\n", { 0 },
		    "2026-11-13|A|order|5|2" },
		{ "date-order mdy\n", "Nr;Am;Wert\nA;11/02/2026;5\n", { 0 },
		    "2026-11-02|A|order|5|2" },
		{ "date-order mdy\n", "Nr;Am;Wert\nA;11/02/2026;5\n",
		    { .order = FOREIGN_DMY },
		    "2026-02-11|A|order|5|2" },
		/* the zone of clock times */
		{ "", "Nr;Am;Wert\nA;2026-11-02 12:00;5\n", { 0 },
		    "2026-11-02T12:00:00Z|A|order|5|2" },
		{ "zone Europe/Berlin\n",
		    "Nr;Am;Wert\nA;2026-11-02 12:00;5\n", { 0 },
		    "2026-11-02T11:00:00Z|A|order|5|2" },
		{ "zone Europe/Berlin\n",
		    "Nr;Am;Wert\nA;2026-11-02 12:00;5\n",
		    { .zone = "Asia/Tokyo" },
		    "2026-11-02T03:00:00Z|A|order|5|2" },
	};
	char got[256];

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct source s = cases[i].said;
		char rules[512];

		snprintf(rules, sizeof rules, "%s%s", cases[i].rules, orders);
		place_put("my.rules", rules);
		place_put("f.csv", cases[i].csv);
		s.named = "my.rules";
		assert_string_equal(converted(&s, "f.csv", got),
		    cases[i].want);
	}
}

static void
what_cannot_be_done_is_said(void **state)
{
	static const struct {
		const char *rules, *path;
		struct source said;
		const char *want;
	} cases[] = {
		{ "", "none.csv", { 0 },
		    "none.csv: No such file or directory" },
		{ "", "f.csv", { .encoding = "utf-9" },
		    "unknown encoding: \"utf-9\"" },
		{ "", "f.csv", { .zone = "Europe/Atlantis" },
		    "unknown time zone: \"Europe/Atlantis\"" },
		{ "", "empty.csv", { 0 },
		    "empty.csv: empty: the header line is missing" },
		{ "decimal x\n", "f.csv", { 0 },
		    "my.rules:1: not comma or point: \"x\"" },
		{ "", "bad.csv", { 0 },
		    "bad.csv:2: Am: not a date: \"gestern\"" },
	};
	char got[256];

	(void)state;
	place_put("f.csv", "Nr;Am;Wert\nA;2026-11-02;5\n");
	place_put("bad.csv", "Nr;Am;Wert\nA;gestern;5\n");
	place_put("empty.csv", "");
	for (size_t i = 0; i < LEN(cases); i++) {
		struct source s = cases[i].said;
		char rules[512];

		snprintf(rules, sizeof rules, "%s%s", cases[i].rules, orders);
		place_put("my.rules", rules);
		s.named = "my.rules";
		assert_string_equal(converted(&s, cases[i].path, got),
		    cases[i].want);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rules_are_named_or_known_by_the_header),
		TEST(who_says_it_first_is_right),
		TEST(what_cannot_be_done_is_said),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
