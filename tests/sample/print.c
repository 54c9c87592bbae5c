/* The tables of the sample store, as files. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firm.h"

static int
in_order(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int64_t s = x->time + x->late, t = y->time + y->late;

	return s != t ? (s > t) - (s < t) : x->order - y->order;
}

static FILE *
begin(const char *dir, const char *name, const char *header)
{
	char path[4096];
	FILE *fp;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	fp = fopen(path, "w");
	if (fp == NULL) {
		fprintf(stderr, "firm: %s: %s\n", path, strerror(errno));
		exit(4);
	}
	fprintf(fp, "%s\n", header);
	return fp;
}

static void
end(FILE *fp)
{
	if (ferror(fp) || fclose(fp) != 0) {
		fprintf(stderr, "firm: %s\n", strerror(errno));
		exit(4);
	}
}

static void
put_day(FILE *fp, int day)
{
	struct ymd d = calendar(day);

	fprintf(fp, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static const char *
text(const char *s)
{
	return s == NULL ? "" : s;
}

static void
put_event(FILE *fp, struct firm *f, const struct event *e, int *last)
{
	int second = (int)(e->time % 86400);

	put_day(fp, day_of(e->time));
	fprintf(fp, "T%02d:%02d:%02dZ\t", second / 3600, second / 60 % 60,
	    second % 60);
	if (e->who >= 0)
		fprintf(fp, "C%02d", e->who + 1);
	fprintf(fp, "\t%s\t%s\t", e->kind, text(e->channel));
	if (e->tone != 0)
		fprintf(fp, "%d", e->tone - 3);
	putc('\t', fp);
	if (e->value.is == MONEY)
		fprintf(fp, "%d.%02d", e->value.n / 100, e->value.n % 100);
	else if (e->value.is == WHOLE)
		fprintf(fp, "%d", e->value.n);
	putc('\t', fp);
	if (e->due != 0)
		put_day(fp, e->due);
	putc('\t', fp);
	if (e->thread != 0 && f->number[e->thread] == 0)
		f->number[e->thread] = ++last[(int)e->letter];
	if (e->thread != 0)
		fprintf(fp, "%c%d", e->letter, f->number[e->thread]);
	fprintf(fp, "%s\t%s\t%s\t%s\n", text(e->ref), text(e->topic),
	    text(e->by), text(e->text));
}

static void
put_journal(const char *dir, struct firm *f)
{
	int last[128] = { ['R'] = 1000, ['K'] = 100 };
	FILE *fp = begin(dir, "journal.tsv", "time\tcustomer\tkind\tchannel\t"
	    "tone\tvalue\tdue\tref\ttopic\tby\ttext");

	qsort(f->event, (size_t)f->events, sizeof *f->event, in_order);
	for (int i = 0; i < f->events; i++)
		put_event(fp, f, &f->event[i], last);
	end(fp);
}

/* sabine.vogt@..., with umlauts and titles taken apart. */
static void
put_email(FILE *fp, const struct person *p)
{
	static const char *const plain[][2] = { { "ä", "ae" }, { "ö", "oe" },
		{ "ü", "ue" }, { "ß", "ss" }, { "Ä", "ae" }, { "Ö", "oe" },
		{ "Ü", "ue" }, { "ı", "i" }, { "ş", "s" }, { "Ş", "s" },
		{ "ë", "e" }, { "é", "e" } };
	const char *s = p->name;

	if (strncmp(s, "Dr. ", 4) == 0)
		s += 4;
	while (*s != '\0') {
		size_t i = 0;

		while (i < LEN(plain) && strncmp(s, plain[i][0], 2) != 0)
			i++;
		if (i < LEN(plain)) {
			fputs(plain[i][1], fp);
			s += 2;
		} else if (*s == ' ') {
			putc('.', fp);
			s++;
		} else {
			putc(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s, fp);
			s++;
		}
	}
	fprintf(fp, "@%s", p->domain);
}

static void
put_people(const char *dir)
{
	static const struct {
		const char *name, *phone;
	} cities[] = { { "Berlin", "030 23125 " }, { "Köln", "0221 4710 " },
		{ "Hamburg", "040 66969 " },
		{ "Frankfurt am Main", "069 90009 " },
		{ "München", "089 99998 " } };
	FILE *fp = begin(dir, "customers.tsv", "id\tsalutation\tname\tcompany\t"
	    "email\tphone\tstreet\tpostcode\tcity\tcountry\tlanguage\tchannel\t"
	    "birthday\tmarital\tposition\tinterests\tsource\towner\taccount\t"
	    "tags\tcreated\tnote");

	for (int i = 0; i < (int)PEOPLE; i++) {
		const struct person *p = &people[i];

		fprintf(fp, "C%02d\t%s\t%s\t%s\t", i + 1, p->salutation,
		    p->name, p->company);
		put_email(fp, p);
		fprintf(fp, "\t%s%03d\t%s\t%s\t%s\tDE\tde\t%s\t%s\t\t%s\t%s\t"
			    "%s\t%s\t%s\t%s\t", cities[p->city].phone,
		    100 + i * 7, p->street, p->postcode, cities[p->city].name,
		    p->channel, p->birthday, p->position, p->interests,
		    p->source, p->owner, p->account, p->tags);
		put_day(fp, p->from > 0 ? p->from - 3 : -40 * i - 20);
		fprintf(fp, "\t\n");
	}
	end(fp);
}

static void
put_tables(const char *dir)
{
	static const char *const table[][2] = {
		{ "settings.tsv", "key\tvalue\n"
		    "currency\tEUR\n"
		    "timezone\tEurope/Berlin\n"
		    "business_days\tmon-fri\n"
		    "business_hours\t8:00-18:00\n"
		    "holidays\t--01-01,--03-08,2025-04-18,2025-04-21,"
		    "--05-01,2025-05-29,2025-06-09,2026-04-03,2026-04-06,"
		    "2026-05-14,2026-05-25,--10-03,--12-24,--12-25,--12-26,"
		    "--12-31\n"
		    "reply_hours\t10\n"
		    "solve_hours\t40\n"
		    "points_expiry_days\t600\n"
		    "points_tiers\tsilver:1000,gold:3000" },
		{ "stages.tsv", "stage\tprobability\n"
		    "contact\t10\n"
		    "offer\t40\n"
		    "negotiation\t70" },
		{ "segments.tsv", "segment\tr\tf\tm\n"
		    "champion\t4-5\t4-5\t4-5\n"
		    "loyal\t3-5\t3-5\t2-5\n"
		    "promising\t4-5\t1-2\t1-5\n"
		    "at risk\t1-2\t3-5\t3-5\n"
		    "fading\t2-3\t1-5\t1-5\n"
		    "gone\t1\t1-5\t1-5\n"
		    "other\t1-5\t1-5\t1-5" },
		{ "goals.tsv", "metric\ttarget\tdue\tsince\tbase\towner\twhy\n"
		    "revenue\t350000\t2026-12-31\t\t\tbernd\t"
		    "zweite Werkbank bezahlen\n"
		    "nps\t40\t2026-12-31\t2026-10-01\t32\tanna\t"
		    "Empfehlungen bringen die Hälfte der Neukunden\n"
		    "overdue_cases\t0\t2026-11-30\t\t2\tesra\t"
		    "jede Beschwerde binnen vier Tagen gelöst\n"
		    "active\t45\t2026-12-31\t\t\tanna\t"
		    "mehr als die Stammkunden\n"
		    "csat\t85\t2026-09-30\t2026-07-01\t78\tesra\t"
		    "Lieferungen, die gefallen" },
	};

	for (size_t i = 0; i < LEN(table); i++)
		end(begin(dir, table[i][0], table[i][1]));
}

void
print(const char *dir, struct firm *f)
{
	put_journal(dir, f);
	put_people(dir);
	put_tables(dir);
}
