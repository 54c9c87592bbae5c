/*
 * fuzz_rules - any bytes as import rules and, behind the first NUL, as the
 * file that they are for.  What comes out must be rows of the table that
 * the rules make.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crm/import.h"
#include "crm/rulefile.h"

/* As many fields in every row as there are columns, and only our escapes. */
static void
check(const struct import *im, const struct rules *r)
{
	struct buf value = { 0 };

	for (size_t i = 0; i < im->rows.n; i++) {
		struct slice rest = rows_line(&im->rows, i), field;
		size_t n = 0;

		while (text_part(&rest, '\t', &field)) {
			buf_clear(&value);
			if (!text_unescape(&value, field) ||
			    text_utf8(field) != field.len)
				abort();
			n++;
		}
		if (n != r->columns)
			abort();
	}
	buf_free(&value);
}

static void
run(struct slice rules, struct slice csv)
{
	struct rules r = { 0 };
	struct import im = { 0 };
	struct err e = { 0 };
	struct zone z = { 0 };

	if (rulefile_parse(&r, rules, "rules", &e) &&
	    zone_load(&z, "CET-1CEST,M3.5.0,M10.5.0/3", &e) &&
	    import_open(&im, csv, "csv", r.delimiter) &&
	    import_run(&im, &r, &z, NULL))
		check(&im, &r);
	import_close(&im);
	rules_free(&r);
	zone_free(&z);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data;
	const char *nul = size == 0 ? NULL : memchr(at, '\0', size);
	struct slice rules = { at, nul == NULL ? size : (size_t)(nul - at) };
	struct slice csv = { "a,b\n1,2\n", 8 };

	if (nul != NULL)
		csv = (struct slice){ nul + 1, size - rules.len - 1 };
	if (text_utf8(csv) == csv.len && (csv.len == 0 ||
		memchr(csv.at, '\0', csv.len) == NULL))
		run(rules, csv);
	return 0;
}
