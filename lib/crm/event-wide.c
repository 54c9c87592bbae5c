/*
 * event_type_wide: what is usual where registers are wide; part of event.h.
 * A file of its own, as none of its code may run on other machines.
 */
#include "crm/event.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "base/num.h"

#define WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define INLINE static inline __attribute__((always_inline)) WIDE

enum { TIME_BYTES = 20 };

/* What registers are filled with. */
static const struct tables {
	_Alignas(16) char clock[16]; /* most that the bytes may be */
	char clock_tens[16];
	int16_t sixties[8];
	char ranges[16];             /* of bytes of ids */
	int16_t hundreds[8];
	char ends[24];               /* the last bytes, how many are read */
	struct form {
		char zero[16];       /* the last bytes of a number */
		char most[16];
		char tens[16];
		uint64_t join;       /* of its upper and lower half */
		uint64_t scale;
	} form[2];                   /* of whole numbers, of hundredths */
} tables = { { 0, 0, 0, 0, 0, 0, 2, 9, 0, 5, 9, 0, 5, 9, 0, 0 },
	{ 0, 0, 0, 0, 0, 0, 10, 1, 0, 10, 1, 0, 10, 1, 0, 0 },
	{ 0, 0, 0, 3600, 60, 60, 1, 0 }, "![]~", { 100, 1, 100, 1 },
	{ 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1 },
	{ { "00000000", { 9, 9, 9, 9, 9, 9, 9, 9 },
	      { 10, 1, 10, 1, 10, 1, 10, 1 }, (UINT64_C(10000) << 32) + 1,
	      NUM_ONE },
	    { "00000.00", { 9, 9, 9, 9, 9, 0, 9, 9 },
		{ 10, 1, 10, 1, 1, 0, 10, 1 }, (UINT64_C(1000) << 32) + 1,
		NUM_ONE / 100 } } };

INLINE __m128i
bytes_at(const void *p)
{
	return _mm_loadu_si128(p);
}

/* Is no byte more than that of `most`? */
INLINE bool
at_most(__m128i v, const char most[16])
{
	v = _mm_subs_epu8(v, bytes_at(most));
	return _mm_testz_si128(v, v);
}

/*
 * A time with its TAB: what differs from midnight of the day are digits
 * where digits may be, and nothing elsewhere.  They are multiplied together
 * two by two.
 */
INLINE bool
wide_time(const struct tables *use, const struct typer_day *day,
    const char *row, struct event *v)
{
	__m128i d = _mm_sub_epi8(bytes_at(row + 5), bytes_at(day->text + 5));
	__m128i sum = _mm_madd_epi16(
	    _mm_maddubs_epi16(d, bytes_at(use->clock_tens)),
	    bytes_at(use->sixties));
	uint32_t second;

	if (typer_word(row) != typer_word(day->text) ||
	    !at_most(d, use->clock))
		return false;
	sum = _mm_hadd_epi32(sum, sum);
	second = (uint32_t)_mm_cvtsi128_si32(_mm_hadd_epi32(sum, sum));
	v->day = day->day;
	if (__builtin_expect(second >= day->turn, 0)) {
		v->day++;
		if (second >= DATE_DAY)
			return false;
	}
	v->time = day->midnight + second;
	return true;
}

/* How many of sixteen bytes there are before one that is not between `!` and
 * `~`, or is a backslash. */
INLINE size_t
plain_bytes(const struct tables *use, const char *p)
{
	return (uint32_t)_mm_cmpistri(bytes_at(use->ranges), bytes_at(p),
	    _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES | _SIDD_NEGATIVE_POLARITY);
}

/* An id that ends within the window is not too long. */
INLINE bool
wide_id(const struct tables *use, struct slice s)
{
	size_t n = plain_bytes(use, s.at);

	for (size_t more = n; n != s.len; n += more) {
		if (more < 16)
			return false;
		more = plain_bytes(use, s.at + n);
	}
	return true;
}

/*
 * A whole number or one with two decimals, of at most eight bytes, which are
 * the last before its end.  The two bytes before the field are no points, as
 * the field of the tone has none.
 */
INLINE bool
wide_number(const struct tables *use, struct slice s, int64_t *value)
{
	const char *end = s.at + s.len;
	size_t hundredths = end[-3] == '.';
	const struct form *form = use->form + hundredths;
	__m128i d = _mm_and_si128(bytes_at(use->ends + s.len),
	    _mm_sub_epi8(_mm_loadl_epi64((const void *)(end - 8)),
		bytes_at(form->zero)));
	__m128i fours = _mm_madd_epi16(
	    _mm_maddubs_epi16(d, bytes_at(form->tens)),
	    bytes_at(use->hundreds));
	uint64_t n = (uint64_t)_mm_cvtsi128_si64(fours);

	*value = (int64_t)((n * form->join >> 32) * form->scale);
	return at_most(d, form->most) && (s.at[0] > '0' ||
	    (s.at[0] == '0' && (s.len == 1 || s.at[1] == '.')));
}

INLINE bool
wide_value(const struct tables *use, const struct typer_kind *of,
    struct slice s, int64_t *value)
{
	/* It is at most 64, and one less than 0 is more than any. */
	if ((uint8_t)(s.len - 1) < of->len)
		return wide_number(use, s, value);
	if (s.len > 0)
		return typer_score(of, s, value);
	*value = EVENT_NO_VALUE;
	return !of->needed;
}

/* The ends of fields in at least 57 bytes from `from` on. */
INLINE uint64_t
ends_from(const struct scan *s, uint32_t from)
{
	return typer_word((const char *)s->mask + from / 8) >> from % 8;
}

/* The first n bits are done. */
INLINE uint64_t
past(uint64_t ends, uint64_t n)
{
	return ends >> n % 64;
}

/* Tone, value and due, the ends of which follow that of the channel, the
 * first bit. */
INLINE bool
wide_rest(const struct tables *use, const struct typer *t,
    const struct typer_kind *k, const char *at, uint64_t ends,
    struct event *v)
{
	struct slice s = { at + 1, 0 };

	if ((ends & 2) == 0) {
		s.len = scan_lowest(ends >> 1);
		if (s.len > 2 || !typer_tone(s, &v->tone))
			return false;
		ends = past(ends, s.len);
		s.at += s.len;
	}
	ends >>= 2;
	s = (struct slice){ s.at + 1, scan_lowest(ends) };
	if (!wide_value(use, k, s, &v->value))
		return false;
	ends = past(ends, s.len);
	v->due = DATE_NONE;
	if ((ends & 2) != 0)
		return true;
	s = (struct slice){ s.at + s.len + 1, scan_lowest(ends >> 1) };
	return typer_due(t, s, &v->due);
}

INLINE bool
wide_row(const struct tables *use, const struct typer *t,
    const struct typer_day *day, const struct scan *s, uint32_t from,
    struct event *v)
{
	const char *row = s->base + from, *at = row + TIME_BYTES + 1;
	const struct typer_kind *k;
	struct slice kind;
	uint8_t number;
	int8_t none;
	uint64_t ends, a, b;

	v->from = from;
	if (!wide_time(use, day, row, v))
		return false;
	ends = ends_from(s, from + TIME_BYTES + 1);
	a = scan_lowest(ends);
	v->customer = (struct slice){ at, a };
	if (!wide_id(use, v->customer))
		return false;
	ends = _blsr_u64(ends);
	b = scan_lowest(ends);
	kind = (struct slice){ at + a + 1, b - a - 1 };
	k = typer_kind(t, kind,
	    _bzhi_u64(typer_word(kind.at), (unsigned)kind.len * 8));
	if (k == NULL || (a == 0 && k->customer))
		return false;
	number = k->kind, none = k->tone;
	v->kind = number, v->tone = none;
	ends = _blsr_u64(ends);
	a = scan_lowest(ends);
	return wide_rest(use, t, k, at + a, past(ends, a), v);
}

WIDE size_t
event_type_wide(const struct typer *t, const struct scan *s, size_t row,
    size_t n, struct event *v)
{
	const struct scan_line *first = s->row + row, *r = first;
	const struct scan look = *s;
	const struct typer_day *day = t->last;
	const struct tables *use = &tables;

	/* It reads them where they stand, instead of laying copies aside. */
	__asm__("" : "+r"(use));
	for (; r < first + n; r++, v++)
		if (!wide_row(use, t, day, &look, r->from, v))
			break;
	return (size_t)(r - first);
}
#endif
