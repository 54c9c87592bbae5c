/* replace - a new file in the place of an old one. */
#include "check.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table/replace.h"
#include "place.h"

static struct stat
put(const char *path, const char *text, mode_t mode)
{
	struct stat st;

	place_put(path, text);
	assert_int_equal(chmod(path, mode), 0);
	assert_int_equal(stat(path, &st), 0);
	return st;
}

static struct stat
assert_file(const char *path, const char *want)
{
	struct stat st;

	place_holds(path, want);
	assert_int_equal(stat(path, &st), 0);
	return st;
}

static void
rights_are_kept_and_the_inode_is_new(void **state)
{
	static const mode_t modes[] = { 0600, 0660, 0644, 0400 };

	(void)state;
	for (size_t i = 0; i < LEN(modes); i++) {
		struct stat old = put("f", "old\n", modes[i]), new;
		struct err e = { 0 };

		assert_true(replace_bytes("f", 0666, slice_of("new\n"), &e));
		new = assert_file("f", "new\n");
		assert_int_equal(new.st_mode & 07777, modes[i]);
		assert_int_equal(new.st_gid, old.st_gid);
		assert_int_equal(new.st_uid, old.st_uid);
		assert_true(new.st_ino != old.st_ino);
		unlink("f");
	}
}

static void
a_new_file_gets_the_mode_whatever_the_umask(void **state)
{
	struct err e = { 0 };
	mode_t mask = umask(0777);

	(void)state;
	assert_true(replace_bytes("f", 0660, slice_of(""), &e));
	umask(mask);
	assert_int_equal(assert_file("f", "").st_mode & 07777, 0660);
}

static void
removing_what_is_not_there_is_an_error(void **state)
{
	struct err e = { 0 };

	(void)state;
	put("f", "", 0600);
	assert_true(replace_remove("f", &e));
	assert_false(replace_remove("f", &e));
	assert_string_equal(e.text, "f: No such file or directory");
	assert_int_equal(e.status, CRM_SYS);
}

/* Not the one behind a link, nor its directory, nor a new one beside it. */
static void
what_was_named_is_told(void **state)
{
	struct rlimit old, none;
	struct err e = { 0 };

	(void)state;
	put("f", "old\n", 0600);
	assert_int_equal(symlink("f", "link"), 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = (struct rlimit){ 0, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_false(replace_bytes("link", 0600, slice_of("new\n"), &e));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_string_equal(e.text, "link: Too many open files");
	assert_file("f", "old\n");
	e = (struct err){ 0 };
	assert_false(replace_bytes("no/f", 0600, SLICE_EMPTY, &e));
	assert_string_equal(e.text, "no/f: No such file or directory");
	e = (struct err){ 0 };
	assert_false(replace_remove("no/f", &e));
	assert_string_equal(e.text, "no/f: No such file or directory");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rights_are_kept_and_the_inode_is_new),
		TEST(a_new_file_gets_the_mode_whatever_the_umask),
		TEST(removing_what_is_not_there_is_an_error),
		TEST(what_was_named_is_told),
	};

	return cmocka_run_group_tests_name("replace", tests, NULL, NULL);
}
