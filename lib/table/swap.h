/*
 * swap - put new files in the place of several old ones, all or none.
 *
 * Floor 2 (table).  Uses: base, file, pack, replace.
 *
 * The caller holds the lock of the store and has blocked signals.  Each new
 * file is written beside the old one as .NAME.swap and synced.  Then a plan,
 * the file .swap, says that all of them are there: from then on they count.
 * They are renamed one by one and the plan is removed.  A writer that is
 * killed before the plan has changed nothing; one that is killed later is
 * finished by the next (store_lock calls swap_finish).  The plan has the
 * names of files and nothing of what is in them.
 */
#ifndef CRM_SWAP_H
#define CRM_SWAP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "table/pack.h"

#define SWAP_PLAN ".swap"

struct swap {
	const char *dir; /* of the store; borrowed */
	mode_t mode;     /* of files that are made */

	/* private */
	struct swap_part {
		char *name, *path;
		char *real; /* behind links; NULL for a removed one
		               that is not there any more */
		char *temp; /* NULL for one to be removed */
		char *dir;  /* where real is */
		bool ready; /* temp is there */
	} *part;
	size_t n, cap;
	int fd;       /* of the file in hand, or -1 */
	bool begun;   /* its temp is there */
	bool planned; /* the temps are the plan's */
	struct pack *pack;
};

/* Begin with no file; store_swap does it for a store. */
void swap_begin(struct swap *w, const char *dir, mode_t mode);

/*
 * Begin the new file `name`, which may be there already or not, and a
 * symbolic link, which is followed; mode and group stay those of the old
 * one.  Then its bytes, then its end.
 */
bool swap_open(struct swap *w, const char *name, enum unpack_kind kind,
    struct err *e);
bool swap_add(struct swap *w, struct slice bytes, struct err *e);
bool swap_close(struct swap *w, struct err *e);

/* File `name` is to be removed; a symbolic link goes with what it leads to. */
bool swap_remove(struct swap *w, const char *name, struct err *e);

/*
 * Do it.  False before the plan: nothing has changed.  False behind it: `the
 * next command that writes will finish this`.  swap_drop is due in any case,
 * and without this it leaves all as it was.
 */
bool swap_commit(struct swap *w, struct err *e);
void swap_drop(struct swap *w);

/* Finish what the plan in a directory says, if there is one. */
bool swap_finish(const char *dir, struct err *e);

/* Is this the name of a new file?  Where there is no plan it was left by a
 * writer that was killed before it had one. */
bool swap_is_left(const char *name);

#endif
