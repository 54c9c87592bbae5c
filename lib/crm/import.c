#include "crm/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"
#include "table/head.h"

/* Names outlive the record that they were read from. */
static void
keep_header(struct import *im, const struct slice *field, size_t n,
    uint64_t line)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++)
		buf_slice(&im->names, field[i]);
	im->name_list = mem_resize(im->name_list, n, sizeof *im->name_list);
	for (size_t i = 0; i < n; i++) {
		im->name_list[i] = (struct slice){ buf_text(&im->names) + at,
			field[i].len };
		at += field[i].len;
	}
	im->header = (struct rules_record){ .field = im->name_list,
		.fields = n, .line = line };
}

bool
import_open(struct import *im, struct slice text, const char *name,
    char delimiter)
{
	struct csv c;
	bool ok;

	*im = (struct import){ .name = name, .text = text };
	ok = csv_open(&c, text, name, delimiter) && csv_next(&c);
	if (ok && c.fields > HEAD_COLUMNS) {
		ok = err_set(&im->err, CRM_DATA,
		    _("%s:%ju: more than %d columns"), name,
		    (uintmax_t)c.line, HEAD_COLUMNS);
	} else if (ok) {
		im->delimiter = c.delimiter;
		keep_header(im, c.field, c.fields, c.line);
	} else if (csv_ok(&c)) {
		err_set(&im->err, CRM_DATA,
		    _("%s: empty: the header line is missing"), name);
	} else {
		im->err = c.err;
	}
	csv_close(&c);
	return ok;
}

/* The rules name the columns: there is no header. */
static void
name_columns(struct import *im, const struct rules *rules)
{
	struct slice *name = mem_zero(rules->headers, sizeof *name);

	for (size_t i = 0; i < rules->headers; i++)
		name[i] = slice_of(rules->header[i]);
	buf_clear(&im->names);
	keep_header(im, name, rules->headers, 1);
	free(name);
}

static void
write_names(struct import *im)
{
	csv_put(im->reject, slice_of("line"), true);
	csv_put(im->reject, slice_of("reason"), false);
	for (size_t i = 0; i < im->header.fields; i++)
		csv_put(im->reject, im->header.field[i], false);
	putc('\n', im->reject);
}

/* A record that cannot be converted, and why. */
static void
reject(struct import *im, const struct rules_record *rec, const char *why)
{
	char line[24];

	im->bad++;
	if (im->reject == NULL) {
		err_row(&im->err, rec->line, "%s:%ju: %s", im->name,
		    (uintmax_t)rec->line, why);
		return;
	}
	snprintf(line, sizeof line, "%ju", (uintmax_t)rec->line);
	csv_put(im->reject, slice_of(line), true);
	csv_put(im->reject, slice_of(why), false);
	for (size_t i = 0; i < rec->fields; i++)
		csv_put(im->reject, rec->field[i], false);
	putc('\n', im->reject);
}

static void
add_rows(struct import *im, struct slice lines, uint64_t number)
{
	struct slice line;

	while (lines.len > 0 && text_part(&lines, '\n', &line))
		rows_add(&im->rows, line, number);
}

/* All rows of a record, or none. */
static void
convert(struct import *im, const struct rules_record *rec)
{
	enum rules_answer a = RULES_SKIPPED;
	struct buf why = { 0 }, lines = { 0 };

	for (size_t b = 1; b <= rules_rows(im->rules); b++) {
		a = rules_apply(im->rules, rec, b, &why);
		if (a == RULES_BAD)
			break;
		if (a == RULES_ROW)
			buf_slice(&lines, buf_all(&im->rules->line));
	}
	if (a == RULES_BAD)
		reject(im, rec, buf_text(&why));
	else
		add_rows(im, buf_all(&lines), rec->line);
	im->skipped += a != RULES_BAD && lines.len == 0;
	buf_free(&why);
	buf_free(&lines);
}

static bool
is_blank(const struct csv *c)
{
	for (size_t i = 0; i < c->fields; i++)
		if (c->field[i].len > 0)
			return false;
	return true;
}

/* One pass over all records that are not blank. */
static bool
pass(struct import *im, bool learn)
{
	struct csv c;
	struct rules_record rec = { 0 };
	struct buf why = { 0 };

	csv_open(&c, im->text, im->name, im->delimiter);
	if (im->rules->headers == 0)
		csv_next(&c);
	while (csv_next(&c) && !err_full(&im->err)) {
		rec = (struct rules_record){ c.field, c.fields, c.line,
			rec.row + 1 };
		im->records += !learn && !is_blank(&c);
		if (is_blank(&c)) {
			rec.row--;
		} else if (c.fields == im->header.fields) {
			learn ? rules_learn(im->rules, &rec) :
				convert(im, &rec);
		} else if (!learn) {
			buf_clear(&why);
			buf_fmt(&why, c.fields < im->header.fields ?
			    _("too few fields: %zu, not %zu") :
			    _("too many fields: %zu, not %zu"), c.fields,
			    im->header.fields);
			reject(im, &rec, buf_text(&why));
		}
	}
	if (!csv_ok(&c))
		im->err = c.err;
	buf_free(&why);
	csv_close(&c);
	return im->err.status == CRM_OK;
}

bool
import_run(struct import *im, struct rules *rules, const struct zone *zone,
    FILE *rejects)
{
	im->rules = rules;
	im->reject = rejects;
	if (rules->headers > 0)
		name_columns(im, rules);
	if (!rules_bind(rules, &im->header, im->name, zone, &im->err) ||
	    !pass(im, true) || !rules_settle(rules, im->name, &im->err))
		return false;
	im->rows.cols = rules->columns;
	if (rejects != NULL)
		write_names(im);
	return pass(im, false);
}

void
import_close(struct import *im)
{
	rows_free(&im->rows);
	buf_free(&im->names);
	free(im->name_list);
	*im = (struct import){ 0 };
}
