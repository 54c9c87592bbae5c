/* csv, decode: records and characters as other programs write them. */
#include <stdio.h>

#include "check.h"

#include "table/csv.h"
#include "table/decode.h"

/* All records, each as `LINE[field][field]\n`, and the error if any. */
static void
read_all(struct buf *to, const char *text, size_t len, char delimiter,
    size_t chunk)
{
	struct csv c;

	if (csv_open(&c, (struct slice){ text, len }, "f", delimiter)) {
		c.chunk = chunk;
		while (csv_next(&c)) {
			buf_fmt(to, "%ju", (uintmax_t)c.line);
			for (size_t i = 0; i < c.fields; i++) {
				buf_byte(to, '[');
				buf_slice(to, c.field[i]);
				buf_byte(to, ']');
			}
			buf_byte(to, '\n');
		}
	}
	if (!csv_ok(&c)) {
		assert_int_equal(c.err.status, CRM_DATA);
		buf_str(to, c.err.text);
	}
	csv_close(&c);
}

/* Cases of the grammar, most of them ways in which the fixtures of
 * csv-spectrum and the test table of PapaParse go.  Where the answer is not
 * PapaParse's, the reason stands above the case. */
static const struct {
	const char *text;
	char delimiter;
	const char *want;
} cases[] = {
	{ "a,b,c\n1,2,3\n", 0, "1[a][b][c]\n2[1][2][3]\n" },
	{ "a,b,c\r\n1,2,3", 0, "1[a][b][c]\n2[1][2][3]\n" },
	{ "a,b\r1,2\r", 0, "1[a][b]\n2[1][2]\n" },
	/* PapaParse chooses one line end for the whole file; here each of
	 * the three ends a record wherever it stands: mixed files are made
	 * by concatenation, and no value may contain one unquoted. */
	{ "a,b\r\n1,2\n3,4\r5,6", 0,
	    "1[a][b]\n2[1][2]\n3[3][4]\n4[5][6]\n" },
	{ "", 0, "" },
	{ "\n\n", 0, "" },
	{ "a,b,c\n,,\n", 0, "1[a][b][c]\n2[][][]\n" },
	{ "a,b,c\n1,\"\",\"\"\n2,3,4\n", 0,
	    "1[a][b][c]\n2[1][][]\n3[2][3][4]\n" },
	{ "first,address\nJohn,\"120 any st., Anytown, WW\"\n", 0,
	    "1[first][address]\n2[John][120 any st., Anytown, WW]\n" },
	{ "a,b\n1,\"ha \"\"ha\"\" ha\"\n", 0,
	    "1[a][b]\n2[1][ha \"ha\" ha]\n" },
	{ "key,val\n1,\"{\"\"type\"\": [2,3]}\"\n", 0,
	    "1[key][val]\n2[1][{\"type\": [2,3]}]\n" },
	{ "a,b\n1,\"\"\"\"\n", 0, "1[a][b]\n2[1][\"]\n" },
	{ "a,b\n1,\"\"\"x\"\"\"\n", 0, "1[a][b]\n2[1][\"x\"]\n" },
	/* 43: line ends within quotes, and the lines behind them counted */
	{ "a,b\n1,\"x\ny\"\n2,\"x\r\ny\r\n\"\n3,z\n", 0,
	    "1[a][b]\n2[1][x\ny]\n4[2][x\r\ny\r\n]\n7[3][z]\n" },
	{ "a,b\n\n\n1,2\n\r\n3,4", 0, "1[a][b]\n4[1][2]\n6[3][4]\n" },
	{ "a\xc3\xa4,\xca\xa4\n", 0, "1[a\xc3\xa4][\xca\xa4]\n" },
	{ "a\n\"b\"", 0, "1[a]\n2[b]\n" },
	{ "\"a\",\"b\"", 0, "1[a][b]\n" },
	/* csv-spectrum's location_coordinates: a quoted pair of numbers is
	 * one field; its JSON upstream has other text than its CSV, so the
	 * CSV is what is held here. */
	{ "id,at\nX,\"1.5, -2.5\"\n", 0, "1[id][at]\n2[X][1.5, -2.5]\n" },
	/* 46: blanks are kept */
	{ "a, b ,c\n1,  2 3 , 4\n", 0, "1[a][ b ][c]\n2[1][  2 3 ][ 4]\n" },
	{ "a\n \n", 0, "1[a]\n2[ ]\n" },
	/* Ragged rows come as they are: the importer counts. */
	{ "a,b\n1\n1,2,3\n", 0, "1[a][b]\n2[1]\n3[1][2][3]\n" },
	/* Comment lines are data: no mark of a comment is in the format. */
	{ "# x,y\n1,2\n", 0, "1[# x][y]\n2[1][2]\n" },
	/* 40-42.  PapaParse takes a quote within a field, blanks between a
	 * closing quote and the delimiter, and text behind it as data with
	 * an error beside it; a customer's data are worth more than that. */
	{ "a,b\n1,x\"y\n", 0, "1[a][b]\nf:2: a quote within a field that "
	    "does not begin with one" },
	{ "a,b\n1,x\"y\",z\n3,4\n", 0, "1[a][b]\nf:2: a quote within a "
	    "field that does not begin with one" },
	{ "a,b\n1, \"y\"\n", 0, "1[a][b]\nf:2: a quote within a field that "
	    "does not begin with one" },
	{ "a,b\n1,2\n\"x\" ,3\n", 0,
	    "1[a][b]\n2[1][2]\nf:3: text behind a closing quote" },
	{ "a,b\n1,\"x\ny\"z\n", 0,
	    "1[a][b]\nf:3: text behind a closing quote" },
	{ "a,b\n1,2\n3,\"x\ny,z\n5,6\n", 0,
	    "1[a][b]\n2[1][2]\nf:3: a quote is never closed" },
	{ "a,b\n1,\"", 0, "1[a][b]\nf:2: a quote is never closed" },
	/* 44: delimiters */
	{ "a;b;c\n1,5;2;3\n", 0, "1[a][b][c]\n2[1,5][2][3]\n" },
	{ "a\tb\n1\t2\n", 0, "1[a][b]\n2[1][2]\n" },
	{ "one|two,two|three\nfour|five,five|six\n", 0,
	    "1[one][two,two][three]\n2[four][five,five][six]\n" },
	{ "a;\"b\"\n\"1\";2\n", 0, "1[a][b]\n2[1][2]\n" },
	{ "\"a,b,c,d\";b\n1;2\n", 0, "1[a,b,c,d][b]\n2[1][2]\n" },
	{ "name, vorname;b\n1;2\n3;4\n", 0,
	    "1[name, vorname][b]\n2[1][2]\n3[3][4]\n" },
	{ "sep=;\na;b\n", 0, "2[a][b]\n" },
	{ "SEP=,\r\na;b,c\r\n", 0, "2[a;b][c]\n" },
	{ "\"sep=|\"\r\na|b\r\n", 0, "2[a][b]\n" },
	{ "sep=\t\na\tb\n", 0, "2[a][b]\n" },
	{ "sep=;", 0, "" },
	{ "sep=;\na;b,c\n", ',', "2[a;b][c]\n" },
	{ "separate;b\n", 0, "1[separate][b]\n" },
	{ "a,b;c\n1,2;3\n", 0,
	    "f:1: the delimiter may be \";\" or \",\": give it" },
	{ "a,b;c\n1,2;3\n", ',', "1[a][b;c]\n2[1][2;3]\n" },
	{ "a:b:c\n1:2:3\n", ':', "1[a][b][c]\n2[1][2][3]\n" },
	{ "one\ntwo\n", 0, "1[one]\n2[two]\n" },
};

static void
records_are_read_as_the_table_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct buf got = { 0 };

		read_all(&got, cases[i].text, strlen(cases[i].text),
		    cases[i].delimiter, SIZE_MAX);
		assert_string_equal(buf_text(&got), cases[i].want);
		buf_free(&got);
	}
}

static void
pieces_of_every_size_give_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		for (size_t n = 1; n <= strlen(cases[i].text); n++) {
			struct buf got = { 0 };

			read_all(&got, cases[i].text, strlen(cases[i].text),
			    cases[i].delimiter, n);
			assert_string_equal(buf_text(&got), cases[i].want);
			buf_free(&got);
		}
}

/* The law: what is written by RFC 4180 comes back. */
static void
what_is_written_comes_back(void **state)
{
	static const char *const part[] = { "a", "\"", ",", ";", "\n",
		"\r\n", "\r", " ", "\xc3\xbc", "=" };
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct buf text = { 0 }, want = { 0 }, got = { 0 };

		buf_str(&text, "x,y\n");
		buf_str(&want, "[x][y]\n");
		for (int f = 0; f < 6; f++) {
			buf_str(&text, "\"");
			buf_str(&want, "[");
			for (uint32_t n = check_random(&seed, 6); n > 0; n--) {
				const char *p =
				    part[check_random(&seed, LEN(part))];

				buf_str(&text, *p == '"' ? "\"\"" : p);
				buf_str(&want, p);
			}
			buf_str(&text, f % 2 == 0 ? "\"," : "\"\n");
			buf_str(&want, f % 2 == 0 ? "]" : "]\n");
		}
		struct csv c;

		csv_open(&c, buf_all(&text), "f", ',');
		while (csv_next(&c)) {
			for (size_t i = 0; i < c.fields; i++) {
				buf_str(&got, "[");
				buf_slice(&got, c.field[i]);
				buf_str(&got, "]");
			}
			buf_str(&got, "\n");
		}
		assert_true(csv_ok(&c));
		csv_close(&c);
		assert_string_equal(buf_text(&got), buf_text(&want));
		buf_free(&text);
		buf_free(&want);
		buf_free(&got);
	}
}

static void
characters_are_found_or_given(void **state)
{
	static const struct {
		const char *raw;
		size_t len;
		const char *encoding, *found, *want;
	} dec[] = {
		{ "a\xc3\xbc", 3, NULL, "UTF-8", "a\xc3\xbc" },
		{ "\xef\xbb\xbf\"a\"", 6, NULL, "UTF-8", "\"a\"" },
		{ "\xef\xbb\xbf" "a", 4, "utf-8", "UTF-8", "a" },
		{ "", 0, NULL, "UTF-8", "" },
		/* 48 */
		{ "M\xfcller 5 \x80 \x96", 12, NULL, "Windows-1252",
		    "M\xc3\xbcller 5 \xe2\x82\xac \xe2\x80\x93" },
		{ "M\xc3\xbc", 3, "windows-1252", "windows-1252",
		    "M\xc3\x83\xc2\xbc" },
		{ "5 \xa4", 3, "iso-8859-15", "iso-8859-15",
		    "5 \xe2\x82\xac" },
		{ "\xff\xfe" "a\0\xfc\0", 6, NULL, "UTF-16LE", "a\xc3\xbc" },
		{ "\xfe\xff\0a\0\xfc", 6, NULL, "UTF-16BE", "a\xc3\xbc" },
		{ "\xff\xfe" "a\0", 4, "utf-16", "UTF-16LE", "a" },
		{ "a\0b\0", 4, NULL, "UTF-16LE", "ab" },
		{ "\0a\0b", 4, NULL, "UTF-16BE", "ab" },
		{ "a\0b\0", 4, "utf-16le", "utf-16le", "ab" },
		{ "\xff\xfe\x3d\xd8\x00\xde", 6, NULL, "UTF-16LE",
		    "\xf0\x9f\x98\x80" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(dec); i++) {
		struct buf text = { 0 };
		struct err e = { 0 };
		const char *found;

		assert_true(decode_text(&text,
		    (struct slice){ dec[i].raw, dec[i].len }, "f",
		    dec[i].encoding, &found, &e));
		assert_string_equal(found, dec[i].found);
		assert_string_equal(buf_text(&text), dec[i].want);
		buf_free(&text);
	}
}

static void
characters_that_are_none_are_refused(void **state)
{
	static const struct {
		const char *raw;
		size_t len;
		const char *encoding;
		int status;
		const char *want;
	} dec[] = {
		{ "a\nb\xfc", 4, "utf-8", CRM_DATA,
		    "f:2: not UTF-8: byte 0xfc" },
		{ "a\nb\n\x81", 5, NULL, CRM_DATA,
		    "f:3: not Windows-1252: byte 0x81" },
		{ "\xff\xfe" "a\0b", 5, NULL, CRM_DATA,
		    "f:1: not UTF-16LE: byte 0x62" },
		{ "\xff\xfe\x00\xd8" "a\0", 6, NULL, CRM_DATA,
		    "f:1: not UTF-16LE: byte 0x00" },
		{ "a\nb\0c", 5, NULL, CRM_DATA, "f:2: NUL byte" },
		{ "a", 1, "klingon", CRM_USAGE,
		    "unknown encoding: \"klingon\"" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(dec); i++) {
		struct buf text = { 0 };
		struct err e = { 0 };
		const char *found;

		assert_false(decode_text(&text,
		    (struct slice){ dec[i].raw, dec[i].len }, "f",
		    dec[i].encoding, &found, &e));
		assert_int_equal(e.status, dec[i].status);
		assert_string_equal(e.text, dec[i].want);
		buf_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_read_as_the_table_says),
		cmocka_unit_test(pieces_of_every_size_give_the_same),
		cmocka_unit_test(what_is_written_comes_back),
		cmocka_unit_test(characters_are_found_or_given),
		cmocka_unit_test(characters_that_are_none_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
