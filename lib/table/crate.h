/*
 * crate - a file of bytes in parts, for a command that wants to find again
 * what it knew: whole or not there at all.
 *
 * Floor 2 (table).  Uses: base, file, seal.
 *
 * A head tells the lengths and hashes of the parts, which stand behind it
 * as they are in memory.  A crate that is damaged, cut short, or of a
 * machine with another order of bytes is as good as none.  Nobody else can
 * read a new one (0600).
 */
#ifndef CRM_CRATE_H
#define CRM_CRATE_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "table/seal.h"

enum { CRATE_PARTS = 8 };

struct crate {
	size_t parts; /* 0: there is nothing to be had */
	uint64_t len[CRATE_PARTS];

	/* private */
	int fd;
	uint64_t at[CRATE_PARTS];
	struct seal_hash hash[CRATE_PARTS];
};

/*
 * Open a crate and read its head.  False where a file is there that cannot
 * be read or is no crate (`PATH: not made by crm: it stays as it is`,
 * CRM_DATA); an empty one is as good as none.  crate_close is due in either
 * case.
 */
bool crate_open(struct crate *c, const char *path, struct err *e);

/* Read part i to `to`.  False where it is damaged. */
bool crate_read(const struct crate *c, size_t i, void *to);

/* The same into a buffer, in the place of what that had. */
bool crate_take(const struct crate *c, size_t i, struct buf *to);

/*
 * Bytes of part i from `at` on, as they are: whoever asks for a piece must
 * know by himself whether it is damaged.  False where they are not there.
 */
bool crate_peek(const struct crate *c, size_t i, uint64_t at, void *to,
    size_t len);

void crate_close(struct crate *c);

/* Remove a crate, and what a killed command has left of a new one. */
void crate_remove(const char *path);

/* Is it one, by its first bytes? */
enum { CRATE_MAGIC = 16 };
bool crate_is(struct slice first);

/* A crate being written. */
struct crate_writer {
	/* private */
	const char *path;
	char *real, *temp;
	int fd;         /* of temp, locked; or -1: nothing is written */
	struct err err; /* the first failure */
	size_t parts;
	uint64_t len[CRATE_PARTS];
	struct seal_hash hash[CRATE_PARTS];
	struct seal *seal; /* of the part in hand */
	char *bytes;   /* on their way out: n, as many as `edge` at once */
	size_t n, edge;
};

/*
 * Make or replace a crate: begin; for each part part, and its bytes by add;
 * end, which is due in any case and says whether all is well.  It is written
 * to DIR/.NAME.new, synced and renamed, so that the old one is whole on any
 * failure.  Of two commands that are at it at once only one writes, and both
 * are content.
 */
void crate_begin(struct crate_writer *w, const char *path);
void crate_mode(struct crate_writer *w, mode_t mode); /* instead of 0600 */
void crate_part(struct crate_writer *w);
void crate_add(struct crate_writer *w, const void *at, size_t len);
bool crate_end(struct crate_writer *w, struct err *e);

/* Before it: the old one is to stay. */
void crate_give_up(struct crate_writer *w);

#endif
