#include "show/wrap.h"

#include "base/fold.h"
#include "base/text.h"

/* The next word of a text, or as much of it as a line has columns for: a
 * letter at least. */
static struct slice
cut_word(struct slice *rest, int columns)
{
	struct slice word = { rest->at, 0 };
	uint32_t code;

	while (word.len < rest->len && rest->at[word.len] != ' ') {
		struct slice more = { word.at, word.len +
			text_char((struct slice){ rest->at + word.len,
			    rest->len - word.len }, &code) };

		more.len += more.len == word.len;
		if (word.len > 0 && fold_width(more) > columns)
			break;
		word = more;
	}
	*rest = (struct slice){ rest->at + word.len, rest->len - word.len };
	return word;
}

void
wrap_text(struct buf *to, struct slice text, int at, int indent, int columns)
{
	bool begun = false;

	while (text.len > 0) {
		bool blank = text.at[0] == ' ';
		struct slice rest = { text.at + blank, text.len - blank };
		struct slice word = cut_word(&rest, columns - indent);
		int w = fold_width(word);

		if ((begun || blank || at > indent) &&
		    at + blank + w > columns) {
			buf_fmt(to, "\n%*s", indent, "");
			at = indent;
		} else if (blank) {
			buf_byte(to, ' ');
			at++;
		}
		buf_slice(to, word);
		at += w;
		text = rest;
		begun = true;
	}
}
