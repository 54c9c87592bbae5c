/*
 * journal, run - many files in any number of threads: every event once,
 * bad rows by file and line, conditions, customers and aliases.
 */
#include "check.h"

#include <stdio.h>

#include "crm/badrows.h"
#include "crm/states.h"
#include "runs.h"

/* A measure that knows all it has seen: a count, and a sum that depends on
 * the content of every event but not on their order. */
enum { PEOPLE = 64 };

struct seen {
	uint64_t n, sum, aside, outside;
	uint64_t whose[PEOPLE]; /* words of ids, by number; 0: nobody yet */
};

static uint64_t
word_of(struct slice id)
{
	uint64_t word = 1;

	for (size_t k = 0; k < id.len; k++)
		word = word * 131 + (unsigned char)id.at[k];
	return word;
}

/* A number is always that of the same customer. */
static void
meet(struct seen *s, uint32_t who, uint64_t word)
{
	assert_in_range(who, 0, PEOPLE - 1);
	assert_true(s->whose[who] == 0 || s->whose[who] == word);
	s->whose[who] = word;
}

static void
seen_init(void *state, const void *how)
{
	(void)how;
	*(struct seen *)state = (struct seen){ 0 };
}

static bool
seen_add(void *state, const struct batch *b, struct err *e)
{
	struct seen *s = state;

	(void)e;
	for (size_t i = 0; i < b->n; i++) {
		const struct event *v = &b->event[i];
		struct slice ref = event_field(b, v, EVENT_REF);
		uint64_t word = (uint64_t)v->time * 31 + v->kind +
		    (uint64_t)v->value;

		assert_true(v->who < b->people);
		meet(s, v->who, word_of(v->customer));
		for (size_t k = 0; k < ref.len; k++)
			word = word * 131 + (unsigned char)ref.at[k];
		s->sum += word;
		s->aside += v->aside;
		s->outside += v->outside;
		s->n++;
	}
	return true;
}

static bool
seen_merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	struct seen *s = state, *o = from;

	(void)e;
	for (uint32_t i = 0; i < PEOPLE && o->whose[i] != 0; i++)
		meet(s, who[i], o->whose[i]);
	s->n += o->n;
	s->sum += o->sum;
	s->aside += o->aside;
	s->outside += o->outside;
	return true;
}

static void
seen_free(void *state)
{
	(void)state;
}

static const struct measure seen = { "seen", sizeof(struct seen),
	MEASURE_PEOPLE, seen_init, seen_add, seen_merge, seen_free };

/* Made-up rows of `bytes` in all, one in `bad` of them not good. */
static void
make(struct buf *to, size_t bytes, uint32_t bad, uint64_t *seed)
{
	char time[32];

	buf_str(to, RUNS_HEADER);
	while (to->len < bytes)
		buf_fmt(to, "%s\tC%u\torder\t%u%s\tR\303\274%u\n",
		    runs_time(time, seed), check_random(seed, 50),
		    check_random(seed, 999),
		    bad != 0 && check_random(seed, bad) == 0 ? "x" : "",
		    check_random(seed, 9));
}

static bool
run(struct journal *j, const struct buf *file, size_t files, int threads,
    struct seen *got, struct err *e)
{
	struct input *in[8];
	struct use use = { &seen, NULL, NULL };
	bool ok;

	for (size_t i = 0; i < files; i++)
		in[i] = place_input("test", buf_text(&file[i]));
	assert_true(journal_open(j, in, files, e));
	j->threads = threads;
	ok = journal_run(j, &use, 1, e);
	*got = *(struct seen *)use.state;
	for (uint32_t i = 0; i < j->people.len; i++)
		meet(got, i, word_of(map_key(&j->people, i)));
	use_free(&use);
	return ok;
}

static void
every_event_is_given_once_in_any_number_of_threads(void **state)
{
	struct buf file[3] = { { 0 } };
	struct seen want = { 0 }, got;
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 3; i++)
		make(&file[i], 3000000, 0, &seed);
	for (int threads = 1; threads <= 5; threads++) {
		struct journal j;
		struct err e = { 0 };

		assert_true(run(&j, file, 3, threads, &got, &e));
		assert_int_equal(j.rows, got.n);
		assert_int_equal(j.people.len, 50);
		if (threads == 1)
			want = got;
		assert_int_equal(got.n, want.n);
		assert_int_equal(got.sum, want.sum);
		journal_close(&j);
	}
	for (int i = 0; i < 3; i++)
		buf_free(&file[i]);
}

static void
bad_rows_are_the_same_in_any_number_of_threads(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (int round = 0; round < 12; round++) {
		struct buf file[3] = { { 0 } };
		struct err want = { 0 };
		struct seen got;

		for (int i = 0; i < 3; i++)
			make(&file[i], 2000000, 2000u << round % 4,
			    &seed);
		for (int threads = 1; threads <= 4; threads++) {
			struct journal j;
			struct err e = { 0 };

			assert_false(run(&j, file, 3, threads, &got, &e));
			assert_int_equal(e.status, CRM_DATA);
			if (threads == 1)
				want = e;
			assert_string_equal(e.text, want.text);
			journal_close(&j);
		}
		for (int i = 0; i < 3; i++)
			buf_free(&file[i]);
	}
}

/* Against the line numbers that counting LFs gives. */
static void
bad_rows_name_their_line(void **state)
{
	struct buf file = { 0 }, want = { 0 };
	struct journal j;
	struct err e = { 0 };
	struct seen got;

	(void)state;
	buf_str(&file, RUNS_HEADER);
	for (int line = 2; line < 60000; line++) {
		if (line == 20000)
			buf_str(&file, "2026-01-01\tC1\tnote\t\t\r\n");
		else if (line == 30000)
			buf_str(&file, RUNS_HEADER);
		else if (line == 40000 || line == 50000)
			buf_str(&file, "2026-01-01\tC1\tnps\t11\t\n");
		else if (line == 40001)
			buf_str(&file, "2026-01-01\tC1\n");
		else
			buf_str(&file, "2026-01-01\tC1\tnote\t\t\n");
	}
	buf_str(&want,
	    "test:40000: value: not a score from 0 to 10: \"11\"\n"
	    "test:40001: too few fields: 2, not 5\n"
	    "test:50000: value: not a score from 0 to 10: \"11\"");
	assert_false(run(&j, &file, 1, 2, &got, &e));
	assert_string_equal(e.text, buf_text(&want));
	journal_close(&j);
	buf_free(&file);
	buf_free(&want);
}

static void
a_journal_needs_three_columns(void **state)
{
	struct err e = { 0 };
	struct input *in = place_input("test", "time\tcustomer\tvalue\n");
	struct journal j;

	(void)state;
	assert_false(journal_open(&j, &in, 1, &e));
	assert_string_equal(e.text, "test:1: missing column: \"kind\"");
	journal_close(&j);
}

static void
no_file_is_no_event(void **state)
{
	struct journal j;
	struct err e = { 0 };
	struct seen got;

	(void)state;
	assert_true(run(&j, NULL, 0, 2, &got, &e));
	assert_int_equal(got.n, 0);
	journal_close(&j);
}

/* Only what is before `until`, of these customers, under this condition;
 * a journal that marks keeps what the condition alone would leave out, one
 * that is whole what the customers would. */
static void
choices_leave_events_out(void **state)
{
	static const char text[] = "time\tcustomer\tkind\tvalue\tmine\n"
		"2026-01-01\tC1\torder\t5\ta\n"
		"2026-01-02\tC2\torder\t7\tb\n"
		"2026-01-03\tC1\torder\t9\tb\n"
		"2026-01-04\tC1\tnote\t\tc\n";
	static const struct {
		const char *only, *where;
		int until; /* day of January, 0 for none */
		uint64_t n, aside, outside;
	} cases[] = {
		{ NULL, NULL, 0, 4, 0, 0 },
		{ "C1", NULL, 0, 3, 0, 1 },
		{ "C9", NULL, 0, 0, 0, 4 },
		{ NULL, "value > 5", 0, 2, 2, 0 },
		{ NULL, "mine = b", 0, 2, 2, 0 },
		{ "C1", "mine = b", 0, 1, 2, 1 },
		{ NULL, NULL, 3, 2, 0, 0 },
		{ NULL, "time >= 2026-01-02", 4, 2, 1, 0 },
	};

	(void)state;
	for (size_t k = 0; k < 3 * LEN(cases); k++) {
		size_t i = k / 3, marks = k % 3 > 0, whole = k % 3 > 1;
		struct err e = { 0 };
		struct input *in = place_input("test", text);
		struct use use = { &seen, NULL, NULL };
		const struct seen *got;
		struct map only = { 0 };
		struct expr_names names;
		struct expr *where = NULL;
		struct journal j;

		assert_true(journal_open(&j, &in, 1, &e));
		if (cases[i].only != NULL) {
			map_add(&only, slice_of(cases[i].only));
			j.only = &only;
		}
		names = journal_names(&j);
		if (cases[i].where != NULL)
			j.where = where =
			    expr_parse(cases[i].where, &names, &e);
		if (cases[i].until != 0)
			j.until = date_days(2026, 1, cases[i].until) *
			    DATE_DAY;
		j.marks = marks;
		j.whole = whole;
		assert_true(journal_run(&j, &use, 1, &e));
		got = use.state;
		assert_int_equal(got->n,
		    cases[i].n + marks * cases[i].aside +
		    whole * cases[i].outside);
		assert_int_equal(got->outside, whole * cases[i].outside);
		use_free(&use);
		expr_free(where);
		map_free(&only);
		journal_close(&j);
	}
}

static void
a_condition_that_cannot_be_judged_names_the_row(void **state)
{
	struct err e = { 0 };
	struct input *in = place_input("test", "time\tcustomer\tkind\tmine\n"
		"2026-01-01\tC1\tnote\t5\n"
		"2026-01-01\tC1\tnote\tabc\n");
	struct use use = { &seen, NULL, NULL };
	struct expr_names names;
	struct expr *where;
	struct journal j;

	(void)state;
	assert_true(journal_open(&j, &in, 1, &e));
	names = journal_names(&j);
	j.where = where = expr_parse("mine > 4", &names, &e);
	assert_false(journal_run(&j, &use, 1, &e));
	assert_string_equal(e.text, "test:3: mine: not a number: \"abc\"");
	use_free(&use);
	expr_free(where);
	journal_close(&j);
}

/* Whatever -w says, of deals from a time on and before another. */
static void
deals_in_no_stage_name_their_row(void **state)
{
	struct err e = { 0 };
	struct input *in = place_input("test",
		"time\tcustomer\tkind\ttopic\n"
		"2026-01-01\tC1\tdeal\told\n"
		"2026-01-02\tC1\tdeal\toffer\r\n"
		"2026-01-03\tC1\tdeal\tofer\n"
		"2026-01-04\tC1\tdeal\t\n"
		"2026-01-05\tC1\tlost\tofer\n"
		"2026-01-06\tC1\tdeal\ta\\tb\n"
		"2026-01-07\tC1\tdeal\tnext\n");
	struct use use = { &seen, NULL, NULL };
	struct stages stages = { 0 };
	struct expr_names names;
	struct expr *where;
	struct journal j;

	(void)state;
	map_add(&stages.names, slice_of("offer"));
	assert_true(journal_open(&j, &in, 1, &e));
	names = journal_names(&j);
	j.where = where = expr_parse("kind = note", &names, &e);
	j.stages = &stages;
	j.staged = date_days(2026, 1, 2) * DATE_DAY;
	j.until = date_days(2026, 1, 7) * DATE_DAY;
	assert_false(journal_run(&j, &use, 1, &e));
	assert_int_equal(e.status, CRM_DATA);
	assert_string_equal(e.text, "test:4: topic: unknown: \"ofer\" "
	    "(did you mean \"offer\"?)\n"
	    "test:7: topic: unknown: \"a\\tb\"");
	use_free(&use);
	expr_free(where);
	stages_free(&stages);
	journal_close(&j);
}

/* A batch of one event that says who. */
static void
add_one(struct states *s, const char *who, struct event *v, struct err *e)
{
	v->customer = (struct slice){ who, 2 };
	states_add(s, &(struct batch){ .event = v, .n = 1 }, v, e);
}

static bool
whom_merge(void *state, void *from, const uint32_t *who, struct err *e)
{
	*(uint32_t *)state = who[*(uint32_t *)from];
	return err_set(e, CRM_DATA, "merged");
}

static bool
whom_add(void *state, const struct batch *b, struct err *e)
{
	(void)e;
	*(uint32_t *)state = b->event->who;
	return true;
}

static void
merged_states_know_who_is_who(void **state)
{
	static const struct measure whom = { "whom", sizeof(struct seen),
		MEASURE_PEOPLE, seen_init, whom_add, whom_merge, seen_free };
	static const struct measure silent = { "silent", sizeof(struct seen),
		0, seen_init, seen_add, whom_merge, seen_free };
	static const char ids[] = "C1C2C3 and bytes behind them";
	struct use uses[] = { { &whom, NULL, NULL }, { &silent, NULL, NULL } };
	struct states a, b;
	struct event v = { 0 };
	struct err e = { 0 };

	(void)state;
	states_init(&a, uses, 1);
	states_init(&b, uses, 1);
	assert_int_equal(a.needs, MEASURE_PEOPLE);
	add_one(&a, ids, &v, &e);
	add_one(&a, ids + 2, &v, &e);
	add_one(&b, ids + 4, &v, &e);
	add_one(&b, ids + 2, &v, &e);
	assert_int_equal(*(uint32_t *)b.state[0], 1);
	states_merge(&a, &b, &e);
	assert_int_equal(*(uint32_t *)a.state[0], 1);
	assert_int_equal(a.people.len, 3);
	assert_string_equal(e.text, "merged");
	map_free(&a.people);
	free(a.state[0]);
	free(a.state);
	states_init(&a, uses + 1, 1);
	assert_int_equal(a.needs, 0);
	free(a.state[0]);
	free(a.state);
}

/* The last event of the batch that is of a kind and lies before v. */
static const struct event *
before(const struct batch *b, const struct event *v)
{
	const struct event *last = NULL;

	for (size_t i = 0; i < b->n && &b->event[i] < v; i++)
		if (b->event[i].kind == v->kind)
			last = &b->event[i];
	return last;
}

/* Walk a batch, and count what the walk should have come by. */
static bool
walked_add(void *state, const struct batch *b, struct err *e)
{
	const uint64_t kinds = 1 << KIND_ORDER | 1 << KIND_IN;
	struct batch_walk w = { kinds, 0 }, none = { 0, 0 };
	const struct event *v, *last = NULL;
	struct seen *s = state;
	size_t left = 0;

	(void)e;
	for (size_t i = 0; i < b->n; i++)
		left += (kinds >> b->event[i].kind & 1) != 0;
	while ((v = batch_next(b, &w)) != NULL) {
		assert_true((kinds >> v->kind & 1) != 0);
		assert_true(last == NULL || last->kind <= v->kind);
		assert_ptr_equal(before(b, v), last != NULL &&
		    last->kind == v->kind ? last : NULL);
		last = v;
		s->n++;
		left--;
	}
	assert_int_equal(left, 0);
	assert_null(batch_next(b, &none));
	return true;
}

static void
a_walk_comes_by_the_events_of_its_kinds(void **state)
{
	static const struct measure walked = { "walked", sizeof(struct seen),
		MEASURE_KINDS, seen_init, walked_add, seen_merge,
		seen_free };
	static const char *const kind[] = { "in", "out", "order", "note",
		"x-own" };
	struct use use = { &walked, NULL, NULL };
	char text[700][RUNS_ROW], when[32];
	const char *row[700];
	uint64_t seed = 5, want = 0;
	struct journal j;

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		uint32_t k = check_random(&seed, LEN(kind));

		want += k == 0 || k == 2;
		row[i] = text[i];
		snprintf(text[i], RUNS_ROW, "%s\tC1\t%s\t%s\t\n",
		    runs_time(when, &seed), kind[k], k == 2 ? "5" : "");
	}
	runs_threads(&j, &use, 1, row, LEN(row), 2, 2);
	assert_int_equal(((struct seen *)use.state)->n, want);
	use_free(&use);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_event_is_given_once_in_any_number_of_threads),
		cmocka_unit_test(
		    bad_rows_are_the_same_in_any_number_of_threads),
		cmocka_unit_test(bad_rows_name_their_line),
		cmocka_unit_test(a_journal_needs_three_columns),
		cmocka_unit_test(no_file_is_no_event),
		cmocka_unit_test(merged_states_know_who_is_who),
		cmocka_unit_test(a_walk_comes_by_the_events_of_its_kinds),
		cmocka_unit_test(choices_leave_events_out),
		cmocka_unit_test(
		    a_condition_that_cannot_be_judged_names_the_row),
		cmocka_unit_test(deals_in_no_stage_name_their_row),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
