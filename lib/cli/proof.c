#include "cli/proof.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/consents.h"
#include "measure/consent.h"
#include "measure/story.h"
#include "show/named.h"
#include "show/page.h"

/* The event columns of the sheet, and what they are called there. */
static const struct {
	enum event_column column;
	struct show_column shown;
} told[] = {
	{ EVENT_TIME, { "time", SHOW_TEXT, N_("time") } },
	{ EVENT_KIND, { "kind", SHOW_TEXT, N_("kind") } },
	{ EVENT_CHANNEL, { "channel", SHOW_TEXT, N_("channel") } },
	{ EVENT_TOPIC, { "purpose", SHOW_TEXT, N_("purpose") } },
	{ EVENT_REF, { "version", SHOW_TEXT, N_("version") } },
	{ EVENT_BY, { "by", SHOW_TEXT, N_("by") } },
	{ EVENT_TEXT, { "evidence", SHOW_TEXT, N_("evidence") } },
};

struct sheet {
	struct cli *c;
	struct page page;
	struct slice id;
	struct journal journal;
	struct story_how how;
	int *column;          /* of the journal: told, then the user's own */
	struct slice *name;   /* of the latter */
	const struct threads *t;
	struct story *story;
	struct consents all;
};

/* The columns of the journal that are the user's own may hold evidence. */
static void
choose_columns(struct sheet *s)
{
	size_t n;
	int *all = journal_columns(&s->journal, &n);

	s->column = mem_zero(LEN(told) + n, sizeof *s->column);
	s->name = mem_zero(n, sizeof *s->name);
	for (size_t i = 0; i < LEN(told); i++)
		s->column[i] = (int)told[i].column;
	s->how.columns = LEN(told);
	for (size_t i = 0; i < n; i++)
		if (all[i] >= EVENT_COLUMNS) {
			s->name[s->how.columns - LEN(told)] =
			    journal_column(&s->journal, all[i]);
			s->column[s->how.columns++] = all[i];
		}
	s->how.column = s->column;
	s->how.customer = s->id;
	free(all);
}

/* One pass: what his events say, and the events themselves. */
static void
gather(struct sheet *s, struct use *use)
{
	struct map only = { 0 };
	struct threads *t;

	choose_columns(s);
	use[0] = (struct use){ &thread_measure, &consent_how, NULL };
	use[1] = (struct use){ &story_measure, &s->how, NULL };
	map_add(&only, s->id);
	s->journal.only = &only;
	cli_run(s->c, &s->journal, use, 2);
	map_free(&only);
	s->t = t = use[0].state;
	thread_sort(t, &s->journal.people, THREAD_BY_CUSTOMER);
	s->story = use[1].state;
	story_sort(s->story);
	consent_all(&s->all, t, t->event, t->n);
}

/* --- sections ------------------------------------------------------------ */

/* `2026-11-21 21:21:47 +01:00` */
static const char *
local_time(char to[static 2 * DATE_TEXT + 8], const struct zone *z,
    int64_t time)
{
	int32_t offset = zone_offset(z, time, NULL, NULL);
	int minutes = abs(offset) / 60;
	char text[DATE_TEXT];

	date_time_text(text, time + offset);
	snprintf(to, 2 * DATE_TEXT + 8, "%.10s %.8s %c%02d:%02d", text,
	    text + 11, offset < 0 ? '-' : '+', minutes / 60 % 100,
	    minutes % 60);
	return to;
}

static void
put_local(struct sheet *s, int64_t time)
{
	char text[2 * DATE_TEXT + 8];

	page_text(&s->page, local_time(text, &s->c->settings.zone, time));
}

/* When and as of when it was made, and whose clock is meant. */
static void
show_sheet(struct sheet *s)
{
	static const struct show_column column[] = {
		{ "made", SHOW_TEXT, N_("made") },
		{ "as_of", SHOW_TEXT, N_("as of") },
		{ "timezone", SHOW_TEXT, N_("time zone") },
	};

	page_section(&s->page, "sheet", N_("Consent sheet"), column,
	    LEN(column), false);
	put_local(s, s->c->now);
	page_day(&s->page, s->c->as_of_given ? s->c->today : DATE_NONE);
	page_text(&s->page, s->c->settings.text[SET_TIMEZONE]);
}

static void
show_customer(struct sheet *s)
{
	static const struct show_column column[] = {
		{ "id", SHOW_TEXT, NULL }, { "name", SHOW_TEXT, N_("name") },
		{ "company", SHOW_TEXT, N_("company") },
		{ "email", SHOW_TEXT, N_("e-mail") },
		{ "phone", SHOW_TEXT, N_("phone") },
		{ "street", SHOW_TEXT, N_("street") },
		{ "postcode", SHOW_TEXT, N_("postcode") },
		{ "city", SHOW_TEXT, N_("city") },
		{ "country", SHOW_TEXT, N_("country") },
		{ "tags", SHOW_TEXT, N_("tags") },
	};
	const struct customers *all = &s->c->customers;
	uint32_t row = customers_find(all, s->id);

	page_section(&s->page, "customer", N_("Customer"), column,
	    LEN(column), false);
	page_field(&s->page, s->id);
	for (size_t i = 1; i < LEN(column); i++)
		page_field(&s->page, row == MAP_NONE ? SLICE_EMPTY :
		    customers_field(all, row,
			head_find(&all->head, column[i].name)));
}

static void
show_states(struct sheet *s)
{
	static const struct show_column column[] = {
		{ "channel", SHOW_TEXT, N_("channel") },
		{ "purpose", SHOW_TEXT, N_("purpose") },
		{ "state", SHOW_TEXT, N_("state") },
		{ "since", SHOW_TEXT, N_("since") },
		{ "version", SHOW_TEXT, N_("version") },
		{ "evidence", SHOW_TEXT, N_("evidence") },
	};

	page_section(&s->page, "consent", N_("Consent"), column, LEN(column),
	    true);
	for (size_t i = 0; i < s->all.n; i++) {
		const struct consent *c = &s->all.at[i];

		page_field(&s->page, c->channel);
		page_field(&s->page, c->purpose);
		page_text(&s->page, consent_state[c->state]);
		page_time(&s->page, c->since);
		page_field(&s->page, c->version);
		page_field(&s->page, c->evidence);
	}
}

static void
put_event(struct sheet *s, const struct story_event *v)
{
	struct slice time = rows_field(&s->story->rows, v->row, 0);

	page_field(&s->page, time);
	if (time.len > strlen("2026-11-21"))
		put_local(s, v->time);
	else
		page_empty(&s->page); /* nobody has written down a clock time */
	for (size_t i = 1; i < s->how.columns; i++)
		page_field(&s->page, rows_field(&s->story->rows, v->row,
		    (int)i));
}

static void
show_events(struct sheet *s)
{
	size_t own = s->how.columns - LEN(told), n = 0;
	struct show_column *column =
	    mem_zero(s->how.columns + 1, sizeof *column);
	char *names;
	struct show_column *extra = named_columns(s->name, own, &names);

	column[n++] = told[0].shown;
	column[n++] = (struct show_column){ "local", SHOW_TEXT,
		N_("local time") };
	for (size_t i = 1; i < LEN(told); i++)
		column[n++] = told[i].shown;
	for (size_t i = 0; i < own; i++)
		column[n++] = extra[i];
	page_section(&s->page, "events", N_("What happened"), column, n,
	    true);
	for (size_t i = 0; i < s->story->n; i++)
		if (kind_info((enum kind)s->story->event[i].kind)->family ==
		    FAMILY_CONSENT)
			put_event(s, &s->story->event[i]);
	page_end_section(&s->page);
	free(column);
	free(extra);
	free(names);
}

int
proof_write(struct cli *c, const char *name)
{
	struct whom whom = { 0 };
	struct sheet s = { .c = c };
	struct use use[2];
	struct buf room = { 0 };
	struct err who = { 0 };
	struct input *list;
	size_t n;

	cli_whom(c, &whom, name, &s.id, &room, &who);
	list = consents_open(c, &s.journal);
	if (list != NULL) {
		input_close(list);
		cli_usage(c, _("--sheet takes no choice of rows"));
	}
	gather(&s, use);
	n = s.t->n;
	if (who.status != CRM_OK && n == 0)
		die_err(&who);
	page_begin(&s.page, &c->out);
	show_sheet(&s);
	show_customer(&s);
	show_states(&s);
	show_events(&s);
	page_end(&s.page);
	use_free(&use[0]);
	use_free(&use[1]);
	journal_close(&s.journal);
	free(s.column);
	free(s.name);
	free(s.all.at);
	whom_free(&whom);
	buf_free(&room);
	return n > 0 ? CRM_OK : CRM_NO;
}
