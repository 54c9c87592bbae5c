#include "cli/term.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

extern char **environ;

bool
term_color(const char *when, bool *color)
{
	const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

	*color = isatty(1) && (off == NULL || *off == '\0') && term != NULL &&
	    strcmp(term, "dumb") != 0;
	if (when == NULL || strcmp(when, "auto") == 0)
		return true;
	*color = strcmp(when, "always") == 0;
	return *color || strcmp(when, "never") == 0;
}

int
term_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize w;
	long n = columns != NULL ? strtol(columns, NULL, 10) : 0;

	if (n > 0 && n < 10000)
		return (int)n;
	if (isatty(1))
		return ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col > 0
		    ? w.ws_col : 80;
	return 0;
}

/* Start the pager with `in` as its standard input; 0 where there is none. */
static int
start(const char *pager, int in)
{
	char *less[] = { strdupa("less"), strdupa("-FRSX"), NULL };
	char *shell[] = { strdupa("sh"), strdupa("-c"),
		(char *)(uintptr_t)pager, NULL };
	posix_spawn_file_actions_t with;
	pid_t pid;
	int failed;

	posix_spawn_file_actions_init(&with);
	posix_spawn_file_actions_adddup2(&with, in, 0);
	failed = posix_spawnp(&pid, pager != NULL ? "sh" : "less", &with,
	    NULL, pager != NULL ? shell : less, environ);
	posix_spawn_file_actions_destroy(&with);
	return failed ? 0 : pid;
}

int
term_pager(void)
{
	const char *pager = getenv("PAGER");
	int fd[2], pid;

	if (!isatty(1) || (pager != NULL && *pager == '\0') ||
	    pipe2(fd, O_CLOEXEC) < 0)
		return 0;
	pid = start(pager, fd[0]);
	if (pid > 0)
		dup2(fd[1], 1);
	close(fd[0]);
	close(fd[1]);
	return pid;
}
