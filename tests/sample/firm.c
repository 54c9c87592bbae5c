/*
 * firm - write the sample store: two years of a small German firm.
 *
 *	firm DIR
 *
 * The same bytes on every machine: integers only, its own random numbers,
 * a calendar of its own, and one fixed now (2026-11-21, noon UTC); what
 * would happen after it has not happened, so cases and deals stay open by
 * themselves.  Each customer has random numbers of his own: a change to one
 * leaves the others alone.
 *
 * What there is to find: seasons; a wave of complaints about a new carrier
 * since 9 November 2026, which pulls the November scores down; a key
 * customer (C07) who orders less and less since June; sleeping and lost
 * customers; two who left, one who came back; deals about to close.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "people.h"
#include "words.h"

#define LEN(a) (sizeof(a) / sizeof *(a))

enum {
	FIRST = 20049,     /* 2024-11-22, day 0, in days since 1970 */
	DAYS = 730,        /* day 729 is 2026-11-21 */
	NOW_HOUR = 12,     /* UTC, on the last day */
	FALL = 555,        /* C07 begins to order less: 2026-05-31 */
	WAVE = 717,        /* 2026-11-09, a Monday */
	PEOPLE = LEN(people),
	EVENTS = 20000,
	THREADS = 20000,
};

struct amount {
	enum { EMPTY, WHOLE, MONEY } is;
	int n; /* units, or cents */
};
#define UNITS(n) ((struct amount){ WHOLE, (n) })
#define CENTS(n) ((struct amount){ MONEY, (n) })

struct event {
	int64_t time;      /* UTC seconds */
	int64_t late;      /* seconds until it was written down */
	int order;         /* of making, for equal times */
	int who;           /* index into people, or -1 */
	const char *kind, *channel;
	int tone;          /* 0 is none, else tone + 3 */
	struct amount value;
	int due;           /* day, or 0 */
	int thread;        /* numbered at the end, or 0 */
	char letter;       /* of the thread's ref */
	const char *ref;   /* a ref that is a name */
	const char *topic, *by, *text;
};
#define TONE(t) ((t) + 3)

struct firm {
	struct event event[EVENTS];
	int events, threads;
	int number[THREADS]; /* of a thread's ref */
	uint64_t seed;
};

/* --- chance and time ----------------------------------------------------- */

static int
below(struct firm *f, int n)
{
	uint64_t z = f->seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return (int)(((z >> 32) * (uint64_t)n) >> 32);
}

static int
from_to(struct firm *f, int least, int most)
{
	return least + below(f, most - least + 1);
}

static bool
percent(struct firm *f, int p)
{
	return below(f, 100) < p;
}

#define PICK(f, words) ((words)[below((f), (int)LEN(words))])

struct ymd {
	int year, month, day;
};

static struct ymd
calendar(int day)
{
	int z = day + FIRST + 719468, era = z / 146097, doe = z % 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;

	return (struct ymd){ yoe + era * 400 + (month <= 2), month,
		doy - (153 * mp + 2) / 5 + 1 };
}

static int
weekday(int day) /* Monday 0 .. Sunday 6 */
{
	return (day + FIRST + 3) % 7;
}

/* Summer time from the last Sunday of March to that of October. */
static bool
summer(int day)
{
	struct ymd d = calendar(day);
	int next_sunday = d.day + 6 - weekday(day);

	if (d.month == 3)
		return weekday(day) == 6 ? d.day > 24 : next_sunday > 31;
	if (d.month == 10)
		return weekday(day) == 6 ? d.day < 25 : next_sunday <= 31;
	return d.month > 3 && d.month < 10;
}

/* A moment of a day in Berlin as UTC seconds. */
static int64_t
at(int day, int hour, int minute)
{
	return (int64_t)(FIRST + day) * 86400 +
	    (hour - (summer(day) ? 2 : 1)) * 3600 + minute * 60;
}

/* A moment of a day between two hours.  Random numbers are drawn one
 * statement at a time: C does not say in which order an expression
 * draws them. */
static int64_t
moment(struct firm *f, int day, int first, int last)
{
	int hour = from_to(f, first, last);
	int minute = below(f, 60);

	return at(day, hour, minute) + below(f, 60);
}

static int64_t
office(struct firm *f, int day)
{
	while (weekday(day) > 4)
		day++;
	return moment(f, day, 8, 17);
}

static int
day_of(int64_t time)
{
	return (int)(time / 86400) - FIRST;
}

/* --- writing down -------------------------------------------------------- */

static void
add(struct firm *f, struct event e)
{
	int64_t now = at(DAYS - 1, NOW_HOUR + 1, 0);

	if (e.time >= now || f->events == EVENTS)
		return;
	if (e.by == NULL && e.who >= 0)
		e.by = people[e.who].owner;
	if (below(f, 40) == 0)
		e.late = from_to(f, 1, 4) * 86400;
	if (e.time + e.late >= now)
		e.late = 0;
	e.order = f->events;
	f->event[f->events++] = e;
}

#define ADD(f, ...) add((f), (struct event){ __VA_ARGS__ })

/* --- what happens -------------------------------------------------------- */

/* Orders of a month in per cent of the mean. */
static int
season(int day)
{
	static const int of_month[] = { 75, 80, 100, 105, 95, 85, 65, 60, 105,
		115, 150, 165 };

	return of_month[calendar(day).month - 1];
}

/* A case: taken, answered and solved, or, in the wave, mostly not. */
static void
open_case(struct firm *f, int who, int day, const char *kind,
    const struct words *w, bool slow)
{
	int64_t t = office(f, day), answer;
	int id = ++f->threads, harm = -from_to(f, 1, 2);
	bool angry = strcmp(kind, "complaint") == 0;

	ADD(f, .time = t, .who = who, .kind = kind,
	    .channel = percent(f, 60) ? "phone" : "email", .thread = id,
	    .tone = angry ? TONE(harm) : 0, .letter = 'K',
	    .topic = w->topic, .text = w->text);
	ADD(f, .time = t += from_to(f, 600, 7200), .who = who,
	    .kind = "assign", .thread = id, .letter = 'K');
	if (slow && percent(f, 65))
		return;
	answer = office(f,
	    day_of(t) + (slow ? 2 : percent(f, 70) ? 0 : 1)) + 3600;
	t = answer > t ? answer : t + 1800;
	ADD(f, .time = t, .who = who, .kind = "reply", .channel = "email",
	    .thread = id, .letter = 'K', .text = "Eingang bestätigt");
	if (slow)
		return;
	t = office(f, day_of(t) + 1 + below(f, 4));
	ADD(f, .time = t, .who = who, .kind = "solve", .thread = id,
	    .letter = 'K', .topic = w->topic, .text = w->answer);
	if (angry && percent(f, 60))
		ADD(f, .time = t + 1800, .who = who, .kind = "apology",
		    .channel = "phone", .thread = id, .letter = 'K');
	if (percent(f, 8))
		ADD(f, .time = office(f, day_of(t) + 5), .who = who,
		    .kind = "reopen", .thread = id, .letter = 'K',
		    .channel = "email", .text = "leider immer noch nicht");
}

/* An order with its items; the items' amounts sum to the order's. */
static void
order(struct firm *f, int who, int day, int basket)
{
	const struct person *p = &people[who];
	int64_t t = office(f, day);
	int cents = basket * from_to(f, 55, 150);
	int id = ++f->threads, items = from_to(f, 1, 3), left;
	const char *topic = PICK(f, products);

	cents -= 10 * below(f, 10);
	left = cents;
	if (percent(f, 25))
		ADD(f, .time = t - from_to(f, 900, 200000), .who = who,
		    .kind = "web", .channel = "web", .topic = topic);
	ADD(f, .time = t, .who = who, .kind = "order", .letter = 'R',
	    .channel = p->channel, .value = CENTS(cents), .thread = id,
	    .topic = topic);
	for (int i = 0; i < items; i++) {
		int part = i + 1 == items ? left : left * from_to(f, 30, 70) / 100;

		ADD(f, .time = t, .who = who, .kind = "item", .letter = 'R',
		    .value = CENTS(part), .thread = id,
		    .topic = i == 0 ? topic : PICK(f, products));
		left -= part;
	}
	ADD(f, .time = t, .who = who, .kind = "earn",
	    .value = UNITS(cents / 1000 + 1));
	if (percent(f, 3))
		ADD(f, .time = office(f, day + 12), .who = who,
		    .kind = "refund", .value = CENTS(cents / 4), .thread = id,
		    .letter = 'R', .topic = "quality", .text = "Teilrückgabe");
	if (percent(f, 15)) {
		t = office(f, day + 8);
		ADD(f, .time = t, .who = who, .kind = "csat",
		    .channel = "email", .ref = "csat-delivery",
		    .value = UNITS(percent(f, 70) ? 5 : from_to(f, 2, 4)));
	}
	day += from_to(f, 2, 9);
	if (percent(f, 4))
		open_case(f, who, day, "complaint", &PICK(f, complaints),
		    false);
	if (percent(f, 10))
		open_case(f, who, day, "request", &PICK(f, requests), false);
}

static void
contact(struct firm *f, int who, int day)
{
	const struct person *p = &people[who];
	int64_t t = office(f, day);
	int n = below(f, 100), minutes = from_to(f, 3, 25);
	bool phone = percent(f, 60);
	int tone = percent(f, 40) ? TONE(from_to(f, 0, 2)) : 0;

	if (p->fate == FALLS && day > FALL)
		tone = TONE(-from_to(f, 0, 2));
	if (n < 45)
		ADD(f, .time = t, .who = who, .kind = "in",
		    .channel = phone ? "phone" : "email",
		    .tone = tone, .value = UNITS(minutes),
		    .text = PICK(f, calls_in));
	else if (n < 90 || p->company[0] == '\0')
		ADD(f, .time = t, .who = who, .kind = "out",
		    .channel = p->channel[0] == 'e' ? "email" : "phone",
		    .tone = tone, .value = UNITS(minutes),
		    .text = PICK(f, calls_out));
	else
		ADD(f, .time = t, .who = who, .kind = "visit",
		    .channel = "visit", .tone = tone,
		    .value = UNITS(40 + 3 * minutes),
		    .text = PICK(f, visits));
}

/* The days of somebody who buys. */
static void
buy(struct firm *f, int who)
{
	const struct person *p = &people[who];
	int to = p->to == 0 ? DAYS : p->to;

	if (p->from > 0) {
		order(f, who, p->from, p->basket);
		ADD(f, .time = at(p->from, 9, 0), .who = who, .kind = "cost",
		    .value = CENTS(from_to(f, 15, 90) * 100),
		    .topic = "acquisition");
	}
	for (int day = p->from + 5; day < to; day++) {
		bool falls = p->fate == FALLS && day > FALL;
		int every = falls ? p->every + (day - FALL) / 2 : p->every;
		int basket = falls ? p->basket / 3 : p->basket;

		if (weekday(day) < 5 &&
		    below(f, every * 100) < season(day) * 7 / 5)
			order(f, who, day, basket);
		if (weekday(day) < 5 && below(f, every * 6) < 7)
			contact(f, who, day);
	}
}

/* How somebody answers a survey on a day: 0 to 10. */
static int
mood(struct firm *f, int who, int day)
{
	int score = 10 - (who % 4 == 0) - below(f, 2);

	if (percent(f, 12))
		score = from_to(f, 1, 6);
	if (day >= WAVE)
		score -= from_to(f, 0, 4);
	if (people[who].fate == FALLS && day > FALL)
		score = from_to(f, 2, 5);
	return score < 0 ? 0 : score;
}

static void
answer(struct firm *f, int who, int day, const char *survey)
{
	int64_t t = moment(f, day, 7, 21);
	int score = mood(f, who, day);

	ADD(f, .time = t, .who = who, .kind = "nps", .channel = "email",
	    .value = UNITS(score), .ref = survey,
	    .text = score > 8 ? PICK(f, praise) :
	    score > 6 ? "" : day >= WAVE ? PICK(f, anger) :
	    PICK(f, grumble));
	if (score > 8 && percent(f, 50))
		ADD(f, .time = office(f, day + 2), .who = who,
		    .kind = "thanks", .channel = "email", .ref = survey);
}

/* Asked every quarter; whoever bought in the half year before may answer. */
static void
surveys(struct firm *f, int who)
{
	static const struct {
		int day;
		const char *ref;
	} rounds[] = { { 75, "nps-2025-Q1" }, { 165, "nps-2025-Q2" },
		{ 255, "nps-2025-Q3" }, { 346, "nps-2025-Q4" },
		{ 440, "nps-2026-Q1" }, { 530, "nps-2026-Q2" },
		{ 620, "nps-2026-Q3" }, { 710, "nps-2026-Q4" } };
	const struct person *p = &people[who];
	int to = p->to == 0 ? DAYS : p->to;

	for (size_t i = 0; i < LEN(rounds); i++)
		if (p->from < rounds[i].day && to + 180 > rounds[i].day &&
		    percent(f, 88))
			answer(f, who, rounds[i].day + below(f, 12),
			    rounds[i].ref);
}

/* Consent by double opt-in, and the mailings that it allows. */
static void
mailings(struct firm *f, int who)
{
	static const struct {
		int day;
		const char *ref;
	} mails[] = { { 110, "spring-2025" }, { 340, "advent-2025" },
		{ 475, "spring-2026" }, { 690, "autumn-2026" } };
	int since = people[who].from + from_to(f, 2, 40);
	int64_t t = moment(f, since, 8, 20);
	bool sure = percent(f, 85), gone = percent(f, 10);

	if (people[who].fate == WORKS || !percent(f, 70))
		return;
	ADD(f, .time = t, .who = who, .kind = "ask", .channel = "email",
	    .ref = "form-2", .topic = "newsletter",
	    .text = "Formular der Website, IP 192.0.2.17");
	if (!sure)
		return;
	ADD(f, .time = t + 1200, .who = who, .kind = "confirm",
	    .channel = "email", .ref = "form-2", .topic = "newsletter",
	    .text = "Link in der Mail geklickt, IP 192.0.2.17");
	for (size_t i = 0; i < LEN(mails); i++) {
		if (mails[i].day <= since + 1 || (gone && i > 1))
			continue;
		t = at(mails[i].day, 10, 0) + who;
		ADD(f, .time = t, .who = who, .kind = "sent",
		    .channel = "email", .ref = mails[i].ref);
		if (percent(f, 4))
			ADD(f, .time = t + 60, .who = who, .kind = "bounce",
			    .channel = "email", .ref = mails[i].ref);
		else if (percent(f, 25))
			ADD(f, .time = t + from_to(f, 600, 90000), .who = who,
			    .kind = "response", .channel = "web",
			    .ref = mails[i].ref);
	}
	if (gone)
		ADD(f, .time = at(341, 18, 5), .who = who, .kind = "withdraw",
		    .channel = "email", .topic = "newsletter",
		    .text = "Abmeldelink");
}

/* A sales chance that moves through the stages. */
static void
deal(struct firm *f, int who, int day, int euros)
{
	static const char *const stages[] = { "contact", "offer",
		"negotiation" };
	int id = ++f->threads, due = day + from_to(f, 45, 80);
	bool won = percent(f, 55);
	const char *why = PICK(f, lost_why);

	for (size_t i = 0; i < LEN(stages); i++) {
		ADD(f, .time = office(f, day), .who = who, .kind = "deal",
		    .value = CENTS(euros * 100), .due = due, .thread = id,
		    .letter = 'D', .topic = stages[i]);
		day += from_to(f, 8, 25);
		if (!won && percent(f, 30))
			break;
	}
	if (won)
		ADD(f, .time = office(f, day), .who = who, .kind = "won",
		    .value = CENTS(euros * 95), .thread = id, .letter = 'D',
		    .topic = "quality");
	else
		ADD(f, .time = office(f, day), .who = who, .kind = "lost",
		    .value = CENTS(euros * 100), .thread = id, .letter = 'D',
		    .topic = why);
}

/* What companies have: deals, a contract for care, presents, tasks. */
static void
company(struct firm *f, int who)
{
	const struct person *p = &people[who];
	int id;

	for (int day = p->from + 30; day < DAYS; day += from_to(f, 120, 420))
		if (p->fate != LEAVES && percent(f, 60))
			deal(f, who, day, from_to(f, 20, 160) * 100);
	if (strcmp(p->tags, "key") != 0)
		return;
	ADD(f, .time = office(f, 40), .who = who, .kind = "contract",
	    .value = CENTS(120000), .due = 740 + who * 3, .letter = 'V',
	    .thread = ++f->threads, .topic = "care",
	    .text = "Pflegevertrag, zwei Jahre");
	ADD(f, .time = office(f, 390), .who = who, .kind = "cost",
	    .value = CENTS(4500), .topic = "gift", .text = "Weinkiste");
	for (int day = 60; day < DAYS + 20; day += 91) {
		id = ++f->threads;
		ADD(f, .time = office(f, day - 10), .who = who,
		    .kind = "todo", .due = day, .thread = id, .letter = 'T',
		    .topic = "follow-up", .text = "Quartalsgespräch führen");
		if (percent(f, 80))
			ADD(f, .time = office(f, day + from_to(f, -3, 6)),
			    .who = who, .kind = "done", .thread = id,
			    .letter = 'T');
	}
}

/* Vouchers for birthdays in the second year. */
static void
birthday(struct firm *f, int who)
{
	int month = 0, mday = 0, id;

	if (people[who].company[0] != '\0' || people[who].to != 0 ||
	    sscanf(people[who].birthday, "%*d-%d-%d", &month, &mday) != 2)
		return;
	for (int day = 365; day < DAYS; day++) {
		struct ymd d = calendar(day);

		if (d.month != month || d.day != mday || day < people[who].from)
			continue;
		id = ++f->threads;
		ADD(f, .time = at(day, 8, 0), .who = who, .kind = "voucher",
		    .value = CENTS(2000), .due = day + 90, .thread = id,
		    .letter = 'G', .topic = "birthday");
		if (percent(f, 40))
			ADD(f, .time = office(f, day + from_to(f, 5, 80)),
			    .who = who, .kind = "redeem", .value = UNITS(0),
			    .thread = id, .letter = 'G');
	}
}

/* --- the plot ------------------------------------------------------------ */

static void
life(struct firm *f, int who)
{
	const struct person *p = &people[who];
	int64_t t;

	f->seed = 1000 * (uint64_t)(who + 1);
	switch (p->fate) {
	case WORKS:
		for (int day = 50; day < DAYS; day += from_to(f, 40, 120))
			contact(f, who, day);
		return;
	case LEAD:
	case PROSPECT:
		t = office(f, p->from);
		ADD(f, .time = t, .who = who, .kind = "in",
		    .channel = p->channel, .value = UNITS(10),
		    .text = PICK(f, calls_in));
		if (p->fate == PROSPECT)
			deal(f, who, p->from + 20, from_to(f, 60, 240) * 100);
		return;
	default:
		buy(f, who);
		surveys(f, who);
		mailings(f, who);
		birthday(f, who);
		if (p->company[0] != '\0')
			company(f, who);
	}
	if (p->fate == LEAVES)
		ADD(f, .time = office(f, p->to + 20), .who = who,
		    .kind = "leave", .topic = "moved",
		    .text = "Umzug, braucht nichts mehr");
	if (p->fate == RETURNS) {
		ADD(f, .time = at(300, 16, 20), .who = who, .kind = "leave",
		    .topic = "price");
		ADD(f, .time = at(420, 11, 5), .who = who, .kind = "return",
		    .text = "unser Angebot war doch das bessere");
	}
}

/* Since 9 November a new carrier delivers, badly. */
static void
wave_of_complaints(struct firm *f)
{
	static const int who[] = { 6, 20, 2, 12, 40, 15, 26, 43, 9, 50, 36 };

	f->seed = 17;
	for (size_t i = 0; i < LEN(who); i++)
		open_case(f, who[i], WAVE + (int)i / 2 + (i > 7 ? 2 : 0),
		    "complaint", &wave[i % LEN(wave)], true);
	ADD(f, .time = at(WAVE + 8, 17, 40), .who = -1, .kind = "note",
	    .by = "anna", .topic = "carrier",
	    .text = "Spedition gewechselt am 9.11.; Beschwerden häufen sich,"
		    " bitte Zahlen bis Freitag");
}

/* What belongs to nobody in particular, or happens now and then. */
static void
sundries(struct firm *f)
{
	int64_t t;

	f->seed = 23;
	for (int day = 3; day < DAYS; day += from_to(f, 2, 9)) {
		t = office(f, day);
		ADD(f, .time = t, .who = -1, .kind = "web",
		    .channel = "web", .by = "", .topic = PICK(f, products));
	}
	for (int day = 20; day < DAYS; day += from_to(f, 25, 70)) {
		bool met = percent(f, 70);
		int who = below(f, 50);

		t = office(f, day);
		ADD(f, .time = t, .who = who, .kind = met ? "need" : "unmet",
		    .channel = "shop", .topic = PICK(f, needs));
	}
	for (int i = 0; i < 4; i++) {
		static const char *const refs[] = { "spring-2025",
			"advent-2025", "spring-2026", "autumn-2026" };
		static const int days[] = { 110, 340, 475, 690 };

		ADD(f, .time = at(days[i], 9, 0), .who = -1, .kind = "cost",
		    .value = CENTS(18000 + 700 * i), .ref = refs[i],
		    .by = "esra", .topic = "mailing");
	}
	for (int day = 90; day < DAYS; day += 120)
		ADD(f, .time = at(day, 15, 0), .who = below(f, 30),
		    .kind = "x-showroom", .channel = "shop",
		    .text = "Führung durch die Werkstatt");
}

/* --- output -------------------------------------------------------------- */

static int
in_order(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int64_t s = x->time + x->late, t = y->time + y->late;

	return s != t ? (s > t) - (s < t) : x->order - y->order;
}

static FILE *
begin(const char *dir, const char *name, const char *header)
{
	char path[4096];
	FILE *fp;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	fp = fopen(path, "w");
	if (fp == NULL) {
		fprintf(stderr, "firm: %s: %s\n", path, strerror(errno));
		exit(4);
	}
	fprintf(fp, "%s\n", header);
	return fp;
}

static void
end(FILE *fp)
{
	if (ferror(fp) || fclose(fp) != 0) {
		fprintf(stderr, "firm: %s\n", strerror(errno));
		exit(4);
	}
}

static void
put_day(FILE *fp, int day)
{
	struct ymd d = calendar(day);

	fprintf(fp, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static const char *
text(const char *s)
{
	return s == NULL ? "" : s;
}

static void
put_event(FILE *fp, struct firm *f, const struct event *e, int *last)
{
	int second = (int)(e->time % 86400);

	put_day(fp, day_of(e->time));
	fprintf(fp, "T%02d:%02d:%02dZ\t", second / 3600, second / 60 % 60,
	    second % 60);
	if (e->who >= 0)
		fprintf(fp, "C%02d", e->who + 1);
	fprintf(fp, "\t%s\t%s\t", e->kind, text(e->channel));
	if (e->tone != 0)
		fprintf(fp, "%d", e->tone - 3);
	putc('\t', fp);
	if (e->value.is == MONEY)
		fprintf(fp, "%d.%02d", e->value.n / 100, e->value.n % 100);
	else if (e->value.is == WHOLE)
		fprintf(fp, "%d", e->value.n);
	putc('\t', fp);
	if (e->due != 0)
		put_day(fp, e->due);
	putc('\t', fp);
	if (e->thread != 0 && f->number[e->thread] == 0)
		f->number[e->thread] = ++last[(int)e->letter];
	if (e->thread != 0)
		fprintf(fp, "%c%d", e->letter, f->number[e->thread]);
	fprintf(fp, "%s\t%s\t%s\t%s\n", text(e->ref), text(e->topic),
	    text(e->by), text(e->text));
}

static void
put_journal(const char *dir, struct firm *f)
{
	int last[128] = { ['R'] = 1000, ['K'] = 100 };
	FILE *fp = begin(dir, "journal.tsv", "time\tcustomer\tkind\tchannel\t"
	    "tone\tvalue\tdue\tref\ttopic\tby\ttext");

	qsort(f->event, (size_t)f->events, sizeof *f->event, in_order);
	for (int i = 0; i < f->events; i++)
		put_event(fp, f, &f->event[i], last);
	end(fp);
}

/* sabine.vogt@..., with umlauts and titles taken apart. */
static void
put_email(FILE *fp, const struct person *p)
{
	static const char *const plain[][2] = { { "ä", "ae" }, { "ö", "oe" },
		{ "ü", "ue" }, { "ß", "ss" }, { "Ä", "ae" }, { "Ö", "oe" },
		{ "Ü", "ue" }, { "ı", "i" }, { "ş", "s" }, { "Ş", "s" },
		{ "ë", "e" }, { "é", "e" } };
	const char *s = p->name;

	if (strncmp(s, "Dr. ", 4) == 0)
		s += 4;
	while (*s != '\0') {
		size_t i = 0;

		while (i < LEN(plain) && strncmp(s, plain[i][0], 2) != 0)
			i++;
		if (i < LEN(plain)) {
			fputs(plain[i][1], fp);
			s += 2;
		} else if (*s == ' ') {
			putc('.', fp);
			s++;
		} else {
			putc(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s, fp);
			s++;
		}
	}
	fprintf(fp, "@%s", p->domain);
}

static void
put_people(const char *dir)
{
	static const struct {
		const char *name, *phone;
	} cities[] = { { "Berlin", "030 23125 " }, { "Köln", "0221 4710 " },
		{ "Hamburg", "040 66969 " },
		{ "Frankfurt am Main", "069 90009 " },
		{ "München", "089 99998 " } };
	FILE *fp = begin(dir, "customers.tsv", "id\tsalutation\tname\tcompany\t"
	    "email\tphone\tstreet\tpostcode\tcity\tcountry\tlanguage\tchannel\t"
	    "birthday\tmarital\tposition\tinterests\tsource\towner\taccount\t"
	    "tags\tcreated\tnote");

	for (int i = 0; i < (int)PEOPLE; i++) {
		const struct person *p = &people[i];

		fprintf(fp, "C%02d\t%s\t%s\t%s\t", i + 1, p->salutation,
		    p->name, p->company);
		put_email(fp, p);
		fprintf(fp, "\t%s%03d\t%s\t%s\t%s\tDE\tde\t%s\t%s\t\t%s\t%s\t"
			    "%s\t%s\t%s\t%s\t", cities[p->city].phone,
		    100 + i * 7, p->street, p->postcode, cities[p->city].name,
		    p->channel, p->birthday, p->position, p->interests,
		    p->source, p->owner, p->account, p->tags);
		put_day(fp, p->from > 0 ? p->from - 3 : -40 * i - 20);
		fprintf(fp, "\t\n");
	}
	end(fp);
}

static void
put_tables(const char *dir)
{
	static const char *const table[][2] = {
		{ "settings.tsv", "key\tvalue\n"
		    "currency\tEUR\n"
		    "timezone\tEurope/Berlin" },
		{ "stages.tsv", "stage\tprobability\n"
		    "contact\t10\n"
		    "offer\t40\n"
		    "negotiation\t70" },
		{ "segments.tsv", "segment\tr\tf\tm\n"
		    "champion\t4-5\t4-5\t4-5\n"
		    "loyal\t3-5\t3-5\t2-5\n"
		    "promising\t4-5\t1-2\t1-5\n"
		    "at risk\t1-2\t3-5\t3-5\n"
		    "fading\t2-3\t1-5\t1-5\n"
		    "gone\t1\t1-5\t1-5\n"
		    "other\t1-5\t1-5\t1-5" },
		{ "goals.tsv", "metric\ttarget\tdue\towner\twhy\tbase\n"
		    "nps\t40\t2026-12-31\tanna\t"
		    "Empfehlungen bringen die Hälfte der Neukunden\t32\n"
		    "revenue\t300000\t2026-12-31\tbernd\t"
		    "zweite Werkbank bezahlen\t268000\n"
		    "overdue_cases\t0\t2026-11-30\tesra\t"
		    "jede Beschwerde binnen drei Tagen gelöst\t2" },
	};

	for (size_t i = 0; i < LEN(table); i++)
		end(begin(dir, table[i][0], table[i][1]));
}

int
main(int argc, char *argv[])
{
	struct firm *f = calloc(1, sizeof *f);

	if (argc != 2 || f == NULL) {
		fprintf(stderr, "usage: firm DIR\n");
		return 2;
	}
	for (int i = 0; i < (int)PEOPLE; i++)
		life(f, i);
	wave_of_complaints(f);
	sundries(f);
	put_journal(argv[1], f);
	put_people(argv[1]);
	put_tables(argv[1]);
	free(f);
	return 0;
}
