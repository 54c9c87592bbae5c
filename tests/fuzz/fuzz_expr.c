/*
 * fuzz_expr - any bytes as a condition, on a row made of the same bytes.
 *
 *	clang -g -O1 -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Ilib \
 *	    tests/fuzz/fuzz_expr.c lib/base/?*.c lib/table/{expr,lex,cond,like}.c \
 *	    -lutf8proc -o fuzz_expr
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "table/expr.h"

static int
find(void *ctx, struct slice name)
{
	(void)ctx;
	return name.len > 0 ? name.at[0] & 1 : -1;
}

static struct slice
field(void *row, int handle)
{
	struct slice s = *(struct slice *)row;

	s.len = handle == 0 ? s.len : s.len / 2;
	return s;
}

static struct slice
any(void *row, size_t i)
{
	return field(row, (int)i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_text((const char *)data, size);
	struct expr_names names = { .find = find, .search = size & 1 };
	struct slice row = { text, size };
	struct expr_row r = { field, any, 2, &row };
	struct expr_bad bad;
	struct err e = { 0 };
	struct expr *x = expr_parse(text, &names, &e);

	if (x != NULL)
		expr_holds(x, &r, &bad);
	expr_free(x);
	free(text);
	return 0;
}
