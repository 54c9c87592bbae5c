/* What a customer is worth, and what he thinks of us; part of portrait.h. */
#include "base/num.h"
#include "cli/view.h"

void
view_value(struct view *v)
{
	static const struct show_column column[] = {
		{ "orders", SHOW_NUMBER, N_("orders") },
		{ "revenue", SHOW_NUMBER, N_("revenue") },
		{ "refunds", SHOW_NUMBER, N_("refunds") },
		{ "net", SHOW_NUMBER, N_("net sales") },
		{ "basket", SHOW_NUMBER, N_("mean basket") },
		{ "cost", SHOW_NUMBER, N_("cost") },
		{ "first_order", SHOW_TEXT, N_("first order") },
		{ "last_order", SHOW_TEXT, N_("last order") },
		{ "contacts", SHOW_NUMBER, N_("contacts") },
		{ "minutes", SHOW_NUMBER, N_("minutes") },
		{ "last_contact", SHOW_TEXT, N_("last contact") },
	};
	const struct stat_row *s = &v->p->stat;
	struct page *page = &v->page;

	view_record(v, column, LEN(column));
	page_int(page, s->orders);
	page_money(page, s->revenue);
	page_money(page, s->refunds);
	page_money(page, s->revenue - s->refunds);
	page_fixed(page, s->orders == 0 ? INT64_MIN :
	    num_div(s->revenue, s->orders * (NUM_ONE / 100)), 2);
	page_money(page, s->cost);
	page_day(page, s->first_order);
	page_day(page, s->last_order);
	page_int(page, s->contacts);
	page_money(page, s->minutes);
	page_time(page, s->last_contact);
}

void
view_segment(struct view *v)
{
	static const struct show_column column[] = {
		{ "abc", SHOW_TEXT, N_("ABC class") },
		{ "share", SHOW_NUMBER, N_("share of all sales, per cent") },
		{ "rfm", SHOW_TEXT, N_("recency, frequency, money") },
		{ "segment", SHOW_TEXT, N_("segment") },
		{ "stage", SHOW_TEXT, N_("stage") },
		{ "key", SHOW_TEXT, N_("key account") },
	};
	const struct segment_out *o = &v->p->segment;
	char abc[2] = { 0 }, rfm[4] = { 0 };

	view_record(v, column, LEN(column));
	if (!v->p->placed)
		return;
	abc[0] = o->of.abc;
	for (int i = 0; o->rfm[0] != 0 && i < 3; i++)
		rfm[i] = (char)('0' + o->rfm[i]);
	page_text(&v->page, abc);
	page_fixed(&v->page, o->share, 2);
	page_text(&v->page, rfm);
	page_field(&v->page, segments_name(&v->p->names, o->rfm));
	page_text(&v->page, segment_stage[o->of.stage]);
	page_text(&v->page, o->of.key ? "yes" : "no");
}

/* The last impression and the last answer to each survey. */
void
view_scores(struct view *v)
{
	static const struct show_column column[] = {
		{ "score", SHOW_TEXT, N_("score") },
		{ "value", SHOW_NUMBER, N_("value") },
		{ "time", SHOW_TEXT, N_("time") },
		{ "text", SHOW_TEXT, N_("text") },
	};
	static const enum kind kinds[] = { KIND_NONE, KIND_NPS, KIND_CSAT,
		KIND_CES };
	const struct story *s = v->p->story;

	view_list(v, column, LEN(column));
	for (size_t k = 0; k < LEN(kinds); k++) {
		size_t i = story_latest(s, kinds[k]);
		bool tone = kinds[k] == KIND_NONE;

		if (i == s->n)
			continue;
		page_text(&v->page,
		    tone ? "tone" : kind_info(kinds[k])->name);
		page_field(&v->page, story_field(s, i,
		    tone ? EVENT_TONE : EVENT_VALUE));
		page_time(&v->page, s->event[i].time);
		page_field(&v->page, story_field(s, i, EVENT_TEXT));
	}
}

static void
put_points(struct page *page, const struct points *p)
{
	page_int(page, p->balance);
	page_field(page, p->tier);
	page_int(page, p->year);
	page_int(page, p->earned);
	page_int(page, p->returned);
	page_int(page, p->redeemed);
	page_int(page, p->expired);
	page_int(page, p->expiring);
	page_day(page, p->expires);
	page_int(page, p->given);
	page_int(page, p->used);
	page_int(page, p->lapsed);
	page_money(page, p->open_value);
	page_day(page, p->open_due);
}

void
view_points(struct view *v)
{
	static const struct show_column column[] = {
		{ "balance", SHOW_NUMBER, N_("balance") },
		{ "tier", SHOW_TEXT, N_("tier") },
		{ "year", SHOW_NUMBER, N_("in 12 months") },
		{ "earned", SHOW_NUMBER, N_("earned") },
		{ "returned", SHOW_NUMBER, N_("taken back") },
		{ "redeemed", SHOW_NUMBER, N_("redeemed") },
		{ "expired", SHOW_NUMBER, N_("expired") },
		{ "expiring", SHOW_NUMBER, N_("soon to expire") },
		{ "expires", SHOW_TEXT, N_("good until") },
		{ "vouchers", SHOW_NUMBER, N_("vouchers") },
		{ "vouchers_redeemed", SHOW_NUMBER, N_("of them redeemed") },
		{ "vouchers_expired", SHOW_NUMBER, N_("of them expired") },
		{ "voucher_value", SHOW_NUMBER, N_("open value") },
		{ "voucher_due", SHOW_TEXT, N_("first ends") },
	};

	view_record(v, column, LEN(column));
	if (v->p->points.any)
		put_points(&v->page, &v->p->points);
}
