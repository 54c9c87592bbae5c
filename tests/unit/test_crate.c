/*
 * crate - what is put in comes out, whole or not at all.
 */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "table/crate.h"
#include "place.h"

enum { LARGE = 700 * 1000 };

/* Parts of these lengths, whose bytes depend on `salt`. */
static void
write_parts(const size_t *len, size_t n, unsigned salt)
{
	struct crate_writer w;
	struct err e = { 0 };

	crate_begin(&w, "c");
	for (size_t i = 0; i < n; i++) {
		crate_part(&w);
		for (size_t at = 0; at < len[i]; at++) {
			char byte = (char)(at * 7 + at / 1000 + i + salt);

			crate_add(&w, &byte, 1);
		}
	}
	if (!crate_end(&w, &e))
		fail_msg("%s", e.text);
	assert_int_not_equal(access(".c.new", F_OK), 0);
}

static bool
is_part(const struct crate *c, size_t i, size_t len, unsigned salt)
{
	char *to = malloc(len + 1);
	struct buf taken = { 0 };
	bool good;

	buf_str(&taken, "old");
	good = c->len[i] == len && crate_read(c, i, to) &&
	    crate_take(c, i, &taken) && taken.len == len &&
	    (len == 0 || memcmp(taken.at, to, len) == 0);
	for (size_t at = 0; good && at < len; at++)
		good = to[at] == (char)(at * 7 + at / 1000 + i + salt);
	free(to);
	buf_free(&taken);
	return good;
}

static const size_t lens[] = { 5, 0, LARGE, SEAL_PIECE, 1 };

static void
parts_come_out_as_they_went_in(void **state)
{
	struct crate c;
	struct err e = { 0 };
	struct stat st;

	(void)state;
	for (unsigned salt = 0; salt < 2; salt++) {
		write_parts(lens, LEN(lens), salt);
		assert_true(crate_open(&c, "c", &e));
		assert_int_equal(c.parts, LEN(lens));
		for (size_t i = 0; i < LEN(lens); i++)
			assert_true(is_part(&c, i, lens[i], salt));
		crate_close(&c);
	}
	assert_int_equal(stat("c", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
nothing_and_empty_are_no_crate_and_no_error(void **state)
{
	struct crate c;
	struct err e = { 0 };

	(void)state;
	unlink("c");
	assert_true(crate_open(&c, "c", &e));
	assert_int_equal(c.parts, 0);
	crate_close(&c);
	assert_true(close(open("c", O_CREAT | O_WRONLY, 0600)) == 0);
	assert_true(crate_open(&c, "c", &e));
	assert_int_equal(c.parts, 0);
	crate_close(&c);
}

static void
other_files_are_refused(void **state)
{
	static const char *const text[] = { "x", "crm state file",
		"crm state filE\n", "time\tcustomer\tkind\n" };

	(void)state;
	for (size_t i = 0; i < LEN(text); i++) {
		FILE *f = fopen("c", "w");
		struct err e = { 0 };
		struct crate c;

		fputs(text[i], f);
		fclose(f);
		assert_false(crate_open(&c, "c", &e));
		assert_int_equal(e.status, CRM_DATA);
		assert_string_equal(e.text,
		    "c: not made by crm: it stays as it is");
		crate_close(&c);
	}
}

/* Is all of the file still to be had? */
static bool
is_whole(void)
{
	struct err e = { 0 };
	struct crate c;
	bool good = crate_open(&c, "c", &e) && c.parts == LEN(lens);

	for (size_t i = 0; good && i < LEN(lens); i++)
		good = is_part(&c, i, lens[i], 1);
	crate_close(&c);
	return good;
}

static void
damage_anywhere_is_noticed(void **state)
{
	uint64_t seed = 3;
	int fd;

	(void)state;
	write_parts(lens, LEN(lens), 1);
	fd = open("c", O_RDWR);
	for (int i = 0; i < 300; i++) {
		off_t at = i < 240 ? i :
		    240 + (off_t)check_random(&seed, LARGE);
		char byte, other;

		assert_int_equal(pread(fd, &byte, 1, at), 1);
		other = (char)(byte ^ 1 << check_random(&seed, 8));
		assert_int_equal(pwrite(fd, &other, 1, at), 1);
		assert_false(is_whole());
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	}
	assert_true(is_whole());
	close(fd);
}

static void
so_is_another_length(void **state)
{
	static const off_t cut[] = { 16, 17, 100, 247, 248, 249, LARGE };
	struct stat st;

	(void)state;
	for (size_t i = 0; i < LEN(cut); i++) {
		write_parts(lens, LEN(lens), 1);
		assert_int_equal(truncate("c", cut[i]), 0);
		assert_false(is_whole());
	}
	write_parts(lens, LEN(lens), 1);
	assert_int_equal(stat("c", &st), 0);
	assert_int_equal(truncate("c", st.st_size + 1), 0);
	assert_false(is_whole());
}

static void
of_two_writers_one_writes(void **state)
{
	int fd = open(".c.new", O_CREAT | O_RDWR, 0600);
	struct crate_writer w;
	struct err e = { 0 };

	(void)state;
	unlink("c");
	assert_int_equal(flock(fd, LOCK_EX), 0);
	crate_begin(&w, "c");
	crate_part(&w);
	assert_true(crate_end(&w, &e));
	assert_int_not_equal(access("c", F_OK), 0);
	assert_int_equal(access(".c.new", F_OK), 0);
	close(fd); /* left by one that was killed */
	write_parts(lens, LEN(lens), 1);
	assert_true(is_whole());
}

static void
who_gives_up_leaves_the_old_one(void **state)
{
	struct crate_writer w;
	struct err e = { 0 };

	(void)state;
	write_parts(lens, LEN(lens), 1);
	crate_begin(&w, "c");
	crate_part(&w);
	crate_add(&w, "new", 3);
	crate_give_up(&w);
	assert_int_not_equal(access(".c.new", F_OK), 0);
	assert_true(crate_end(&w, &e));
	assert_true(is_whole());
}

/* Of a new one, and of one behind a link. */
static void
what_was_named_is_told(void **state)
{
	struct crate_writer w;
	struct rlimit old, none;
	struct err e = { 0 };

	(void)state;
	crate_begin(&w, "no/c");
	assert_false(crate_end(&w, &e));
	assert_string_equal(e.text, "no/c: No such file or directory");
	assert_int_equal(mkdir(".c.new", 0700), 0);
	crate_begin(&w, "c");
	assert_false(crate_end(&w, &e));
	assert_true(strncmp(e.text, "c: ", 3) == 0);
	assert_non_null(strstr(e.text, ".c.new: Is a directory"));
	assert_int_equal(rmdir(".c.new"), 0);
	assert_int_equal(symlink("c", "link"), 0);
	crate_begin(&w, "link");
	crate_part(&w);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = (struct rlimit){ 0, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_false(crate_end(&w, &e)); /* the directory cannot be synced */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_string_equal(e.text, "link: Too many open files");
}

/* Whoever is killed leaves a file that can be told from all others, however
 * far he came. */
static void
half_of_one_is_known_by_its_first_bytes(void **state)
{
	static const size_t much[] = { 0, 1, LARGE };
	char first[CRATE_MAGIC];

	(void)state;
	for (size_t i = 0; i < LEN(much); i++) {
		char *bytes = calloc(1, LARGE);
		struct crate_writer w;
		struct crate c;
		struct err e = { 0 };
		int fd;

		unlink("c");
		crate_begin(&w, "c");
		crate_part(&w);
		crate_add(&w, bytes, much[i]);
		fd = open(".c.new", O_RDONLY);
		assert_int_equal(read(fd, first, sizeof first), sizeof first);
		assert_true(crate_is((struct slice){ first, sizeof first }));
		close(fd);
		assert_true(crate_open(&c, ".c.new", &e));
		assert_int_equal(c.parts, 0);
		crate_close(&c);
		crate_give_up(&w);
		assert_true(crate_end(&w, &e));
		free(bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_come_out_as_they_went_in),
		cmocka_unit_test(nothing_and_empty_are_no_crate_and_no_error),
		cmocka_unit_test(other_files_are_refused),
		cmocka_unit_test(damage_anywhere_is_noticed),
		cmocka_unit_test(so_is_another_length),
		cmocka_unit_test(of_two_writers_one_writes),
		cmocka_unit_test(who_gives_up_leaves_the_old_one),
		cmocka_unit_test(what_was_named_is_told),
		cmocka_unit_test(half_of_one_is_known_by_its_first_bytes),
	};

	return cmocka_run_group_tests_name("crate", tests, place_open,
	    place_close);
}
