/*
 * text - UTF-8 and the escapes of tables.
 *
 * Floor 1 (base).  Uses: buf.
 *
 * In a table TAB, LF, CR and backslash inside a field are written \t \n \r
 * \\ and nothing else is escaped, so every value has exactly one writing.
 */
#ifndef CRM_TEXT_H
#define CRM_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Index of the first byte that is not well-formed UTF-8 (Unicode 15, table
 * 3-7: no overlong forms, surrogates, or code points past U+10FFFF), or
 * s.len where all is well.
 */
size_t text_utf8(struct slice s);

/* Length in bytes of the character at s.at, 0 if malformed or empty; *code
 * (unless NULL) gets the code point. */
size_t text_char(struct slice s, uint32_t *code);

/* Add the field writing of a value. */
void text_escape(struct buf *to, struct slice value);

/* Add the value of a field; false, and nothing added, where it has an
 * unknown escape. */
bool text_unescape(struct buf *to, struct slice field);

/*
 * A field as a value: itself where it has no backslash, else unescaped
 * into *room, which is cleared first.  With an unknown escape it is the
 * field as it stands.
 */
struct slice text_value(struct slice field, struct buf *room);

/* Has it no byte beyond 0x7f? */
bool text_is_ascii(struct slice s);

/* Has it a byte below 0x20 or 0x7f, or U+0080 to U+009F? */
bool text_has_control(struct slice s);

/* s without blanks and TABs at both ends. */
struct slice text_trim(struct slice s);

/* Cut the next part off *rest at byte `at`; false when none is left.
 * "a,b" gives "a" and "b"; "" gives one empty part. */
bool text_part(struct slice *rest, char at, struct slice *part);

/* ASCII lower case of one byte, whatever the locale. */
char text_lower(char c);
/* Same but for ASCII case? */
bool text_same(struct slice a, struct slice b);

#endif
