/*
 * service - how our service is seen: answers to surveys and impressions, by
 * channel and by person, in a period and in the one before it.
 *
 * Floor 4 (measure).  Uses: base, crm, score.
 *
 * A measure.  An answer belongs to the channel and to the person (`by`) that
 * its event names, and so does an impression (the tone of any event).
 */
#ifndef CRM_SERVICE_H
#define CRM_SERVICE_H

#include "crm/journal.h"
#include "measure/score.h"

enum { SERVICE_BEFORE, SERVICE_NOW, SERVICE_SIDES };

enum service_part { SERVICE_CHANNEL, SERVICE_PERSON, SERVICE_PARTS };

/* Ways to say it: csat 4 or 5, ces 5 to 7, nps, a tone above 0 are good;
 * nps up to 6 and a tone below 0 are bad; of csat and ces all else is. */
enum service_way { SERVICE_NPS, SERVICE_CSAT, SERVICE_CES, SERVICE_TONE,
	SERVICE_WAYS };

struct service; /* a state; its size is in service_measure */

/* `how`: the two periods, one after the other or overlapping. */
struct service_how {
	struct window window[SERVICE_SIDES];
};

extern const struct measure service_measure;

struct service_sums {
	int64_t n, good, bad;
	int64_t sum; /* of scores, or of tones */
};

/* A channel or a person. */
struct service_row {
	struct slice name; /* as a field; into the state; empty where none is
	                      named */
	struct service_sums of[SERVICE_SIDES][SERVICE_WAYS];
};

/* The channels or persons in byte order; malloc'd, *n of them. */
struct service_row *service_rows(const struct service *s,
    enum service_part part, size_t *n);

/* Of all channels together. */
struct service_sums service_total(const struct service *s, int side,
    enum service_way way);

/* Of all good ones the share; of nps use service_nps. */
struct score_part service_good(const struct service_sums *s);
struct score_nps service_nps(const struct service_sums *s);

#endif
