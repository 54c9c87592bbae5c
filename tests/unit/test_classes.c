#include "check.h"

#include "cli/classes.h"
#include "runs.h"

enum { PEOPLE = 40, ROWS = 120 };

static struct cli c;

/* The customers are P0 .. and, behind them, some without any event. */
static void
random_customers(uint64_t *seed)
{
	static const char *const tags[] = { "", "", "", "a, key", "keys",
		"blocked" };
	struct buf text = { 0 };
	struct err e = { 0 };

	buf_str(&text, "id\taccount\ttags\n");
	for (int i = 0; i < PEOPLE + 10; i++) {
		if (check_random(seed, 3) == 0)
			continue;
		buf_fmt(&text, "P%d\t", i);
		if (check_random(seed, 3) == 0)
			buf_fmt(&text, "P%u", check_random(seed, PEOPLE + 30));
		buf_fmt(&text, "\t%s\n", tags[check_random(seed, LEN(tags))]);
	}
	customers_free(&c.customers);
	assert_true(customers_read(&c.customers, place_input("test",
	    buf_text(&text)), &e));
	buf_free(&text);
}

/* Also of nobody, and from 2026-03-01 on, which is after the as-of. */
static void
random_rows(char (*text)[RUNS_ROW], const char **row, uint64_t *seed)
{
	static const char *const kind[] = { "order", "order", "refund", "in",
		"leave", "deal", "return" };

	for (int i = 0; i < ROWS; i++) {
		const char *k = kind[check_random(seed, LEN(kind))];
		bool money;
		char who[16] = "";

		if (i % 30 > 0)
			snprintf(who, sizeof who, "P%u",
			    check_random(seed, PEOPLE));
		else
			k = "note";
		money = k[0] == 'o' || k[2] == 'f';
		snprintf(text[i], RUNS_ROW, "20%u-0%u-0%u\t%s\t%s\t%.*u\tR%d\n",
		    24 + check_random(seed, 3), 1 + check_random(seed, 5),
		    1 + check_random(seed, 9), who, k, money ? 1 : 0,
		    money ? 1 + check_random(seed, 50) : 0, i);
		row[i] = text[i];
	}
}

static void
same(const struct segment_class *of, const struct segment_class *want)
{
	assert_int_equal(of->abc, want->abc);
	assert_int_equal(of->stage, want->stage);
	assert_int_equal(of->key, want->key);
}

/* Everybody of the crowd has his class, and nobody else; leads that are key
 * accounts are told apart. */
static void
check(const struct classes *k, const struct crowd *w, const struct map *people)
{
	struct segment_out *out = mem_zero(w->n, sizeof *out);
	struct segment_how how = crowd_how(&c);
	struct err e = { 0 };
	size_t here = 0, leads = 0;

	assert_true(segment_all(out, w->in, w->n, &how, &e));
	for (size_t i = 0; i < w->n; i++) {
		uint32_t who = map_find(people, w->in[i].id);
		bool event = who != MAP_NONE && k->of[who].abc != 0;

		here += event;
		if (event) {
			same(&k->of[who], &out[i].of);
			continue;
		}
		assert_int_equal(out[i].of.abc, 'C');
		assert_int_equal(out[i].of.stage, SEGMENT_LEAD);
		leads += out[i].of.key;
		assert_int_equal(out[i].of.key, map_find(&k->leads,
		    w->in[i].id) != MAP_NONE);
	}
	assert_int_equal(leads, k->leads.len);
	for (size_t i = 0; i < k->n; i++)
		here -= k->of[i].abc != 0;
	assert_int_equal(here, 0);
	free(out);
}

static void
classes_are_those_of_the_crowd(void **state)
{
	const struct stat_how how = { { INT64_MIN,
		date_days(2026, 3, 1) * DATE_DAY } };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct use u = { &stat_measure, &how, NULL };
		struct err e = { 0 };
		struct classes k;
		struct journal j;
		struct crowd w;

		random_customers(&seed);
		random_rows(text, row, &seed);
		runs_open(&j, row, ROWS, 2);
		c.accounts = j.accounts = round % 2 == 1;
		j.customers = &c.customers;
		j.aliases = &c.aliases;
		if (!journal_run(&j, &u, 1, &e))
			fail_msg("%s", e.text);
		assert_true(stat_settle(u.state, &j.people, &e));
		crowd_gather(&w, &c, &(struct crowd_source){ &j.people,
			u.state, u.state });
		classes_find(&k, &c, &j.people, u.state);
		assert_int_equal(k.n, j.people.len);
		check(&k, &w, &j.people);
		classes_free(&k);
		crowd_free(&w);
		use_free(&u);
		journal_close(&j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_are_those_of_the_crowd),
	};
	struct err e = { 0 };
	int failed;

	setenv("TZ", "UTC", 1);
	settings_load(&c.settings, NULL, &e);
	c.today = date_days(2026, 2, 28);
	c.have_customers = c.have_aliases = true;
	failed = cmocka_run_group_tests_name("classes", tests, NULL, NULL);
	customers_free(&c.customers);
	settings_free(&c.settings);
	return failed;
}
