/*
 * decode - text of any encoding as UTF-8, through iconv.
 *
 * Floor 2 (table).  Uses: base.
 *
 * For files of other programs, which are read whole: what their encoding
 * is shows in the last line as well as in the first.
 */
#ifndef CRM_DECODE_H
#define CRM_DECODE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Read all of a file, "-" is standard input.  False with CRM_SYS and
 * `path: reason`.
 */
bool decode_read(struct buf *raw, const char *path, struct err *e);

/*
 * Add raw to *text as UTF-8 without a byte order mark.  `encoding` is a
 * name that iconv knows, or NULL: then a mark or NULs in every other byte
 * say UTF-16, well-formed UTF-8 is UTF-8, what is UTF-8 for the most part is
 * refused, and all else is Windows-1252.  *found gets the name of what it
 * was.  `name` is the file's, for messages:
 *
 *	unknown encoding: "utf-9"              CRM_USAGE
 *	kunden.csv:7: not UTF-8: byte 0xfc     CRM_DATA
 *	kunden.csv:7: most of the file is UTF-8, but not byte 0xfc: give
 *	--encoding                             CRM_DATA
 *	kunden.csv:7: NUL byte                 CRM_DATA
 */
bool decode_text(struct buf *text, struct slice raw, const char *name,
    const char *encoding, const char **found, struct err *e);

#endif
