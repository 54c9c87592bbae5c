#include "table/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/tr.h"

enum {
	LOOK_BYTES = 64 * 1024, /* looked at to find the delimiter */
	LOOK_ROWS = 20,
};

static const char delimiters[] = ";,\t|";

/* libcsv trims what this says is a blank. */
static int
no_blank(unsigned char c)
{
	(void)c;
	return 0;
}

static void
make_parser(struct csv_parser *p, char delimiter)
{
	csv_init(p, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(p, (unsigned char)delimiter);
	csv_set_space_func(p, no_blank);
}

/* How one delimiter cuts the first records. */
struct look {
	size_t fields, first, rows; /* of this record, of the first; records */
	bool even;                  /* all as many as the first? */
};

static void
look_field(void *bytes, size_t n, void *ctx)
{
	struct look *l = ctx;

	(void)bytes;
	(void)n;
	l->fields++;
}

static void
look_row(int end, void *ctx)
{
	struct look *l = ctx;

	(void)end;
	if (l->rows == 0)
		l->first = l->fields;
	else if (l->rows < LOOK_ROWS && l->fields != l->first)
		l->even = false;
	l->rows++;
	l->fields = 0;
}

static struct look
look_at(struct slice text, char delimiter)
{
	struct look l = { .even = true };
	struct csv_parser p;
	size_t n = text.len < LOOK_BYTES ? text.len : LOOK_BYTES;

	make_parser(&p, delimiter);
	if (csv_parse(&p, text.at, n, look_field, look_row, &l) == n &&
	    n == text.len)
		csv_fini(&p, look_field, look_row, &l);
	csv_free(&p);
	return l;
}

/* Below, at or above 0 as a cuts worse, as well or better than b. */
static int
compare(struct look a, struct look b)
{
	bool even_a = a.even && a.first > 1, even_b = b.even && b.first > 1;

	if (even_a != even_b)
		return even_a - even_b;
	return (a.first > b.first) - (a.first < b.first);
}

static const char *
shown(char delimiter)
{
	return delimiter == ';' ? ";" : delimiter == ',' ? "," :
	    delimiter == '|' ? "|" : "\\t";
}

static bool
find_delimiter(struct csv *c)
{
	struct look best = look_at(c->text, delimiters[0]);
	char tie = '\0';

	c->delimiter = delimiters[0];
	for (const char *d = delimiters + 1; *d != '\0'; d++) {
		struct look l = look_at(c->text, *d);
		int better = compare(l, best);

		if (better > 0) {
			best = l;
			c->delimiter = *d;
			tie = '\0';
		} else if (better == 0 && l.first > 1) {
			tie = *d;
		}
	}
	if (best.first <= 1)
		c->delimiter = ',';
	return tie == '\0' || err_set(&c->err, CRM_DATA,
	    _("%s:%ju: the delimiter may be \"%s\" or \"%s\": give it"),
	    c->name, (uintmax_t)c->here, shown(c->delimiter), shown(tie));
}

/* Pass over the line `sep=;` or `"sep=;"`; the delimiter, or NUL. */
static char
sep_line(struct csv *c)
{
	struct slice line = { c->text.at, 0 };
	size_t n;

	while (line.len < c->text.len &&
	    strchr("\r\n", line.at[line.len]) == NULL)
		line.len++;
	n = line.len;
	if (n == 7 && *line.at == '"' && line.at[6] == '"')
		line = (struct slice){ line.at + 1, 5 };
	if (line.len != 5 || !text_same((struct slice){ line.at, 4 },
	    slice_of("sep=")))
		return '\0';
	n += n < c->text.len && c->text.at[n] == '\r';
	n += n < c->text.len && c->text.at[n] == '\n';
	c->at = n;
	c->here++;
	return line.at[4];
}

bool
csv_open(struct csv *c, struct slice text, const char *name, char delimiter)
{
	char sep;

	*c = (struct csv){ .text = text, .name = name, .here = 1,
		.chunk = CSV_ROW, .parser = mem_zero(1,
		    sizeof(struct csv_parser)) };
	sep = sep_line(c);
	c->text.at += c->at;
	c->text.len -= c->at;
	c->at = 0;
	c->delimiter = delimiter != '\0' ? delimiter : sep;
	if (c->delimiter == '\0' && !find_delimiter(c))
		return false;
	make_parser(c->parser, c->delimiter);
	return true;
}

static void
add_field(void *bytes, size_t n, void *ctx)
{
	struct csv *c = ctx;

	buf_add(&c->bytes, bytes, n);
	c->end = mem_grow(c->end, &c->cap, c->ends + 1, sizeof *c->end);
	c->end[c->ends++] = c->bytes.len;
}

static void
end_row(int end, void *ctx)
{
	struct csv *c = ctx;

	(void)end;
	c->whole = true;
}

/* Bytes up to and with the next line end: no more than one record. */
static size_t
piece(const struct csv *c)
{
	const char *at = c->text.at + c->at;
	size_t left = c->text.len - c->at, n = 0;

	while (n < left && n < c->chunk) {
		n++;
		if (at[n - 1] == '\n' || at[n - 1] == '\r')
			break;
	}
	return n;
}

static bool
bad(struct csv *c, size_t done)
{
	char c1 = done < c->text.len ? c->text.at[done] : '\0';

	if (csv_error(c->parser) != CSV_EPARSE)
		return err_set(&c->err, CRM_SYS, _("out of memory"));
	return err_set(&c->err, CRM_DATA, c1 == '"' ?
	    _("%s:%ju: a quote within a field that does not begin with one") :
	    _("%s:%ju: text behind a closing quote"), c->name,
	    (uintmax_t)c->here);
}

/* Give libcsv one piece more. */
static bool
feed(struct csv *c)
{
	const char *at = c->text.at + c->at;
	size_t n = piece(c), done;

	if (!c->begun)
		c->from = c->at;
	if (!c->begun && *at != '\n' && *at != '\r') {
		c->begun = true;
		c->line = c->here;
	}
	done = csv_parse(c->parser, at, n, add_field, end_row, c);
	if (done != n)
		return bad(c, c->at + done);
	c->at += n;
	if (at[n - 1] == '\n' || (at[n - 1] == '\r' &&
	    (c->at == c->text.len || at[n] != '\n')))
		c->here++;
	return c->at - c->from <= CSV_ROW || err_set(&c->err, CRM_DATA,
	    _("%s:%ju: a record longer than 1 MiB (is a quote never "
	    "closed?)"), c->name, (uintmax_t)c->line);
}

static bool
finish(struct csv *c)
{
	if (c->err.status != CRM_OK)
		return false;
	if (csv_fini(c->parser, add_field, end_row, c) != 0)
		err_set(&c->err, CRM_DATA,
		    _("%s:%ju: a quote is never closed"), c->name,
		    (uintmax_t)c->line);
	return c->whole && c->err.status == CRM_OK;
}

static void
cut_fields(struct csv *c)
{
	size_t from = 0;

	c->field = mem_resize(c->field, c->ends, sizeof *c->field);
	for (size_t i = 0; i < c->ends; i++) {
		c->field[i] = (struct slice){ buf_text(&c->bytes) + from,
			c->end[i] - from };
		from = c->end[i];
	}
	c->fields = c->ends;
}

bool
csv_next(struct csv *c)
{
	c->begun = c->whole = false;
	c->ends = 0;
	buf_clear(&c->bytes);
	while (!c->whole && c->at < c->text.len)
		if (!feed(c))
			return false;
	if (!c->whole && !finish(c))
		return false;
	cut_fields(c);
	return true;
}

bool
csv_ok(const struct csv *c)
{
	return c->err.status == CRM_OK;
}

void
csv_close(struct csv *c)
{
	if (c->parser != NULL)
		csv_free(c->parser);
	free(c->parser);
	free(c->field);
	free(c->end);
	buf_free(&c->bytes);
	*c = (struct csv){ 0 };
}

void
csv_put(FILE *to, struct slice value, bool first)
{
	if (!first)
		putc(',', to);
	csv_fwrite(to, value.len > 0 ? value.at : "", value.len);
}

bool
csv_delimiter(const char *word, char *delimiter)
{
	if (strcmp(word, "tab") == 0 || strcmp(word, "\\t") == 0)
		word = "\t";
	*delimiter = *word;
	return strlen(word) == 1 && strchr("\"\r\n", *word) == NULL;
}
