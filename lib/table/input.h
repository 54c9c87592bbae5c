/*
 * input - where the bytes of a table come from: a file, standard input, a
 * compressed file, memory; handed out in blocks of whole lines.
 *
 * Floor 2 (table).  Uses: base, append, file, grown, seal, unpack.
 *
 * Files are read with read(2) into the caller's blocks, never mapped, so
 * memory does not grow with the file.  Plain, gzip and zstd are told apart
 * by their first bytes.  A file of the store is read up to the size that it
 * had when it was opened, and a tail without LF is not a row yet, nor is a
 * load that is being written (INPUT_STORE); elsewhere a missing final LF is
 * supplied.  A byte order mark at the start is passed over; UTF-16 is refused.
 */
#ifndef CRM_INPUT_H
#define CRM_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "table/file.h"
#include "table/seal.h"
#include "table/unpack.h"

enum {
	INPUT_BLOCK = 256 * 1024, /* bytes read at a time */
	INPUT_ROW = 1024 * 1024,  /* longest row, LF included */
	INPUT_SLACK = 64,         /* readable bytes behind a block */
};

enum input_flags {
	INPUT_STORE = 1, /* a living file: whole rows up to the size now */
};

struct input;

/* One block of whole lines; a zeroed struct is an empty one.  The memory
 * is reused by the next input_block with the same struct. */
struct block {
	char *at;     /* the bytes, INPUT_SLACK more are readable; owned */
	size_t len;   /* bytes; the last is LF */
	size_t cap;
	uint64_t seq; /* 0, 1, 2 ... within the input */
};

/*
 * Open a file by path; "-" is standard input.  Directories, FIFOs in the
 * store, dangling links and unreadable files are refused with CRM_SYS and
 * `path: reason`.  `name` is for messages ("stdin" for "-").  NULL with *e
 * filled on failure.  An INPUT_STORE file is opened O_NOFOLLOW-free:
 * symbolic links in a store are honoured.
 */
struct input *input_open(const char *path, int flags, struct err *e);

/* The same from an open descriptor, which then belongs to the input. */
struct input *input_fd(int fd, const char *name, int flags, struct err *e);

/* The same from bytes in memory, which are taken over: *from is empty
 * then. */
struct input *input_memory(struct buf *from, const char *name);

/*
 * Read the next block.  False at the end and on failure, when *e is filled.
 * Not for two threads at once: callers lock.  A row longer than INPUT_ROW
 * is refused: `name: a row longer than 1 MiB begins at byte N`.
 */
bool input_block(struct input *in, struct block *b, struct err *e);

/*
 * The first line without its LF, CR and mark, read before any block and
 * not part of them.  False with `name: empty: the header line is missing`.
 */
bool input_header(struct input *in, struct slice *line, struct err *e);

/* Has input_header failed because there was no line at all? */
bool input_empty(const struct input *in);

/* In which form the file is, once its header or a block has been read. */
enum unpack_kind input_kind(const struct input *in);

/* The name for messages. */
const char *input_name(const struct input *in);

/*
 * How far an input was read, to go on from there another day: the bytes up
 * to the last whole row, their hash, and which file the system said it was
 * when it was opened.
 */
struct input_mark {
	uint64_t bytes;
	struct seal_hash hash;
	uint64_t more; /* may rows come behind them?  Not where the last had
	                  no LF, nor in a packed file */
	struct file_mark file;
};

/*
 * Between header and first block: keep what input_mark needs of all that is
 * read.  False where the input cannot be read a second time: a pipe.
 */
bool input_watch(struct input *in);

/* At the end of a watched input: how far it was read.  False if unknown. */
bool input_mark(const struct input *in, struct input_mark *m);

/* How many bytes the file had when it was opened. */
uint64_t input_size(const struct input *in);

/* Its descriptor, for who looks elsewhere in it with pread; -1 of memory. */
int input_file(const struct input *in);

/* What input_is believes without reading. */
enum input_trust {
	INPUT_LEFT = 1,  /* the kernel says that the file has not been changed
	                    since it was marked, and it is on a file system
	                    where the kernel knows (ext4, XFS, Btrfs, F2FS,
	                    tmpfs) */
	INPUT_GROWN = 2, /* grown.h proves that it was only appended to; there
	                    is no input_mark then if something new is read */
};

/*
 * Then, too: is a watched input still what it was at this mark, or has it
 * only grown?  All bytes up to the mark are read, by so many threads, unless
 * something in `trust` says so.
 */
bool input_is(struct input *in, const struct input_mark *m, int trust,
    size_t threads);

/* After input_is has said yes: the first block begins behind the mark. */
bool input_resume(struct input *in, const struct input_mark *m,
    struct err *e);

/* Once it has been resumed: the bytes up to the mark after all, as an input of
 * its own. */
struct input *input_passed(const struct input *in, struct err *e);

/* Then: were the bytes read, although from the mark that it has now on
 * grown.h may spare that? */
bool input_gains(const struct input *in);

/* Bytes that an INPUT_STORE file ended with and that are no rows yet: after
 * the last LF, known at the end, and those of append_seen.  The caller may
 * warn. */
size_t input_torn(const struct input *in);

void input_close(struct input *in);
void block_free(struct block *b);

#endif
