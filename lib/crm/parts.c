#include "crm/parts.h"

#include "base/tr.h"

void
parts_clear(struct parts *p)
{
	p->n = 0;
	p->why = NULL;
}

bool
parts_wrong(struct parts *p, const char *why)
{
	p->why = why;
	return false;
}

bool
parts_add(struct parts *p, struct slice text)
{
	if (p->n == PARTS)
		return parts_wrong(p, _("more than 64 parts"));
	buf_clear(&p->part[p->n]);
	buf_slice(&p->part[p->n++], text);
	return true;
}

void
parts_join(struct parts *p, const char *mark)
{
	buf_clear(&p->room);
	for (size_t i = 0; i < p->n; i++) {
		if (p->part[i].len == 0)
			continue;
		if (p->room.len > 0)
			buf_str(&p->room, mark);
		buf_slice(&p->room, buf_all(&p->part[i]));
	}
	p->n = 0;
	parts_add(p, buf_all(&p->room));
}

void
parts_free(struct parts *p)
{
	for (size_t i = 0; i < PARTS; i++)
		buf_free(&p->part[i]);
	buf_free(&p->room);
}

void
parts_keep(struct parts *p, size_t i)
{
	struct buf b;

	if (i >= p->n) {
		p->n = 0;
		parts_add(p, SLICE_EMPTY);
		return;
	}
	b = p->part[0];
	p->part[0] = p->part[i];
	p->part[i] = b;
	p->n = 1;
}
