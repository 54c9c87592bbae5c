/*
 * gen - make a store of any size for benchmarks and long tests.
 *
 *	gen [-q] EVENTS CUSTOMERS DIR [SEED]
 *
 * Writes DIR/customers.tsv, DIR/journal.tsv and DIR/settings.tsv.  The same
 * four arguments give the same bytes on every machine: integers only, a
 * generator of random numbers of its own, no clock.
 *
 * The journal covers five years in the order of time, but one row in fifty
 * is entered up to thirty days late.  A few customers have most of the
 * events.  Events that follow others (items, replies, solutions, answers to
 * campaigns) name a ref that was opened before.  A part of the texts is
 * German, has escapes, or begins with a quotation mark; with -q every text
 * begins with one.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

enum {
	FIRST_DAY = 18952, /* 2021-11-21 */
	SPAN = 157766400,  /* seconds in five years */
	LATE = 2592000,    /* seconds in thirty days */
	RING = 4096,       /* open threads remembered per family */
	ROW = 1024,        /* more than the longest row */
	OUT = 1 << 20,
};

/* Random numbers: Steele and Vigna's mixing of a Weyl sequence. */
static uint64_t
random_bits(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static uint32_t
below(uint64_t *seed, uint32_t n)
{
	return (uint32_t)(((random_bits(seed) >> 32) * n) >> 32);
}

#define PICK(seed, words) ((words)[below((seed), LEN(words))])

/* What a row is made of. */
enum value { NONE, MINUTES, AMOUNT, POINTS, NPS, CSAT, CES };
enum family { NO_REF, ORDER, CASE, DEAL, MAIL, FORM, VOUCHER, TASK, CONTRACT,
	FAMILIES };
enum how { OPENS, FOLLOWS, ENDS };

static const struct kind {
	const char *name;
	int weight; /* of a thousand */
	enum value value;
	enum family family;
	enum how how;
	bool channel, tone, due, nobody;
} kinds[] = {
	{ "order", 200, AMOUNT, ORDER, OPENS, true, false, false, false },
	{ "item", 150, AMOUNT, ORDER, FOLLOWS, false, false, false, false },
	{ "refund", 6, AMOUNT, ORDER, FOLLOWS, false, false, false, false },
	{ "web", 65, NONE, NO_REF, OPENS, false, false, false, true },
	{ "in", 60, MINUTES, NO_REF, OPENS, true, true, false, false },
	{ "out", 70, MINUTES, NO_REF, OPENS, true, true, false, false },
	{ "visit", 10, MINUTES, NO_REF, OPENS, true, true, false, false },
	{ "note", 30, NONE, NO_REF, OPENS, false, false, false, true },
	{ "apology", 3, NONE, NO_REF, OPENS, true, false, false, false },
	{ "thanks", 3, NONE, NO_REF, OPENS, true, false, false, false },
	{ "cost", 10, AMOUNT, NO_REF, OPENS, false, false, false, true },
	{ "nps", 40, NPS, NO_REF, OPENS, true, false, false, true },
	{ "csat", 15, CSAT, NO_REF, OPENS, true, false, false, true },
	{ "ces", 8, CES, NO_REF, OPENS, true, false, false, true },
	{ "need", 6, NONE, NO_REF, OPENS, true, false, false, false },
	{ "unmet", 3, NONE, NO_REF, OPENS, true, false, false, false },
	{ "complaint", 18, NONE, CASE, OPENS, true, true, false, false },
	{ "request", 25, NONE, CASE, OPENS, true, true, false, false },
	{ "assign", 18, NONE, CASE, FOLLOWS, false, false, false, false },
	{ "reopen", 2, NONE, CASE, FOLLOWS, true, true, false, false },
	{ "reply", 35, NONE, CASE, FOLLOWS, true, true, false, false },
	{ "solve", 32, NONE, CASE, ENDS, true, false, false, false },
	{ "deal", 12, AMOUNT, DEAL, OPENS, false, false, true, false },
	{ "won", 3, AMOUNT, DEAL, ENDS, false, false, false, false },
	{ "lost", 4, AMOUNT, DEAL, ENDS, false, false, false, false },
	{ "sent", 60, NONE, MAIL, OPENS, true, false, false, false },
	{ "response", 12, NONE, MAIL, FOLLOWS, true, false, false, false },
	{ "bounce", 3, NONE, MAIL, FOLLOWS, true, false, false, false },
	{ "ask", 8, NONE, FORM, OPENS, true, false, false, false },
	{ "confirm", 6, NONE, FORM, FOLLOWS, true, false, false, false },
	{ "withdraw", 1, NONE, FORM, FOLLOWS, true, false, false, false },
	{ "earn", 40, POINTS, NO_REF, OPENS, false, false, false, false },
	{ "voucher", 4, AMOUNT, VOUCHER, OPENS, false, false, true, false },
	{ "redeem", 3, POINTS, VOUCHER, ENDS, false, false, false, false },
	{ "todo", 15, NONE, TASK, OPENS, false, false, true, false },
	{ "done", 12, NONE, TASK, ENDS, false, false, false, false },
	{ "contract", 2, AMOUNT, CONTRACT, OPENS, false, false, true, false },
	{ "leave", 3, NONE, NO_REF, OPENS, false, false, false, false },
	{ "return", 1, NONE, NO_REF, OPENS, false, false, false, false },
	{ "x-parcel", 2, NONE, NO_REF, OPENS, false, false, false, false },
};

static const char ref_letter[FAMILIES] = { ' ', 'R', 'K', 'D', 'M', 'F', 'G',
	'T', 'V' };

static const char *const channels[] = { "phone", "email", "web", "shop",
	"post", "chat", "visit", "fair" };
static const char *const staff[] = { "anna", "bernd", "carla", "dirk",
	"esra", "fritz" };
static const char *const topics[] = { "delivery", "invoice", "quality",
	"oak-table", "chair", "lamp", "newsletter", "advice", "price", "service" };
static const char *const stages[] = { "lead", "offer", "negotiation" };
static const char *const texts[] = { "asked for the new price list",
	"will call again on Monday", "parcel damaged, wants a new one",
	"Rückruf erbeten wegen der Lieferung nach Köln",
	"möchte größere Menge, fragt nach Rabatt",
	"\"Bitte nur per Post\" steht im Schreiben",
	"\"Endlich klappt es\" sagte die Kundin am Telefon",
	"\"half a quotation", "two lines:\\nfirst and second",
	"Straße geändert; neue Anschrift wird nachgereicht",
	"sehr zufrieden mit der Beratung, danke schön",
	"the path was C:\\\\temp\\\\order.pdf", "Größe 42 statt 43 geliefert" };
static const char *const names[] = { "Müller", "Schmidt", "Weiß", "Fischer",
	"Jäger", "Schröder", "Koch", "Bauer", "Köhler", "Krüger", "Yılmaz",
	"Nowak" };
static const char *const firsts[] = { "Anna", "Jörg", "Käthe", "Paul", "Emine",
	"Günther", "Lea", "Tobias", "Sofia", "Zoë" };
static const char *const cities[] = { "Berlin", "Köln", "München", "Nürnberg",
	"Görlitz", "Lübeck", "Halle", "Würzburg" };

/* Where bytes go. */
struct out {
	FILE *fp;
	const char *path;
	size_t len;
	char at[OUT + ROW];
};

static void
fail(const char *path)
{
	fprintf(stderr, "gen: %s: %s\n", path, strerror(errno));
	exit(4);
}

static void
flush(struct out *o)
{
	if (fwrite(o->at, 1, o->len, o->fp) != o->len)
		fail(o->path);
	o->len = 0;
}

static void
put(struct out *o, const char *s)
{
	size_t n = strlen(s);

	memcpy(o->at + o->len, s, n);
	o->len += n;
}

static void
put_byte(struct out *o, char c)
{
	o->at[o->len++] = c;
}

/* v with at least `width` digits. */
static void
put_int(struct out *o, uint64_t v, int width)
{
	char digits[20];
	int n = 0;

	do {
		digits[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v != 0 || n < width);
	while (n > 0)
		put_byte(o, digits[--n]);
}

/* A day as YYYY-MM-DD, counted in eras of 400 years that begin in March. */
static void
put_day(struct out *o, int64_t day)
{
	int64_t z = day + 719468, era = z / 146097, doe = z % 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;

	put_int(o, (uint64_t)(yoe + era * 400 + (month <= 2)), 4);
	put_byte(o, '-');
	put_int(o, (uint64_t)month, 2);
	put_byte(o, '-');
	put_int(o, (uint64_t)(doy - (153 * mp + 2) / 5 + 1), 2);
}

static void
put_time(struct out *o, int64_t time)
{
	put_day(o, time / 86400);
	put_byte(o, 'T');
	put_int(o, (uint64_t)(time / 3600 % 24), 2);
	put_byte(o, ':');
	put_int(o, (uint64_t)(time / 60 % 60), 2);
	put_byte(o, ':');
	put_int(o, (uint64_t)(time % 60), 2);
	put_byte(o, 'Z');
}

static void
put_cents(struct out *o, uint64_t cents)
{
	put_int(o, cents / 100, 1);
	put_byte(o, '.');
	put_int(o, cents % 100, 2);
}

/* Threads that events may follow, newest over oldest. */
struct ring {
	uint32_t number, customer;
};
struct world {
	uint64_t seed;
	uint32_t customers;
	struct ring ring[FAMILIES][RING];
	uint32_t opened[FAMILIES];
	uint8_t kind_of[1000]; /* a thousand tickets, by weight */
	uint32_t tickets;
	bool quotes; /* every text begins with a quotation mark */
};

/* Low ranks come most often (the density falls with the root); ranks are
 * spread over the numbers by a prime. */
static uint32_t
customer(struct world *w)
{
	uint64_t u = random_bits(&w->seed) >> 32;
	uint64_t rank = (((u * u) >> 32) * w->customers) >> 32;

	return (uint32_t)(rank * UINT64_C(2654435761) % w->customers) + 1;
}

/* The thread of an event: a new one, or one of those opened before. */
static struct ring *
thread(struct world *w, const struct kind *k)
{
	uint32_t opened = w->opened[k->family], n;
	struct ring *r;

	if (k->how == OPENS) {
		r = &w->ring[k->family][opened % RING];
		*r = (struct ring){ ++w->opened[k->family], customer(w) };
		return r;
	}
	n = opened < RING ? opened : RING;
	r = &w->ring[k->family][below(&w->seed, n)];
	return r->number == 0 ? NULL : r;
}

static void
put_value(struct out *o, struct world *w, enum value value)
{
	uint32_t n = below(&w->seed, 1000);

	switch (value) {
	case NONE: break;
	case MINUTES: put_int(o, 1 + n % 45, 1); break;
	case AMOUNT: put_cents(o, 495 + (uint64_t)n * n / 40 + n % 100); break;
	case POINTS: put_int(o, 1 + n % 200, 1); break;
	case NPS: put_int(o, n < 450 ? 9 + n % 2 : n % 11, 1); break;
	case CSAT: put_int(o, 1 + n % 5, 1); break;
	case CES: put_int(o, 1 + n % 7, 1); break;
	}
}

static void
put_ref(struct out *o, const struct kind *k, const struct ring *r)
{
	if (r == NULL)
		return;
	put_byte(o, ref_letter[k->family]);
	/* campaigns and forms are few and shared by many */
	put_int(o, k->family == MAIL || k->family == FORM ?
	    r->number / 4096 + 1 : r->number, 1);
}

static const char *
topic(struct world *w, const struct kind *k)
{
	if (k->family == DEAL && k->how == OPENS)
		return PICK(&w->seed, stages);
	if (k->family == FORM)
		return "newsletter";
	return PICK(&w->seed, topics);
}

static void
put_text(struct out *o, struct world *w)
{
	uint32_t n = below(&w->seed, 100);

	if (w->quotes)
		put_byte(o, '"');
	if (n < 80)
		put(o, PICK(&w->seed, texts));
	if (n < 28) {
		put_byte(o, ' ');
		put(o, PICK(&w->seed, texts));
	}
}

/* The next event's kind, and the thread that it belongs to, if any. */
static const struct kind *
choose(struct world *w, struct ring **r)
{
	const struct kind *k;

	do {
		k = &kinds[w->kind_of[below(&w->seed, w->tickets)]];
		*r = k->family == NO_REF ? NULL : thread(w, k);
	} while (*r == NULL && k->family != NO_REF);
	return k;
}

/* The columns that come before ref. */
static void
put_front(struct out *o, struct world *w, const struct kind *k,
    const struct ring *r, int64_t time)
{
	static const char *const tone[] = { "-2", "-1", "0", "1", "2" };

	put_time(o, time);
	put_byte(o, '\t');
	if (!k->nobody || below(&w->seed, 20) != 0) {
		put_byte(o, 'C');
		put_int(o, r != NULL ? r->customer : customer(w), 1);
	}
	put_byte(o, '\t');
	put(o, k->name);
	put_byte(o, '\t');
	if (k->channel)
		put(o, PICK(&w->seed, channels));
	put_byte(o, '\t');
	if (k->tone && below(&w->seed, 5) < 2)
		put(o, PICK(&w->seed, tone));
	put_byte(o, '\t');
	put_value(o, w, k->value);
	put_byte(o, '\t');
	if (k->due)
		put_day(o, time / 86400 + 1 + below(&w->seed, 90));
	put_byte(o, '\t');
}

static void
event(struct out *o, struct world *w, int64_t time)
{
	struct ring *r;
	const struct kind *k = choose(w, &r);

	put_front(o, w, k, r, time);
	put_ref(o, k, r);
	put_byte(o, '\t');
	put(o, topic(w, k));
	put_byte(o, '\t');
	put(o, PICK(&w->seed, staff));
	put_byte(o, '\t');
	put_text(o, w);
	put_byte(o, '\n');
	if (k->how == ENDS)
		r->number = 0;
}

static void
person(struct out *o, struct world *w, uint32_t id)
{
	const char *name = PICK(&w->seed, names);
	const char *first = PICK(&w->seed, firsts);

	put(o, "C");
	put_int(o, id, 1);
	put(o, "\t\t");
	put(o, first);
	put_byte(o, ' ');
	put(o, name);
	put(o, "\t\tc");
	put_int(o, id, 1);
	put(o, "@example.com\t030 23125 ");
	put_int(o, id % 1000, 3);
	put(o, "\tHauptstraße ");
	put_int(o, 1 + below(&w->seed, 200), 1);
	put_byte(o, '\t');
	put_int(o, 1067 + below(&w->seed, 98000), 5);
	put_byte(o, '\t');
	put(o, PICK(&w->seed, cities));
	put(o, "\tDE\tde\t");
	put(o, PICK(&w->seed, channels));
	put(o, "\t\t\t\t\t");
	put(o, PICK(&w->seed, channels));
	put_byte(o, '\t');
	put(o, PICK(&w->seed, staff));
	put(o, "\t\t\t\t\n");
}

static void
begin(struct out *o, const char *dir, const char *name, char *path)
{
	snprintf(path, 4096, "%s/%s", dir, name);
	o->path = path;
	o->fp = fopen(path, "w");
	if (o->fp == NULL)
		fail(path);
}

static void
end(struct out *o)
{
	flush(o);
	if (fclose(o->fp) != 0)
		fail(o->path);
}

static void
journal(struct out *o, struct world *w, uint64_t events)
{
	put(o, "time\tcustomer\tkind\tchannel\ttone\tvalue\tdue\tref\ttopic\t"
	       "by\ttext\n");
	for (uint64_t i = 0; i < events; i++) {
		int64_t time = (int64_t)FIRST_DAY * 86400 +
		    (int64_t)(SPAN * i / events);

		if (below(&w->seed, 50) == 0)
			time -= below(&w->seed, LATE);
		event(o, w, time);
		if (o->len >= OUT)
			flush(o);
	}
}

static void
people(struct out *o, struct world *w)
{
	put(o, "id\tsalutation\tname\tcompany\temail\tphone\tstreet\tpostcode\t"
	       "city\tcountry\tlanguage\tchannel\tbirthday\tmarital\tposition\t"
	       "interests\tsource\towner\taccount\ttags\tcreated\tnote\n");
	for (uint32_t id = 1; id <= w->customers; id++) {
		person(o, w, id);
		if (o->len >= OUT)
			flush(o);
	}
}

static uint64_t
number(const char *s, uint64_t min)
{
	char *end_of;
	unsigned long long v = strtoull(s, &end_of, 10);

	if (*s < '0' || *s > '9' || *end_of != '\0' || v < min ||
	    v > 1000000000) {
		fprintf(stderr, "gen: not a number that fits: %s\n", s);
		exit(2);
	}
	return v;
}

int
main(int argc, char *argv[])
{
	struct world *w = calloc(1, sizeof *w);
	struct out *o = calloc(1, sizeof *o);
	char path[4096];
	uint64_t events;
	bool quotes = argc > 1 && strcmp(argv[1], "-q") == 0;

	argc -= quotes;
	argv += quotes;
	if (argc < 4 || argc > 5 || w == NULL || o == NULL) {
		fprintf(stderr, "usage: gen [-q] EVENTS CUSTOMERS DIR [SEED]\n");
		return 2;
	}
	events = number(argv[1], 0);
	w->customers = (uint32_t)number(argv[2], 1);
	w->quotes = quotes;
	w->seed = argc == 5 ? number(argv[4], 0) : 1;
	for (size_t k = 0; k < LEN(kinds); k++)
		for (int i = 0; i < kinds[k].weight; i++)
			w->kind_of[w->tickets++] = (uint8_t)k;
	begin(o, argv[3], "customers.tsv", path);
	people(o, w);
	end(o);
	begin(o, argv[3], "journal.tsv", path);
	journal(o, w, events);
	end(o);
	begin(o, argv[3], "settings.tsv", path);
	put(o, "key\tvalue\ncurrency\tEUR\ntimezone\tUTC\n");
	end(o);
	free(w);
	free(o);
	return 0;
}
