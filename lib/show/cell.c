#include "show/cell.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* The code point of a hidden character at s.at, else 0; *len gets its
 * bytes.  The first byte settles it for nearly all text. */
static uint32_t
hidden(struct slice s, size_t *len)
{
	unsigned char c = (unsigned char)*s.at;
	uint32_t u;

	*len = 1;
	if (c < 0x20 || c == 0x7f)
		return c;
	if (c != 0xc2 && c != 0xd8 && c != 0xe2 && c != 0xef)
		return 0;
	*len = text_char(s, &u);
	if (*len == 0)
		return *len = 1, c;
	if ((u >= 0x80 && u <= 0x9f) || u == 0x61c || u == 0x200e ||
	    u == 0x200f || (u >= 0x2028 && u <= 0x202e) ||
	    (u >= 0x2066 && u <= 0x2069) || u == 0xfeff)
		return u;
	return 0;
}

static struct slice
behind(struct slice s, size_t n)
{
	return (struct slice){ s.at + n, s.len - n };
}

/* A format: the ASCII characters that it cannot leave as they are beside
 * the hidden ones, and how it writes such a character. */
struct style {
	const char *special;
	void (*write)(struct buf *to, char c, uint32_t hid);
};

static bool
plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == ' ';
}

static void
add_styled(struct buf *to, struct slice s, const struct style *style)
{
	size_t from = 0, n;

	for (size_t i = 0; i < s.len; i += n) {
		uint32_t hid;

		n = 1;
		if (plain(s.at[i]))
			continue;
		hid = hidden(behind(s, i), &n);
		if (hid == 0 && strchr(style->special, s.at[i]) == NULL)
			continue;
		buf_add(to, s.at + from, i - from);
		style->write(to, s.at[i], hid);
		from = i + n;
	}
	buf_add(to, s.at + from, s.len - from);
}

/* The letter of a control that C has one for, else 0. */
static char
letter(uint32_t hid)
{
	return (char)(hid == '\t' ? 't' : hid == '\n' ? 'n' :
	    hid == '\r' ? 'r' : 0);
}

static void
write_visible(struct buf *to, char c, uint32_t hid)
{
	(void)c;
	if (letter(hid) != 0)
		buf_fmt(to, "\\%c", letter(hid));
	else
		buf_fmt(to, hid < 0x80 ? "\\x%02x" : "\\u%04x",
		    (unsigned)hid);
}

static void
write_md(struct buf *to, char c, uint32_t hid)
{
	buf_byte(to, '\\');
	if (hid != 0)
		write_visible(to, c, hid);
	else
		buf_byte(to, c);
}

static void
write_json(struct buf *to, char c, uint32_t hid)
{
	if (hid == 0 || letter(hid) != 0)
		buf_fmt(to, "\\%c", hid == 0 ? c : letter(hid));
	else
		buf_fmt(to, "\\u%04x", (unsigned)hid);
}

void
cell_visible(struct buf *to, struct slice value)
{
	static const struct style style = { "", write_visible };

	add_styled(to, value, &style);
}

void
cell_md(struct buf *to, struct slice value)
{
	static const struct style style = { "|\\`*_<>[]&~", write_md };

	if (value.len > 0 && (*value.at == '.' || *value.at == '#'))
		buf_byte(to, '\\');
	add_styled(to, value, &style);
}

void
cell_json(struct buf *to, struct slice value)
{
	static const struct style style = { "\"\\", write_json };

	add_styled(to, value, &style);
}

static size_t
digits(struct slice s, size_t at)
{
	size_t i = at;

	while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9')
		i++;
	return i - at;
}

bool
cell_json_number(struct slice v)
{
	size_t i = v.len > 0 && *v.at == '-', n = digits(v, i);

	if (n == 0 || (n > 1 && v.at[i] == '0'))
		return false;
	i += n;
	if (i < v.len && v.at[i] == '.') {
		n = digits(v, i + 1);
		if (n == 0)
			return false;
		i += n + 1;
	}
	return i == v.len;
}

/* A signed number with digits and at most a point or comma in them, or a
 * telephone number: no spreadsheet finds words to run in these. */
static bool
harmless(struct slice v)
{
	bool phone = *v.at == '+';

	if ((*v.at != '+' && *v.at != '-') || digits(v, 1) == 0)
		return false;
	for (size_t i = 1; i < v.len; i++)
		if (strchr(phone ? "0123456789., -/()" : "0123456789.,",
			v.at[i]) == NULL)
			return false;
	return true;
}

void
cell_csv(struct buf *to, struct slice value)
{
	size_t room = 2 * value.len + 2;
	char *at = buf_room(to, room + 1);
	bool guard = value.len > 0 &&
	    strchr("=+-@\t\r\n", *value.at) != NULL && !harmless(value);

	/* The guard takes the place of libcsv's opening quote, which goes in
	 * front of it. */
	to->len += guard + csv_write(at + guard, room,
	    value.len > 0 ? value.at : "", value.len);
	if (guard)
		memcpy(at, "\"'", 2);
	to->at[to->len] = '\0';
}
