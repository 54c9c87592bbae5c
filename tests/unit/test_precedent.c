#include "check.h"

#include "made.h"
#include "measure/precedent.h"

static void
write_found(struct buf *to, const char *rows, const char *text)
{
	struct precedent *p;
	struct made m;
	size_t n;

	made_begin(&m, rows, NULL, 0);
	p = precedent_find(&m.cases, m.threads, slice_of(text), &n);
	buf_clear(to);
	for (size_t i = 0; i < n; i++) {
		buf_slice(to, thread_text(m.threads, p[i].of->opening,
		    THREAD_REF));
		buf_fmt(to, " %d\n", (int)p[i].likeness);
	}
	free(p);
	made_end(&m);
}

/*
 * Three solved cases.  `the` is in all of them and weighs ln(1 + 1), `desk`
 * in two: ln(1 + 1.5); the other words in one each: ln(1 + 3).  On paper:
 * "the desk" against A is (ln 2 ^2 + ln 2.5 ^2) / root of that by (that +
 * ln 4 ^2), 0.638; against B the same; against C, which has two such, ln 2 ^2
 * by the root of that by (ln 2 ^2 + 2 ln 4 ^2), 0.201.
 */
static const char rows[] =
    "2026-01-01\tC1\trequest\t\tA\tdesk\t\tthe leg\n"
    "2026-01-02\tC1\tsolve\t\tA\t\t\tglue\n"
    "2026-01-01\tC1\trequest\t\tB\t\t\tThe DESK, Stra\303\237e, the desk\n"
    "2026-01-03\tC1\tsolve\t\tB\t\t\tmap\n"
    "2026-01-01\tC1\trequest\t\tC\t\t\tthe b\303\226ok\\nx\n"
    "2026-01-03\tC1\tsolve\t\tC\t\t\tread\n"
    "2026-01-01\tC1\trequest\t\tD\t\t\tthe desk is open\n"
    "2026-01-01\tC1\trequest\t\tE\t\t\tthe desk without a word\n"
    "2026-01-03\tC1\tsolve\t\tE\t\t\t\n";

static void
the_likest_come_first(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "the desk", "B 638\nA 638\nC 201\n" },
		{ "STRASSE", "B 770\n" },
		{ "B\303\266ok the X", "C 1000\nB 128\nA 128\n" },
		{ "nothing known", "" },
		{ "...", "" },
		{ "", "" },
	};
	struct buf got = { 0 };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		write_found(&got, rows, cases[i].text);
		assert_string_equal(buf_text(&got), cases[i].want);
	}
	write_found(&got, "", "the desk");
	assert_string_equal(buf_text(&got), "");
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_likest_come_first),
	};

	return cmocka_run_group_tests_name("precedent", tests, NULL, NULL);
}
