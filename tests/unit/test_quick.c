/* quick: what it writes is what show writes. */
#include <errno.h>
#include <stdio.h>

#include "check.h"

#include "base/date.h"
#include "show/quick.h"

static const struct show_column columns[] = {
	{ "id", SHOW_TEXT, NULL }, { "n", SHOW_NUMBER, NULL },
	{ "net", SHOW_NUMBER, NULL }, { "day", SHOW_TEXT, NULL },
	{ "time", SHOW_TEXT, NULL }, { "none", SHOW_TEXT, NULL },
	{ "again", SHOW_TEXT, NULL },
	{ "last", SHOW_NUMBER, NULL },
};

enum { LONG = 9000 };

struct row {
	char text[LONG];
	struct slice id;
	int64_t n, net, time, last;
	int32_t day;
};

struct paper {
	struct show show;
	char *text;
	size_t len;
};

static struct show *
unfold(struct paper *p, enum show_format format, bool terminal)
{
	memset(p, 0, sizeof *p);
	p->show.to = open_memstream(&p->text, &p->len);
	p->show.format = format;
	p->show.terminal = terminal;
	show_begin(&p->show, columns, LEN(columns));
	return &p->show;
}

static void
fold_up(struct paper *p)
{
	show_end(&p->show);
	fclose(p->show.to);
}

/* They say the same. */
static void
fold_up_both(struct paper *slow, struct paper *fast)
{
	fold_up(slow);
	fold_up(fast);
	assert_string_equal(fast->text, slow->text);
	free(slow->text);
	free(fast->text);
}

static void
write_slowly(struct show *s, const struct row *r)
{
	show_field(s, r->id);
	show_int(s, r->n);
	show_money(s, r->net);
	show_day(s, r->day);
	show_time(s, r->time);
	show_empty(s);
	show_field(s, r->id);
	show_int(s, r->last);
	show_row(s);
}

static void
write_quickly(struct quick *q, const struct row *r)
{
	char *to = quick_open(q);

	to = quick_id(q, to, r->id);
	to = quick_int(q, to, r->n);
	to = quick_money(q, to, r->net);
	to = quick_day(q, to, r->day);
	to = quick_time(q, to, r->time);
	to = quick_empty(to);
	to = quick_field(q, to, r->id);
	to = quick_int(q, to, r->last);
	quick_close(q, to);
}

/* Often zero, often small, sometimes of any size. */
static int64_t
made_number(uint64_t *seed)
{
	int64_t v = (int64_t)check_random(seed, 1u << 31) << 32 |
	    check_random(seed, 1u << 31);

	if (check_random(seed, 3) == 0)
		return 0;
	v >>= check_random(seed, 63);
	return check_random(seed, 2) ? v : -v - 1;
}

/* Some thousand days beside each other, and all others. */
static int32_t
made_day(uint64_t *seed)
{
	if (check_random(seed, 4) == 0)
		return DATE_NONE;
	if (check_random(seed, 2))
		return 18000 + (int32_t)check_random(seed, 3000);
	return DATE_FIRST +
	    (int32_t)check_random(seed, DATE_LAST - DATE_FIRST + 1);
}

static void
make(struct row *r, uint64_t *seed)
{
	int32_t day = made_day(seed);

	r->id = (struct slice){ r->text,
		check_random(seed, check_random(seed, 50) == 0 ? LONG : 60) };
	for (size_t i = 0; i < r->id.len; i++)
		r->text[i] = (char)('a' + check_random(seed, 26));
	if (r->id.len > 2)
		memcpy(r->text, check_random(seed, 2) ? "\\t" : "\033[", 2);
	r->n = made_number(seed);
	r->net = made_number(seed);
	r->last = made_number(seed);
	r->day = made_day(seed);
	r->time = day == DATE_NONE ? INT64_MIN :
	    day * DATE_DAY + check_random(seed, DATE_DAY);
}

static void
the_rows_are_those_of_show(void **state)
{
	struct paper slow, fast;
	struct quick *q;
	struct row r;
	uint64_t seed = 19;

	(void)state;
	unfold(&slow, SHOW_TSV, false);
	q = quick_begin(unfold(&fast, SHOW_TSV, false));
	for (int i = 0; i < 20000; i++) {
		make(&r, &seed);
		write_slowly(&slow.show, &r);
		write_quickly(q, &r);
	}
	quick_end(q);
	fold_up_both(&slow, &fast);
}

/* Rows of another, some at a time, between rows of its own. */
static void
whole_rows_are_written_as_they_are(void **state)
{
	struct paper slow, fast, third;
	struct quick *q, *other;
	struct row r;
	uint64_t seed = 29;

	(void)state;
	unfold(&slow, SHOW_TSV, false);
	q = quick_begin(unfold(&fast, SHOW_TSV, false));
	other = quick_begin(unfold(&third, SHOW_TSV, false));
	quick_keep(other);
	for (int i = 0; i < 2000; i++) {
		for (uint32_t n = check_random(&seed, 20); n > 0; n--) {
			make(&r, &seed);
			write_slowly(&slow.show, &r);
			write_quickly(other, &r);
		}
		quick_rows(q, quick_text(other));
		quick_drop(other);
		assert_int_equal(quick_text(other).len, 0);
		make(&r, &seed);
		write_slowly(&slow.show, &r);
		write_quickly(q, &r);
	}
	quick_end(other);
	fold_up(&third);
	free(third.text);
	quick_end(q);
	fold_up_both(&slow, &fast);
}

/* Rows that are kept come where they are flushed, and in no other place. */
static void
parts_of_a_table_are_written_when_told(void **state)
{
	struct paper slow, fast;
	struct show part[2];
	struct quick *q[2];
	struct row r;
	uint64_t seed = 23;

	(void)state;
	unfold(&slow, SHOW_TSV, false);
	unfold(&fast, SHOW_TSV, false);
	for (int k = 0; k < 2; k++) {
		show_part(&part[k], &fast.show);
		q[k] = quick_begin(&part[k]);
		quick_keep(q[k]);
	}
	for (int piece = 0; piece < 10; piece++) {
		for (int i = 0; i < 3000; i++) {
			make(&r, &seed);
			write_slowly(&slow.show, &r);
			write_quickly(q[piece % 2], &r);
		}
		if (piece % 2 == 0)
			continue;
		quick_flush(q[0]);
		quick_flush(q[1]);
	}
	for (int k = 0; k < 2; k++) {
		for (int i = 0; i < 3000; i++) {
			make(&r, &seed);
			write_quickly(q[k], &r);
		}
		quick_drop(q[k]);
		quick_flush(q[k]);
		quick_end(q[k]);
		show_part_end(&part[k], &fast.show);
	}
	fold_up_both(&slow, &fast);
}

static void
a_part_tells_why_writing_failed(void **state)
{
	static const struct show_column one = { "t", SHOW_TEXT, NULL };
	struct show s = { .to = fopen("/dev/full", "w") }, part;

	(void)state;
	assert_non_null(s.to);
	setvbuf(s.to, NULL, _IONBF, 0);
	show_begin(&s, &one, 1);
	s.broken = 0;
	show_part(&part, &s);
	show_write(&part, "x\n", 2);
	show_part_end(&part, &s);
	assert_int_equal(s.broken, ENOSPC);
	show_end(&s);
	fclose(s.to);
}

/* Whole cents, one more and one less, around each change of length. */
static void
numbers_of_any_length_are_those_of_show(void **state)
{
	struct paper slow, fast;
	struct quick *q;
	struct row r = { .text = "C1", .time = INT64_MIN, .day = DATE_NONE };

	(void)state;
	r.id = (struct slice){ r.text, 2 };
	unfold(&slow, SHOW_TSV, false);
	q = quick_begin(unfold(&fast, SHOW_TSV, false));
	for (int64_t v = 1; v < INT64_MAX / 10; v *= 10)
		for (int64_t more = -200; more <= 200; more++) {
			r.n = r.last = v + more;
			r.net = v + more;
			write_slowly(&slow.show, &r);
			write_quickly(q, &r);
		}
	quick_end(q);
	fold_up_both(&slow, &fast);
}

static void
other_formats_go_through_show(void **state)
{
	uint64_t seed = 29;

	(void)state;
	for (int f = SHOW_TSV; f <= SHOW_MD; f++)
		for (int terminal = 0; terminal < 2; terminal++) {
			struct paper slow, fast;
			struct quick *q;
			struct row r;

			unfold(&slow, (enum show_format)f, terminal);
			q = quick_begin(unfold(&fast, (enum show_format)f,
			    terminal));
			assert_int_equal(quick_is(q),
			    f == SHOW_TSV && !terminal);
			for (int i = 0; i < 2000; i++) {
				make(&r, &seed);
				write_slowly(&slow.show, &r);
				write_quickly(q, &r);
			}
			quick_end(q);
			fold_up_both(&slow, &fast);
		}
}

static void
every_second_of_a_day_has_its_text(void **state)
{
	static const struct show_column time = { "t", SHOW_TEXT, NULL };
	struct paper p = { 0 };
	struct quick *q;
	const char *at;

	(void)state;
	p.show.to = open_memstream(&p.text, &p.len);
	show_begin(&p.show, &time, 1);
	q = quick_begin(&p.show);
	for (int64_t i = -DATE_DAY; i < DATE_DAY; i++)
		quick_close(q, quick_time(q, quick_open(q), i));
	quick_end(q);
	fold_up(&p);
	at = p.text + 2;
	for (int64_t i = -DATE_DAY; i < DATE_DAY; i++, at += 21) {
		char want[DATE_TEXT];

		assert_memory_equal(at, date_time_text(want, i), 20);
		assert_int_equal(at[20], '\n');
	}
	assert_int_equal(*at, '\0');
	free(p.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rows_are_those_of_show),
		cmocka_unit_test(whole_rows_are_written_as_they_are),
		cmocka_unit_test(parts_of_a_table_are_written_when_told),
		cmocka_unit_test(a_part_tells_why_writing_failed),
		cmocka_unit_test(numbers_of_any_length_are_those_of_show),
		cmocka_unit_test(other_formats_go_through_show),
		cmocka_unit_test(every_second_of_a_day_has_its_text),
	};

	return cmocka_run_group_tests_name("quick", tests, NULL, NULL);
}
