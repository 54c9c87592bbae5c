/* place - where a test has its files: tables from texts, and a directory of
 * its own, which it is in. */
#ifndef CRM_PLACE_H
#define CRM_PLACE_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "table/input.h"

/* A table with this text; the name is for messages. */
static inline struct input *
place_input(const char *name, const char *text)
{
	int fd = memfd_create("test", 0);
	size_t n = strlen(text);

	assert_true(fd >= 0 && write(fd, text, n) == (ssize_t)n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return input_fd(fd, name, 0, &(struct err){ 0 });
}

/* Set-up and tear-down of a test: the directory's name is the state. */
static inline int
place_open(void **state)
{
	*state = strdup("/tmp/test.XXXXXX");
	return *state == NULL || mkdtemp(*state) == NULL ||
	    chdir(*state) != 0;
}

static inline int
place_close(void **state)
{
	char command[64];

	snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
	free(*state);
	return chdir("/") != 0 || system(command) != 0;
}

/* Make a file with this text, or put it in the place of another's. */
static inline void
place_put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* The file must hold just this. */
static inline void
place_holds(const char *path, const char *want)
{
	char got[256] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	got[fread(got, 1, sizeof got - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(got, want);
}

#endif
