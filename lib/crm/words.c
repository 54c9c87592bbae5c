#include "crm/words.h"

#include "base/tr.h"
#include "crm/event.h"

/* What has been found on the way through the words. */
struct found {
	const struct kind_info *kind; /* or NULL */
	struct slice value;
	struct buf text;
	bool time, text_begun;
};

/* Digits, signs and points, a digit among them: meant as a number. */
static bool
looks_like_number(const char *word)
{
	return word[strspn(word, "0123456789+-.,")] == '\0' &&
	    word[strcspn(word, "0123456789")] != '\0';
}

static bool
is_value(const struct found *f, const char *word)
{
	if (f->kind == NULL || f->kind->value == VALUE_NONE ||
	    f->value.at != NULL || f->text_begun)
		return false;
	return f->kind->value_needed || looks_like_number(word);
}

static bool
is_event_column(struct slice name)
{
	for (int c = 0; c < EVENT_COLUMNS; c++)
		if (slice_is(name, event_column[c]))
			return true;
	return false;
}

static bool
put_field(struct sheet *s, struct found *f, struct slice name,
    struct slice value, struct err *e)
{
	f->time |= slice_is(name, "time");
	if (slice_is(name, "value"))
		f->value = value;
	if (slice_is(name, "text"))
		f->text_begun = true;
	return sheet_put(s, name, value, e);
}

static bool
put_word(struct sheet *s, struct found *f, const char *word, struct err *e)
{
	struct slice name, value;

	if (sheet_word(word, &name, &value) &&
	    (!f->text_begun || is_event_column(name))) {
		if (f->text.len > 0)
			return err_set(e, CRM_USAGE, _("fields come before "
			    "the text (or text=...): \"%s\""), word);
		return put_field(s, f, name, value, e);
	}
	if (is_value(f, word))
		return put_field(s, f, slice_of("value"), slice_of(word), e);
	if (f->text.len > 0)
		buf_byte(&f->text, ' ');
	buf_str(&f->text, word);
	f->text_begun = true;
	return true;
}

bool
words_event(struct sheet *s, char *const *word, int n, const char *now,
    struct err *e)
{
	struct found f = { 0 };
	enum kind kind = kind_of(slice_of(word[1]));
	bool good = sheet_put(s, slice_of("customer"), slice_of(word[0]), e) &&
	    sheet_put(s, slice_of("kind"), slice_of(word[1]), e);

	f.kind = kind == KIND_NONE ? NULL : kind_info(kind);
	for (int i = 2; good && i < n; i++)
		good = put_word(s, &f, word[i], e);
	if (good && f.text.len > 0)
		good = sheet_put(s, slice_of("text"), buf_all(&f.text), e);
	if (good && !f.time)
		good = sheet_put(s, slice_of("time"), slice_of(now), e);
	buf_free(&f.text);
	return good && sheet_done(s, e);
}

bool
words_customer(struct sheet *s, char *const *word, int n, bool id,
    struct err *e)
{
	struct slice name, value;
	bool good = !id || sheet_put(s, slice_of("id"), slice_of(word[0]), e);
	bool any = id;

	for (int i = id; good && i < n; i++) {
		good = sheet_word(word[i], &name, &value) ?
		    sheet_put(s, name, value, e) :
		    err_set(e, CRM_USAGE, _("not FIELD=VALUE: \"%s\""),
			word[i]);
		any = any || (good && value.len > 0);
	}
	if (good && !any)
		return err_set(e, CRM_USAGE, "%s", _("nothing to add"));
	return good && sheet_done(s, e);
}
