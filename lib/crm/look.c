#include "crm/look.h"

#include <stdlib.h>

#include "base/mem.h"

/* A kind that is not known has its fates behind those of all others. */
static size_t
fate_row(enum kind kind)
{
	return kind == KIND_NONE ? (size_t)KINDS : (size_t)kind;
}

static enum personal_fate
fate_of(enum personal_file file, enum kind kind, struct slice column)
{
	if (file == PERSONAL_JOURNAL)
		return personal_event(kind, column);
	return file == PERSONAL_CUSTOMERS ? personal_customer(column) :
	    personal_alias(column);
}

void
look_begin(struct look *l, const struct persons *p, const struct head *head,
    enum personal_file file)
{
	bool journal = file == PERSONAL_JOURNAL;

	*l = (struct look){ .persons = p, .head = head, .file = file,
		.own = MAP_NONE, .kind = -1, .tags = -1 };
	l->cell = mem_zero(head->cols, sizeof *l->cell);
	l->fate = mem_zero((KINDS + 1) * head->cols, sizeof *l->fate);
	for (size_t k = 0; k <= KINDS; k++)
		for (size_t c = 0; c < head->cols; c++)
			l->fate[k * head->cols + c] = fate_of(file,
			    k == KINDS ? KIND_NONE : (enum kind)k,
			    head->column[c]);
	l->link = mem_zero(head->cols, sizeof *l->link);
	for (size_t c = 0; c < head->cols; c++)
		if (!journal && (l->fate[c] == PERSONAL_WHO ||
		    l->fate[c] == PERSONAL_FROM))
			l->link[l->links++] = c;
	l->who = head_find(head, journal ? "customer" :
	    file == PERSONAL_CUSTOMERS ? "id" : "old");
	if (journal)
		l->kind = head_find(head, "kind");
	if (file == PERSONAL_CUSTOMERS)
		l->tags = head_find(head, "tags");
	l->tagless = file == PERSONAL_CUSTOMERS && l->tags < 0;
}

/* A word of ours in the person's row that names him after all: the id may
 * be all that does. */
static enum look_mark
code(struct look *l, struct slice field)
{
	uint32_t who = mention_find(&l->persons->mention, field, &l->room);

	if (who == MAP_NONE)
		return LOOK_STAYS;
	buf_clear(&l->value);
	persons_replace(l->persons, l->own, field, &l->value);
	return mention_find(&l->persons->mention, buf_all(&l->value),
	    &l->room) == MAP_NONE ? LOOK_ID : LOOK_GOES;
}

/* A field of a person's own row. */
static struct look_cell
own_cell(struct look *l, enum personal_fate fate, struct slice field)
{
	struct look_cell c = { LOOK_GOES, l->own };
	uint32_t who;

	if (fate == PERSONAL_KEPT)
		c.mark = LOOK_STAYS;
	if (fate == PERSONAL_CODE)
		c.mark = code(l, field);
	if (fate == PERSONAL_WHO) {
		who = persons_find(l->persons, field);
		c.mark = who == MAP_NONE ? LOOK_STAYS : LOOK_ID;
		c.who = who == MAP_NONE ? l->own : who;
	}
	return c;
}

/* A field of somebody else's row. */
static struct look_cell
other_cell(struct look *l, enum personal_fate fate, struct slice field)
{
	struct look_cell c = { LOOK_ID, MAP_NONE };

	if (fate == PERSONAL_WHO)
		c.who = persons_find(l->persons, field);
	if (fate == PERSONAL_FROM)
		c.who = persons_find(l->persons, persons_behind_colon(field));
	if (c.who == MAP_NONE && fate != PERSONAL_KEPT &&
	    fate != PERSONAL_NAME && fate != PERSONAL_WHO) {
		c.mark = LOOK_NAMED;
		c.who = mention_find(&l->persons->mention, field, &l->room);
	}
	if (c.who == MAP_NONE)
		return (struct look_cell){ 0 };
	return c;
}

/* Whose row is it?  An alias is of both, who are one. */
static uint32_t
owner(const struct look *l, struct tsv *t)
{
	return l->who < 0 ? MAP_NONE :
	    persons_find(l->persons, tsv_field(t, l->who));
}

static const enum personal_fate *
fates(const struct look *l, struct tsv *t)
{
	enum kind kind = l->kind < 0 ? KIND_NONE :
	    kind_of(tsv_field(t, l->kind));

	return l->fate + fate_row(kind) * l->head->cols;
}

/* Do columns of ids lead from a row of customers.tsv to one of them? */
static bool
has_link(const struct look *l, struct tsv *t)
{
	for (size_t i = 0; i < l->links; i++) {
		struct slice field = tsv_field(t, (int)l->link[i]);

		if (field.len > 0 && (persons_find(l->persons, field) !=
			MAP_NONE || persons_find(l->persons,
			persons_behind_colon(field)) != MAP_NONE))
			return true;
	}
	return false;
}

bool
look_row(struct look *l, struct tsv *t)
{
	static const struct look_cell nothing = { 0 };
	const enum personal_fate *fate;
	bool any = false;

	l->changes = false;
	l->own = owner(l, t);
	/* Most rows are of others and name nobody: this is seen fast. */
	if (l->own == MAP_NONE && !has_link(l, t) &&
	    !mention_may(&l->persons->mention, tsv_line(t), &l->room))
		return false;
	fate = fates(l, t);
	for (size_t c = 0; c < l->head->cols; c++) {
		struct slice field = tsv_field(t, (int)c);
		struct look_cell *cell = &l->cell[c];

		*cell = field.len == 0 ? nothing :
		    l->own != MAP_NONE ? own_cell(l, fate[c], field) :
		    other_cell(l, fate[c], field);
		any |= cell->mark != LOOK_NONE;
		l->changes |= cell->mark == LOOK_ID || cell->mark == LOOK_GOES;
	}
	return any;
}

static void
write_field(struct look *l, enum personal_fate fate, uint32_t who,
    struct slice field, struct buf *to)
{
	const char *pseudonym = l->persons->person[who].pseudonym;

	if (fate == PERSONAL_CODE) {
		persons_replace(l->persons, who, field, to);
		return;
	}
	if (fate == PERSONAL_FROM)
		buf_add(to, field.at,
		    field.len - persons_behind_colon(field).len);
	buf_str(to, pseudonym);
}

static bool
drops(const struct look *l, struct tsv *t)
{
	if (l->file == PERSONAL_ALIASES)
		return l->changes;
	return l->file == PERSONAL_CUSTOMERS && l->own != MAP_NONE &&
	    (l->persons->person[l->own].uses == 0 ||
		!persons_is_main(l->persons, l->own, tsv_field(t, l->who)));
}

void
look_write(struct look *l, struct tsv *t, struct buf *to)
{
	const enum personal_fate *fate = fates(l, t);

	if (drops(l, t))
		return;
	for (size_t c = 0; c < l->head->cols; c++) {
		struct slice field = tsv_field(t, (int)c);

		if (c > 0)
			buf_byte(to, '\t');
		if (l->own != MAP_NONE && (int)c == l->tags)
			buf_str(to, LOOK_TAG);
		else if (l->cell[c].mark == LOOK_ID)
			write_field(l, fate[c], l->cell[c].who, field, to);
		else if (l->cell[c].mark != LOOK_GOES)
			buf_slice(to, field);
	}
	if (l->tagless)
		buf_str(to, l->own != MAP_NONE ? "\t" LOOK_TAG : "\t");
	buf_byte(to, '\n');
}

void
look_copy(const struct look *l, struct slice line, struct buf *to)
{
	buf_slice(to, line);
	buf_str(to, l->tagless ? "\t\n" : "\n");
}

void
look_header(const struct look *l, struct buf *to)
{
	buf_slice(to, l->head->line);
	buf_str(to, l->tagless ? "\ttags\n" : "\n");
}

void
look_add(const struct look *l, uint32_t who, struct buf *to)
{
	for (int c = 0; c < (int)l->head->cols; c++) {
		if (c > 0)
			buf_byte(to, '\t');
		if (c == l->who)
			buf_str(to, l->persons->person[who].pseudonym);
		if (c == l->tags)
			buf_str(to, LOOK_TAG);
	}
	buf_str(to, l->tagless ? "\t" LOOK_TAG "\n" : "\n");
}

void
look_end(struct look *l)
{
	free(l->cell);
	free(l->fate);
	free(l->link);
	buf_free(&l->room);
	buf_free(&l->value);
}
