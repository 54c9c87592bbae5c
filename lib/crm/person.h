/*
 * person - which customer is meant: by id, or by an e-mail address.
 *
 * Floor 3 (crm).  Uses: base, customers.
 */
#ifndef CRM_PERSON_H
#define CRM_PERSON_H

#include "crm/customers.h"

/*
 * The id of the customer that a user names: an id (of a merged customer:
 * what it was merged into), else one of the addresses in the column
 * `email` (ASCII case not counted), if it leads to one customer only.
 * *id is as tables have it and lives as long as c and a.  False with
 * CRM_NO: `unknown customer: "C71" (did you mean "C17"?)`, `several
 * customers with this e-mail: "a@b.example": C1 C2`.
 */
bool person_find(const struct customers *c, const struct aliases *a,
    const char *words, struct slice *id, struct err *e);

#endif
