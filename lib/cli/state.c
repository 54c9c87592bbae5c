#include "cli/state.h"

#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "cli/tally.h"
#include "crm/resume.h"
#include "measure/slot.h"

/* The parts of a state file; behind them those of kept.h. */
enum { SETTINGS_PART, NOTED, OWN_PARTS };

enum {
	PARTS = OWN_PARTS + (int)KEPT_PARTS,
	SMALL = 4, /* what is new is written once it is this part of a state */
};

_Static_assert((int)PARTS <= (int)CRATE_PARTS, "all parts find their place");

/* --- what a fold depends on ---------------------------------------------- */

static void
add_hash(struct buf *to, const char *what, struct seal *s)
{
	struct seal_hash h = seal_of(s);

	buf_fmt(to, "%s %016llx%016llx\n", what,
	    (unsigned long long)h.word[1], (unsigned long long)h.word[0]);
	seal_free(s);
}

/* Every id that was merged and what it has become. */
static void
add_aliases(struct buf *to, const struct aliases *a)
{
	struct seal *s = seal_new();

	for (uint32_t i = 0; i < a->old.len; i++) {
		struct slice id = map_key(&a->old, i);
		struct slice now = aliases_of(a, id);

		seal_add(s, id.at, id.len);
		seal_add(s, "\t", 1);
		seal_add(s, now.at, now.len);
		seal_add(s, "\n", 1);
	}
	add_hash(to, "aliases", s);
}

/* The zone itself, not only its name: its rules change now and then. */
static void
add_zone(struct buf *to, const struct zone *z)
{
	struct seal *s = seal_new();

	for (size_t i = 0; i < z->changes; i++) {
		seal_add(s, &z->change[i].from, sizeof z->change[i].from);
		seal_add(s, &z->change[i].offset, sizeof z->change[i].offset);
	}
	add_hash(to, "zone", s);
}

static void
tell_settings(struct state_file *f)
{
	buf_fmt(&f->settings, "crm %s\nformat %d\ncurrency %s\n", CRM_VERSION,
	    KEPT_FORMAT, f->cli->settings.text[SET_CURRENCY]);
	for (int i = 0; i < STAT_COLUMNS; i++)
		buf_fmt(&f->settings, "column %s\n", stat_field[i].name);
	add_zone(&f->settings, &f->cli->settings.zone);
	add_aliases(&f->settings, cli_aliases(f->cli));
}

/* --- beginning ------------------------------------------------------------ */

static _Noreturn void
cannot_again(const struct cli *c, const char *name)
{
	cli_usage(c, _("cannot be read a second time for --state: \"%s\""),
	    name);
}

static void
check_options(const struct cli *c)
{
	if (c->period != NULL || c->as_of != NULL || c->only != NULL ||
	    c->where != NULL || c->accounts)
		cli_usage(c, _("--state keeps the count of all events: "
		    "it goes without -a, -c, -p, -w and --as-of"));
	for (int i = 0; i < c->operands; i++)
		if (slice_is(slice_of(c->operand[i]), "-"))
			cannot_again(c, "-");
}

void
state_begin(struct state_file *f, struct cli *c, const char *path)
{
	struct err e = { 0 };

	check_options(c);
	*f = (struct state_file){ .cli = c, .path = path,
		.began = (int64_t)time(NULL) };
	if (!crate_open(&f->crate, path, &e))
		die_err(&e);
}

/* --- reading -------------------------------------------------------------- */

static bool
are_settings(const struct state_file *f)
{
	struct buf old = { 0 };
	bool same = f->crate.parts == PARTS &&
	    crate_take(&f->crate, SETTINGS_PART, &old) &&
	    slice_eq(buf_all(&old), buf_all(&f->settings));

	buf_free(&old);
	return same;
}

static uint64_t
size_of(const struct crate *c)
{
	uint64_t size = 0;

	for (size_t i = 0; i < c->parts; i++)
		size += c->len[i];
	return size;
}

/* If something is kept that can be gone on from the run begins behind it. */
static void
take_up(struct state_file *f, struct journal *j, struct kept *kept)
{
	struct err e = { 0 };
	bool good = are_settings(f) &&
	    crate_take(&f->crate, NOTED, &f->noted);
	bool little = resume_new(j, buf_all(&f->noted)) <
	    size_of(&f->crate) / SMALL;

	good = good &&
	    kept_open(kept, &f->crate, OWN_PARTS) &&
	    resume_from(j, buf_all(&f->noted), little, &e);
	f->little = good && little && !resume_gains(j);

	if (e.status != CRM_OK)
		die_err(&e);
	if (!good) {
		kept_close(kept);
		buf_clear(&f->noted);
	}
}

/* --- folding -------------------------------------------------------------- */

/* Most of what is new is of customers who are not: their ids, which often
 * count up, find their places at once, and they have room. */
static void
expect(struct use *use, struct map *people, uint64_t customers)
{
	use->state = mem_zero(1, stat_measure.size);
	stat_measure.init(use->state, use->how);
	map_room(people, customers);
	slot_make_room(use->state, customers);
}

void
state_fold(struct state_file *f, struct journal *j, struct use *use,
    struct roll *r)
{
	const char *name;

	if (!resume_watch(j, &name))
		cannot_again(f->cli, name);
	tell_settings(f);
	take_up(f, j, &r->kept);
	if (r->kept.pieces > 0)
		expect(use, &j->people, r->kept.customers);
	cli_run(f->cli, j, use, 1);
}

/* --- keeping -------------------------------------------------------------- */

/* What a thread makes: a piece of the roll as one or two of a state. */
struct keeping {
	struct roll *roll;
	struct roll_hand hand;
	struct show rows;        /* where texts of rows are made */
	struct quick *quick;
	struct slot_days days;
	struct kept_made made[2];
	size_t first, put;       /* so many go into the first; how many there
	                            are */
	struct kept_writer *to;
};

static struct kept_made *
next_made(struct keeping *k)
{
	return &k->made[k->put++ >= k->first];
}

/* A customer who was counted. */
static void
put_counted(struct keeping *k, const struct roll_item *it)
{
	const struct slot *c = slot_of(it->stat, it->who);
	struct kept_made *to = next_made(k);

	if (c->events == 0)
		return;
	quick_drop(k->quick);
	tally_row(k->quick, it);
	slot_list_days(it->stat, c, &k->days);
	kept_put(to, quick_text(k->quick), it->id.len, k->days.day,
	    k->days.n);
}

/* Those of whom there is nothing new. */
static void
put_kept(struct keeping *k, const struct roll_item *it)
{
	const struct kept_view *v = &k->hand.kept;

	for (uint32_t i = it->who; i < it->to; i++) {
		struct kept_made *to = next_made(k);
		const int32_t *day;
		size_t n = kept_days(v, i, &day);

		kept_put(to, kept_rows(v, i, i + 1), v->id[i].len, day, n);
	}
}

static void
make_pieces(void *keeping, size_t piece)
{
	struct keeping *k = keeping;
	size_t n = 0;

	roll_get(k->roll, &k->hand, piece);
	for (size_t i = 0; i < k->hand.n; i++)
		n += roll_people(&k->hand.item[i]);
	k->put = 0;
	k->first = n > ROLL_PIECE ? n / 2 : n;
	for (size_t i = 0; i < k->hand.n; i++) {
		const struct roll_item *it = &k->hand.item[i];

		if (it->stat == NULL)
			put_kept(k, it);
		else
			put_counted(k, it);
	}
	for (size_t i = 0; i < LEN(k->made); i++)
		kept_pack(&k->made[i]);
}

static void
give_pieces(void *keeping, size_t piece)
{
	struct keeping *k = keeping;

	(void)piece;
	if (!roll_give(k->roll, &k->hand))
		return;
	for (size_t i = 0; i < LEN(k->made); i++)
		kept_add(k->to, &k->made[i]);
}

static void
begin_keeping(struct keeping *k, struct roll *r, struct kept_writer *to)
{
	*k = (struct keeping){ .roll = r, .to = to,
		.rows = { .format = SHOW_TSV, .cols = STAT_COLUMNS } };
	k->quick = quick_begin(&k->rows);
	quick_keep(k->quick);
}

static void
end_keeping(struct keeping *k)
{
	quick_end(k->quick);
	buf_free(&k->rows.line);
	roll_hand_free(&k->hand);
	free(k->days.day);
	for (size_t i = 0; i < LEN(k->made); i++)
		kept_made_free(&k->made[i]);
}

static bool
write_pieces(struct roll *r, struct crate_writer *to)
{
	struct turns turns = { .make = make_pieces, .give = give_pieces };
	size_t n = turns_hands();
	struct keeping *k = mem_zero(n, sizeof *k);
	struct kept_writer w;
	bool all;

	kept_begin(&w, to, r->kept.most + slot_bound(r->stat));
	for (size_t i = 0; i < n; i++)
		begin_keeping(&k[i], r, &w);
	r->dated = true;
	all = roll_walk(r, turns, k, n, sizeof *k);
	r->dated = false;
	kept_end(&w);
	for (size_t i = 0; i < n; i++)
		end_keeping(&k[i]);
	free(k);
	return all;
}

static bool
write_parts(struct state_file *f, struct slice noted, struct roll *r)
{
	struct crate_writer w;
	struct err e = { 0 };

	roll_lay(r);
	crate_begin(&w, f->path);
	crate_part(&w);
	crate_add(&w, f->settings.at, f->settings.len);
	crate_part(&w);
	crate_add(&w, noted.at, noted.len);
	if (!write_pieces(r, &w))
		crate_give_up(&w);
	if (!crate_end(&w, &e))
		warn_err(&e);
	return e.status == CRM_OK;
}

/* A file in which nothing is to be found. */
static bool
write_nothing(struct state_file *f)
{
	struct crate_writer w;
	struct err e = { 0 };

	crate_begin(&w, f->path);
	if (!crate_end(&w, &e))
		warn_err(&e);
	return e.status == CRM_OK;
}

bool
state_keep_anew(struct state_file *f, const struct journal *j, struct roll *r,
    bool tables)
{
	struct buf noted = { 0 };
	struct slot_wrong w;
	bool kept;

	/* what cannot be told is not kept */
	if (!tables && !roll_is_large(r) &&
	    slot_settle(r->stat, r->people->len, &w) &&
	    resume_note(j, f->began, &noted))
		kept = write_parts(f, buf_all(&noted), r);
	else
		kept = write_nothing(f);
	buf_free(&noted);
	return kept;
}

bool
state_keep(struct state_file *f, const struct journal *j, struct roll *r)
{
	return f->little || state_keep_anew(f, j, r, false);
}

void
state_end(struct state_file *f)
{
	crate_close(&f->crate);
	buf_free(&f->settings);
	buf_free(&f->noted);
}
