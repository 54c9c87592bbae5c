/* swap - several files at once, all or none. */
#include "check.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table/swap.h"
#include "place.h"

static void
add(struct swap *w, const char *name, const char *text)
{
	struct err e = { 0 };

	assert_true(swap_open(w, name, UNPACK_PLAIN, &e));
	assert_true(swap_add(w, slice_of(text), &e));
	assert_true(swap_close(w, &e));
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* Old files a, b and c; a new a and d, and c removed, made ready. */
static void
make_ready(struct swap *w)
{
	place_put("a", "old\n");
	place_put("b", "old\n");
	place_put("c", "old\n");
	assert_int_equal(chmod("a", 0640), 0);
	swap_begin(w, ".", 0600);
	add(w, "a", "new\n");
	add(w, "d", "new\n");
	assert_true(swap_remove(w, "c", &(struct err){ 0 }));
}

static void
assert_all(void)
{
	struct stat st;

	place_holds("a", "new\n");
	place_holds("b", "old\n");
	place_holds("d", "new\n");
	assert_false(is_there("c"));
	assert_false(is_there(".a.swap") || is_there(".d.swap"));
	assert_false(is_there(SWAP_PLAN));
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(stat("d", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
all_is_done_at_once(void **state)
{
	struct swap w;
	struct err e = { 0 };

	(void)state;
	make_ready(&w);
	place_holds("a", "old\n");
	assert_true(swap_commit(&w, &e));
	swap_drop(&w);
	assert_all();
	assert_true(swap_finish(".", &e));
}

static void
nothing_is_done_without_a_commit(void **state)
{
	struct swap w;

	(void)state;
	make_ready(&w);
	swap_drop(&w);
	place_holds("a", "old\n");
	place_holds("c", "old\n");
	assert_false(is_there(".a.swap") || is_there("d"));
}

/* Wherever a writer was killed behind its plan. */
static void
the_next_writer_finishes(void **state)
{
	(void)state;
	for (int step = 0; step < 4; step++) {
		struct swap w;
		struct err e = { 0 };

		make_ready(&w);
		(void)unlink("d");
		place_put(SWAP_PLAN, "replace a\nreplace d\nremove c\n");
		if (step > 0)
			assert_int_equal(rename(".a.swap", "a"), 0);
		if (step > 1)
			assert_int_equal(rename(".d.swap", "d"), 0);
		if (step > 2)
			assert_int_equal(unlink("c"), 0);
		assert_true(swap_finish(".", &e));
		assert_all();
		swap_drop(&w);
	}
}

static void
links_are_followed_and_odd_names_kept(void **state)
{
	struct swap w;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(mkdir("far", 0700), 0);
	place_put("far/real", "old\n");
	assert_int_equal(symlink("far/real", "link"), 0);
	swap_begin(&w, ".", 0600);
	add(&w, "link", "new\n");
	add(&w, "a\nb\\", "odd\n");
	assert_true(swap_commit(&w, &e));
	swap_drop(&w);
	place_holds("far/real", "new\n");
	place_holds("a\nb\\", "odd\n");
	assert_int_equal(readlink("link", (char[16]){ 0 }, 16), 8);
}

/* A link that goes and leaves what it leads to would keep what is to be gone;
 * wherever a writer was killed behind its plan. */
static void
a_link_goes_with_its_file(void **state)
{
	(void)state;
	for (int step = 0; step < 4; step++) {
		struct swap w;
		struct err e = { 0 };

		if (step == 0)
			assert_int_equal(mkdir("far", 0700), 0);
		place_put("far/real", "old\n");
		assert_int_equal(symlink("far/real", "link"), 0);
		swap_begin(&w, ".", 0600);
		assert_true(swap_remove(&w, "link", &e));
		if (step > 0)
			place_put(SWAP_PLAN, "remove link\n");
		if (step > 1)
			assert_int_equal(unlink("far/real"), 0);
		if (step > 2)
			assert_int_equal(unlink("link"), 0);
		assert_true(step > 0 ? swap_finish(".", &e) :
		    swap_commit(&w, &e));
		swap_drop(&w);
		assert_false(is_there("far/real") || is_there("link"));
		assert_false(is_there(SWAP_PLAN));
	}
}

static void
what_is_no_plan_stops_writers(void **state)
{
	static const char *const bad[] = { "replace ../x\n", "burn a\n",
		"replace a\\q\n", "remove \n" };

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct err e = { 0 };

		place_put(SWAP_PLAN, bad[i]);
		assert_false(swap_finish(".", &e));
		assert_int_equal(e.status, CRM_DATA);
		assert_string_equal(e.text, "./.swap: not a plan");
	}
}

static void
only_regular_files_are_replaced(void **state)
{
	struct swap w;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(mkdir("dir", 0700), 0);
	swap_begin(&w, ".", 0600);
	assert_false(swap_open(&w, "dir", UNPACK_PLAIN, &e));
	assert_string_equal(e.text, "./dir: not a regular file");
	swap_drop(&w);
	assert_false(is_there(".dir.swap"));
}

static void
a_rename_that_fails_is_left_to_the_next(void **state)
{
	struct swap w;
	struct err e = { 0 };

	(void)state;
	make_ready(&w);
	assert_int_equal(unlink("a"), 0);
	assert_int_equal(mkdir("a", 0700), 0);
	assert_false(swap_commit(&w, &e));
	swap_drop(&w);
	assert_string_equal(e.text, "./a: Is a directory: the next command "
	    "that writes will finish this");
	assert_int_equal(rmdir("a"), 0);
	e = (struct err){ 0 };
	assert_true(swap_finish(".", &e));
	place_holds("a", "new\n");
	assert_false(is_there("c"));
}

static void
names_of_new_files_are_known(void **state)
{
	static const struct {
		const char *name;
		bool is;
	} cases[] = { { ".a.swap", true }, { ".swap", false },
		{ "a.swap", false }, { ".a.swap~", false } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(swap_is_left(cases[i].name), cases[i].is);
}

#define PLACED(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(all_is_done_at_once),
		PLACED(nothing_is_done_without_a_commit),
		PLACED(the_next_writer_finishes),
		PLACED(links_are_followed_and_odd_names_kept),
		PLACED(a_link_goes_with_its_file),
		PLACED(what_is_no_plan_stops_writers),
		PLACED(only_regular_files_are_replaced),
		PLACED(a_rename_that_fails_is_left_to_the_next),
		cmocka_unit_test(names_of_new_files_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
