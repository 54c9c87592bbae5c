/*
 * paged - the pages of an index: what index.c and index-make.c share and
 * nobody else needs.
 *
 * Floor 3 (crm).  Uses: base, table/crate, table/file, index; xxHash.
 *
 * A crate of two parts: of which table it is, and pages.  A hash leads by
 * its upper half to a page, which has an entry for it: 24 bits of the lower
 * half and the byte at which the row begins.
 */
#ifndef CRM_PAGED_H
#define CRM_PAGED_H

#include <sys/stat.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "crm/index.h"
#include "table/crate.h"
#include "table/file.h"

#define PAGED_NAME ".customers.tsv.index"

enum { PAGED_ABOUT, PAGED_PAGES, PAGED_PARTS };

enum {
	PAGED_PAGE = 4096,
	PAGED_ENTRIES = PAGED_PAGE / 8 - 1,
	PAGED_OFFSET = 40, /* bits of an entry; above them the hash */
	PAGED_ROW = 4096,  /* bytes of a row that are looked at */
};

/* Which table it is of, and how; without pages where none can be made. */
struct about {
	struct file_mark table;
	uint64_t key, pages;
};

/* Entries of the hashes that lead to this page; 0 behind them. */
struct page {
	uint64_t seal;
	uint64_t entry[PAGED_ENTRIES];
};

static inline uint64_t
paged_id(uint64_t key, struct slice s)
{
	return XXH3_64bits_withSeed(s.at, s.len, key);
}

static inline uint64_t
paged_mail(uint64_t key, struct slice folded)
{
	return XXH3_64bits_withSeed(folded.at, folded.len, ~key);
}

/* The number of the page that a hash leads to. */
static inline uint64_t
paged_number(uint64_t hash, uint64_t pages)
{
	return (hash >> 32) * pages >> 32;
}

static inline uint64_t
paged_seal(const struct page *p, uint64_t number)
{
	return XXH3_64bits_withSeed(p->entry, sizeof p->entry, number);
}

/* Open customers.tsv, or -1. */
int paged_table(const struct store *s, struct stat *st);

/* Open the index and read of which table it is; crate_close is due in
 * either case. */
bool paged_open(struct crate *c, const struct store *s, struct about *a);

/* Is this a plain table whose first column is the id? */
bool paged_ids_first(int table);

/* Does a row, and a whole one, begin at this byte of the table? */
bool paged_row(int table, uint64_t at, char room[static PAGED_ROW],
    struct slice *line);

/* Field c of a line. */
struct slice paged_field(struct slice line, int c);

#endif
