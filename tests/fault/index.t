#!/bin/sh
# The index beside a large customers.tsv, from the outside: used, made anew,
# and never believed where it is damaged, stale, or was being written when a
# command was killed.  Damage byte by byte is in tests/unit/test_index.c.
#
# To see it fail: take file_same out of look_begin (lib/crm/index.c), or
# remove_index out of store_replace (lib/table/store.c).
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm # nothing is slow there
. "$(dirname "$0")/../lib.sh"

t_need_fail
index=store/.customers.tsv.index
table=store/customers.tsv

# 3,000 customers; all but the first ten have an address of their own, and
# those of C11 and C12 can be made to change places without a change of size.
customers() { # NOTE
	awk -v note="$1" 'BEGIN {
		print "id\tname\temail\tnote"
		for (i = 1; i <= 3000; i++)
			printf "C%d\tName %d\t%s\t%s%0100d\n", i, i,
			    i <= 10 ? "all@firm.example" : \
			    "c" i "@home.example", note, i }'
}

# A change may be told from the one before only when the clock has gone on.
settle() { sleep 3.1; }

last() { tail -n 1 store/journal.tsv | cut -f 2; }

# What must hold whatever the index is like.
right() {
	crm-log C1 note a && [ "$(last)" = C1 ] || return 1
	crm-log C3000 note a && [ "$(last)" = C3000 ] || return 1
	crm-log C2999@HOME.example note a && [ "$(last)" = C2999 ] || return 1
	! crm-log C3001 note a 2>/dev/null || return 1
	! crm-log all@firm.example note a 2>/dev/null || return 1
	! crm-log c5@home.example note a 2>/dev/null || return 1
}

# How many bytes of customers.tsv a command reads.
reads() {
	strace -y -qq -e trace=read,pread64 -o trace "$@" 2>/dev/null
	awk -F ' = ' '/customers\.tsv>/ { n += $NF } END { print n + 0 }' trace
}

mkdir -m 700 store
customers '' >$table
chmod 600 $table
t_ok 'a table that was just changed has no index' right
t_ok 'there is none yet' [ ! -e $index ]
settle
t_ok 'an index is made' right
t_ok 'it is for its owner only' [ "$(stat -c %a $index)" = 600 ]
t_ok 'nothing is left beside it' \
    [ "$(ls -A store)" = "$(printf '%s\n' .customers.tsv.index .lock \
    customers.tsv journal.tsv settings.tsv)" ]
all=$(wc -c <$table)
t_ok 'an id is found without reading the table' \
    [ "$(reads crm-log C2500 note a)" -lt 20000 ]
t_ok 'so is an address' \
    [ "$(reads crm-log c2500@home.example note a)" -lt 20000 ]
rm $index
t_ok 'without the index it is read' [ "$(reads crm-log -n C2500 note a)" -gt $((all / 2)) ]
t_ok 'whoever only looks makes none' [ ! -e $index ]
t_ok 'it may be removed at any time' right
t_ok 'and is made again' [ -s $index ]

t_err 'an unknown id' 3 \
    'crm-log: customer: unknown: "C2500x" (did you mean "C2500"?)' \
    crm-log C2500x note a
t_err 'an address of several' 3 'crm-log: customer: several have this e-mail address: "all@firm.example" (C1, C2, C3, C4, C5, C6, C7, C8, C9, C10)' \
    crm-log all@firm.example note a

# --- merged ---------------------------------------------------------------

printf 'old\tnew\ttime\tfilled\nC20\tC30\t\t\n' >store/aliases.tsv
crm-log c20@home.example note a
t_ok 'the address of one who was merged is that of the other' \
    [ "$(last)" = C30 ]
reads crm-log C30 note a >count
t_ok 'of an id it is not asked who was merged' sh -c \
    '[ "$(cat count)" -gt 0 ] && ! grep aliases.tsv trace'
rm store/aliases.tsv

# --- damaged --------------------------------------------------------------

cp $index whole
size=$(wc -c <whole)
shorten() {
	for n in $(seq 0 61 500) $(seq 512 511 "$size"); do
		head -c "$n" whole >$index
		right || { echo "$n bytes"; return 1; }
		cmp -s $index whole && return 1
	done
	return 0
}
t_ok 'cut short at many bytes' shorten
dirty() {
	for n in $(seq 0 97 500) $(seq 700 1531 "$size"); do
		cp whole $index
		printf '%0200d' 7 | dd of=$index bs=1 seek="$n" conv=notrunc \
		    2>/dev/null
		right || { echo "at byte $n"; return 1; }
	done
}
t_ok 'with other bytes in many places' dirty
for what in 'nothing' 'crm state file' "$(seq 9999)"; do
	rm -f $index
	printf '%s' "$what" >$index
	t_ok 'something else in its place' right
done
t_ok 'and then the index again' [ "$(wc -c <$index)" -eq "$size" ]
rm $index && mkfifo $index
t_ok 'a FIFO in its place' right
rm -f $index && mkdir $index
t_ok 'a directory in its place' right
rmdir $index
ln -s nowhere/at/all $index
t_ok 'a link that leads nowhere' right
rm $index

# --- stale ----------------------------------------------------------------

# C11 and C12 change addresses: same size, in place, mtime restored.
swap() {
	touch -r $table when
	sed 's/^\(C11\t.*\)c11@/\1c1X@/; s/^\(C12\t.*\)c12@/\1c11@/
	    s/c1X@/c12@/' $table >new
	cat new >$table
	touch -r when $table
}
address_of() { # ID
	awk -F '\t' -v id="$1" '$1 == id { print $3 }' $table
}
follows() {
	for who in C11 C12; do
		crm-log "$(address_of $who)" note a && [ "$(last)" = $who ] ||
		    return 1
	done
}
t_ok 'the index of the table as it is' right
t_ok 'addresses before' follows
swap
t_ok 'a table edited in place, old size, old mtime' follows
t_ok 'it is still the old index' [ "$(wc -c <$index)" -eq "$size" ]
settle
t_ok 'and later' follows
t_ok 'and with the new index' [ "$(reads crm-log c11@home.example note a)" -lt 20000 ]
t_ok 'and with the new index they are right' follows
cp -p $table old && swap && settle && right && follows || echo 'Bail out!'
cp -p old $table
t_ok 'an older table put back' follows
settle
t_ok 'and later they are right' follows
grep -v '^C3000' $table >new && cp new $table
t_err 'one who is gone is unknown at once' 3 \
    'crm-log: customer: unknown: "C3000" (did you mean "C300"?)' \
    crm-log C3000 note a
customers '' >new && cp new $table && settle && right || echo 'Bail out!'
mv new $table
t_ok 'a table that took the place of another' right

# --- replaced by us -------------------------------------------------------

settle
right
t_ok 'an index of it' [ -s $index ]
cp $index store/..customers.tsv.index.new
crm-add -u C11 email=c0@home.example
t_ok 'it goes with the old table' [ ! -e $index ]
t_ok 'and so does what a killed writer has left' \
    [ ! -e store/..customers.tsv.index.new ]
t_ok 'the new address' crm-log c0@home.example note a
t_err 'the old address' 3 \
    'crm-log: customer: unknown: "c11@home.example"' \
    crm-log c11@home.example note a
settle
right
crm-add id=N1 email=n1@home.example >/dev/null
t_ok 'a row more leaves the index there' [ -s $index ]
t_ok 'who is new is found' crm-log N1 note a
t_ok 'by address too' crm-log n1@home.example note a
t_ok 'the others without reading' \
    [ "$(reads crm-log C2500 note a)" -lt 20000 ]

# --- tables that have none ------------------------------------------------

settle
echo 'C17' | cat $table - >new
awk 'BEGIN { FS = OFS = "\t" } NR > 1 && NF == 1 { $0 = $1 OFS OFS OFS } { print }' new >$table
rm $index
settle
t_err 'an id that is there twice' 3 \
    "crm-log: $t_dir/store/customers.tsv:3003: id: already in line 18: \"C17\"" \
    crm-log C2500 note a
customers '' >$table
sed 's/$/\r/' $table >new && cp new $table && settle
t_ok 'lines with CR: all is found' right
t_ok 'but by reading' [ "$(reads crm-log C2500 note a)" -gt $((all / 2)) ]
customers '' | awk 'BEGIN { FS = OFS = "\t" } { print $2, $1, $3, $4 }' >new
cp new $table && settle
t_ok 'the id in another column' right

# --- killed, and calls that fail ------------------------------------------

customers '' >new && cp new $table && settle
right && cp $index whole && rm $index
rows() { grep -c "$1" store/journal.tsv; }

# Killed at each call, while the index is made.
kill_at() { # CALL N
	rm -f $index
	before=$(rows KILLED)
	strace -qq -o trace -e trace="$1" \
	    -e inject="$1:signal=KILL:when=$2" crm-log C7 note KILLED \
	    >out 2>&1 && { echo "$1 $2: not killed"; return 1; }
	[ "$(rows KILLED)" -le $((before + 1)) ] ||
	    { echo "$1 $2: stored twice"; return 1; }
	right || { echo "$1 $2: wrong"; return 1; }
	[ -s $index ] || { echo "$1 $2: no index"; return 1; }
	[ ! -e store/..customers.tsv.index.new ] ||
	    { echo "$1 $2: left"; return 1; }
}
killed() {
	rm -f $index
	strace -qq -o trace crm-log C7 note KILLED || return 1
	sed -n 's/^\([a-z0-9_]*\)(.*/\1/p' trace | sort | uniq -c |
	    grep -v -e map -e brk -e execve >calls
	while read -r count call; do
		for n in $(seq "$count"); do
			kill_at "$call" "$n" || return 1
		done
	done <calls
	awk '{ n += $1 } END { print "# killed at " n " calls" }' calls >&3
	[ "$(rows KILLED)" -gt 3 ]
}
exec 3>&1
t_ok 'killed at any call' killed

problem() {
	echo "$call, call $n${ever:+ and later}: $1"
	cat err
	return 1
}
holds() {
	case $status in
	0) [ "$(rows FAILING)" -eq $((before + 1)) ] ||
	    problem 'done, but not there' || return 1 ;;
	4) [ -s err ] && [ "$(rows FAILING)" -eq "$before" ] ||
	    problem 'not done, but there' || return 1 ;;
	*) problem "status $status" || return 1 ;;
	esac
	right || problem 'the next run' || return 1
}
each() { # CALL EVER
	call=$1 ever=$2 n=1
	while :; do
		rm -f $index hit
		before=$(rows FAILING)
		t_fail "$call" $n "$ever" '' crm-log C7 note FAILING \
		    >out 2>err
		status=$?
		[ -s hit ] || break
		runs=$((runs + 1))
		holds || return 1
		rm -f store/*.suspect
		n=$((n + 1))
	done
}
every() {
	runs=0
	for call in malloc open write read pread fsync rename close flock \
	    ftruncate unlink fchmod; do
		each $call '' && each $call 1 || return 1
	done
	echo "# $runs runs" >&3
}
t_ok 'any call that fails' every

# --- 8 writers and one who replaces ---------------------------------------

# In turns: with M1 (whose address is m@x.example) or with M2 instead, by
# rename under the lock, and by an edit in place.
replacer() {
	for round in 1 2 3 4 5 6; do
		who=M$((round % 2 + 1))
		{ customers ''; printf '%s\t\tm@x.example\t\n' $who; } >next
		if [ $((round % 3)) -eq 0 ]; then
			flock store/.lock cp next $table
		else
			mv next store/.next
			flock store/.lock mv store/.next $table
		fi
		sleep 2.7
	done
	: >stop
}
writer() {
	while [ ! -e stop ]; do
		crm-log C7 note a 2>>"bad$1" || echo "C7 refused" >>"bad$1"
		crm-log -n N7 note a 2>/dev/null && echo "N7" >>"bad$1"
		crm-log m@x.example note MOVING 2>>"bad$1" ||
		    echo "m@ refused" >>"bad$1"
		crm-log C2000@home.example note a 2>>"bad$1" ||
		    echo "address refused" >>"bad$1"
		crm-log -n all@firm.example note a 2>/dev/null &&
		    echo "all" >>"bad$1"
		echo >>"done$1"
	done
}
rm -f bad* stop
{ customers ''; printf 'M1\t\tm@x.example\t\n'; } >$table
replacer &
for n in 1 2 3 4 5 6 7 8; do writer $n & done
wait
cat bad* >diffs 2>/dev/null
echo "# $(cat done* | wc -l) rounds"
t_ok 'writers and one who replaces: nobody wrong, nobody missed' [ ! -s diffs ]
t_ok 'the address led to one of two' [ -z "$(grep MOVING store/journal.tsv |
    cut -f 2 | grep -v '^M[12]$')" ]

t_done
