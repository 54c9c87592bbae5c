#include "table/seal.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/cpu.h"
#include "base/mem.h"

struct seal {
	XXH3_state_t piece; /* the bytes of the piece not yet full; first,
	                       as it must be aligned */
	size_t in_piece;    /* how many */
	uint64_t bytes;
	struct seal_hash *full; /* of all full pieces */
	size_t n, cap;
};

struct seal *
seal_new(void)
{
	struct seal *s = mem_pages(1, sizeof *s); /* aligned to a page */

	XXH3_128bits_reset(&s->piece);
	return s;
}

void
seal_free(struct seal *s)
{
	if (s != NULL)
		free(s->full);
	mem_pages_free(s, 1, sizeof *s);
}

static struct seal_hash
as_hash(XXH128_hash_t h)
{
	return (struct seal_hash){ { h.low64, h.high64 } };
}

/* Of a piece or less. */
static struct seal_hash
piece_of(const void *at, size_t len, bool wide)
{
	return wide ? seal_piece_wide(at, len) : as_hash(XXH3_128bits(at, len));
}

static void
end_piece(struct seal *s)
{
	s->full = mem_grow(s->full, &s->cap, s->n + 1, sizeof *s->full);
	s->full[s->n++] = as_hash(XXH3_128bits_digest(&s->piece));
	s->in_piece = 0;
	XXH3_128bits_reset(&s->piece);
}

void
seal_add(struct seal *s, const void *at, size_t len)
{
	const char *from = at;

	s->bytes += len;
	while (len > 0) {
		size_t n = SEAL_PIECE - s->in_piece;

		n = n < len ? n : len;
		XXH3_128bits_update(&s->piece, from, n);
		s->in_piece += n;
		from += n;
		len -= n;
		if (s->in_piece == SEAL_PIECE)
			end_piece(s);
	}
}

uint64_t
seal_bytes(const struct seal *s)
{
	return s->bytes;
}

struct seal_hash
seal_of(const struct seal *s)
{
	struct seal_hash rest = as_hash(XXH3_128bits_digest(&s->piece));
	XXH3_state_t all;

	XXH3_128bits_reset(&all);
	if (s->n > 0)
		XXH3_128bits_update(&all, s->full, s->n * sizeof *s->full);
	XXH3_128bits_update(&all, &rest, sizeof rest);
	XXH3_128bits_update(&all, &s->bytes, sizeof s->bytes);
	return as_hash(XXH3_128bits_digest(&all));
}

struct seal_hash
seal_at(const void *at, size_t len)
{
	/* What seal_of makes of a piece that is not full. */
	struct {
		struct seal_hash rest;
		uint64_t bytes;
	} few = { .bytes = len };
	struct seal *s;
	struct seal_hash h;

	if (len < SEAL_PIECE) {
		few.rest = piece_of(at, len, cpu_is_wide());
		return as_hash(XXH3_128bits(&few, sizeof few));
	}
	s = seal_new();
	seal_add(s, at, len);
	h = seal_of(s);
	seal_free(s);
	return h;
}

/* --- files ---------------------------------------------------------------- */

/* What the threads share: pieces of a file, full ones only. */
struct pieces {
	int fd;
	uint64_t at;
	struct seal_hash *hash;
	size_t n;
	atomic_size_t next;
	atomic_bool failed;
};

static bool
read_all(int fd, char *to, size_t len, uint64_t at)
{
	while (len > 0) {
		ssize_t got = pread(fd, to, len, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		len -= (size_t)got;
		at += (uint64_t)got;
	}
	return true;
}

static void *
read_pieces(void *ctx)
{
	struct pieces *p = ctx;
	bool wide = cpu_is_wide();
	char *to = mem_zero(1, SEAL_PIECE);
	size_t i;

	while (!p->failed && (i = p->next++) < p->n) {
		if (!read_all(p->fd, to, SEAL_PIECE, p->at + i * SEAL_PIECE))
			p->failed = true;
		p->hash[i] = piece_of(to, SEAL_PIECE, wide);
	}
	free(to);
	return NULL;
}

/* This thread reads too; where no other can be had it does all. */
static void
read_together(struct pieces *p, size_t threads)
{
	pthread_t *thread;
	size_t n = 0, others = threads < p->n ? threads : p->n;

	others -= others > 0;
	thread = mem_zero(others, sizeof *thread);
	while (n < others &&
	    pthread_create(&thread[n], NULL, read_pieces, p) == 0)
		n++;
	read_pieces(p);
	while (n > 0)
		pthread_join(thread[--n], NULL);
	free(thread);
}

static bool
read_rest(struct seal *s, int fd, uint64_t at, size_t len)
{
	char *rest = mem_zero(1, SEAL_PIECE);
	bool good = read_all(fd, rest, len, at);

	if (good)
		seal_add(s, rest, len);
	free(rest);
	return good;
}

bool
seal_file(struct seal *s, int fd, uint64_t at, uint64_t len, size_t threads)
{
	struct pieces p = { .fd = fd, .at = at, .n = len / SEAL_PIECE };
	uint64_t full = (uint64_t)p.n * SEAL_PIECE;

	assert(s->bytes == 0);
	s->full = mem_grow(s->full, &s->cap, p.n, sizeof *s->full);
	p.hash = s->full;
	read_together(&p, threads);
	if (p.failed)
		return false;
	s->n = p.n;
	s->bytes = full;
	return read_rest(s, fd, at + full, len - full);
}
