/* input - every size of read, every cut, every packing: the same rows. */
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "table/input.h"

/* A pipe into which a child writes the bytes, `step` at a time. */
static int
piped(struct slice s, size_t step)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	if (fork() == 0) {
		signal(SIGPIPE, SIG_DFL);
		close(fd[0]);
		for (size_t at = 0; at < s.len; at += step)
			if (write(fd[1], s.at + at,
				s.len - at < step ? s.len - at : step) < 0)
				_exit(1);
		_exit(0);
	}
	close(fd[1]);
	return fd[0];
}

/* A file with these bytes and no name. */
static int
filed(struct slice s)
{
	char path[] = "/tmp/test_input.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, s.at, s.len), s.len);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* All that an input says: header, rows, torn bytes, error. */
struct said {
	struct buf header, rows;
	size_t torn;
	struct err err;
};

static void
listen(struct said *to, int fd, int flags)
{
	struct input *in = input_fd(fd, "in", flags, &to->err);
	struct block b = { 0 };
	struct slice line;

	buf_clear(&to->header);
	buf_clear(&to->rows);
	if (in != NULL && input_header(in, &line, &to->err)) {
		buf_slice(&to->header, line);
		for (uint64_t seq = 0; input_block(in, &b, &to->err); seq++) {
			assert_int_equal(b.seq, seq);
			assert_true(b.len > 0 && b.at[b.len - 1] == '\n');
			for (size_t i = 0; i < INPUT_SLACK; i++)
				assert_int_equal(b.at[b.len + i], 0);
			buf_add(&to->rows, b.at, b.len);
		}
		to->torn = input_torn(in);
	}
	input_close(in);
	block_free(&b);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void
forget(struct said *s)
{
	buf_free(&s->header);
	buf_free(&s->rows);
	*s = (struct said){ 0 };
}

static void
pieces_of_any_size_give_the_same_rows(void **state)
{
	const char *text = "\xef\xbb\xbfid\tname\r\nC1\tx\n\nC2\t\xc3\xa4";
	struct said s = { 0 };

	(void)state;
	for (size_t step = 1; step <= strlen(text); step++) {
		listen(&s, piped(slice_of(text), step), 0);
		assert_int_equal(s.err.status, CRM_OK);
		assert_string_equal(buf_text(&s.header), "id\tname");
		assert_string_equal(buf_text(&s.rows),
		    "C1\tx\n\nC2\t\xc3\xa4\n");
	}
	forget(&s);
}

/* In a store a row is there once its LF is; the rest is counted. */
static void
cuts_at_any_byte_leave_whole_rows(void **state)
{
	const char *text = "id\tname\nC1\tx\nC2\ty\n";
	const char *tails[] = { "", "\0\0\0\0", "\xff\xfe\x1b" };

	(void)state;
	for (size_t cut = 0; cut <= strlen(text); cut++) {
		for (size_t i = 0; i < LEN(tails); i++) {
			struct said s = { 0 };
			struct buf all = { 0 };
			size_t whole = cut, extra = i == 0 ? 0 : 5 - i;

			buf_add(&all, text, cut);
			buf_add(&all, tails[i], extra);
			while (whole > 0 && text[whole - 1] != '\n')
				whole--;
			listen(&s, filed(buf_all(&all)), INPUT_STORE);
			if (whole < 8) {
				assert_int_equal(s.err.status, CRM_DATA);
			} else {
				assert_int_equal(s.err.status, CRM_OK);
				assert_int_equal(s.rows.len, whole - 8);
				assert_memory_equal(buf_text(&s.rows),
				    text + 8, whole - 8);
				assert_int_equal(s.torn, cut - whole + extra);
			}
			forget(&s);
			buf_free(&all);
		}
	}
}

/* Rows of all lengths about the size of a block, and the longest. */
static void
long_rows_pass_up_to_the_limit(void **state)
{
	static const size_t lens[] = { 1, 1000, INPUT_BLOCK - 40000,
		INPUT_BLOCK - 2, INPUT_BLOCK - 1, INPUT_BLOCK,
		INPUT_BLOCK + 1, 2 * INPUT_BLOCK, 3 * INPUT_BLOCK + 7,
		INPUT_ROW - 2, INPUT_ROW - 1, INPUT_ROW, INPUT_ROW + 1,
		3 * INPUT_ROW };

	(void)state;
	for (size_t i = 0; i < LEN(lens); i++) {
		for (int before = 0; before < 3; before++) {
			struct said s = { 0 };
			struct buf all = { 0 };

			buf_str(&all, "id\n");
			for (int k = 0; k < before * 50000; k++)
				buf_str(&all, "C1\n");
			memset(buf_room(&all, lens[i]), 'x', lens[i]);
			all.len += lens[i];
			buf_str(&all, "\nC9\n");
			listen(&s, filed(buf_all(&all)), 0);
			if (lens[i] < INPUT_ROW) {
				assert_int_equal(s.err.status, CRM_OK);
				assert_int_equal(s.rows.len, all.len - 3);
				assert_memory_equal(s.rows.at, all.at + 3,
				    s.rows.len);
			} else {
				char want[80];

				snprintf(want, sizeof want, "in: a row longer "
				    "than 1 MiB begins at byte %d",
				    3 + before * 150000);
				assert_string_equal(s.err.text, want);
				assert_int_equal(s.err.status, CRM_DATA);
			}
			forget(&s);
			buf_free(&all);
		}
	}
}

static void
pack_gzip(struct buf *to, struct slice s)
{
	z_stream z = { 0 };

	deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_in = (Bytef *)(uintptr_t)s.at;
	z.avail_in = (uInt)s.len;
	z.avail_out = (uInt)deflateBound(&z, s.len);
	z.next_out = (Bytef *)buf_room(to, z.avail_out);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	to->len += z.total_out;
	deflateEnd(&z);
}

static void
pack_zstd(struct buf *to, struct slice s)
{
	size_t room = ZSTD_compressBound(s.len);

	to->len += ZSTD_compress(buf_room(to, room), room, s.at, s.len, 3);
}

static void (*const packs[])(struct buf *, struct slice) = { pack_gzip,
	pack_zstd };

static void
packed_tables_read_like_plain_ones(void **state)
{
	struct buf text = { 0 };
	uint64_t seed = 3;

	(void)state;
	buf_str(&text, "\xef\xbb\xbfid\tname\n");
	while (text.len < 700000)
		buf_fmt(&text, "C%u\t%u\n", check_random(&seed, 1000000),
		    check_random(&seed, 1000000));
	for (size_t i = 0; i < LEN(packs); i++) {
		struct buf packed = { 0 };
		struct said s = { 0 };
		struct slice half = { text.at, 300007 };

		/* In two members, as `cat a.gz b.gz` has them. */
		packs[i](&packed, half);
		packs[i](&packed, (struct slice){ text.at + half.len,
		    text.len - half.len });
		listen(&s, filed(buf_all(&packed)), INPUT_STORE);
		assert_int_equal(s.err.status, CRM_OK);
		assert_string_equal(buf_text(&s.header), "id\tname");
		assert_int_equal(s.rows.len, text.len - 11);
		assert_memory_equal(s.rows.at, text.at + 11, s.rows.len);
		forget(&s);
		buf_free(&packed);
	}
	buf_free(&text);
}

static void
packed_data_cut_at_any_byte_is_refused(void **state)
{
	struct slice text = slice_of("id\tname\nC1\tx\nC2\ty\n");

	(void)state;
	for (size_t i = 0; i < LEN(packs); i++) {
		struct buf packed = { 0 };

		packs[i](&packed, text);
		for (size_t cut = 4; cut < packed.len; cut++) {
			struct said s = { 0 };

			listen(&s, filed((struct slice){ packed.at, cut }),
			    INPUT_STORE);
			assert_string_equal(s.err.text,
			    "in: the compressed data ends too early");
			assert_int_equal(s.err.status, CRM_DATA);
			forget(&s);
		}
		buf_free(&packed);
	}
}

static void
damaged_packed_data_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(packs); i++) {
		struct buf packed = { 0 };
		struct said s = { 0 };

		packs[i](&packed, slice_of("id\tname\nC1\tx\nC2\ty\n"));
		buf_str(&packed, "garbage");
		listen(&s, filed(buf_all(&packed)), 0);
		assert_string_equal(s.err.text,
		    "in: the compressed data is damaged");
		forget(&s);
		buf_free(&packed);
	}
}

static void
what_is_no_table_is_refused(void **state)
{
	static const struct {
		struct slice bytes;
		const char *want;
	} cases[] = {
		{ { "", 0 }, "in: empty: the header line is missing" },
		{ { "\xef\xbb\xbf", 3 },
		    "in: empty: the header line is missing" },
		{ { "\xff\xfei\0d\0\n\0", 8 },
		    "in: UTF-16: it must be UTF-8" },
		{ { "\xfe\xff\0i\0d\0\n", 8 },
		    "in: UTF-16: it must be UTF-8" },
		{ { "i\0d\0\n\0", 6 }, "in: UTF-16: it must be UTF-8" },
		{ { "\0i\0d\0\n", 6 }, "in: UTF-16: it must be UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		struct said s = { 0 };

		listen(&s, filed(cases[i].bytes), 0);
		assert_string_equal(s.err.text, cases[i].want);
		assert_int_equal(s.err.status, CRM_DATA);
		forget(&s);
	}
}

static void
odd_files_are_refused_by_name(void **state)
{
	char dir[] = "/tmp/test_input.XXXXXX";
	struct err e = { 0 };

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_int_equal(symlink("circle", "circle"), 0);
	assert_null(input_open(".", 0, &e));
	assert_string_equal(e.text, ".: Is a directory");
	e = (struct err){ 0 };
	assert_null(input_open("fifo", INPUT_STORE, &e));
	assert_string_equal(e.text, "fifo: not a regular file");
	e = (struct err){ 0 };
	assert_null(input_open("dangling", 0, &e));
	assert_string_equal(e.text, "dangling: No such file or directory");
	e = (struct err){ 0 };
	assert_null(input_open("circle", INPUT_STORE, &e));
	assert_string_equal(e.text,
	    "circle: Too many levels of symbolic links");
	assert_int_equal(e.status, CRM_SYS);
	unlink("fifo");
	unlink("dangling");
	unlink("circle");
	assert_int_equal(chdir("/"), 0);
	rmdir(dir);
}

/* Rows that come after the file was opened are for the next reader. */
static void
a_living_file_is_read_as_it_was_opened(void **state)
{
	int fd = filed(slice_of("id\nC1\nC2\nto")), more = dup(fd);
	struct input *in = input_fd(fd, "in", INPUT_STORE, &(struct err){ 0 });
	struct block b = { 0 };
	struct slice line;
	struct err e = { 0 };
	char rest[5];

	(void)state;
	assert_int_equal(pwrite(more, "rn\nC4\n", 6, 11), 6);
	assert_int_equal(input_size(in), 11);
	assert_true(input_header(in, &line, &e));
	assert_int_equal(pread(input_file(in), rest, sizeof rest, 8), 5);
	assert_memory_equal(rest, "\ntorn", 5);
	assert_true(input_block(in, &b, &e));
	assert_int_equal(b.len, 6);
	assert_memory_equal(b.at, "C1\nC2\n", 6);
	assert_false(input_block(in, &b, &e));
	assert_int_equal(input_torn(in), 2);
	assert_int_equal(e.status, CRM_OK);
	input_close(in);
	block_free(&b);
	close(more);
}

static void
memory_is_read_like_a_file(void **state)
{
	struct buf bytes = { 0 };
	struct block b = { 0 };
	struct err e = { 0 };
	struct slice line;
	struct input *in;
	size_t rows = 0;

	(void)state;
	buf_str(&bytes, "id\n");
	while (bytes.len < 3 * INPUT_BLOCK)
		buf_fmt(&bytes, "C%zu\n", rows++);
	in = input_memory(&bytes, "memory");
	assert_int_equal(bytes.len, 0);
	assert_true(input_header(in, &line, &e));
	assert_true(slice_is(line, "id"));
	while (input_block(in, &b, &e))
		for (size_t i = 0; i < b.len; i++)
			rows -= b.at[i] == '\n';
	assert_int_equal(rows, 0);
	assert_true(b.seq >= 2);
	assert_int_equal(e.status, CRM_OK);
	input_close(in);
	block_free(&b);
	in = input_memory(&bytes, "memory");
	assert_false(input_header(in, &line, &e));
	assert_string_equal(e.text,
	    "memory: empty: the header line is missing");
	input_close(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_any_size_give_the_same_rows),
		cmocka_unit_test(cuts_at_any_byte_leave_whole_rows),
		cmocka_unit_test(long_rows_pass_up_to_the_limit),
		cmocka_unit_test(packed_tables_read_like_plain_ones),
		cmocka_unit_test(packed_data_cut_at_any_byte_is_refused),
		cmocka_unit_test(damaged_packed_data_is_refused),
		cmocka_unit_test(what_is_no_table_is_refused),
		cmocka_unit_test(odd_files_are_refused_by_name),
		cmocka_unit_test(a_living_file_is_read_as_it_was_opened),
		cmocka_unit_test(memory_is_read_like_a_file),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
