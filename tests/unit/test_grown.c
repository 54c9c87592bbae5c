/*
 * grown - appends lead from mark to mark; nothing else that happens to a file
 * or its note does.
 *
 * Where the kernel or the file system of /tmp cannot tell (grown_can) there
 * must be no proof at all, and all of this holds too.
 *
 * To see it fail: leave the lease out of grown_begin.
 */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "place.h"
#include "table/grown.h"

static bool
can(void)
{
	int fd = open(".", O_RDONLY);
	bool yes = grown_can(fd);

	close(fd);
	return yes;
}

static struct file_mark
mark(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return file_mark(&st);
}

/* As append.c does it; the mark that the file has then. */
static struct file_mark
append(const char *path, const char *note)
{
	struct grown g;
	int fd = open(path, O_RDWR | O_APPEND);

	grown_begin(&g, fd, note);
	assert_int_equal(write(fd, "row\n", 4), 4);
	grown_wrote(&g);
	grown_note(&g);
	close(fd);
	return mark(path);
}

/* A large file f without a note. */
static void
fresh(void)
{
	int fd;

	unlink("f");
	unlink(".f.grown");
	fd = open("f", O_WRONLY | O_CREAT, 0640);
	assert_int_equal(ftruncate(fd, GROWN_LEAST), 0);
	close(fd);
}

static void
appends_lead_on(void **state)
{
	struct file_mark m[5];
	struct stat st;

	(void)state;
	fresh();
	m[0] = mark("f");
	for (int i = 1; i < 5; i++)
		m[i] = append("f", ".f.grown");
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < 5; k++)
			assert_int_equal(grown_since("f", m[i], m[k]),
			    can() && 0 < i && i <= k);
	assert_false(grown_since("g", m[1], m[4]));
	assert_int_equal(stat(".f.grown", &st) == 0, can());
	if (can())
		assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(symlink("f", "l"), 0);
	assert_int_equal(grown_since("l", m[1], m[4]), can());
}

static void
small_files_have_no_note(void **state)
{
	struct file_mark m;

	(void)state;
	fresh();
	assert_int_equal(truncate("f", GROWN_LEAST - 1), 0);
	m = append("f", ".f.grown");
	assert_false(grown_since("f", m, m));
	assert_int_equal(access(".f.grown", F_OK), -1);
	fresh();
	m = append("f", NULL);
	assert_false(grown_since("f", m, m));
}

/* --- what else may happen ------------------------------------------------ */

static void
edit(int fd)
{
	assert_int_equal(pwrite(fd, "x", 1, 9), 1);
}

static void
edit_in_place(void)
{
	int fd = open("f", O_WRONLY);

	edit(fd);
	close(fd);
}

static void
edit_and_set_the_time_back(void)
{
	struct stat st;

	assert_int_equal(stat("f", &st), 0);
	edit_in_place();
	assert_int_equal(utimensat(AT_FDCWD, "f",
	    (struct timespec[]){ st.st_atim, st.st_mtim }, 0), 0);
}

static void
edit_by_mapping(void)
{
	int fd = open("f", O_RDWR);
	char *at = mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, fd, 0);

	at[9] = 'm';
	munmap(at, 4096);
	close(fd);
}

static void
cut_and_lengthen(void)
{
	struct file_mark m = mark("f");

	assert_int_equal(truncate("f", 100), 0);
	assert_int_equal(truncate("f", (off_t)m.size), 0);
}

static void
append_without_a_note(void)
{
	append("f", NULL);
}

static void
copy(const char *from, const char *to)
{
	char command[64];

	snprintf(command, sizeof command, "cp -a %s %s", from, to);
	assert_int_equal(system(command), 0);
}

static void
replace(void)
{
	copy("f", "g");
	assert_int_equal(rename("g", "f"), 0);
}

static void
change_rights(void)
{
	assert_int_equal(chmod("f", 0600), 0);
}

static void
remove_the_note(void)
{
	unlink(".f.grown");
}

static void
cut_the_note(void)
{
	if (can())
		assert_int_equal(truncate(".f.grown", 50), 0);
}

static void
fill_the_note(void)
{
	place_put(".f.grown", "rubbish");
}

static void
a_directory_for_a_note(void)
{
	unlink(".f.grown");
	assert_int_equal(mkdir(".f.grown", 0700), 0);
}

/* Each is done between two appends, or behind the last. */
static void
nothing_else_leads_on(void **state)
{
	static void (*const change[])(void) = {
		edit_in_place, edit_and_set_the_time_back, edit_by_mapping,
		cut_and_lengthen, append_without_a_note, replace,
		change_rights, remove_the_note, cut_the_note, fill_the_note,
		a_directory_for_a_note,
	};

	(void)state;
	for (size_t i = 0; i < LEN(change); i++)
		for (int after = 0; after < 4; after++) {
			struct file_mark then, now;

			fresh();
			append("f", ".f.grown");
			then = append("f", ".f.grown");
			append("f", ".f.grown");
			change[i]();
			for (int k = 0; k < after; k++)
				append("f", ".f.grown");
			now = mark("f");
			if (grown_since("f", then, now))
				fail_msg("change %zu, %d appends", i, after);
			assert_int_equal(grown_since("f", now, now), can() &&
			    after > 0 && change[i] != a_directory_for_a_note);
			rmdir(".f.grown");
		}
}

/* In the same moment, again and again. */
static void
no_edit_is_too_quick(void **state)
{
	(void)state;
	fresh();
	for (int i = 0; i < 2000; i++) {
		struct file_mark then = append("f", ".f.grown");

		edit_in_place();
		assert_false(grown_since("f", then, mark("f")));
		append("f", ".f.grown");
		assert_false(grown_since("f", then, mark("f")));
	}
}

/* Whoever could change it meanwhile: by a descriptor, by a mapping whose
 * descriptor was closed, or in future, as he waits to open it. */
static void
nobody_else_may_have_it_open(void **state)
{
	static const int flags[] = { O_RDONLY, O_RDWR, O_WRONLY | O_APPEND };
	struct file_mark m;
	char *at;
	int fd;

	(void)state;
	fresh();
	for (size_t i = 0; i < LEN(flags); i++) {
		fd = open("f", flags[i]);
		m = append("f", ".f.grown");
		assert_false(grown_since("f", m, m));
		close(fd);
	}
	fd = open("f", O_RDWR);
	at = mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	m = append("f", ".f.grown");
	at[0] = 'm';
	assert_false(grown_since("f", m, m));
	munmap(at, 4096);
	m = append("f", ".f.grown");
	assert_int_equal(grown_since("f", m, m), can());
}

static void
who_tries_to_open_it_meanwhile_breaks_the_proof(void **state)
{
	struct grown g;
	struct file_mark m;
	int fd, other;

	(void)state;
	fresh();
	fd = open("f", O_RDWR | O_APPEND);
	grown_begin(&g, fd, ".f.grown");
	other = open("f", O_RDWR | O_NONBLOCK);
	assert_int_equal(other < 0 && errno == EWOULDBLOCK, can());
	assert_int_equal(write(fd, "row\n", 4), 4);
	grown_wrote(&g);
	grown_note(&g);
	m = mark("f");
	assert_false(grown_since("f", m, m));
	close(fd);
	close(other);
}

static void
readers_of_the_store_wait(void **state)
{
	struct grown g;
	struct err e = { 0 };
	int fd, status;
	pid_t child;

	(void)state;
	fresh();
	fd = open("f", O_RDWR | O_APPEND);
	grown_begin(&g, fd, ".f.grown");
	child = fork();
	if (child == 0)
		_exit(input_open("f", INPUT_STORE, &e) == NULL);
	usleep(50 * 1000);
	grown_wrote(&g);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(fd);
}

/* --- the note ------------------------------------------------------------ */

static void
any_other_byte_in_the_note_is_seen(void **state)
{
	struct file_mark first, last;
	struct stat st;
	int fd;

	(void)state;
	fresh();
	first = append("f", ".f.grown");
	append("f", ".f.grown");
	last = append("f", ".f.grown");
	fd = open(".f.grown", O_RDWR);
	if (fd < 0)
		return;
	assert_int_equal(fstat(fd, &st), 0);
	for (off_t i = 0; i < st.st_size; i++) {
		unsigned char was, is;

		assert_int_equal(pread(fd, &was, 1, i), 1);
		is = was ^ 4;
		assert_int_equal(pwrite(fd, &is, 1, i), 1);
		assert_false(grown_since("f", first, last));
		assert_int_equal(pwrite(fd, &was, 1, i), 1);
	}
	assert_true(grown_since("f", first, last));
	for (off_t n = st.st_size - 1; n >= 0; n--) {
		assert_int_equal(ftruncate(fd, n), 0);
		assert_false(grown_since("f", first, last));
	}
	close(fd);
}

/* A disk that was set back to how it was, and then went another way. */
static void
a_mark_from_another_life_is_unknown(void **state)
{
	struct file_mark first, gone, now;

	(void)state;
	fresh();
	first = append("f", ".f.grown");
	if (can())
		copy(".f.grown", "old");
	gone = append("f", ".f.grown");
	assert_int_equal(grown_since("f", first, gone), can());
	if (can())
		assert_int_equal(rename("old", ".f.grown"), 0);
	now = append("f", ".f.grown");
	now = append("f", ".f.grown");
	assert_false(grown_since("f", first, now));
	assert_false(grown_since("f", gone, now));
}

static void
a_list_does_not_grow_for_ever(void **state)
{
	struct file_mark m, then = { 0 };
	struct stat st;

	(void)state;
	fresh();
	for (int i = 0; i < 20 * 1000; i++) {
		m = append("f", ".f.grown");
		if (i % 1000 < 2 || (i > 16380 && i < 16390))
			assert_int_equal(grown_since("f", m, m), can());
		if (i == 19 * 1000)
			then = m;
	}
	assert_int_equal(grown_since("f", then, m), can());
	assert_true(!can() || (stat(".f.grown", &st) == 0 &&
		st.st_size < 1024 * 1024));
}

static void
names_of_notes(void **state)
{
	(void)state;
	assert_true(grown_is(".journal.tsv.grown"));
	assert_false(grown_is("journal.tsv.grown"));
	assert_false(grown_is(".grown"));
	assert_false(grown_is(".journal.tsv"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(appends_lead_on),
		TEST(small_files_have_no_note),
		TEST(nothing_else_leads_on),
		TEST(no_edit_is_too_quick),
		TEST(nobody_else_may_have_it_open),
		TEST(who_tries_to_open_it_meanwhile_breaks_the_proof),
		TEST(readers_of_the_store_wait),
		TEST(any_other_byte_in_the_note_is_seen),
		TEST(a_mark_from_another_life_is_unknown),
		TEST(a_list_does_not_grow_for_ever),
		TEST(names_of_notes),
	};

	return cmocka_run_group_tests_name("grown", tests, NULL, NULL);
}
