#!/bin/sh
# Every call that can fail does, the first, the second ... until there are
# no more, once and from then on.  After each: the status tells the truth,
# what was stored is there byte for byte, no temporary file is left, and the
# next command works.
#
# To see it fail: take the ftruncate out of write_rows (append.c), or the
# unlink out of discard (replace.c).
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm # nothing is slow there
. "$(dirname "$0")/../lib.sh"

t_need_fail
tab=$(printf '\t')
time=2026-11-20T10:00:00Z

# The store that each run begins with.
crm-add id=C1 name=Anna email=anna@example.org >/dev/null
crm-add id=C2 name=Bo >/dev/null
crm-log C1 note time=$time first
mv store plain
cp -r plain torn
printf '2026-11-20T10:00:00Z\tC1\tno' >>torn/journal.tsv
cp -r plain load
printf '2026-11-20T10:00:00Z\tC1\tnote\t\t\t\t\t\t\t\tx\n' >>load/journal.tsv
wc -c <plain/journal.tsv >load/journal.tsv.undo
mkdir fresh
printf 'time\tcustomer\tkind\ttext\n' >events
row="$time\tC1\tnote\tNEW\n"
printf "%b" "$row$row$row" >>events
printf 'time\tcustomer\tkind\ttext\n%s\tN1\tnote\tNEW\n' $time >others
printf 'name\nNEW\nNEW\n' >people
cp -r plain batch
cp events batch/journal-b.tsv

# How many NEW there are, in all files.
count() {
	cat store/*.tsv 2>/dev/null | grep -c NEW
}

# Are the rows that were stored (in $from) still there, byte for byte, in
# the order they had?  The undone and the torn are aside.
kept() {
	for f in "$from"/customers.tsv "$from"/journal.tsv; do
		[ -e "$f" ] || continue
		old=$(cat "plain/${f##*/}")
		new=$(sed -E "s/(Bo.*)NEW/\1/; s/${tab}N1.*//" \
		    "store/${f##*/}" | grep -v NEW)
		case $new in
		"$old"*) ;;
		*) return 1 ;;
		esac
	done
}

problem() {
	echo "$call, call $n${ever:+ and later}${short:+ short}: $1"
	cat err
	return 1
}

# What must hold after a run with status $status.
holds() {
	# The usual case first: refused, with a word, and all is as it was.
	[ "$status" -ne 4 ] || [ ! -s err ] ||
	    ! diff -rq -x .lock "$from" store >same 2>&1 || return 0
	case $status in
	0) [ "$(count)" -eq "$want" ] || problem "done, but not there" || return 1 ;;
	3 | 4) [ "$(count)" -eq "$none" ] ||
	    grep -qE 'but it may' err ||
	    problem "status $status, but there" || return 1
	    [ -s err ] || problem 'no word' || return 1 ;;
	*) problem "status $status" || return 1 ;;
	esac
	kept || problem 'what was stored has changed' || return 1
	[ -z "$(find store -name '.*.new-*')" ] ||
	    problem 'a temporary file is left' || return 1
	if [ -n "$(find store -name '*.suspect')" ]; then
		crm-log -d store - note x 2>/dev/null &&
		    { problem 'written into a suspect file' || return 1; }
		rm store/*.suspect
	fi
	crm-log -d store - note AFTER 2>/dev/null &&
	    grep -q AFTER store/journal.tsv ||
	    problem 'the next command fails' || return 1
}

# Run with the Nth call failing, N = 1, 2 ...
run() { # STORE WANT NONE COMMAND...
	from=$1 want=$2 none=$3
	shift 3
	rm -rf store && cp -r "$from" store
	t_fail "$call" $n "$ever" "$short" "$@" >out 2>err </dev/null
	status=$?
	runs=$((runs + 1))
}

each() { # CALL EVER SHORT STORE WANT NONE COMMAND...
	call=$1 ever=$2 short=$3 n=1
	shift 3
	while run "$@" && [ -s hit ]; do
		holds || return 1
		n=$((n + 1))
	done
	[ "$status" -eq 0 ]
}

calls='open write read pread fsync fdatasync rename close flock ftruncate
unlink mkostemp opendir mkdir fchmod fchown'

case_of() { # NAME STORE WANT NONE COMMAND...
	name=$1
	shift
	runs=0
	{
		good=yes
		each malloc '' '' "$@" || good=no
		each malloc 1 '' "$@" || good=no
		for call in $calls; do
			each "$call" '' '' "$@" || good=no
		done
		for call in write fsync fdatasync open ftruncate unlink; do
			each "$call" 1 '' "$@" || good=no
		done
		each write '' 1 "$@" || good=no
	} >diffs
	t_report "$name" $good
	echo "# $runs runs"
}

case_of 'one event' plain 1 0 crm-log C1 note time=$time NEW
case_of 'one event behind a torn one' torn 1 0 crm-log C1 note NEW
case_of 'one event behind a load that was cut short' load 1 0 \
	crm-log C1 note NEW
case_of 'a table of events' plain 3 0 crm-log events
case_of 'the same, once' plain 3 0 crm-log --once events
case_of 'a table and its customers' plain 1 0 crm-log --add others
case_of 'a batch' plain 3 0 crm-log --batch b events
case_of 'a batch taken back' batch 0 3 crm-log --undo b
case_of 'the first customer' fresh 1 0 crm-add name=NEW
case_of 'one more customer' plain 1 0 crm-add name=NEW
case_of 'a table of customers' plain 2 0 crm-add people
case_of 'a customer changed' plain 1 0 crm-add -u C2 note=NEW

t_done
