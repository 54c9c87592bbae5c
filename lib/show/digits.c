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

/* As many digits as v has, which is below 100. */
static inline char *
put_one_or_two(char *to, uint32_t v)
{
	if (v > 9)
		return put_two(to, v);
	*to = (char)('0' + v);
	return to + 1;
}

static char *put_long(char *to, uint64_t v);

/* As many digits as v has. */
static inline char *
put_all(char *to, uint64_t v)
{
	uint32_t low = (uint32_t)v;

	if (v >= 10000)
		return put_long(to, v);
	if (low >= 100)
		to = put_one_or_two(to, low / 100);
	return low >= 100 ? put_two(to, low % 100) : put_one_or_two(to, low);
}

static char *
put_long(char *to, uint64_t v)
{
	return put(put_all(to, v / 10000), v % 10000, 4);
}

/* The minus of v, if it has one, and its size. */
static inline char *
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
	return places == 0 ? to : put(to + 1, size % scale[places], places);
}

/* The point and two to four digits of ten-thousandths. */
static inline char *
put_cents(char *to, uint32_t v)
{
	uint32_t cents = v / 100, below = v - cents * 100;

	*to = '.';
	to = put_two(to + 1, cents);
	if (below != 0)
		to = put_two(to, below) - (below % 10 == 0);
	return to;
}

static char *
put_long_money(char *to, int64_t v)
{
	uint64_t size;

	to = put_sign(to, v, &size);
	return put_cents(put_all(to, size / 10000), (uint32_t)(size % 10000));
}

/* Nearly all sums fit 32 bits, which are divided faster. */
char *
digits_money(char *to, int64_t v)
{
	uint32_t low = (uint32_t)v, units = low / 10000;

	if (v != low)
		return put_long_money(to, v);
	return put_cents(put_all(to, units), low - units * 10000);
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
digits_clock(char *to, uint32_t second)
{
	uint32_t minute = second / 60, hour = second / 3600;

	put_two(to, hour);
	to[2] = ':';
	put_two(to + 3, minute - hour * 60);
	to[5] = ':';
	put_two(to + 6, second - minute * 60);
	to[8] = 'Z';
	return to + 9;
}

char *
digits_time(char *to, int64_t time)
{
	int32_t day = date_utc_day(time);

	to = digits_day(to, day);
	*to = 'T';
	return digits_clock(to + 1, (uint32_t)(time - day * DATE_DAY));
}
