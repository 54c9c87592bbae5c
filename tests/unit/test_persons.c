/* persons - all ids of each, pseudonyms, and look: rows without them. */
#include "check.h"

#include <stdio.h>

#include "base/text.h"
#include "crm/look.h"
#include "place.h"

static const char customers_text[] =
    "id\tname\temail\tphone\taccount\tsource\n"
    "C1\tMiriam Lehnert\tm@x.example\t030 12345\t\treferral:C3\n"
    "C2\tM. Lehnert\told@x.example\t\t\t\n"
    "C3\tBert Gross\tb@x.example\t\tC1\treferral:C1\n"
    "C4\tNobody Else\t\t\t\t\n";

struct world {
	struct customers table;
	struct aliases aliases;
	struct persons persons;
};

/* C2 was merged into C1 by way of CX. */
static void
make(struct world *w, const char *id)
{
	struct err e = { 0 };

	*w = (struct world){ 0 };
	place_put("aliases.tsv", "old\tnew\nC2\tCX\nCX\tC1\nC8\tC9\n");
	assert_true(aliases_load(&w->aliases, &(struct store){ .dir =
	    (char *)(uintptr_t)".", .here = true, .lock = -1 }, &e));
	assert_true(customers_read(&w->table,
	    place_input("test", customers_text), &e));
	persons_add(&w->persons, slice_of(id));
	persons_settle(&w->persons, &w->table, &w->aliases);
	assert_true(persons_veil(&w->persons, &e));
}

static void
end(struct world *w)
{
	customers_free(&w->table);
	aliases_free(&w->aliases);
	persons_free(&w->persons);
}

static void
merged_ids_are_one_person(void **state)
{
	struct world w;
	struct buf room = { 0 };

	(void)state;
	make(&w, "C1");
	assert_int_equal(persons_find(&w.persons, slice_of("C1")), 0);
	assert_int_equal(persons_find(&w.persons, slice_of("C2")), 0);
	assert_int_equal(persons_find(&w.persons, slice_of("CX")), 0);
	assert_int_equal(persons_find(&w.persons, slice_of("C3")), MAP_NONE);
	assert_int_equal(persons_find(&w.persons, slice_of("C8")), MAP_NONE);
	assert_true(persons_is_main(&w.persons, 0, slice_of("C1")));
	assert_false(persons_is_main(&w.persons, 0, slice_of("C2")));
	assert_int_equal(mention_find(&w.persons.mention,
	    slice_of("to old@x.example"), &room), 0);
	buf_free(&room);
	end(&w);
}

/* An id that is not looked for in free text leaves no rows out. */
static void
rows_that_may_be_about_a_person(void **state)
{
	static const struct {
		const char *id, *rows;
		bool may;
	} cases[] = {
		{ "C1", "x\tC9\ny\tc12\n", false },
		{ "C1", "x\tC9\ny\tC1\n", true },
		{ "C1", "C9\treferral:C1\n", true },
		{ "C1", "C9\tOLD@x.example\n", true }, /* of C2 */
		{ "C9", "x\tC1\ny\tC8\n", true },    /* merged */
		{ "17", "x\ty\n", true },
		{ "\xc3\xa4", "x\ty\n", true },
		{ "+", "x\ty\n", true },
		{ "a-17", "x\tA-17\n", true },
		{ "a-17", "x\tA 18\n", false },
	};
	struct buf room = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct world w;

		make(&w, cases[i].id);
		if (persons_may(&w.persons, slice_of(cases[i].rows), &room) !=
		    cases[i].may)
			fail_msg("%s: %s", cases[i].id, cases[i].rows);
		end(&w);
	}
	buf_free(&room);
}

static void
pseudonyms_are_ids_and_no_two_are_the_same(void **state)
{
	struct persons p = { 0 };
	struct map seen = { 0 };
	struct err e = { 0 };
	char id[16];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(id, sizeof id, "C%d", i);
		persons_add(&p, slice_of(id));
		persons_add(&p, slice_of(id));
	}
	assert_int_equal(p.n, 1000);
	assert_true(persons_veil(&p, &e));
	for (size_t i = 0; i < p.n; i++) {
		struct slice s = slice_of(p.person[i].pseudonym);

		assert_int_equal(map_add(&seen, s), i);
		assert_null(customer_fit(slice_of("id"), s));
		assert_memory_equal(s.at, PERSONS_ERASED, 7);
		assert_int_equal(s.len, 20);
	}
	map_free(&seen);
	persons_free(&p);
}

static void
pseudonyms_are_told_from_ids(void **state)
{
	static const struct {
		const char *id;
		bool is;
	} cases[] = {
		{ "erased-0123456789abc", true },
		{ "erased-zzzzzzzzzzzzz", true },
		{ "erased-0123456789ab", false },
		{ "erased-0123456789abcd", false },
		{ "erased-0123456789ABC", false },
		{ "erased-0123456789abi", false }, /* like 1 */
		{ "erasexx0123456789abc", false },
		{ "erased-", false },
		{ "", false },
	};
	struct world w;

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		if (persons_veiled(slice_of(cases[i].id)) != cases[i].is)
			fail_msg("%s", cases[i].id);
	make(&w, "C1");
	assert_true(persons_veiled(slice_of(
	    w.persons.person[0].pseudonym)));
	end(&w);
}

static void
ids_are_replaced_where_they_stand_alone(void **state)
{
	static const struct {
		const char *field, *want;
	} cases[] = {
		{ "C1", "P" }, { "C1-7", "P-7" }, { "X-C2", "X-P" },
		{ "C17", "C17" }, { "AC1", "AC1" }, { "C1/CX", "P/P" },
		{ "", "" },
	};
	struct world w;

	(void)state;
	make(&w, "C1");
	strcpy(w.persons.person[0].pseudonym, "P");
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf to = { 0 };

		persons_replace(&w.persons, 0, slice_of(cases[i].field), &to);
		assert_string_equal(buf_text(&to), cases[i].want);
		buf_free(&to);
	}
	end(&w);
}

static void
the_id_behind_a_colon_is_found(void **state)
{
	(void)state;
	assert_true(slice_is(persons_behind_colon(slice_of("a:C1")), "C1"));
	assert_true(slice_is(persons_behind_colon(slice_of("a:b:C1")), "C1"));
	assert_int_equal(persons_behind_colon(slice_of("C1")).len, 0);
	assert_int_equal(persons_behind_colon(slice_of("")).len, 0);
}

/* --- look -------------------------------------------------------------- */

/* All rows of a table as erasure leaves them; P is the pseudonym. */
static char *
erased(struct world *w, enum personal_file file, const char *text)
{
	struct tsv t = { 0 };
	struct look l;
	struct buf to = { 0 };

	strcpy(w->persons.person[0].pseudonym, "P");
	assert_true(tsv_open(&t, place_input("test", text)));
	look_begin(&l, &w->persons, &t.head, file);
	while (tsv_next(&t))
		if (look_row(&l, &t) && l.changes) {
			look_write(&l, &t, &to);
		} else {
			look_copy(&l, tsv_line(&t), &to);
		}
	assert_true(tsv_ok(&t));
	look_end(&l);
	tsv_close(&t);
	return to.at;
}

static void
customers_are_emptied_merged_ones_go_and_links_are_kept(void **state)
{
	struct world w;
	char *got;

	(void)state;
	make(&w, "C1");
	w.persons.person[0].uses = 1;
	got = erased(&w, PERSONAL_CUSTOMERS, customers_text);
	assert_string_equal(got, "P\t\t\t\t\t\tblocked\n"
	    "C3\tBert Gross\tb@x.example\t\tP\treferral:P\t\n"
	    "C4\tNobody Else\t\t\t\t\t\n");
	free(got);
	got = erased(&w, PERSONAL_CUSTOMERS,
	    "tags\tid\tname\n\tC1\tx\nvip\tC1\tx\nvip\tC4\ty\n");
	assert_string_equal(got,
	    "blocked\tP\t\nblocked\tP\t\nvip\tC4\ty\n");
	free(got);
	w.persons.person[0].uses = 0;
	got = erased(&w, PERSONAL_CUSTOMERS, "id\nC1\nC4\n");
	assert_string_equal(got, "C4\t\n");
	free(got);
	end(&w);
}

static void
a_row_is_made_for_one_who_had_none(void **state)
{
	static const struct {
		const char *table, *header, *row;
	} cases[] = {
		{ "id\n", "id\ttags\n", "P\tblocked\n" },
		{ "tags\tname\tid\n", "tags\tname\tid\n",
		    "blocked\t\tP\n" },
		{ "id\tname\n", "id\tname\ttags\n", "P\t\tblocked\n" },
	};
	struct world w;

	(void)state;
	make(&w, "C1");
	strcpy(w.persons.person[0].pseudonym, "P");
	for (size_t i = 0; i < LEN(cases); i++) {
		struct tsv t = { 0 };
		struct look l;
		struct buf header = { 0 }, row = { 0 };

		assert_true(tsv_open(&t, place_input("test",
		    cases[i].table)));
		look_begin(&l, &w.persons, &t.head, PERSONAL_CUSTOMERS);
		look_header(&l, &header);
		look_add(&l, 0, &row);
		assert_string_equal(buf_text(&header), cases[i].header);
		assert_string_equal(buf_text(&row), cases[i].row);
		look_end(&l);
		tsv_close(&t);
		buf_free(&header);
		buf_free(&row);
	}
	end(&w);
}

static void
events_lose_what_is_personal(void **state)
{
	struct world w;
	char *got;

	(void)state;
	make(&w, "C1");
	got = erased(&w, PERSONAL_JOURNAL,
	    "time\tcustomer\tkind\tchannel\tvalue\tref\ttopic\tby\ttext\town\n"
	    "t\tC1\torder\tshop\t1\tA1\tshoes\teva\tx\ty\n"
	    "t\tC2\tin\tm@x.example\t1\t\tchat\teva\tx\ty\n"
	    "t\tC1\torder\tshop\t1\tC1-9\tfor Miriam Lehnert\t\t\t\n"
	    "t\tC1\torder\tshop\t1\tmiriam-lehnert-1\t\t\t\t\n"
	    "t\tC1\tx-size\tshop\t44\tr\tt\teva\tx\ty\n"
	    "t\tC1\tnonsense\tshop\t44\tr\tt\teva\tx\ty\n"
	    "t\tC3\tnote\tshop\t1\tC1\tC1\teva\tC1\tC1\n");
	assert_string_equal(got,
	    "t\tP\torder\tshop\t1\tA1\tshoes\teva\t\t\n"
	    "t\tP\tin\t\t1\t\t\teva\t\t\n"
	    "t\tP\torder\tshop\t1\tP-9\t\t\t\t\n"
	    "t\tP\torder\tshop\t1\t\t\t\t\t\n"
	    "t\tP\tx-size\tshop\t\t\t\teva\t\t\n"
	    "t\tP\tnonsense\tshop\t\t\t\teva\t\t\n"
	    "t\tC3\tnote\tshop\t1\tC1\tC1\teva\tC1\tC1\n");
	free(got);
	got = erased(&w, PERSONAL_ALIASES,
	    "old\tnew\ttime\nC2\tCX\tt\nCX\tC1\tt\nC8\tC9\tt\n");
	assert_string_equal(got, "C8\tC9\tt\n");
	free(got);
	end(&w);
}

/* What one shows the other erases: no field of a row changes that has no
 * mark, and what is marked as going is gone. */
static void
what_changes_is_shown(void **state)
{
	static const char *const word[] = { "", "C1", "C2", "C3", "note",
		"order", "x-a", "Miriam Lehnert", "a:C1", "b", "C1-5",
		"m@x.example" };
	static const char head[] = "time\tcustomer\tkind\tchannel\tvalue"
	    "\tref\ttopic\tby\ttext\town\n";
	uint64_t seed = 9;
	struct world w;

	(void)state;
	make(&w, "C1");
	for (int i = 0; i < 2000; i++) {
		struct tsv t = { 0 };
		struct look l;
		struct buf text = { 0 }, to = { 0 };
		struct slice rest, field;

		buf_str(&text, head);
		for (size_t c = 0; c < 10; c++)
			buf_fmt(&text, "%s%s", c > 0 ? "\t" : "",
			    c == 0 ? "t" : word[check_random(&seed,
				LEN(word))]);
		buf_byte(&text, '\n');
		assert_true(tsv_open(&t, place_input("test",
		    buf_text(&text))));
		look_begin(&l, &w.persons, &t.head, PERSONAL_JOURNAL);
		assert_true(tsv_next(&t));
		look_row(&l, &t);
		look_write(&l, &t, &to);
		rest = (struct slice){ to.at, to.len - 1 };
		for (size_t c = 0; c < 10; c++) {
			struct slice old = tsv_field(&t, (int)c);

			assert_true(text_part(&rest, '\t', &field));
			if (!slice_eq(old, field))
				assert_true(l.cell[c].mark == LOOK_GOES ||
				    l.cell[c].mark == LOOK_ID);
			if (l.cell[c].mark == LOOK_GOES)
				assert_int_equal(field.len, 0);
			if (l.own != MAP_NONE && old.len > 0)
				assert_int_not_equal(l.cell[c].mark,
				    LOOK_NONE);
		}
		look_end(&l);
		tsv_close(&t);
		buf_free(&text);
		buf_free(&to);
	}
	end(&w);
}

#define PLACED(f) cmocka_unit_test_setup_teardown(f, place_open, place_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(merged_ids_are_one_person),
		PLACED(rows_that_may_be_about_a_person),
		cmocka_unit_test(pseudonyms_are_ids_and_no_two_are_the_same),
		PLACED(pseudonyms_are_told_from_ids),
		PLACED(ids_are_replaced_where_they_stand_alone),
		cmocka_unit_test(the_id_behind_a_colon_is_found),
		PLACED(customers_are_emptied_merged_ones_go_and_links_are_kept),
		cmocka_unit_test(a_row_is_made_for_one_who_had_none),
		PLACED(events_lose_what_is_personal),
		PLACED(what_changes_is_shown),
	};

	return cmocka_run_group_tests_name("persons", tests, NULL, NULL);
}
