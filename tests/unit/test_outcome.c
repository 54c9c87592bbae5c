/* outcome: what threads come to, by hand. */
#define RUNS_HEADER "time\tcustomer\tkind\tdue\tref\ttopic\tby\ttext\n"
#include "check.h"

#include "measure/outcome.h"
#include "runs.h"

static const struct thread_how how = {
	.kinds = THREAD_KIND(KIND_TODO) | THREAD_KIND(KIND_DONE),
	.columns = THREAD_COLUMN(EVENT_REF) | THREAD_COLUMN(EVENT_TOPIC) |
	    THREAD_COLUMN(EVENT_BY) | THREAD_COLUMN(EVENT_TEXT) };

static void
it_is_what_the_opening_events_have_said_last(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\ttodo\t2026-02-01\tA\tcall\tanna\tring\n",
		"2026-01-02\tC1\ttodo\t2026-02-02\tA\t\tbert\t\n",
		"2026-01-01\tC1\ttodo\t\tB\tx\tanna\t\n",
		"2026-01-03\tC2\tdone\t2026-03-03\tB\ty\tcarl\tz\n",
		"2026-01-01\tC1\tdone\t\tC\t\t\t\n",
		"2026-01-01\tC1\ttodo\t\tD\t\t\t\n",
		"2026-01-02\tC1\tdone\t\tD\t\t\t\n",
		"2026-01-03\tC1\ttodo\t\tD\tagain\t\t\n",
	};
	static const struct {
		bool known, open;
		const char *topic, *by, *text;
		int32_t day; /* of January, of the last that opens it */
		int32_t due; /* of February */
	} want[] = {
		{ true, true, "call", "bert", "ring", 2, 2 },
		{ true, false, "x", "anna", "", 1, 0 },
		{ false, false, "", "", "", 0, 0 },
		{ true, true, "again", "", "", 3, 0 },
	};
	struct use u = { &thread_measure, &how, NULL };
	struct threads *t;
	struct journal j;
	size_t k = 0;

	(void)state;
	runs_go(&j, &u, 1, row, LEN(row), 2, 2);
	t = u.state;
	thread_sort(t, &j.people, THREAD_BY_REF);
	for (size_t at = 0, end; at < t->n; at = end, k++) {
		struct outcome o;

		end = thread_end(t, at);
		o = outcome_of(t->event + at, end - at, KIND_TODO);
		assert_int_equal(o.first != NULL, want[k].known);
		assert_int_equal(o.open, want[k].open);
		assert_true(slice_is(thread_word(t, o.topic),
		    want[k].topic));
		assert_true(slice_is(thread_word(t, o.by), want[k].by));
		assert_true(slice_is(thread_word(t, o.text), want[k].text));
		assert_int_equal(o.due, want[k].due == 0 ? DATE_NONE :
		    date_days(2026, 2, want[k].due));
		if (want[k].known)
			assert_int_equal(o.last->day,
			    date_days(2026, 1, want[k].day));
	}
	assert_int_equal(k, LEN(want));
	use_free(&u);
	journal_close(&j);
}

static void
it_is_not_open_where_its_opening_is_not_chosen(void **state)
{
	struct thread_event v = { .kind = KIND_TODO, .due = DATE_NONE };

	(void)state;
	assert_false(outcome_of(&v, 1, KIND_TODO).open);
	v.chosen = true;
	assert_true(outcome_of(&v, 1, KIND_TODO).open);
}

/* Open ones that were handed over, as CUSTOMER:TOPIC, joined by blanks. */
struct told {
	const struct threads *t;
	struct buf text;
};

static void
tell(void *ctx, const struct outcome *c)
{
	struct told *to = ctx;

	assert_true(c->open);
	if (to->text.len > 0)
		buf_byte(&to->text, ' ');
	buf_slice(&to->text, thread_customer(to->t, c->last));
	buf_byte(&to->text, ':');
	buf_slice(&to->text, thread_word(to->t, c->topic));
}

static void
each_customer_has_his_own(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tC1\ttodo\t\tA\tone\t\t\n",
		"2026-01-03\tC2\ttodo\t\tA\t\t\t\n",
		"2026-01-05\tC1\ttodo\t\tA\t\t\t\n",
		"2026-01-01\tC1\ttodo\t\tB\tone\t\t\n",
		"2026-01-02\tC2\ttodo\t\tB\ttwo\t\t\n",
		"2026-01-03\tC3\ttodo\t\tB\tthree\t\t\n",
		"2026-01-04\tC2\tdone\t\tB\t\t\t\n",
		"2026-01-05\tC4\tdone\t\tB\t\t\t\n",
		"2026-01-01\tC1\ttodo\t\tD\tone\t\t\n",
		"2026-01-02\tC2\tdone\t\tD\t\t\t\n",
	};
	static const char *const want[] = { "C1:one C2:", "C1:one C3:three",
		"" };
	struct use u = { &thread_measure, &how, NULL };
	struct told got = { .t = NULL };
	struct journal j;
	size_t k = 0;

	(void)state;
	runs_go(&j, &u, 1, row, LEN(row), 2, 2);
	got.t = u.state;
	thread_sort(u.state, &j.people, THREAD_BY_REF);
	for (size_t at = 0, end; at < got.t->n; at = end) {
		end = thread_end(got.t, at);
		buf_clear(&got.text);
		outcome_each(got.t->event + at, end - at, KIND_TODO, tell,
		    &got);
		assert_string_equal(buf_text(&got.text), want[k++]);
	}
	assert_int_equal(k, LEN(want));
	buf_free(&got.text);
	use_free(&u);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_what_the_opening_events_have_said_last),
		cmocka_unit_test(
		    it_is_not_open_where_its_opening_is_not_chosen),
		cmocka_unit_test(each_customer_has_his_own),
	};

	return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
