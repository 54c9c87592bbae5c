/* journal_run: blocks, threads, bad rows; part of journal.h. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/tr.h"
#include "crm/badrows.h"
#include "crm/journal.h"
#include "crm/opened.h"
#include "table/scan.h"
#include "table/wash.h"

enum {
	BATCH = 512,   /* events given to measures at once */
	THREADS = 256, /* at most */
	ALONE = 4,     /* blocks that the first thread reads by itself */
};

/* What the threads of a run share, under the lock. */
struct run {
	struct journal *j;
	struct use *uses;
	size_t n;
	bool people;
	pthread_mutex_t lock;
	size_t file;      /* the one being read */
	bool stop;        /* hand out no more blocks */
	struct badrows bad;
	struct err err;   /* other failures */
};

struct worker {
	struct run *run;
	struct map people;
	void **state;       /* one for each use */
	struct block block;
	struct scan scan;
	struct typer typer;
	size_t file;
	bool washed;
	uint64_t *line;     /* of each row, where the block was washed */
	size_t line_cap;
	struct event event[BATCH];
	uint32_t who[BATCH];
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

/* Rows are explained where a condition cannot be judged, too. */
static void
explain_where(struct worker *w, const struct batch *b, const struct event *v,
    const struct expr_bad *bad)
{
	char shown[ERR_SHOWN];
	const char *of = "";
	struct slice name;
	size_t row = 0;

	while (w->scan.row[row].from != v->from)
		row++;
	if (bad->handle < OPENED_OF_CUSTOMER) {
		name = map_key(&b->journal->names, (uint32_t)bad->handle);
	} else {
		of = "customer.";
		name = b->journal->customers->head.column[bad->handle -
		    OPENED_OF_CUSTOMER];
	}
	err_row(&w->bad, w->washed ? w->line[row] : row,
	    "%s%.*s: %s: \"%s\"", of, (int)name.len, name.at, bad->what,
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

/* Does this event count?  -c by id of person or account, -w by condition;
 * where the journal marks, -w sets it aside instead. */
static bool
counts(struct worker *w, const struct batch *b, struct event *v)
{
	const struct journal *j = w->run->j;
	struct judged g = { b, v };
	struct expr_row row = { judged_field, judged_any, b->head->cols, &g };
	struct expr_bad bad;
	int holds = 1;

	if (j->only != NULL && map_find(j->only, v->customer) == MAP_NONE &&
	    map_find(j->only, whose(j, v->customer)) == MAP_NONE)
		return false;
	if (j->where != NULL)
		holds = expr_holds(j->where, &row, &bad);
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
		w->event[kept++] = *v;
	}
	return kept;
}

/* Give n events to all measures. */
static void
give(struct worker *w, struct batch *b, size_t n)
{
	const struct run *r = w->run;
	const struct journal *j = r->j;

	w->rows += n;
	if (j->until != INT64_MAX || j->only != NULL || j->where != NULL ||
	    j->accounts ||
	    (j->aliases != NULL && j->aliases->old.len > 0))
		n = choose(w, b, n);
	b->n = n;
	if (r->people) {
		map_add_many(&w->people, &w->event[0].customer,
		    sizeof *w->event, n, w->who);
		for (size_t i = 0; i < n; i++)
			w->event[i].who = w->who[i];
	}
	for (size_t i = 0; i < r->n; i++)
		if (!r->uses[i].measure->add(w->state[i], b, &w->err))
			return;
}

/* Split, check and type a block and give it to the measures. */
static uint64_t
work(struct worker *w)
{
	const struct journal_file *f = &w->run->j->file[w->file];
	uint64_t lines = split(w, f);
	struct batch b = { .event = w->event, .column = f->column,
		.handle = f->handle, .head = &f->head,
		.people = w->run->people ? &w->people : NULL,
		.file = input_name(f->in), .scan = &w->scan,
		.journal = w->run->j, .number = w->file,
		.seq = w->block.seq };
	size_t n;

	w->typer.column = f->column;
	for (size_t row = 0, most; row < w->scan.rows; row += n) {
		enum event_column wrong;

		most = w->scan.rows - row < BATCH ? w->scan.rows - row : BATCH;
		n = event_type_rows(&w->typer, &w->scan, row, most, w->event,
		    &wrong);
		if (wrong != EVENT_COLUMNS)
			explain(w, f, row + n, wrong);
		give(w, &b, n);
		row += wrong != EVENT_COLUMNS;
	}
	return lines;
}

/* --- threads --------------------------------------------------------- */

static void
init_worker(struct worker *w, struct run *r)
{
	w->run = r;
	w->typer.zone = r->j->zone;
	w->typer.currency = r->j->currency;
	w->state = mem_zero(r->n, sizeof *w->state);
	for (size_t i = 0; i < r->n; i++) {
		w->state[i] = mem_zero(1, r->uses[i].measure->size);
		r->uses[i].measure->init(w->state[i], r->uses[i].how);
	}
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
	const char *word = getenv("CRM_THREADS");
	long n = j->threads;

	if (n == 0 && word != NULL)
		n = strtol(word, NULL, 10);
	if (n <= 0)
		n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > THREADS ? THREADS : (size_t)n;
}

/* Where each customer of `from` is in `into`. */
static uint32_t *
renumber(struct map *into, const struct map *from)
{
	uint32_t *who = mem_resize(NULL, from->len, sizeof *who);
	struct slice key[BATCH];

	for (uint32_t i = 0, n; i < from->len; i += n) {
		n = from->len - i < BATCH ? from->len - i : BATCH;
		for (uint32_t k = 0; k < n; k++)
			key[k] = map_key(from, i + k);
		map_add_many(into, key, sizeof *key, n, who + i);
	}
	return who;
}

static void
merge(struct run *r, struct worker *into, struct worker *from)
{
	uint32_t *who = renumber(&into->people, &from->people);

	for (size_t i = 0; i < r->n && r->err.status == CRM_OK; i++)
		r->uses[i].measure->merge(into->state[i], from->state[i], who,
		    &r->err);
	into->rows += from->rows;
	free(who);
}

static void
free_worker(struct worker *w, bool states)
{
	for (size_t i = 0; states && i < w->run->n; i++) {
		w->run->uses[i].measure->free(w->state[i]);
		free(w->state[i]);
	}
	if (states)
		map_free(&w->people);
	free(w->state);
	block_free(&w->block);
	scan_free(&w->scan);
	free(w->line);
	buf_free(&w->room);
}

/* The first worker begins alone: small journals need no second thread. */
static void
work_together(struct run *r, struct worker *w, size_t n)
{
	pthread_t *thread = mem_zero(n, sizeof *thread);
	size_t started = 1;

	if (work_on(&w[0], n == 1 ? UINT64_MAX : ALONE)) {
		for (; started < n; started++) {
			init_worker(&w[started], r);
			if (pthread_create(&thread[started], NULL, work_all,
				&w[started]) != 0) {
				free_worker(&w[started], true);
				break;
			}
		}
		work_all(&w[0]);
	}
	for (size_t i = 1; i < started; i++) {
		pthread_join(thread[i], NULL);
		merge(r, &w[0], &w[i]);
		free_worker(&w[i], true);
	}
	free(thread);
}

bool
journal_run(struct journal *j, struct use *uses, size_t n, struct err *e)
{
	struct run r = { .j = j, .uses = uses, .n = n };
	size_t threads = journal_threads(j);
	struct worker *w = mem_zero(threads, sizeof *w);

	pthread_mutex_init(&r.lock, NULL);
	for (size_t i = 0; i < n; i++)
		r.people |= uses[i].measure->people;
	init_worker(&w[0], &r);
	work_together(&r, w, threads);
	pthread_mutex_destroy(&r.lock);
	j->people = w[0].people;
	j->rows = w[0].rows;
	for (size_t i = 0; i < n; i++)
		uses[i].state = w[0].state[i];
	free_worker(&w[0], false);
	free(w);
	badrows_tell(&r.bad, j->file, e);
	badrows_free(&r.bad);
	if (e->status == CRM_OK && r.err.status != CRM_OK)
		*e = r.err;
	return e->status == CRM_OK;
}
