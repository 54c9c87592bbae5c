#include "crm/source.h"

#include <string.h>

#include "crm/ready.h"
#include "table/decode.h"

static bool
read_text(struct source *s, const char *path, const char *name,
    struct err *e)
{
	const char *encoding =
	    s->encoding != NULL ? s->encoding : s->rules.encoding;
	struct buf raw = { 0 };
	bool good = decode_read(&raw, path, e) &&
	    decode_text(&s->text, buf_all(&raw), name, encoding, &s->found, e);

	buf_free(&raw);
	return good;
}

static bool
read_header(struct source *s, const char *name, struct err *e)
{
	char delimiter = s->delimiter != '\0' ? s->delimiter :
	    s->rules.delimiter;
	bool good = import_open(&s->import, buf_all(&s->text), name,
	    delimiter);

	if (!good)
		*e = s->import.err;
	return good;
}

bool
source_open(struct source *s, const char *path, struct err *e)
{
	const char *name = strcmp(path, "-") == 0 ? "stdin" : path;
	const struct rules_record *header = &s->import.header;
	struct buf room = { 0 };
	const char *dir = ready_dir(&room);
	bool good = s->named == NULL ||
	    ready_load(&s->rules, s->named, dir, e);

	good = good && read_text(s, path, name, e) &&
	    read_header(s, name, e) &&
	    (s->named != NULL || ready_choose(&s->rules, dir, header, name, e));
	buf_free(&room);
	if (s->decimal != FOREIGN_FIND)
		s->rules.decimal = s->decimal;
	if (s->order != FOREIGN_FIND)
		s->rules.order = s->order;
	return good;
}

bool
source_convert(struct source *s, const struct zone *zone, FILE *reject,
    struct err *e)
{
	const char *named = s->zone != NULL ? s->zone : s->rules.zone;
	bool good;

	if (named != NULL && !zone_load(&s->own, named, e))
		return false;
	good = import_run(&s->import, &s->rules,
	    named != NULL ? &s->own : zone, reject);
	if (!good)
		*e = s->import.err;
	return good;
}

void
source_free(struct source *s)
{
	import_close(&s->import);
	rules_free(&s->rules);
	buf_free(&s->text);
	zone_free(&s->own);
}
