#include "check.h"

#include "measure/cases.h"
#include "runs.h"

enum { ROWS = 500 };

static const struct thread_how how = { .kinds = CASES_KINDS,
	.columns = THREAD_COLUMN(EVENT_REF) | THREAD_COLUMN(EVENT_BY) };

/* Terms of UTC where all hours count; zone_free is due. */
static struct cases_terms
terms_of(struct zone *z, struct hours *h)
{
	struct err e = { 0 };

	*h = (struct hours){ .zone = z };
	assert_true(zone_load(z, "UTC", &e));
	return (struct cases_terms){ h, INT64_C(24) * 3600,
		INT64_C(72) * 3600, INT64_MAX, INT64_MIN };
}

struct sums {
	struct window w;
	int opened, solved; /* inside the window, solved if for a while */
	int open;           /* at its end */
};

static void
add_sums(void *arg, const struct cases_case *c)
{
	struct sums *s = arg;

	s->opened += window_has(s->w, c->opened);
	s->solved += c->closed != CASES_NEVER && window_has(s->w, c->closed);
	s->open += c->solution == NULL;
}

static struct sums
run(struct window w, const char *const *row, size_t rows, size_t files, int threads)
{
	struct use u = { &thread_measure, &how, NULL };
	struct sums sums = { .w = w };
	struct zone z;
	struct hours h;
	struct cases_terms terms = terms_of(&z, &h);
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	thread_sort(u.state, &j.people, THREAD_BY_REF);
	cases_each(u.state, &terms, w, add_sums, &sums);
	use_free(&u);
	journal_close(&j);
	zone_free(&z);
	return sums;
}

static void
same(struct sums a, int opened, int solved, int open)
{
	assert_int_equal(a.opened, opened);
	assert_int_equal(a.solved, solved);
	assert_int_equal(a.open, open);
}

/* 2026-02-01 to 2026-02-28, UTC. */
static const struct window february = { 1769904000, 1772323200 };

static void
a_case_is_opened_once_and_solved_until_reopened(void **state)
{
	static const char *const row[] = {
		/* opened before, solved within */
		"2026-01-30\tC1\tcomplaint\t\tA\n",
		"2026-02-02\tC1\tsolve\t\tA\n",
		/* opened within, solved after */
		"2026-02-03\tC1\trequest\t\tB\n",
		"2026-03-01\tC1\tsolve\t\tB\n",
		/* solved and reopened within, and solved again */
		"2026-02-03\tC2\tcomplaint\t\tC\n",
		"2026-02-04\tC2\tsolve\t\tC\n",
		"2026-02-05\tC2\treopen\t\tC\n",
		"2026-02-06\tC2\tsolve\t\tC\n",
		/* reopened in the second in which it was solved: open */
		"2026-01-01\tC3\tcomplaint\t\tD\n",
		"2026-02-07\tC3\treopen\t\tD\n",
		"2026-02-07\tC3\tsolve\t\tD\n",
		/* nothing opened it */
		"2026-02-08\tC4\tsolve\t\tE\n",
		/* opened after */
		"2026-03-01\tC4\trequest\t\tF\n",
	};

	(void)state;
	same(run(february, row, LEN(row), 1, 1), 2, 3, 2);
	same(run(WINDOW_ALL, row, LEN(row), 2, 2), 5, 4, 2);
}

static void
cases_without_a_ref_stay_open(void **state)
{
	static const char *const row[] = {
		"2026-01-30\tC1\tcomplaint\t\t\n",
		"2026-02-02\tC1\tcomplaint\t\t\n",
		"2026-03-02\tC1\trequest\t\t\n",
	};

	(void)state;
	same(run(february, row, LEN(row), 1, 1), 1, 0, 2);
}

static void
other_threads_of_the_same_ref_are_others(void **state)
{
	static const char *const row[] = {
		"2026-02-01\tC1\tcomplaint\t\tK1\n",
		"2026-02-02\tC1\torder\t5\tK1\n",
		"2026-02-03\tC1\tnote\t\tK1\n",
		"2026-02-03\tC1\treply\t\tK1\n",
	};

	(void)state;
	same(run(february, row, LEN(row), 1, 1), 1, 0, 1);
}

static void
random_rows(const char **row, char (*text)[RUNS_ROW], uint64_t *seed)
{
	static const char *const kind[] = { "complaint", "request", "solve",
		"solve", "reopen", "reply" };
	char when[32];

	for (int i = 0; i < ROWS; i++) {
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t\tK%u\n",
		    runs_time(when, seed), check_random(seed, 3),
		    kind[check_random(seed, LEN(kind))],
		    check_random(seed, 160));
		row[i] = text[i];
	}
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	struct sums want;
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 3;

	(void)state;
	random_rows(row, text, &seed);
	want = run(february, row, ROWS, 1, 1);
	assert_true(want.opened > 0 && want.solved > 0 && want.open > 0);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		same(run(february, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4),
		    (int)want.opened, (int)want.solved, (int)want.open);
	}
}

/* --- whole cases -------------------------------------------------------- */

static void
add_time(struct buf *to, int64_t time)
{
	char text[DATE_TEXT];

	if (time == CASES_NEVER)
		buf_str(to, " -");
	else
		buf_fmt(to, " %.11s", date_time_text(text, time) + 5);
}

static void
write_cases(struct buf *to, const struct cases *c, const struct threads *t)
{
	buf_clear(to);
	for (size_t i = 0; i < c->n; i++) {
		const struct cases_case *k = &c->at[i];

		buf_slice(to, thread_text(t, k->opening, THREAD_REF));
		buf_byte(to, ' ');
		buf_slice(to, thread_customer(t, k->opening));
		add_time(to, k->opened);
		buf_fmt(to, " by %s", k->by == 0 ? "-" : "");
		buf_slice(to, thread_word(t, k->by));
		add_time(to, k->first_reply);
		add_time(to, k->solved);
		buf_fmt(to, " %d %d", (int)k->reopened, (int)k->transfers);
		add_time(to, k->due);
		buf_fmt(to, " %s%s%s\n", cases_state[k->state],
		    k->late ? " late" : "", k->own ? " own" : "");
	}
	for (size_t i = 0; i < c->findings; i++) {
		const struct cases_finding *f = &c->finding[i];

		buf_slice(to, thread_text(t, f->event, THREAD_REF));
		buf_fmt(to, " %s %s",
		    kind_info((enum kind)f->event->kind)->name,
		    cases_fault[f->fault]);
		add_time(to, f->event->time);
		buf_byte(to, '\n');
	}
}

#define BY_HEADER "time\tcustomer\tkind\tref\tby\tdue\n"

/* Monday 2 March 2026 10:00; replies are due in 4 hours, solutions in 12,
 * and work is from 9 to 17 on workdays but the 4th. */
static void
whole(struct buf *got, const char *rows, int64_t now)
{
	struct use u = { &thread_measure, &how, NULL };
	struct zone z;
	struct hours h = { .zone = &z };
	struct cases_terms terms = { &h, INT64_C(4) * 3600,
		INT64_C(12) * 3600, now, INT64_MIN };
	struct err e = { 0 };
	struct buf text = { 0 };
	struct input *in;
	struct journal j;
	struct cases c;

	assert_true(zone_load(&z, "UTC", &e));
	assert_null(hours_days(&h, slice_of("mon-fri")));
	assert_null(hours_ranges(&h, slice_of("9-17")));
	assert_null(hours_holidays(&h, slice_of("2026-03-04")));
	buf_fmt(&text, BY_HEADER "%s", rows);
	in = place_input("test", buf_text(&text));
	buf_free(&text);
	assert_true(journal_open(&j, &in, 1, &e));
	if (!journal_run(&j, &u, 1, &e))
		fail_msg("%s", e.text);
	thread_sort(u.state, &j.people, THREAD_AS_MET);
	cases_make(&c, u.state, &terms);
	cases_sort(&c);
	write_cases(got, &c, u.state);
	cases_free(&c);
	use_free(&u);
	journal_close(&j);
	hours_free(&h);
	zone_free(&z);
}

#define NOW 1772704800 /* Thursday 5 March 2026 10:00 */

static void
cases_on_paper(void **state)
{
	static const struct {
		const char *rows, *want;
	} cases[] = {
		{ "2026-03-02T10:00:00Z\tC1\trequest\tA\t\t\n",
		    "A C1 03-02T10:00 by - - - 0 0 03-02T14:00 overdue\n" },
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\tme\t\n",
		    "A C1 03-05T09:00 by me - - 0 0 03-05T13:00 open\n" },
		/* of somebody who was erased: nobody can be answered */
		{ "2026-03-02T10:00:00Z\terased-0123456789abc\trequest\tA"
		  "\t\t2026-03-03\n",
		    "A erased-0123456789abc 03-02T10:00 by - - - 0 0 - "
		    "open\n" },
		{ "2026-03-02T10:00:00Z\terased-0123456789abc\trequest\tA"
		  "\t\t\n"
		  "2026-03-02T11:00:00Z\terased-0123456789abc\treply\tA"
		  "\tme\t\n",
		    "A erased-0123456789abc 03-02T10:00 by - "
		    "03-02T11:00 - 0 0 - waiting\n" },
		{ "2026-03-02T10:00:00Z\terased-0123456789abc\trequest\tA"
		  "\t\t\n"
		  "2026-03-03T14:00:01Z\terased-0123456789abc\tsolve\tA"
		  "\tme\t\n",
		    "A erased-0123456789abc 03-02T10:00 by - - "
		    "03-03T14:00 0 0 03-03T14:00 solved late\n" },
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\tme\t\n"
		  "2026-03-05T09:30:00Z\tC1\treply\tA\tme\t\n"
		  "2026-03-05T09:40:00Z\tC1\tassign\tA\tyou\t\n",
		    "A C1 03-05T09:00 by you 03-05T09:30 - 0 1 "
		    "03-06T13:00 waiting\n" },
		/* the customer wrote again: our turn */
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\tme\t\n"
		  "2026-03-05T09:30:00Z\tC1\treply\tA\tme\t\n"
		  "2026-03-05T09:40:00Z\tC1\trequest\tA\t\t\n",
		    "A C1 03-05T09:00 by me 03-05T09:30 - 0 0 "
		    "03-06T13:00 open\n" },
		/* 12 hours of work end on Tuesday at 14:00 */
		{ "2026-03-02T10:00:00Z\tC1\tcomplaint\tA\tme\t\n"
		  "2026-03-03T14:00:00Z\tC1\tsolve\tA\t\t\n",
		    "A C1 03-02T10:00 by me - 03-03T14:00 0 0 "
		    "03-03T14:00 solved own\n" },
		{ "2026-03-02T10:00:00Z\tC1\tcomplaint\tA\tme\t\n"
		  "2026-03-03T14:00:01Z\tC1\tsolve\tA\tyou\t\n",
		    "A C1 03-02T10:00 by me - 03-03T14:00 0 0 "
		    "03-03T14:00 solved late\n" },
		/* closed on Tuesday from 13:00 to 15:00, then from 16:00 on
		 * and over the holiday: 14:00 and two hours and one */
		{ "2026-03-02T10:00:00Z\tC1\tcomplaint\tA\tme\t\n"
		  "2026-03-02T11:00:00Z\tC1\treply\tA\tme\t\n"
		  "2026-03-03T13:00:00Z\tC1\tsolve\tA\t\t\n"
		  "2026-03-03T14:00:00Z\tC1\tsolve\tA\t\t\n"
		  "2026-03-03T15:00:00Z\tC1\treopen\tA\t\t\n"
		  "2026-03-03T16:00:00Z\tC1\tsolve\tA\t\t\n"
		  "2026-03-05T09:00:00Z\tC1\tcomplaint\tA\t\t\n",
		    "A C1 03-02T10:00 by me 03-02T11:00 - 2 0 "
		    "03-03T17:00 overdue\n" },
		/* a day of its own: until its end, then moved */
		{ "2026-03-02T10:00:00Z\tC1\tcomplaint\tA\tme\t2026-03-05\n"
		  "2026-03-02T11:00:00Z\tC1\tsolve\tA\t\t\n"
		  "2026-03-02T12:00:00Z\tC1\treopen\tA\t\t\n"
		  "2026-03-02T12:00:00Z\tC1\treply\tA\t\t\n",
		    "A C1 03-02T10:00 by me 03-02T12:00 - 1 0 "
		    "03-06T10:00 open\n" },
		/* hands: nobody's at first, then two, then back */
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\t\t\n"
		  "2026-03-05T09:01:00Z\tC1\tassign\tA\tx\t\n"
		  "2026-03-05T09:02:00Z\tC1\tassign\tA\tx\t\n"
		  "2026-03-05T09:03:00Z\tC1\tassign\tA\ty\t\n"
		  "2026-03-05T09:04:00Z\tC1\tassign\tA\t\t\n"
		  "2026-03-05T09:05:00Z\tC1\tassign\tA\tx\t\n"
		  "2026-03-05T09:06:00Z\tC1\tsolve\tA\t\t\n",
		    "A C1 03-05T09:00 by x - 03-05T09:06 0 2 "
		    "03-06T13:00 solved own\n" },
	};
	struct buf got = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		whole(&got, cases[i].rows, NOW);
		assert_string_equal(buf_text(&got), cases[i].want);
	}
	buf_free(&got);
}

static void
broken_threads_are_findings(void **state)
{
	static const struct {
		const char *rows, *want;
	} cases[] = {
		{ "2026-03-02T10:00:00Z\tC1\tsolve\tA\tme\t\n"
		  "2026-03-02T11:00:00Z\tC1\treopen\tA\tme\t\n",
		    "A solve not-opened 03-02T10:00\n" },
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\tme\t\n"
		  "2026-03-02T10:00:00Z\tC1\tsolve\tA\tme\t\n"
		  "2026-03-02T11:00:00Z\tC1\tassign\tA\tyou\t\n",
		    "A C1 03-05T09:00 by me - - 0 0 03-05T13:00 open\n"
		    "A solve before-opening 03-02T10:00\n"
		    "A assign before-opening 03-02T11:00\n" },
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\tme\t\n"
		  "2026-03-05T09:10:00Z\tC1\treopen\tA\tme\t\n",
		    "A C1 03-05T09:00 by me - - 0 0 03-05T13:00 open\n"
		    "A reopen not-solved 03-05T09:10\n" },
		{ "2026-03-05T09:00:00Z\tC1\trequest\tA\tme\t\n"
		  "2026-03-05T09:10:00Z\tC2\tassign\tA\tyou\t\n"
		  "2026-03-05T09:20:00Z\tC2\tassign\tA\tme\t\n",
		    "A C1 03-05T09:00 by me - - 0 2 03-05T13:00 open\n"
		    "A assign other-customer 03-05T09:10\n" },
		{ "2026-03-05T09:00:00Z\tC1\trequest\t\tme\t\n"
		  "2026-03-05T09:10:00Z\tC1\tsolve\t\tyou\t\n",
		    " C1 03-05T09:00 by me - - 0 0 03-05T13:00 open\n"
		    " solve not-opened 03-05T09:10\n" },
		/* whatever was met first: by opening, then by ref */
		{ "2026-03-05T09:01:00Z\tC1\trequest\tB\tme\t\n"
		  "2026-03-05T09:01:00Z\tC2\trequest\t\tme\t\n"
		  "2026-03-05T09:01:00Z\tC1\trequest\t\tme\t\n"
		  "2026-03-05T09:02:00Z\tC1\tsolve\tY\tme\t\n"
		  "2026-03-05T09:01:00Z\tC1\trequest\tA\tme\t\n"
		  "2026-03-05T09:00:00Z\tC1\trequest\tC\tme\t\n"
		  "2026-03-05T09:03:00Z\tC2\tsolve\tX\tme\t\n"
		  "2026-03-05T09:01:00Z\tC2\tsolve\t\tme\t\n",
		    "C C1 03-05T09:00 by me - - 0 0 03-05T13:00 open\n"
		    "A C1 03-05T09:01 by me - - 0 0 03-05T13:01 open\n"
		    "B C1 03-05T09:01 by me - - 0 0 03-05T13:01 open\n"
		    " C1 03-05T09:01 by me - - 0 0 03-05T13:01 open\n"
		    " C2 03-05T09:01 by me - - 0 0 03-05T13:01 open\n"
		    "X solve not-opened 03-05T09:03\n"
		    "Y solve not-opened 03-05T09:02\n"
		    " solve not-opened 03-05T09:01\n" },
	};
	struct buf got = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		whole(&got, cases[i].rows, NOW);
		assert_string_equal(buf_text(&got), cases[i].want);
	}
	buf_free(&got);
}

/* How many cases there are in each state. */
static void
count_state(void *arg, const struct cases_case *c)
{
	((int *)arg)[c->state]++;
}

static void
cases_stand_as_of_the_end_of_a_window(void **state)
{
	static const char *const row[] = {
		"2026-01-30\tC1\tcomplaint\t\tover\n",
		"2026-01-31\tC1\tsolve\t\tover\n",
		"2026-03-02\tC1\treopen\t\tover\n",
		"2026-01-30\tC1\tcomplaint\t\tA\n",
		"2026-02-01\tC1\tsolve\t\tA\n",
		"2026-01-30\tC1\tcomplaint\t\tB\n",
		"2026-03-01\tC1\tsolve\t\tB\n",
		"2026-02-28T23:00:00Z\tC1\tcomplaint\t\tC\n",
		"2026-02-28T23:10:00Z\tC1\treply\t\tC\n",
		"2026-03-01\tC1\tcomplaint\t\tlater\n",
		"2026-02-27\tC1\tsolve\t\tnever\n",
	};
	struct use u = { &thread_measure, &how, NULL };
	struct zone z;
	struct hours h;
	struct cases_terms terms = terms_of(&z, &h);
	int n[CASES_STATES] = { 0 };
	struct journal j;

	(void)state;
	runs_go(&j, &u, 1, row, LEN(row), 1, 1);
	thread_sort(u.state, &j.people, THREAD_AS_MET);
	cases_each(u.state, &terms, february, count_state, n);
	assert_int_equal(n[CASES_SOLVED], 1);
	assert_int_equal(n[CASES_OVERDUE], 1);
	assert_int_equal(n[CASES_WAITING], 1);
	assert_int_equal(n[CASES_OPEN], 0);
	use_free(&u);
	journal_close(&j);
	zone_free(&z);
}

/* --- history ------------------------------------------------------------- */

/* Cases of random rows, all of them and without history. */
struct past {
	struct use use;
	struct journal j;
	struct zone z;
	struct hours h;
	struct cases_terms terms;
	struct cases all, some;
};

static void
begin_past(struct past *p, int64_t since, uint64_t *seed)
{
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];

	random_rows(row, text, seed);
	p->use = (struct use){ &thread_measure, &how, NULL };
	p->terms = terms_of(&p->z, &p->h);
	runs_go(&p->j, &p->use, 1, row, ROWS, 1, 1);
	thread_sort(p->use.state, &p->j.people, THREAD_AS_MET);
	cases_make(&p->all, p->use.state, &p->terms);
	p->terms.since = since;
	cases_make(&p->some, p->use.state, &p->terms);
	cases_sort(&p->all);
	cases_sort(&p->some);
}

static void
end_past(struct past *p)
{
	cases_free(&p->all);
	cases_free(&p->some);
	use_free(&p->use);
	journal_close(&p->j);
	zone_free(&p->z);
}

static void
assert_same_case(const struct cases_case *a, const struct cases_case *b)
{
	assert_ptr_equal(a->opening, b->opening);
	assert_ptr_equal(a->solution, b->solution);
	assert_int_equal(a->first_reply, b->first_reply);
	assert_int_equal(a->solved, b->solved);
	assert_int_equal(a->closed, b->closed);
	assert_int_equal(a->due, b->due);
	assert_int_equal(a->reply_seconds, b->reply_seconds);
	assert_int_equal(a->solve_seconds, b->solve_seconds);
	assert_int_equal(a->reopened, b->reopened);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->late, b->late);
}

/* Those of all that are not over by then, one by one. */
static void
history_is_all_that_is_left_out(void **state)
{
	uint64_t seed = 11;
	size_t left_out = 0;

	(void)state;
	for (int round = 0; round < 20; round++) {
		int64_t since = february.from + round * 2 * DATE_DAY;
		const struct threads *t;
		struct past p;
		size_t n = 0;

		begin_past(&p, since, &seed);
		t = p.use.state;
		assert_ptr_equal(p.some.first, p.all.first);
		assert_int_equal(p.all.first->time, p.all.at[0].opened);
		for (size_t i = 0; i < p.all.n; i++) {
			const struct cases_case *c = &p.all.at[i];
			size_t at = (size_t)(c->opening - t->event);
			const struct thread_event *last =
			    &t->event[thread_end(t, at) - 1];

			if (last->kind == KIND_SOLVE && last->time < since)
				continue;
			assert_true(n < p.some.n);
			assert_same_case(&p.some.at[n++], c);
		}
		assert_int_equal(n, p.some.n);
		left_out += p.all.n - n;
		end_past(&p);
	}
	assert_true(left_out > 20);
}

/* Cases in the order of their openings' places. */
struct list {
	struct cases_case at[ROWS];
	size_t n;
};

static void
put(void *arg, const struct cases_case *c)
{
	struct list *l = arg;
	size_t i = l->n++;

	for (; i > 0 && l->at[i - 1].opening > c->opening; i--)
		l->at[i] = l->at[i - 1];
	l->at[i] = *c;
}

/* From the cases without history, or from all events: the same. */
static void
looking_back_needs_no_history(void **state)
{
	uint64_t seed = 12;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct list want = { .n = 0 }, got = { .n = 0 };
		struct past p;

		begin_past(&p, february.from + round * DATE_DAY, &seed);
		for (int days = 0; days < 3; days++) {
			struct window w = { p.terms.since + days * DATE_DAY,
				february.to + days * DATE_DAY };

			want.n = got.n = 0;
			cases_each(p.use.state, &p.terms, w, put, &want);
			cases_back(&p.some, w, put, &got);
			assert_int_equal(got.n, want.n);
			assert_true(want.n > 0);
			for (size_t i = 0; i < want.n; i++)
				assert_same_case(&got.at[i], &want.at[i]);
		}
		end_past(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_case_is_opened_once_and_solved_until_reopened),
		cmocka_unit_test(cases_without_a_ref_stay_open),
		cmocka_unit_test(other_threads_of_the_same_ref_are_others),
		cmocka_unit_test(cases_on_paper),
		cmocka_unit_test(broken_threads_are_findings),
		cmocka_unit_test(cases_stand_as_of_the_end_of_a_window),
		cmocka_unit_test(history_is_all_that_is_left_out),
		cmocka_unit_test(looking_back_needs_no_history),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}
