/* crm-show - one customer from all sides. */
#include "cli/found.h"
#include "cli/portrait.h"

enum { EVENTS = 20 }; /* shown to people, unless -n says how many */

enum { ACCESS = OPTION_OWN };

static const struct cli_option options[] = {
	{ 'n', "events", "N", N_("at most N events of the timeline") },
	{ ACCESS, "access", NULL, N_("all that is known, with its place") },
	{ 0 },
};

static const struct cli_spec spec = {
	.name = "crm-show",
	.summary = N_("one customer from all sides"),
	.operands = "ID",
	.options = options,
	.uses = CLI_STORE | CLI_OUT | CLI_DAYS,
	.example = { "crm-show C17", "crm-show -o json anna@example.org" },
};

/* A number of events, or what suits the readers of the format. */
static size_t
limit(const struct cli *c, int64_t given)
{
	return given >= 0 ? (size_t)given :
	    show_people(&c->out) ? EVENTS : SIZE_MAX;
}

/* One who is only in the journal is known by id. */
static void
show(struct cli *c, int64_t events)
{
	struct whom whom = { 0 };
	struct portrait p = { .limit = limit(c, events) };
	struct buf room = { 0 };
	struct err who = { 0 };

	cli_whom(c, &whom, c->operand[0], &p.id, &room, &who);
	portrait_gather(&p, c);
	if (who.status != CRM_OK && p.story->n == 0)
		die_err(&who);
	portrait_write(&p, c);
	portrait_free(&p);
	whom_free(&whom);
	buf_free(&room);
}

/* What cannot be meant. */
static void
refuse(const struct cli *c, bool access, int64_t events)
{
	if (c->operands != 1)
		cli_usage(c, _("one customer is shown at a time"));
	if (access && (events >= 0 || c->period != NULL || c->as_of != NULL))
		cli_usage(c, _("--access shows all: -n, -p and --as-of cannot "
		    "narrow it"));
}

int
main(int argc, char *argv[])
{
	struct cli c;
	int64_t events = -1;
	bool access = false;
	int o, status = CRM_OK;

	cli_begin(&c, argc, argv, &spec);
	while ((o = cli_next(&c)) != -1)
		if (o == ACCESS)
			access = true;
		else
			events = cli_number(&c, "-n", 0, INT32_MAX);
	refuse(&c, access, events);
	cli_ready(&c);
	cli_need_store(&c);
	if (access)
		status = found_of(&c, c.operand[0]);
	else
		show(&c, events);
	return cli_end(&c, status);
}
