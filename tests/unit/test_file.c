/* file - the small steps: links, long copies, what is no file. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table/file.h"
#include "place.h"

static void
links_lead_to_files(void **state)
{
	struct err e = { 0 };
	char *path;

	(void)state;
	close(open("real", O_CREAT | O_WRONLY, 0600));
	assert_int_equal(symlink("real", "one"), 0);
	assert_int_equal(symlink("one", "two"), 0);
	assert_int_equal(symlink("nowhere", "none"), 0);
	path = file_resolve("two", &e);
	assert_non_null(path);
	assert_string_equal(strrchr(path, '/'), "/real");
	free(path);
	path = file_resolve("new", &e);
	assert_string_equal(path, "new");
	free(path);
	assert_int_equal(e.status, CRM_OK);
	assert_null(file_resolve("none", &e));
	assert_string_equal(e.text, "none: No such file or directory");
}

static void
new_files_are_in_the_directory_of_the_old(void **state)
{
	static const struct {
		const char *real, *want;
	} cases[] = {
		{ "a.tsv", ".a.tsv.new" },
		{ "/a.tsv", "/.a.tsv.new" },
		{ "b/c.d/a.tsv", "b/c.d/.a.tsv.new" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		char *got = file_beside(cases[i].real, ".new");

		assert_string_equal(got, cases[i].want);
		free(got);
	}
}

static void
ranges_are_copied_whole(void **state)
{
	static char bytes[200000], got[200000];
	int from = open("from", O_CREAT | O_RDWR, 0600);
	int to = open("to", O_CREAT | O_RDWR, 0600);

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 31 >> 3);
	assert_true(file_write(from, bytes, sizeof bytes));
	assert_true(file_copy(from, 1000, 190000, to));
	assert_int_equal(pread(to, got, sizeof got, 0), 189000);
	assert_memory_equal(got, bytes + 1000, 189000);
	/* A file that has become shorter meanwhile is an error. */
	assert_false(file_copy(from, 199999, 200001, to));
	assert_int_equal(errno, EIO);
	close(from);
	close(to);
}

static void
only_regular_files_are_opened(void **state)
{
	struct err e = { 0 };
	struct stat st;
	int fd;

	(void)state;
	mkdir("dir", 0700);
	mkfifo("fifo", 0600);
	close(open("real", O_CREAT | O_WRONLY, 0600));
	assert_int_equal(symlink("real", "link"), 0);
	fd = file_open("real", O_RDWR, &st, &e);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(file_open("dir", O_RDWR, &st, &e), -1);
	assert_string_equal(e.text, "dir: Is a directory");
	e = (struct err){ 0 };
	assert_int_equal(file_open("fifo", O_RDWR, &st, &e), -1);
	assert_string_equal(e.text, "fifo: not a regular file");
	e = (struct err){ 0 };
	assert_int_equal(file_open("link", O_RDWR, &st, &e), -1);
	assert_true(file_sync_dir("dir/x"));
	assert_true(file_sync_dir("x"));
	assert_false(file_sync_dir("nowhere/x"));
	assert_int_equal(errno, ENOENT);
}

static void
a_write_that_fails_says_why(void **state)
{
	int fd = open("/dev/full", O_WRONLY);

	(void)state;
	assert_false(file_write(fd, "x", 1));
	assert_int_equal(errno, ENOSPC);
	close(fd);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(links_lead_to_files),
		TEST(new_files_are_in_the_directory_of_the_old),
		TEST(ranges_are_copied_whole),
		TEST(only_regular_files_are_opened),
		TEST(a_write_that_fails_says_why),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
