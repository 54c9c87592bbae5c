#include "check.h"

#include "base/mem.h"
#include "base/text.h"
#include "measure/thread.h"
#include "runs.h"

enum { ROWS = 500 };

#define CASES (THREAD_KIND(KIND_COMPLAINT) | THREAD_KIND(KIND_SOLVE))
#define DEALS (THREAD_KIND(KIND_DEAL) | THREAD_KIND(KIND_WON))

/* Each thread in a line: its events as day, kind, customer, value, ref. */
static void
write_threads(struct buf *to, const struct threads *t)
{
	char day[DATE_TEXT];

	buf_clear(to);
	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		for (size_t i = at; i < end; i++) {
			const struct thread_event *v = &t->event[i];

			date_text(day, v->day);
			buf_fmt(to, "%s%s %s ", i == at ? "" : ", ", day + 5,
			    kind_info((enum kind)v->kind)->name);
			buf_slice(to, thread_customer(t, v));
			if (v->value != EVENT_NO_VALUE)
				buf_fmt(to, " %d", (int)(v->value / 10000));
			buf_byte(to, ' ');
			buf_slice(to, thread_text(t, v, THREAD_REF));
			if (v->word[THREAD_GROUP] != 0)
				buf_byte(to, '/');
			buf_slice(to, thread_text(t, v, THREAD_GROUP));
		}
		buf_byte(to, '\n');
	}
}

static void
run(struct buf *answer, const struct thread_how *how, enum thread_order order,
    const char *const *row, size_t rows, size_t files, int threads)
{
	struct use u = { &thread_measure, how, NULL };
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	thread_sort(u.state, &j.people, order);
	write_threads(answer, u.state);
	use_free(&u);
	journal_close(&j);
}

static void
random_rows(const char **row, char (*text)[RUNS_ROW], uint64_t *seed)
{
	static const char *const kind[] = { "complaint", "solve", "deal",
		"won", "nps" };
	char when[32], ref[12];

	for (int i = 0; i < ROWS; i++) {
		snprintf(ref, sizeof ref, "K%u", check_random(seed, 60));
		snprintf(text[i], RUNS_ROW, "%s\tC%u\t%s\t%u\t%s\n",
		    runs_time(when, seed), check_random(seed, 20),
		    kind[check_random(seed, 5)], 1 + check_random(seed, 2),
		    check_random(seed, 8) ? ref : "");
		memcpy(text[i] + 11, "00", 2); /* many at the same time */
		row[i] = text[i];
	}
}

static const char *const some[] = {
	"2026-01-09\tC2\tsolve\t\tK2\n",
	"2026-01-03\tC1\tsolve\t\tK1\n",
	"2026-01-01\tC1\tcomplaint\t\tK1\n",
	"2026-01-02\tC2\tcomplaint\t\tK2\n",
	"2026-01-02\tC2\tcomplaint\t\t\n",
	"2026-01-02\tC1\tcomplaint\t\t\n",
	"2026-01-02\tC1\torder\t5\tK1\n",
	"2026-01-05\tC1\tdeal\t7\tK1\n",
	"2026-01-05\tC1\tdeal\t7\tK1\n",
	"2026-01-04\tC1\twon\t9\tK1\n",
	"2026-01-04\tC1\twon\t8\tK1\n",
	"2026-01-04\tC1\tdeal\t7\tK1\n",
	"2026-01-08\tC10\tdeal\t7\tJ9\n",
};

static void
threads_are_known_by_family_and_ref(void **state)
{
	const struct thread_how how = { .kinds = CASES | DEALS,
		.columns = THREAD_COLUMN(EVENT_REF) };
	struct buf got = { 0 };

	(void)state;
	for (int i = 0; i < 4; i++) {
		run(&got, &how, THREAD_BY_REF, some, LEN(some),
		    1 + (size_t)i, 1 + i);
		assert_string_equal(buf_text(&got),
		    "01-01 complaint C1 K1, 01-03 solve C1 K1\n"
		    "01-02 complaint C2 K2, 01-09 solve C2 K2\n"
		    "01-02 complaint C1 \n"
		    "01-02 complaint C2 \n"
		    "01-08 deal C10 7 J9\n"
		    "01-04 deal C1 7 K1, 01-04 won C1 8 K1, "
		    "01-04 won C1 9 K1, 01-05 deal C1 7 K1, "
		    "01-05 deal C1 7 K1\n");
	}
	buf_free(&got);
}

static size_t
lines_of(const struct buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->at[i] == '\n';
	return n;
}

/* The same threads, in whatever order. */
static void
same_threads(const struct buf *got, const struct buf *want)
{
	struct buf line = { 0 };
	struct slice rest, one;

	assert_int_equal(got->len, want->len);
	assert_int_equal(lines_of(got), lines_of(want));
	rest = buf_all(want);
	while (text_part(&rest, '\n', &one)) {
		buf_clear(&line);
		buf_slice(&line, one);
		assert_non_null(strstr(buf_text(got), buf_text(&line)));
	}
	buf_free(&line);
}

/* Also where those of a ref are mixed up in time. */
static void
threads_as_met_are_the_same(void **state)
{
	const struct thread_how how = { .kinds = CASES | DEALS,
		.columns = THREAD_COLUMN(EVENT_REF) };
	const char *row[LEN(some) + 1];
	struct buf want = { 0 }, got = { 0 };

	(void)state;
	memcpy(row, some, sizeof some);
	row[LEN(some)] = "2026-01-02\tC1\tdeal\t1\tK1\n";
	run(&want, &how, THREAD_BY_REF, row, LEN(row), 1, 1);
	for (int i = 0; i < 4; i++) {
		run(&got, &how, THREAD_AS_MET, row, LEN(row),
		    1 + (size_t)i, 1 + i);
		same_threads(&got, &want);
	}
	/* those without a ref are still in order */
	assert_non_null(strstr(buf_text(&got),
	    "01-02 complaint C1 \n01-02 complaint C2 \n"));
	buf_free(&want);
	buf_free(&got);
}

static void
threads_of_customers_hold_all_families(void **state)
{
	static const char *const row[] = {
		"2026-01-08\tC9\tdeal\t7\tJ9\n",
		"2026-01-03\tC10\tsolve\t\tK1\n",
		"2026-01-02\t\tnote\t\tK1\n", "2026-01-01\t\tnote\t\tK1\n",
		"2026-01-09\tC10\tdeal\t3\tK1\n",
		"2026-01-05\tC9\tdeal\t6\tJ7\n",
	};
	const struct thread_how how = {
		.kinds = CASES | DEALS | THREAD_KIND(KIND_NOTE) };
	struct buf got = { 0 };

	(void)state;
	run(&got, &how, THREAD_BY_CUSTOMER, row, LEN(row), 3, 2);
	assert_string_equal(buf_text(&got),
	    "01-03 solve C10 , 01-09 deal C10 3 \n"
	    "01-05 deal C9 6 , 01-08 deal C9 7 \n"
	    "01-01 note  \n"
	    "01-02 note  \n");
	buf_free(&got);
}

static void
customers_as_met_are_the_same(void **state)
{
	const struct thread_how how = { .kinds = CASES | DEALS,
		.columns = THREAD_COLUMN(EVENT_REF) };
	struct buf want = { 0 }, got = { 0 };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 8;

	(void)state;
	random_rows(row, text, &seed);
	run(&want, &how, THREAD_BY_CUSTOMER, row, ROWS, 1, 1);
	for (int i = 0; i < 4; i++) {
		runs_shuffle(row, ROWS, &seed);
		run(&got, &how, THREAD_WHO_AS_MET, row, ROWS, 1 + (size_t)i,
		    1 + i);
		same_threads(&got, &want);
	}
	buf_free(&want);
	buf_free(&got);
}

static void
nothing_wanted_is_nothing_kept(void **state)
{
	const struct thread_how none = { .kinds = 0 };
	const struct thread_how other = { .kinds = THREAD_KIND(KIND_NPS) };
	struct buf got = { 0 };

	(void)state;
	run(&got, &none, THREAD_BY_REF, some, LEN(some), 2, 2);
	assert_string_equal(buf_text(&got), "");
	run(&got, &other, THREAD_BY_CUSTOMER, some, LEN(some), 2, 2);
	assert_string_equal(buf_text(&got), "");
	run(&got, &other, THREAD_BY_CUSTOMER, NULL, 0, 1, 1);
	assert_string_equal(buf_text(&got), "");
	buf_free(&got);
}

static void
only_what_opens_is_grouped(void **state)
{
	struct group g = { .n = 2 };
	const struct thread_how how = { .kinds = DEALS, .group = &g,
		.columns = THREAD_COLUMN(EVENT_REF),
		.grouped = THREAD_KIND(KIND_DEAL) };
	struct buf got = { 0 };

	(void)state;
	g.key[0] = (struct group_key){ slice_of("month"), PERIOD_MONTH, -1,
		-1 };
	g.key[1] = (struct group_key){ slice_of("ref"), PERIOD_UNITS,
		EVENT_REF, -1 };
	run(&got, &how, THREAD_BY_REF, some, LEN(some), 1, 1);
	assert_string_equal(buf_text(&got),
	    "01-08 deal C10 7 J9/2026-01\tJ9\n"
	    "01-04 deal C1 7 K1/2026-01\tK1, 01-04 won C1 8 K1, "
	    "01-04 won C1 9 K1, 01-05 deal C1 7 K1/2026-01\tK1, "
	    "01-05 deal C1 7 K1/2026-01\tK1\n");
	buf_free(&got);
}

/* All text columns, and events that -w does not choose. */
static void
texts_and_marks_are_kept(void **state)
{
	const struct thread_how how = { .kinds = CASES,
		.columns = THREAD_COLUMN(EVENT_CHANNEL) |
		    THREAD_COLUMN(EVENT_TOPIC) | THREAD_COLUMN(EVENT_BY) };
	struct use u = { &thread_measure, &how, NULL };
	struct input *in = place_input("test",
	    "time\tcustomer\tkind\tchannel\ttone\tdue\ttopic\tby\ttext\n"
	    "2026-01-01\tC1\tcomplaint\tphone\t-2\t2026-02-01\ta\\tb\tme\tx\n"
	    "2026-01-02\tC1\tsolve\t\t\t\t\tphone\tx\n");
	struct threads *t;
	struct expr_names names;
	struct expr *where;
	struct err e = { 0 };
	struct journal j;

	(void)state;
	assert_true(journal_open(&j, &in, 1, &e));
	names = journal_names(&j);
	j.where = where = expr_parse("channel = phone", &names, &e);
	j.marks = true;
	assert_true(journal_run(&j, &u, 1, &e));
	t = u.state;
	thread_sort(t, &j.people, THREAD_BY_CUSTOMER);
	assert_int_equal(t->n, 2);
	assert_true(t->event[0].chosen);
	assert_false(t->event[1].chosen);
	assert_int_equal(t->event[0].tone, -2);
	assert_int_equal(t->event[0].due, date_days(2026, 2, 1));
	assert_int_equal(t->event[1].due, DATE_NONE);
	assert_true(slice_is(thread_text(t, &t->event[0], THREAD_TOPIC),
	    "a\\tb"));
	assert_int_equal(t->event[0].word[THREAD_CHANNEL],
	    t->event[1].word[THREAD_BY]);
	assert_int_equal(t->event[0].word[THREAD_TEXT], 0);
	expr_free(where);
	use_free(&u);
	journal_close(&j);
}

static void
what_is_told_is_all_that_is_kept(void **state)
{
	const int64_t since = 1767312000; /* 2026-01-02 */
	const struct thread_how how = { .kinds = CASES,
		.columns = THREAD_COLUMN(EVENT_TOPIC) |
		    THREAD_COLUMN(EVENT_TEXT),
		.texts = THREAD_KIND(KIND_SOLVE), .since = &since };
	struct use u = { &thread_measure, &how, NULL };
	struct input *in = place_input("test",
	    "time\tcustomer\tkind\ttopic\ttext\n"
	    "2026-01-03\tC1\tsolve\ta\tboth\n"
	    "2026-01-01T23:59:59Z\tC1\tcomplaint\ta\tbefore\n"
	    "2026-01-02\tC1\tcomplaint\ta\tno text\n");
	struct threads *t;
	struct err e = { 0 };
	struct journal j;

	(void)state;
	assert_true(journal_open(&j, &in, 1, &e));
	assert_true(journal_run(&j, &u, 1, &e));
	t = u.state;
	thread_sort(t, &j.people, THREAD_BY_CUSTOMER);
	assert_int_equal(t->n, 2);
	assert_int_equal(t->event[0].time, since);
	assert_int_equal(t->event[0].word[THREAD_TEXT], 0);
	assert_int_equal(t->event[0].word[THREAD_TOPIC],
	    t->event[1].word[THREAD_TOPIC]);
	assert_true(slice_is(thread_text(t, &t->event[1], THREAD_TEXT),
	    "both"));
	use_free(&u);
	journal_close(&j);
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	const struct thread_how how = { .kinds = CASES | DEALS,
		.columns = THREAD_COLUMN(EVENT_REF) };
	struct buf want = { 0 }, got = { 0 };
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 7;

	(void)state;
	random_rows(row, text, &seed);
	for (int order = 0; order < 2; order++) {
		run(&want, &how, (enum thread_order)order, row, ROWS, 1, 1);
		for (int i = 0; i < 24; i++) {
			runs_shuffle(row, ROWS, &seed);
			run(&got, &how, (enum thread_order)order, row, ROWS,
			    1 + (size_t)i % 8, 1 + i % 4);
			assert_string_equal(buf_text(&got), buf_text(&want));
		}
	}
	buf_free(&want);
	buf_free(&got);
}

static void
merged(struct threads *to, struct threads *from, size_t people)
{
	uint32_t who[64];

	for (uint32_t i = 0; i < LEN(who); i++)
		who[i] = i;
	assert_true(people <= LEN(who));
	thread_merge(to, from, who);
	thread_free(from);
}

/* Three parts as (a + b) + c and as a + (b + c), with small blocks of
 * threads that the journal would not make of so few rows. */
static void
parts_merge_in_any_grouping(void **state)
{
	const struct thread_how how = { .kinds = CASES | DEALS,
		.columns = THREAD_COLUMN(EVENT_REF) };
	struct buf want = { 0 }, got = { 0 };
	struct use u[2] = { { &thread_measure, &how, NULL },
		{ &thread_measure, &how, NULL } };
	struct threads part[3];
	struct journal j;

	(void)state;
	run(&want, &how, THREAD_BY_REF, some, LEN(some), 1, 1);
	for (int right = 0; right < 2; right++) {
		runs_go(&j, u, 1, some, LEN(some), 1, 1);
		for (size_t i = 0; i < 3; i++)
			thread_begin(&part[i], &how);
		struct threads *all = u[0].state;
		for (size_t i = 0; i < all->n; i++) {
			struct threads *p = &part[i % 3];
			struct thread_event v = all->event[i];

			if (p->cap == 0)
				p->event = mem_pages(p->cap = LEN(some),
				    sizeof *p->event);
			v.word[THREAD_REF] = map_add(&p->words,
			    thread_text(all, &v, THREAD_REF));
			p->event[p->n++] = v;
		}
		if (right)
			merged(&part[1], &part[2], j.people.len);
		merged(&part[0], &part[1], j.people.len);
		if (!right)
			merged(&part[0], &part[2], j.people.len);
		thread_sort(&part[0], &j.people, THREAD_BY_REF);
		write_threads(&got, &part[0]);
		assert_string_equal(buf_text(&got), buf_text(&want));
		thread_free(&part[0]);
		use_free(&u[0]);
		journal_close(&j);
	}
	buf_free(&want);
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_are_known_by_family_and_ref),
		cmocka_unit_test(threads_as_met_are_the_same),
		cmocka_unit_test(threads_of_customers_hold_all_families),
		cmocka_unit_test(customers_as_met_are_the_same),
		cmocka_unit_test(nothing_wanted_is_nothing_kept),
		cmocka_unit_test(only_what_opens_is_grouped),
		cmocka_unit_test(texts_and_marks_are_kept),
		cmocka_unit_test(what_is_told_is_all_that_is_kept),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
		cmocka_unit_test(parts_merge_in_any_grouping),
	};

	return cmocka_run_group_tests_name("thread", tests, NULL, NULL);
}
