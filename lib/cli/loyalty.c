#include "cli/loyalty.h"

#include "base/num.h"

static const struct show_column column[] = {
	{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
	{ "balance", SHOW_NUMBER, N_("balance") },
	{ "tier", SHOW_TEXT, N_("tier") },
	{ "year", SHOW_NUMBER, N_("in 12 months") },
	{ "earned", SHOW_NUMBER, N_("earned") },
	{ "returned", SHOW_NUMBER, N_("taken back") },
	{ "redeemed", SHOW_NUMBER, N_("redeemed") },
	{ "expired", SHOW_NUMBER, N_("expired") },
	{ "shortfall", SHOW_NUMBER, N_("not covered") },
	{ "expiring", SHOW_NUMBER, N_("soon to expire") },
	{ "expires", SHOW_TEXT, N_("good until") },
	{ "vouchers", SHOW_NUMBER, N_("vouchers") },
	{ "vouchers_redeemed", SHOW_NUMBER, N_("of them redeemed") },
	{ "vouchers_expired", SHOW_NUMBER, N_("of them expired") },
	{ "voucher_value", SHOW_NUMBER, N_("open value") },
	{ "voucher_due", SHOW_TEXT, N_("first ends") },
	{ "stray", SHOW_NUMBER, N_("unknown vouchers") },
};

/* Are points or a voucher at their end soon? */
static bool
ends_soon(const struct points *p, const struct points_rules *r)
{
	return p->expiring > 0 || (p->open_due != DATE_NONE &&
	    (int64_t)p->open_due <= (int64_t)r->today + r->soon);
}

static void
write_row(struct cli *c, struct slice id, const struct points *p)
{
	struct show *out = &c->out;

	show_field(out, id);
	show_field(out, customers_name(cli_customers(c), id));
	show_int(out, p->balance);
	show_field(out, p->tier);
	show_int(out, p->year);
	show_int(out, p->earned);
	show_int(out, p->returned);
	show_int(out, p->redeemed);
	show_int(out, p->expired);
	show_int(out, p->shortfall);
	show_int(out, p->expiring);
	show_day(out, p->expires);
	show_int(out, p->given);
	show_int(out, p->used);
	show_int(out, p->lapsed);
	show_money(out, p->open_value);
	show_day(out, p->open_due);
	show_int(out, p->stray);
	show_row(out);
}

/* Findings go beside the table: what was redeemed without being there. */
static void
warn_findings(size_t shortfalls, size_t strays)
{
	if (shortfalls > 0)
		warn(ngettext("%zu customer has used points that were not "
		    "there", "%zu customers have used points that were not "
		    "there", shortfalls), shortfalls);
	if (strays > 0)
		warn(ngettext("%zu customer has used a voucher that does not "
		    "fit", "%zu customers have used vouchers that do not fit",
		    strays), strays);
}

/* A sum that is too large is told before any row is written. */
static void
check_sums(struct points_walk *w)
{
	const struct threads *t = w->t;
	struct err e = { 0 };
	struct points p;

	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		die_unless(points_of(w, t->event + at, end - at, &p, &e), &e);
	}
}

static void
write_table(struct cli *c, const struct loyalty_ask *ask,
    struct points_walk *w)
{
	const struct threads *t = w->t;
	size_t shortfalls = 0, strays = 0;
	struct err e = { 0 };
	struct points p;

	check_sums(w);
	show_begin(&c->out, column, LEN(column));
	for (size_t at = 0, end; at < t->n; at = end) {
		end = thread_end(t, at);
		points_of(w, t->event + at, end - at, &p, &e);
		if (!p.any || (c->where != NULL && !p.chosen) ||
		    (ask->only && !ends_soon(&p, w->rules)))
			continue;
		write_row(c, thread_customer(t, &t->event[at]), &p);
		shortfalls += p.shortfall > 0;
		strays += p.stray > 0;
	}
	show_end(&c->out);
	warn_findings(shortfalls, strays);
}

struct points_rules
loyalty_rules(const struct cli *c, struct tiers *tiers, int32_t soon)
{
	const int64_t *set = c->settings.number;

	tiers_parse(tiers, slice_of(c->settings.text[SET_POINTS_TIERS]));
	return (struct points_rules){
		.per_unit = set[SET_POINTS_PER_UNIT],
		.minimum = set[SET_POINTS_MINIMUM],
		.expiry_days = (int32_t)(set[SET_POINTS_EXPIRY_DAYS] /
		    NUM_ONE),
		.tiers = tiers, .first = c->days.first, .today = c->today,
		.soon = soon,
	};
}

void
loyalty_write(struct cli *c, const struct loyalty_ask *ask)
{
	struct tiers tiers;
	struct points_rules rules = loyalty_rules(c, &tiers, ask->soon);
	struct thread_how how = points_how(&rules);
	struct use use = { &thread_measure, &how, NULL };
	struct points_walk w = { .rules = &rules };
	struct journal j;

	cli_journal(c, &j, c->operand, (size_t)c->operands);
	j.marks = true;
	cli_run(c, &j, &use, 1);
	thread_sort(use.state, &j.people, THREAD_BY_CUSTOMER);
	w.t = use.state;
	write_table(c, ask, &w);
	points_free(&w);
	use_free(&use);
	journal_close(&j);
}
