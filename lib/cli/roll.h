/*
 * roll - all customers in byte order of their ids: those that were counted
 * just now, woven into those that a state file keeps.
 *
 * Floor 5 (cli).  Uses: base, measure/slot, kept.
 *
 * They come in pieces, which threads take by turns (base/turns).  What is kept
 * is read piece by piece into memory that a thread has already, and added to
 * what is new of the same customers; all others are looked at where they lie.
 */
#ifndef CRM_ROLL_H
#define CRM_ROLL_H

#include "base/turns.h"
#include "cli/kept.h"

enum { ROLL_PIECE = 1024 }; /* customers of a piece that is not woven */

struct roll {
	/* set by the caller; the rest is zeros */
	struct stat *stat;   /* what was counted just now, and of whom */
	const struct map *people;
	struct kept kept;    /* what else there is, or zeros */
	bool dated;          /* the order days of all are asked for, too */

	/* answers */
	size_t pieces;
	bool lost;           /* a piece of what was kept is not what it was */
	struct err err;      /* why it cannot be told */

	/* private */
	size_t given;        /* pieces, that one too */
	struct buf from;     /* the first id of a piece that was lost */
	uint32_t *order;     /* people, in the order of ids */
	uint32_t laid;       /* how many there were */
	struct roll_piece *piece;
};

/* Whoever has been counted so far: in order, in pieces. */
void roll_lay(struct roll *r);

/*
 * Once all has been counted: can the sums and order days of all customers be
 * told?  False with the words of stat_settle in r->err, or r->lost.
 */
bool roll_settle(struct roll *r);

/* Once all that was kept has been counted after all, because some was lost: the
 * roll goes on without. */
void roll_go_on(struct roll *r);

/* Then: leave out whoever was in the pieces before the one that was lost. */
void roll_pass(struct roll *r);

/* May there be a sum that is too large? */
bool roll_is_large(const struct roll *r);

/* A customer: where he was counted, and his number there.  Or some that are
 * kept, one behind the other, and nothing is new of: stat is NULL then. */
struct roll_item {
	struct slice id; /* QUICK_SLACK bytes of it can be read */
	const struct stat *stat;
	uint32_t who, to; /* the kept from `who` to `to` - 1 */
};

/* How many customers an item is. */
static inline size_t
roll_people(const struct roll_item *it)
{
	return it->stat == NULL ? it->to - it->who : 1;
}

/* What a thread has; zeros at first. */
struct roll_hand {
	struct roll_item *item; /* of the piece in hand: n in their order */
	size_t n;
	struct kept_view kept;

	/* private */
	size_t items;
	struct stat *mixed;     /* kept and new of the same customers */
	bool lost;
	struct err err;
};

/* All pieces by so many threads, whose hands have a roll_hand.  False where not
 * all could be had: see r->lost and r->err. */
bool roll_walk(struct roll *r, struct turns turns, void *hands, size_t n,
    size_t size);

/* While others have theirs: a piece.  None of its items where it cannot be
 * had, nor of the next ones. */
void roll_get(const struct roll *r, struct roll_hand *h, size_t piece);

/* In its turn: could it be had, and all before it?  Else see r->lost and
 * r->err. */
bool roll_give(struct roll *r, const struct roll_hand *h);

void roll_hand_free(struct roll_hand *h);
void roll_free(struct roll *r);

#endif
