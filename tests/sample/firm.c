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
 * customer (C07) who orders less and less since June, another (C06) of whom
 * nobody has heard since September; sleeping and lost customers; two who
 * left, one who came back; deals in every stage; goals that will be reached
 * and goals that will not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firm.h"

/* Orders of a month in per cent of the mean. */
static int
season(int day)
{
	static const int of_month[] = { 75, 80, 100, 105, 95, 85, 65, 60, 105,
		115, 150, 165 };

	return of_month[calendar(day).month - 1];
}

/* An order with its items; the items' amounts sum to the order's. */
void
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
		int mark;

		t = office(f, day + 8);
		mark = percent(f, 70) ? 5 : from_to(f, 2, 4);
		ADD(f, .time = t, .who = who, .kind = "csat",
		    .channel = "email", .ref = "csat-delivery",
		    .value = UNITS(day_of(t) < WAVE ? mark : mark / 2));
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
		ADD(f, .time = phone ? t : any_time(t), .who = who,
		    .kind = "in", .channel = phone ? "phone" : "email",
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
		score -= from_to(f, 2, 6);
	if (people[who].fate == FALLS && day > FALL)
		score = from_to(f, 2, 5);
	return score < 0 ? 0 : score;
}

/* Whoever is not content is called: before the wave mostly, since then there
 * is no time for it. */
static void
call_back(struct firm *f, int who, int day)
{
	uint64_t kept = apart(f, 4);
	bool called = percent(f, day < WAVE ? 60 : 20);
	int id, made = day + from_to(f, 1, 3);

	if (called) {
		id = ++f->threads;
		ADD(f, .time = office(f, made), .who = who, .kind = "todo",
		    .due = made + 4, .thread = id, .letter = 'T',
		    .topic = "feedback",
		    .text = "nach schlechter Bewertung anrufen");
		ADD(f, .time = office(f, workday(made) + from_to(f, 1, 5)),
		    .who = who, .kind = "done", .thread = id,
		    .letter = 'T');
	}
	f->seed = kept;
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
	if (score < 7)
		call_back(f, who, day);
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

/* One mailing to one customer, who may be held out to compare with. */
static void
mailing(struct firm *f, int who, int day, const char *ref)
{
	int64_t t = at(day, 10, 0) + who;
	bool held = strcmp(people[who].tags, "holdout") == 0;
	bool bounced = percent(f, 4), answered = !bounced && percent(f, 25);
	int after = answered ? from_to(f, 600, 90000) : 0;
	uint64_t kept;

	if (held)
		return;
	ADD(f, .time = t, .who = who, .kind = "sent", .channel = "email",
	    .ref = ref);
	if (bounced)
		ADD(f, .time = t + 60, .who = who, .kind = "bounce",
		    .channel = "email", .ref = ref);
	if (!answered)
		return;
	ADD(f, .time = t + after, .who = who, .kind = "response",
	    .channel = "web", .ref = ref);
	kept = apart(f, 5);
	if (percent(f, 40))
		order(f, who, day + from_to(f, 2, 9),
		    people[who].basket / 2);
	f->seed = kept;
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
	for (size_t i = 0; i < LEN(mails); i++)
		if (mails[i].day > since + 1 && (!gone || i <= 1))
			mailing(f, who, mails[i].day, mails[i].ref);
	if (gone)
		ADD(f, .time = at(341, 18, 5), .who = who, .kind = "withdraw",
		    .channel = "email", .topic = "newsletter",
		    .text = "Abmeldelink");
}

/* Consent by word of mouth, and on paper. */
static void
permissions(struct firm *f, int who)
{
	const struct person *p = &people[who];
	uint64_t kept = apart(f, 6);
	bool phone = strcmp(p->channel, "phone") == 0 && percent(f, 60);
	bool post = strcmp(p->channel, "post") == 0, regrets = percent(f, 15);
	int64_t t = office(f, p->from + from_to(f, 5, 60));

	if (phone || post) {
		const char *channel = phone ? "phone" : "post";
		const char *topic = phone ? "offers" : "catalogue";

		ADD(f, .time = t, .who = who, .kind = "ask",
		    .channel = channel, .ref = "form-1", .topic = topic);
		ADD(f, .time = t + 172800, .who = who, .kind = "confirm",
		    .channel = channel, .ref = "form-1", .topic = topic,
		    .text = "Karte unterschrieben zurück");
		if (regrets)
			ADD(f, .time = office(f, p->from + 400), .who = who,
			    .kind = "withdraw", .channel = channel,
			    .topic = topic, .text = "am Telefon");
	}
	f->seed = kept;
}

/* Bonus points, spent by those who have some. */
static void
redeem(struct firm *f, int who)
{
	uint64_t kept = apart(f, 7);
	int points = people[who].company[0] == '\0' ? 30 : 250;

	for (int day = 480; day < DAYS; day += 120)
		if (people[who].from < 200 && people[who].to == 0 &&
		    percent(f, 45))
			ADD(f, .time = office(f, day + below(f, 60)),
			    .who = who, .kind = "redeem",
			    .value = UNITS(points * from_to(f, 1, 3)));
	f->seed = kept;
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
		    .topic = won_why[id % (int)LEN(won_why)]);
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
		int end;

		id = ++f->threads;
		ADD(f, .time = office(f, day - 10), .who = who,
		    .kind = "todo", .due = day, .thread = id, .letter = 'T',
		    .topic = "follow-up", .text = "Quartalsgespräch führen");
		end = percent(f, 80) ? from_to(f, -3, 6) : 20;
		ADD(f, .time = office(f, day + end), .who = who,
		    .kind = "done", .thread = id, .letter = 'T');
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
		permissions(f, who);
		redeem(f, who);
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
	story(f);
	print(argv[1], f);
	free(f);
	return 0;
}
