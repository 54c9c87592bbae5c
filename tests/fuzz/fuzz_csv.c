/*
 * fuzz_csv - any bytes as comma-separated values: the records are the same
 * whether libcsv gets them whole or byte by byte.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "table/csv.h"

static void
read_all(struct buf *to, struct slice text, char delimiter, size_t chunk)
{
	struct csv c = { 0 };

	if (csv_open(&c, text, "any", delimiter)) {
		if (chunk > 0)
			c.chunk = chunk;
		while (csv_next(&c)) {
			buf_fmt(to, "%ju", (uintmax_t)c.line);
			for (size_t i = 0; i < c.fields; i++) {
				buf_byte(to, '\0');
				buf_slice(to, c.field[i]);
			}
			buf_byte(to, '\n');
		}
	}
	buf_fmt(to, "%d %s", c.err.status, c.err.text);
	csv_close(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delimiters[] = { '\0', ',', ';', '\t' };
	struct slice text = { (const char *)data, size };
	char delimiter = delimiters[size % sizeof delimiters];
	struct buf whole = { 0 }, bytes = { 0 };

	if (text_utf8(text) != size)
		return 0;
	read_all(&whole, text, delimiter, 0);
	read_all(&bytes, text, delimiter, 1);
	assert(slice_eq(buf_all(&whole), buf_all(&bytes)));
	buf_free(&whole);
	buf_free(&bytes);
	return 0;
}
