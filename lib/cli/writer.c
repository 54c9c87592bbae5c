#include "cli/writer.h"

void
writer_find(struct cli *c)
{
	struct err e = { 0 };

	if (c->store.dir == NULL)
		die_unless(store_find(&c->store, c->dir, &e), &e);
}

void
writer_begin(struct cli *c)
{
	struct err e = { 0 };

	die_unless(store_create(&c->store, &e), &e);
	die_unless(store_lock(&c->store, false, &e), &e);
	die_unless(settings_make(&c->store, &e), &e);
}

void
writer_append(struct cli *c, const char *name, const char *header,
    struct slice rows)
{
	struct err e = { 0 };

	die_unless(store_append(&c->store, name, header, rows, &e), &e);
}

void
writer_replace(struct cli *c, const char *name, struct slice bytes)
{
	struct err e = { 0 };

	die_unless(!store_has(&c->store, name) ||
	    store_clear(&c->store, name, &e), &e);
	die_unless(store_replace(&c->store, name, bytes, &e), &e);
}

void
writer_make(struct cli *c, const char *name, struct slice bytes)
{
	struct err e = { 0 };

	die_unless(store_make(&c->store, name, bytes, &e), &e);
}

void
writer_remove(struct cli *c, const char *name)
{
	struct err e = { 0 };

	die_unless(store_remove(&c->store, name, &e), &e);
}

void
writer_end(struct cli *c)
{
	store_unlock(&c->store);
	tails_say(&c->tails);
}
