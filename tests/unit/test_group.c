/* group: what --by finds, in which order it looks, what it refuses. */
#include "check.h"

#include "crm/group.h"
#include "measure/hits.h"
#include "runs.h"

static const char people[] = "id\tcity\tchannel\tvalue\n"
    "C1\tGraz\temail\tlarge\nC2\tBad\\tHomburg\tphone\tsmall\n";
static const char listed[] = "id\tcity\tref\nC1\tlisted\tmine\n";
static const char *const row[] = {
	"2026-01-01\tC1\torder\t5\tA\n", /* a Thursday, week 1 */
	"2025-12-29\tC2\torder\t7\tB\n", /* a Monday, week 1 of 2026 */
	"2026-11-21\t\tweb\t\t\n",
};

/* A journal over the rows, with customers, and a list for -c. */
struct world {
	struct journal j;
	struct customers people, list;
	struct group g;
	struct buf keys;
};

static void
begin(struct world *w)
{
	struct input *in;
	struct buf text = { 0 };
	struct err e = { 0 };

	*w = (struct world){ 0 };
	buf_str(&text, RUNS_HEADER);
	for (size_t i = 0; i < LEN(row); i++)
		buf_str(&text, row[i]);
	in = place_input("test", buf_text(&text));
	assert_true(journal_open(&w->j, &in, 1, &e));
	assert_true(customers_read(&w->people, place_input("test", people),
	    &e));
	assert_true(customers_read(&w->list, place_input("test", listed), &e));
	w->j.customers = &w->people;
	w->j.threads = 1;
	buf_free(&text);
}

static void
end(struct world *w)
{
	journal_close(&w->j);
	customers_free(&w->people);
	customers_free(&w->list);
	buf_free(&w->keys);
}

static void
add_key(void *ctx, const struct batch *b, const struct event *v)
{
	struct world *w = ctx;
	struct buf key = { 0 }, room = { 0 };

	group_of(&w->g, b, v, &key);
	assert_true(slice_eq(group_slice(&w->g, b, v, &room),
	    buf_all(&key)));
	buf_slice(&w->keys, buf_all(&key));
	buf_byte(&w->keys, '|');
	buf_free(&key);
	buf_free(&room);
}

/* The keys of all events, each with | behind. */
static void
check_keys(const char *words, bool list, const char *want)
{
	struct world w;
	struct hits_how how = { .window = WINDOW_ALL, .take = add_key,
		.ctx = &w };
	struct use u = { &hits_measure, &how, NULL };
	struct err e = { 0 };

	begin(&w);
	if (!group_parse(&w.g, words, &w.j, list ? &w.list : NULL, &e))
		fail_msg("%s: %s", words, e.text);
	assert_true(journal_run(&w.j, &u, 1, &e));
	assert_string_equal(buf_text(&w.keys), want);
	use_free(&u);
	end(&w);
}

static void
keys_are_looked_up_in_their_order(void **state)
{
	static const struct {
		const char *words;
		bool list;
		const char *want;
	} cases[] = {
		{ NULL, false, "all|all|all|" },
		{ "day", false, "2026-01-01|2025-12-29|2026-11-21|" },
		{ "week", false, "2026-W01|2026-W01|2026-W47|" },
		{ "month,year", false,
		    "2026-01\t2026|2025-12\t2025|2026-11\t2026|" },
		{ "quarter", false, "2026-Q1|2025-Q4|2026-Q4|" },
		{ "kind", false, "order|order|web|" },
		{ "value", false, "5|7||" }, /* the journal's, not theirs */
		{ "customer.value", false, "large|small||" },
		{ "city", false, "Graz|Bad\\tHomburg||" },
		{ "city", true, "listed|||" }, /* the list's, not theirs */
		{ "ref", true, "mine|||" },
		{ "customer.city,kind", true,
		    "Graz\torder|Bad\\tHomburg\torder|\tweb|" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		check_keys(cases[i].words, cases[i].list, cases[i].want);
}

static void
unknown_keys_are_refused(void **state)
{
	static const struct {
		const char *words, *want;
	} cases[] = {
		{ "knid", "unknown column: \"knid\" (did you mean \"kind\"?)" },
		{ "day,mnth", "unknown column: \"mnth\" (did you mean "
		    "\"month\"?)" },
		{ "customer.cty", "unknown column: \"customer.cty\" (did you "
		    "mean \"customer.city\"?)" },
		{ "zzzzzzzzz", "unknown column: \"zzzzzzzzz\"" },
		{ "", "unknown column: \"\"" },
		{ "day,", "unknown column: \"\"" },
		{ "day,day,day,day,day,day,day,day,day",
		    "more than 8 keys to group by" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct world w;
		struct err e = { 0 };

		begin(&w);
		assert_false(group_parse(&w.g, cases[i].words, &w.j, NULL,
		    &e));
		assert_string_equal(e.text, cases[i].want);
		assert_int_equal(e.status, CRM_USAGE);
		end(&w);
	}
}

static void
a_day_tells_groups_of_days_alone(void **state)
{
	static const struct {
		const char *by;
		bool told;
	} some[] = { { NULL, true }, { "month", true }, { "week,year", true },
		{ "ref", false }, { "day,city", false },
		{ "channel,day", false } };
	struct world w;
	struct err e = { 0 };

	(void)state;
	assert_true(group_by_day(NULL));
	begin(&w);
	for (size_t i = 0; i < LEN(some); i++) {
		assert_true(group_parse(&w.g, some[i].by, &w.j, NULL, &e));
		assert_int_equal(group_by_day(&w.g), some[i].told);
	}
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_looked_up_in_their_order),
		cmocka_unit_test(unknown_keys_are_refused),
		cmocka_unit_test(a_day_tells_groups_of_days_alone),
	};

	return cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
