/*
 * lock - wait for a lock on a file, not for ever.
 *
 * Floor 2 (table).  Uses: libc only.
 */
#ifndef CRM_LOCK_H
#define CRM_LOCK_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Take the lock (flock) on a descriptor within so many seconds, 0 for at
 * once, in the order in which the commands came.  All signals are blocked
 * when it is held; *old is the mask to restore behind it.  While it is
 * waited for, signals that end a command do so.  False with errno,
 * EWOULDBLOCK when the time is over, and signals as they were.  Uses SIGALRM
 * and the real timer meanwhile.
 */
bool lock_take(int fd, bool shared, int64_t seconds, sigset_t *old);

#endif
