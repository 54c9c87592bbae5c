/*
 * fuzz_tsv - any bytes as a table: read in one piece, by each form of the
 * scan, and from a pipe, by tsv; what is said of all must be the same rows and
 * the same errors.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "table/tsv.h"

/* Everything that can be read of the table: fields and error words. */
static void
read_all(struct buf *to, int fd, int flags, enum scan_form form)
{
	struct tsv t = { .scan.form = form };

	if (tsv_open(&t, input_fd(fd, "any", flags, &t.err)))
		while (tsv_next(&t)) {
			for (size_t c = 0; c < t.head.cols; c++) {
				buf_slice(to, tsv_field(&t, (int)c));
				buf_byte(to, '\t');
			}
			buf_fmt(to, "%ju\n", (uintmax_t)t.line);
		}
	buf_fmt(to, "%d %s", t.err.status, t.err.text);
	tsv_close(&t);
}

static int
file_of(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	assert(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* Do slower forms than that of this machine say the same? */
static bool
forms_agree(const struct buf *best, const uint8_t *data, size_t size)
{
	bool same = true;

	for (int form = SCAN_PORTABLE; form < (int)scan_best(); form++) {
		struct buf b = { 0 };

		read_all(&b, file_of(data, size), 0, (enum scan_form)form);
		same &= slice_eq(buf_all(&b), buf_all(best));
		buf_free(&b);
	}
	return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf file = { 0 }, piped = { 0 }, store = { 0 };
	int ends[2];

	if (size > 60000) /* more than a pipe holds */
		return 0;
	read_all(&file, file_of(data, size), 0, SCAN_UNSET);
	read_all(&store, file_of(data, size), INPUT_STORE, SCAN_UNSET);
	assert(pipe(ends) == 0);
	assert(write(ends[1], data, size) == (ssize_t)size);
	close(ends[1]);
	read_all(&piped, ends[0], 0, SCAN_UNSET);
	assert(slice_eq(buf_all(&file), buf_all(&piped)));
	assert(forms_agree(&file, data, size));
	buf_free(&file);
	buf_free(&piped);
	buf_free(&store);
	return 0;
}
