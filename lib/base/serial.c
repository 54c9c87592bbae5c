#include "base/serial.h"

enum { DIGITS = 8, PREFIX = 7 }; /* at most */

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct serial
serial_form(struct slice key)
{
	struct serial f = { .before = key.len };
	size_t digits;

	while (f.before > 0 && is_digit(key.at[f.before - 1]))
		f.before--;
	digits = key.len - f.before;
	f.least = digits <= DIGITS && digits > 0 && key.at[f.before] != '0';
	if (digits > DIGITS)
		f.before = key.len - (digits = DIGITS);
	if (digits < 1 || f.before > PREFIX)
		return (struct serial){ 0 };
	f.mask = f.before == 0 ? 0 : UINT64_MAX >> (64 - 8 * f.before);
	for (size_t i = 0; i < f.before; i++)
		f.prefix |= (uint64_t)(unsigned char)key.at[i] << 8 * i;
	f.most = f.least > 0 ? DIGITS : (uint8_t)digits;
	for (size_t n = f.least > 0 ? 1 : digits; n <= f.most; n++)
		f.shift[f.before + n] = (uint8_t)(64 + 64 - 8 * n);
	return f;
}

uint32_t
serial_first(const struct serial *f)
{
	return f->least;
}

/* 1, 10, 100 ... 101 ... 11, 110 ...: a key comes before what is longer. */
uint32_t
serial_next(const struct serial *f, uint32_t v, uint32_t end)
{
	if (f->least == 0)
		return v + 1;
	if (v * 10 < end)
		return v * 10;
	while (v % 10 == 9 || v + 1 == end)
		v /= 10;
	return v + 1;
}

uint32_t
serial_run(const struct serial *f, uint32_t v, uint32_t end)
{
	uint32_t n = 10 - v % 10;

	if (f->least == 0 || n > end - v)
		n = end - v;
	return f->least > 0 && v * 10 < end ? 1 : n;
}
