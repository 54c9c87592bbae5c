#include "show/digits.h"

#include <string.h>

#include "base/date.h"

/* Exactly n digits of v, which has no more. */
static char *
put(char *to, uint64_t v, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		to[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return to + n;
}

static char *
put_all(char *to, uint64_t v)
{
	int n = 1;

	for (uint64_t rest = v; rest >= 10; rest /= 10)
		n++;
	return put(to, v, n);
}

/* The minus of v, if it has one, and its size. */
static char *
put_sign(char *to, int64_t v, uint64_t *size)
{
	*to = '-';
	*size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	return to + (v < 0);
}

char *
digits_int(char *to, int64_t v)
{
	uint64_t size;

	to = put_sign(to, v, &size);
	return put_all(to, size);
}

char *
digits_fixed(char *to, int64_t v, int places)
{
	static const uint64_t scale[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000 };
	uint64_t size;

	to = put_sign(to, v, &size);
	to = put_all(to, size / scale[places]);
	*to = '.';
	return places == 0 ? to :
	    put(to + 1, size % scale[places], places);
}

char *
digits_money(char *to, int64_t v)
{
	if (v % 100 == 0)
		return digits_fixed(to, v / 100, 2);
	return v % 10 == 0 ? digits_fixed(to, v / 10, 3) :
	    digits_fixed(to, v, 4);
}

char *
digits_day(char *to, int32_t day)
{
	struct date d = date_of(day);

	to = put(to, (uint64_t)d.year, 4);
	*to++ = '-';
	to = put(to, (uint64_t)d.month, 2);
	*to++ = '-';
	return put(to, (uint64_t)d.day, 2);
}

char *
digits_time(char *to, int64_t time)
{
	int32_t day = date_utc_day(time);
	uint64_t s = (uint64_t)(time - day * DATE_DAY);

	to = digits_day(to, day);
	*to++ = 'T';
	to = put(to, s / 3600, 2);
	*to++ = ':';
	to = put(to, s / 60 % 60, 2);
	*to++ = ':';
	to = put(to, s % 60, 2);
	*to++ = 'Z';
	return to;
}
