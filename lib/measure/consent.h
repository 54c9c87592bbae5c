/*
 * consent - who may be addressed how and for what: ask, confirm, withdraw.
 *
 * Floor 4 (measure).  Uses: base, crm, thread.
 *
 * Walks over the consent events of one customer, in the order of time (at
 * equal times a withdrawal comes last), kept by thread_measure with
 * consent_how and sorted by customer.  Consent is known by channel and
 * purpose (the event's topic).  A withdrawal that leaves either empty holds
 * for every channel or purpose; an ask or a confirmation that does is one
 * of no channel or no purpose, and allows nothing.
 */
#ifndef CRM_CONSENT_H
#define CRM_CONSENT_H

#include "measure/thread.h"

extern const struct thread_how consent_how;

/* A confirmed customer who is asked again stays so. */
enum consent_state { CONSENT_NONE, CONSENT_ASKED, CONSENT_CONFIRMED,
	CONSENT_WITHDRAWN };
extern const char *const consent_state[];

struct consent {
	struct slice channel, purpose;
	enum consent_state state;
	int64_t since; /* when the state began; INT64_MIN for none */
	struct slice version, evidence; /* of the latest event that says so */
	bool chosen;   /* is one of its events? (thread.h) */
};

/* What the n events of a customer say of a channel and a purpose. */
struct consent consent_of(const struct threads *t,
    const struct thread_event *v, size_t n, struct slice channel,
    struct slice purpose);

/* A list that is filled again and again; a zeroed struct is empty. */
struct consents {
	struct consent *at;
	size_t n, cap; /* at is freed with free */
};

/*
 * All channels and purposes that n events of a customer speak of, in byte
 * order.  A withdrawal of everything stands for itself only where there is
 * nothing that it took back.
 */
void consent_all(struct consents *to, const struct threads *t,
    const struct thread_event *v, size_t n);

#endif
