#include "crm/kinds.h"

#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "base/tr.h"

/* What most kinds have in common, in the order of struct kind_info. */
#define PLAIN VALUE_NONE, false, 0, 0
#define MINUTES VALUE_MINUTES, false, 0, 0
#define AMOUNT VALUE_AMOUNT, true, 0, 0
#define PERHAPS VALUE_AMOUNT, false, 0, 0
#define POINTS VALUE_POINTS, true, 0, 0
#define SCORE(min, max) VALUE_SCORE, true, min, max

/* name; family; customer; value, needed, from, to; ref; topic is a code;
 * is a contact; help */
static const struct kind_info kinds[KINDS] = {
	[KIND_IN] = { "in", FAMILY_NONE, true, MINUTES, REF_NONE, false, true,
	    N_("the customer turned to us") },
	[KIND_OUT] = { "out", FAMILY_NONE, true, MINUTES, REF_NONE, false,
	    true, N_("we turned to the customer") },
	[KIND_VISIT] = { "visit", FAMILY_NONE, true, MINUTES, REF_NONE, false,
	    true, N_("met in person") },
	[KIND_WEB] = { "web", FAMILY_NONE, false, PLAIN, REF_NONE, false,
	    false, N_("a touchpoint without a person") },
	[KIND_NOTE] = { "note", FAMILY_CASE, false, PLAIN, REF_FREE, false,
	    false, N_("internal note") },
	[KIND_APOLOGY] = { "apology", FAMILY_CASE, true, PLAIN, REF_FREE,
	    false, false, N_("we apologised") },
	[KIND_THANKS] = { "thanks", FAMILY_SURVEY, true, PLAIN, REF_FREE,
	    false, false, N_("we thanked for feedback") },
	[KIND_ORDER] = { "order", FAMILY_ORDER, true, AMOUNT, REF_FREE, true,
	    false, N_("money in: an order") },
	[KIND_REFUND] = { "refund", FAMILY_ORDER, true, AMOUNT, REF_FREE,
	    true, false, N_("money back") },
	[KIND_ITEM] = { "item", FAMILY_ORDER, true, AMOUNT, REF_FREE, true,
	    false, N_("a line of an order or a deal; topic is the product") },
	[KIND_COST] = { "cost", FAMILY_CAMPAIGN, false, AMOUNT, REF_FREE,
	    true, false, N_("what the customer cost us") },
	[KIND_NPS] = { "nps", FAMILY_SURVEY, false, SCORE(0, 10), REF_FREE,
	    false, false, N_("would recommend us: 0 to 10") },
	[KIND_CSAT] = { "csat", FAMILY_SURVEY, false, SCORE(1, 5), REF_FREE,
	    false, false, N_("is satisfied: 1 to 5") },
	[KIND_CES] = { "ces", FAMILY_SURVEY, false, SCORE(1, 7), REF_FREE,
	    false, false, N_("found it easy: 1 to 7") },
	[KIND_NEED] = { "need", FAMILY_NONE, true, PLAIN, REF_NONE, false,
	    false, N_("a need heard; topic says which") },
	[KIND_UNMET] = { "unmet", FAMILY_NONE, true, PLAIN, REF_NONE, false,
	    false, N_("a need that we could not meet") },
	[KIND_COMPLAINT] = { "complaint", FAMILY_CASE, true, PLAIN, REF_MADE,
	    false, true, N_("opens a case: a complaint") },
	[KIND_REQUEST] = { "request", FAMILY_CASE, true, PLAIN, REF_MADE,
	    false, true, N_("opens a case: a request") },
	[KIND_ASSIGN] = { "assign", FAMILY_CASE, true, PLAIN, REF_NEEDED,
	    false, false, N_("one of us takes the case") },
	[KIND_REPLY] = { "reply", FAMILY_CASE, true, PLAIN, REF_NEEDED, false,
	    true, N_("our answer to the customer") },
	[KIND_SOLVE] = { "solve", FAMILY_CASE, true, PLAIN, REF_NEEDED, false,
	    false, N_("the case is solved; text says how") },
	[KIND_REOPEN] = { "reopen", FAMILY_CASE, true, PLAIN, REF_NEEDED,
	    false, false, N_("the case is open again") },
	[KIND_DEAL] = { "deal", FAMILY_DEAL, true, PERHAPS, REF_MADE, true,
	    false, N_("a sales chance opens or moves; topic is the stage") },
	[KIND_WON] = { "won", FAMILY_DEAL, true, PERHAPS, REF_NEEDED, true,
	    false, N_("the deal is won; topic is the reason") },
	[KIND_LOST] = { "lost", FAMILY_DEAL, true, PERHAPS, REF_NEEDED, true,
	    false, N_("the deal is lost; topic is the reason") },
	[KIND_SENT] = { "sent", FAMILY_CAMPAIGN, true, PLAIN, REF_FREE, false,
	    false, N_("a campaign reached the customer") },
	[KIND_RESPONSE] = { "response", FAMILY_CAMPAIGN, true, PLAIN,
	    REF_FREE, false, false, N_("a reaction to a campaign") },
	[KIND_BOUNCE] = { "bounce", FAMILY_CAMPAIGN, true, PLAIN, REF_FREE,
	    false, false, N_("a campaign could not be delivered") },
	[KIND_ASK] = { "ask", FAMILY_CONSENT, true, PLAIN, REF_FREE, true,
	    false, N_("consent asked for; topic is the purpose") },
	[KIND_CONFIRM] = { "confirm", FAMILY_CONSENT, true, PLAIN, REF_FREE,
	    true, false, N_("consent confirmed") },
	[KIND_WITHDRAW] = { "withdraw", FAMILY_CONSENT, true, PLAIN, REF_FREE,
	    true, false, N_("consent withdrawn") },
	[KIND_EARN] = { "earn", FAMILY_POINTS, true, POINTS, REF_FREE, false,
	    false, N_("bonus points earned") },
	[KIND_REDEEM] = { "redeem", FAMILY_POINTS, true, POINTS, REF_FREE,
	    false, false, N_("points or a voucher redeemed") },
	[KIND_VOUCHER] = { "voucher", FAMILY_POINTS, true, AMOUNT, REF_FREE,
	    false, false, N_("a voucher given out, good until due") },
	[KIND_TODO] = { "todo", FAMILY_TASK, true, PLAIN, REF_MADE, false,
	    false, N_("a task for one of us, by the day due") },
	[KIND_DONE] = { "done", FAMILY_TASK, true, PLAIN, REF_NEEDED, false,
	    false, N_("the task is done") },
	[KIND_CONTRACT] = { "contract", FAMILY_CONTRACT, true, PERHAPS,
	    REF_MADE, false, false,
	    N_("a contract that ends on the day due") },
	[KIND_LEAVE] = { "leave", FAMILY_NONE, true, PLAIN, REF_NONE, false,
	    false, N_("the customer left; topic says why") },
	[KIND_RETURN] = { "return", FAMILY_NONE, true, PLAIN, REF_NONE, false,
	    false, N_("the customer came back") },
	[KIND_OWN] = { "x-...", FAMILY_NONE, false, VALUE_ANY, false, 0, 0,
	    REF_FREE, false, false, N_("a kind of your own") },
};

/*
 * Where each name is found: a hash of first, middle and last byte and the
 * length that is different for each.  The factors were searched for; were
 * two names to meet, the compiler would refuse the second initializer.
 */
enum { LONGEST = 9 };
#define SLOTS 128u
#define SLOT(first, middle, last, len) \
	(((first) + (middle) * 9u + (last) * 30u + (len) * 5u) % SLOTS)

static const uint8_t slot[SLOTS] = {
	[SLOT('i', 'n', 'n', 2)] = KIND_IN,
	[SLOT('o', 'u', 't', 3)] = KIND_OUT,
	[SLOT('v', 's', 't', 5)] = KIND_VISIT,
	[SLOT('w', 'e', 'b', 3)] = KIND_WEB,
	[SLOT('n', 't', 'e', 4)] = KIND_NOTE,
	[SLOT('a', 'l', 'y', 7)] = KIND_APOLOGY,
	[SLOT('t', 'n', 's', 6)] = KIND_THANKS,
	[SLOT('o', 'd', 'r', 5)] = KIND_ORDER,
	[SLOT('r', 'u', 'd', 6)] = KIND_REFUND,
	[SLOT('i', 'e', 'm', 4)] = KIND_ITEM,
	[SLOT('c', 's', 't', 4)] = KIND_COST,
	[SLOT('n', 'p', 's', 3)] = KIND_NPS,
	[SLOT('c', 'a', 't', 4)] = KIND_CSAT,
	[SLOT('c', 'e', 's', 3)] = KIND_CES,
	[SLOT('n', 'e', 'd', 4)] = KIND_NEED,
	[SLOT('u', 'm', 't', 5)] = KIND_UNMET,
	[SLOT('c', 'l', 't', 9)] = KIND_COMPLAINT,
	[SLOT('r', 'u', 't', 7)] = KIND_REQUEST,
	[SLOT('a', 'i', 'n', 6)] = KIND_ASSIGN,
	[SLOT('r', 'p', 'y', 5)] = KIND_REPLY,
	[SLOT('s', 'l', 'e', 5)] = KIND_SOLVE,
	[SLOT('r', 'p', 'n', 6)] = KIND_REOPEN,
	[SLOT('d', 'a', 'l', 4)] = KIND_DEAL,
	[SLOT('w', 'o', 'n', 3)] = KIND_WON,
	[SLOT('l', 's', 't', 4)] = KIND_LOST,
	[SLOT('s', 'n', 't', 4)] = KIND_SENT,
	[SLOT('r', 'o', 'e', 8)] = KIND_RESPONSE,
	[SLOT('b', 'n', 'e', 6)] = KIND_BOUNCE,
	[SLOT('a', 's', 'k', 3)] = KIND_ASK,
	[SLOT('c', 'f', 'm', 7)] = KIND_CONFIRM,
	[SLOT('w', 'd', 'w', 8)] = KIND_WITHDRAW,
	[SLOT('e', 'r', 'n', 4)] = KIND_EARN,
	[SLOT('r', 'e', 'm', 6)] = KIND_REDEEM,
	[SLOT('v', 'c', 'r', 7)] = KIND_VOUCHER,
	[SLOT('t', 'd', 'o', 4)] = KIND_TODO,
	[SLOT('d', 'n', 'e', 4)] = KIND_DONE,
	[SLOT('c', 'r', 't', 8)] = KIND_CONTRACT,
	[SLOT('l', 'a', 'e', 5)] = KIND_LEAVE,
	[SLOT('r', 'u', 'n', 6)] = KIND_RETURN,
};

const struct kind_info *
kind_info(enum kind kind)
{
	return &kinds[kind];
}

/* Only where a name could be; an empty slot leads to the name of KIND_IN,
 * which then differs.  Words have zeros behind short names, so a name must
 * not end in one, and the name that is found must end where it does. */
enum kind
kind_of(struct slice name)
{
	const unsigned char *p = (const unsigned char *)name.at;
	size_t n = name.len;
	uint8_t kind;

	if (n > 2 && p[0] == 'x' && p[1] == '-')
		return KIND_OWN;
	if (n < 2 || n > LONGEST || p[n - 1] == '\0')
		return KIND_NONE;
	kind = slot[SLOT(p[0], p[n / 2], p[n - 1], n)];
	if (slice_word(name.at, n < 8 ? n : 8) !=
		slice_word(kinds[kind].name, 8) ||
	    (n > 8 && name.at[8] != kinds[kind].name[8]) ||
	    kinds[kind].name[n] != '\0')
		return KIND_NONE;
	return kind;
}

static const char *
not_score(const struct kind_info *k)
{
	switch (k->max) {
	case 5: return _("not a score from 1 to 5");
	case 7: return _("not a score from 1 to 7");
	default: return _("not a score from 0 to 10");
	}
}

static const char *
score(const struct kind_info *k, struct slice s, int64_t *value)
{
	int64_t v;

	if (num_int(s, k->min, k->max, &v) != NULL)
		return not_score(k);
	*value = v * NUM_ONE;
	return NULL;
}

const char *
kind_value(enum kind kind, struct slice field, int64_t *value)
{
	const struct kind_info *k = &kinds[kind];

	if (field.len == 0) {
		*value = INT64_MIN;
		return k->value_needed ? _("missing") : NULL;
	}
	if (k->value == VALUE_SCORE)
		return score(k, field, value);
	return num_dec(field, value);
}

struct slice
kind_near(struct slice name)
{
	struct slice names[KIND_OWN];

	for (size_t i = 0; i < KIND_OWN; i++)
		names[i] = slice_of(kinds[i].name);
	return near_word(name, names, KIND_OWN);
}
