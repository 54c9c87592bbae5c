#include "crm/entry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/num.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/customers.h"
#include "crm/moment.h"

enum { REF_RANDOM = 8, REF_TEXT = DATE_TEXT + REF_RANDOM + 3 };

/* The row in hand. */
struct entry {
	struct entries *all;
	size_t i;
	enum kind kind;
	struct err *err;
	struct slice value[EVENT_COLUMNS]; /* without escapes */
	struct buf room[EVENT_COLUMNS];
	char time[DATE_TEXT], due[DATE_TEXT], ref[REF_TEXT];
};

static bool
bad(struct entry *n, enum event_column c, const char *what)
{
	return sheet_bad(n->all->sheet, n->i, event_column[c], what,
	    n->value[c], n->err);
}

static bool
check_line(struct entry *n, enum event_column c)
{
	return !text_has_control(n->value[c]) ||
	    bad(n, c, _("has a control character"));
}

static void
note(struct entry *n, enum event_column c, const char *what)
{
	sheet_bad(n->all->sheet, n->i, event_column[c], what, n->value[c],
	    &n->all->notes);
}

/* A moment, said why if it is none; false then. */
static bool
moment(struct entry *n, enum event_column c, const char *what, int64_t *time)
{
	switch (moment_parse(n->value[c], n->all->zone, time)) {
	case MOMENT_BAD:
		return bad(n, c, what);
	case MOMENT_GAP:
		return bad(n, c, _("the clock is put forward over it"));
	case MOMENT_TWICE:
		note(n, c, _("occurs twice, the first is taken"));
		break;
	case MOMENT_GOOD:
		break;
	}
	return true;
}

static bool
check_time(struct entry *n)
{
	int64_t time;

	if (n->value[EVENT_TIME].len == 0)
		return bad(n, EVENT_TIME, _("missing"));
	if (!moment(n, EVENT_TIME, _("not a day or time"), &time))
		return false;
	if (time > n->all->now)
		note(n, EVENT_TIME, _("lies in the future"));
	n->value[EVENT_TIME] = slice_of(date_time_text(n->time, time));
	return true;
}

static bool
check_due(struct entry *n)
{
	int64_t time;
	int32_t day;

	if (n->value[EVENT_DUE].len == 0 ||
	    date_parse(n->value[EVENT_DUE], &day))
		return true;
	if (!moment(n, EVENT_DUE, _("not a day"), &time))
		return false;
	n->value[EVENT_DUE] = slice_of(
	    date_text(n->due, zone_day(n->all->zone, time)));
	return true;
}

static bool
check_customer(struct entry *n)
{
	struct slice *id = &n->value[EVENT_CUSTOMER];

	if (slice_is(*id, "-"))
		id->len = 0;
	if (id->len > 0)
		return true; /* looked up later */
	return !kind_info(n->kind)->customer ||
	    bad(n, EVENT_CUSTOMER, _("missing"));
}

static bool
check_kind(struct entry *n)
{
	struct slice name = n->value[EVENT_KIND];

	n->kind = kind_of(name);
	if (n->kind == KIND_NONE)
		return sheet_unknown(n->all->sheet, n->i,
		    event_column[EVENT_KIND], name, kind_near(name), n->err);
	return check_line(n, EVENT_KIND);
}

static bool
check_tone(struct entry *n)
{
	int64_t tone;

	return n->value[EVENT_TONE].len == 0 ||
	    num_int(n->value[EVENT_TONE], -2, 2, &tone) == NULL ||
	    bad(n, EVENT_TONE, _("not a tone from -2 to 2"));
}

static bool
check_value(struct entry *n)
{
	const struct kind_info *k = kind_info(n->kind);
	const char *what;
	int64_t value;

	if (k->value == VALUE_NONE && n->value[EVENT_VALUE].len > 0)
		return bad(n, EVENT_VALUE, _("this kind has none"));
	what = kind_value(n->kind, n->value[EVENT_VALUE], &value);
	return what == NULL || bad(n, EVENT_VALUE, _(what));
}

/* `c20261121-7f3ak2m9`, from the random numbers of the kernel. */
static bool
make_ref(struct entry *n)
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	static const char letter[] = { [FAMILY_CASE] = 'c',
		[FAMILY_DEAL] = 'd', [FAMILY_TASK] = 't',
		[FAMILY_CONTRACT] = 'v' };
	unsigned char random[REF_RANDOM];
	char day[DATE_TEXT], end[REF_RANDOM + 1] = "";
	struct date d = date_of(zone_day(n->all->zone, n->all->now));

	if (getrandom(random, sizeof random, 0) != sizeof random)
		return err_sys(n->err, "getrandom");
	for (size_t i = 0; i < sizeof random; i++)
		end[i] = digits[random[i] % 32];
	snprintf(day, sizeof day, "%04d%02d%02d", d.year, d.month, d.day);
	snprintf(n->ref, sizeof n->ref, "%c%s-%s",
	    letter[kind_info(n->kind)->family], day, end);
	n->value[EVENT_REF] = slice_of(n->ref);
	n->all->made[n->i] = true;
	return true;
}

static bool
check_ref(struct entry *n)
{
	enum kind_ref want = kind_info(n->kind)->ref;

	if (n->value[EVENT_REF].len > 0)
		return check_line(n, EVENT_REF);
	if (want == REF_NEEDED)
		return bad(n, EVENT_REF, _("missing"));
	return want != REF_MADE || make_ref(n);
}

static bool
check_channel(struct entry *n)
{
	return check_line(n, EVENT_CHANNEL);
}

static bool
check_topic(struct entry *n)
{
	return check_line(n, EVENT_TOPIC);
}

static bool
check_by(struct entry *n)
{
	return check_line(n, EVENT_BY);
}

static bool
check_text(struct entry *n)
{
	/* As a note of a customer: lines are fine, other controls not. */
	const char *what = customer_fit(slice_of("note"),
	    n->value[EVENT_TEXT]);

	return what == NULL || bad(n, EVENT_TEXT, _(what));
}

/* The store's own currency is what an empty one says. */
static bool
check_currency(struct entry *n)
{
	struct slice *c = &n->value[EVENT_CURRENCY];

	if (slice_is(*c, n->all->currency))
		c->len = 0;
	for (size_t i = 0; i < c->len; i++)
		if (c->len != 3 || c->at[i] < 'A' || c->at[i] > 'Z')
			return bad(n, EVENT_CURRENCY, _("not a currency"));
	return true;
}

static void
check_row(struct entry *n)
{
	/* The kind first: the others depend on it. */
	static const struct {
		enum event_column column;
		bool (*check)(struct entry *n);
	} checks[EVENT_COLUMNS] = {
		{ EVENT_KIND, check_kind }, { EVENT_TIME, check_time },
		{ EVENT_CUSTOMER, check_customer },
		{ EVENT_CHANNEL, check_channel }, { EVENT_TONE, check_tone },
		{ EVENT_VALUE, check_value }, { EVENT_DUE, check_due },
		{ EVENT_REF, check_ref }, { EVENT_TOPIC, check_topic },
		{ EVENT_BY, check_by }, { EVENT_TEXT, check_text },
		{ EVENT_CURRENCY, check_currency },
	};

	for (int c = 0; c < EVENT_COLUMNS; c++)
		n->value[c] = sheet_value(n->all->sheet, n->i,
		    n->all->column[c], &n->room[c]);
	for (int c = 0; c < EVENT_COLUMNS; c++)
		if (!checks[c].check(n) && c == 0)
			return;
}

/* Does column c of the sheet belong to the event? */
static bool
is_event_column(const struct entries *n, size_t c)
{
	for (int i = 0; i < EVENT_COLUMNS; i++)
		if (n->column[i] == (int)c)
			return true;
	return false;
}

static void
keep_row(struct entry *n)
{
	struct entries *all = n->all;
	uint64_t number = rows_number(&all->sheet->rows, n->i);

	buf_clear(&all->line);
	for (int c = 0; c < EVENT_COLUMNS; c++) {
		if (c > 0)
			buf_byte(&all->line, '\t');
		text_escape(&all->line, n->value[c]);
	}
	for (size_t c = 0; c < all->sheet->head.cols; c++) {
		if (is_event_column(all, c))
			continue;
		buf_byte(&all->line, '\t');
		buf_slice(&all->line,
		    rows_field(&all->sheet->rows, n->i, (int)c));
	}
	if (all->line.len >= INPUT_ROW)
		err_set(n->err, CRM_DATA, "%s",
		    _("the row is longer than 1 MiB"));
	rows_add(&all->rows, buf_all(&all->line), number);
}

bool
entry_check(struct entries *n, struct err *e)
{
	static const enum event_column needed[] = { EVENT_TIME,
		EVENT_CUSTOMER, EVENT_KIND };
	const struct head *h = &n->sheet->head;
	struct entry row = { .all = n, .err = e };

	for (size_t i = 0; i < 3; i++)
		if (!head_need(h, n->sheet->name != NULL ? n->sheet->name :
			"-", event_column[needed[i]], &n->column[needed[i]], e))
			return false;
	n->more = h->cols;
	for (int c = 0; c < EVENT_COLUMNS; c++) {
		n->column[c] = head_find(h, event_column[c]);
		n->more -= n->column[c] >= 0;
	}
	n->rows.cols = EVENT_COLUMNS + n->more;
	n->made = mem_zero(n->sheet->rows.n, sizeof *n->made);
	for (; row.i < n->sheet->rows.n && !err_full(e); row.i++) {
		check_row(&row);
		keep_row(&row);
	}
	for (int c = 0; c < EVENT_COLUMNS; c++)
		buf_free(&row.room[c]);
	return e->status == CRM_OK;
}

struct slice
entry_column(const struct entries *n, size_t c)
{
	size_t left = c - EVENT_COLUMNS;

	if (c < EVENT_COLUMNS)
		return slice_of(event_column[c]);
	for (size_t k = 0; k < n->sheet->head.cols; k++)
		if (!is_event_column(n, k) && left-- == 0)
			return n->sheet->head.column[k];
	return SLICE_EMPTY;
}

/* Has any row something in column c? */
static bool
is_used(const struct entries *n, size_t c)
{
	for (size_t i = 0; i < n->rows.n; i++)
		if (rows_field(&n->rows, i, (int)c).len > 0)
			return true;
	return false;
}

void
entry_header(const struct entries *n, struct buf *to)
{
	buf_add(to, event_header, strcspn(event_header, "\n"));
	for (size_t c = EVENT_CURRENCY; c < n->rows.cols; c++) {
		if (c == EVENT_CURRENCY && !is_used(n, c))
			continue;
		buf_byte(to, '\t');
		buf_slice(to, entry_column(n, c));
	}
}

/* Columns that a journal of ours may have, for "did you mean". */
static bool
unknown(const struct entries *n, const struct head *journal, size_t c,
    struct err *e)
{
	struct slice name = entry_column(n, c);
	struct slice *known = mem_zero(EVENT_COLUMNS + journal->cols,
	    sizeof *known);
	size_t k = 0;

	for (; k < EVENT_COLUMNS; k++)
		known[k] = slice_of(event_column[k]);
	for (size_t i = 0; i < journal->cols; i++)
		known[k++] = journal->column[i];
	sheet_unknown_column(n->sheet, (size_t)head_find_slice(&n->sheet->head,
	    name), known, k, e);
	free(known);
	return false;
}

/* Where each column of the journal comes from, and that none is lost. */
static bool
match(const struct entries *n, const struct head *journal, const char *name,
    int *from, struct err *e)
{
	for (size_t k = 0; k < journal->cols; k++)
		from[k] = -1;
	for (size_t c = 0; c < n->rows.cols; c++) {
		struct slice column = entry_column(n, c);
		int at = head_find_slice(journal, column);

		if (at >= 0)
			from[at] = (int)c;
		else if (c >= EVENT_COLUMNS)
			unknown(n, journal, c, e);
		else if (is_used(n, c))
			err_set(e, CRM_DATA,
			    _("%s:1: missing column: \"%s\""), name,
			    event_column[c]);
	}
	return e->status == CRM_OK;
}

bool
entry_write(const struct entries *n, const struct head *journal,
    const char *name, const struct slice *customer, const bool *skip,
    struct buf *to, struct err *e)
{
	int *from = mem_zero(journal->cols, sizeof *from);
	bool good = match(n, journal, name, from, e);

	for (size_t i = 0; good && i < n->rows.n; i++) {
		size_t begin = to->len;

		if (skip != NULL && skip[i])
			continue;
		for (size_t k = 0; k < journal->cols; k++) {
			if (k > 0)
				buf_byte(to, '\t');
			if (from[k] == EVENT_CUSTOMER)
				buf_slice(to, customer[i]);
			else
				buf_slice(to, rows_field(&n->rows, i,
				    from[k]));
		}
		buf_byte(to, '\n');
		if (to->len - begin > INPUT_ROW)
			good = err_set(e, CRM_DATA, "%s",
			    _("the row is longer than 1 MiB"));
	}
	free(from);
	return good;
}

void
entry_free(struct entries *n)
{
	rows_free(&n->rows);
	buf_free(&n->line);
	free(n->made);
}
