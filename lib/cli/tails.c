#include "cli/tails.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/tr.h"

/* What a file still ends with now that no writer is at work: a load that was
 * cut short, or no LF?  Where one is at work for too long to be waited for, a
 * load may be its own; else it will take it back, and say so. */
static void
look_at_end(struct store *s, const char *path, bool *load, bool *torn)
{
	struct err e = { 0 };
	bool held = s->lock >= 0, quiet = held || store_lock(s, true, &e);
	struct input *in = input_open(path, INPUT_STORE, &e);
	char last = '\n';

	*load = quiet && in != NULL && input_torn(in) > 0;
	if (in != NULL && input_size(in) > 0 &&
	    pread(input_file(in), &last, 1, (off_t)input_size(in) - 1) < 0)
		last = '\n';
	*torn = last != '\n';
	input_close(in);
	if (!held)
		store_unlock(s);
}

static void
say_seen(struct store *s, const struct tail *t)
{
	bool load, torn;

	look_at_end(s, t->path, &load, &torn);
	if (load)
		warn(_("%s: %zu bytes at the end are of a load that was cut "
		    "short"), t->path, t->bytes);
	else if (torn)
		warn(_("%s: %zu bytes at the end are no whole row"), t->path,
		    t->bytes);
}

static void
say(struct store *s, const struct tail *t)
{
	const char *name = strrchr(t->path, '/') + 1;

	if (t->what == STORE_SEEN)
		say_seen(s, t);
	else if (t->what == STORE_UNDONE)
		warn(_("%s: %zu bytes of a load that was cut short were moved "
		    "to %s.torn"), name, t->bytes, name);
	else
		warn(_("%s: %zu bytes at the end were no whole row and were "
		    "moved to %s.torn"), name, t->bytes, name);
}

void
tails_say(struct tails *t)
{
	for (size_t i = 0; i < t->n; i++) {
		bool told = t->tail[i].told;

		t->tail[i].told = true;
		if (!told)
			say(t->store, &t->tail[i]);
	}
}

/* The one that was seen, or a new one. */
static struct tail *
find(struct tails *t, const char *path)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->tail[i].what == STORE_SEEN &&
		    strcmp(t->tail[i].path, path) == 0)
			return &t->tail[i];
	t->tail = mem_grow(t->tail, &t->cap, t->n + 1, sizeof *t->tail);
	t->tail[t->n] = (struct tail){ .path = mem_text(path, strlen(path)) };
	return &t->tail[t->n++];
}

static void
take(void *ctx, enum store_tail what, const char *path, size_t bytes)
{
	struct tails *t = ctx;
	struct tail *one = find(t, path);

	if (one->bytes == 0 || what != STORE_SEEN) {
		one->what = what;
		one->bytes = bytes;
		one->told = false;
	}
	if (t->store->lock < 0)
		tails_say(t);
}

void
tails_seen(struct tails *t, const char *path, size_t bytes)
{
	take(t, STORE_SEEN, path, bytes);
}

static void
last_word(void *ctx)
{
	tails_say(ctx);
}

void
tails_begin(struct tails *t, struct store *s)
{
	*t = (struct tails){ .store = s };
	s->tail = take;
	s->ctx = t;
	die_behind(last_word, t);
}

void
tails_end(struct tails *t)
{
	if (t->store == NULL)
		return;
	die_behind(NULL, NULL);
	tails_say(t);
	while (t->n > 0)
		free(t->tail[--t->n].path);
	free(t->tail);
}
