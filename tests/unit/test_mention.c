/* mention - persons found in free text. */
#include <stdio.h>

#include "check.h"

#include "base/fold.h"
#include "crm/mention.h"

static void
make(struct mention *m)
{
	*m = (struct mention){ 0 };
	mention_id(m, slice_of("C17"), 0);
	mention_name(m, slice_of("Dr. Miriam Lehnert"), 0);
	mention_mail(m, slice_of("m.lehnert@example.org"), 0);
	mention_phone(m, slice_of("+49 30 23125-100"), 0);
	mention_id(m, slice_of("17"), 1); /* too common */
	mention_name(m, slice_of("Anna"), 1); /* too common */
	mention_id(m, slice_of("100017"), 2);
	mention_name(m, slice_of("Jörg Groß"), 2);
	mention_id(m, slice_of("K-1/7"), 3);
	mention_mail(m, slice_of(""), 3);
	mention_phone(m, slice_of("110"), 3);
	mention_name(m, slice_of(""), 3);
}

static void
text_names_persons(void **state)
{
	static const struct {
		const char *text;
		uint32_t who;
	} cases[] = {
		{ "", MAP_NONE },
		{ "asked by C17", 0 }, { "(c17)", 0 }, { "C171", MAP_NONE },
		{ "XC17", MAP_NONE }, { "C 17", MAP_NONE },
		{ "referral:C17", 0 },
		{ "with MIRIAM LEHNERT today", 0 },
		{ "Lehnert, Miriam", 0 }, { "Dr Miriam\\nLehnert", 0 },
		{ "Miriam", MAP_NONE }, { "Lehnert", MAP_NONE },
		{ "Miriam and Lehnert", MAP_NONE },
		{ "write to M.Lehnert@Example.org!", 0 },
		{ "lehnert@example.org", MAP_NONE },
		{ "call +49 (30) 23125 100", 0 }, { "+493023125100", 0 },
		{ "17 apples for Anna", MAP_NONE },
		{ "see 100017", 2 }, { "JÖRG GROSS", 2 },
		{ "Jo\xcc\x88rg Gro\xc3\x9f", 2 },
		{ "K-1/7", 3 }, { "K 1 7", 3 }, { "K-1", MAP_NONE },
		{ "call 110", MAP_NONE },
		{ "\xff C17", 0 }, /* not UTF-8 */
	};
	struct mention m;
	struct buf room = { 0 };

	(void)state;
	make(&m);
	for (size_t i = 0; i < LEN(cases); i++)
		if (mention_find(&m, slice_of(cases[i].text), &room) !=
		    cases[i].who)
			fail_msg("%s", cases[i].text);
	buf_free(&room);
	mention_free(&m);
}

/* Texts of these pieces: where somebody is found, it was not ruled out. */
static void
what_is_ruled_out_is_not_found(void **state)
{
	static const char *const piece[] = { "C17", "c17", " ", "\\n", "\\\\",
		"\t", "Miriam", "Lehnert", "MIRIAM", "J\xc3\xb6rg", "Gro\xc3\x9f",
		"GROSS", "Jo\xcc\x88rg", ",", "m.lehnert@example.org", "x", "\xc5\xbf",
		"+49", "30", "23125", "100", "K", "1", "7", "/", "100017", "n" };
	struct mention m;
	struct buf room = { 0 };
	uint64_t seed = 11;
	int found = 0, ruled = 0;

	(void)state;
	make(&m);
	for (int i = 0; i < 200000; i++) {
		struct buf text = { 0 };
		bool may, is;

		for (uint32_t k = check_random(&seed, 9); k > 0; k--)
			buf_str(&text, piece[check_random(&seed,
			    LEN(piece))]);
		is = mention_find(&m, buf_all(&text), &room) != MAP_NONE;
		may = mention_may(&m, buf_all(&text), &room);
		if (is && !may)
			fail_msg("%s", buf_text(&text));
		found += is;
		ruled += !may;
		buf_free(&text);
	}
	assert_true(found > 1000 && ruled > 1000);
	buf_free(&room);
	mention_free(&m);
}

/* A code point as UTF-8. */
static struct slice
letter(char to[static 4], uint32_t c)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		to[i] = (char)(0x80 | (c & 0x3f));
	to[0] = (char)(lead[n] | c);
	return (struct slice){ to, n };
}

/* Is this text of a person of this name found, and not ruled out? */
static void
assert_found(const char *name, const char *text, bool must)
{
	struct mention m = { 0 };
	struct buf room = { 0 };
	bool is;

	mention_name(&m, slice_of(name), 0);
	is = mention_find(&m, slice_of(text), &room) != MAP_NONE;
	if (is ? !mention_may(&m, slice_of(text), &room) : must)
		fail_msg("\"%s\" in \"%s\"", name, text);
	buf_free(&room);
	mention_free(&m);
}

/* Every letter that folding changes, at the edges of names; there are none
 * further up. */
static void
letters_that_fold_rule_nobody_out(void **state)
{
	struct buf folded = { 0 };
	int changed = 0;

	(void)state;
	for (uint32_t c = 0x80; c < 0x30000; c++) {
		char at[4], name[32], text[64];
		struct slice s = letter(at, c);

		buf_clear(&folded);
		if (!fold_case(&folded, s) || slice_eq(buf_all(&folded), s))
			continue;
		changed++;
		snprintf(name, sizeof name, "%.*sx Lee", (int)s.len, s.at);
		assert_found(name, name, false);
		snprintf(text, sizeof text, "%sx Lee", buf_text(&folded));
		assert_found(text, name, false);
		assert_found(name, text, false);
		snprintf(text, sizeof text, "x%.*sOlaf Ott%.*s", (int)s.len,
		    s.at, (int)s.len, s.at);
		assert_found("Olaf Ott", text, false);
	}
	assert_true(changed > 1000);
	assert_found("\u0130brahim Y\u0131lmaz", "call \u0130brahim Y\u0131lmaz",
	    true);
	assert_found("Olaf Ott", "Olaf Ott\u037e", true);
	buf_free(&folded);
}

static void
nobody_is_found_where_nobody_is_looked_for(void **state)
{
	struct mention m = { 0 };
	struct buf room = { 0 };

	(void)state;
	assert_int_equal(mention_find(&m, slice_of("C17"), &room), MAP_NONE);
	mention_free(&m);
	buf_free(&room);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_names_persons),
		cmocka_unit_test(what_is_ruled_out_is_not_found),
		cmocka_unit_test(letters_that_fold_rule_nobody_out),
		cmocka_unit_test(nobody_is_found_where_nobody_is_looked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
