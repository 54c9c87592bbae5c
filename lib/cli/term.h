/*
 * term - what is known of the terminal: colour, width, pager.
 *
 * Floor 5 (cli).  Uses: libc only.
 */
#ifndef CRM_TERM_H
#define CRM_TERM_H

#include <stdbool.h>

/* Bold and so on?  `when` is always, never, auto or NULL (auto: on a
 * terminal that is not dumb, unless $NO_COLOR is set).  False: not a word
 * that it knows. */
bool term_color(const char *when, bool *color);

/* Columns of the terminal on standard output, else of $COLUMNS; 0 where
 * there is neither. */
int term_width(void);

/*
 * Where standard output is a terminal, put a pager (that of $PAGER, else
 * less, which ends by itself where one screen is enough) behind it.
 * Returns its process, or 0 where there is none.
 */
int term_pager(void);

#endif
