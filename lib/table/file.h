/*
 * file - small steps of changing files so that nothing is lost.
 *
 * Floor 2 (table).  Uses: base.
 *
 * What append.h and replace.h are made of.
 */
#ifndef CRM_FILE_H
#define CRM_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

struct stat; /* of <sys/stat.h> */

/* a and b in one, malloc'd. */
char *file_join(const char *a, const char *b);

/* The file behind symbolic links, malloc'd; of one that is not there the
 * path itself.  NULL for a link that leads nowhere. */
char *file_resolve(const char *path, struct err *e);

/* DIR/.NAMEmark for DIR/NAME, malloc'd: a new file in the directory of the one
 * that it will replace. */
char *file_beside(const char *real, const char *mark);

/* Give a new file the rights of an old one, or these if that is NULL; where
 * its group cannot be had, none for any group, so that nobody gets to read
 * it who could not before.  False with errno. */
bool file_rights(int fd, const struct stat *old, mode_t mode);

/* Write all, whatever comes in between; false with errno. */
bool file_write(int fd, const char *at, size_t len);

/* Write the bytes at..end of a file to another; false with errno. */
bool file_copy(int from, off_t at, off_t end, int to);

/* Open the directory that a path is in, to sync it; -1 with errno. */
int file_dir(const char *path);

/* Sync what has just been opened, and close it; false with errno, also that of
 * open where fd is -1. */
bool file_sync_close(int fd);

/* Sync the directory that a path is in; false with errno. */
bool file_sync_dir(const char *path);

/* Which file it was, and how, by what the kernel says. */
struct file_mark {
	uint64_t device, inode, size;
	int64_t changed, changed_ns; /* ctime, which nobody can set */
};

struct file_mark file_mark(const struct stat *st);
bool file_same(struct file_mark a, struct file_mark b);

/* Is it on a file system of one of these n kinds (linux/magic.h)? */
bool file_is_on(int fd, const long *magic, size_t n);

/* Is it on a disk of this machine that keeps ctime as it should be?  Others
 * may tell a mark that is not true. */
bool file_has_ctime(int fd);

/* Open a regular file (never a link: resolve it first), or -1. */
int file_open(const char *path, int flags, struct stat *st, struct err *e);

#endif
