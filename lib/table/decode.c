#include "table/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "base/tr.h"

enum { PIECE = 256 * 1024 }; /* bytes read or converted at a time */

static bool
read_all(struct buf *raw, int fd, const char *path, struct err *e)
{
	ssize_t n;

	do {
		n = read(fd, buf_room(raw, PIECE), PIECE);
		if (n > 0)
			raw->len += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	*buf_room(raw, 0) = '\0';
	return n == 0 || err_sys(e, path);
}

bool
decode_read(struct buf *raw, const char *path, struct err *e)
{
	int fd;
	bool ok;

	if (strcmp(path, "-") == 0)
		return read_all(raw, STDIN_FILENO, "stdin", e);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(e, path);
	ok = read_all(raw, fd, path, e);
	close(fd);
	return ok;
}

/* Lines end with LF, CR or both. */
static unsigned long
line_at(struct slice s, size_t at)
{
	unsigned long line = 1;

	for (size_t i = 0; i < at; i++)
		line += s.at[i] == '\n' || (s.at[i] == '\r' &&
		    (i + 1 == s.len || s.at[i + 1] != '\n'));
	return line;
}

static bool
bad_byte(struct buf *text, const char *name, const char *encoding,
    unsigned char c, struct err *e)
{
	return err_set(e, CRM_DATA, _("%s:%lu: not %s: byte 0x%02x"), name,
	    line_at(buf_all(text), text->len), encoding, c);
}

static bool
add_utf8(struct buf *text, struct slice raw, const char *name, struct err *e)
{
	size_t at = text_utf8(raw);

	buf_add(text, raw.at, at);
	return at == raw.len ||
	    bad_byte(text, name, "UTF-8", (unsigned char)raw.at[at], e);
}

static bool
convert(struct buf *text, struct slice raw, const char *name,
    const char *encoding, iconv_t cd, struct err *e)
{
	char *in = (char *)(uintptr_t)raw.at;
	size_t left = raw.len;
	bool more;

	/* At the end a character may still be held back that another one
	 * could have been composed with. */
	do {
		char *out = buf_room(text, PIECE);
		size_t room = PIECE, n;

		more = left > 0;
		n = iconv(cd, more ? &in : NULL, &left, &out, &room);
		text->len += PIECE - room;
		*out = '\0';
		if (n == (size_t)-1 && errno != E2BIG)
			return bad_byte(text, name, encoding,
			    (unsigned char)*in, e);
	} while (more);
	return true;
}

static bool
add_other(struct buf *text, struct slice raw, const char *name,
    const char *encoding, struct err *e)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	char shown[ERR_SHOWN];
	bool ok;

	if (cd == (iconv_t)-1)
		return err_set(e, CRM_USAGE, _("unknown encoding: \"%s\""),
		    err_shown(shown, slice_of(encoding)));
	ok = convert(text, raw, name, encoding, cd, e);
	iconv_close(cd);
	return ok;
}

static bool
begins(struct slice s, const char *mark, size_t n)
{
	return s.len >= n && memcmp(s.at, mark, n) == 0;
}

/* UTF-16 without a mark: the text begins with two ASCII characters. */
static const char *
bare_utf16(struct slice s)
{
	if (s.len < 4)
		return NULL;
	if (s.at[0] != '\0' && s.at[1] == '\0' && s.at[2] != '\0' &&
	    s.at[3] == '\0')
		return "UTF-16LE";
	if (s.at[0] == '\0' && s.at[1] != '\0' && s.at[2] == '\0' &&
	    s.at[3] != '\0')
		return "UTF-16BE";
	return NULL;
}

/* What is not UTF-8 throughout, as this is not, is Windows-1252, unless most
 * characters beyond ASCII are UTF-8 for all that: then it may be either. */
static bool
in_doubt(struct slice raw, const char *name, struct err *e)
{
	size_t first = text_utf8(raw), good = 0, bad = 0, n;

	for (size_t i = 0; i < raw.len; i += n) {
		n = text_char((struct slice){ raw.at + i, raw.len - i }, NULL);
		good += n > 1;
		bad += n == 0;
		n += n == 0;
	}
	if (good <= bad)
		return false;
	err_set(e, CRM_DATA, _("%s:%lu: most of the file is UTF-8, but not "
	    "byte 0x%02x: give --encoding"), name, line_at(raw, first),
	    (unsigned char)raw.at[first]);
	return true;
}

static bool
is_utf8(const char *encoding)
{
	return strcasecmp(encoding, "UTF-8") == 0 ||
	    strcasecmp(encoding, "UTF8") == 0;
}

/* Pass over a mark that fits the encoding, if one is given; the encoding
 * is then that of the mark. */
static const char *
pass_mark(struct slice *s, const char *encoding)
{
	static const struct {
		const char *mark;
		size_t n;
		const char *encoding;
	} marks[] = {
		{ "\xef\xbb\xbf", 3, "UTF-8" },
		{ "\xff\xfe", 2, "UTF-16LE" },
		{ "\xfe\xff", 2, "UTF-16BE" },
	};

	for (size_t i = 0; i < 3; i++) {
		if (!begins(*s, marks[i].mark, marks[i].n) ||
		    (encoding != NULL && i > 0 &&
			strncasecmp(encoding, "UTF-16", 6) != 0) ||
		    (encoding != NULL && i == 0 && !is_utf8(encoding)))
			continue;
		s->at += marks[i].n;
		s->len -= marks[i].n;
		return marks[i].encoding;
	}
	return encoding;
}

bool
decode_text(struct buf *text, struct slice raw, const char *name,
    const char *encoding, const char **found, struct err *e)
{
	const char *nul;

	encoding = pass_mark(&raw, encoding);
	if (encoding == NULL)
		encoding = bare_utf16(raw);
	if (encoding == NULL && text_utf8(raw) == raw.len)
		encoding = "UTF-8";
	if (encoding == NULL && in_doubt(raw, name, e))
		return false;
	if (encoding == NULL)
		encoding = "Windows-1252";
	*found = encoding;
	if (is_utf8(encoding) ? !add_utf8(text, raw, name, e) :
	    !add_other(text, raw, name, encoding, e))
		return false;
	nul = text->len == 0 ? NULL : memchr(text->at, '\0', text->len);
	return nul == NULL ||
	    err_set(e, CRM_DATA, _("%s:%lu: NUL byte"), name,
		line_at(buf_all(text), (size_t)(nul - text->at)));
}
