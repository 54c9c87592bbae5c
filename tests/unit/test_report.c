#include "check.h"

#include <stdio.h>

#include "base/fold.h"
#include "show/lines.h"
#include "show/report.h"

static const struct figure figures[] = {
	{ "period", { "2026-W46", 8 }, { "", 0 }, FIGURE_COUNT, 7, 7, 0,
	    FIGURE_NONE, FIGURE_NONE, false, false, NULL },
	{ "sales", { "orders", 6 }, { "", 0 }, FIGURE_COUNT, 14, 3, 11,
	    FIGURE_NONE, 13, false, false, NULL },
	{ "sales", { "repeat_rate", 11 }, { "", 0 }, FIGURE_SHARE, 6667, 5000,
	    1667, 12, 400, true, false, NULL },
	{ "nps", { "score", 5 }, { "", 0 }, FIGURE_SCORE, FIGURE_NONE,
	    FIGURE_NONE, FIGURE_NONE, 0, FIGURE_NONE, true, false, NULL },
	{ "nps_channel", { "web", 3 }, { "", 0 }, FIGURE_SCORE, 400, 100, 300,
	    40, 26, true, false, NULL },
	{ "nps_channel", { "shop", 4 }, { "", 0 }, FIGURE_SCORE, 100, 100, 0,
	    1, 30, true, false, NULL },
	{ "tone_channel", { "", 0 }, { "", 0 }, FIGURE_MEAN, -150, 5, -155,
	    2, FIGURE_NONE, true, false, NULL },
	{ "unmet", { "lamp", 4 }, { "", 0 }, FIGURE_COUNT, 9, 0, 9,
	    FIGURE_NONE, 4, false, false, NULL },
	{ "unmet", { "", 0 }, { "", 0 }, FIGURE_COUNT, 1, 2, -1, FIGURE_NONE,
	    1000, false, false, NULL },
	{ "loop", { "answers", 7 }, { "", 0 }, FIGURE_COUNT, 0, 0, 0,
	    FIGURE_NONE, FIGURE_NONE, false, false, NULL },
	{ "best", { "C|1", 3 }, { "<Ann>\\n", 7 }, FIGURE_MONEY, 123450, 0,
	    123450, 2, FIGURE_NONE, false, false, NULL },
	{ "alarms", { "overdue", 7 }, { "", 0 }, FIGURE_COUNT, 2, FIGURE_NONE,
	    FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, false, true, NULL },
	{ "alarms", { "goal", 4 }, { "", 0 }, FIGURE_COUNT, 0, FIGURE_NONE,
	    FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, false, true, NULL },
	{ "alarm", { "overdue/K1", 10 }, { "", 0 }, FIGURE_SCORE, 15,
	    FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, 1, false, false,
	    "K1 *is* late\t, a note that is longer than any label" },
	{ "alarm", { "overdue/K2", 10 }, { "", 0 }, FIGURE_SCORE, 15,
	    FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, FIGURE_NONE, false, false,
	    NULL },
};

static char *
write_figures(enum show_format format, const struct figure *f, size_t many)
{
	struct report r = { { 20766, 20772, PERIOD_WEEK },
		{ 20759, 20765, PERIOD_WEEK }, "EUR", false, f, many };
	char *text;
	size_t n;
	struct show out = { .to = open_memstream(&text, &n),
		.format = format };

	report_write(&r, &out);
	fclose(out.to);
	return text;
}

static char *
write_report(enum show_format format)
{
	return write_figures(format, figures, LEN(figures));
}

static void
machines_get_one_table(void **state)
{
	char *text = write_report(SHOW_TSV);

	(void)state;
	assert_string_equal(text,
	    "section\tfigure\tvalue\tn\tbefore\tchange\tp\n"
	    "period\t2026-W46\t7\t\t7\t0\t\n"
	    "sales\torders\t14\t\t3\t11\t0.013\n"
	    "sales\trepeat_rate\t66.67\t12\t50.00\t16.67\t0.400\n"
	    "nps\tscore\t\t0\t\t\t\n"
	    "nps_channel\tweb\t40.0\t40\t10.0\t30.0\t0.026\n"
	    "nps_channel\tshop\t10.0\t1\t10.0\t0.0\t0.030\n"
	    "tone_channel\t\t-1.50\t2\t0.05\t-1.55\t\n"
	    "unmet\tlamp\t9\t\t0\t9\t0.004\n"
	    "unmet\t\t1\t\t2\t-1\t1.000\n"
	    "loop\tanswers\t0\t\t0\t0\t\n"
	    "best\tC|1\t12.345\t2\t0.00\t12.345\t\n"
	    "alarms\toverdue\t2\t\t\t\t\n"
	    "alarms\tgoal\t0\t\t\t\t\n"
	    "alarm\toverdue/K1\t1.5\t\t\t\t0.001\n"
	    "alarm\toverdue/K2\t1.5\t\t\t\t\n");
	free(text);
}

/* Of two channels with p 0.026 and 0.030 none is news, since twice as much
 * is above 0.050; a list without names and a loop of nothing are left out. */
static void
people_get_sections_that_line_up(void **state)
{
	char *text = write_report(SHOW_TABLE);

	(void)state;
	assert_string_equal(text,
	    "Weekly report 2026-W46\n"
	    "2026-11-09 to 2026-11-15, compared with 2026-W45; "
	    "amounts in EUR\n"
	    "\n"
	    "* Orders: 14 after 3, more than chance\n"
	    "* Needs not met, lamp: 9 after 0, more than chance\n"
	    "\n"
	    "! Overdue cases: 2\n"
	    "\n"
	    "Sales                         now   before   change      p\n"
	    "  Orders                       14        3      +11  0.013  "
	    "beyond chance\n"
	    "  Share of repeat buyers  66.67 %  50.00 %   +16.67  0.400  "
	    "few (12)\n"
	    "\n"
	    "Recommendation (NPS)\n"
	    "  nobody was asked\n"
	    "\n"
	    "NPS by channel                now   before   change      p\n"
	    "  web                        40.0     10.0    +30.0  0.026  "
	    "40 answers\n"
	    "  shop                       10.0     10.0      0.0  0.030  "
	    "1 answer\n"
	    "\n"
	    "Needs not met                 now   before   change      p\n"
	    "  lamp                          9        0       +9  0.004  "
	    "beyond chance\n"
	    "  not known                     1        2       -1  1.000  "
	    "may be chance\n"
	    "\n"
	    "Complaints and requests\n"
	    "  none\n"
	    "\n"
	    "Best customers                now   before   change      p\n"
	    "  <Ann>\\n (C|1)            12.345     0.00  +12.345         "
	    "2 orders\n"
	    "\n"
	    "Falling customers\n"
	    "  none\n"
	    "\n"
	    "Alarms\n"
	    "  K1 *is* late\\t, a note that is longer than any label\n");
	free(text);
}

static void
markup_never_reaches_markdown(void **state)
{
	char *text = write_report(SHOW_MD);

	(void)state;
	assert_non_null(strstr(text, "# Weekly report 2026-W46\n\n"));
	assert_non_null(strstr(text, "\n## Best customers\n\n"
	    "|  | now | before | change | p |  |\n"
	    "| --- | ---: | ---: | ---: | ---: | --- |\n"
	    "| \\<Ann\\>\\\\n (C\\|1) | 12.345 | 0.00 | +12.345 |  | "
	    "2 orders |\n"));
	assert_non_null(strstr(text, "* Overdue cases: 2\n"));
	assert_non_null(strstr(text, "\n## Alarms\n\n- K1 \\*is\\* late"));
	free(text);
}

/* Whatever there is to say. */
static void
no_line_is_wider_than_a_page(void **state)
{
	static const int64_t most = 999999999999999999;
	static const char words[] = "J\xc3\xb6rg \xe4\xb8\xad or a name "
		"without-any-blank-that-goes-on-and-on-until-it-is-wider-than-"
		"all-the-columns-there-are-in-a-line and ends";
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct figure f[8];
		char *text, *line, *rest;

		for (size_t i = 0; i < LEN(f); i++) {
			static const char *const section[] = { "sales", "best",
				"unmet", "alarm", "nps_channel" };
			int64_t top = most;

			for (uint32_t k = check_random(&seed, 18); k > 0; k--)
				top /= 10;
			f[i] = (struct figure){ section[check_random(&seed,
				LEN(section))], { words, check_random(&seed,
				sizeof words) }, { words, check_random(&seed,
				20) }, FIGURE_MONEY, top, top / 2, -top,
				check_random(&seed, 2000),
				check_random(&seed, 1000), true, false,
				words };
			if (strcmp(f[i].section, "alarm") != 0)
				f[i].note = NULL;
		}
		rest = text = write_figures(SHOW_TABLE, f, LEN(f));
		while ((line = strsep(&rest, "\n")) != NULL)
			if (fold_width(slice_of(line)) > 80)
				fail_msg("%s", line);
		free(text);
	}
}

/* Labels get what numbers leave; remarks without room stand below. */
static void
what_is_too_wide_stands_alone(void **state)
{
	static const struct figure f[] = {
		{ "best", { "C17", 3 }, { "A name of many words, and one more",
		    34 }, FIGURE_MONEY, 999999999999999999,
		    999999999999999999, 999999999999999999, 2, FIGURE_NONE, false, false, NULL },
	};
	char *text = write_figures(SHOW_TABLE, f, LEN(f));

	(void)state;
	assert_non_null(strstr(text,
	    "Best customers\n"
	    "                        now               before"
	    "                change  p\n"
	    "  A name of many words, and one more (C17)\n"
	    "        99999999999999.9999  99999999999999.9999"
	    "  +99999999999999.9999\n"
	    "    2 orders\n"));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machines_get_one_table),
		cmocka_unit_test(people_get_sections_that_line_up),
		cmocka_unit_test(no_line_is_wider_than_a_page),
		cmocka_unit_test(what_is_too_wide_stands_alone),
		cmocka_unit_test(markup_never_reaches_markdown),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
