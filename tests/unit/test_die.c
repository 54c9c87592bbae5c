/* die, term - the one voice and exit; what is known of the terminal. */
#include "check.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "cli/term.h"

/* Run f in a child; its standard error to *said, its status returned. */
static int
child(void (*f)(void), char said[static 500])
{
	int fd[2], status;
	size_t len = 0;
	ssize_t n;

	assert_int_equal(pipe(fd), 0);
	fflush(NULL);
	if (fork() == 0) {
		dup2(fd[1], 2);
		close(fd[0]);
		close(fd[1]);
		f();
		_exit(99);
	}
	close(fd[1]);
	while ((n = read(fd[0], said + len, 499 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	close(fd[0]);
	wait(&status);
	return WEXITSTATUS(status);
}

static void
die_of_a_tab(void)
{
	die_name("crm-try");
	die(CRM_USAGE, "no: \"%s\"", "a\tb");
}

static void
die_of_two_rows(void)
{
	struct err e = { 0 };

	die_name("crm-try");
	err_row(&e, 2, "f:2: bad");
	err_row(&e, 3, "f:3: bad");
	die_err(&e);
}

static void
warn_and_go_on(void)
{
	die_name("crm-try");
	warn("only %d answers", 3);
	_exit(0);
}

static void
every_line_bears_the_name(void **state)
{
	char said[500];

	(void)state;
	assert_int_equal(child(die_of_a_tab, said), CRM_USAGE);
	assert_string_equal(said, "crm-try: no: \"a\\x09b\"\n");
	assert_int_equal(child(die_of_two_rows, said), CRM_DATA);
	assert_string_equal(said, "crm-try: f:2: bad\ncrm-try: f:3: bad\n");
	assert_int_equal(child(warn_and_go_on, said), 0);
	assert_string_equal(said, "crm-try: only 3 answers\n");
}

static void
colour_is_given_or_asked_for(void **state)
{
	bool color = false;

	(void)state;
	assert_true(term_color("always", &color));
	assert_true(color);
	assert_true(term_color("never", &color));
	assert_false(color);
	assert_false(term_color("sometimes", &color));
}

static void
columns_may_be_given(void **state)
{
	(void)state;
	setenv("COLUMNS", "33", 1);
	assert_int_equal(term_width(), 33);
	setenv("COLUMNS", "x", 1);
	assert_true(term_width() != 33);
	unsetenv("COLUMNS");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_bears_the_name),
		cmocka_unit_test(colour_is_given_or_asked_for),
		cmocka_unit_test(columns_may_be_given),
	};

	return cmocka_run_group_tests_name("die", tests, NULL, NULL);
}
