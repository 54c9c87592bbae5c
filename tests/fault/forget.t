#!/bin/sh
# crm-forget where every call fails, or is the last that the process makes:
# once the next command has written, the person is in no file, or nothing
# has changed.
#
# To see it fail: let swap_commit (swap.c) rename before the plan is there,
# or store.c not finish it.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm # nothing is slow there
. "$(dirname "$0")/../lib.sh"

t_need_fail

# A store with the person in all kinds of files.
crm-add id=C1 name=Bo >/dev/null
crm-add id=C17 name=MARK email=mark@mark.example >/dev/null
crm-add id=C2 name=Bea source=referral:C17 account=C17 >/dev/null
crm-log C17 order 10 time=2026-11-20T10:00:00Z MARK
crm-log C1 note time=2026-11-20T10:00:00Z other
head -n 2 store/journal.tsv | gzip -n >store/journal-a.tsv.gz
head -n 2 store/journal.tsv | zstd -q >store/journal-b.tsv.zst
printf 'old\tnew\ttime\tfilled\nMARK9\tC17\t2026-11-20\t\n' >store/aliases.tsv
printf '2026-11-20T10:00:00Z\tC17\tnote MARK\n' >store/journal.tsv.torn
crm-stat --state store/state >/dev/null
printf '2026-11-20T10:00:00Z\tC17\tno MARK' >>store/journal.tsv
mv store plain

# Is the person anywhere?
named() {
	{ cat store/*; cat store/.[a-z]* 2>/dev/null; zcat store/*.gz
	zstdcat -q store/*.zst; } | grep -qaE 'MARK|C17'
}

problem() {
	echo "$how: $1"
	cat err
	return 1
}

# Nothing but a note of the next writer is new, and the torn tail is aside.
unchanged() {
	for f in customers.tsv aliases.tsv journal-a.tsv.gz journal-b.tsv.zst \
	    state; do
		cmp -s "plain/$f" "store/$f" || return 1
	done
	grep -q "C17.*order" store/journal.tsv && [ ! -e store/erasures.tsv ]
}

erased() {
	! named && grep -q '^2026.*request' store/erasures.tsv &&
	    [ "$(zcat store/journal-a.tsv.gz | grep -c 'erased.*order')" -eq 1 ] &&
	    grep -q "C1.*other" store/journal.tsv &&
	    [ ! -e store/state ] && [ ! -e store/journal.tsv.torn ]
}

# After a run with this status (0 done, 4 failed, 137 killed).
holds() { # STATUS
	crm-log C1 note AFTER 2>after || {
		# A sync failed while the tail was moved: that stops writers.
		[ -n "$(find store -name '*.suspect')" ] ||
			problem "the next command fails: $(cat after)" ||
			return 1
		rm store/*.suspect
		crm-log C1 note AFTER 2>/dev/null || problem 'again' || return 1
	}
	[ -z "$(find store -name '*.swap' -o -name '*.new-*')" ] ||
	    problem 'something is left' || return 1
	if erased; then
		[ "$1" -ne 4 ] || grep -qE 'finish this|may' err ||
			problem 'refused, but done' || return 1
		done=$((done + 1))
	elif unchanged; then
		[ "$1" -ne 0 ] || problem 'done, but not there' || return 1
		not=$((not + 1))
	else
		problem 'half of it'
		return 1
	fi
}

fresh() {
	rm -rf store && cp -r plain store
}

# The Nth call of this name fails, once or from then on, or is short.
fails() { # CALL EVER SHORT
	n=1
	while
		fresh
		rm -f hit
		t_fail "$1" $n "$2" "$3" crm-forget C17 >out 2>err </dev/null
		status=$?
		[ -s hit ]
	do
		how="$1, call $n${2:+ and later}${3:+ short}"
		holds $status || return 1
		n=$((n + 1))
	done
	[ "$status" -eq 0 ]
}

# The process is killed when it makes the Nth call of this name.
dies() { # CALL
	n=1
	while
		fresh
		strace -qq -o /dev/null -e "trace=$1" \
		    -e "inject=$1:signal=SIGKILL:when=$n" \
		    crm-forget C17 >out 2>err </dev/null
		status=$?
		[ $status -ne 0 ]
	do
		how="killed at $1 $n"
		holds 137 || return 1
		n=$((n + 1))
	done
	how="killed at $1, never"
	holds 0
}

counted() { # NAME CALLS COMMAND ARG...
	name=$1 calls=$2 done=0 not=0
	shift 2
	good=yes
	for call in $calls; do
		"$1" "$call" "${2-}" "${3-}" >>diffs || good=no
	done
	t_report "$name" $good
	echo "# $done times done, $not times not"
}

fresh
t_ok 'without a fault he is erased' sh -c 'crm-forget C17 2>/dev/null'
t_ok 'from all files' erased

calls='open write read pread fsync fdatasync rename close flock ftruncate
unlink opendir fchmod fchown'
counted 'each call fails once' "$calls malloc" fails
counted 'each call fails from then on' \
    'write fsync fdatasync open ftruncate unlink rename' fails 1
counted 'writes are short' write fails '' 1

t_ok 'strace may trace here' strace -o /dev/null true
counted 'killed at each call' 'openat write fsync fdatasync rename unlink
close ftruncate fchmod newfstatat getrandom' dies
t_ok 'both has happened' [ $((done > 10 && not > 10)) -eq 1 ]

t_done
