#include "base/num.h"

#include <string.h>

#include "base/tr.h"

enum { WHOLE_DIGITS = 14, SUM_DIGITS = 15, DECIMALS = 4, INT_DIGITS = 19 };

static const int64_t ten_to[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

/* Digits from s.at[*at] on, which is moved behind them, added to v; too
 * many wrap around, so the caller counts them. */
static inline uint64_t
digits(struct slice s, size_t *at, uint64_t v)
{
	size_t i = *at;
	unsigned d;

	for (; i < s.len && (d = (unsigned char)s.at[i] - 48u) < 10; i++)
		v = v * 10 + d;
	*at = i;
	return v;
}

/* Is there a leading zero that says nothing? */
static bool
padded(struct slice s, size_t whole)
{
	return whole > 1 && s.at[0] == '0';
}

/* What is wrong with a number that was not taken. */
static const char *
not_dec(struct slice s, size_t most)
{
	bool minus = s.len > 0 && s.at[0] == '-';
	struct slice rest = { s.at + minus, s.len - minus };
	size_t whole = 0, end;

	digits(rest, &whole, 0);
	end = whole;
	if (end < rest.len && rest.at[end] == '.') {
		end++;
		digits(rest, &end, 0);
		if (end == whole + 1)
			return _("not a number");
	}
	if (whole > 0 && end < rest.len && rest.at[end] == ',')
		return _("not a number with a decimal point");
	if (whole == 0 || end < rest.len || padded(rest, whole))
		return _("not a number");
	if (minus)
		return _("negative");
	if (whole > most)
		return _("too large");
	return _("more than 4 decimals");
}

/* At most so many digits before the point.  Of 15 it is less than 2^64, and
 * negative where there is no room for that. */
static inline const char *
decimal(struct slice s, size_t most, int64_t *out)
{
	size_t whole = 0, end;
	uint64_t v = digits(s, &whole, 0);

	if (whole == 0 || whole > most || padded(s, whole))
		return not_dec(s, most);
	if (whole == s.len) {
		*out = (int64_t)(v * NUM_ONE);
		return NULL;
	}
	end = whole + 1;
	if (s.at[whole] != '.')
		return not_dec(s, most);
	v = digits(s, &end, v);
	if (end < s.len || end == whole + 1 || end > whole + 1 + DECIMALS)
		return not_dec(s, most);
	*out = (int64_t)(v * (uint64_t)ten_to[DECIMALS - (end - whole - 1)]);
	return NULL;
}

const char *
num_dec(struct slice s, int64_t *out)
{
	return decimal(s, WHOLE_DIGITS, out);
}

const char *
num_sum(struct slice s, int64_t *out)
{
	int64_t v = 0;
	const char *bad = decimal(s, SUM_DIGITS, &v);

	if (bad != NULL)
		return bad;
	if (v < 0 || v == INT64_MAX)
		return _("too large");
	*out = v;
	return NULL;
}

const char *
num_signed(struct slice s, int64_t *out)
{
	const char *bad;

	if (s.len < 2 || s.at[0] != '-' || s.at[1] == '-')
		return num_dec(s, out);
	bad = num_dec((struct slice){ s.at + 1, s.len - 1 }, out);
	if (bad == NULL)
		*out = -*out;
	return bad;
}

const char *
num_int(struct slice s, int64_t min, int64_t max, int64_t *out)
{
	bool minus = s.len > 0 && s.at[0] == '-';
	struct slice rest = { s.at + minus, s.len - minus };
	size_t n = 0;
	uint64_t v = digits(rest, &n, 0);
	uint64_t most = (uint64_t)INT64_MAX + minus;

	if (n == 0 || n < rest.len || padded(rest, n) || (minus && v == 0))
		return _("not a whole number");
	/* 19 digits are less than 2^64, so v has not wrapped around. */
	if (n > INT_DIGITS || v > most)
		return minus ? _("too small") : _("too large");
	*out = (int64_t)(minus ? 0 - v : v);
	if (*out < min)
		return _("too small");
	return *out > max ? _("too large") : NULL;
}

int64_t
num_div(int64_t a, int64_t b)
{
	int64_t q = a / b, r = a % b;

	if (r < 0)
		return -r >= b + r ? q - 1 : q;
	return r >= b - r ? q + 1 : q;
}

int64_t
num_share(int64_t part, int64_t whole)
{
	__extension__ __int128 a = (__int128)part * 10000, q, r;

	q = a / whole;
	r = a % whole;
	if (r < 0)
		q -= -r * 2 >= whole;
	else
		q += r * 2 >= whole;
	return q > INT64_MAX ? INT64_MAX :
	    q < INT64_MIN    ? INT64_MIN :
				     (int64_t)q;
}

bool
num_add(int64_t *sum, int64_t add)
{
	int64_t v;

	if (__builtin_add_overflow(*sum, add, &v))
		return false;
	*sum = v;
	return true;
}

const char *
num_text(char to[static NUM_TEXT], int64_t v, int places)
{
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	char room[NUM_TEXT], *at = room + sizeof room;
	size_t n;

	for (int i = 0; i <= places || left > 0; i++) {
		if (i == places && places > 0)
			*--at = '.';
		*--at = (char)('0' + left % 10);
		left /= 10;
	}
	if (v < 0)
		*--at = '-';
	n = (size_t)(room + sizeof room - at);
	memcpy(to, at, n);
	to[n] = '\0';
	return to;
}

const char *
num_money(char to[static NUM_TEXT], int64_t v)
{
	int places = v % 10 != 0 ? 4 : v % 100 != 0 ? 3 : 2;

	return num_text(to, v / ten_to[DECIMALS - places], places);
}

int64_t
num_round(double x, int places)
{
	/* Wider than double, so that x itself is rounded, not a product
	 * that was rounded once already. */
	const long double most = 9223372036854775808.0L;
	long double y = (long double)x * ten_to[places], rest;
	int64_t whole;

	if (!(y > -most && y < most))
		return y > 0 ? INT64_MAX : INT64_MIN;
	whole = (int64_t)y;
	rest = y - (long double)whole;
	return whole + (rest >= 0.5L) - (rest <= -0.5L);
}
