/* bare PROGRAM - run it with no arguments at all, not even its name. */
#include <unistd.h>

int
main(int argc, char *argv[])
{
	char *none[] = { NULL };

	if (argc > 1)
		execv(argv[1], none);
	return 126;
}
