/*
 * ready - rules by name, and the ready ones that come with the toolkit.
 *
 * Floor 3 (crm).  Uses: base, table, rulefile, rules.
 *
 * Ready rules are the files *.rules of a directory (share/crm/rules); their
 * lines `for [a] [b]` say which files they know.
 */
#ifndef CRM_READY_H
#define CRM_READY_H

#include "crm/rules.h"

/* The directory of ready rules: `$CRM_SHARE/rules`, or where `make install`
 * puts them.  In *room. */
const char *ready_dir(struct buf *room);

/*
 * Read rules: the file `word`; or, where there is none and the word has no
 * slash, the ready ones of that name.  False with CRM_SYS and `word: No
 * such file or directory`, or what rulefile_parse says.
 */
bool ready_load(struct rules *r, const char *word, const char *dir,
    struct err *e);

/*
 * The ready rules that know the most columns of this header; without any,
 * and where the header has `id` or `kind`, rules that copy it.  False with
 * CRM_DATA: `f.csv:1: no ready rules know these columns: give -m RULES`.
 */
bool ready_choose(struct rules *r, const char *dir,
    const struct rules_record *header, const char *file, struct err *e);

#endif
