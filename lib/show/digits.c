#include "show/digits.h"

#include <string.h>

#include "base/date.h"

/* Two digits of v, below 100. */
static inline char *
put_two(char *to, uint32_t v)
{
	static const char pair[] =
	    "00010203040506070809101112131415161718192021222324"
	    "25262728293031323334353637383940414243444546474849"
	    "50515253545556575859606162636465666768697071727374"
	    "75767778798081828384858687888990919293949596979899";

	memcpy(to, pair + 2 * v, 2);
	return to + 2;
}

/* Exactly n digits of v, which has no more. */
static char *
put(char *to, uint64_t v, int n)
{
	int i = n;

	for (; i >= 2; i -= 2) {
		put_two(to + i - 2, (uint32_t)(v % 100));
		v /= 100;
	}
	if (i > 0)
		*to = (char)('0' + v % 10);
	return to + n;
}

static char *
put_all(char *to, uint64_t v)
{
	int n = 1;

	if (v < 10) {
		*to = (char)('0' + v);
		return to + 1;
	}
	for (uint64_t limit = 10; n < 20 && v >= limit; limit *= 10)
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

/* Inline, so that the division is by a constant where the scale is one. */
static inline char *
put_fixed(char *to, int64_t v, int places, uint64_t scale)
{
	uint64_t size;

	to = put_sign(to, v, &size);
	to = put_all(to, size / scale);
	*to = '.';
	return places == 0 ? to : put(to + 1, size % scale, places);
}

char *
digits_fixed(char *to, int64_t v, int places)
{
	static const uint64_t scale[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000 };

	return put_fixed(to, v, places, scale[places]);
}

char *
digits_money(char *to, int64_t v)
{
	if (v % 100 == 0)
		return put_fixed(to, v / 100, 2, 100);
	return v % 10 == 0 ? put_fixed(to, v / 10, 3, 1000) :
	    put_fixed(to, v, 4, 10000);
}

char *
digits_day(char *to, int32_t day)
{
	struct date d = date_of(day);

	to = put_two(to, (uint32_t)d.year / 100);
	to = put_two(to, (uint32_t)d.year % 100);
	*to++ = '-';
	to = put_two(to, (uint32_t)d.month);
	*to++ = '-';
	return put_two(to, (uint32_t)d.day);
}

char *
digits_time(char *to, int64_t time)
{
	int32_t day = date_utc_day(time);
	uint32_t s = (uint32_t)(time - day * DATE_DAY);

	to = digits_day(to, day);
	*to++ = 'T';
	to = put_two(to, s / 3600);
	*to++ = ':';
	to = put_two(to, s / 60 % 60);
	*to++ = ':';
	to = put_two(to, s % 60);
	*to++ = 'Z';
	return to;
}
