/* confine - what a process cannot do any more, and what it still can. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/confine.h"

/* What the kernel can do: 0 where it has no Landlock. */
static int
abi(void)
{
	long n = syscall(444, NULL, 0, 1);

#ifdef CRM_UNCONFINED
	n = 0;
#endif
	return n < 0 ? 0 : (int)n;
}

/* A room of our own: in/old, out/old, in/link -> ../linked/file. */
static int
make_room(void **state)
{
	static char room[] = "/tmp/test_confine.XXXXXX";

	(void)state;
	if (mkdtemp(room) == NULL || chdir(room) != 0)
		return -1;
	return system("mkdir in out linked; touch in/old out/old out/older "
	    "linked/file; ln -s ../linked/file in/link; "
	    "ln -s nowhere in/dangling");
}

static int
remove_room(void **state)
{
	char room[100], command[200];

	(void)state;
	if (getcwd(room, sizeof room) == NULL)
		return -1;
	snprintf(command, sizeof command, "rm -rf %s", room);
	return system(command);
}

/* Each returns 0 or why it failed. */

static int
try_open(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int
make(const char *path)
{
	return try_open(path, O_WRONLY | O_CREAT | O_EXCL);
}

static int
rewrite(const char *path)
{
	return try_open(path, O_WRONLY);
}

static int
empty(const char *path)
{
	return truncate(path, 0) == 0 ? 0 : errno;
}

static int
look(const char *path)
{
	return try_open(path, O_RDONLY);
}

static int
drop(const char *path)
{
	return unlink(path) == 0 ? 0 : errno;
}

static int
make_dir(const char *path)
{
	return mkdir(path, 0700) == 0 ? 0 : errno;
}

static int
make_link(const char *path)
{
	return symlink("x", path) == 0 ? 0 : errno;
}

static int
replace(const char *path)
{
	char temp[100];

	snprintf(temp, sizeof temp, "%.80s.new", path);
	if (make(temp) != 0)
		return errno;
	return rename(temp, path) == 0 ? 0 : errno;
}

static int
start(const char *path)
{
	execl(path, path, NULL);
	return errno;
}

static int
dial(const char *unused)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(9),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)unused;
	return connect(fd, (struct sockaddr *)&a, sizeof a) == 0 ? 0 : errno;
}

static int
signal_parent(const char *unused)
{
	(void)unused;
	return kill(getppid(), 0) == 0 ? 0 : errno;
}

struct case_of {
	int (*try)(const char *);
	const char *path;
	int abi; /* the first that prevents it; 0: always allowed */
	int why; /* it fails with then */
};

static void
check_cases(const struct case_of *cases, size_t n,
    void (*allow)(struct confine *))
{
	for (size_t i = 0; i < n; i++) {
		int status;
		pid_t pid = fork();

		if (pid == 0) {
			struct confine c;

			confine_begin(&c);
			if (allow != NULL)
				allow(&c);
			if (confine_end(&c) != (abi() > 0))
				_exit(255);
			/* What is not prevented here would do harm. */
			_exit(abi() < cases[i].abi ? cases[i].why :
			    cases[i].try(cases[i].path));
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), cases[i].why);
	}
}

static void
readers_read_and_nothing_else(void **state)
{
	static const struct case_of cases[] = {
		{ look, "in/old", 0, 0 }, { look, "in", 0, 0 },
		{ look, "/etc/passwd", 0, 0 }, { look, "in/link", 0, 0 },
		{ make, "in/new", 1, EACCES },
		{ rewrite, "in/old", 1, EACCES },
		{ rewrite, "/dev/null", 1, EACCES },
		{ empty, "in/old", 3, EACCES },
		{ drop, "in/old", 1, EACCES },
		{ make_dir, "in/dir", 1, EACCES },
		{ make_link, "in/sym", 1, EACCES },
		{ make, "/tmp/test_confine.new", 1, EACCES },
		{ start, "/bin/true", 1, EACCES },
		{ dial, "", 4, EACCES }, { signal_parent, "", 6, EPERM },
	};

	(void)state;
	check_cases(cases, LEN(cases), NULL);
}

static void
allow_in(struct confine *c)
{
	confine_dir(c, "in");
}

static void
writers_write_where_they_may(void **state)
{
	static const struct case_of cases[] = {
		{ make, "in/written", 0, 0 }, { rewrite, "in/old", 0, 0 },
		{ empty, "in/old", 0, 0 }, { replace, "in/old", 0, 0 },
		{ make_dir, "in/below", 0, 0 }, { make, "in/below/it", 0, 0 },
		{ drop, "in/written", 0, 0 },
		{ rewrite, "in/link", 0, 0 }, { replace, "linked/file", 0, 0 },
		{ make_link, "in/sym2", 1, EACCES },
		{ make, "out/new", 1, EACCES },
		{ rewrite, "out/old", 1, EACCES },
		{ drop, "out/old", 1, EACCES },
		{ replace, "out/old", 1, EACCES },
		{ start, "/bin/true", 1, EACCES },
		{ dial, "", 4, EACCES },
	};

	(void)state;
	check_cases(cases, LEN(cases), allow_in);
}

static void
allow_later(struct confine *c)
{
	confine_dir(c, "out/a/b");
}

static void
what_is_not_there_yet_can_be_made(void **state)
{
	static const struct case_of cases[] = {
		{ make_dir, "out/a", 0, 0 }, { make_dir, "out/a/b", 0, 0 },
		{ make, "out/a/b/c", 0, 0 }, { make, "in/c", 1, EACCES },
	};

	(void)state;
	check_cases(cases, LEN(cases), allow_later);
}

static void
allow_new_file(struct confine *c)
{
	confine_file(c, "linked/rejects");
}

static void
allow_old_file(struct confine *c)
{
	confine_file(c, "out/old");
}

static void
allow_full(struct confine *c)
{
	confine_file(c, "/dev/full");
}

static void
one_file_may_be_written(void **state)
{
	static const struct case_of fresh[] = {
		{ make, "linked/rejects", 0, 0 },
		{ drop, "linked/file", 1, EACCES },
		{ make, "out/new2", 1, EACCES },
	};
	static const struct case_of old[] = {
		{ rewrite, "out/old", 0, 0 }, { empty, "out/old", 0, 0 },
		{ rewrite, "out/older", 1, EACCES },
		{ drop, "out/old", 1, EACCES },
		{ make, "out/new3", 1, EACCES },
	};
	static const struct case_of full[] = {
		{ rewrite, "/dev/full", 0, 0 },
		{ rewrite, "/dev/null", 1, EACCES },
	};

	(void)state;
	check_cases(fresh, LEN(fresh), allow_new_file);
	check_cases(old, LEN(old), allow_old_file);
	check_cases(full, LEN(full), allow_full);
}

/* A command that could not be told what it needs is not confined at all. */
static void
what_cannot_be_allowed_is_not_forbidden(void **state)
{
	static const char *const paths[] = { "in/old/below", "in/dangling" };

	(void)state;
	for (size_t i = 0; i < LEN(paths); i++) {
		struct confine c;

		confine_begin(&c);
		if (i == 0)
			confine_dir(&c, paths[i]);
		else
			confine_file(&c, paths[i]);
		assert_false(confine_end(&c));
	}
	assert_int_equal(rewrite("out/old"), 0);
}

/* What a command finds that tries to make `path` behind cli_ready. */
static int
ready_then_make(int uses, const char *writes, const char *path)
{
	const struct cli_spec spec = { .name = "crm-try", .uses = uses };
	char *argv[] = { strdupa("crm-try"), NULL };
	struct cli c;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		setenv("CRM_DIR", "in", 1);
		cli_begin(&c, 1, argv, &spec);
		c.writes = writes;
		cli_ready(&c);
		_exit(make(path));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

static void
commands_are_confined_once_they_are_ready(void **state)
{
	int no = abi() > 0 ? EACCES : 0;

	(void)state;
	assert_int_equal(ready_then_make(CLI_STORE, NULL, "in/r"), no);
	assert_int_equal(ready_then_make(CLI_STORE | CLI_WRITES, NULL,
	    "in/w"), 0);
	assert_int_equal(ready_then_make(CLI_STORE | CLI_WRITES, NULL,
	    "out/w"), no);
	assert_int_equal(ready_then_make(CLI_STORE, "out/x", "out/x"), 0);
	assert_int_equal(ready_then_make(CLI_STORE, "out/x", "in/x"), no);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readers_read_and_nothing_else),
		cmocka_unit_test(writers_write_where_they_may),
		cmocka_unit_test(what_is_not_there_yet_can_be_made),
		cmocka_unit_test(one_file_may_be_written),
		cmocka_unit_test(commands_are_confined_once_they_are_ready),
		cmocka_unit_test(what_cannot_be_allowed_is_not_forbidden),
	};

	return cmocka_run_group_tests_name("confine", tests, make_room,
	    remove_room);
}
