#include "measure/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/text.h"

/* Columns whose name says what they are like. */
static const struct {
	const char *name;
	enum profile_shape shape;
} known[] = {
	{ "id", PROFILE_KNOWN }, { "name", PROFILE_KNOWN },
	{ "company", PROFILE_KNOWN }, { "email", PROFILE_KNOWN },
	{ "phone", PROFILE_KNOWN }, { "street", PROFILE_KNOWN },
	{ "account", PROFILE_KNOWN }, { "note", PROFILE_KNOWN },
	{ "postcode", PROFILE_VALUES }, { "rfm", PROFILE_VALUES },
	{ "birthday", PROFILE_AGES }, { "interests", PROFILE_LIST },
	{ "tags", PROFILE_LIST }, { "source", PROFILE_HEAD },
};

/* Sums may be larger than what num_signed takes. */
static bool
is_number(struct slice s, int32_t today, int64_t *v)
{
	size_t minus = s.len > 0 && *s.at == '-';
	bool good = num_sum((struct slice){ s.at + minus, s.len - minus },
	    v) == NULL;

	(void)today;
	if (good && minus)
		*v = -*v;
	return good;
}

static bool
is_day(struct slice s, int32_t today, int64_t *v)
{
	int32_t day;

	(void)today;
	if (!date_parse(s, &day))
		return false;
	*v = day;
	return true;
}

/* Full years since a birthday; on 29 February 1 March counts in years that
 * have none. */
static bool
is_age(struct slice s, int32_t today, int64_t *v)
{
	struct date now = date_of(today), born;
	int32_t day;

	if (!date_parse(s, &day) || day > today)
		return false;
	born = date_of(day);
	*v = now.year - born.year - (now.month < born.month ||
	    (now.month == born.month && now.day < born.day));
	return true;
}

static bool (*const reads[])(struct slice, int32_t, int64_t *) = {
	[PROFILE_NUMBERS] = is_number, [PROFILE_DAYS] = is_day,
	[PROFILE_AGES] = is_age,
};

/* Is there a value, and are all of them of this shape? */
static bool
all_are(enum profile_shape shape, const struct slice *field, size_t n)
{
	size_t some = 0;
	int64_t v;

	for (size_t i = 0; i < n; i++) {
		some += field[i].len > 0;
		if (field[i].len > 0 && !reads[shape](field[i], 0, &v))
			return false;
	}
	return some > 0;
}

static enum profile_shape
shape_of(struct slice name, const struct slice *field, size_t n)
{
	for (size_t i = 0; i < LEN(known); i++)
		if (slice_is(name, known[i].name))
			return known[i].shape;
	return all_are(PROFILE_NUMBERS, field, n) ? PROFILE_NUMBERS :
	    all_are(PROFILE_DAYS, field, n) ? PROFILE_DAYS : PROFILE_VALUES;
}

static int
by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The mean of two numbers, whose sum may have no room. */
static int64_t
mean(int64_t a, int64_t b)
{
	__extension__ __int128 sum = (__int128)a + b;

	return (int64_t)((sum + (sum > 0) - (sum < 0)) / 2);
}

/* Nearest rank of k quarters, from 1 to 3, among n sorted values. */
static int64_t
quarter(const int64_t *v, size_t n, size_t k)
{
	return v[(n * k + 3) / 4 - 1];
}

static void
find_quartiles(struct profile *p, const struct slice *field, size_t n,
    int32_t today)
{
	int64_t *v = mem_zero(n, sizeof *v);
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		m += field[i].len > 0 && reads[p->shape](field[i], today,
		    &v[m]);
	p->known = (int64_t)m;
	if (m > 0) {
		qsort(v, m, sizeof *v, by_size);
		p->low = quarter(v, m, 1);
		p->median = quarter(v, m, 2);
		p->high = quarter(v, m, 3);
		if (p->shape == PROFILE_NUMBERS)
			p->median = mean(p->median, v[m / 2]);
	}
	free(v);
}

/* A name is counted once for each field. */
static void
count(struct profile *p, struct slice name, size_t field)
{
	uint32_t had = p->names.len, i = map_add(&p->names, name);

	p->times = mem_grow(p->times, &p->cap, p->names.len,
	    sizeof *p->times);
	if (i == had)
		p->times[i] = (struct profile_times){ 1, field };
	else if (p->times[i].field != field)
		p->times[i] = (struct profile_times){ p->times[i].n + 1,
			field };
}

static void
count_words(struct profile *p, struct slice list, size_t field)
{
	struct slice word;

	while (text_part(&list, ',', &word))
		if (text_trim(word).len > 0)
			count(p, text_trim(word), field);
}

/* Field number i of the column. */
static void
count_field(struct profile *p, struct slice field, size_t i)
{
	const char *colon = memchr(field.at, ':', field.len);

	if (p->shape == PROFILE_LIST)
		count_words(p, field, i);
	else if (p->shape == PROFILE_HEAD && colon != NULL)
		count(p, (struct slice){ field.at,
		    (size_t)(colon - field.at) }, i);
	else
		count(p, field, i);
}

static int
by_count(const void *a, const void *b)
{
	const struct profile_value *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return slice_cmp(x->name, y->name);
}

static void
list_values(struct profile *p)
{
	p->values = p->names.len;
	p->value = mem_zero(p->values, sizeof *p->value);
	for (uint32_t i = 0; i < p->names.len; i++)
		p->value[i] = (struct profile_value){ map_key(&p->names, i),
			p->times[i].n };
	if (p->values > 0)
		qsort(p->value, p->values, sizeof *p->value, by_count);
}

static void
count_values(struct profile *p, const struct slice *field, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		p->known += field[i].len > 0;
		if (field[i].len > 0 && p->shape != PROFILE_KNOWN)
			count_field(p, field[i], i);
	}
	if (p->shape == PROFILE_VALUES && p->known > 2 &&
	    p->names.len == p->known)
		p->shape = PROFILE_KNOWN;
	if (p->shape != PROFILE_KNOWN)
		list_values(p);
}

void
profile_column(struct profile *p, struct slice name,
    const struct slice *field, size_t n, int32_t today)
{
	*p = (struct profile){ .shape = shape_of(name, field, n) };
	if (p->shape >= PROFILE_NUMBERS)
		find_quartiles(p, field, n, today);
	else
		count_values(p, field, n);
}

int64_t
profile_count(const struct profile *p, struct slice name)
{
	uint32_t i = map_find(&p->names, name);

	return i == MAP_NONE ? 0 : p->times[i].n;
}

void
profile_free(struct profile *p)
{
	map_free(&p->names);
	free(p->times);
	free(p->value);
	*p = (struct profile){ 0 };
}
