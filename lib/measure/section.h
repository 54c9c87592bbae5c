/*
 * section - a part of the report: what it wants measured, and the figures
 * that it makes of that.
 *
 * Floor 4 (measure).  Uses: base, crm, cases, consent, funnel, inflow, loop,
 * median, review, score, top, touch.
 *
 * Adding a section is adding a room section-NAME.c, a line below and a line
 * in review.c's table, which is the order of the report.
 */
#ifndef CRM_SECTION_H
#define CRM_SECTION_H

#include "measure/review.h"

struct section {
	size_t size; /* of its room: what the uses need to be told, zeroed */
	size_t uses; /* at most SECTION_USES */
	/* Fill the uses.  The room stays where it is until the end. */
	void (*begin)(void *room, const struct review *r, struct use *use);
	/* After the run, before the figures of any section: lay into r what
	 * others use.  False where a sum does not fit.  May be NULL. */
	bool (*ready)(void *room, struct review *r, struct use *use,
	    const struct map *people, struct err *e);
	/* Add the figures after the run.  False where a sum does not fit. */
	bool (*figures)(void *room, struct review *r, struct use *use,
	    const struct map *people, struct err *e);
	/* Free what the room has besides itself.  May be NULL. */
	void (*end)(void *room);
	bool lasts; /* figures look into what the uses have counted, or it is
	               lent: it is freed at the end, else behind the figures
	               of all sections */
};

enum { SECTION_USES = 4 };

extern const struct section section_health, section_sales, section_found,
    section_nps, section_voice, section_cases, section_funnel,
    section_consent, section_best;

/* Sums over all customers of one side. */
struct section_totals {
	int64_t fresh, active, repeat, regular;
	int64_t earlier, again; /* ordered in the period before; and of them
	                           in this one */
	int64_t orders, revenue, refunds;
};

/*
 * A new figure with nothing in it.  It lives until the next one is added;
 * `section` and `name` live as long as the review.
 */
struct figure *section_new(struct review *r, const char *section,
    struct slice name, enum figure_unit unit);

/* A figure with both values, FIGURE_NONE for what cannot be said, and their
 * difference. */
struct figure *section_add(struct review *r, const char *section,
    const char *name, enum figure_unit unit, int64_t before, int64_t value);

/* The same of a row of a list, whose name is none of ours. */
struct figure *section_row(struct review *r, const char *section,
    struct slice name, enum figure_unit unit, int64_t before, int64_t value);

/* What a customer is called; empty if nobody knows. */
struct slice section_who(const struct review *r, struct slice id);

/* Hundredths of a currency unit as money; SCORE_NONE is FIGURE_NONE. */
int64_t section_cents(int64_t hundredths);

/* A count of independent events, with the p of score_rate_p. */
struct figure *section_count(struct review *r, const char *section,
    const char *name, int64_t before, int64_t value);

/* The same of a row of a list. */
struct figure *section_row_count(struct review *r, const char *section,
    struct slice name, int64_t before, int64_t value);

/* A sum of money by a number of orders or customers. */
struct section_money {
	int64_t sum, n;
};
struct figure *section_money(struct review *r, const char *section,
    const char *name, struct section_money before, struct section_money now);

/* A share, with the p of score_share_change; n is the whole of now. */
struct figure *section_share(struct review *r, const char *section,
    const char *name, struct score_part before, struct score_part now);

#endif
