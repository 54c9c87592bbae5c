/*
 * many - what a short command costs when it is run again and again.
 *
 *	many FILE RUNS SHELLS COMMAND [ARGUMENT ...]
 *
 * Runs the command RUNS times from each of so many processes at once, its
 * output thrown away, and appends a line to FILE as measure does, per run:
 * wall seconds (those of all divided by the runs of all), seconds of CPU, the
 * largest process in KiB, and 1 where a run failed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

/* One shell: its commands one after the other, in the way of shells, which
 * leave signals as they are. */
static _Noreturn void
run(int runs, char *argv[])
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), bad = 0, status;
	pid_t pid;

	dup2(null, 0);
	dup2(null, 1);
	for (int i = 0; i < runs; i++) {
		pid = vfork();
		if (pid == 0) {
			execvp(argv[0], argv);
			_exit(127);
		}
		if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
			bad = 1;
	}
	_exit(bad);
}

int
main(int argc, char *argv[])
{
	int runs = argc > 4 ? atoi(argv[2]) : 0, status, bad = 0;
	int shells = argc > 4 ? atoi(argv[3]) : 0;
	double from = clock_now(), wall, all = (double)runs * shells;
	struct rusage use;
	FILE *fp;

	if (runs < 1 || shells < 1) {
		fprintf(stderr, "usage: many FILE RUNS SHELLS COMMAND "
		    "[ARG ...]\n");
		return 2;
	}
	for (int i = 0; i < shells; i++)
		if (fork() == 0)
			run(runs, argv + 4);
	while (wait(&status) > 0)
		bad |= status != 0;
	wall = clock_now() - from;
	getrusage(RUSAGE_CHILDREN, &use);
	fp = fopen(argv[1], "a");
	if (fp == NULL)
		return 4;
	fprintf(fp, "%.6f\t%.6f\t%ld\t%d\n", wall / all,
	    (seconds(use.ru_utime) + seconds(use.ru_stime)) / all,
	    use.ru_maxrss, bad);
	return fclose(fp) == 0 ? bad : 4;
}
