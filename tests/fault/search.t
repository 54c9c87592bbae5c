#!/bin/sh
# Without memory a search says so; it does not say that nothing was found.
. "$(dirname "$0")/../lib.sh"
t_need_fail

{
	printf 'id\tnote\nC1\tbuy some milk\nC2\t'
	awk 'BEGIN { for (; i < 3000; i++) printf "a"; print "b" }'
} >notes.tsv

# Every allocation fails once: the right answer, or status 4 and a word; or
# glibc's regcomp falls over, which frees what follows a + twice.
search() { # PATTERN WANT
	n=1
	while :; do
		got=$(t_fail malloc $n '' '' crm-find -n "note ~ '$1'" \
		    notes.tsv 2>err </dev/null)
		status=$?
		[ -s hit ] || break
		case $status:$got in
		0:"$2" | 4:) ;;
		134:) grep -q 'double free' err || { cat err; return 1; } ;;
		*) echo "allocation $n: status $status, $got"; return 1 ;;
		esac
		[ $status -ne 4 ] || grep -q 'out of memory\|allocate' err ||
		    { cat err; return 1; }
		n=$((n + 1))
	done
	echo "# $n runs"
	[ $status:"$got" = 0:"$2" ] && [ $n -gt 20 ]
}

t_ok 'a pattern in short fields' search 's.m[eo] m' 1
t_ok 'a pattern in a long one' search 'a+b$' 1

t_done
