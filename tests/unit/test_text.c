/* UTF-8, the escapes of tables, and small cuts of text. */
#include "check.h"

#include "base/text.h"

/* The rule in the words of the standard: the shortest form of a code
 * point that is no surrogate and not past U+10FFFF. */
static size_t
encode(uint32_t c, char to[static 4])
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		to[i] = (char)(0x80 | (c & 0x3f));
	to[0] = (char)(n == 1 ? c : lead[n] | c);
	return n;
}

static void
every_character_is_read_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		char bytes[4];
		size_t n = encode(c, bytes);
		bool surrogate = c >= 0xd800 && c <= 0xdfff;
		uint32_t code = 0;

		if (text_char((struct slice){ bytes, n }, &code) !=
			(surrogate ? 0 : n) ||
		    code != (surrogate ? 0 : c))
			fail_msg("U+%04X", c);
	}
}

/* Every sequence of four bytes around the borders, against a decoder that
 * encodes again. */
static void
what_is_not_the_shortest_form_is_malformed(void **state)
{
	static const unsigned char at[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f,
		0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
		0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8,
		0xff };
	size_t n = LEN(at);

	(void)state;
	for (size_t i = 0; i < n * n * n * n; i++) {
		char s[4] = { (char)at[i % n], (char)at[i / n % n],
			(char)at[i / n / n % n], (char)at[i / n / n / n] };
		char again[4];
		uint32_t code;
		size_t len = text_char((struct slice){ s, 4 }, &code);

		if (len == 0)
			continue;
		assert_int_equal(encode(code, again), len);
		assert_memory_equal(again, s, len);
	}
}

static void
the_first_bad_byte_is_found_wherever_it_is(void **state)
{
	static const char *const bad[] = { "\x80", "\xc0\xaf", "\xc1\xbf",
		"\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3",
		"\xe2\x82", "\xf0\x9f\x98", "\xe2\x28\xa1" };
	char room[64];

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++)
		for (size_t before = 0; before < 24; before++) {
			size_t n = strlen(bad[i]);

			memset(room, 'x', sizeof room);
			memcpy(room + before, bad[i], n);
			assert_int_equal(text_utf8((struct slice){ room,
			    before + n }), before);
		}
	assert_int_equal(text_utf8(slice_of("Stra\xc3\x9f" "e, \xe2\x82\xac "
	    "und \xf0\x9f\x98\x80 im langen Satz")), 36);
	assert_int_equal(text_utf8(slice_of("")), 0);
}

static void
values_with_any_bytes_come_back_from_their_field(void **state)
{
	static const char some[] = "a\t\n\r\\tnr\xc3\xa4";
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf field = { 0 }, back = { 0 };
		size_t n = check_random(&seed, 20);
		char v[20];

		for (size_t j = 0; j < n; j++)
			v[j] = some[check_random(&seed, sizeof some)];
		text_escape(&field, (struct slice){ v, n });
		assert_null(memchr(buf_text(&field), '\t', field.len));
		assert_null(memchr(buf_text(&field), '\n', field.len));
		assert_true(text_unescape(&back, buf_all(&field)));
		assert_true(slice_eq(buf_all(&back), (struct slice){ v, n }));
		buf_free(&field);
		buf_free(&back);
	}
}

static void
unknown_escapes_are_refused(void **state)
{
	static const char *const bad[] = { "\\q", "\\", "a\\", "\\x41",
		"\\N", "\\\\\\", "\\T" };
	struct buf b = { 0 };

	(void)state;
	buf_str(&b, "kept");
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_false(text_unescape(&b, slice_of(bad[i])));
		assert_string_equal(buf_text(&b), "kept");
	}
	assert_true(slice_is(text_value(slice_of("plain"), &b), "plain"));
	assert_true(slice_is(text_value(slice_of("a\\tb"), &b), "a\tb"));
	assert_true(slice_is(text_value(slice_of("a\\q"), &b), "a\\q"));
	buf_free(&b);
}

static void
ascii_ends_at_0x7f(void **state)
{
	(void)state;
	assert_true(text_is_ascii(slice_of("")));
	assert_true(text_is_ascii(slice_of("a\x7f")));
	assert_false(text_is_ascii(slice_of("a\x80")));
	assert_false(text_is_ascii(slice_of("\xc3\xa4" "a")));
}

static void
control_characters_are_seen(void **state)
{
	(void)state;
	assert_true(text_has_control(slice_of("a\x1b[31m")));
	assert_true(text_has_control(slice_of("\x7f")));
	assert_true(text_has_control(slice_of("\xc2\x9b" "31m")));
	assert_true(text_has_control(slice_of("\xc2\x80")));
	assert_true(text_has_control((struct slice){ "a\0b", 3 }));
	assert_false(text_has_control(slice_of("\xc2\xa0 Stra\xc3\x9f" "e")));
	assert_false(text_has_control(slice_of("")));
}

static void
blanks_are_trimmed_at_both_ends_only(void **state)
{
	(void)state;
	assert_true(slice_is(text_trim(slice_of(" \t a b \t")), "a b"));
	assert_true(slice_is(text_trim(slice_of(" \t ")), ""));
	assert_true(slice_is(text_trim(slice_of("")), ""));
}

static void
parts_are_cut_off_one_by_one(void **state)
{
	static const struct {
		const char *s, *parts[4];
	} cases[] = { { "a,b", { "a", "b" } }, { "", { "" } },
		{ ",", { "", "" } }, { "a,,b", { "a", "", "b" } },
		{ "abc", { "abc" } } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct slice rest = slice_of(cases[i].s), part;
		size_t n = 0;

		while (text_part(&rest, ',', &part))
			assert_true(slice_is(part, cases[i].parts[n++]));
		assert_null(cases[i].parts[n]);
	}
}

static void
case_is_folded_in_ascii_only(void **state)
{
	(void)state;
	assert_true(text_same(slice_of("TITLE"), slice_of("title")));
	assert_false(text_same(slice_of("\xc3\x84"), slice_of("\xc3\xa4")));
	assert_false(text_same(slice_of("a"), slice_of("ab")));
	assert_int_equal(text_lower('A'), 'a');
	assert_int_equal(text_lower('Z'), 'z');
	assert_int_equal(text_lower('['), '[');
	assert_int_equal(text_lower('@'), '@');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_is_read_back),
		cmocka_unit_test(what_is_not_the_shortest_form_is_malformed),
		cmocka_unit_test(the_first_bad_byte_is_found_wherever_it_is),
		cmocka_unit_test(
		    values_with_any_bytes_come_back_from_their_field),
		cmocka_unit_test(unknown_escapes_are_refused),
		cmocka_unit_test(ascii_ends_at_0x7f),
		cmocka_unit_test(control_characters_are_seen),
		cmocka_unit_test(blanks_are_trimmed_at_both_ends_only),
		cmocka_unit_test(parts_are_cut_off_one_by_one),
		cmocka_unit_test(case_is_folded_in_ascii_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
