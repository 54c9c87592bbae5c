/* Complaints and requests, and what comes of them. */
#include <string.h>

#include "firm.h"

void
amends(struct firm *f, int who, int day, const char *topic)
{
	const struct event *last = NULL;
	uint64_t kept = apart(f, 1);

	for (int i = 0; i < f->events; i++) {
		const struct event *e = &f->event[i];

		if (e->who == who && strcmp(e->kind, "order") == 0 &&
		    day_of(e->time) < day &&
		    (last == NULL || e->time > last->time))
			last = e;
	}
	if (last != NULL)
		ADD(f, .time = office(f, day), .who = who, .kind = "refund",
		    .value = CENTS(last->value.n / from_to(f, 4, 10)),
		    .thread = last->thread, .letter = 'R', .topic = topic,
		    .text = "Nachlass nach Beschwerde");
	f->seed = kept;
}

/* What follows when a case has been solved: how easy was it for you? */
static void
aftermath(struct firm *f, int who, int64_t solved, const struct words *w,
    bool angry)
{
	uint64_t kept = apart(f, 2);
	int score = from_to(f, angry ? 3 : 5, 7), day = day_of(solved);

	if (percent(f, 45))
		ADD(f, .time = any_time(solved + 86400), .who = who,
		    .kind = "ces", .channel = "email", .ref = "ces-service",
		    .value = UNITS(day < WAVE ? score : score - 2));
	if (angry && percent(f, 60))
		amends(f, who, day + 2, w->topic);
	f->seed = kept;
}

/* A few come again, and are solved better. */
static void
again(struct firm *f, int who, int day, int id, const struct words *w)
{
	uint64_t kept;

	ADD(f, .time = office(f, day), .who = who, .kind = "reopen",
	    .thread = id, .letter = 'K', .channel = "email",
	    .text = "leider immer noch nicht");
	kept = apart(f, 3);
	ADD(f, .time = office(f, day + from_to(f, 2, 6)), .who = who,
	    .kind = "solve", .thread = id, .letter = 'K', .topic = w->topic,
	    .text = w->answer[0] == '\0' ? "noch einmal nachgebessert" :
	    w->answer);
	f->seed = kept;
}

/* A case: taken, answered and solved, or, in the wave, mostly not. */
void
open_case(struct firm *f, int who, int day, const char *kind,
    const struct words *w, bool slow)
{
	int64_t t = office(f, day), opened, answer;
	int id = ++f->threads, harm = -from_to(f, 1, 2);
	bool angry = strcmp(kind, "complaint") == 0, phone = percent(f, 60);

	opened = phone ? t : any_time(t);
	ADD(f, .time = opened, .who = who, .kind = kind,
	    .channel = phone ? "phone" : "email", .thread = id,
	    .tone = angry ? TONE(harm) : 0, .letter = 'K',
	    .topic = w->topic, .text = w->text);
	if (opened != t)
		t = at(workday(day_of(opened) + 1), 8, 0);
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
	aftermath(f, who, t, w, angry);
	if (percent(f, 8))
		again(f, who, day_of(t) + 5, id, w);
}
