/* What slots grow by; part of slot.h. */
#include "base/mem.h"
#include "measure/slot.h"

enum { FAR_ENOUGH = 32 }; /* entries looked at for a day's place */

void
slot_more_room(struct stat *s, size_t n)
{
	size_t more = s->slots < 512 ? 512 : s->slots;

	while (more < n)
		more *= 2;
	s->slot = mem_pages_grow(s->slot, s->slots, more, sizeof *s->slot);
	s->slots = more;
}

/* Pages that are full become twice as many. */
static void *
more_pages(void *p, size_t *cap, size_t size)
{
	size_t more = *cap < 512 ? 512 : 2 * *cap;

	p = mem_pages_grow(p, *cap, more, size);
	*cap = more;
	return p;
}

void
slot_more_entries(struct stat *s)
{
	s->entry = more_pages(s->entry, &s->entries_cap, sizeof *s->entry);
}

void
slot_new_extra(struct stat *s, struct slot *c)
{
	if (s->extras == s->extras_cap)
		s->extra = more_pages(s->extra, &s->extras_cap,
		    sizeof *s->extra);
	s->extra[s->extras] = (struct extra){ .rare = 0 };
	c->extra = (uint32_t)++s->extras;
}

struct rare *
slot_rare_of(struct stat *s, struct extra *x)
{
	if (x->rare == 0) {
		s->rare = mem_grow(s->rare, &s->rares_cap, s->rares + 1,
		    sizeof *s->rare);
		s->rare[s->rares] = (struct rare){ .sum = { 0 } };
		x->rare = (uint32_t)++s->rares;
	}
	return &s->rare[x->rare - 1];
}

void
slot_sum_up(struct stat *s, int64_t *sum, int64_t add)
{
	if (__builtin_add_overflow(*sum, add, sum))
		*sum = INT64_MAX;
	s->unsettled |= *sum == INT64_MAX;
}

void
slot_add_events(struct stat *s, struct slot *c, uint32_t add)
{
	if (__builtin_add_overflow(c->events, add, &c->events))
		c->events = UINT32_MAX;
	s->unsettled |= c->events == UINT32_MAX;
}

void
slot_add_high(struct stat *s, struct slot *c, enum sum i, uint64_t high)
{
	uint32_t *sum = &slot_rare_of(s, slot_extra_of(s, c))->high[i];

	if (high < TOO_LARGE - *sum) {
		*sum += (uint32_t)high;
		return;
	}
	*sum = TOO_LARGE;
	s->unsettled = true;
}

void
slot_clear(struct stat *s)
{
	if (s->people > 0)
		memset(s->slot, 0, s->people * sizeof *s->slot);
	if (s->extras > 0)
		memset(s->extra, 0, s->extras * sizeof *s->extra);
	s->people = 0;
	s->entries = s->extras = s->rares = s->spans = 0;
	s->unsettled = false;
}

/* Put between two others where that is not far from the end, else on top and
 * left for stat_settle. */
void
slot_add_late_day(struct stat *s, struct slot *c, uint32_t day)
{
	uint32_t later = 0, before = c->days, new;
	int far = c->days & UNSORTED ? FAR_ENOUGH : 0;

	for (; far < FAR_ENOUGH && before != 0; far++) {
		const struct entry *e = &s->entry[before - 1];

		if (e->day == day)
			return;
		if (e->day < day)
			break;
		later = before;
		before = e->before;
	}
	if (day > slot_below(c->first))
		slot_set_below(&c->first, day);
	if (far == FAR_ENOUGH) {
		c->days = slot_new_entry(s, day, c->days & ~UNSORTED) |
		    UNSORTED;
		s->unsettled = true;
	} else {
		new = slot_new_entry(s, day, before);
		*(later == 0 ? &c->days : &s->entry[later - 1].before) = new;
	}
	slot_count_days(c, 1);
}
