/* store - rights, links, torn tails, locks, what a writer leaves. */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "table/store.h"
#include "place.h"

/* Each test has a store of its own, in an empty working directory. */
static struct store store;

static int
set_up(void **state)
{
	struct err e = { 0 };

	umask(022);
	return place_open(state) != 0 || !store_find(&store, "store", &e) ||
	    !store_create(&store, &e);
}

static int
tear_down(void **state)
{
	store_close(&store);
	return place_close(state);
}

static void
put(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0640);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void
assert_file(const char *path, const char *want, size_t len)
{
	static char got[1 << 16];
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, got, sizeof got);
	close(fd);
	assert_int_equal(n, len);
	assert_memory_equal(got, want, len);
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static int
count_files(void)
{
	DIR *d = opendir("store");
	int n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static void
take_tail(void *ctx, enum store_tail what, const char *path, size_t bytes)
{
	size_t *torn = ctx;

	assert_string_equal(path, "store/journal.tsv");
	assert_int_not_equal(what, STORE_SEEN);
	*torn += bytes;
}

static bool
append(const char *rows, size_t *torn, struct err *e)
{
	bool good;

	*torn = 0;
	store.tail = take_tail;
	store.ctx = torn;
	good = store_lock(&store, false, e) &&
	    store_append(&store, "journal.tsv", "a\tb", slice_of(rows), e);
	store_unlock(&store);
	store.tail = NULL;
	return good;
}

static void
rights_are_narrow_whatever_the_umask(void **state)
{
	static const mode_t masks[] = { 0, 022, 077, 0777 };

	(void)state;
	for (size_t i = 0; i < LEN(masks); i++) {
		struct err e = { 0 };
		struct store s;
		char dir[32], path[64];

		snprintf(dir, sizeof dir, "x%zu/y/z", i);
		umask(masks[i]);
		assert_true(store_find(&s, dir, &e));
		assert_false(s.here);
		assert_true(store_create(&s, &e));
		assert_true(store_lock(&s, false, &e));
		assert_true(store_append(&s, "journal.tsv", "a",
		    slice_of("1\n"), &e));
		assert_true(store_replace(&s, "goals.tsv",
		    slice_of("a\n"), &e));
		store_close(&s);
		umask(022);
		assert_int_equal(mode_of(dir), 0700);
		dir[4] = '\0';
		assert_int_equal(mode_of(dir), 0700);
		snprintf(path, sizeof path, "x%zu/y/z/.lock", i);
		assert_int_equal(mode_of(path), 0600);
		snprintf(path, sizeof path, "x%zu/y/z/journal.tsv", i);
		assert_int_equal(mode_of(path), 0600);
		snprintf(path, sizeof path, "x%zu/y/z/goals.tsv", i);
		assert_int_equal(mode_of(path), 0600);
	}
}

static void
a_store_opened_to_a_group_stays_open_to_it(void **state)
{
	struct err e = { 0 };
	size_t torn;

	(void)state;
	assert_int_equal(chmod("store", 02770), 0);
	assert_int_equal(unlink("store/.lock"), 0);
	assert_true(append("1\t2\n", &torn, &e));
	assert_int_equal(mode_of("store/.lock"), 0660);
	assert_int_equal(mode_of("store/journal.tsv"), 0660);
	assert_true(store_lock(&store, false, &e));
	assert_true(store_make(&store, "goals.tsv", slice_of("a\n"), &e));
	store_unlock(&store);
	assert_int_equal(mode_of("store/goals.tsv"), 0660);
}

static void
the_first_rows_make_the_file_with_its_header(void **state)
{
	struct err e = { 0 };
	size_t torn = 7;

	(void)state;
	assert_true(append("1\t2\n", &torn, &e));
	assert_int_equal(torn, 0);
	assert_true(append("3\t4\n5\t6\n", &torn, &e));
	assert_file("store/journal.tsv", "a\tb\n1\t2\n3\t4\n5\t6\n", 16);
	assert_int_equal(count_files(), 2);
}

/* Whatever the file was cut to, and whatever is behind the cut. */
static void
a_torn_tail_is_moved_aside(void **state)
{
	static const char text[] = "a\tb\n1\t2\n3\t4\n";
	static const struct slice tails[] = { { "", 0 }, { "\0\0\0", 3 },
		{ "\xff" "9\t\x1b", 4 } };

	(void)state;
	for (size_t cut = 0; cut < sizeof text; cut++) {
		for (size_t i = 0; i < LEN(tails); i++) {
			char file[64], want[64], lost[64];
			size_t len = cut + tails[i].len, whole = cut, torn;
			struct err e = { 0 };

			memcpy(file, text, cut);
			memcpy(file + cut, tails[i].at, tails[i].len);
			while (whole > 0 && text[whole - 1] != '\n')
				whole--;
			memcpy(lost, file + whole, len - whole);
			lost[len - whole] = '\n';
			put("store/journal.tsv", file, len);
			unlink("store/journal.tsv.torn");
			assert_true(append("5\t6\n", &torn, &e));
			assert_int_equal(torn, len - whole);
			memcpy(want, text, whole > 0 ? whole : 4);
			memcpy(want + (whole > 0 ? whole : 4), "5\t6\n", 4);
			assert_file("store/journal.tsv", want,
			    (whole > 0 ? whole : 4) + 4);
			if (torn > 0)
				assert_file("store/journal.tsv.torn", lost,
				    torn + 1);
			assert_int_equal(
			    store_has(&store, "journal.tsv.torn"), torn > 0);
		}
	}
}

static void
a_long_torn_tail_is_kept_whole(void **state)
{
	static char file[300000];
	struct err e = { 0 };
	struct stat st;
	size_t torn;

	(void)state;
	memset(file, 0, sizeof file);
	memcpy(file, "a\tb\n", 4);
	put("store/journal.tsv", file, sizeof file);
	assert_true(append("5\t6\n", &torn, &e));
	assert_int_equal(torn, sizeof file - 4);
	assert_file("store/journal.tsv", "a\tb\n5\t6\n", 8);
	assert_int_equal(stat("store/journal.tsv.torn", &st), 0);
	assert_int_equal(st.st_size, sizeof file - 4 + 1);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void
links_and_rights_survive_a_replacement(void **state)
{
	struct err e = { 0 };
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("other", 0755), 0);
	put("other/real.tsv", "old\n", 4);
	assert_int_equal(symlink("../other/real.tsv", "store/customers.tsv"),
	    0);
	assert_true(store_lock(&store, false, &e));
	assert_true(store_replace(&store, "customers.tsv", slice_of("new\n"),
	    &e));
	assert_true(store_append(&store, "customers.tsv", "new",
	    slice_of("x\n"), &e));
	store_unlock(&store);
	assert_int_equal(lstat("store/customers.tsv", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_file("other/real.tsv", "new\nx\n", 6);
	assert_int_equal(mode_of("other/real.tsv"), 0640);
}

static void
odd_files_are_refused(void **state)
{
	static const struct {
		const char *name, *want;
	} cases[] = {
		{ "dir", "store/dir: Is a directory" },
		{ "fifo", "store/fifo: No such device or address" },
		{ "dangling", "store/dangling: No such file or directory" },
		{ "circle", "store/circle: Too many levels of symbolic links" },
	};
	struct err e = { 0 };

	(void)state;
	mkdir("store/dir", 0700);
	mkfifo("store/fifo", 0600);
	assert_int_equal(symlink("nowhere", "store/dangling"), 0);
	assert_int_equal(symlink("circle", "store/circle"), 0);
	assert_true(store_lock(&store, false, &e));
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice x = slice_of("x\n");

		e = (struct err){ 0 };
		assert_false(store_append(&store, cases[i].name, "a", x, &e));
		assert_int_equal(e.status, CRM_SYS);
		if (i != 1)
			assert_non_null(strstr(e.text, cases[i].want + 5));
		e = (struct err){ 0 };
		assert_false(store_replace(&store, cases[i].name, x, &e));
		assert_int_equal(e.status, CRM_SYS);
		e = (struct err){ 0 };
		assert_false(store_make(&store, cases[i].name, x, &e));
		assert_non_null(strstr(e.text, "File exists"));
	}
	store_unlock(&store);
}

static void
one_waits_for_the_other(void **state)
{
	struct store other;
	struct err e = { 0 };

	(void)state;
	assert_true(store_find(&other, "store", &e));
	assert_true(store_lock(&store, true, &e));
	assert_true(store_lock(&other, true, &e));
	store_unlock(&other);
	setenv("CRM_LOCK_WAIT", "0", 1);
	assert_false(store_lock(&other, false, &e));
	assert_string_equal(e.text,
	    "store/.lock: another command has held this lock for 0 s");
	assert_int_equal(e.status, CRM_SYS);
	store_unlock(&store);
	e = (struct err){ 0 };
	assert_true(store_lock(&other, false, &e));
	store_close(&other);
	setenv("CRM_LOCK_WAIT", "soon", 1);
	assert_false(store_lock(&store, false, &e));
	assert_string_equal(e.text,
	    "CRM_LOCK_WAIT: not a whole number: \"soon\"");
	unsetenv("CRM_LOCK_WAIT");
}

/* A signal that comes under the lock is delivered behind it. */
static void
signals_wait_for_the_end(void **state)
{
	int status;

	(void)state;
	if (fork() == 0) {
		struct err e = { 0 };

		signal(SIGTERM, SIG_DFL);
		store_lock(&store, false, &e);
		raise(SIGTERM);
		store_append(&store, "journal.tsv", "a", slice_of("1\n"),
		    &e);
		store_unlock(&store);
		_exit(0);
	}
	assert_true(wait(&status) > 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	assert_file("store/journal.tsv", "a\n1\n", 4);
}

static void
what_dead_writers_left_is_cleared_away(void **state)
{
	struct err e = { 0 };

	(void)state;
	put("store/.customers.tsv.new-a1B2c3", "x", 1);
	put("store/.hidden", "x", 1);
	put("store/my.new-a1B2c3", "x", 1);
	assert_true(store_lock(&store, false, &e));
	store_unlock(&store);
	assert_int_equal(count_files(), 3);
}

static void
a_suspect_file_stops_writers_until_its_mark_is_gone(void **state)
{
	struct err e = { 0 };
	size_t torn;

	(void)state;
	assert_true(append("1\t2\n", &torn, &e));
	put("store/journal.tsv.suspect", "", 0);
	assert_false(append("3\t4\n", &torn, &e));
	assert_string_equal(e.text, "store/journal.tsv.suspect: the disk "
	    "failed while this file was written: see crm(5)");
	e = (struct err){ 0 };
	assert_int_equal(unlink("store/journal.tsv.suspect"), 0);
	assert_true(append("3\t4\n", &torn, &e));
	assert_file("store/journal.tsv", "a\tb\n1\t2\n3\t4\n", 12);
	assert_int_equal(mode_of("store/journal.tsv"), 0600);
	assert_int_equal(count_files(), 2);
}

/* Several rows are there all or not at all. */
static void
a_load_that_was_cut_short_is_taken_back(void **state)
{
	struct err e = { 0 };
	size_t torn;

	(void)state;
	assert_true(append("1\t2\n", &torn, &e));
	put("store/journal.tsv", "a\tb\n1\t2\n3\t4\n5\t6\n7", 17);
	put("store/journal.tsv.undo", "8\n", 2);
	assert_true(append("9\t9\n", &torn, &e));
	assert_int_equal(torn, 9);
	assert_file("store/journal.tsv", "a\tb\n1\t2\n9\t9\n", 12);
	assert_file("store/journal.tsv.torn", "3\t4\n5\t6\n7\n", 10);
	assert_false(store_has(&store, "journal.tsv.undo"));
	/* A mark that was itself cut short was made before any row. */
	put("store/journal.tsv.undo", "8", 1);
	assert_true(append("8\t8\n", &torn, &e));
	assert_file("store/journal.tsv", "a\tb\n1\t2\n9\t9\n8\t8\n", 16);
	assert_int_equal(count_files(), 3);
}

static void
journals_are_found_by_their_names(void **state)
{
	static const char *const names[] = { "journal.tsv",
		"journal-b.tsv.gz", "journal-a.tsv", "journal-c.tsv.zst",
		"journal-.tsv", "journal.tsv.torn", "xjournal.tsv",
		"journal-a.tsv.bak", "journal.tsv.gz" };
	static const char *const want[] = { "store/journal-a.tsv",
		"store/journal-b.tsv.gz", "store/journal-c.tsv.zst",
		"store/journal.tsv" };
	struct err e = { 0 };
	char path[64], **paths;
	size_t n;

	(void)state;
	for (size_t i = 0; i < LEN(names); i++) {
		snprintf(path, sizeof path, "store/%s", names[i]);
		put(path, "", 0);
	}
	assert_true(store_journals(&store, &paths, &n, &e));
	assert_int_equal(n, LEN(want));
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(paths[i], want[i]);
		free(paths[i]);
	}
	free(paths);
	put("store/journal-a.tsv.gz", "", 0);
	assert_false(store_journals(&store, &paths, &n, &e));
	assert_string_equal(e.text, "store/journal-a.tsv.gz: the same "
	    "journal is there as journal-a.tsv");
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
}

static void
the_store_is_where_the_environment_says(void **state)
{
	struct err e = { 0 };
	struct store s;

	(void)state;
	setenv("HOME", "/h", 1);
	setenv("XDG_DATA_HOME", "", 1);
	unsetenv("CRM_DIR");
	assert_true(store_find(&s, NULL, &e));
	assert_string_equal(s.dir, "/h/.local/share/crm");
	store_close(&s);
	setenv("XDG_DATA_HOME", "/x", 1);
	assert_true(store_find(&s, NULL, &e));
	assert_string_equal(s.dir, "/x/crm");
	store_close(&s);
	setenv("CRM_DIR", "a b\nc", 1);
	assert_true(store_find(&s, NULL, &e));
	assert_string_equal(s.dir, "a b\nc");
	assert_true(store_create(&s, &e));
	store_close(&s);
	assert_true(store_find(&s, "store", &e));
	assert_true(s.here);
	store_close(&s);
	unsetenv("CRM_DIR");
	unsetenv("XDG_DATA_HOME");
	unsetenv("HOME");
	assert_false(store_find(&s, NULL, &e));
	assert_int_equal(e.status, CRM_USAGE);
	assert_string_equal(e.text,
	    "no store: neither -d nor CRM_DIR nor HOME is given");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rights_are_narrow_whatever_the_umask),
		TEST(a_store_opened_to_a_group_stays_open_to_it),
		TEST(the_first_rows_make_the_file_with_its_header),
		TEST(a_torn_tail_is_moved_aside),
		TEST(a_long_torn_tail_is_kept_whole),
		TEST(links_and_rights_survive_a_replacement),
		TEST(odd_files_are_refused),
		TEST(one_waits_for_the_other),
		TEST(signals_wait_for_the_end),
		TEST(what_dead_writers_left_is_cleared_away),
		TEST(a_suspect_file_stops_writers_until_its_mark_is_gone),
		TEST(a_load_that_was_cut_short_is_taken_back),
		TEST(journals_are_found_by_their_names),
		TEST(the_store_is_where_the_environment_says),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
