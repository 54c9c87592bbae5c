/* unpack - whatever the size of the pieces, the same bytes come out. */
#include "check.h"

#include <stdio.h>

#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "table/unpack.h"

/* A source that gives `step` bytes at a time, and fails at the end if it is
 * told to. */
struct from {
	struct slice rest;
	size_t step;
	bool fails;
};

static ssize_t
give(void *ctx, char *to, size_t n, struct err *e)
{
	struct from *f = ctx;

	if (f->rest.len == 0 && f->fails)
		err_set(e, CRM_SYS, "in: broken");
	if (f->rest.len == 0)
		return f->fails ? -1 : 0;
	n = n < f->step ? n : f->step;
	n = n < f->rest.len ? n : f->rest.len;
	memcpy(to, f->rest.at, n);
	f->rest.at += n;
	f->rest.len -= n;
	return (ssize_t)n;
}

static void
pack(struct buf *to, enum unpack_kind kind, struct slice s)
{
	size_t room = ZSTD_compressBound(s.len);
	z_stream z = { 0 };

	if (kind == UNPACK_ZSTD) {
		to->len += ZSTD_compress(buf_room(to, room), room, s.at,
		    s.len, 3);
		return;
	}
	deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_in = (Bytef *)(uintptr_t)s.at;
	z.avail_in = (uInt)s.len;
	z.avail_out = (uInt)deflateBound(&z, s.len);
	z.next_out = (Bytef *)buf_room(to, z.avail_out);
	deflate(&z, Z_FINISH);
	to->len += z.total_out;
	deflateEnd(&z);
}

static bool
unpack(struct buf *to, enum unpack_kind kind, struct from from, size_t piece,
    struct err *e)
{
	struct slice first = { from.rest.at, UNPACK_MAGIC };
	struct unpack *u;
	ssize_t n;

	from.rest.at += UNPACK_MAGIC;
	from.rest.len -= UNPACK_MAGIC;
	u = unpack_open(kind, "in", first, give, &from, e);
	buf_clear(to);
	while ((n = unpack_read(u, buf_room(to, piece), piece, e)) > 0)
		to->len += (size_t)n;
	unpack_close(u);
	return n == 0;
}

static const enum unpack_kind kinds[] = { UNPACK_GZIP, UNPACK_ZSTD };

static void
pieces_of_any_size_give_the_same_bytes(void **state)
{
	static const size_t sizes[] = { 1, 2, 3, 7, 64, 1000, 70000 };
	struct buf text = { 0 }, got = { 0 };
	uint64_t seed = 5;

	(void)state;
	while (text.len < 3000)
		buf_fmt(&text, "C%u\t", check_random(&seed, 9999));
	for (size_t k = 0; k < LEN(kinds); k++) {
		struct buf packed = { 0 };

		pack(&packed, kinds[k], (struct slice){ text.at, 1234 });
		pack(&packed, kinds[k], (struct slice){ "", 0 });
		pack(&packed, kinds[k], (struct slice){ text.at + 1234,
		    text.len - 1234 });
		assert_int_equal(unpack_kind(packed.at, packed.len), kinds[k]);
		for (size_t i = 0; i < LEN(sizes); i++) {
			for (size_t j = 0; j < LEN(sizes); j++) {
				struct from f = { buf_all(&packed), sizes[i],
					false };
				struct err e = { 0 };

				assert_true(unpack(&got, kinds[k], f,
				    sizes[j], &e));
				assert_true(slice_eq(buf_all(&got),
				    buf_all(&text)));
			}
		}
		buf_free(&packed);
	}
	buf_free(&text);
	buf_free(&got);
}

static void
failures_are_told_apart(void **state)
{
	struct buf got = { 0 };

	(void)state;
	for (size_t k = 0; k < LEN(kinds); k++) {
		struct buf packed = { 0 };
		struct err cut = { 0 }, broken = { 0 }, damaged = { 0 };
		struct slice half;

		pack(&packed, kinds[k], slice_of("id\tname\nC1\tx\n"));
		half = (struct slice){ packed.at, packed.len - 3 };
		assert_false(unpack(&got, kinds[k], (struct from){ half, 5,
		    false }, 9, &cut));
		assert_string_equal(cut.text,
		    "in: the compressed data ends too early");
		assert_int_equal(cut.status, CRM_DATA);
		assert_false(unpack(&got, kinds[k], (struct from){ half, 5,
		    true }, 9, &broken));
		assert_string_equal(broken.text, "in: broken");
		packed.at[5] = (char)0xff;
		memset(packed.at + 10, 0xff, 6);
		assert_false(unpack(&got, kinds[k], (struct from){
		    buf_all(&packed), 5, false }, 9, &damaged));
		assert_int_equal(damaged.status, CRM_DATA);
		buf_free(&packed);
	}
	buf_free(&got);
	assert_int_equal(unpack_kind("id\tname", 7), UNPACK_PLAIN);
	assert_int_equal(unpack_kind("\x1f", 1), UNPACK_PLAIN);
	unpack_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_any_size_give_the_same_bytes),
		cmocka_unit_test(failures_are_told_apart),
	};

	return cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
}
