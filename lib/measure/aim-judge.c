/* What a value, and the one before it, mean for a goal; part of aim.h. */
#include "base/num.h"
#include "measure/aim.h"

const char *const aim_state[AIM_STATES] = { "", "reached", "on", "off",
	"missed" };

static const struct goal_metric_info *
info_of(const struct goal *g)
{
	return goal_metric(g->metric);
}

/* One of a unit's last places in ten-thousandths. */
static const int64_t scale[] = { [FIGURE_COUNT] = NUM_ONE,
	[FIGURE_MONEY] = 1, [FIGURE_SHARE] = NUM_ONE / 100,
	[FIGURE_SCORE] = NUM_ONE / 10 };

static bool
has_base(const struct goal *g)
{
	return info_of(g)->sort != GOAL_FLOW && g->base != GOAL_UNKNOWN &&
	    g->base != g->target;
}

static int
direction(const struct goal *g)
{
	return !has_base(g) ? info_of(g)->better :
	    g->base < g->target ? 1 : -1;
}

static int64_t
progress(const struct goal *g, int64_t value, int dir)
{
	if (has_base(g))
		return num_share((value - g->base) * dir,
		    (g->target - g->base) * dir);
	if (info_of(g)->sort != GOAL_FLOW || g->target == 0)
		return FIGURE_NONE;
	return num_share(value, g->target);
}

/* Is the target reached by due, as things go? */
static bool
on_track(const struct goal *g, const struct aim_seen *s, int dir)
{
	__extension__ __int128 ahead =
	    (__int128)(s->value - g->target) * s->days +
	    (__int128)(s->value - s->before) * (g->due - s->today);

	return ahead * dir >= 0;
}

static enum aim_state
state_of(const struct goal *g, const struct aim_seen *s, bool reached,
    bool paced)
{
	return reached ? AIM_REACHED :
	    s->today > g->due ? AIM_MISSED :
	    !paced ? AIM_UNKNOWN :
	    on_track(g, s, direction(g)) ? AIM_ON : AIM_OFF;
}

struct goal_standing
aim_judge(const struct goal *g, const struct aim_seen *s)
{
	bool known = s->value != FIGURE_NONE;
	bool paced = known && s->before != FIGURE_NONE && s->days > 0;
	int dir = direction(g);
	bool reached = known && (s->value - g->target) * dir >= 0;
	int64_t one = scale[info_of(g)->unit];
	struct goal_standing r = { g, s->value, s->n, FIGURE_NONE,
		(int64_t)g->due - s->today, FIGURE_NONE, FIGURE_NONE,
		state_of(g, s, reached, paced) };

	if (known)
		r.progress = progress(g, s->value, dir);
	if (paced)
		r.pace = num_div((s->value - s->before) * one, s->days);
	if (known && !reached && r.days_left > 0)
		r.needed = num_div((g->target - s->value) * one,
		    r.days_left);
	return r;
}
