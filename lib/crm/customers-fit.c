/* What a column of customers may say; part of customers.h. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"
#include "crm/customers.h"

enum { MAIL_MAX = 254, LOCAL_MAX = 64 };

/* Blanks and invisible characters, from..to. */
static bool
is_blank(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} blank[] = {
		{ 0x00, 0x20 }, { 0x7f, 0xa0 }, { 0xad, 0xad },
		{ 0x1680, 0x1680 }, { 0x2000, 0x200f }, { 0x2028, 0x202f },
		{ 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < LEN(blank); i++)
		if (c >= blank[i].from && c <= blank[i].to)
			return true;
	return false;
}

/* No blanks in it, and UTF-8? */
static bool
is_solid(struct slice s)
{
	uint32_t code;

	while (s.len > 0) {
		bool plain = s.at[0] > ' ' && s.at[0] <= '~';
		size_t n = plain ? 1 : text_char(s, &code);

		if (!plain && (n == 0 || is_blank(code)))
			return false;
		s.at += n;
		s.len -= n;
	}
	return true;
}

static const char *
fit_id(struct slice s)
{
	return s.len >= 1 && s.len <= CUSTOMER_ID_MAX && is_solid(s) &&
	    !slice_is(s, "-") ? NULL : N_("not an id");
}

static const char *
fit_id_or_none(struct slice s)
{
	return s.len == 0 ? NULL : fit_id(s);
}

/* A host name, of one label where mail stays in the house (`anna@mail`);
 * letters beyond ASCII are left to DNS. */
static bool
is_domain(struct slice s)
{
	struct slice label = SLICE_EMPTY;

	while (text_part(&s, '.', &label)) {
		if (label.len == 0 || label.len > 63 || label.at[0] == '-' ||
		    label.at[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++)
			if (strchr("!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~",
			    label.at[i]) != NULL)
				return false;
	}
	return true;
}

static bool
is_mail(struct slice s)
{
	const char *sign = s.len == 0 ? NULL : memrchr(s.at, '@', s.len);
	struct slice local = { s.at, 0 };

	if (sign == NULL || s.len > MAIL_MAX || s.at[0] == '-' ||
	    !is_solid(s))
		return false;
	local.len = (size_t)(sign - s.at);
	if (local.len == 0 || local.len > LOCAL_MAX || local.at[0] == '.' ||
	    sign[-1] == '.')
		return false;
	for (size_t i = 0; i < local.len; i++)
		if (strchr("\"(),:;<>@[\\]", local.at[i]) != NULL)
			return false;
	return is_domain((struct slice){ sign + 1, s.len - local.len - 1 });
}

bool
customer_part(struct slice *rest, struct slice *part)
{
	while (text_part(rest, ',', part)) {
		*part = text_trim(*part);
		if (part->len > 0)
			return true;
	}
	return false;
}

bool
customer_tagged(struct slice tags, struct slice tag)
{
	struct slice part;

	while (tags.len > 0 && text_part(&tags, ',', &part))
		if (tag.len > 0 && slice_eq(text_trim(part), tag))
			return true;
	return false;
}

bool
customer_let_go(struct slice tags)
{
	return tags.len > 0 &&
	    (customer_tagged(tags, slice_of("released")) ||
	    customer_tagged(tags, slice_of("blocked")));
}

bool
customer_has_mail(struct slice field, struct slice mail)
{
	struct slice one;

	while (customer_part(&field, &one))
		if (text_same(one, mail))
			return true;
	return false;
}

struct slice
customer_folded(struct slice mail, struct buf *room)
{
	buf_clear(room);
	for (size_t i = 0; i < mail.len; i++)
		buf_byte(room, text_lower(mail.at[i]));
	return buf_all(room);
}

static const char *
fit_mail(struct slice s)
{
	struct slice part = { "", 0 };

	while (s.len > 0 && text_part(&s, ',', &part))
		if (!is_mail(text_trim(part)))
			return N_("not an e-mail address");
	return NULL;
}

static const char *
fit_day(struct slice s)
{
	int32_t day;

	return s.len == 0 || date_parse(s, &day) ? NULL : N_("not a day");
}

/* `--02-29` is a birthday in some year: 2000 had them all. */
static const char *
fit_birthday(struct slice s)
{
	char whole[DATE_TEXT];
	int32_t day;

	if (s.len == 7 && memcmp(s.at, "--", 2) == 0) {
		snprintf(whole, sizeof whole, "2000-%.*s", 5, s.at + 2);
		s = slice_of(whole);
	}
	return s.len == 0 || date_parse(s, &day) ? NULL :
	    N_("not a birthday");
}

static const char *
fit_line(struct slice s)
{
	return text_has_control(s) ? N_("has a control character") : NULL;
}

/* Several lines are fine, and TABs in them. */
static const char *
fit_text(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		struct slice rest = { s.at + i, 0 };

		while (i < s.len && memchr("\t\n\r", s.at[i], 3) == NULL)
			i++;
		rest.len = (size_t)(s.at + i - rest.at);
		if (text_has_control(rest))
			return N_("has a control character");
	}
	return NULL;
}

typedef const char *fit(struct slice value);

const char *
customer_fit(struct slice column, struct slice value)
{
	static fit *const how[CUSTOMER_COLUMNS] = {
		[CUSTOMER_ID] = fit_id, [CUSTOMER_EMAIL] = fit_mail,
		[CUSTOMER_BIRTHDAY] = fit_birthday,
		[CUSTOMER_ACCOUNT] = fit_id_or_none,
		[CUSTOMER_CREATED] = fit_day, [CUSTOMER_STREET] = fit_text,
		[CUSTOMER_NOTE] = fit_text,
	};

	for (size_t i = 0; i < CUSTOMER_COLUMNS; i++)
		if (slice_is(column, customer_column[i]))
			return (how[i] != NULL ? how[i] : fit_line)(value);
	return fit_text(value);
}
