#include "table/pack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "table/file.h"

enum { BYTES = 256 * 1024 };

struct pack {
	enum unpack_kind kind;
	int fd;
	z_stream gz;
	ZSTD_CCtx *zstd;
	size_t n; /* bytes in plain */
	char plain[BYTES], packed[BYTES];
};

static bool
begin(struct pack *p)
{
	if (p->kind == UNPACK_GZIP)
		return deflateInit2(&p->gz, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
		    15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
	if (p->kind == UNPACK_PLAIN)
		return true;
	p->zstd = ZSTD_createCCtx();
	return p->zstd != NULL && !ZSTD_isError(ZSTD_CCtx_setParameter(p->zstd,
	    ZSTD_c_checksumFlag, 1));
}

struct pack *
pack_open(enum unpack_kind kind, int fd)
{
	struct pack *p = mem_zero(1, sizeof *p);

	p->kind = kind;
	p->fd = fd;
	if (begin(p))
		return p;
	pack_drop(p);
	errno = ENOMEM;
	return NULL;
}

/* Both forms: pack what is in p->plain; at the end write all that is left. */
static bool
flush_gzip(struct pack *p, bool end)
{
	int r = Z_OK;

	p->gz.next_in = (Bytef *)p->plain;
	p->gz.avail_in = (uInt)p->n;
	do {
		p->gz.next_out = (Bytef *)p->packed;
		p->gz.avail_out = sizeof p->packed;
		r = deflate(&p->gz, end ? Z_FINISH : Z_NO_FLUSH);
		if (!file_write(p->fd, p->packed,
		    sizeof p->packed - p->gz.avail_out))
			return false;
	} while (p->gz.avail_out == 0 || (end && r == Z_OK));
	return true;
}

static bool
flush_zstd(struct pack *p, bool end)
{
	ZSTD_inBuffer in = { p->plain, p->n, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { p->packed, sizeof p->packed, 0 };

		left = ZSTD_compressStream2(p->zstd, &out, &in,
		    end ? ZSTD_e_end : ZSTD_e_continue);
		if (ZSTD_isError(left)) {
			errno = ENOMEM;
			return false;
		}
		if (!file_write(p->fd, p->packed, out.pos))
			return false;
	} while (in.pos < in.size || (end && left > 0));
	return true;
}

static bool
flush(struct pack *p, bool end)
{
	bool good = p->kind == UNPACK_GZIP ? flush_gzip(p, end) :
	    p->kind == UNPACK_ZSTD ? flush_zstd(p, end) :
	    file_write(p->fd, p->plain, p->n);

	p->n = 0;
	return good;
}

bool
pack_add(struct pack *p, struct slice bytes)
{
	while (bytes.len > 0) {
		size_t room = sizeof p->plain - p->n;
		size_t n = bytes.len < room ? bytes.len : room;

		memcpy(p->plain + p->n, bytes.at, n);
		p->n += n;
		bytes.at += n;
		bytes.len -= n;
		if (p->n == sizeof p->plain && !flush(p, false))
			return false;
	}
	return true;
}

bool
pack_close(struct pack *p)
{
	bool good = p != NULL && flush(p, true);
	int why = errno;

	pack_drop(p);
	errno = why;
	return good;
}

void
pack_drop(struct pack *p)
{
	if (p == NULL)
		return;
	if (p->kind == UNPACK_GZIP)
		deflateEnd(&p->gz);
	ZSTD_freeCCtx(p->zstd);
	free(p);
}
