#include "check.h"

#include "made.h"
#include "measure/desk.h"

#define NOW 1767974400 /* 2026-01-09T16:00:00Z */

/* Two cases of email, in time and late; two of phone, one of them overdue
 * and one waiting; one without any channel. */
static const char rows[] =
    "2026-01-01T10:00:00Z\tC1\trequest\temail\tA\t\tme\t\n"
    "2026-01-01T12:00:00Z\tC1\treply\t\tA\t\tme\t\n"
    "2026-01-02T10:00:00Z\tC1\tsolve\t\tA\t\tme\t\n"
    "2026-01-02T10:00:00Z\tC1\tcomplaint\temail\tB\t\tme\t\n"
    "2026-01-02T11:00:00Z\tC1\tassign\t\tB\t\tyou\t\n"
    "2026-01-02T13:00:00Z\tC1\treply\t\tB\t\tyou\t\n"
    "2026-01-06T10:00:00Z\tC1\tsolve\t\tB\t\tyou\t\n"
    "2026-01-03T10:00:00Z\tC2\tcomplaint\tphone\tC\t\t\t\n"
    "2026-01-09T10:00:00Z\tC2\tcomplaint\tphone\tD\t\t\t\n"
    "2026-01-09T10:30:00Z\tC2\tsolve\t\tD\t\t\t\n"
    "2026-01-09T11:00:00Z\tC2\treopen\t\tD\t\t\t\n"
    "2026-01-09T12:00:00Z\tC2\treply\t\tD\t\t\t\n"
    "2026-01-09T15:00:00Z\tC2\trequest\t\tE\t\t\t\n";

static void
write_groups(struct buf *to, const struct made *m, struct window w)
{
	size_t n;
	struct desk_group *g = desk_groups(&m->cases, m->threads, w, &n);

	buf_clear(to);
	for (size_t i = 0; i < n; i++) {
		buf_slice(to, g[i].key);
		buf_fmt(to, ": %d =", (int)g[i].cases);
		for (int s = 0; s < CASES_STATES; s++)
			buf_fmt(to, " %d", (int)g[i].state[s]);
		buf_fmt(to, ", %d %d %d, %d of %d", (int)g[i].reopened,
		    (int)g[i].transfers, (int)g[i].late, (int)g[i].own,
		    (int)g[i].owned);
		buf_fmt(to, "; %d", (int)g[i].reply.n);
		if (g[i].reply.n > 0)
			buf_fmt(to, " %d %d", (int)g[i].reply.median,
			    (int)g[i].reply.high);
		buf_fmt(to, "; %d", (int)g[i].solve.n);
		if (g[i].solve.n > 0)
			buf_fmt(to, " %d %d", (int)g[i].solve.median,
			    (int)g[i].solve.high);
		buf_byte(to, '\n');
	}
	free(g);
}

static void
groups_on_paper(void **state)
{
	struct buf got = { 0 };
	struct made m;

	(void)state;
	made_begin(&m, rows, NULL, NOW);
	write_groups(&got, &m, WINDOW_ALL);
	assert_string_equal(buf_text(&got),
	    ": 5 = 1 1 2 1, 1 1 1, 1 of 2; 3 20 30; 2 600 960\n");
	write_groups(&got, &m, (struct window){ NOW, INT64_MAX });
	assert_string_equal(buf_text(&got),
	    ": 0 = 0 0 0 0, 0 0 0, 0 of 0; 0; 0\n");
	made_end(&m);
	made_begin(&m, rows, "channel", NOW);
	write_groups(&got, &m, WINDOW_ALL);
	assert_string_equal(buf_text(&got),
	    ": 1 = 1 0 0 0, 0 0 0, 0 of 0; 0; 0\n"
	    "email: 2 = 0 0 2 0, 0 1 1, 1 of 2; 2 25 30; 2 600 960\n"
	    "phone: 2 = 0 1 0 1, 1 0 0, 0 of 0; 1 20 20; 0\n");
	write_groups(&got, &m, (struct window){ NOW, INT64_MAX });
	assert_string_equal(buf_text(&got), "");
	made_end(&m);
	buf_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_on_paper),
	};

	return cmocka_run_group_tests_name("desk", tests, NULL, NULL);
}
