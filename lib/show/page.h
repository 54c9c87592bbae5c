/*
 * page - an answer of several sections about one thing.
 *
 * Floor 4 (show).  Uses: base, cell, show.
 *
 * A section is a record (one field below the other) or a list (a table of
 * its own).  Formats:
 *
 *   table, md    headed sections; empty fields and empty lists are left out
 *   json         one object: a record is an object, a list an array of them
 *   tsv, csv     one table `section field value`; empty fields are left out,
 *                and each row of a list begins with its first column
 *
 * Keys of sections and names of columns are never translated; titles and
 * headings, given as N_("..."), are translated here.
 */
#ifndef CRM_PAGE_H
#define CRM_PAGE_H

#include "show/show.h"

struct page {
	struct show *out;

	/* private: the section in hand */
	const char *key, *title;
	const struct show_column *column;
	size_t cols, at, rows;
	bool list;
	size_t sections;
	int width; /* of the labels of a record */
	struct buf line, room;
};

void page_begin(struct page *p, struct show *out);

/* Begin a section, after the end of the one before.  The arguments live
 * until it ends. */
void page_section(struct page *p, const char *key, const char *title,
    const struct show_column *column, size_t n, bool list);

/* The next field, as tables have it; after n of them the record is full,
 * or the next row of the list begins. */
void page_field(struct page *p, struct slice field);

/* The same from a text without anything to escape. */
void page_text(struct page *p, const char *text);
void page_empty(struct page *p);

/* The same from typed values, as show.h writes them. */
void page_int(struct page *p, int64_t v);
void page_fixed(struct page *p, int64_t v, int places); /* INT64_MIN empty */
void page_money(struct page *p, int64_t v);             /* INT64_MIN empty */
void page_day(struct page *p, int32_t day);             /* DATE_NONE empty */
void page_time(struct page *p, int64_t time);           /* INT64_MIN empty */

/* End the section in hand; done by those that follow if need be. */
void page_end_section(struct page *p);

void page_end(struct page *p);

#endif
