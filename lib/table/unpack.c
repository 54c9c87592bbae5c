#include "table/unpack.h"

#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/mem.h"
#include "base/tr.h"

enum { PACKED = 64 * 1024 }; /* packed bytes read at a time */

struct unpack {
	enum unpack_kind kind;
	const char *name;
	unpack_source *source;
	void *ctx;
	z_stream gz;
	ZSTD_DStream *zstd;
	ZSTD_inBuffer in; /* packed bytes not yet used, of both kinds */
	bool within;      /* inside of a member or frame */
	char packed[PACKED];
};

enum unpack_kind
unpack_kind(const char *first, size_t len)
{
	if (len >= 2 && memcmp(first, "\x1f\x8b", 2) == 0)
		return UNPACK_GZIP;
	if (len >= 4 && memcmp(first, "\x28\xb5\x2f\xfd", 4) == 0)
		return UNPACK_ZSTD;
	return UNPACK_PLAIN;
}

static bool
begin(struct unpack *u)
{
	if (u->kind == UNPACK_GZIP)
		return inflateInit2(&u->gz, 15 + 16) == Z_OK;
	u->zstd = ZSTD_createDStream();
	return u->zstd != NULL && !ZSTD_isError(ZSTD_initDStream(u->zstd));
}

struct unpack *
unpack_open(enum unpack_kind kind, const char *name, struct slice first,
    unpack_source *source, void *ctx, struct err *e)
{
	struct unpack *u = mem_zero(1, sizeof *u);

	*u = (struct unpack){ .kind = kind, .name = name, .source = source,
		.ctx = ctx, .in = { .src = u->packed, .size = first.len } };
	memcpy(u->packed, first.at, first.len);
	if (begin(u))
		return u;
	err_set(e, CRM_SYS, _("out of memory"));
	unpack_close(u);
	return NULL;
}

static bool
damaged(const struct unpack *u, struct err *e)
{
	return err_set(e, CRM_DATA, _("%s: the compressed data is damaged"),
	    u->name);
}

/* Both steps unpack from u->in to `to`; *got is how many bytes came. */
static bool
step_gzip(struct unpack *u, char *to, size_t n, size_t *got, struct err *e)
{
	int r = Z_OK;

	if (!u->within)
		r = inflateReset(&u->gz);
	u->gz.next_in = (Bytef *)u->packed + u->in.pos;
	u->gz.avail_in = (uInt)(u->in.size - u->in.pos);
	u->gz.next_out = (Bytef *)to;
	u->gz.avail_out = (uInt)n;
	if (r == Z_OK)
		r = inflate(&u->gz, Z_NO_FLUSH);
	u->in.pos = u->in.size - u->gz.avail_in;
	*got = n - u->gz.avail_out;
	u->within = r != Z_STREAM_END;
	if (r == Z_MEM_ERROR)
		return err_set(e, CRM_SYS, _("out of memory"));
	return r == Z_OK || r == Z_STREAM_END || r == Z_BUF_ERROR ||
	    damaged(u, e);
}

static bool
step_zstd(struct unpack *u, char *to, size_t n, size_t *got, struct err *e)
{
	ZSTD_outBuffer out = { to, n, 0 };
	size_t r = ZSTD_decompressStream(u->zstd, &out, &u->in);

	*got = out.pos;
	u->within = r != 0;
	if (ZSTD_isError(r) &&
	    ZSTD_getErrorCode(r) == ZSTD_error_memory_allocation)
		return err_set(e, CRM_SYS, _("out of memory"));
	return !ZSTD_isError(r) || damaged(u, e);
}

/* Get more packed bytes where all are used; *end where there are none. */
static bool
feed(struct unpack *u, bool *end, struct err *e)
{
	ssize_t got;

	*end = false;
	if (u->in.pos < u->in.size)
		return true;
	got = u->source(u->ctx, u->packed, sizeof u->packed, e);
	if (got < 0)
		return false;
	u->in.pos = 0;
	u->in.size = (size_t)got;
	*end = got == 0;
	return true;
}

ssize_t
unpack_read(struct unpack *u, char *to, size_t n, struct err *e)
{
	size_t got = 0;
	bool end;

	if (n > 1 << 30)
		n = 1 << 30;
	while (got == 0) {
		if (!feed(u, &end, e))
			return -1;
		if (end && !u->within)
			return 0;
		if (!(u->kind == UNPACK_GZIP ? step_gzip : step_zstd)(u, to, n,
		    &got, e))
			return -1;
		if (end && u->within && got == 0) {
			err_set(e, CRM_DATA,
			    _("%s: the compressed data ends too early"),
			    u->name);
			return -1;
		}
	}
	return (ssize_t)got;
}

void
unpack_close(struct unpack *u)
{
	if (u == NULL)
		return;
	if (u->kind == UNPACK_GZIP)
		inflateEnd(&u->gz);
	ZSTD_freeDStream(u->zstd);
	free(u);
}
