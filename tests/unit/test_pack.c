/* pack - what is packed is unpacked again, and other programs can do it. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "table/pack.h"
#include "place.h"

static const struct {
	enum unpack_kind kind;
	const char *program; /* second source */
} forms[] = {
	{ UNPACK_PLAIN, "cat <f >g" }, { UNPACK_GZIP, "gzip -dc <f >g" },
	{ UNPACK_ZSTD, "zstd -dcq <f >g" },
};

/* Rows of all kinds: easy ones and such as do not pack well. */
static void
fill(struct buf *to, size_t n)
{
	uint32_t x = 1;

	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		buf_byte(to, (char)(i % 7 == 0 ? x >> 24 : 'a'));
	}
}

static void
pack_all(enum unpack_kind kind, struct slice bytes, size_t step)
{
	int fd = open("f", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct pack *p = pack_open(kind, fd);

	assert_non_null(p);
	while (bytes.len > 0) {
		size_t n = bytes.len < step ? bytes.len : step;

		assert_true(pack_add(p, (struct slice){ bytes.at, n }));
		bytes.at += n;
		bytes.len -= n;
	}
	assert_true(pack_close(p));
	close(fd);
}

static void
other_programs_find_the_same_bytes(void **state)
{
	static const size_t sizes[] = { 0, 1, 256 * 1024, 700001 };

	(void)state;
	for (size_t f = 0; f < LEN(forms); f++)
		for (size_t i = 0; i < LEN(sizes); i++) {
			struct buf all = { 0 };
			char *got = malloc(sizes[i] + 2);
			FILE *g;

			fill(&all, sizes[i]);
			pack_all(forms[f].kind, buf_all(&all), 1000);
			assert_int_equal(system(forms[f].program), 0);
			g = fopen("g", "r");
			assert_int_equal(fread(got, 1, sizes[i] + 1, g),
			    sizes[i]);
			if (sizes[i] > 0)
				assert_memory_equal(got, all.at, sizes[i]);
			fclose(g);
			free(got);
			buf_free(&all);
		}
}

static void
a_full_disk_is_told(void **state)
{
	(void)state;
	for (size_t f = 0; f < LEN(forms); f++) {
		int fd = open("/dev/full", O_WRONLY);
		struct pack *p = pack_open(forms[f].kind, fd);
		bool good = pack_add(p, slice_of("a\n"));

		assert_false(pack_close(p) && good);
		close(fd);
	}
}

static void
nothing_is_dropped_and_closed(void **state)
{
	(void)state;
	pack_drop(NULL);
	assert_false(pack_close(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    other_programs_find_the_same_bytes, place_open,
		    place_close),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(nothing_is_dropped_and_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
