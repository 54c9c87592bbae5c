/*
 * kill - run a command again and again and kill it at a random moment.
 *
 *	kill RUNS MOST-MICROSECONDS SEED COMMAND ARGUMENT...
 *
 * `@` in an argument becomes the number of the run.  Every third run gets
 * SIGTERM, the others SIGKILL.  One line per run: `NUMBER yes` if the
 * command ended with status 0 before it was hit, else `NUMBER no`.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGS = 32, ARG = 256 };

static uint32_t
next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

static void
number(char *to, const char *arg, long run)
{
	const char *at = strchr(arg, '@');

	if (at == NULL)
		snprintf(to, ARG, "%s", arg);
	else
		snprintf(to, ARG, "%.*s%ld%s", (int)(at - arg), arg, run,
		    at + 1);
}

static _Noreturn void
become(char *argv[], long run)
{
	static char text[ARGS][ARG];
	char *args[ARGS + 1] = { NULL };

	for (int i = 0; i < ARGS && argv[i] != NULL; i++) {
		number(text[i], argv[i], run);
		args[i] = text[i];
	}
	if (freopen("/dev/null", "w", stdout) != NULL &&
	    freopen("/dev/null", "w", stderr) != NULL)
		execvp(args[0], args);
	_exit(127);
}

int
main(int argc, char *argv[])
{
	long runs = argc > 4 ? atol(argv[1]) : 0;
	uint64_t seed = argc > 4 ? (uint64_t)atol(argv[3]) : 0;

	for (long run = 1; run <= runs; run++) {
		uint32_t most = (uint32_t)atol(argv[2]);
		struct timespec t = { 0, (long)(next(&seed) % most) * 1000 };
		pid_t child = fork();
		int status;

		if (child == 0)
			become(argv + 4, run);
		nanosleep(&t, NULL);
		kill(child, run % 3 == 0 ? SIGTERM : SIGKILL);
		if (waitpid(child, &status, 0) != child)
			return 1;
		printf("%ld %s\n", run, WIFEXITED(status) &&
		    WEXITSTATUS(status) == 0 ? "yes" : "no");
		fflush(stdout);
	}
	return 0;
}
