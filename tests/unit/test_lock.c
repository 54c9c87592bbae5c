/* lock - waiting, its end, and what signals do meanwhile. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "table/lock.h"

static char path[] = "/tmp/test_lock.XXXXXX";

static int
another(void)
{
	return open(path, O_RDWR);
}

static int64_t
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
rest(int64_t ms)
{
	struct timespec t = { 0, ms * 1000000 };

	nanosleep(&t, NULL);
}

static void
readers_share_and_writers_do_not(void **state)
{
	static const struct {
		bool first, second, good;
	} cases[] = { { true, true, true }, { true, false, false },
		{ false, true, false }, { false, false, false } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int a = another(), b = another();
		sigset_t old, none;

		sigemptyset(&none);
		assert_true(lock_take(a, cases[i].first, 0, &old));
		sigprocmask(SIG_SETMASK, &none, NULL);
		assert_int_equal(lock_take(b, cases[i].second, 0, &old),
		    cases[i].good);
		if (!cases[i].good)
			assert_int_equal(errno, EWOULDBLOCK);
		sigprocmask(SIG_SETMASK, &none, NULL);
		close(a);
		close(b);
	}
}

static void
all_signals_are_blocked_under_it(void **state)
{
	int a = another();
	sigset_t old, now;

	(void)state;
	assert_true(lock_take(a, false, 0, &old));
	sigprocmask(SIG_SETMASK, &old, &now);
	assert_int_equal(sigismember(&now, SIGTERM), 1);
	assert_int_equal(sigismember(&now, SIGTSTP), 1);
	assert_int_equal(sigismember(&now, SIGALRM), 1);
	assert_int_equal(sigismember(&old, SIGTERM), 0);
	close(a);
}

static void
the_time_is_over_at_last(void **state)
{
	int a = another(), b = another();
	sigset_t old, now;
	int64_t start = milliseconds();

	(void)state;
	assert_int_equal(flock(a, LOCK_EX), 0);
	assert_false(lock_take(b, false, 1, &old));
	assert_int_equal(errno, EWOULDBLOCK);
	assert_in_range(milliseconds() - start, 990, 1500);
	sigprocmask(SIG_SETMASK, NULL, &now);
	assert_int_equal(sigismember(&now, SIGTERM), 0);
	close(a);
	close(b);
}

/* A process that waits for what `held` holds, and ends with 0 once it has
 * it. */
static pid_t
waiting(int held)
{
	pid_t child = fork();

	if (child == 0) {
		sigset_t old;

		signal(SIGINT, SIG_DFL); /* make check & ignores it */
		close(held);
		_exit(lock_take(another(), false, 20, &old) ? 0 : 1);
	}
	rest(100);
	return child;
}

static void
whoever_waits_gets_it_when_it_is_free(void **state)
{
	int a = another(), status;
	pid_t child;

	(void)state;
	assert_int_equal(flock(a, LOCK_EX), 0);
	child = waiting(a);
	assert_int_equal(waitpid(child, &status, WNOHANG), 0);
	close(a);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
an_interrupt_ends_the_waiting(void **state)
{
	int a = another(), status;
	pid_t child;

	(void)state;
	assert_int_equal(flock(a, LOCK_EX), 0);
	child = waiting(a);
	kill(child, SIGINT);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readers_share_and_writers_do_not),
		cmocka_unit_test(all_signals_are_blocked_under_it),
		cmocka_unit_test(the_time_is_over_at_last),
		cmocka_unit_test(whoever_waits_gets_it_when_it_is_free),
		cmocka_unit_test(an_interrupt_ends_the_waiting),
	};
	int fd = mkstemp(path), bad;

	if (fd < 0)
		return 1;
	bad = cmocka_run_group_tests_name("lock", tests, NULL, NULL);
	unlink(path);
	return bad;
}
