#!/bin/sh
# Commands that have the C library inside must not use what it loads as it
# runs: what is there is of another version, one day or on another machine.
. "$(dirname "$0")/../lib.sh"

bin=${t_bin:-$t_root/build/bin}
loads='iconv_open|getpwnam|getpwuid|getgrnam|getgrgid|getaddrinfo'

# The commands that need no loader and use one of these, or all that do.
using() {
	for c in "$bin"/crm-*; do
		[ "$1" = all ] || ! readelf -lW "$c" | grep -q INTERP ||
			continue
		nm "$c" | grep -qE " ($loads)(@|\$)" && basename "$c"
	done
}

t_run 'crm-import uses iconv' 0 sh -c 'echo "$1"' - "$(using all)" <<!
crm-import
!
t_run 'no command that has the C library inside does' 0 \
    printf %s "$(using whole)" </dev/null

t_done
