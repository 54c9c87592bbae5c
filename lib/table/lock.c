#include "table/lock.h"

#include <errno.h>
#include <stddef.h>
#include <sys/file.h>
#include <sys/time.h>

static void
wake(int sig)
{
	(void)sig;
}

/* Ring in `seconds`, and then again and again: a bell that rings just
 * before the waiting begins is not heard. */
static void
ring(int64_t seconds)
{
	struct itimerval t = { { 0, seconds > 0 ? 100 * 1000 : 0 },
		{ seconds, 0 } };

	setitimer(ITIMER_REAL, &t, NULL);
}

/*
 * Wait for the lock in the kernel's queue: whoever came first gets it
 * first, which trying again and again does not give.  Signals that end a
 * command are let in, and SIGALRM, which ends the waiting.
 */
static bool
queue(int fd, int how, int64_t seconds, const sigset_t *old)
{
	static const int let[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	struct sigaction act = { .sa_handler = wake }, before;
	sigset_t mask;
	bool good;
	int why;

	sigfillset(&mask);
	sigdelset(&mask, SIGALRM);
	for (size_t i = 0; i < sizeof let / sizeof *let; i++)
		if (sigismember(old, let[i]) == 0)
			sigdelset(&mask, let[i]);
	sigaction(SIGALRM, &act, &before);
	ring(seconds);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	good = flock(fd, how) == 0;
	why = errno;
	sigfillset(&mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	ring(0);
	sigaction(SIGALRM, &before, NULL);
	errno = why == EINTR ? EWOULDBLOCK : why;
	return good;
}

bool
lock_take(int fd, bool shared, int64_t seconds, sigset_t *old)
{
	int how = shared ? LOCK_SH : LOCK_EX, why;
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, old);
	if (flock(fd, how | LOCK_NB) == 0 ||
	    (errno == EWOULDBLOCK && seconds > 0 &&
		queue(fd, how, seconds, old)))
		return true;
	why = errno;
	sigprocmask(SIG_SETMASK, old, NULL);
	errno = why;
	return false;
}
