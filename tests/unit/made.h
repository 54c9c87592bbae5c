/* made - cases out of texts, for tests of what stands on them. */
#ifndef CRM_MADE_H
#define CRM_MADE_H

#include "measure/cases.h"
#include "place.h"

#define MADE_HEADER "time\tcustomer\tkind\tchannel\tref\ttopic\tby\ttext\n"

struct made {
	struct journal journal;
	struct group group;
	struct thread_how how;
	struct zone zone;
	struct hours hours;
	struct use use;
	struct threads *threads;
	struct cases cases;
};

/* Cases of rows below MADE_HEADER, in groups of --by (or NULL), judged at
 * `now` by hours of the calendar: 24 to reply and 72 to solve. */
static inline void
made_begin(struct made *m, const char *rows, const char *by, int64_t now)
{
	struct cases_terms terms = { &m->hours, INT64_C(24) * 3600,
		INT64_C(72) * 3600, now, INT64_MIN };
	struct err e = { 0 };
	struct buf text = { 0 };
	struct input *in;

	*m = (struct made){ .how = { .kinds = CASES_KINDS, .columns = ~0u,
		.grouped = CASES_OPENS } };
	m->use = (struct use){ &thread_measure, &m->how, NULL };
	assert_true(zone_load(&m->zone, "UTC", &e));
	m->hours.zone = &m->zone;
	buf_fmt(&text, MADE_HEADER "%s", rows);
	in = place_input("test", buf_text(&text));
	buf_free(&text);
	assert_true(journal_open(&m->journal, &in, 1, &e));
	assert_true(group_parse(&m->group, by, &m->journal, NULL, &e));
	m->how.group = by != NULL ? &m->group : NULL;
	if (!journal_run(&m->journal, &m->use, 1, &e))
		fail_msg("%s", e.text);
	m->threads = m->use.state;
	thread_sort(m->threads, &m->journal.people, THREAD_BY_REF);
	cases_make(&m->cases, m->threads, &terms);
	cases_sort(&m->cases);
}

static inline void
made_end(struct made *m)
{
	cases_free(&m->cases);
	use_free(&m->use);
	journal_close(&m->journal);
	zone_free(&m->zone);
}

#endif
