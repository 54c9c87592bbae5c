/* journal_run: blocks, threads, bad rows; part of journal.h. */
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/tr.h"
#include "base/turns.h"
#include "crm/badrows.h"
#include "crm/journal.h"
#include "crm/opened.h"
#include "crm/states.h"
#include "table/scan.h"
#include "table/wash.h"

enum {
	BATCH = 512,   /* events given to measures at once by one thread */
	ALONE = 4,     /* blocks that the first thread reads by itself */
	TOGETHER = 2,  /* threads that share their states */
};

/* What the threads of a run share, under the lock. */
struct run {
	struct journal *j;
	struct use *uses;
	size_t n;
	size_t batch;     /* events given to measures at once */
	pthread_mutex_t lock;
	size_t file;      /* the one being read */
	bool stop;        /* hand out no more blocks */
	struct badrows bad;
	struct err err;   /* other failures */
};

struct worker {
	struct run *run;
	struct states *states;
	struct block block;
	struct scan scan;
	struct typer typer;
	size_t file;
	bool washed;
	uint64_t *line;     /* of each row, where the block was washed */
	size_t line_cap;
	struct event *event; /* room for `events` of them */
	size_t events;
	struct err bad;     /* bad rows of the block in hand */
	struct err err;     /* a measure's failure */
	struct buf room;
	uint64_t rows;
};

void
use_free(struct use *u)
{
	if (u->state != NULL)
		u->measure->free(u->state);
	free(u->state);
	u->state = NULL;
}

/* --- one block ------------------------------------------------------ */

/* Read the next block of whichever file is being read; under the lock. */
static bool
take(struct worker *w)
{
	struct run *r = w->run;

	for (; !r->stop && r->file < r->j->files; r->file++) {
		if (input_block(r->j->file[r->file].in, &w->block, &r->err)) {
			w->file = r->file;
			return true;
		}
		if (r->err.status != CRM_OK)
			r->stop = true;
	}
	return false;
}

/* Account for the block that was done; under the lock. */
static void
done(struct worker *w, uint64_t lines)
{
	struct run *r = w->run;
	struct journal_file *f = &r->j->file[w->file];

	f->lines = mem_grow(f->lines, &f->lines_cap, w->block.seq + 1,
	    sizeof *f->lines);
	f->lines[w->block.seq] = lines;
	f->read += lines;
	badrows_add(&r->bad, w->file, w->block.seq, &w->bad);
	/* All blocks before that of the tenth have been handed out. */
	if (r->bad.n >= ERR_LINES)
		r->stop = true;
	if (w->err.status != CRM_OK) {
		r->stop = true;
		if (r->err.status == CRM_OK)
			r->err = w->err;
	}
}

/* Split the block, after washing it where that is needed.  Returns how
 * many lines it has. */
static uint64_t
split(struct worker *w, const struct journal_file *f)
{
	struct wash_words words = { .cols = f->head.cols,
		.column = f->head.column };
	uint64_t lines;

	w->washed =
	    !scan_block(&w->scan, w->block.at, w->block.len, words.cols);
	if (!w->washed)
		return w->scan.rows;
	lines = wash_block(w->block.at, &w->block.len, &words, &w->line,
	    &w->line_cap, &w->bad);
	scan_block(&w->scan, w->block.at, w->block.len, words.cols);
	return lines;
}

/* Say what is wrong with a row, unless it repeats the header. */
static void
explain(struct worker *w, const struct journal_file *f, size_t row,
    enum event_column c)
{
	const uint32_t *end = scan_row(&w->scan, row);
	struct slice line = { w->block.at + (end[-1] + 1), 0 };

	line.len = end[f->head.cols - 1] - (end[-1] + 1);
	if (slice_eq(line, f->head.line))
		return;
	err_row(&w->bad, w->washed ? w->line[row] : row, "%s: %s",
	    event_column[c],
	    event_wrong(&w->typer, c, w->block.at, end, &w->room));
}

/* The line within the block that an event stands at. */
static uint64_t
line_of(const struct worker *w, const struct event *v)
{
	size_t row = 0;

	while (w->scan.row[row].from != v->from)
		row++;
	return w->washed ? w->line[row] : row;
}

/* Rows are explained where a deal is in a stage that there is not, too. */
static void
check_stages(struct worker *w, const struct batch *b, size_t n)
{
	const struct journal *j = w->run->j;
	const struct window when = { j->staged, j->until };
	char told[STAGES_WRONG];

	for (size_t i = 0; i < n; i++) {
		const struct event *v = &w->event[i];
		const char *wrong;

		if (v->kind != KIND_DEAL || !window_has(when, v->time))
			continue;
		wrong = stages_wrong(j->stages, event_field(b, v, EVENT_TOPIC),
		    told);
		if (wrong != NULL)
			err_row(&w->bad, line_of(w, v), "%s: %s",
			    event_column[EVENT_TOPIC], wrong);
	}
}

/* ... and where a condition cannot be judged. */
static void
explain_where(struct worker *w, const struct batch *b, const struct event *v,
    const struct expr_bad *bad)
{
	char shown[ERR_SHOWN];
	const char *of = "";
	struct slice name;

	if (bad->handle < OPENED_OF_CUSTOMER) {
		name = map_key(&b->journal->names, (uint32_t)bad->handle);
	} else {
		of = "customer.";
		name = b->journal->customers->head.column[bad->handle -
		    OPENED_OF_CUSTOMER];
	}
	err_row(&w->bad, line_of(w, v), "%s%.*s: %s: \"%s\"", of,
	    (int)name.len, name.at, bad->what,
	    err_shown(shown, journal_field(b, v, bad->handle)));
}

struct judged {
	const struct batch *b;
	const struct event *v;
};

static struct slice
judged_field(void *row, int handle)
{
	const struct judged *g = row;

	return journal_field(g->b, g->v, handle);
}

static struct slice
judged_any(void *row, size_t i)
{
	const struct judged *g = row;

	return batch_column(g->b, g->v, (int)i);
}

/* The id that an event counts for: with -a that of the account. */
static struct slice
whose(const struct journal *j, struct slice id)
{
	return j->accounts ? customers_account(j->customers, j->aliases, id)
			   : id;
}

/* Is it of a customer whom -c leaves out?  By id of person or account. */
static bool
is_outside(const struct journal *j, struct slice id)
{
	return j->only != NULL && map_find(j->only, id) == MAP_NONE &&
	    map_find(j->only, whose(j, id)) == MAP_NONE;
}

/* Does this event count?  Where the journal marks, what -w leaves out is
 * set aside instead; where it is whole, what -c leaves out is marked. */
static bool
counts(struct worker *w, const struct batch *b, struct event *v)
{
	const struct journal *j = w->run->j;
	struct judged g = { b, v };
	struct expr_row row = { judged_field, judged_any, b->head->cols, &g };
	struct expr_bad bad;
	int holds = 1;

	v->outside = is_outside(j, v->customer);
	if (v->outside && !j->whole)
		return false;
	if (j->where != NULL)
		holds = expr_holds(j->where, &row, &bad);
	if (holds < 0 && v->outside)
		holds = 0;
	if (holds < 0)
		explain_where(w, b, v, &bad);
	v->aside = holds == 0;
	return holds > 0 || (j->marks && holds == 0);
}

static size_t
choose(struct worker *w, const struct batch *b, size_t n)
{
	const struct journal *j = w->run->j;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct event *v = &w->event[i];

		if (v->time >= j->until)
			continue;
		if (j->aliases != NULL && j->aliases->old.len > 0)
			v->customer = aliases_of(j->aliases, v->customer);
		if ((j->only != NULL || j->where != NULL) && !counts(w, b, v))
			continue;
		v->customer = whose(j, v->customer);
		if (kept < i)
			w->event[kept] = *v;
		kept++;
	}
	return kept;
}

/* Does no event come too late? */
static bool
in_time(const struct worker *w, size_t n)
{
	size_t i = 0;

	while (i < n && w->event[i].time < w->run->j->until)
		i++;
	return i == n;
}

/* Leave out what does not count, and give what customers count for. */
static size_t
sift(struct worker *w, const struct batch *b, size_t n)
{
	const struct journal *j = w->run->j;

	if (j->only == NULL && j->where == NULL && !j->accounts &&
	    (j->aliases == NULL || j->aliases->old.len == 0) &&
	    (j->until == INT64_MAX || in_time(w, n)))
		return n;
	return choose(w, b, n);
}

/* Type n rows from `row` on and give them to the measures.  How many were
 * typed before one that is wrong. */
static size_t
work_rows(struct worker *w, struct batch *b, size_t row, size_t n)
{
	enum event_column wrong;
	size_t typed = event_type_rows(&w->typer, &w->scan, row, n, w->event,
	    &wrong);

	if (wrong != EVENT_COLUMNS)
		explain(w, &w->run->j->file[w->file], row + typed, wrong);
	if (w->run->j->stages != NULL)
		check_stages(w, b, typed);
	b->n = sift(w, b, typed);
	states_add(w->states, b, w->event, &w->err);
	w->rows += typed;
	return typed;
}

/* Room for so many events. */
static void
make_room(struct worker *w, size_t n)
{
	if (n <= w->events)
		return;
	free(w->event);
	w->event = mem_zero(n, sizeof *w->event);
	w->events = n;
}

/* Split, check and type a block and give it to the measures. */
static uint64_t
work(struct worker *w)
{
	const struct journal_file *f = &w->run->j->file[w->file];
	uint64_t lines = split(w, f);
	size_t rows = w->scan.rows;
	size_t most = rows < w->run->batch ? rows : w->run->batch;
	struct batch b = { .column = f->column, .handle = f->handle,
		.head = &f->head,
		.file = input_name(f->in), .scan = &w->scan,
		.journal = w->run->j, .number = w->file,
		.seq = w->block.seq };

	make_room(w, most);
	b.event = w->event;
	w->typer.column = f->column;
	for (size_t row = 0, n, left; row < rows; row += n + (n < left)) {
		left = rows - row < most ? rows - row : most;
		n = work_rows(w, &b, row, left);
	}
	return lines;
}

/* --- threads --------------------------------------------------------- */

static void
init_worker(struct worker *w, struct run *r, struct states *s)
{
	w->run = r;
	w->states = s;
	w->typer.zone = r->j->zone;
	w->typer.currency = r->j->currency;
}

/* Work until there are no more blocks, or `most` of them are done. */
static bool
work_on(struct worker *w, uint64_t most)
{
	struct run *r = w->run;
	uint64_t lines = 0;
	bool more;

	for (uint64_t i = 0;; i++) {
		pthread_mutex_lock(&r->lock);
		if (i > 0)
			done(w, lines);
		more = i < most && take(w);
		pthread_mutex_unlock(&r->lock);
		if (!more)
			return i == most;
		w->bad = (struct err){ 0 };
		lines = work(w);
	}
}

static void *
work_all(void *worker)
{
	work_on(worker, UINT64_MAX);
	return NULL;
}

size_t
journal_threads(const struct journal *j)
{
	return j->threads > 0 ? (size_t)j->threads : turns_threads();
}

static void
free_worker(struct worker *w)
{
	block_free(&w->block);
	scan_free(&w->scan);
	free(w->line);
	free(w->event);
	buf_free(&w->room);
}

/* Start workers behind the first; how many there are then. */
static size_t
start(struct run *r, struct worker *w, struct states *s, pthread_t *thread,
    size_t n)
{
	size_t started = 1;

	for (; started < n; started++) {
		if (started % TOGETHER == 0)
			states_init(&s[started / TOGETHER], r->uses, r->n);
		init_worker(&w[started], r, &s[started / TOGETHER]);
		if (pthread_create(&thread[started], NULL, work_all,
			&w[started]) != 0)
			break;
	}
	return started;
}

/* The first worker begins alone: small journals need no second thread. */
static void
work_together(struct run *r, struct states *s, size_t n)
{
	pthread_t *thread = mem_zero(n, sizeof *thread);
	struct worker *w = mem_zero(n, sizeof *w);
	size_t started = 1;

	init_worker(w, r, s);
	if (work_on(w, n == 1 ? UINT64_MAX : ALONE)) {
		started = start(r, w, s, thread, n);
		work_all(w);
	}
	for (size_t i = 1; i < started; i++)
		pthread_join(thread[i], NULL);
	for (size_t i = 0; i < n; i++) {
		r->j->rows += w[i].rows;
		free_worker(&w[i]);
	}
	for (size_t i = 1; i * TOGETHER <= n; i++)
		if (s[i].state != NULL)
			states_merge(s, &s[i], &r->err);
	free(w);
	free(thread);
}

bool
journal_run(struct journal *j, struct use *uses, size_t n, struct err *e)
{
	size_t threads = journal_threads(j);
	struct run r = { .j = j, .uses = uses, .n = n,
		.batch = threads == 1 ? BATCH : SIZE_MAX };
	struct states *s = mem_zero(threads / TOGETHER + 1, sizeof *s);

	pthread_mutex_init(&r.lock, NULL);
	states_init(s, uses, n);
	if (n > 0 && uses[0].state != NULL)
		states_go_on(s, &j->people);
	j->rows = 0;
	work_together(&r, s, threads);
	pthread_mutex_destroy(&r.lock);
	j->people = s->people;
	for (size_t i = 0; i < n; i++)
		uses[i].state = s->state[i];
	free(s->state);
	free(s);
	badrows_tell(&r.bad, j->file, e);
	badrows_free(&r.bad);
	if (e->status == CRM_OK && r.err.status != CRM_OK)
		*e = r.err;
	return e->status == CRM_OK;
}
