/* traces and scraps - a whole store looked through, and written without. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "crm/scraps.h"
#include "crm/traces.h"
#include "place.h"

static void
take(void *ctx, const struct trace *t)
{
	struct buf *to = ctx;

	buf_fmt(to, "%s:%ju:%.*s:%.*s:%d%s\n", t->file, (uintmax_t)t->line,
	    (int)t->column.len, t->column.at, (int)t->value.len, t->value.at,
	    (int)t->mark, t->other ? ":other" : "");
}

struct world {
	struct store store;
	struct persons persons;
	struct traces traces;
	struct buf told;
};

static void
make(struct world *w)
{
	struct customers none = { 0 };
	struct aliases no_aliases = { 0 };
	struct err e = { 0 };

	*w = (struct world){ 0 };
	assert_true(store_find(&w->store, ".", &e));
	assert_true(store_create(&w->store, &e));
	persons_add(&w->persons, slice_of("C1"));
	persons_settle(&w->persons, &none, &no_aliases);
	assert_true(persons_veil(&w->persons, &e));
	strcpy(w->persons.person[0].pseudonym, "P");
	w->traces = (struct traces){ .store = &w->store,
		.persons = &w->persons, .take = take, .ctx = &w->told };
}

static void
end(struct world *w)
{
	traces_free(&w->traces);
	persons_free(&w->persons);
	store_close(&w->store);
	buf_free(&w->told);
}

static void
fill(void)
{
	place_put("customers.tsv", "id\tname\nC1\tAnn\nC2\tBo\n");
	place_put("journal.tsv",
	    "time\tcustomer\tkind\ttext\nt\tC1\tnote\ta\nt\tC2\tnote\tof C1\n"
	    "t\tC2\tnote\tb\nt\tC1\tno");
	place_put("journal-x.tsv", "time\tcustomer\tkind\nt\tC2\tnote\n");
	place_put("settings.tsv", "key\tvalue\ncurrency\tEUR\n");
	place_put("left.tsv.torn", "x\tC1\ty\nx\tC2\ty\n");
	place_put("bad.csv", "line,reason,id\n1,\"a\nb\",C1\n2,a,C2\n");
	place_put("copy~", "C1\n");
	assert_int_equal(mkdir("templates", 0700), 0);
	place_put("templates/letter", "C1\n");
}

static void
everything_is_told_in_the_order_of_names(void **state)
{
	struct world w;
	struct err e = { 0 };

	(void)state;
	fill();
	make(&w);
	assert_true(traces_look(&w.traces, &e));
	assert_string_equal(buf_text(&w.told),
	    "bad.csv:2::1,\"a\\nb\",C1:2\n"
	    "copy~:1::C1:2\n"
	    "customers.tsv:2:id:C1:3\n"
	    "customers.tsv:2:name:Ann:2\n"
	    "journal.tsv:2:time:t:1\n"
	    "journal.tsv:2:customer:C1:3\n"
	    "journal.tsv:2:kind:note:1\n"
	    "journal.tsv:2:text:a:2\n"
	    "journal.tsv:3:text:of C1:4:other\n"
	    "journal.tsv:5::t\\tC1\\tno:2\n"
	    "left.tsv.torn:1::x\\tC1\\ty:2\n");
	assert_int_equal(w.persons.person[0].rows, 6);
	assert_int_equal(w.persons.person[0].uses, 1);
	assert_int_equal(w.persons.person[0].mentions, 1);
	end(&w);
}

static struct stat
stat_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st;
}

static void
only_files_that_change_are_written(void **state)
{
	struct world w;
	struct swap s;
	struct err e = { 0 };
	struct stat untouched;

	(void)state;
	fill();
	make(&w);
	untouched = stat_of("journal-x.tsv");
	assert_true(store_lock(&w.store, false, &e));
	assert_true(store_clear(&w.store, "journal.tsv", &e));
	assert_true(traces_look(&w.traces, &e));
	store_swap(&w.store, &s);
	assert_true(traces_erase(&w.traces, &s, &e));
	place_holds("customers.tsv", "id\tname\nC1\tAnn\nC2\tBo\n");
	assert_true(swap_commit(&s, &e));
	swap_drop(&s);
	place_holds("customers.tsv",
	    "id\tname\ttags\nP\t\tblocked\nC2\tBo\t\n");
	place_holds("journal.tsv",
	    "time\tcustomer\tkind\ttext\nt\tP\tnote\t\nt\tC2\tnote\tof C1\n"
	    "t\tC2\tnote\tb\n");
	place_holds("left.tsv.torn", "x\tC2\ty\n");
	place_holds("bad.csv", "line,reason,id\n2,a,C2\n");
	assert_int_not_equal(access("copy~", F_OK), 0);
	assert_int_not_equal(access("journal.tsv.torn", F_OK), 0);
	place_holds("templates/letter", "C1\n");
	assert_int_equal(stat_of("journal-x.tsv").st_ino, untouched.st_ino);
	end(&w);
}

static void
what_is_no_text_is_noted(void **state)
{
	int fd = open("photo", O_WRONLY | O_CREAT, 0600);
	struct world w;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(write(fd, "C1\n\0\n", 5), 5);
	close(fd);
	make(&w);
	assert_true(traces_look(&w.traces, &e));
	assert_string_equal(w.traces.notes.text,
	    "photo: not text: not looked into");
	assert_int_equal(w.told.len, 0);
	end(&w);
}

static void
a_journal_packed_and_not_is_refused(void **state)
{
	struct world w;
	struct err e = { 0 };

	(void)state;
	fill();
	place_put("journal-x.tsv.gz", "");
	make(&w);
	assert_false(traces_look(&w.traces, &e));
	assert_int_equal(e.status, CRM_DATA);
	end(&w);
}

/* Wherever the id stands, on the border of two chunks too. */
static void
an_id_is_found_in_any_bytes(void **state)
{
	static const size_t places[] = { 0, 1, 65533, 65534, 65535, 65536,
		65663, 65664, 140000 };
	struct world w;

	(void)state;
	make(&w);
	for (size_t i = 0; i < LEN(places); i++) {
		struct buf b = { 0 };
		FILE *f = fopen("any", "w");

		for (size_t k = 0; k < places[i]; k++)
			buf_byte(&b, (char)(k % 251));
		if (b.len > 0)
			fwrite(b.at, 1, b.len, f);
		fflush(f);
		assert_false(scraps_has(&w.persons, "any"));
		fputs("C1", f);
		fclose(f);
		assert_true(scraps_has(&w.persons, "any"));
		buf_free(&b);
	}
	assert_true(scraps_has(&w.persons, "not there"));
	end(&w);
}

#define PLACED(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(everything_is_told_in_the_order_of_names),
		PLACED(only_files_that_change_are_written),
		PLACED(what_is_no_text_is_noted),
		PLACED(a_journal_packed_and_not_is_refused),
		PLACED(an_id_is_found_in_any_bytes),
	};

	return cmocka_run_group_tests_name("traces", tests, NULL, NULL);
}
