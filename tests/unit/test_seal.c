/*
 * seal - however the bytes come, one hash; whatever is changed, another.
 */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "table/seal.h"

enum { SIZE = 3 * SEAL_PIECE + 12345 };

static char *
made_bytes(void)
{
	char *b = malloc(SIZE);
	uint64_t seed = 11;

	assert_non_null(b);
	for (size_t i = 0; i < SIZE; i++)
		b[i] = (char)check_random(&seed, 256);
	return b;
}

static int
filed(const char *b, size_t n)
{
	char path[] = "/tmp/test_seal.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, b, n), n);
	return fd;
}

static void
bytes_in_any_steps_have_one_hash(void **state)
{
	static const size_t step[] = { 1, 7, 1000, SEAL_PIECE - 1,
		SEAL_PIECE, SEAL_PIECE + 1, SIZE };
	char *b = made_bytes();
	struct seal_hash want = seal_at(b, SIZE);

	(void)state;
	for (size_t i = 0; i < LEN(step); i++) {
		struct seal *s = seal_new();

		for (size_t at = 0; at < SIZE; at += step[i])
			seal_add(s, b + at,
			    SIZE - at < step[i] ? SIZE - at : step[i]);
		assert_int_equal(seal_bytes(s), SIZE);
		assert_true(seal_eq(seal_of(s), want));
		seal_free(s);
	}
	free(b);
}

static void
files_by_any_number_of_threads_too(void **state)
{
	static const size_t len[] = { 0, 1, SEAL_PIECE - 1, SEAL_PIECE,
		SEAL_PIECE + 1, 2 * SEAL_PIECE, SIZE - 9 };
	char *b = made_bytes();
	int fd = filed(b, SIZE);

	(void)state;
	for (size_t i = 0; i < LEN(len); i++)
		for (size_t threads = 0; threads <= 5; threads++) {
			struct seal *s = seal_new();

			assert_true(seal_file(s, fd, 9, len[i], threads));
			assert_true(seal_eq(seal_of(s),
			    seal_at(b + 9, len[i])));
			/* and it goes on from there */
			seal_add(s, b + 9 + len[i], SIZE - 9 - len[i]);
			assert_true(seal_eq(seal_of(s),
			    seal_at(b + 9, SIZE - 9)));
			seal_free(s);
		}
	close(fd);
	free(b);
}

static void
what_is_not_there_cannot_be_sealed(void **state)
{
	static const size_t len[] = { SIZE + 1, SIZE + SEAL_PIECE };
	char *b = made_bytes();
	int fd = filed(b, SIZE);

	(void)state;
	for (size_t i = 0; i < LEN(len); i++)
		for (size_t threads = 1; threads <= 3; threads++) {
			struct seal *s = seal_new();

			assert_false(seal_file(s, fd, 0, len[i], threads));
			seal_free(s);
		}
	close(fd);
	free(b);
}

static void
one_bit_one_place_or_one_byte_more_is_another_hash(void **state)
{
	char *b = made_bytes();
	struct seal_hash whole = seal_at(b, SIZE);
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < 200; i++) {
		size_t at = check_random(&seed, SIZE);
		char bit = (char)(1 << check_random(&seed, 8)), *p = b + at;

		*p = (char)(*p ^ bit);
		assert_false(seal_eq(seal_at(b, SIZE), whole));
		*p = (char)(*p ^ bit);
	}
	assert_true(seal_eq(seal_at(b, SIZE), whole));
	assert_false(seal_eq(seal_at(b, SIZE - 1), whole));
	memset(b, 0, SIZE);
	assert_false(seal_eq(seal_at(b, SIZE), seal_at(b, SIZE - 1)));
	assert_false(seal_eq(seal_at(b, SEAL_PIECE), seal_at(b, 0)));
	free(b);
}

static void
pieces_that_change_places_are_another_hash(void **state)
{
	char *b = made_bytes(), *c = malloc(SIZE);

	(void)state;
	memcpy(c, b, SIZE);
	memcpy(c, b + SEAL_PIECE, SEAL_PIECE);
	memcpy(c + SEAL_PIECE, b, SEAL_PIECE);
	assert_false(seal_eq(seal_at(b, SIZE), seal_at(c, SIZE)));
	free(b);
	free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_in_any_steps_have_one_hash),
		cmocka_unit_test(files_by_any_number_of_threads_too),
		cmocka_unit_test(what_is_not_there_cannot_be_sealed),
		cmocka_unit_test(
		    one_bit_one_place_or_one_byte_more_is_another_hash),
		cmocka_unit_test(pieces_that_change_places_are_another_hash),
	};

	return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
