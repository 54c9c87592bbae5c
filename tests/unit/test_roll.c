/*
 * roll - what was kept in pieces, with what is new, is the fold of all;
 * where pieces are lost the roll goes on without them.
 */
#include "check.h"

#include <stdio.h>

#include "cli/tally.h"
#include "runs.h"

enum { ROWS = 12000, CUSTOMERS = 4000, HANDS = 4 };

/* Ids of all lengths that an index of bytes tells apart: those beyond 64
 * bytes come from aliases. */
static const char *
made_id(char to[static 600], uint64_t *seed)
{
	static const int more[] = { 0, 0, 0, 0, 0, 0, 12, 40, 250, 300 };
	uint32_t n = check_random(seed, CUSTOMERS);

	sprintf(to, n == 7 ? "" : "K%u%0*d", n, more[n % LEN(more)], 0);
	return to;
}

/* Days in any order, or `rising`. */
static void
made_event(struct event *v, char id[static 600], uint64_t *seed,
    uint32_t rising)
{
	static const enum kind kind[] = { KIND_ORDER, KIND_ORDER, KIND_IN,
		KIND_COST, KIND_NPS, KIND_DEAL, KIND_NOTE };
	enum kind k = kind[check_random(seed, LEN(kind))];

	*v = (struct event){ .customer = slice_of(made_id(id, seed)),
		.kind = (uint8_t)k, .tone = EVENT_NO_TONE,
		.day = 20000 + (int32_t)(rising + check_random(seed,
			rising > 0 ? 2 : 200)),
		.value = k == KIND_NPS ? 10000 * check_random(seed, 11)
		    : check_random(seed, 20) == 0 ? INT64_C(60000000000)
						   : 12300 };
	v->time = v->day * INT64_C(86400) + check_random(seed, 86400);
}

/* What a journal has counted. */
struct fold {
	struct stat *stat;
	struct map people;
};

static void
fold(struct fold *f, uint64_t seed, size_t from, size_t to)
{
	bool rises = seed % 2 == 1;

	*f = (struct fold){ .stat = mem_zero(1, stat_measure.size) };
	stat_measure.init(f->stat, NULL);
	for (size_t i = 0; i < to; i++) {
		char id[600];
		struct event v;
		struct head head = { 0 };
		int column[EVENT_COLUMNS];
		struct batch b = { .event = &v, .n = 1, .head = &head,
			.column = column };
		struct err e = { 0 };

		memset(column, 0xff, sizeof column);
		made_event(&v, id, &seed,
		    rises ? (uint32_t)i / 60 + 1 : 0);
		if (i < from)
			continue;
		v.who = map_add(&f->people, v.customer);
		b.people = f->people.len;
		assert_true(stat_measure.add(f->stat, &b, &e));
	}
}

static void
unfold(struct fold *f)
{
	stat_measure.free(f->stat);
	free(f->stat);
	map_free(&f->people);
}

/* --- walking -------------------------------------------------------------- */

struct hand {
	struct roll *roll;
	struct roll_hand hand;
	struct buf *to;
	struct kept_writer *kept;
	uint64_t *seed;
};

static void
get(void *hand, size_t piece)
{
	struct hand *h = hand;

	roll_get(h->roll, &h->hand, piece);
}

/* A score without a time is none. */
static void
tell(struct buf *to, struct slice id, const struct stat_row *r)
{
	int nps = r->nps_time == STAT_NEVER ? -9 : r->nps;
	int csat = r->csat_time == STAT_NEVER ? -9 : r->csat;

	buf_slice(to, id);
	buf_fmt(to, " %jd %jd %jd %jd %jd %d %d %d %jd %jd %d %d %jd %jd %jd",
	    r->first, r->last, r->events, r->contacts, r->minutes, nps, csat,
	    r->state, r->orders, r->order_days, r->first_order, r->last_order,
	    r->first_spend, r->revenue, r->cost);
}

static void
tell_days(struct buf *to, const int32_t *day, size_t n, bool dated)
{
	for (size_t k = 0; dated && k < n; k++)
		buf_fmt(to, " %d", day[k]);
	buf_byte(to, '\n');
}

static void
tell_kept(struct buf *to, const struct kept_view *v, uint32_t i, bool dated)
{
	const int32_t *day = NULL;
	struct stat_row r;
	size_t n = 0;

	memset(&r, 0, sizeof r);
	assert_true(stat_parse(kept_rows(v, i, i + 1), &r));
	tell(to, v->id[i], &r);
	if (dated)
		n = kept_days(v, i, &day);
	tell_days(to, day, n, dated);
}

static void
tell_counted(struct buf *to, const struct roll_item *it, bool dated)
{
	const int32_t *day;
	struct stat_row r;
	size_t n;

	memset(&r, 0, sizeof r);
	stat_row(it->stat, it->who, &r);
	n = stat_days(it->stat, it->who, &day);
	tell(to, it->id, &r);
	tell_days(to, day, n, dated);
}

static void
give_text(void *hand, size_t piece)
{
	struct hand *h = hand;

	(void)piece;
	if (!roll_give(h->roll, &h->hand))
		return;
	for (size_t i = 0; i < h->hand.n; i++) {
		const struct roll_item *it = &h->hand.item[i];

		if (it->stat != NULL)
			tell_counted(h->to, it, h->roll->dated);
		for (uint32_t k = it->who; it->stat == NULL && k < it->to; k++)
			tell_kept(h->to, &h->hand.kept, k, h->roll->dated);
	}
}

/* A piece has no more than some hundred customers. */
static void
put(struct hand *h, struct kept_made *m, struct slice row, size_t id,
    const int32_t *day, size_t n)
{
	kept_put(m, row, id, day, n);
	if (check_random(h->seed, 300) > 0)
		return;
	kept_pack(m);
	kept_add(h->kept, m);
}

static void
put_counted(struct hand *h, struct kept_made *m, const struct roll_item *it)
{
	struct show out = { .format = SHOW_TSV, .cols = STAT_COLUMNS };
	struct quick *q = quick_begin(&out);
	const int32_t *day;
	size_t n = stat_days(it->stat, it->who, &day);

	tally_row(q, it);
	put(h, m, quick_text(q), it->id.len, day, n);
	quick_end(q);
	buf_free(&out.line);
}

/* In pieces of any size. */
static void
give_kept(void *hand, size_t piece)
{
	struct hand *h = hand;
	const struct kept_view *v = &h->hand.kept;
	struct kept_made m = { .about.most = 0 };

	(void)piece;
	assert_true(roll_give(h->roll, &h->hand));
	for (size_t i = 0; i < h->hand.n; i++) {
		const struct roll_item *it = &h->hand.item[i];

		if (it->stat != NULL)
			put_counted(h, &m, it);
		for (uint32_t k = it->who; it->stat == NULL && k < it->to;
		     k++) {
			const int32_t *day;
			size_t n = kept_days(v, k, &day);

			put(h, &m, kept_rows(v, k, k + 1), v->id[k].len, day,
			    n);
		}
	}
	kept_pack(&m);
	kept_add(h->kept, &m);
	kept_made_free(&m);
}

static bool
walk(struct roll *r, void (*give)(void *, size_t), const struct hand *like,
    size_t n)
{
	struct turns turns = { .make = get, .give = give };
	struct hand h[HANDS];
	bool all;

	roll_lay(r);
	for (size_t i = 0; i < n; i++)
		h[i] = *like;
	all = roll_walk(r, turns, h, n, sizeof *h);
	for (size_t i = 0; i < n; i++)
		roll_hand_free(&h[i].hand);
	return all;
}

static bool
write_text(struct roll *r, struct buf *to, size_t threads, bool dated)
{
	struct hand h = { .roll = r, .to = to };

	r->dated = dated;
	return walk(r, give_text, &h, threads);
}

static void
keep(struct roll *r, uint64_t *seed)
{
	struct crate_writer c;
	struct kept_writer w;
	struct err e = { 0 };
	struct hand h = { .roll = r, .kept = &w, .seed = seed };
	struct slot_wrong wrong;

	r->dated = true;
	assert_true(slot_settle(r->stat, r->people->len, &wrong));
	crate_begin(&c, "state");
	crate_part(&c);
	kept_begin(&w, &c, INT64_C(60000000000) * ROWS);
	assert_true(walk(r, give_kept, &h, 1));
	kept_end(&w);
	assert_true(crate_end(&c, &e));
}

/* --- laws ----------------------------------------------------------------- */

/* All that is counted in rows from..to, and kept of those before. */
struct table {
	struct fold fold;
	struct crate crate;
	struct roll roll;
};

static void
open_table(struct table *t, uint64_t seed, bool kept, size_t from, size_t to)
{
	struct err e = { 0 };

	*t = (struct table){ .crate.fd = -1 };
	fold(&t->fold, seed, from, to);
	t->roll.stat = t->fold.stat;
	t->roll.people = &t->fold.people;
	if (!kept)
		return;
	assert_true(crate_open(&t->crate, "state", &e));
	assert_true(kept_open(&t->roll.kept, &t->crate, 1));
}

static void
close_table(struct table *t)
{
	roll_free(&t->roll);
	crate_close(&t->crate);
	unfold(&t->fold);
}

static void
write_whole(struct buf *to, uint64_t seed, bool dated)
{
	struct table t;

	open_table(&t, seed, false, 0, ROWS);
	assert_true(roll_settle(&t.roll));
	assert_true(write_text(&t.roll, to, 1, dated));
	close_table(&t);
}

static void
keep_part(uint64_t seed, bool kept, size_t from, size_t to, uint64_t *chance)
{
	struct table t;

	open_table(&t, seed, kept, from, to);
	keep(&t.roll, chance);
	close_table(&t);
}

/* Kept, added to, kept again, added to. */
static void
what_was_kept_and_what_is_new_make_the_whole(void **state)
{
	uint64_t chance = 3;

	(void)state;
	for (uint64_t seed = 1; seed < 13; seed++) {
		struct buf want = { 0 }, got = { 0 };
		size_t a = check_random(&chance, seed < 3 ? 9 : ROWS);
		size_t b = a + check_random(&chance, (uint32_t)(ROWS - a));
		struct table t;

		write_whole(&want, seed, seed % 4 < 2);
		keep_part(seed, false, 0, a, &chance);
		keep_part(seed, true, a, b, &chance);
		open_table(&t, seed, true, b, ROWS);
		assert_true(roll_settle(&t.roll));
		assert_true(write_text(&t.roll, &got, seed % HANDS + 1,
		    seed % 4 < 2));
		assert_string_equal(buf_text(&got), buf_text(&want));
		close_table(&t);
		buf_free(&want);
		buf_free(&got);
	}
}

/* Change a bit of the pieces, at some byte. */
static void
flip(const struct crate *c, uint32_t at, uint64_t *chance)
{
	FILE *f = fopen("state", "r+");
	long to = (long)c->at[1 + KEPT_PIECES] + (long)at;
	int byte;

	assert_non_null(f);
	fseek(f, to, SEEK_SET);
	byte = fgetc(f);
	fseek(f, to, SEEK_SET);
	fputc(byte ^ 1 << check_random(chance, 8), f);
	assert_int_equal(fclose(f), 0);
}

/* Rows that are there already stay, and those that are lost come after all. */
static void
what_is_lost_is_counted_after_all(void **state)
{
	uint64_t chance = 5, seed = 2;
	struct buf want = { 0 };

	(void)state;
	write_whole(&want, seed, true);
	for (int i = 0; i < 20; i++) {
		struct buf got = { 0 };
		struct fold old;
		struct table t;
		struct err e = { 0 };
		size_t cut = 6000 + check_random(&chance, 5000);
		uint32_t *who;

		keep_part(seed, false, 0, cut, &chance);
		open_table(&t, seed, true, cut, ROWS);
		assert_true(roll_settle(&t.roll));
		flip(&t.crate, check_random(&chance,
			(uint32_t)t.crate.len[1 + KEPT_PIECES]), &chance);
		assert_false(write_text(&t.roll, &got,
		    (size_t)i % HANDS + 1, true));
		assert_true(t.roll.lost);
		assert_memory_equal(got.len == 0 ? "" : got.at, want.at,
		    got.len);
		fold(&old, seed, 0, cut);
		who = map_join(&t.fold.people, &old.people);
		assert_true(stat_measure.merge(t.fold.stat, old.stat, who, &e));
		roll_go_on(&t.roll);
		assert_true(roll_settle(&t.roll));
		roll_pass(&t.roll);
		assert_true(write_text(&t.roll, &got, 2, true));
		assert_string_equal(buf_text(&got), buf_text(&want));
		free(who);
		unfold(&old);
		close_table(&t);
		buf_free(&got);
	}
	buf_free(&want);
}

/* A customer who has had as many events as can be counted. */
static void
keep_most(struct slice id)
{
	struct kept_made m = { .about.most = 0 };
	struct buf row = { 0 };
	struct crate_writer c;
	struct kept_writer w;
	struct err e = { 0 };

	crate_begin(&c, "state");
	crate_part(&c);
	kept_begin(&w, &c, 0);
	buf_slice(&row, id);
	buf_str(&row, "\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\t"
	    "4294967294\t0\t0.00\t\t\t\t0\t0\t\t\t0.00\t0.00\t0.00\t0.00\t"
	    "0.00\t0\t0\t\t\t\t\t\t\n");
	kept_put(&m, buf_all(&row), id.len, NULL, 0);
	kept_pack(&m);
	kept_add(&w, &m);
	kept_end(&w);
	kept_made_free(&m);
	buf_free(&row);
	assert_true(crate_end(&c, &e));
}

/* What cannot be told of kept and new together ends the walk. */
static void
who_cannot_be_told_of_ends_the_walk(void **state)
{
	struct buf got = { 0 }, want = { 0 };
	struct slice id;
	struct table t;

	(void)state;
	open_table(&t, 1, false, ROWS - 1, ROWS);
	id = map_key(&t.fold.people, 0);
	buf_fmt(&want, "events: the sum is too large: \"%.*s\"", (int)id.len,
	    id.at);
	keep_most(id);
	close_table(&t);
	for (size_t threads = 1; threads <= HANDS; threads++) {
		struct hand h = { .roll = &t.roll, .to = &got };

		open_table(&t, 1, true, ROWS - 1, ROWS);
		assert_false(roll_is_large(&t.roll));
		assert_false(walk(&t.roll, give_text, &h, threads));
		assert_false(t.roll.lost);
		assert_string_equal(t.roll.err.text, buf_text(&want));
		assert_int_equal(got.len, 0);
		close_table(&t);
	}
	buf_free(&got);
	buf_free(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_kept_and_what_is_new_make_the_whole),
		cmocka_unit_test(what_is_lost_is_counted_after_all),
		cmocka_unit_test(who_cannot_be_told_of_ends_the_walk),
	};

	return cmocka_run_group_tests_name("roll", tests, place_open,
	    place_close);
}
