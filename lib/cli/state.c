#include "cli/state.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "crm/resume.h"

/* The parts of a state file; behind them those of measure stat. */
enum { SETTINGS_PART, NOTED, ID_LENS, IDS, OWN_PARTS };

enum {
	PARTS = OWN_PARTS + STAT_PARTS,
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
	struct seal_hash layout = stat_layout();
	struct seal *s = seal_new();

	seal_add(s, &layout, sizeof layout);
	buf_fmt(&f->settings, "crm %s\ncurrency %s\n", CRM_VERSION,
	    f->cli->settings.text[SET_CURRENCY]);
	add_hash(&f->settings, "layout", s);
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

/* A part as text. */
static bool
read_part(const struct state_file *f, size_t i, struct buf *to)
{
	const struct crate *c = &f->crate;

	buf_clear(to);
	if (c->len[i] > SIZE_MAX / 4)
		return false;
	buf_room(to, (size_t)c->len[i] + MAP_SLACK);
	to->len = (size_t)c->len[i];
	return crate_read(c, i, to->at, 1);
}

static bool
are_settings(const struct state_file *f)
{
	struct buf old = { 0 };
	bool same = f->crate.parts == PARTS &&
	    read_part(f, SETTINGS_PART, &old) &&
	    slice_eq(buf_all(&old), buf_all(&f->settings));

	buf_free(&old);
	return same;
}

/* Do these lengths add up to all the bytes? */
static bool
add_up(const struct buf *lens, const struct buf *ids)
{
	size_t sum = 0;

	for (size_t i = 0; i < lens->len; i++)
		sum += (unsigned char)lens->at[i];
	return sum == ids->len;
}

/* Who is known, read by a thread of its own. */
struct known {
	const struct state_file *f;
	struct map people;
	bool good;
};

static void *
read_people(void *ctx)
{
	struct known *k = ctx;
	struct buf lens = { 0 }, ids = { 0 };

	k->good = read_part(k->f, ID_LENS, &lens) &&
	    read_part(k->f, IDS, &ids) &&
	    lens.len < MAP_NONE / 2 && add_up(&lens, &ids) &&
	    map_fill(&k->people, (const unsigned char *)lens.at, lens.len,
	    ids.at);
	buf_free(&lens);
	buf_free(&ids);
	return NULL;
}

static bool
read_slots(const struct state_file *f, struct use *use, size_t threads)
{
	const struct stat_how how = { WINDOW_ALL };
	void *at[STAT_PARTS];

	use->state = mem_zero(1, stat_measure.size);
	stat_measure.init(use->state, &how);
	if (!stat_room(use->state, f->crate.len + OWN_PARTS, at))
		return false;
	for (size_t i = 0; i < STAT_PARTS; i++)
		if (!crate_read(&f->crate, OWN_PARTS + i, at[i], threads))
			return false;
	return stat_sound(use->state, (uint32_t)f->crate.len[ID_LENS]);
}

/* A slot for each id. */
static bool
read_both(const struct state_file *f, struct map *people, struct use *use,
    size_t threads)
{
	struct known k = { .f = f };
	pthread_t thread;
	bool apart = threads > 1 &&
	    pthread_create(&thread, NULL, read_people, &k) == 0;
	bool good = f->crate.len[ID_LENS] < MAP_NONE / 2 &&
	    read_slots(f, use, threads);

	if (apart)
		pthread_join(thread, NULL);
	else
		read_people(&k);
	*people = k.people;
	return good && k.good;
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
take_up(struct state_file *f, struct journal *j, struct use *use)
{
	struct err e = { 0 };
	bool good = are_settings(f) && read_part(f, NOTED, &f->noted);
	bool little = resume_new(j, buf_all(&f->noted)) <
	    size_of(&f->crate) / SMALL;

	good = good &&
	    read_both(f, &j->people, use, journal_threads(j)) &&
	    resume_from(j, buf_all(&f->noted), little, &e);
	f->little = good && little && !resume_gains(j);

	if (e.status != CRM_OK)
		die_err(&e);
	if (!good) {
		use_free(use);
		map_free(&j->people);
		buf_clear(&f->noted);
	}
}

/* --- folding -------------------------------------------------------------- */

void
state_fold(struct state_file *f, struct journal *j, struct use *use,
    struct map *people)
{
	const char *name;

	if (!resume_watch(j, &name))
		cannot_again(f->cli, name);
	tell_settings(f);
	take_up(f, j, use);
	cli_run(f->cli, j, use, 1);
	*people = j->people;
	j->people = (struct map){ 0 };
}

/* --- keeping -------------------------------------------------------------- */

/* Ids, their lengths first. */
static void
write_people(const struct map *m, const uint32_t *order,
    struct crate_writer *to)
{
	crate_part(to);
	for (uint32_t i = 0; i < m->len; i++) {
		char len = (char)map_key(m, order[i]).len;

		crate_add(to, &len, 1);
	}
	crate_part(to);
	for (uint32_t i = 0; i < m->len; i++) {
		struct slice id = map_key(m, order[i]);

		crate_add(to, id.at, id.len);
	}
}

/* In the order of ids, so that the next answer finds them in the order in
 * which it needs them. */
static bool
write_parts(struct state_file *f, struct slice noted, const struct use *use,
    const struct map *people)
{
	uint32_t *order = map_sorted(people);
	struct crate_writer w;
	struct err e = { 0 };

	crate_begin(&w, f->path);
	crate_part(&w);
	crate_add(&w, f->settings.at, f->settings.len);
	crate_part(&w);
	crate_add(&w, noted.at, noted.len);
	write_people(people, order, &w);
	stat_write(use->state, order, people->len, &w);
	if (!crate_end(&w, &e))
		warn_err(&e);
	free(order);
	return e.status == CRM_OK;
}

bool
state_keep(struct state_file *f, const struct journal *j,
    const struct use *use, const struct map *people)
{
	struct buf noted = { 0 };
	bool kept = true;

	if (!f->little && resume_note(j, f->began, &noted))
		kept = write_parts(f, buf_all(&noted), use, people);
	crate_close(&f->crate);
	buf_free(&f->settings);
	buf_free(&f->noted);
	buf_free(&noted);
	return kept;
}
