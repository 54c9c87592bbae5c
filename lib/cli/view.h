/*
 * view - the sections of a portrait: what those files share that write
 * them, and nobody else needs it.
 *
 * Floor 5 (cli).  Uses: show/page, portrait.
 *
 * A section always begins, so that JSON has all of its keys; one that has
 * nothing to say says nothing more.
 */
#ifndef CRM_VIEW_H
#define CRM_VIEW_H

#include "cli/portrait.h"
#include "show/page.h"

struct view {
	const struct portrait *p;
	struct cli *c;
	struct page page;
	const char *key, *title; /* of the section in hand */
};

/* Begin the section in hand. */
void view_record(struct view *v, const struct show_column *column, size_t n);
void view_list(struct view *v, const struct show_column *column, size_t n);

/* A column of the store's customers by name; row may be MAP_NONE. */
struct slice view_customer(const struct view *v, uint32_t row,
    const char *column);

/* The row of the customer, or MAP_NONE. */
uint32_t view_row(const struct view *v);

/* The threads of a part, a word of one of its events, and whether that
 * event is his. */
struct threads *view_threads(const struct view *v, enum portrait_part part);
void view_word(struct view *v, enum portrait_part part, uint32_t word);
bool view_his(const struct view *v, enum portrait_part part,
    const struct thread_event *event);

/* portrait-person.c: who he is, and to whom he belongs */
void view_master(struct view *v);
void view_people(struct view *v);
void view_origin(struct view *v);
void view_referred(struct view *v);

/* portrait-worth.c: what he is worth, and what he thinks of us */
void view_value(struct view *v);
void view_segment(struct view *v);
void view_scores(struct view *v);
void view_points(struct view *v);

/* portrait-open.c: what is between him and us */
void view_cases(struct view *v);
void view_deals(struct view *v);
void view_tasks(struct view *v);
void view_contracts(struct view *v);
void view_due(struct view *v);

/* portrait-words.c: what may be said, and was said */
void view_consent(struct view *v);
void view_campaigns(struct view *v);
void view_timeline(struct view *v);

#endif
