/*
 * measure - what a command costs.
 *
 *	measure FILE COMMAND [ARGUMENT ...]
 *
 * Runs the command and appends a line to FILE: wall seconds, seconds of CPU
 * (user and system, of all processes that were waited for), the largest
 * process in KiB, and the status.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

int
main(int argc, char *argv[])
{
	struct rusage use;
	double from = clock_now(), wall;
	int status = 0;
	pid_t child;
	FILE *fp;

	if (argc < 3) {
		fprintf(stderr, "usage: measure FILE COMMAND [ARG ...]\n");
		return 2;
	}
	child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &use) != child)
		return 4;
	wall = clock_now() - from;
	fp = fopen(argv[1], "a");
	if (fp == NULL) {
		fprintf(stderr, "measure: %s: %s\n", argv[1], strerror(errno));
		return 4;
	}
	fprintf(fp, "%.4f\t%.4f\t%ld\t%d\n", wall,
	    seconds(use.ru_utime) + seconds(use.ru_stime), use.ru_maxrss,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 255);
	return fclose(fp) == 0 ? 0 : 4;
}
