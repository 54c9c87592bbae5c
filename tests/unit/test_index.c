/*
 * index - one customer by id or address, from a file that may be stale or
 * damaged.  The slow twin reads the table as text: a customer is found by
 * strings, one line after the other.
 */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "crm/index.h"
#include "place.h"
#include "table/file.h"

static const char table[] = "store/customers.tsv";
static const char file[] = "store/.customers.tsv.index";

enum { ROWS = 3000, LATER = 1000 };

static struct store store;

static int
set_up(void **state)
{
	struct err e = { 0 };

	return place_open(state) != 0 || !store_find(&store, "store", &e) ||
	    !store_create(&store, &e);
}

static int
tear_down(void **state)
{
	store_close(&store);
	return place_close(state);
}

/* Every tenth has no address, every seventh that of another, every fifth
 * two; C9 has the same twice.  M@1 is an id. */
static void
put_table(struct buf *text)
{
	buf_clear(text);
	buf_str(text, "id\tname\temail\tnote\n");
	for (int i = 1; i <= ROWS; i++) {
		buf_fmt(text, "C%d\tName %d\t", i, i);
		if (i == 9)
			buf_str(text, "nine@x.example, Nine@x.example");
		else if (i % 7 == 0)
			buf_fmt(text, "Info%d@firm.example", i / 30);
		else if (i % 10 != 0)
			buf_fmt(text, "c%d@x.example%s", i,
			    i % 5 == 0 ? ", D@" : "");
		if (i % 5 == 0 && i % 10 != 0 && i % 7 != 0)
			buf_fmt(text, "%d.example", i);
		buf_fmt(text, "\t%0100d\n", i);
	}
	buf_str(text, "M@1\t\tm@1\t\nX\t\tM@1\t\n");
	place_put(table, buf_text(text));
}

static int64_t
later(void)
{
	struct stat st;

	assert_int_equal(stat(table, &st), 0);
	return st.st_ctim.tv_sec + LATER;
}

static bool
made(void)
{
	struct err e = { 0 };
	struct stat st;

	assert_true(index_make(&store, later(), &e));
	return stat(file, &st) == 0 && st.st_size > 4096;
}

/* How many rows have this address, and the id of the last. */
static int
slow_mail(const char *text, const char *mail, char id[static 64])
{
	int found = 0;

	for (const char *at = strchr(text, '\n') + 1; *at != '\0';
	    at = strchr(at, '\n') + 1) {
		char own[64] = "", mails[128] = "", *save, *one;
		const char *from = strchr(strchr(at, '\t') + 1, '\t') + 1;
		bool has = false;

		snprintf(own, sizeof own, "%.*s",
		    (int)(strchr(at, '\t') - at), at);
		snprintf(mails, sizeof mails, "%.*s",
		    (int)(strchr(from, '\t') - from), from);
		for (one = strtok_r(mails, ", ", &save); one != NULL;
		    one = strtok_r(NULL, ", ", &save))
			has |= strcasecmp(one, mail) == 0;
		if (has) {
			found++;
			strcpy(id, own);
		}
	}
	return found;
}

static enum index_answer
slow(const char *text, const char *field, char id[static 64])
{
	char needle[80];

	snprintf(needle, sizeof needle, "\n%s\t", field);
	snprintf(id, 64, "%s", field);
	if (strstr(text, needle) != NULL)
		return INDEX_ID;
	return strchr(field, '@') != NULL && slow_mail(text, field, id) == 1 ?
	    INDEX_MAIL : INDEX_UNKNOWN;
}

/* What the twin says. */
struct twin {
	const char *field;
	enum index_answer answer;
	char id[64];
};

static struct twin
twin_of(const struct buf *text, const char *field)
{
	struct twin t = { .field = field };

	t.answer = slow(text->at, field, t.id);
	return t;
}

/* With exact, an answer must be there where the twin has one; else there
 * may be none, but never a wrong one. */
static void
agree(const struct twin *t, bool exact)
{
	struct buf id = { 0 };
	enum index_answer got = index_find(&store, slice_of(t->field), &id);

	if (exact || got != INDEX_UNKNOWN)
		assert_int_equal(got, t->answer);
	if (got != INDEX_UNKNOWN)
		assert_string_equal(buf_text(&id), t->id);
	buf_free(&id);
}

static void
agree_on(const struct buf *text, const char *field, bool exact)
{
	struct twin t = twin_of(text, field);

	agree(&t, exact);
}

static const char *const some[] = { "C1", "C3000", "C3001", "C30", "C",
	"id", "c1", "Name 1", "C9\tName", "nine@x.example", "NINE@X.example",
	"c1@x.example", "C2999@X.EXAMPLE", "info3@firm.example", "c7@x.example",
	"D@15.example", "d@25.example", "M@1", "m@1", "@", "x@y", "X", "",
	"0@", "C1500" };

static void
it_finds_what_reading_finds(void **state)
{
	struct buf text = { 0 };
	char field[64];

	(void)state;
	put_table(&text);
	for (size_t i = 0; i < LEN(some); i++)
		assert_int_equal(index_find(&store, slice_of(some[i]),
		    &(struct buf){ 0 }), INDEX_UNKNOWN);
	assert_true(made());
	for (size_t i = 0; i < LEN(some); i++)
		agree_on(&text, some[i], true);
	for (int i = 0; i <= ROWS + 1; i += 7) {
		snprintf(field, sizeof field, "C%d", i);
		agree_on(&text, field, true);
		snprintf(field, sizeof field, "C%d@x.EXAMPLE", i);
		agree_on(&text, field, true);
		snprintf(field, sizeof field, "info%d@Firm.example", i);
		agree_on(&text, field, true);
	}
	buf_free(&text);
}

static void
it_tells_nobody_who_is_in_it(void **state)
{
	struct buf text = { 0 };
	static char bytes[1 << 20];
	struct stat st, its;
	FILE *f;
	size_t n;

	(void)state;
	put_table(&text);
	assert_int_equal(chmod(table, 0640), 0);
	assert_true(made());
	assert_true(stat(table, &st) == 0 && stat(file, &its) == 0);
	assert_int_equal(its.st_mode & 0777, 0640);
	f = fopen(file, "r");
	n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	assert_null(memmem(bytes, n, "C29", 3));
	assert_null(memmem(bytes, n, "example", 7));
	assert_null(memmem(bytes, n, "nine@", 5));
	buf_free(&text);
}

/* --- damaged ---------------------------------------------------------- */

static char *
slurp(size_t *n)
{
	FILE *f = fopen(file, "r");
	char *bytes = mem_zero(1 << 20, 1);

	*n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	return bytes;
}

static void
spit(const char *bytes, size_t n)
{
	FILE *f = fopen(file, "r+");

	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
}

static void
cut_off_anywhere_it_is_not_wrong(void **state)
{
	struct buf text = { 0 };
	struct twin one, all;
	char *bytes;
	size_t n;

	(void)state;
	put_table(&text);
	assert_true(made());
	bytes = slurp(&n);
	one = twin_of(&text, "C2999");
	all = twin_of(&text, "info3@firm.example");
	for (size_t len = n; len-- > 0;) {
		assert_int_equal(truncate(file, (off_t)len), 0);
		agree(&one, false);
		agree(&all, false);
	}
	free(bytes);
	buf_free(&text);
}

static void
with_other_bytes_it_is_not_wrong(void **state)
{
	uint64_t seed = 7;
	struct twin twins[LEN(some)];
	struct buf text = { 0 };
	char *bytes, *other;
	size_t n;

	(void)state;
	put_table(&text);
	for (size_t k = 0; k < LEN(some); k++)
		twins[k] = twin_of(&text, some[k]);
	assert_true(made());
	bytes = slurp(&n);
	other = mem_zero(n, 1);
	for (int i = 0; i < 3000; i++) {
		size_t from = i < 600 ? (size_t)i : check_random(&seed, (uint32_t)n);
		size_t len = i < 600 ? 1 : check_random(&seed, 9000);

		memcpy(other, bytes, n);
		if (i % 3 == 2) /* pages in the place of others */
			memmove(other + from / 4096 * 4096, bytes + n / 2,
			    n - (from / 4096 * 4096 > n / 2 ?
				from / 4096 * 4096 : n / 2));
		else
			for (size_t k = from; k < n && k < from + len; k++)
				other[k] = (char)check_random(&seed, 256);
		spit(other, n);
		for (size_t k = 0; k < LEN(some); k += 3)
			agree(&twins[(k + (size_t)i) % LEN(some)], false);
	}
	free(bytes);
	free(other);
	buf_free(&text);
}

/* An address that several have must not become that of one of them. */
static void
without_one_of_its_entries_it_is_not_wrong(void **state)
{
	struct buf text = { 0 };
	struct twin all;
	char *bytes;
	size_t n;
	int fd;

	(void)state;
	put_table(&text);
	all = twin_of(&text, "info3@firm.example");
	assert_int_equal(all.answer, INDEX_UNKNOWN);
	assert_true(made());
	bytes = slurp(&n);
	fd = open(file, O_WRONLY);
	for (size_t at = n % 4096; at < n; at += 8) {
		assert_int_equal(pwrite(fd, "\1\2\3\4\5\6\7", 8, (off_t)at), 8);
		agree(&all, false);
		assert_int_equal(pwrite(fd, bytes + at, 8, (off_t)at), 8);
	}
	close(fd);
	free(bytes);
	buf_free(&text);
}

/* --- stale ------------------------------------------------------------ */

/* The address of C1 and C2, with C1 and C2 in each other's place, same
 * size, in place, and with the old mtime. */
static void
edited_in_place_it_is_not_wrong(void **state)
{
	static const char was[] = "C1\tName 1\tc1@x.example\t";
	static const char is[] = "C1\tName 1\tc2@x.example\t";
	struct buf text = { 0 };
	struct stat st;
	int fd;

	(void)state;
	put_table(&text);
	assert_true(made());
	agree_on(&text, "c2@x.example", true);
	memcpy(strstr(buf_text(&text), was), is, strlen(is));
	fd = open(table, O_WRONLY);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	assert_int_equal(pwrite(fd, text.at, text.len, 0),
	    (ssize_t)text.len);
	assert_int_equal(futimens(fd, (struct timespec[]){ st.st_atim,
	    st.st_mtim }), 0);
	close(fd);
	agree_on(&text, "c1@x.example", false);
	agree_on(&text, "c2@x.example", false);
	assert_int_equal(index_find(&store, slice_of("c3@x.example"),
	    &(struct buf){ 0 }), INDEX_UNKNOWN);
	assert_true(made());
	for (size_t i = 0; i < LEN(some); i++)
		agree_on(&text, some[i], true);
	buf_free(&text);
}

static void
of_another_table_it_is_not_wrong(void **state)
{
	static const char *const others[] = { "id\temail\nC2\tc1@x.example\n",
		"account\tid\nC1\tD1\nC2\tD2\n", "id\nC1", "id", "",
		"email\tid\nC1\tC2\n" };
	struct buf text = { 0 };

	(void)state;
	put_table(&text);
	assert_true(made());
	/* Rows at the same bytes, in columns of other names. */
	memcpy(text.at, "no", 2);
	place_put(table, buf_text(&text));
	assert_int_equal(index_find(&store, slice_of("C1"),
	    &(struct buf){ 0 }), INDEX_UNKNOWN);
	for (size_t i = 0; i < LEN(others); i++) {
		place_put(table, others[i]);
		for (size_t k = 0; k < LEN(some); k++)
			assert_int_equal(index_find(&store, slice_of(some[k]),
			    &(struct buf){ 0 }), INDEX_UNKNOWN);
	}
	assert_int_equal(unlink(table), 0);
	assert_int_equal(index_find(&store, slice_of("C1"),
	    &(struct buf){ 0 }), INDEX_UNKNOWN);
	buf_free(&text);
}

/* Its row has become the end of another. */
static void
an_id_inside_a_row_is_none(void **state)
{
	struct buf text = { 0 };

	(void)state;
	put_table(&text);
	assert_true(made());
	*strstr(buf_text(&text), "\nC1500\t") = ' ';
	place_put(table, buf_text(&text));
	agree_on(&text, "C1500", true);
	agree_on(&text, "C1499", true);
	buf_free(&text);
}

static void
rows_behind_an_old_table_leave_its_ids_found(void **state)
{
	struct buf text = { 0 };
	FILE *f;

	(void)state;
	put_table(&text);
	assert_true(made());
	f = fopen(table, "a");
	fputs("N1\t\tc1@x.example\t\n", f);
	fclose(f);
	buf_str(&text, "N1\t\tc1@x.example\t\n");
	agree_on(&text, "C1", true);
	agree_on(&text, "N1", false);
	agree_on(&text, "c1@x.example", true);
	buf_free(&text);
}

/* --- making ------------------------------------------------------------ */

static void
a_table_just_changed_has_none(void **state)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	(void)state;
	put_table(&text);
	for (int64_t old = -5; old <= INDEX_SETTLED; old++) {
		assert_true(index_make(&store, later() - LATER + old, &e));
		assert_int_not_equal(access(file, F_OK), 0);
	}
	assert_true(index_make(&store, later() - LATER + INDEX_SETTLED + 1,
	    &e));
	assert_int_equal(access(file, F_OK), 0);
	buf_free(&text);
}

static void
a_table_that_is_not_as_we_write_it_has_none(void **state)
{
	static const char *const ends[] = { "C1 \r\n", "\\q\t\t\t\n",
		"\xff\t\t\t\n", "C\t\t\n", "\t\t\t\n", "torn", "\t1\t\t\n" };
	struct buf text = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(ends); i++) {
		put_table(&text);
		buf_str(&text, ends[i]);
		place_put(table, buf_text(&text));
		unlink(file);
		assert_false(made());
		agree_on(&text, "C1", false);
		/* Nor is it tried again. */
		assert_int_equal(access(file, F_OK), 0);
	}
	place_put(table, "id\nC1\n");
	unlink(file);
	assert_false(made());
	assert_int_not_equal(access(file, F_OK), 0);
	buf_free(&text);
}

static void
an_address_of_all_is_no_burden(void **state)
{
	struct buf text = { 0 };

	(void)state;
	buf_str(&text, "id\tname\temail\tnote\n");
	for (int i = 0; i < 20000; i++)
		buf_fmt(&text, "C%d\t\tall@x.example\t\n", i);
	place_put(table, buf_text(&text));
	assert_true(made());
	agree_on(&text, "all@x.example", true);
	agree_on(&text, "C19999", true);
	buf_free(&text);
}

static void
an_id_that_is_there_twice_is_refused(void **state)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	(void)state;
	put_table(&text);
	buf_str(&text, "C17\t\t\t\n");
	place_put(table, buf_text(&text));
	assert_false(index_make(&store, later(), &e));
	assert_int_equal(e.status, CRM_DATA);
	assert_string_equal(e.text, "store/customers.tsv:3004: id: "
	    "already in line 18: \"C17\"");
	assert_int_not_equal(access(file, F_OK), 0);
	buf_free(&text);
}

static void
it_goes_when_the_table_is_replaced(void **state)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	(void)state;
	put_table(&text);
	assert_true(made());
	place_put("store/..customers.tsv.index.new", "of a killed writer");
	assert_true(store_lock(&store, false, &e));
	assert_true(store_replace(&store, "customers.tsv", buf_all(&text),
	    &e));
	store_unlock(&store);
	assert_int_not_equal(access(file, F_OK), 0);
	assert_int_not_equal(access("store/..customers.tsv.index.new",
	    F_OK), 0);
	buf_free(&text);
}

static void
only_some_file_systems_keep_ctime(void **state)
{
	int fd = open("/proc/self/status", O_RDONLY);

	(void)state;
	assert_true(fd >= 0);
	assert_false(file_has_ctime(fd));
	close(fd);
	assert_false(file_has_ctime(-1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
		TEST(it_finds_what_reading_finds),
		TEST(it_tells_nobody_who_is_in_it),
		TEST(cut_off_anywhere_it_is_not_wrong),
		TEST(with_other_bytes_it_is_not_wrong),
		TEST(without_one_of_its_entries_it_is_not_wrong),
		TEST(edited_in_place_it_is_not_wrong),
		TEST(of_another_table_it_is_not_wrong),
		TEST(an_id_inside_a_row_is_none),
		TEST(rows_behind_an_old_table_leave_its_ids_found),
		TEST(a_table_just_changed_has_none),
		TEST(a_table_that_is_not_as_we_write_it_has_none),
		TEST(an_address_of_all_is_no_burden),
		TEST(an_id_that_is_there_twice_is_refused),
		TEST(it_goes_when_the_table_is_replaced),
		TEST(only_some_file_systems_keep_ctime),
	};

	return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
