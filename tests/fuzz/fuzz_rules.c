/*
 * fuzz_rules - any bytes up to a NUL as import rules, those behind it as the
 * CSV file that they are put to: what comes out is a row of a table.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "crm/import.h"
#include "crm/rulefile.h"

static void
import(struct rules *rules, struct slice csv)
{
	struct import im = { 0 };
	FILE *reject = fopen("/dev/null", "w");

	assert(reject != NULL);
	if (import_open(&im, csv, "any.csv", rules->delimiter)) {
		import_run(&im, rules, NULL, reject);
		for (size_t r = 0; r < im.rows.n; r++)
			for (size_t c = 0; c < im.rows.cols; c++) {
				struct slice f = rows_field(&im.rows, r,
				    (int)c);

				assert(text_utf8(f) == f.len);
				assert(f.len == 0 ||
				    memchr(f.at, '\n', f.len) == NULL);
			}
	}
	import_close(&im);
	fclose(reject);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = { (const char *)data, size }, csv;
	const char *nul = size > 0 ? memchr(all.at, '\0', size) : NULL;
	struct rules rules = { 0 };
	struct err e = { 0 };

	if (nul == NULL || text_utf8(all) != size)
		return 0;
	csv = (struct slice){ nul + 1, (size_t)(all.at + size - nul - 1) };
	if (rulefile_parse(&rules,
		(struct slice){ all.at, (size_t)(nul - all.at) },
		"any.rules", &e))
		import(&rules, csv);
	rules_free(&rules);
	return 0;
}
