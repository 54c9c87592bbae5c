#!/bin/sh
# crm-stat --state where every call that can fail does, the first, the second
# ... until there are no more, once and from then on.  After each: an answer
# of status 0 is the right one, any other has its words; the state is whole,
# so that the next run says what is right; no temporary file is left.
#
# To see it fail: take the unlink out of install (lib/table/crate.c).
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm # nothing is slow there
. "$(dirname "$0")/../lib.sh"

t_need_fail
CRM_THREADS=1
export CRM_THREADS

awk 'BEGIN { print "time\tcustomer\tkind\tvalue"
	for (i = 0; i < 400; i++)
		printf "2026-%02d-%02d\tC%d\torder\t%d\n", 1 + i % 11, 1 + i % 28, i % 50, i }' >one.tsv
printf 'time\tcustomer\tkind\n2026-11-01\tC1\tnote\n' >two.tsv
crm-stat --state s one.tsv >want.old
cp s old
rows() { awk 'BEGIN { for (i = 0; i < 200; i++) printf "2026-11-20\tC%d\torder\t%d\n", i % 60, i }'; }
cp one.tsv much.tsv && rows >>much.tsv
cp one.tsv little.tsv && rows | head -n 2 >>little.tsv

problem() {
	echo "$call, call $n${ever:+ and later}${short:+ short}: $1"
	cat err
	return 1
}

holds() {
	case $status in
	0) cmp got want || problem 'a wrong answer' || return 1 ;;
	4) [ -s err ] || problem 'no word' || return 1 ;;
	*) problem "status $status" || return 1 ;;
	esac
	# One that could not be removed, or was left by a command that had to
	# end at once, is used by the next that writes.
	if [ "$call" = unlink ] || grep -q 'out of memory' err; then
		rm -f .s.new
	fi
	[ ! -e .s.new ] || problem 'a temporary file is left' || return 1
	crm-stat --state s j.tsv two.tsv >got 2>err && cmp got want &&
	    [ ! -s err ] || problem 'the next run' || return 1
}

# Run with the Nth call failing, N = 1, 2 ... on a journal and a state.
each() { # CALL EVER SHORT JOURNAL STATE
	call=$1 ever=$2 short=$3 n=1
	while :; do
		cp "$4" j.tsv && rm -f s hit
		[ -z "$5" ] || cp "$5" s
		t_fail "$call" $n "$ever" "$short" \
		    crm-stat --state s j.tsv two.tsv >got 2>err
		status=$?
		[ -s hit ] || break
		runs=$((runs + 1))
		holds || return 1
		n=$((n + 1))
	done
	[ "$status" -eq 0 ]
}

calls='open write read pread fsync rename close flock ftruncate unlink fchmod'
case_of() { # NAME JOURNAL STATE
	name=$1
	shift
	runs=0 good=yes
	crm-stat "$1" two.tsv >want
	{
		each malloc '' '' "$@" && each malloc 1 '' "$@" || good=no
		for call in $calls; do
			each "$call" '' '' "$@" || good=no
		done
		for call in write fsync open pread; do
			each "$call" 1 '' "$@" || good=no
		done
		each write '' 1 "$@" || good=no
	} >diffs 2>&1
	t_report "$name" $good
	echo "# $runs runs"
}

crm-stat --state j.old one.tsv two.tsv >/dev/null
cp one.tsv j.tsv && rm -f s && crm-stat --state s j.tsv two.tsv >/dev/null && mv s old
case_of 'a first state' one.tsv ''
case_of 'a state with little new' little.tsv old
case_of 'a state with much new' much.tsv old
head -c 5000 old >short
case_of 'a damaged state' little.tsv short

t_done
