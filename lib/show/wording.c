#include "show/wording.h"

#include <string.h>

#include "base/tr.h"

/* In their order.  Where there is nothing to tell they say so, or are left
 * out. */
static const struct wording sections[] = {
	{ "health", N_("Customer relationship"), NULL, WORDING_OURS },
	{ "customers", N_("Customers"), NULL, WORDING_OURS },
	{ "sales", N_("Sales"), NULL, WORDING_OURS },
	{ "source", N_("Source of new customers"), NULL, WORDING_LISTED },
	{ "touch", N_("First touch by channel"), NULL, WORDING_LISTED },
	{ "referrals", N_("Referrals by customer"), NULL, WORDING_LISTED },
	{ "nps", N_("Recommendation (NPS)"), N_("nobody was asked"),
	    WORDING_OURS },
	{ "nps_channel", N_("NPS by channel"), NULL, WORDING_LISTED_ANSWERS },
	{ "csat_channel", N_("Satisfaction by channel"), NULL,
	    WORDING_LISTED_ANSWERS },
	{ "ces_channel", N_("Ease by channel"), NULL, WORDING_LISTED_ANSWERS },
	{ "tone_channel", N_("Impression by channel"), NULL,
	    WORDING_LISTED_TONES },
	{ "nps_person", N_("NPS by person"), NULL, WORDING_LISTED_ANSWERS },
	{ "csat_person", N_("Satisfaction by person"), NULL,
	    WORDING_LISTED_ANSWERS },
	{ "ces_person", N_("Ease by person"), NULL, WORDING_LISTED_ANSWERS },
	{ "tone_person", N_("Impression by person"), NULL,
	    WORDING_LISTED_TONES },
	{ "unmet", N_("Needs not met"), NULL, WORDING_LISTED },
	{ "loop", N_("Closed loop"), NULL, WORDING_OURS_BUT_ZEROS },
	{ "cases", N_("Complaints and requests"), N_("none"),
	    WORDING_OURS_BUT_ZEROS },
	{ "funnel", N_("Sales chances"), NULL, WORDING_OURS_BUT_ZEROS },
	{ "consent", N_("Consent"), NULL, WORDING_OURS_BUT_ZEROS },
	{ "consents", N_("May be addressed by/for"), NULL, WORDING_LISTED },
	{ "best", N_("Best customers"), N_("nobody ordered"),
	    WORDING_LISTED_ORDERS },
	{ "falling", N_("Falling customers"), N_("none"),
	    WORDING_LISTED_ORDERS },
	{ "goals", N_("Goals"), NULL, WORDING_NOTES },
	{ "alarm", N_("Alarms"), NULL, WORDING_NOTES },
	{ "due", N_("To be done by now"), NULL, WORDING_OURS_BUT_ZEROS },
	{ "urgent", N_("Longest overdue"), NULL, WORDING_NOTES },
};

static const struct label {
	const char *section, *name, *words;
} labels[] = {
	{ "health", "orientation", N_("Orientation (in time)") },
	{ "health", "satisfaction", N_("Satisfaction (4 or 5)") },
	{ "health", "loyalty", N_("Loyalty (bought again)") },
	{ "health", "value", N_("Value (per customer)") },
	{ "customers", "new", N_("New customers") },
	{ "customers", "active", N_("Customers who ordered") },
	{ "customers", "regular", N_("Regular customers") },
	{ "sales", "orders", N_("Orders") },
	{ "sales", "revenue", N_("Revenue") },
	{ "sales", "refunds", N_("Refunds") },
	{ "sales", "basket", N_("Mean basket") },
	{ "sales", "repeat_rate", N_("Share of repeat buyers") },
	{ "nps", "score", N_("NPS (-100 to 100)") },
	{ "nps", "low", N_("Interval from (95 %)") },
	{ "nps", "high", N_("Interval to (95 %)") },
	{ "loop", "answers", N_("Answers to surveys") },
	{ "loop", "taken_up", N_("Answers taken up") },
	{ "loop", "low_taken_up", N_("Low answers taken up") },
	{ "cases", "opened", N_("Cases opened") },
	{ "cases", "solved", N_("Cases solved") },
	{ "cases", "open", N_("Cases open at the end") },
	{ "cases", "overdue", N_("Of these overdue") },
	{ "cases", "reply_hours", N_("Median hours to reply") },
	{ "cases", "solve_hours", N_("Median hours to solve") },
	{ "cases", "by_first", N_("Solved by first owner") },
	{ "cases", "refunds", N_("Number of refunds") },
	{ "cases", "contacts", N_("Contacts by customers") },
	{ "cases", "outside_hours", N_("Outside business hours") },
	{ "funnel", "opened", N_("Deals opened") },
	{ "funnel", "won", N_("Deals won") },
	{ "funnel", "lost", N_("Deals lost") },
	{ "funnel", "won_value", N_("Value won") },
	{ "funnel", "lost_value", N_("Value lost") },
	{ "funnel", "win_rate", N_("Win rate") },
	{ "funnel", "open", N_("Deals open at the end") },
	{ "funnel", "open_value", N_("Their value") },
	{ "funnel", "overdue", N_("Past their day") },
	{ "funnel", "forecast_this_month", N_("Forecast, this month") },
	{ "funnel", "forecast_next_month", N_("Forecast, next month") },
	{ "funnel", "velocity", N_("Velocity (value a day)") },
	{ "consent", "confirmed", N_("Consents confirmed") },
	{ "consent", "withdrawn", N_("Consents withdrawn") },
	{ "consent", "customers", N_("Customers with consent") },
	{ "alarms", "surge", N_("Surges of complaints") },
	{ "alarms", "nps", N_("Falls of the NPS") },
	{ "alarms", "silent", N_("Silent key accounts") },
	{ "alarms", "impression", N_("Displeased customers") },
	{ "alarms", "overdue", N_("Overdue cases") },
	{ "alarms", "goal", N_("Goals off track") },
	{ "alarms", "contract", N_("Contracts that end") },
	{ "due", "task", N_("Tasks") },
	{ "due", "reply", N_("Replies owed") },
	{ "due", "solve", N_("Solutions owed") },
	{ "due", "follow_up", N_("Follow-ups") },
	{ "due", "wake", N_("Customers to wake") },
	{ "due", "birthday", N_("Birthdays") },
	{ "due", "thanks", N_("Thanks owed") },
	{ "due", "apology", N_("Apologies owed") },
	{ "due", "deal", N_("Deals to close") },
	{ "due", "contract", N_("Contracts that end") },
	{ "due", "voucher", N_("Vouchers that end") },
	{ "due", "overdue", N_("Overdue in all") },
};

const struct wording *
wording_at(size_t i)
{
	return i < LEN(sections) ? &sections[i] : NULL;
}

const struct wording *
wording_of(const char *key)
{
	const struct wording *s;

	for (size_t i = 0; (s = wording_at(i)) != NULL; i++)
		if (strcmp(s->key, key) == 0)
			return s;
	return NULL;
}

bool
wording_listed(const struct wording *s)
{
	return s != NULL && s->rows >= WORDING_LISTED &&
	    s->rows < WORDING_NOTES;
}

const char *
wording_label(const struct figure *f)
{
	for (size_t i = 0; i < LEN(labels); i++)
		if (strcmp(labels[i].section, f->section) == 0 &&
		    slice_is(f->name, labels[i].name))
			return _(labels[i].words);
	return NULL;
}

const char *
wording_count(const struct wording *s, unsigned long n)
{
	switch (s == NULL ? WORDING_OURS : s->rows) {
	case WORDING_LISTED_ORDERS:
		return ngettext("%lld order", "%lld orders", n);
	case WORDING_LISTED_ANSWERS:
		return ngettext("%lld answer", "%lld answers", n);
	case WORDING_LISTED_TONES:
		return ngettext("%lld impression", "%lld impressions", n);
	default:
		return NULL;
	}
}
