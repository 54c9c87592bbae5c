#include "check.h"

#include "base/num.h"
#include "measure/campaign.h"
#include "runs.h"

enum { ROWS = 600, WHO = 20, MAILS = 4, DAYS = 5 };

/* A run, sorted; to be closed by done. */
struct ran {
	struct thread_how how;
	struct use use;
	struct journal journal;
};

static void
run(struct ran *r, const char *const *row, size_t rows, size_t files,
    int threads)
{
	r->how = campaign_how(NULL);
	r->use = (struct use){ &thread_measure, &r->how, NULL };
	runs_go(&r->journal, &r->use, 1, row, rows, files, threads);
	thread_sort(r->use.state, &r->journal.people, THREAD_BY_CUSTOMER);
}

static struct campaign *
answer(struct ran *r, const struct campaign_ask *ask, size_t *n)
{
	struct err e = { 0 };
	struct campaign *all = campaign_all(r->use.state, ask, n, &e);

	if (all == NULL)
		fail_msg("%s", e.text);
	return all;
}

static void
done(struct ran *r, struct campaign *all)
{
	use_free(&r->use);
	journal_close(&r->journal);
	free(all);
}

static const struct campaign_ask plain = { .days = 10,
	.window = { INT64_MIN, INT64_MAX } };

/* Days of January 2026. */
static const char *const hand[] = {
	/* C1: ordered before, on the last day that counts, and after */
	"2026-01-01T10:00:00Z\tC1\torder\t1\tA1\n",
	"2026-01-05T10:00:00Z\tC1\tsent\t\tmail\n",
	"2026-01-05T22:00:00Z\tC1\tresponse\t\tmail\n",
	"2026-01-15T23:59:59Z\tC1\torder\t100.5\tA2\n",
	"2026-01-16T00:00:00Z\tC1\torder\t7\tA3\n",
	/* refunds of the order that counts, of others, of none */
	"2026-03-01T10:00:00Z\tC1\trefund\t20\tA2\n",
	"2026-01-08T10:00:00Z\tC1\trefund\t1\tA1\n",
	"2026-01-08T10:00:00Z\tC1\trefund\t1\t\n",
	/* sent again: days count from the first */
	"2026-01-14T10:00:00Z\tC1\tsent\t\tmail\n",
	/* C2: new; an order in the second of sent comes before it */
	"2026-01-06T10:00:00Z\tC2\tsent\t\tmail\n",
	"2026-01-06T10:00:01Z\tC2\torder\t10\tB1\n",
	"2026-01-07T10:00:01Z\tC2\torder\t10\tB2\n",
	"2026-01-09T10:00:00Z\tC2\tresponse\t\tmail\n",
	"2026-01-09T11:00:00Z\tC2\tresponse\t\tmail\n",
	"2026-01-20T10:00:00Z\tC3\torder\t5\tC1\n",
	"2026-01-20T10:00:00Z\tC3\tsent\t\tmail\n",
	/* C4: bounced; C5: bounced by mail, reached by post */
	"2026-01-05T10:00:00Z\tC4\tsent\t\tmail\n",
	"2026-01-05T10:01:00Z\tC4\tbounce\t\tmail\n",
	"2026-01-06T10:01:00Z\tC4\torder\t50\tD1\n",
	"2026-01-05T10:00:00Z\tC5\tsent\t\tmail\n",
	"2026-01-05T10:01:00Z\tC5\tbounce\t\tmail\n",
	"2026-01-06T10:00:00Z\tC5\tsent\t\tmail\n",
	/* C6: never sent, but he responds; costs with and without him */
	"2026-01-06T10:00:00Z\tC6\tresponse\t\tmail\n",
	"2026-01-02T10:00:00Z\tC6\tcost\t3\tmail\n",
	"2026-01-02T10:00:00Z\t\tcost\t40\tmail\n",
	"2026-01-02T10:00:00Z\t\tcost\t40\t\n",
	/* another campaign: the order of C2 counts there too */
	"2026-01-06T12:00:00Z\tC2\tsent\t\tpost\n",
	/* paid for, not sent yet */
	"2026-01-30T10:00:00Z\t\tcost\t9\tfair\n",
};

static void
a_campaign_is_what_came_of_its_customers(void **state)
{
	struct ran r;
	struct campaign *c;
	size_t n;

	(void)state;
	run(&r, hand, LEN(hand), 3, 2);
	c = answer(&r, &plain, &n);
	assert_int_equal(n, 3);
	assert_true(slice_is(c[0].name, "fair"));
	assert_int_equal(c[0].first, DATE_NONE);
	assert_int_equal(c[0].cost, 90000);
	assert_true(slice_is(c[1].name, "mail"));
	assert_int_equal(c[1].first, date_days(2026, 1, 5));
	assert_int_equal(c[1].last, date_days(2026, 1, 20));
	assert_int_equal(c[1].sent, 5);
	assert_int_equal(c[1].bounced, 1);
	assert_int_equal(c[1].reached, 4);
	assert_int_equal(c[1].stray, 1);
	assert_int_equal(c[1].responses, 2);
	/* half a day and three days: 1.75 */
	assert_int_equal(c[1].response_days, 18);
	assert_int_equal(c[1].customers, 2);
	assert_int_equal(c[1].orders, 3);
	assert_int_equal(c[1].revenue, 1205000);
	assert_int_equal(c[1].refunds, 200000);
	assert_int_equal(c[1].cost, 430000);
	assert_true(slice_is(c[2].name, "post"));
	assert_int_equal(c[2].orders, 1);
	assert_int_equal(c[2].revenue, 100000);
	assert_int_equal(c[2].responses, 0);
	assert_int_equal(c[2].response_days, SCORE_NONE);
	done(&r, c);
}

static void
new_and_regular_customers_are_told_apart(void **state)
{
	struct campaign_ask ask = plain;
	struct ran r;
	struct campaign *c;
	size_t n;

	(void)state;
	ask.split = true;
	run(&r, hand, LEN(hand), 1, 1);
	c = answer(&r, &ask, &n);
	assert_int_equal(n, 3);
	/* C2, C4, C5, and C6 who is stray */
	assert_int_equal(c[0].whom, CAMPAIGN_NEW);
	assert_int_equal(c[0].sent, 3);
	assert_int_equal(c[0].stray, 1);
	assert_int_equal(c[0].orders, 2);
	assert_int_equal(c[0].cost, 0);
	assert_int_equal(c[1].whom, CAMPAIGN_REGULAR);
	assert_int_equal(c[1].sent, 2); /* C1, C3 */
	assert_int_equal(c[1].revenue, 1005000);
	/* for the second campaign C2 is a customer */
	assert_true(slice_is(c[2].name, "post"));
	assert_int_equal(c[2].whom, CAMPAIGN_REGULAR);
	done(&r, c);
}

static void
a_period_has_the_campaigns_that_begin_in_it(void **state)
{
	struct campaign_ask ask = plain;
	struct ran r;
	struct campaign *c;
	size_t n;

	(void)state;
	run(&r, hand, LEN(hand), 1, 1);
	/* from the first sent of mail, to that of post */
	ask.window.from = date_days(2026, 1, 5) * DATE_DAY + 36000;
	ask.window.to = date_days(2026, 1, 6) * DATE_DAY + 43200;
	c = answer(&r, &ask, &n);
	assert_int_equal(n, 1);
	assert_int_equal(c[0].sent, 5);
	assert_int_equal(c[0].cost, 430000);
	free(c);
	ask.window.from++;
	ask.window.to++;
	c = answer(&r, &ask, &n);
	assert_int_equal(n, 1);
	assert_true(slice_is(c[0].name, "post"));
	done(&r, c);
}

static void
a_sum_that_does_not_fit_is_refused(void **state)
{
	const char *row[12];
	struct err e = { 0 };
	struct ran r;
	size_t n;

	(void)state;
	row[0] = "2026-01-01\tC1\tsent\t\tmail\n";
	for (size_t i = 1; i < LEN(row); i++)
		row[i] = "2026-01-02\tC1\torder\t99999999999999\t\n";
	run(&r, row, LEN(row), 1, 1);
	assert_null(campaign_all(r.use.state, &plain, &n, &e));
	assert_int_equal(e.status, CRM_DATA);
	assert_string_equal(e.text, "the sum is too large: \"mail\"");
	done(&r, NULL);
}

/* --- a second way, on random journals ------------------------------------- */

static const char *const kind[] = { "sent", "response", "bounce", "order",
	"order", "order", "refund", "cost" };
enum { SENT, RESPONSE, BOUNCE, ORDER, REFUND = 6, COST };

struct made {
	uint32_t who, kind, ref, value;
	int hour; /* of January to April; each only once */
};

static void
make_rows(struct made *m, char text[ROWS][RUNS_ROW], const char **row,
    uint64_t *seed)
{
	char time[DATE_TEXT];
	int hour = 0;

	for (int i = 0; i < ROWS; i++) {
		hour += 1 + (int)check_random(seed, 8);
		m[i] = (struct made){ check_random(seed, WHO),
			check_random(seed, LEN(kind)), 0,
			check_random(seed, 1000), hour };
		m[i].ref = m[i].kind >= ORDER && m[i].kind <= REFUND
		    ? 100 + check_random(seed, 30)
		    : check_random(seed, MAILS);
		date_time_text(time, date_days(2026, 1, 1) * DATE_DAY +
		    hour * INT64_C(3600));
		snprintf(text[i], RUNS_ROW, "%s\tC%02u\t%s\t%u\tM%u\n", time,
		    m[i].who, kind[m[i].kind], m[i].value, m[i].ref);
		row[i] = text[i];
	}
}

/* First event of a kind, customer and ref; ROWS if there is none. */
static int
first_of(const struct made *m, uint32_t k, uint32_t who, uint32_t ref)
{
	int i = 0;

	while (i < ROWS && (m[i].kind != k || m[i].who != who ||
	    m[i].ref != ref))
		i++;
	return i;
}

static bool
is_order(const struct made *m)
{
	return m->kind >= ORDER && m->kind < REFUND;
}

/* Does this order count for a campaign whose first sent is row s? */
static bool
counts(const struct made *m, int s, int i)
{
	return i > s && is_order(&m[i]) && m[i].who == m[s].who &&
	    m[i].hour / 24 <= m[s].hour / 24 + DAYS;
}

static void
add_twin(struct campaign *c, const struct made *m, uint32_t who, uint32_t ref)
{
	int s = first_of(m, SENT, who, ref), balance = 0, orders = 0;
	bool responded = false, stray = false;

	for (int i = 0; i < ROWS; i++) {
		bool mine = m[i].who == who && m[i].ref == ref;

		balance += mine && m[i].kind == SENT;
		balance -= mine && m[i].kind == BOUNCE;
		responded |= mine && m[i].kind == RESPONSE && i > s;
		stray |= mine && (m[i].kind == RESPONSE ||
		    m[i].kind == BOUNCE);
	}
	if (s == ROWS) {
		c->stray += stray;
		return;
	}
	c->sent++;
	c->bounced += balance <= 0;
	if (balance <= 0)
		return;
	c->reached++;
	c->responses += responded;
	for (int i = 0; i < ROWS; i++) {
		int of = ROWS;

		if (counts(m, s, i)) {
			orders++;
			c->revenue += m[i].value * NUM_ONE;
		}
		if (m[i].kind != REFUND || m[i].who != who)
			continue;
		for (int k = ROWS - 1; k >= 0; k--)
			if (is_order(&m[k]) && m[k].who == who &&
			    m[k].ref == m[i].ref)
				of = k;
		if (of < ROWS && counts(m, s, of))
			c->refunds += m[i].value * NUM_ONE;
	}
	c->orders += orders;
	c->customers += orders > 0;
}

/* Of customers 0 and 1, who are held out, and one without events. */
static void
add_control(struct campaign *c, const struct made *m, uint32_t ref)
{
	int begun = 0;

	while (m[begun].kind != SENT || m[begun].ref != ref)
		begun++;
	c->control.whole = 1;
	for (uint32_t who = 0; who < 2; who++) {
		bool bought = false;

		if (first_of(m, SENT, who, ref) < ROWS)
			continue;
		for (int i = begun + 1; i < ROWS; i++)
			bought |= is_order(&m[i]) && m[i].who == who &&
			    m[i].hour / 24 <= m[begun].hour / 24 + DAYS;
		c->control.whole++;
		c->control.part += bought;
	}
}

static void
same(const struct campaign *a, const struct campaign *b)
{
	assert_int_equal(a->sent, b->sent);
	assert_int_equal(a->bounced, b->bounced);
	assert_int_equal(a->reached, b->reached);
	assert_int_equal(a->stray, b->stray);
	assert_int_equal(a->responses, b->responses);
	assert_int_equal(a->customers, b->customers);
	assert_int_equal(a->orders, b->orders);
	assert_int_equal(a->revenue, b->revenue);
	assert_int_equal(a->refunds, b->refunds);
	assert_int_equal(a->control.part, b->control.part);
	assert_int_equal(a->control.whole, b->control.whole);
}

static void
a_second_way_comes_to_the_same_in_any_order(void **state)
{
	struct made made[ROWS];
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 77;

	(void)state;
	for (int i = 0; i < 40; i++) {
		bool held[WHO] = { false };
		struct campaign_ask ask = { .days = DAYS,
			.window = { INT64_MIN, INT64_MAX }, .held = held,
			.members = 3 };
		struct campaign *c;
		struct ran r;
		size_t n;

		make_rows(made, text, row, &seed);
		runs_shuffle(row, ROWS, &seed);
		run(&r, row, ROWS, 1 + (size_t)i % 8, 1 + i % 4);
		held[map_find(&r.journal.people, slice_of("C00"))] = true;
		held[map_find(&r.journal.people, slice_of("C01"))] = true;
		c = answer(&r, &ask, &n);
		assert_int_equal(n, MAILS);
		for (uint32_t k = 0; k < MAILS; k++) {
			struct campaign twin = { 0 };

			for (uint32_t who = 0; who < WHO; who++)
				add_twin(&twin, made, who, k);
			add_control(&twin, made, k);
			same(&c[k], &twin);
		}
		done(&r, c);
	}
}

/* Split, the sides add up to the whole; a side that nothing was sent to has
 * no row, and then the control group is not all there. */
static void
sides_add_up(void **state)
{
	struct made made[ROWS];
	char text[ROWS][RUNS_ROW];
	const char *row[ROWS];
	uint64_t seed = 78;
	int both = 0;

	(void)state;
	for (int i = 0; i < 20; i++) {
		bool held[WHO] = { true, true, true };
		struct campaign_ask ask = { .days = DAYS,
			.window = { INT64_MIN, INT64_MAX }, .held = held,
			.members = 5 };
		struct campaign *c, *d, sum;
		struct ran r;
		size_t n, m, at = 0, from;

		make_rows(made, text, row, &seed);
		run(&r, row, ROWS, 2, 2);
		c = answer(&r, &ask, &n);
		ask.split = true;
		d = answer(&r, &ask, &m);
		for (size_t k = 0; k < n; k++) {
			for (from = at, sum = (struct campaign){ 0 }; at < m &&
			    slice_eq(d[at].name, c[k].name); at++) {
				sum.sent += d[at].sent;
				sum.bounced += d[at].bounced;
				sum.reached += d[at].reached;
				sum.stray += d[at].stray;
				sum.responses += d[at].responses;
				sum.customers += d[at].customers;
				sum.orders += d[at].orders;
				sum.revenue += d[at].revenue;
				sum.refunds += d[at].refunds;
				sum.control.part += d[at].control.part;
				sum.control.whole += d[at].control.whole;
			}
			if (at - from < 2)
				sum.control = c[k].control;
			both += at - from == 2;
			same(&sum, &c[k]);
		}
		assert_int_equal(at, m);
		free(d);
		done(&r, c);
	}
	assert_in_range(both, 5, 80);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_campaign_is_what_came_of_its_customers),
		cmocka_unit_test(new_and_regular_customers_are_told_apart),
		cmocka_unit_test(
		    a_period_has_the_campaigns_that_begin_in_it),
		cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
		cmocka_unit_test(a_second_way_comes_to_the_same_in_any_order),
		cmocka_unit_test(sides_add_up),
	};

	return cmocka_run_group_tests_name("campaign", tests, NULL, NULL);
}
