/*
 * scan, wash - the vector scan against a slow twin that is obviously right,
 * on random and hostile blocks; the words for what is wrong.
 */
#include "check.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cpu.h"
#include "base/mem.h"
#include "base/text.h"
#include "table/input.h"
#include "table/scan.h"
#include "table/wash.h"

enum { COLS = 3, MOST = 1 << 17 };

/* A block with slack behind it in which anything may stand. */
struct text {
	char at[MOST + INPUT_SLACK];
	size_t len;
};

static bool
field_is_clean(struct slice f)
{
	struct buf b = { 0 };
	bool ok = memchr(f.at, '\0', f.len) == NULL &&
	    memchr(f.at, '\r', f.len) == NULL && text_utf8(f) == f.len &&
	    text_unescape(&b, f);

	buf_free(&b);
	return ok;
}

/* The twin: line by line, field by field.  Counts rows, -1 if not clean. */
static int
rows_of(struct slice block, size_t cols, struct slice *field)
{
	int rows = 0;

	while (block.len > 0) {
		const char *lf = memchr(block.at, '\n', block.len);
		struct slice line = { block.at, (size_t)(lf - block.at) };
		size_t n = 0;

		block.at += line.len + 1;
		block.len -= line.len + 1;
		for (struct slice f; text_part(&line, '\t', &f); n++) {
			if (!field_is_clean(f))
				return -1;
			if (n < cols)
				field[(size_t)rows * cols + n] = f;
		}
		if (n != cols)
			return -1;
		rows++;
	}
	return rows;
}

static void
same(struct slice is, struct slice want)
{
	assert_ptr_equal(is.at, want.at);
	assert_int_equal(is.len, want.len);
}

/* The window at `from` has a bit for each TAB and LF of the block. */
static void
same_window(const struct scan *s, const struct text *t, uint32_t from)
{
	uint64_t want = 0;

	for (size_t i = 0; i < 64 && from + i < t->len; i++)
		want |= (uint64_t)(t->at[from + i] == '\t' ||
		    t->at[from + i] == '\n') << i;
	assert_true(scan_window(s, from) == want);
}

/* A walk from a row on passes the ends of its fields, some at a time. */
static void
same_walk(const struct scan *s, uint32_t from, const struct slice *want,
    size_t cols)
{
	for (size_t some = 1; some <= cols; some++) {
		struct scan_walk w = scan_walk(s, from);

		for (size_t c = some; c <= cols; c += some)
			assert_ptr_equal(scan_pass(&w, (int)some),
			    want[c - 1].at + want[c - 1].len);
	}
}

static void
same_as_twin(const struct text *t, size_t cols)
{
	static struct slice want[MOST];
	int rows = rows_of((struct slice){ t->at, t->len }, cols, want);

	for (int form = SCAN_PORTABLE; form <= (int)scan_best(); form++) {
		struct scan s = { .form = (enum scan_form)form };
		bool clean = scan_block(&s, t->at, t->len, cols);

		assert_int_equal(clean, rows >= 0);
		if (clean)
			assert_int_equal(s.rows, rows);
		for (size_t r = 0; clean && r < s.rows; r++) {
			same_window(&s, t, s.row[r].from);
			same_walk(&s, s.row[r].from, want + r * cols, cols);
			for (size_t c = 0; c < cols; c++) {
				struct slice w = want[r * cols + c];

				same(scan_field(&s, scan_row(&s, r), c), w);
				same(scan_cell(&s, s.row[r].from, c), w);
				same(scan_alone(&s, s.row[r].from, c), w);
			}
		}
		scan_free(&s);
	}
}

/* Rows of good fields, few or many; one time in three something is
 * broken. */
static void
make(struct text *t, uint64_t *seed)
{
	static const char *const good[] = { "", "a", "2026-11-21T20:21:47Z",
		"M\303\274ller", "\342\202\254", "\360\237\230\200", "\\t\\n",
		"\\\\", "\\\\\\\\\\\\t", "\"quoted", "x\\ry",
		"0123456789012345678901234567890123456789",
		"\303\244\303\266\303\274\303\237\303\204\303\226",
		"zeile\\nzeile\\n", "\303\274\\n", "C:\\\\old" };
	static const char bad[] = "\t\n\\\r\0\200\303\377\355q";
	size_t rows = check_random(seed,
	    check_random(seed, 100) == 0 ? 900 : 40);

	t->len = 0;
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < COLS; c++) {
			const char *f = good[check_random(seed, LEN(good))];

			memcpy(t->at + t->len, f, strlen(f));
			t->len += strlen(f);
			t->at[t->len++] = c + 1 < COLS ? '\t' : '\n';
		}
	if (t->len > 0 && check_random(seed, 3) == 0)
		t->at[check_random(seed, (uint32_t)t->len - 1)] =
		    bad[check_random(seed, sizeof bad - 1)];
	for (size_t i = 0; i < INPUT_SLACK; i++)
		t->at[t->len + i] = "\t\n\\\r\0\200"[check_random(seed, 6)];
}

static void
every_form_sees_what_the_slow_twin_sees(void **state)
{
	static struct text t;
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		make(&t, &seed);
		same_as_twin(&t, COLS);
	}
}

/* Every byte at every place of two chunks. */
static void
every_byte_is_seen_at_every_place(void **state)
{
	static struct text t;

	(void)state;
	t.len = 130;
	for (size_t at = 0; at < t.len - 1; at++)
		for (int byte = 0; byte < 256; byte++) {
			memset(t.at, 'x', 512);
			t.at[40] = t.at[100] = '\t';
			t.at[70] = t.at[t.len - 1] = '\n';
			t.at[at] = (char)byte;
			same_as_twin(&t, 2);
		}
}

/* Every pair that matters, across the borders of chunks, and of all that a
 * form walks at a time. */
static void
characters_and_escapes_cross_chunks(void **state)
{
	static const char *const piece[] = { "\\t", "\\\\", "\\q", "\303\274",
		"\303(", "\342\202\254", "\360\237\230\200",
		"\360\237\230", "\\\\\\", "\\\\\\\\", "\274", "\303\274\274",
		"\303\274\\n", "\\n\303\274", "\303\\n", "\\\303\274" };
	static const size_t border[] = { 64, 128, 192, 64 + 4096, 64 + 8192 };
	static struct text t;

	(void)state;
	for (size_t i = 0; i < LEN(piece) * LEN(border); i++) {
		const char *of = piece[i % LEN(piece)];
		size_t from = border[i / LEN(piece)];

		t.len = from + 192;
		for (size_t at = from - 8; at < from + 8; at++) {
			memset(t.at, 'x', t.len);
			memcpy(t.at + at, of, strlen(of));
			t.at[t.len - 1] = '\n';
			same_as_twin(&t, 1);
		}
	}
}

/* Every byte behind a backslash, in a chunk and in the next one. */
static void
few_bytes_may_follow_a_backslash(void **state)
{
	static struct text t;

	(void)state;
	t.len = 192;
	for (size_t at = 125; at < 129; at++)
		for (int byte = 0; byte < 256; byte++) {
			memset(t.at, 'x', 512);
			t.at[at] = '\\';
			t.at[at + 1] = (char)byte;
			t.at[t.len - 1] = '\n';
			same_as_twin(&t, 1);
		}
}

/* Runs of backslashes of every length from every place of a chunk on, with
 * what may follow one and what may not. */
static void
runs_of_backslashes_are_counted(void **state)
{
	static struct text t;

	(void)state;
	t.len = 448;
	for (size_t n = 1; n < 200; n += n < 8 ? 1 : 5)
		for (size_t at = 64; at < 128; at++) {
			memset(t.at, 'x', 512);
			memset(t.at + at, '\\', n);
			t.at[t.len - 1] = '\n';
			same_as_twin(&t, 1);
			t.at[at + n] = 'n';
			same_as_twin(&t, 1);
			memcpy(t.at + at + n, "\303\274", 2);
			same_as_twin(&t, 1);
		}
}

/* Many more rows than a clean block of so many columns can have. */
static void
blank_lines_are_too_many_rows(void **state)
{
	static struct text t;

	(void)state;
	t.len = MOST;
	memset(t.at, '\n', MOST);
	same_as_twin(&t, 1);
	same_as_twin(&t, 2);
	same_as_twin(&t, 100);
}

/* One for each form, kept from call to call: their rooms are large. */
struct forms {
	struct scan of[SCAN_FORMS];
};

static bool
all_forms_say(struct forms *f, const struct text *t, bool clean)
{
	bool same = true;

	for (int form = SCAN_PORTABLE; form <= (int)scan_best(); form++) {
		f->of[form].form = (enum scan_form)form;
		same &= scan_block(&f->of[form], t->at, t->len, 1) == clean;
	}
	return same;
}

/* Every first byte with every next ones that are at the edge of a rule, in
 * the first chunk, across a border and behind it; text.h tells. */
static void
utf8_is_that_of_text(void **state)
{
	static const char next[] = "A\177\200\217\220\237\240\277\300\302"
		"\340\360\377";
	static const size_t place[] = { 0, 61, 63, 125, 127, 190 };
	enum { N = sizeof next - 1, LAST = 196 };
	static struct text t = { .len = LAST + 1 };
	struct forms f = { 0 };

	(void)state;
	for (size_t i = 0; i < 256 * N * N * N; i++) {
		char bytes[] = { (char)(i % 256), next[i / 256 % N],
			next[i / 256 / N % N], next[i / 256 / N / N] };
		bool want = strchr("\t\n\r\\", bytes[0]) == NULL &&
		    text_utf8((struct slice){ bytes, 4 }) == 4;

		for (size_t k = 0; bytes[0] != '\n' && k < LEN(place); k++) {
			memset(t.at, 'x', LAST);
			memcpy(t.at + place[k], bytes, 4);
			t.at[LAST] = '\n';
			if (!all_forms_say(&f, &t, want))
				fail_msg("%zu at %zu", i, place[k]);
		}
	}
	for (size_t form = 0; form < LEN(f.of); form++)
		scan_free(&f.of[form]);
}

/* The best form for a processor without something, as the C library is told
 * to see it: said by this program when it is called with a word. */
static enum scan_form
best_without(const char *feature)
{
	char words[64];
	int status = 0;

	snprintf(words, sizeof words, "glibc.cpu.hwcaps=-%s", feature);
	if (fork() == 0) {
		setenv("GLIBC_TUNABLES", words, 1);
		execl("/proc/self/exe", "test_scan", "best", NULL);
		_exit(99);
	}
	wait(&status);
	return (enum scan_form)WEXITSTATUS(status);
}

/* Where it cannot be told so, nothing changes. */
static void
what_a_machine_has_not_is_not_chosen(void **state)
{
	static const struct {
		const char *feature;
		enum scan_form most;
	} cases[] = {
		{ "nothing", SCAN_AVX512 }, { "AVX512F", SCAN_AVX2 },
		{ "AVX512BW", SCAN_AVX2 }, { "AVX2", SCAN_SSE2 },
		{ "BMI2", SCAN_SSE2 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		enum scan_form best = scan_best(), want = best;

#if defined(CPU_FEATURE_ACTIVE)
		want = best < cases[i].most ? best : cases[i].most;
#endif
		assert_int_equal(best_without(cases[i].feature), want);
	}
}

/* What washing leaves is clean, and is what was clean before. */
static void
washing_keeps_the_good_rows(void **state)
{
	static const struct slice column[COLS] = { { "a", 1 }, { "b", 1 },
		{ "c", 1 } };
	const struct wash_words w = { .name = NULL, .line = 2, .cols = COLS,
		.column = column };
	static struct text t;
	uint64_t seed = 5, *line = NULL;
	size_t cap = 0;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct err e = { 0 };
		struct scan s = { 0 };
		uint64_t lines = 0, told;
		size_t rows;

		make(&t, &seed);
		for (size_t k = 0; k < t.len; k++)
			lines += t.at[k] == '\n';
		told = wash_block(t.at, &t.len, &w, &line, &cap, &e);
		assert_int_equal(told, lines);
		assert_true(scan_block(&s, t.at, t.len, COLS));
		rows = s.rows;
		assert_true(rows + (size_t)e.lines == lines ||
		    e.lines == ERR_LINES);
		for (size_t r = 1; r < rows; r++)
			assert_true(line[r] > line[r - 1]);
		scan_free(&s);
	}
	free(line);
}

static void
what_is_wrong_is_said(void **state)
{
	static const struct slice column[COLS] = { { "id", 2 },
		{ "name", 4 }, { "note", 4 } };
	const struct wash_words w = { .name = "c.tsv", .line = 2,
		.cols = COLS, .column = column };
	static const struct {
		const char *line, *words;
		size_t len;
	} cases[] = {
		{ "\n", "c.tsv:2: blank line", 1 },
		{ "\t\n", "c.tsv:2: too few fields: 2, not 3", 2 },
		{ "a\tb\n", "c.tsv:2: too few fields: 2, not 3", 4 },
		{ "a\tb\tc\td\n", "c.tsv:2: too many fields: 4, not 3", 8 },
		{ "a\tb\0x\tc\n", "c.tsv:2: name: NUL byte: \"b\\x00x\"", 8 },
		{ "a\tb\rx\tc\n",
		    "c.tsv:2: name: carriage return in a field: \"b\\x0dx\"",
		    8 },
		{ "a\tb\tc\377\n", "c.tsv:2: note: not UTF-8: \"c\\xff\"", 7 },
		{ "a\tb\tc\300\200\n",
		    "c.tsv:2: note: not UTF-8: \"c\\xc0\\x80\"", 8 },
		{ "a\tb\tc\355\240\200\n",
		    "c.tsv:2: note: not UTF-8: \"c\\xed\\xa0\\x80\"", 9 },
		{ "a\tb\\q\tc\n", "c.tsv:2: name: unknown escape: \"b\\q\"",
		    8 },
		{ "a\tb\tc\\\n", "c.tsv:2: note: unknown escape: \"c\\\"", 7 },
		{ "<<<<<<< HEAD\n",
		    "c.tsv:2: merge conflict marker: \"<<<<<<< HEAD\"", 13 },
		{ "=======\n", "c.tsv:2: merge conflict marker: \"=======\"",
		    8 },
		{ ">>>>>>> x\n",
		    "c.tsv:2: merge conflict marker: \">>>>>>> x\"", 10 },
	};
	uint64_t *line = NULL;
	size_t cap = 0;

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct err e = { 0 };
		char block[64];
		size_t len = cases[i].len;

		memcpy(block, cases[i].line, len);
		wash_block(block, &len, &w, &line, &cap, &e);
		assert_string_equal(e.text, cases[i].words);
		assert_int_equal(e.status, CRM_DATA);
		assert_int_equal(len, 0);
	}
	free(line);
}

static void
line_ends_of_dos_are_taken_off(void **state)
{
	static const struct slice column[1] = { { "a", 1 } };
	const struct wash_words w = { .line = 2, .cols = 1, .column = column };
	char block[] = "x\r\ny\nz\r\n";
	size_t len = strlen(block), cap = 0;
	uint64_t *line = NULL;
	struct err e = { 0 };

	(void)state;
	wash_block(block, &len, &w, &line, &cap, &e);
	assert_int_equal(len, 6);
	assert_memory_equal(block, "x\ny\nz\n", 6);
	assert_int_equal(e.status, CRM_OK);
	free(line);
}

int
main(int argc, char *argv[])
{
	(void)argv;
	if (argc > 1)
		return (int)scan_best();

	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_sees_what_the_slow_twin_sees),
		cmocka_unit_test(every_byte_is_seen_at_every_place),
		cmocka_unit_test(characters_and_escapes_cross_chunks),
		cmocka_unit_test(few_bytes_may_follow_a_backslash),
		cmocka_unit_test(runs_of_backslashes_are_counted),
		cmocka_unit_test(blank_lines_are_too_many_rows),
		cmocka_unit_test(utf8_is_that_of_text),
		cmocka_unit_test(what_a_machine_has_not_is_not_chosen),
		cmocka_unit_test(washing_keeps_the_good_rows),
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(line_ends_of_dos_are_taken_off),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
