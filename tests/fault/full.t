#!/bin/sh
# A disk that fills up at every byte, by the limit on the size of files and
# by a small file system: a clean error, the old data whole, no temporary
# file left, and everything works again when there is room.
#
# To see it fail: take the ftruncate out of write_rows (append.c).
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/../lib.sh"

time=2026-11-20T10:00:00Z
crm-add id=C1 name=Anna >/dev/null
crm-log C1 note time=$time first
# The journal is the longest file, so that limits hit its end.
crm-log C1 note time=$time "$(printf %01500d 0)"
mv store clean
printf 'time\tcustomer\tkind\ttext\n' >events
row="$time\tC1\tnote\tNEW\n"
printf "%b" "$row$row$row" >>events

problem() {
	echo "room $room: $1"
	cat err
	return 1
}

same() {
	cmp -s clean/journal.tsv store/journal.tsv &&
	    cmp -s clean/customers.tsv store/customers.tsv
}

# A run that ended with $status.
holds() {
	[ -z "$(find store -name '.*.new-*')" ] || problem 'temporary file' ||
	    return 1
	case $status in
	0) same && problem 'done, but not there' && return 1
	    return 0 ;;
	4) same || problem 'the old data has changed' || return 1
	    [ -s err ] || problem 'no word' ;;
	*) problem "status $status" ;;
	esac
}

# ulimit counts in blocks of 512 bytes; prlimit in bytes.
limit() { # FROM TO COMMAND...
	room=$1 most=$2
	shift 2
	while [ "$room" -le "$most" ]; do
		rm -rf store && cp -r clean store
		prlimit --fsize="$room" "$@" >out 2>err
		status=$?
		holds || return 1
		room=$((room + 1))
	done
	[ $status -eq 0 ]
}

size=$(wc -c <clean/journal.tsv)
t_ok 'the limit of files: one event' \
	limit $((size - 2)) $((size + 60)) crm-log C1 note time=$time NEW
t_ok 'the limit of files: a table' \
	limit $((size - 2)) $((size + 130)) crm-log events
size=$(wc -c <clean/customers.tsv)
t_ok 'the limit of files: a customer' \
	limit $((size - 2)) $((size + 60)) crm-add name=NEW
# Below 160 bytes the words of the failure would not fit either.
t_ok 'the limit of files: a change' limit 160 $((size + 10)) \
	crm-add -u C1 note=NEW
t_ok 'the limit of files: a batch' limit 160 300 crm-log --batch b events

# Is there room for the program itself?
starts() { # COMMAND
	(ulimit -v $room && exec "$1" --version) >out 2>err
	[ $? -lt 128 ]
}

# Little memory; 127 is the C library, which did not get what it needs.
memory() { # COMMAND...
	room=1000
	until starts "$1"; do
		room=$((room + 250))
	done
	while [ $room -le 12000 ]; do
		rm -rf store && cp -r clean store
		(ulimit -v $room && exec "$@") >out 2>err </dev/null
		status=$?
		[ $status -eq 127 ] || holds || return 1
		room=$((room + 250))
	done
	[ $status -eq 0 ]
}
t_ok 'little memory: one event' memory crm-log C1 note time=$time NEW
t_ok 'little memory: a table' memory crm-log events
t_ok 'little memory: a change' memory crm-add -u C1 note=NEW

# A file system of 64 KiB, full but for some pages, in a namespace of its
# own.
cat >full <<'!'
set -e
mount -t tmpfs -o size=64k,mode=700 tmpfs disk
cp -r clean disk/store
room=$1
shift
# All but so many pages.
head -c 65536 /dev/zero >disk/filler 2>/dev/null || :
[ "$room" -eq 0 ] || truncate -s -$((room * 4096)) disk/filler
set +e
"$@" >out 2>err
echo $? >status
rm -f disk/filler
cp -r disk/store/. store
"$@" >out2 2>err2
echo $? >again
!
mkdir disk
small() { # COMMAND...
	for room in 0 1 2 3 4 5 6; do
		rm -rf store && mkdir store
		CRM_DIR=$t_dir/disk/store unshare -Urm \
		    sh "$t_dir/full" $room "$@" || return 1
		status=$(cat status)
		holds || return 1
		[ "$(cat again)" -eq 0 ] || problem "not when there is room" ||
		    return 1
	done
	[ "$status" -eq 0 ]
}
if unshare -Urm mount -t tmpfs tmpfs disk 2>/dev/null; then
	t_ok 'a small disk: one event' small crm-log C1 note \
		"NEW$(printf %04000d 0)"
	t_ok 'a small disk: a table' small crm-log events
	t_ok 'a small disk: a customer' small crm-add name=NEW
	t_ok 'a small disk: a change' small crm-add -u C1 note=NEW
fi

t_ok '/dev/full behind standard output' sh -c \
	'rm -rf store; cp -r clean store; crm-add name=x >/dev/full 2>err
	[ $? -eq 4 ] && [ "$(wc -l <store/customers.tsv)" -eq 3 ]'

# Why it failed is told, whether the first write failed or the last one.
deals='2026-11-01	C1	deal	1	D1	lead'
printf 'time\tcustomer\tkind\tvalue\tref\ttopic\n%s\n' "$deals" >j.tsv
for command in 'consent' 'due' 'ticket' 'funnel j.tsv' 'stat' 'segment' \
    'find C1' 'show C1' 'show --access C1' 'report'
do
	for form in tsv table json; do
		t_ok "crm-$command in $form says that there is no space" sh -c \
		    "set -- $command; name=crm-\$1; shift
		    \$name -o $form \"\$@\" >/dev/full 2>err
		    [ \$? -eq 4 ] && diff - err <<!
\$name: standard output: No space left on device
!"
	done
done

t_done
