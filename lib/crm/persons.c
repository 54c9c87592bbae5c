#include "crm/persons.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"
#include "base/text.h"

static void
add_id(struct persons *p, struct slice id, uint32_t who)
{
	uint32_t had = p->ids.len;

	if (map_add(&p->ids, id) != had)
		return;
	p->who = mem_grow(p->who, &p->who_cap, p->ids.len, sizeof *p->who);
	p->who[had] = who;
}

void
persons_add(struct persons *p, struct slice id)
{
	if (persons_find(p, id) != MAP_NONE)
		return;
	p->person = mem_grow(p->person, &p->cap, p->n + 1, sizeof *p->person);
	p->person[p->n] = (struct person){ .uses = 0 };
	add_id(p, id, (uint32_t)p->n++);
}

/* Each of several values of a field. */
static void
name_parts(struct mention *m, struct slice field, uint32_t who,
    void (*add)(struct mention *, struct slice, uint32_t))
{
	struct slice part;

	while (customer_part(&field, &part))
		add(m, part, who);
}

static void
name_row(struct persons *p, uint32_t who, const struct customers *c,
    uint32_t row)
{
	struct mention *m = &p->mention;

	if (row == MAP_NONE)
		return;
	mention_name(m, customers_field(c, row, head_find(&c->head, "name")),
	    who);
	name_parts(m, customers_field(c, row, head_find(&c->head, "email")),
	    who, mention_mail);
	name_parts(m, customers_field(c, row, head_find(&c->head, "phone")),
	    who, mention_phone);
}

void
persons_settle(struct persons *p, const struct customers *c,
    const struct aliases *a)
{
	for (uint32_t i = 0; i < a->old.len; i++) {
		struct slice old = map_key(&a->old, i);
		uint32_t who = persons_find(p, aliases_of(a, old));

		if (who != MAP_NONE)
			add_id(p, old, who);
	}
	for (uint32_t i = 0; i < p->ids.len; i++) {
		struct slice id = map_key(&p->ids, i);

		if (!mention_id(&p->mention, id, p->who[i]) ||
		    !text_is_ascii(id))
			p->common = true;
		name_row(p, p->who[i], c, customers_find(c, id));
		if (i < p->n)
			p->person[i].id = id;
	}
}

uint32_t
persons_find(const struct persons *p, struct slice id)
{
	uint32_t at = map_find(&p->ids, id);

	return at == MAP_NONE ? MAP_NONE : p->who[at];
}

bool
persons_may(const struct persons *p, struct slice rows, struct buf *room)
{
	return p->common || mention_may(&p->mention, rows, room);
}

bool
persons_is_main(const struct persons *p, uint32_t who, struct slice id)
{
	return slice_eq(p->person[who].id, id);
}

/* 13 of 32 letters and digits, none of which look alike: 65 bits. */
static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
enum { RANDOM = 13 };

bool
persons_veil(struct persons *p, struct err *e)
{
	const size_t from = sizeof PERSONS_ERASED - 1;
	unsigned char bytes[RANDOM];

	for (size_t i = 0; i < p->n; i++) {
		char *to = p->person[i].pseudonym;

		if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
			return err_sys(e, "getrandom");
		memcpy(to, PERSONS_ERASED, from);
		for (size_t k = 0; k < sizeof bytes; k++)
			to[from + k] = letters[bytes[k] % 32];
		to[from + sizeof bytes] = '\0';
	}
	return true;
}

bool
persons_veiled(struct slice id)
{
	const size_t from = sizeof PERSONS_ERASED - 1;

	if (id.len != from + RANDOM ||
	    memcmp(id.at, PERSONS_ERASED, from) != 0)
		return false;
	for (size_t i = from; i < id.len; i++)
		if (memchr(letters, id.at[i], sizeof letters - 1) == NULL)
			return false;
	return true;
}

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Does one of his ids stand at this place?  Its length, or 0. */
static size_t
id_at(const struct persons *p, uint32_t who, struct slice field, size_t at)
{
	size_t longest = 0;

	if (at > 0 && is_word(field.at[at - 1]))
		return 0;
	for (uint32_t i = 0; i < p->ids.len; i++) {
		struct slice id = map_key(&p->ids, i);

		if (p->who[i] == who && id.len <= field.len - at &&
		    id.len > longest &&
		    memcmp(field.at + at, id.at, id.len) == 0 &&
		    (at + id.len == field.len ||
			!is_word(field.at[at + id.len])))
			longest = id.len;
	}
	return longest;
}

void
persons_replace(const struct persons *p, uint32_t who, struct slice field,
    struct buf *to)
{
	for (size_t at = 0; at < field.len;) {
		size_t n = id_at(p, who, field, at);

		if (n > 0)
			buf_str(to, p->person[who].pseudonym);
		else
			buf_byte(to, field.at[at]);
		at += n > 0 ? n : 1;
	}
}

struct slice
persons_behind_colon(struct slice field)
{
	const char *colon = field.len == 0 ? NULL :
	    memrchr(field.at, ':', field.len);
	size_t skip;

	if (colon == NULL)
		return SLICE_EMPTY;
	skip = (size_t)(colon - field.at) + 1;
	return (struct slice){ field.at + skip, field.len - skip };
}

void
persons_free(struct persons *p)
{
	map_free(&p->ids);
	mention_free(&p->mention);
	free(p->who);
	free(p->person);
	*p = (struct persons){ 0 };
}
