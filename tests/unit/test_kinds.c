/* The table of kinds of crm(5), and the values that each takes. */
#include "check.h"

#include "base/num.h"
#include "crm/kinds.h"

static void
every_kind_is_found_by_its_name(void **state)
{
	(void)state;
	for (int i = 0; i < KIND_OWN; i++) {
		const char *name = kind_info((enum kind)i)->name;

		assert_int_equal(kind_of(slice_of(name)), i);
	}
}

static void
other_names_are_no_kinds(void **state)
{
	static const char *const names[] = { "", "o", "order ", "Order",
		"orde", "orders", "x", "x-", "complaints", "ni", "nop",
		"complaint-and-more", "complaints-", "i",
		"\xff\xff\xff" };

	(void)state;
	for (size_t i = 0; i < LEN(names); i++)
		assert_int_equal(kind_of(slice_of(names[i])), KIND_NONE);
	assert_int_equal(kind_of((struct slice){ "in\0", 3 }), KIND_NONE);
	assert_int_equal(kind_of(slice_of("x-call")), KIND_OWN);
}

/* Whatever the bytes, what is found has that name. */
static void
random_names_find_only_themselves(void **state)
{
	static const char letters[] = "abcdefghilmnoprstuvwxy-";
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		char name[12];
		size_t n = check_random(&seed, 11);
		enum kind k;

		for (size_t j = 0; j < n; j++)
			name[j] = letters[check_random(&seed,
			    sizeof letters - 1)];
		k = kind_of((struct slice){ name, n });
		if (k != KIND_NONE && k != KIND_OWN)
			assert_true(slice_is((struct slice){ name, n },
			    kind_info(k)->name));
	}
}

static void
values_are_what_their_kind_says(void **state)
{
	static const struct {
		enum kind kind;
		const char *field, *bad;
		int64_t value;
	} cases[] = {
		{ KIND_NPS, "0", NULL, 0 },
		{ KIND_NPS, "10", NULL, 100000 },
		{ KIND_NPS, "", "missing", INT64_MIN },
		{ KIND_CSAT, "5", NULL, 50000 },
		{ KIND_CSAT, "6", "not a score from 1 to 5", 0 },
		{ KIND_CSAT, "0", "not a score from 1 to 5", 0 },
		{ KIND_CES, "7", NULL, 70000 },
		{ KIND_CES, "8", "not a score from 1 to 7", 0 },
		{ KIND_ORDER, "19.99", NULL, 199900 },
		{ KIND_ORDER, "", "missing", INT64_MIN },
		{ KIND_ORDER, "-5", "negative", 0 },
		{ KIND_ORDER, "1,50", "not a number with a decimal point", 0 },
		{ KIND_REFUND, "", "missing", INT64_MIN },
		{ KIND_ITEM, "", "missing", INT64_MIN },
		{ KIND_COST, "0.00001", "more than 4 decimals", 0 },
		{ KIND_EARN, "", "missing", INT64_MIN },
		{ KIND_REDEEM, "12", NULL, 120000 },
		{ KIND_VOUCHER, "", "missing", INT64_MIN },
		{ KIND_IN, "", NULL, INT64_MIN },
		{ KIND_VISIT, "90", NULL, 900000 },
		{ KIND_DEAL, "", NULL, INT64_MIN },
		{ KIND_CONTRACT, "100000000000000", "too large", 0 },
		{ KIND_NOTE, "3", NULL, 30000 },
		{ KIND_NOTE, "three", "not a number", 0 },
		{ KIND_OWN, "0.5", NULL, 5000 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		int64_t v = 0;
		const char *bad = kind_value(cases[i].kind,
		    slice_of(cases[i].field), &v);

		if (cases[i].bad != NULL)
			assert_string_equal(bad, cases[i].bad);
		else
			assert_null(bad);
		assert_int_equal(v, cases[i].value);
	}
}

/* strtol would read some of these as a detractor's 0. */
static void
what_is_no_score_is_refused(void **state)
{
	static const char *const fields[] = { "11", "-1", "7.5", "ten", "7_",
		"+7", "007", "1e1", " 7", "7 ", "-0", "00", "0x7", "nan",
		"99999999999999999999999999", "7.0", "\xc2\xb2" };

	(void)state;
	for (size_t i = 0; i < LEN(fields); i++) {
		int64_t v = -1;

		assert_string_equal(kind_value(KIND_NPS, slice_of(fields[i]),
		    &v), "not a score from 0 to 10");
		assert_int_equal(v, -1);
	}
}

/* The names of the kinds for which something holds, in their order. */
static void
are(bool (*holds)(const struct kind_info *k), const char *want)
{
	char got[512] = "";

	for (int i = 0; i < KINDS; i++) {
		const struct kind_info *k = kind_info((enum kind)i);

		if (holds(k))
			strcat(strcat(got, got[0] != 0 ? " " : ""), k->name);
	}
	assert_string_equal(got, want);
}

static bool
contact(const struct kind_info *k)
{
	return k->contact;
}

static bool
nobody_needed(const struct kind_info *k)
{
	return !k->customer;
}

static bool
value_needed(const struct kind_info *k)
{
	return k->value_needed;
}

static bool
value_free(const struct kind_info *k)
{
	return k->value != VALUE_NONE && !k->value_needed;
}

static bool
ref_made(const struct kind_info *k)
{
	return k->ref == REF_MADE;
}

static bool
ref_needed(const struct kind_info *k)
{
	return k->ref == REF_NEEDED;
}

static bool
ref_none(const struct kind_info *k)
{
	return k->ref == REF_NONE;
}

static bool
topic_code(const struct kind_info *k)
{
	return k->topic_code;
}

/* The second source is the table of crm(5). */
static void
the_table_says_what_crm5_says(void **state)
{
	(void)state;
	are(contact, "in out visit complaint request reply");
	are(nobody_needed, "web note cost nps csat ces x-...");
	are(value_needed, "order refund item cost nps csat ces earn redeem "
			  "voucher");
	are(value_free, "in out visit deal won lost contract x-...");
	are(ref_made, "complaint request deal todo contract");
	are(ref_needed, "assign reply solve reopen won lost done");
	are(ref_none, "in out visit web need unmet leave return");
	are(topic_code, "order refund item cost deal won lost ask confirm "
			"withdraw");
	for (int i = 0; i < KINDS; i++) {
		const struct kind_info *k = kind_info((enum kind)i);

		assert_true(strlen(k->help) > 5);
		assert_int_equal(k->value == VALUE_SCORE, k->max != 0);
	}
}

static void
a_mistyped_kind_has_a_nearest_one(void **state)
{
	static const char *const cases[][2] = { { "oder", "order" },
		{ "complain", "complaint" }, { "Order", "order" },
		{ "scat", "csat" }, { "retrun", "return" } };

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++)
		assert_true(slice_is(kind_near(slice_of(cases[i][0])),
		    cases[i][1]));
	assert_int_equal(kind_near(slice_of("invoice")).len, 0);
	assert_int_equal(kind_near(SLICE_EMPTY).len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_found_by_its_name),
		cmocka_unit_test(other_names_are_no_kinds),
		cmocka_unit_test(random_names_find_only_themselves),
		cmocka_unit_test(values_are_what_their_kind_says),
		cmocka_unit_test(what_is_no_score_is_refused),
		cmocka_unit_test(the_table_says_what_crm5_says),
		cmocka_unit_test(a_mistyped_kind_has_a_nearest_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
