#include "cli/option.h"

#include <stdio.h>

#include "base/tr.h"

enum { MARGIN = 79 };

/* The options that commands share, by who has them. */
static const struct {
	int uses; /* 0: all */
	struct cli_option option;
} common[] = {
	{ CLI_ROWS | CLI_WHO, { 'a', "account", NULL,
	    N_("count by account: persons for their company") } },
	{ CLI_ROWS | CLI_WHO, { 'c', "customers", "FILE",
	    N_("only the customers in FILE (- is standard input)") } },
	{ CLI_STORE, { 'd', "dir", "DIR",
	    N_("the store (else $CRM_DIR, else ~/.local/share/crm)") } },
	{ CLI_OUT, { 'o', "output", "FORMAT",
	    N_("tsv, table, csv, json or md") } },
	{ CLI_DAYS, { 'p', "period", "PERIOD",
	    N_("2026, 2026-Q4, 2026-11, last-week, 30d, A..B ...") } },
	{ CLI_ROWS, { 'w', "where", "EXPR",
	    N_("only the events for which EXPR holds") } },
	{ CLI_DAYS | CLI_AS_OF, { OPTION_AS_OF, "as-of", "DAY",
	    N_("as things stood at the end of DAY") } },
	{ CLI_BY, { OPTION_BY, "by", "KEYS",
	    N_("in groups: day week month quarter year or columns") } },
	{ CLI_OUT, { OPTION_COLOR, "color", "WHEN",
	    N_("always, never or auto") } },
	{ 0, { OPTION_HELP, "help", NULL, N_("this text") } },
	{ 0, { OPTION_VERSION, "version", NULL, N_("the version") } },
};

/* An argument that may be left out is written `[=ARG]`. */
static bool
is_optional(const struct cli_option *o)
{
	return o->arg != NULL && o->arg[0] == '[';
}

/* Where an option stands in the usage: flags, letters, then long names,
 * --help and --version last. */
static int
rank(const struct cli_option *o)
{
	int lower = o->letter | 0x20;

	if (o->letter == OPTION_HELP || o->letter == OPTION_VERSION)
		return 3000 + o->letter;
	if (o->letter >= 256)
		return 2000;
	return (o->arg != NULL ? 1000 : 0) + 2 * lower + (o->letter == lower);
}

static bool
follows(const struct cli_option *a, const struct cli_option *b)
{
	if (rank(a) != rank(b))
		return rank(a) > rank(b);
	return strcmp(a->name, b->name) > 0;
}

static void
put(struct option_set *set, const struct cli_option *o)
{
	size_t at = set->n++;

	while (at > 0 && follows(&set->all[at - 1], o)) {
		set->all[at] = set->all[at - 1];
		at--;
	}
	set->all[at] = *o;
}

static void
for_getopt(struct option_set *set)
{
	char *to = set->shorts;

	*to++ = '+';
	*to++ = ':';
	for (size_t i = 0; i < set->n; i++) {
		const struct cli_option *o = &set->all[i];

		set->longs[i] = (struct option){ o->name,
			o->arg == NULL ? no_argument : is_optional(o) ?
			optional_argument : required_argument,
			NULL, o->letter };
		if (o->letter >= 256)
			continue;
		*to++ = (char)o->letter;
		if (o->arg != NULL)
			*to++ = ':';
	}
}

void
option_collect(struct option_set *set, const struct cli_spec *spec)
{
	*set = (struct option_set){ 0 };
	for (const struct cli_option *o = spec->options;
	    o != NULL && o->name != NULL; o++)
		put(set, o);
	for (size_t i = 0; i < LEN(common); i++)
		if (common[i].uses == 0 || (spec->uses & common[i].uses) != 0)
			put(set, &common[i].option);
	for_getopt(set);
}

bool
option_is(const struct option_set *set, const char *word)
{
	size_t n = strcspn(word, "=");

	if (word[0] != '-')
		return false;
	for (size_t i = 0; i < set->n; i++) {
		const struct cli_option *o = &set->all[i];

		if (o->letter < 256 && word[1] == o->letter && word[2] == '\0')
			return true;
		if (word[1] == '-' && n == strlen(o->name) + 2 &&
		    memcmp(word + 2, o->name, n - 2) == 0)
			return true;
	}
	return false;
}

/* Add a word of the usage, on a new line where it would pass the margin. */
static void
word(struct buf *to, size_t *column, size_t indent, const char *text)
{
	size_t n = strlen(text);

	if (*column + 1 + n > MARGIN) {
		buf_fmt(to, "\n%*s", (int)indent, "");
		*column = indent;
	} else {
		buf_byte(to, ' ');
		(*column)++;
	}
	buf_str(to, text);
	*column += n;
}

static void
option_words(const struct option_set *set, struct buf *to, size_t *column,
    size_t indent)
{
	char flags[OPTION_MAX + 4] = "[-", text[96];
	size_t n = 2, i = 0;

	for (; i < set->n && set->all[i].letter < 256 &&
	    set->all[i].arg == NULL; i++)
		flags[n++] = (char)set->all[i].letter;
	memcpy(flags + n, "]", 2);
	if (n > 2)
		word(to, column, indent, flags);
	for (; i < set->n; i++) {
		const struct cli_option *o = &set->all[i];

		if (o->letter == OPTION_HELP || o->letter == OPTION_VERSION)
			continue;
		if (o->letter < 256)
			snprintf(text, sizeof text, "[-%c %s]", o->letter,
			    o->arg);
		else
			snprintf(text, sizeof text, "[--%s%s%s]", o->name,
			    o->arg != NULL && !is_optional(o) ? " " : "",
			    o->arg != NULL ? o->arg : "");
		word(to, column, indent, text);
	}
}

void
option_usage(const struct option_set *set, const struct cli_spec *spec,
    struct buf *to)
{
	const char *line = spec->operands, *lead = _("usage:");
	const size_t width = strlen(lead),
		     indent = width + strlen(spec->name) + 2;

	do {
		size_t n = strcspn(line, "\n"), column = indent - 1;
		char operands[200];

		buf_fmt(to, "%*s %s", (int)width, lead, spec->name);
		option_words(set, to, &column, indent);
		snprintf(operands, sizeof operands, "%.*s", (int)n, line);
		if (n > 0)
			word(to, &column, indent, operands);
		buf_byte(to, '\n');
		line += n;
		lead = "";
	} while (*line++ != '\0');
}

void
option_help(const struct option_set *set, const struct cli_spec *spec,
    struct buf *to)
{
	char text[96];

	option_usage(set, spec, to);
	buf_fmt(to, "%s\n\n", _(spec->summary));
	for (size_t i = 0; i < set->n; i++) {
		const struct cli_option *o = &set->all[i];
		const char *arg = o->arg != NULL ? o->arg : "";

		if (o->letter < 256)
			snprintf(text, sizeof text, "-%c, --%s %s", o->letter,
			    o->name, arg);
		else
			snprintf(text, sizeof text, "    --%s%s%s", o->name,
			    is_optional(o) ? "" : " ", arg);
		buf_fmt(to, "  %-24s  %s\n", text, _(o->help));
	}
	buf_fmt(to, "\n%s\n", _("Examples:"));
	for (int i = 0; i < 2; i++)
		if (spec->example[i] != NULL)
			buf_fmt(to, "  %s\n", spec->example[i]);
}
