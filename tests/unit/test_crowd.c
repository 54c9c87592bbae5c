#include "check.h"

#include "base/num.h"
#include "cli/crowd.h"
#include "runs.h"

static const char *const row[] = {
	"2026-01-10\tC1\torder\t20\t\n", "2026-01-11\tC2\torder\t5.5\t\n",
	"2026-01-12\tC2\trefund\t1\t\n", "2026-02-01\tC3\tdeal\t\tD1\n",
	"2026-01-01\t\tnote\t\t\n", "2026-01-12\tC9\tin\t\t\n",
	"2026-03-01\tP1\tleave\t\t\n", "2026-02-01\tP2\tdeal\t\tD2\n",
};

static struct cli c;

/* C1 and C2 belong to F1, whose row comes last; C4 did nothing.  P1 and P2
 * are of A1 and A2, which are of G: that is one step, not two. */
static void
read_customers(void)
{
	struct err e = { 0 };

	assert_true(customers_read(&c.customers, place_input("test", 
	    "id\tname\tcompany\taccount\ttags\n"
	    "C1\tAnn\tFirm\tF1\t\nC2\t\tFirm\tF1\ta, key\nC3\t\tSole\t\tkeys\n"
	    "C4\tBob\t\t\tkey\nF1\t\tFirm Ltd\t\t\n"
	    "P1\t\t\tA1\t\nP2\t\t\tA2\t\nA1\t\t\tG\t\nA2\t\t\tG\t\n"), &e));
	c.have_customers = c.have_aliases = true;
}

static const struct segment_in *
find(const struct crowd *w, const char *id)
{
	for (size_t i = 0; i < w->n; i++)
		if (slice_is(w->in[i].id, id))
			return &w->in[i];
	return NULL;
}

/* Is the row of each that of his own id? */
static void
check_rows(const struct crowd *w)
{
	for (size_t i = 0; i < w->n; i++)
		assert_int_equal(w->row[i],
		    customers_find(&c.customers, w->in[i].id));
}

/* The journal is to be closed behind the crowd. */
static void
gather(struct crowd *w, struct journal *j, bool accounts)
{
	const struct stat_how how = { WINDOW_ALL };
	struct use u = { &stat_measure, &how, NULL };
	struct err e = { 0 };

	runs_open(j, row, LEN(row), 2);
	c.accounts = j->accounts = accounts;
	j->customers = &c.customers;
	j->aliases = &c.aliases;
	assert_true(journal_run(j, &u, 1, &e));
	assert_true(stat_settle(u.state, &j->people, &e));
	crowd_gather(w, &c, &(struct crowd_source){ &j->people, u.state,
		u.state });
	use_free(&u);
}

static void
everybody_is_there_once_and_nobody_is_not(void **state)
{
	struct journal j;
	struct crowd w;

	(void)state;
	gather(&w, &j, false);
	assert_int_equal(w.n, 10);
	assert_int_equal(find(&w, "C2")->net, 45000);
	assert_true(find(&w, "C2")->tagged);
	assert_false(find(&w, "C3")->tagged);
	assert_int_equal(find(&w, "C3")->state, KIND_DEAL);
	assert_int_equal(find(&w, "C3")->state_day, date_days(2026, 2, 1));
	assert_int_equal(find(&w, "C4")->last_ever, DATE_NONE);
	assert_true(find(&w, "C4")->tagged);
	assert_int_equal(find(&w, "P1")->state, KIND_LEAVE);
	assert_int_equal(find(&w, "P2")->state, KIND_DEAL);
	assert_int_equal(find(&w, "C9")->orders, 0);
	assert_null(find(&w, ""));
	check_rows(&w);
	crowd_free(&w);
	journal_close(&j);
}

static void
persons_count_for_their_account(void **state)
{
	const struct segment_in *f;
	struct journal j;
	struct crowd w;

	(void)state;
	gather(&w, &j, true);
	assert_int_equal(w.n, 7);
	f = find(&w, "F1");
	assert_int_equal(f->orders, 2);
	assert_int_equal(f->net, 245000);
	assert_int_equal(f->first_ever, date_days(2026, 1, 10));
	assert_int_equal(f->last_ever, date_days(2026, 1, 11));
	assert_true(f->tagged);
	assert_int_equal(find(&w, "A1")->state, KIND_LEAVE);
	assert_int_equal(find(&w, "A1")->state_day, date_days(2026, 3, 1));
	assert_int_equal(find(&w, "A2")->state, KIND_DEAL);
	assert_int_equal(find(&w, "G")->state, KIND_NONE);
	check_rows(&w);
	crowd_free(&w);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_is_there_once_and_nobody_is_not),
		cmocka_unit_test(persons_count_for_their_account),
	};
	struct err e = { 0 };
	int failed;

	settings_load(&c.settings, NULL, &e);
	read_customers();
	failed = cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
	customers_free(&c.customers);
	settings_free(&c.settings);
	return failed;
}
