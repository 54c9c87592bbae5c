/* due: what each rule asks for, whom it spares, and that order is nothing. */
#include "check.h"

#include "base/num.h"
#include "measure/due.h"
#include "measure/funnel.h"

#define RUNS_HEADER "time\tcustomer\tkind\tvalue\tdue\tref\tby\ttopic\n"
#include "runs.h"

enum { ROWS = 400, PEOPLE = 30, TODAY = 20778 }; /* 2026-11-21 */

static struct due_terms
terms(const struct settings *set)
{
	return (struct due_terms){ .settings = set, .today = TODAY,
		.from = DATE_NONE, .to = TODAY + 7 };
}

/* The settings without a store. */
static void
defaults_in(struct settings *set, const char *zone)
{
	struct err e = { 0 };

	setenv("TZ", zone, 1);
	assert_true(settings_load(set, NULL, &e));
}

static void
defaults(struct settings *set)
{
	defaults_in(set, "UTC");
}

static void
write_rows(struct buf *to, const struct due_list *l)
{
	struct buf room = { 0 };
	char day[DATE_TEXT];

	buf_clear(to);
	for (size_t i = 0; i < l->n; i++) {
		const struct due_row *r = &l->row[i];

		buf_fmt(to, "%s %.*s %.*s %s: ", date_text(day, r->day) + 5,
		    (int)r->by.len, r->by.at, (int)r->id.len, r->id.at,
		    due_rule[r->what].code);
		buf_slice(to, due_why(r, false, &room));
		buf_byte(to, '\n');
	}
	buf_free(&room);
}

/* Whom we know. */
struct known {
	const char *id;
	struct due_person like;
	const char *owner;
	uint8_t is;
	struct due_dates dates;
};

#define CLASS_C { .abc = 'C', .last_contact = INT64_MIN, \
	.first_order = DATE_NONE, .last_order = DATE_NONE }

static const struct due_dates nothing;

/* The customers that these are. */
static void
read_customers(struct customers *to, const struct known *known, size_t n)
{
	struct buf text = { 0 };

	buf_str(&text, "id\towner\n");
	for (size_t i = 0; i < n; i++)
		buf_fmt(&text, "%s\t%s\n", known[i].id,
		    known[i].owner != NULL ? known[i].owner : "");
	assert_true(customers_read(to, place_input("test", buf_text(&text)),
	    &(struct err){ 0 }));
	buf_free(&text);
}

static void
add_known(struct due_people *who, const struct known *known, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t number = due_person(who, slice_of(known[i].id));

		who->is[number] |= known[i].is;
		who->row[number] = (uint32_t)i + 1;
		who->dates[number] = known[i].dates;
	}
}

static void
make(struct due_list *l, struct due *state, const struct due_people *who,
    const struct known *known, size_t n, const struct due_terms *t)
{
	*l = (struct due_list){ 0 };
	for (size_t i = 0; i < n; i++) {
		struct due_person p = known[i].like;

		for (p.number = 0; !slice_is(due_person_id(who, p.number),
		    known[i].id); p.number++)
			;
		due_care(l, who, &p, t);
	}
	due_make(l, state, who, t);
}

/* The list tells as many rows of each code as it has, if it has all. */
static void
check_counts(const struct due_list *l, const struct due_terms *t)
{
	int64_t of[DUE_WHATS] = { 0 }, overdue = 0;

	for (size_t i = 0; i < l->n; i++) {
		of[l->row[i].what]++;
		overdue += l->row[i].day < t->today;
	}
	assert_memory_equal(l->of, of, sizeof of);
	assert_int_equal(l->overdue, overdue);
}

/* All that is due after a run of these rows.  Or only the first: then what
 * is counted is the same. */
static void
run(struct buf *got, const struct known *known, size_t n,
    const struct due_terms *t, const char *const *row, size_t rows,
    size_t files, int threads)
{
	struct use u = { &due_measure, t, NULL };
	struct due_terms whole = *t;
	struct customers customers;
	struct due_people who;
	struct due_list list, all;
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	read_customers(&customers, known, n);
	due_people_begin(&who, &j.people, &customers);
	add_known(&who, known, n);
	make(&list, u.state, &who, known, n, t);
	write_rows(got, &list);
	whole.first = 0;
	make(&all, u.state, &who, known, n, &whole);
	check_counts(&all, t);
	assert_memory_equal(list.of, all.of, sizeof all.of);
	assert_int_equal(list.overdue, all.overdue);
	due_free(&all);
	due_free(&list);
	due_people_free(&who);
	customers_free(&customers);
	use_free(&u);
	journal_close(&j);
}

/* --- on paper --------------------------------------------------------------- */

static void
what_events_ask_for(void **state)
{
	static const char *const row[] = {
		"2026-11-01\tC1\ttodo\t\t2026-11-25\tT1\tbob\tcall\n",
		"2026-11-01\tC2\ttodo\t\t2026-11-25\tT2\tbob\t\n",
		"2026-11-01\tC3\ttodo\t\t2026-11-25\tT3\tbob\t\n",
		"2026-11-01\tC1\tdeal\t\t2026-11-20\tD1\t\toffer\n",
		"2026-11-01\tC1\tcontract\t\t2027-01-27\tL1\t\t\n",
		"2026-11-01\tC1\tcontract\t\t2027-01-28\tL2\t\t\n",
		"2026-11-01\tC1\tvoucher\t5\t2026-11-20\tV1\t\t\n",
		"2026-11-01\tC1\tvoucher\t5\t2026-11-21\tV2\t\t\n",
		"2026-11-17\tC1\tces\t7\t\tS\t\t\n",
		"2026-11-20T06:00:00Z\tC1\tcomplaint\t\t\tK\t\tpost\n",
	};
	struct known known[] = { { "C1", CLASS_C, "ann", 0, nothing },
		{ "C2", CLASS_C, NULL, DUE_QUIET, nothing } };
	struct settings set;
	struct due_terms t;
	struct buf got = { 0 };

	(void)state;
	defaults(&set);
	t = terms(&set);
	run(&got, known, LEN(known), &t, row, LEN(row), 2, 2);
	assert_string_equal(buf_text(&got),
	    "11-20 ann C1 deal: is to close, last moved on 2026-11-01: offer\n"
	    "11-21 ann C1 reply: complaint of 2026-11-20, no reply yet: post\n"
	    "11-21 ann C1 voucher: voucher of 5.00 ends, not redeemed\n"
	    "11-23 ann C1 apology: complaint of 2026-11-20, no apology yet: "
	    "post\n"
	    "11-24 ann C1 thanks: answered ces 7 on 2026-11-17, no thanks "
	    "yet\n"
	    "11-25 bob C1 task: task of 2026-11-01: call\n"
	    "01-27 ann C1 contract: contract of 2026-11-01 ends\n");
	settings_free(&set);
	buf_free(&got);
}

/* What a person of this class, contact and last order is due, at most one
 * row: its day and code, or nothing. */
static void
care(struct buf *got, struct due_person like, uint8_t is,
    struct due_dates dates, const struct due_terms *t)
{
	run(got, &(struct known){ "C1", like, NULL, is, dates }, 1, t, NULL, 0, 1, 1);
}

static void
contacts_are_due_by_class(void **state)
{
	static const struct {
		char abc;
		bool sleeping;
		int contact, order; /* days ago; 0 is never */
		const char *want;
	} cases[] = {
		{ 'A', false, 30, 90,
		    "11-21  C1 follow_up: class A, last contact on 2026-10-22\n" },
		{ 'A', false, 22, 90, "" },
		{ 'B', false, 30, 90, "" },
		{ 'B', false, 0, 60,
		    "11-21  C1 follow_up: class B, no contact since 2026-09-22\n" },
		{ 'C', false, 900, 900, "" },
		{ 'A', true, 0, 181,
		    "11-21  C1 wake: class A, no order since 2026-05-24\n" },
		{ 'A', true, 29, 200,
		    "11-22  C1 wake: class A, no order since 2026-05-05\n" },
		{ 'A', true, 22, 200, "" },
		{ 'C', true, 300, 300, "" },
	};
	struct settings set;
	struct due_terms t;
	struct buf got = { 0 };

	(void)state;
	defaults(&set);
	t = terms(&set);
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t met = cases[i].contact == 0 ? INT64_MIN :
		    (TODAY - cases[i].contact) * DATE_DAY;
		struct due_person p = { .abc = cases[i].abc,
			.sleeping = cases[i].sleeping, .last_contact = met,
			.first_order = TODAY - cases[i].order,
			.last_order = TODAY - cases[i].order };

		care(&got, p, 0, nothing, &t);
		assert_string_equal(buf_text(&got), cases[i].want);
		care(&got, p, DUE_QUIET, nothing, &t);
		assert_string_equal(buf_text(&got), "");
	}
	settings_free(&set);
	buf_free(&got);
}

/* The local day of the last contact; else that of the first order, else that
 * on which he was added to the store. */
static void
care_begins_on_the_first_day_that_is_known(void **state)
{
	static const struct {
		int64_t contact;
		int32_t order, created;
		const char *want;
	} cases[] = {
		{ (TODAY - 31) * DATE_DAY + 3 * 3600, TODAY - 80, TODAY - 90,
		    "11-19  C1 follow_up: class A, last contact on 2026-10-20\n" },
		{ (TODAY - 31) * DATE_DAY + 5 * 3600, TODAY - 80, TODAY - 90,
		    "11-20  C1 follow_up: class A, last contact on 2026-10-21\n" },
		{ INT64_MIN, TODAY - 80, TODAY - 90,
		    "10-02  C1 follow_up: class A, no contact since 2026-09-02\n" },
		{ INT64_MIN, DATE_NONE, TODAY - 90,
		    "09-22  C1 follow_up: class A, no contact since 2026-08-23\n" },
		{ INT64_MIN, DATE_NONE, DATE_NONE, "" },
	};
	struct settings set;
	struct due_terms t;
	struct buf got = { 0 };

	(void)state;
	defaults_in(&set, "America/New_York");
	t = terms(&set);
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct due_person p = { .abc = 'A',
			.last_contact = cases[i].contact,
			.first_order = cases[i].order,
			.last_order = cases[i].order };
		const struct due_dates dates = { .created = cases[i].created ==
			DATE_NONE ? 0 : (uint32_t)(cases[i].created -
			DATE_FIRST + 1) };

		care(&got, p, 0, dates, &t);
		assert_string_equal(buf_text(&got), cases[i].want);
		care(&got, p, DUE_MEMBER, dates, &t);
		assert_string_equal(buf_text(&got), "");
	}
	settings_free(&set);
	buf_free(&got);
}

static void
birthdays_are_kept_every_year(void **state)
{
	static const struct {
		struct due_birthday born;
		int32_t today;
		const char *want;
	} cases[] = {
		{ { 1980, 11, 21 }, TODAY, "11-21  C1 birthday: becomes 46 years old\n" },
		{ { 1980, 11, 20 }, TODAY, "" },
		{ { 1980, 11, 29 }, TODAY, "" },
		{ { 2026, 11, 21 }, TODAY, "" },
		{ { 0, 1, 2 }, 20817, "01-02  C1 birthday: birthday\n" },
		/* from 2027-02-28 and 2028-02-28 on */
		{ { 1980, 2, 29 }, 20877, "02-28  C1 birthday: becomes 47 years old\n" },
		{ { 1980, 2, 29 }, 21242, "02-29  C1 birthday: becomes 48 years old\n" },
	};
	struct settings set;
	struct due_terms t;
	struct buf got = { 0 };

	(void)state;
	defaults(&set);
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct due_person p = CLASS_C;
		const struct due_dates dates = { cases[i].born, 0 };

		t = terms(&set);
		t.today = cases[i].today;
		t.to = t.today + 7;
		care(&got, p, DUE_MEMBER, dates, &t);
		assert_string_equal(buf_text(&got), cases[i].want);
		t.events = true;
		care(&got, p, DUE_MEMBER, dates, &t);
		assert_string_equal(buf_text(&got), "");
	}
	settings_free(&set);
	buf_free(&got);
}

/* --- laws --------------------------------------------------------------------- */

/* Where the first n lines end. */
static const char *
line_end(const struct buf *text, size_t n)
{
	const char *at = text->at;

	while (n-- > 0)
		at = strchr(at, '\n') + 1;
	return at;
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	static const char *const kind[] = { "todo", "done", "complaint",
		"request", "reply", "solve", "apology", "nps", "thanks", "deal",
		"lost", "contract", "voucher" };
	char text[ROWS][RUNS_ROW], when[32], due[32], id[PEOPLE][8];
	struct buf want = { 0 }, got = { 0 };
	struct known known[PEOPLE];
	const char *row[ROWS];
	struct settings set;
	struct due_terms t;
	uint64_t seed = 5;

	(void)state;
	defaults(&set);
	t = terms(&set);
	t.today = 20520; /* 2026-03-08 */
	t.to = t.today + 20;
	for (int i = 0; i < PEOPLE; i++) {
		snprintf(id[i], sizeof id[i], "C%d", i);
		known[i] = (struct known){ id[i], CLASS_C, NULL,
			i % 10 == 0 ? DUE_QUIET : 0, nothing };
	}
	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t5\t%.10s\tR%u\tp%u\t\n",
		    runs_time(when, &seed), check_random(&seed, PEOPLE + 2),
		    kind[check_random(&seed, LEN(kind))],
		    runs_time(due, &seed), check_random(&seed, 90),
		    check_random(&seed, 3));
		row[i] = text[i];
	}
	run(&want, known, PEOPLE, &t, row, ROWS, 1, 1);
	assert_true(want.len > 1000);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		run(&got, known, PEOPLE, &t, row, ROWS, 1 + (size_t)i % 8,
		    1 + i % 4);
		assert_string_equal(buf_text(&got), buf_text(&want));
	}
	for (t.first = 1; t.first < 60; t.first += 7) {
		run(&got, known, PEOPLE, &t, row, ROWS, 1, 1);
		assert_int_equal(got.len,
		    line_end(&want, t.first) - want.at);
		assert_memory_equal(got.at, want.at, got.len);
	}
	settings_free(&set);
	buf_free(&want);
	buf_free(&got);
}

/* Those of a report, which has them for other figures, too. */
static void
what_is_lent_is_as_good_as_its_own(void **state)
{
	static const char *const row[] = {
		"2026-11-01\tC1\tcomplaint\t\t\tK1\tann\tpost\n",
		"2026-11-02\tC1\treply\t\t\tK1\tbob\t\n",
		"2026-11-03\tC2\trequest\t\t\tK2\t\toffer\n",
		"2026-11-04\tC2\trequest\t\t\tK3\t\t\n",
		"2026-11-05\tC2\tsolve\t\t\tK3\t\t\n",
		"2026-11-01\tC1\tdeal\t\t2026-11-03\tD1\tann\t\n",
		"2026-11-01\tC2\tdeal\t\t2026-11-03\tD2\t\t\n",
		"2026-11-02\tC2\tlost\t\t\tD2\t\t\n",
		"2026-11-01\tC2\ttodo\t\t2026-11-04\tD1\t\tbolt\n",
	};
	static const struct thread_how turns = { .kinds = CASES_KINDS,
		.columns = THREAD_COLUMN(EVENT_REF) |
		    THREAD_COLUMN(EVENT_BY) | THREAD_COLUMN(EVENT_TOPIC) };
	static const struct thread_how deals = { .kinds = FUNNEL_KINDS,
		.columns = THREAD_COLUMN(EVENT_REF) |
		    THREAD_COLUMN(EVENT_BY) | THREAD_COLUMN(EVENT_TOPIC) };
	struct settings set;
	struct due_terms own, lent;
	struct cases_terms judged;
	struct use u[] = { { &due_measure, &own, NULL },
		{ &due_measure, &lent, NULL },
		{ &thread_measure, &turns, NULL },
		{ &thread_measure, &deals, NULL } };
	struct buf want = { 0 }, got = { 0 };
	const struct known known[] = { { "C1", CLASS_C, NULL, 0, nothing },
		{ "C2", CLASS_C, NULL, 0, nothing } };
	struct customers customers;
	struct due_people who;
	struct due_list list;
	struct cases cases;
	struct journal j;

	(void)state;
	defaults(&set);
	own = lent = terms(&set);
	lent.lent = true;
	runs_go(&j, u, LEN(u), row, LEN(row), 2, 2);
	read_customers(&customers, known, LEN(known));
	due_people_begin(&who, &j.people, &customers);
	add_known(&who, known, LEN(known));
	make(&list, u[0].state, &who, known, LEN(known), &own);
	write_rows(&want, &list);
	due_free(&list);
	thread_sort(u[2].state, &j.people, THREAD_BY_REF);
	judged = cases_terms(&set, 0);
	judged.since = INT64_MAX;
	cases_make(&cases, u[2].state, &judged);
	thread_sort(u[3].state, &j.people, THREAD_BY_REF);
	due_lend(u[1].state, &(struct due_lent){ u[2].state, &cases,
		u[3].state });
	make(&list, u[1].state, &who, known, LEN(known), &lent);
	write_rows(&got, &list);
	due_free(&list);
	assert_non_null(strstr(buf_text(&want), " C2 reply: "));
	assert_non_null(strstr(buf_text(&want), " C1 solve: "));
	assert_non_null(strstr(buf_text(&want), " C1 deal: "));
	assert_non_null(strstr(buf_text(&want), " C2 task: "));
	assert_string_equal(buf_text(&got), buf_text(&want));
	cases_free(&cases);
	due_people_free(&who);
	customers_free(&customers);
	for (size_t i = 0; i < LEN(u); i++)
		use_free(&u[i]);
	journal_close(&j);
	settings_free(&set);
	buf_free(&want);
	buf_free(&got);
}

/* man/crm-due.1; tests run in the root of the source tree. */
static void
every_rule_is_in_the_manual(void **state)
{
	FILE *fp = fopen("man/crm-due.1", "r");
	struct buf all = { 0 };
	size_t n;

	(void)state;
	assert_non_null(fp);
	while ((n = fread(buf_room(&all, 4096), 1, 4096, fp)) > 0)
		all.len += n;
	fclose(fp);
	buf_byte(&all, '\0');
	for (int i = 0; i < DUE_WHATS; i++) {
		struct buf line = { 0 };

		assert_int_equal(due_of(slice_of(due_rule[i].code)), i);
		buf_fmt(&line, "\n.It Li %s\n%s", due_rule[i].code,
		    due_rule[i].help);
		if (strstr(all.at, buf_text(&line)) == NULL)
			fail_msg("crm-due(1) lacks: %s", buf_text(&line));
		buf_free(&line);
	}
	buf_free(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_events_ask_for),
		cmocka_unit_test(contacts_are_due_by_class),
		cmocka_unit_test(care_begins_on_the_first_day_that_is_known),
		cmocka_unit_test(birthdays_are_kept_every_year),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
		cmocka_unit_test(what_is_lent_is_as_good_as_its_own),
		cmocka_unit_test(every_rule_is_in_the_manual),
	};

	return cmocka_run_group_tests_name("due", tests, NULL, NULL);
}
