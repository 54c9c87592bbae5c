#include "check.h"

#include "measure/consent.h"

#define RUNS_HEADER "time\tcustomer\tkind\tchannel\ttopic\tref\ttext\n"
#include "runs.h"

enum { ROWS = 400, WHO = 12 };

/* Each customer's consents, one a line. */
static void
write_all(struct buf *to, const struct threads *t)
{
	struct consents all = { 0 };
	char time[DATE_TEXT];

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		consent_all(&all, t, t->event + at, end - at);
		for (size_t i = 0; i < all.n; i++) {
			const struct consent *c = &all.at[i];

			buf_slice(to, thread_customer(t, &t->event[at]));
			buf_byte(to, ' ');
			buf_slice(to, c->channel);
			buf_byte(to, '/');
			buf_slice(to, c->purpose);
			date_time_text(time, c->since);
			buf_fmt(to, " %s %.10s ", consent_state[c->state],
			    time);
			buf_slice(to, c->version);
			buf_byte(to, ' ');
			buf_slice(to, c->evidence);
			buf_byte(to, '\n');
		}
	}
	free(all.at);
}

static char *
run(const char *const *row, size_t rows, size_t files, int threads)
{
	struct use u = { &thread_measure, &consent_how, NULL };
	struct buf answer = { 0 };
	struct journal j;

	runs_go(&j, &u, 1, row, rows, files, threads);
	thread_sort(u.state, &j.people, THREAD_BY_CUSTOMER);
	write_all(&answer, u.state);
	use_free(&u);
	journal_close(&j);
	buf_byte(&answer, '\0');
	return answer.at;
}

/* Cases: the rows of one customer, and what they come to. */
static void
only_confirmed_and_not_withdrawn_later_counts(void **state)
{
	static const struct {
		const char *row[4];
		const char *want;
	} cases[] = {
		{ { "2026-01-01\tC\task\temail\tnews\tf1\tform\n" },
		    "C email/news asked 2026-01-01 f1 form\n" },
		{ { "2026-01-01\tC\tconfirm\temail\tnews\tf1\tclick\n" },
		    "C email/news confirmed 2026-01-01 f1 click\n" },
		/* asked again: still confirmed; confirmed again: since ever */
		{ { "2026-01-01\tC\tconfirm\temail\tnews\tf1\tclick\n",
		      "2026-01-02\tC\task\temail\tnews\tf2\tmail\n" },
		    "C email/news confirmed 2026-01-01 f1 click\n" },
		{ { "2026-01-01\tC\tconfirm\temail\tnews\tf1\tclick\n",
		      "2026-01-02\tC\tconfirm\temail\tnews\tf2\tagain\n" },
		    "C email/news confirmed 2026-01-01 f2 again\n" },
		/* at one time the withdrawal comes last */
		{ { "2026-01-01\tC\twithdraw\temail\tnews\t\tlink\n",
		      "2026-01-01\tC\tconfirm\temail\tnews\tf1\tclick\n" },
		    "C email/news withdrawn 2026-01-01  link\n" },
		{ { "2026-01-01\tC\twithdraw\temail\tnews\t\t\n",
		      "2026-01-02\tC\tconfirm\temail\tnews\tf1\tclick\n" },
		    "C email/news confirmed 2026-01-02 f1 click\n" },
		{ { "2026-01-01\tC\twithdraw\temail\tnews\t\t\n",
		      "2026-01-02\tC\task\temail\tnews\tf1\tform\n" },
		    "C email/news asked 2026-01-02 f1 form\n" },
		/* withdrawn twice: since the first */
		{ { "2026-01-01\tC\tconfirm\temail\tnews\tf1\t\n",
		      "2026-01-02\tC\twithdraw\temail\tnews\t\tlink\n",
		      "2026-01-03\tC\twithdraw\temail\tnews\t\tcall\n" },
		    "C email/news withdrawn 2026-01-02  call\n" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		size_t n = 0;
		char *got;

		while (n < 4 && cases[i].row[n] != NULL)
			n++;
		got = run(cases[i].row, n, 1, 1);
		assert_string_equal(got, cases[i].want);
		free(got);
	}
}

static void
a_withdrawal_without_channel_or_purpose_means_all(void **state)
{
	static const char *const row[] = {
		"2026-01-01\tA\tconfirm\temail\tnews\tf1\ta\n",
		"2026-01-01\tA\tconfirm\temail\toffers\tf1\tb\n",
		"2026-01-01\tA\tconfirm\tphone\tnews\tf1\tc\n",
		"2026-02-01\tA\twithdraw\temail\t\t\td\n",
		"2026-01-01\tB\tconfirm\temail\tnews\tf1\ta\n",
		"2026-01-01\tB\tconfirm\temail\toffers\tf1\tb\n",
		"2026-01-01\tB\tconfirm\tphone\tnews\tf1\tc\n",
		"2026-02-01\tB\twithdraw\t\tnews\t\td\n",
		/* all; what is confirmed later counts again */
		"2026-01-01\tC\tconfirm\temail\tnews\tf1\ta\n",
		"2026-02-01\tC\twithdraw\t\t\t\tb\n",
		"2026-03-01\tC\tconfirm\temail\toffers\tf1\tc\n",
		/* nothing to take back: the objection stands for itself */
		"2026-02-01\tD\twithdraw\t\t\t\tletter\n",
		/* consent to no purpose in particular is one of its own */
		"2026-02-01\tE\tconfirm\temail\t\tf1\ta\n",
	};
	char *got = run(row, LEN(row), 2, 2);

	(void)state;
	assert_string_equal(got,
	    "A email/news withdrawn 2026-02-01  d\n"
	    "A email/offers withdrawn 2026-02-01  d\n"
	    "A phone/news confirmed 2026-01-01 f1 c\n"
	    "B email/news withdrawn 2026-02-01  d\n"
	    "B email/offers confirmed 2026-01-01 f1 b\n"
	    "B phone/news withdrawn 2026-02-01  d\n"
	    "C email/news withdrawn 2026-02-01  b\n"
	    "C email/offers confirmed 2026-03-01 f1 c\n"
	    "D / withdrawn 2026-02-01  letter\n"
	    "E email/ confirmed 2026-02-01 f1 a\n");
	free(got);
}

static const char *const channel[] = { "email", "phone", "" };
static const char *const purpose[] = { "news", "offers", "" };
static const char *const kind[] = { "ask", "confirm", "withdraw" };

/* A row as the twin below knows it. */
struct made {
	uint32_t who, kind, channel, purpose, hour;
};

/*
 * Second way, without any walk: confirmed is who has a confirmation that is
 * later than all withdrawals that concern it.
 */
static bool
may_address(const struct made *m, uint32_t who, uint32_t c, uint32_t p)
{
	int confirmed = -1, withdrawn = -1;

	for (int i = 0; i < ROWS; i++) {
		int hour = (int)m[i].hour;

		if (m[i].who != who)
			continue;
		if (m[i].kind == 1 && m[i].channel == c &&
		    m[i].purpose == p && hour > confirmed)
			confirmed = hour;
		if (m[i].kind == 2 && hour > withdrawn &&
		    (m[i].channel == c || m[i].channel == 2) &&
		    (m[i].purpose == p || m[i].purpose == 2))
			withdrawn = hour;
	}
	return confirmed > withdrawn;
}

static void
make_rows(struct made *m, char text[ROWS][RUNS_ROW], const char **row,
    uint64_t *seed)
{
	for (int i = 0; i < ROWS; i++) {
		m[i] = (struct made){ check_random(seed, WHO),
			check_random(seed, 3), check_random(seed, 3),
			check_random(seed, 3), check_random(seed, 300) };
		if (m[i].kind != 2) {
			m[i].channel %= 2;
			m[i].purpose %= 2;
		}
		snprintf(text[i], RUNS_ROW, "2026-01-%02uT%02u:00:00Z\t"
		    "C%u\t%s\t%s\t%s\tf%u\tx\n", 1 + m[i].hour / 24,
		    m[i].hour % 24, m[i].who, kind[m[i].kind],
		    channel[m[i].channel], purpose[m[i].purpose],
		    check_random(seed, 3));
		row[i] = text[i];
	}
}

static void
a_second_way_finds_the_same_customers(void **state)
{
	struct made made[ROWS];
	char text[ROWS][RUNS_ROW], id[16];
	const char *row[ROWS];
	uint64_t seed = 44;
	int yes = 0;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct use u = { &thread_measure, &consent_how, NULL };
		const struct threads *t;
		struct journal j;

		make_rows(made, text, row, &seed);
		runs_go(&j, &u, 1, row, ROWS, 2, 2);
		thread_sort(u.state, &j.people, THREAD_BY_CUSTOMER);
		t = u.state;
		for (size_t at = 0, end; at < t->n; at = end) {
			end = thread_end(t, at);
			for (uint32_t k = 0; k < WHO * 4; k++) {
				snprintf(id, sizeof id, "C%u", k / 4);
				if (!slice_is(thread_customer(t,
					&t->event[at]), id))
					continue;
				bool got = consent_of(t, t->event + at,
				    end - at, slice_of(channel[k % 2]),
				    slice_of(purpose[k / 2 % 2])).state ==
				    CONSENT_CONFIRMED;
				assert_int_equal(got, may_address(made, k / 4,
				    k % 2, k / 2 % 2));
				yes += got;
			}
		}
		use_free(&u);
		journal_close(&j);
	}
	assert_in_range(yes, 50, 900);
}

/* Is there a consent that a withdrawal of these would take back? */
static bool
has_target(const struct threads *t, const struct thread_event *v, size_t n,
    struct slice c, struct slice p)
{
	for (size_t i = 0; i < n; i++) {
		struct slice by = thread_text(t, &v[i], THREAD_CHANNEL);
		struct slice topic = thread_text(t, &v[i], THREAD_TOPIC);

		if ((v[i].kind != KIND_WITHDRAW ||
			(by.len > 0 && topic.len > 0)) &&
		    (c.len == 0 || slice_eq(c, by)) &&
		    (p.len == 0 || slice_eq(p, topic)))
			return true;
	}
	return false;
}

/* Second way: each name for itself; returns how many there were. */
static size_t
check_one(const struct threads *t, const struct thread_event *v, size_t n)
{
	struct consents all = { 0 };
	size_t at = 0;

	consent_all(&all, t, v, n);
	for (size_t c = LEN(channel); c-- > 0;)
		for (size_t p = LEN(purpose); p-- > 0;) {
			struct slice name[] = { slice_of(channel[c]),
				slice_of(purpose[p]) };
			bool named = false, sweeps = c == 2 || p == 2;

			for (size_t i = 0; i < n; i++)
				if (slice_eq(name[0], thread_text(t, &v[i],
					THREAD_CHANNEL)) &&
				    slice_eq(name[1], thread_text(t, &v[i],
					THREAD_TOPIC))) {
					named = true;
					sweeps &= v[i].kind == KIND_WITHDRAW;
				}
			at += named && !(sweeps &&
			    has_target(t, v, n, name[0], name[1]));
		}
	assert_int_equal(all.n, at);
	for (size_t i = 0; i < all.n; i++) {
		const struct consent *got = &all.at[i];
		struct consent want = consent_of(t, v, n, got->channel,
		    got->purpose);

		assert_int_equal(got->state, want.state);
		assert_int_equal(got->since, want.since);
		assert_int_equal(got->chosen, want.chosen);
		assert_true(slice_eq(got->version, want.version));
		assert_true(slice_eq(got->evidence, want.evidence));
	}
	free(all.at);
	return at;
}

/* Consents of few events and of many, which go another way. */
static void
all_names_come_to_what_each_comes_to(void **state)
{
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 46;
	size_t seen = 0;

	(void)state;
	for (uint32_t round = 0; round < 60; round++) {
		struct use u = { &thread_measure, &consent_how, NULL };
		struct threads *t;
		struct journal j;

		for (int i = 0; i < ROWS; i++) {
			snprintf(text[i], RUNS_ROW, "2026-01-%02uT%02u:00:00Z"
			    "\tC%u\t%s\t%s\t%s\tf%u\tx%u\n",
			    1 + check_random(&seed, 12),
			    check_random(&seed, 24),
			    check_random(&seed, 1 + round * 2),
			    kind[check_random(&seed, 3)],
			    channel[check_random(&seed, 3)],
			    purpose[check_random(&seed, 3)],
			    check_random(&seed, 9), check_random(&seed, 9));
			row[i] = text[i];
		}
		runs_go(&j, &u, 1, row, ROWS, 2, 2);
		t = u.state;
		thread_sort(t, &j.people, THREAD_BY_CUSTOMER);
		for (size_t i = 0; i < t->n; i++)
			t->event[i].chosen = check_random(&seed, 12) == 0;
		for (size_t at = 0, end; at < t->n; at = end) {
			end = thread_end(t, at);
			seen += check_one(t, t->event + at, end - at);
		}
		use_free(&u);
		journal_close(&j);
	}
	assert_true(seen > 5000);
}

static void
neither_order_nor_files_nor_threads_matter(void **state)
{
	struct made made[ROWS];
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 45;
	char *want, *got;

	(void)state;
	make_rows(made, text, row, &seed);
	want = run(row, ROWS, 1, 1);
	for (int i = 0; i < 24; i++) {
		runs_shuffle(row, ROWS, &seed);
		got = run(row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		assert_string_equal(got, want);
		free(got);
	}
	free(want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    only_confirmed_and_not_withdrawn_later_counts),
		cmocka_unit_test(
		    a_withdrawal_without_channel_or_purpose_means_all),
		cmocka_unit_test(a_second_way_finds_the_same_customers),
		cmocka_unit_test(all_names_come_to_what_each_comes_to),
		cmocka_unit_test(neither_order_nor_files_nor_threads_matter),
	};

	return cmocka_run_group_tests_name("consent", tests, NULL, NULL);
}
