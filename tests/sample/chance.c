/* Random numbers, the calendar, and how an event is written down. */
#include "firm.h"

int
below(struct firm *f, int n)
{
	uint64_t z = f->seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return (int)(((z >> 32) * (uint64_t)n) >> 32);
}

int
from_to(struct firm *f, int least, int most)
{
	return least + below(f, most - least + 1);
}

bool
percent(struct firm *f, int p)
{
	return below(f, 100) < p;
}

uint64_t
apart(struct firm *f, uint64_t salt)
{
	uint64_t kept = f->seed;

	f->seed = (kept + salt) * UINT64_C(0xd1342543de82ef95);
	return kept;
}

struct ymd
calendar(int day)
{
	int z = day + FIRST + 719468, era = z / 146097, doe = z % 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;

	return (struct ymd){ yoe + era * 400 + (month <= 2), month,
		doy - (153 * mp + 2) / 5 + 1 };
}

int
weekday(int day)
{
	return (day + FIRST + 3) % 7;
}

/* As the setting says it: print.c. */
static bool
holiday(int day)
{
	static const struct ymd free[] = { { 0, 1, 1 }, { 0, 3, 8 },
		{ 2025, 4, 18 }, { 2025, 4, 21 }, { 0, 5, 1 },
		{ 2025, 5, 29 }, { 2025, 6, 9 }, { 2026, 4, 3 },
		{ 2026, 4, 6 }, { 2026, 5, 14 }, { 2026, 5, 25 },
		{ 0, 10, 3 }, { 0, 12, 24 }, { 0, 12, 25 }, { 0, 12, 26 },
		{ 0, 12, 31 } };
	struct ymd d = calendar(day);

	for (size_t i = 0; i < LEN(free); i++)
		if (free[i].month == d.month && free[i].day == d.day &&
		    (free[i].year == 0 || free[i].year == d.year))
			return true;
	return false;
}

int
workday(int day)
{
	while (weekday(day) > 4 || holiday(day))
		day++;
	return day;
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

int64_t
at(int day, int hour, int minute)
{
	return (int64_t)(FIRST + day) * 86400 +
	    (hour - (summer(day) ? 2 : 1)) * 3600 + minute * 60;
}

int64_t
moment(struct firm *f, int day, int first, int last)
{
	int hour = from_to(f, first, last);
	int minute = below(f, 60);

	return at(day, hour, minute) + below(f, 60);
}

int64_t
office(struct firm *f, int day)
{
	return moment(f, workday(day), 8, 17);
}

int
day_of(int64_t time)
{
	return (int)(time / 86400) - FIRST;
}

int64_t
any_time(int64_t t)
{
	int day = day_of(t) + (t % 8 == 0);

	return t % 2 != 0 ? t : at(day, 18 + (int)(t / 16 % 5),
	    (int)(t / 64 % 60)) + t / 4 % 60;
}

void
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
