/* replay - the main of a fuzz target without a fuzzer: each FILE once. */
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char *argv[])
{
	for (int i = 1; i < argc; i++) {
		struct buf b = { 0 };
		FILE *fp = fopen(argv[i], "r");
		size_t n;

		if (fp == NULL) {
			perror(argv[i]);
			return 4;
		}
		do {
			n = fread(buf_room(&b, 4096), 1, 4096, fp);
			b.len += n;
		} while (n > 0);
		fclose(fp);
		LLVMFuzzerTestOneInput((const uint8_t *)b.at, b.len);
		buf_free(&b);
	}
	return 0;
}
