/* manual: crm(5) lists every kind, every setting and every metric of goals as
 * the code has them, crm-watch(1) every alarm. */
#include "check.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/num.h"
#include "crm/goals.h"
#include "crm/kinds.h"
#include "crm/settings.h"
#include "measure/alarm.h"

/* A manual; tests run in the root of the source tree. */
static char *
text_of(const char *path)
{
	struct buf b = { 0 };
	FILE *fp = fopen(path, "r");
	size_t n;

	assert_non_null(fp);
	do {
		n = fread(buf_room(&b, 4096), 1, 4096, fp);
		b.len += n;
	} while (n > 0);
	fclose(fp);
	buf_byte(&b, '\0');
	return b.at;
}

static char *
manual(void)
{
	return text_of("man/crm.5");
}

static void
expect(const char *manual, struct buf *line)
{
	if (strstr(manual, buf_text(line)) == NULL)
		print_message("crm(5) lacks:\n%s", buf_text(line));
	assert_non_null(strstr(manual, buf_text(line)));
	buf_free(line);
}

static const char *
value_of(char to[32], const struct kind_info *k)
{
	static const char *const word[] = { [VALUE_NONE] = "-",
		[VALUE_MINUTES] = "minutes", [VALUE_AMOUNT] = "amount",
		[VALUE_POINTS] = "points", [VALUE_ANY] = "any" };

	if (k->value == VALUE_SCORE)
		snprintf(to, 32, "%d-%d", k->min, k->max);
	else
		snprintf(to, 32, "%s", word[k->value]);
	if (k->value_needed)
		strcat(to, "+");
	return to;
}

static void
every_kind_is_in_the_manual(void **state)
{
	static const char *const family[] = { "-", "order", "survey", "case",
		"deal", "campaign", "consent", "points", "task", "contract" };
	static const char *const ref[] = { "-", "free", "made", "needed" };
	char *text = manual(), value[32];

	(void)state;
	for (enum kind i = 0; i < KINDS; i++) {
		const struct kind_info *k = kind_info(i);
		struct buf line = { 0 };

		buf_fmt(&line, "\n.It Li %s%s Ta %s Ta %s Ta %s Ta %s\n",
		    k->name, k->customer ? "" : " *", family[k->family],
		    value_of(value, k), ref[k->ref], k->help);
		expect(text, &line);
	}
	free(text);
}

static void
every_setting_is_in_the_manual(void **state)
{
	char *text = manual();

	(void)state;
	for (enum setting i = 0; i < SETTINGS; i++) {
		const struct setting_info *s = setting_info(i);
		struct buf line = { 0 };

		buf_fmt(&line, "\n.It Li %s\n%s", s->key, s->help);
		if (s->preset[0] != '\0')
			buf_fmt(&line, " (default %s)", s->preset);
		expect(text, &line);
	}
	free(text);
}

static void
every_metric_of_goals_is_in_the_manual(void **state)
{
	char *text = manual();

	(void)state;
	for (enum goal_metric i = 0; i < GOAL_METRICS; i++) {
		struct buf line = { 0 };

		buf_fmt(&line, "\n.It Li %s\n%s\n", goal_metric(i)->name,
		    goal_metric(i)->help);
		expect(text, &line);
	}
	free(text);
}

static void
every_alarm_is_in_the_manual(void **state)
{
	char *text = text_of("man/crm-watch.1");

	(void)state;
	for (enum alarm_code i = 0; i < ALARMS; i++) {
		const struct alarm_info *a = alarm_info(i);
		struct buf line = { 0 }, setting = { 0 };

		buf_fmt(&line, "\n.It Li %s\n%s", a->name, a->help);
		expect(text, &line);
		buf_fmt(&setting, "\n.Li %s\n",
		    setting_info(a->setting)->key);
		expect(text, &setting);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_in_the_manual),
		cmocka_unit_test(every_setting_is_in_the_manual),
		cmocka_unit_test(every_metric_of_goals_is_in_the_manual),
		cmocka_unit_test(every_alarm_is_in_the_manual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
