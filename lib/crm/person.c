#include "crm/person.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "base/tr.h"

static bool
has_address(const struct customers *c, uint32_t row, int column,
    struct slice address)
{
	struct slice rest = customers_field(c, row, column), part;

	while (customer_part(&rest, &part))
		if (text_same(part, address))
			return true;
	return false;
}

/* Those who have the address, merged ones as one: how many; names of them
 * all go to *names, the last to *id. */
static int
find_address(const struct customers *c, const struct aliases *a,
    struct slice address, struct buf *names, struct slice *id)
{
	int column = head_find(&c->head, "email"), n = 0;

	for (uint32_t r = 0; column >= 0 && r < c->rows; r++) {
		struct slice now;

		if (!has_address(c, r, column, address))
			continue;
		now = aliases_of(a, map_key(&c->ids, r));
		if (n > 0 && slice_eq(now, *id))
			continue;
		*id = now;
		buf_byte(names, ' ');
		buf_slice(names, now);
		n++;
	}
	return n;
}

static bool
unknown(const struct customers *c, struct slice words, struct err *e)
{
	char shown[ERR_SHOWN], close[ERR_SHOWN];
	struct slice *all = mem_zero(c->rows, sizeof *all);
	size_t near;

	for (uint32_t r = 0; r < c->rows; r++)
		all[r] = map_key(&c->ids, r);
	near = near_of(words, all, c->rows);
	err_shown(shown, words);
	if (near < c->rows)
		err_set(e, CRM_NO,
		    _("unknown customer: \"%s\" (did you mean \"%s\"?)"),
		    shown, err_shown(close, all[near]));
	else
		err_set(e, CRM_NO, _("unknown customer: \"%s\""), shown);
	free(all);
	return false;
}

bool
person_find(const struct customers *c, const struct aliases *a,
    const char *words, struct slice *id, struct err *e)
{
	struct buf field = { 0 }, names = { 0 };
	char shown[ERR_SHOWN];
	struct slice given;
	uint32_t row;
	int n = 1;

	text_escape(&field, slice_of(words));
	given = aliases_of(a, buf_all(&field));
	row = customers_find(c, given);
	if (row != MAP_NONE)
		*id = map_key(&c->ids, row);
	else
		n = find_address(c, a, buf_all(&field), &names, id);
	if (n == 0)
		unknown(c, slice_of(words), e);
	if (n > 1)
		err_set(e, CRM_NO,
		    _("several customers with this e-mail: \"%s\":%s"),
		    err_shown(shown, slice_of(words)), buf_text(&names));
	buf_free(&names);
	buf_free(&field);
	return n == 1;
}
