#!/bin/sh
# The world outside: odd files, rights, full disks, closed descriptors, limits,
# signals, a strange environment.  The status tells the truth, the words name
# what was in the way, and what was stored is there byte for byte.
. "$(dirname "$0")/../lib.sh"

crm-add id=C1 name=Anna email=anna@example.org >/dev/null
crm-log C1 note first
printf 'time\tcustomer\tkind\tvalue\n2026-01-01\tC1\tnps\t9\n' >e.tsv
printf 'id\tname\nX1\tBo\n' >p.tsv
printf 'id,name\nX1,Bo\n' >p.csv
cp -r store before

commands='crm-stat
crm-nps
crm-segment
crm-report
crm-find id!=x
crm-find -j kind!=x
crm-add
crm-log
crm-import'

# Every command, with these operands: STATUS and the words behind its name.
every() { # NAME STATUS WORDS OPERAND...
	e_name=$1 e_status=$2 e_words=$3
	shift 3
	while read -r e_command; do
		# shellcheck disable=SC2086 # words
		$e_command "$@" >got 2>err </dev/null
		e_got=$?
		{ [ "$e_got" -eq "$e_status" ] && [ ! -s got ] &&
		    echo "${e_command%% *}: $e_words" | diff - err &&
		    diff -r before store; } >said 2>&1 ||
		    { echo "$e_command: status $e_got"; cat said; } \
		    >>"$t_dir/diffs"
	done <<!
$commands
!
	if [ -s "$t_dir/diffs" ]; then
		t_report "$e_name" no
	else
		t_report "$e_name" yes
	fi
}

# --- files ----------------------------------------------------------------

mkdir dir
ln -s nowhere dangling
ln -s circular circular
every 'a directory' 4 'dir: Is a directory' dir
every 'a dangling link' 4 'dangling: No such file or directory' dangling
every 'a circular link' 4 'circular: Too many levels of symbolic links' \
    circular
every 'a component that is no directory' 4 'e.tsv/x: Not a directory' e.tsv/x
every 'a name that is too long' 4 "$(printf %0300d 0): File name too long" \
    "$(printf %0300d 0)"
mkfifo fifo
t_run 'a FIFO is read to its end' 0 sh -c 'cat e.tsv >fifo & crm-nps fifo |
	cut -f 1-3; wait' <<'!'
group	n	promoters
all	1	1
!

# As another user, where root may do everything.
bin=$(dirname "$(command -v crm-stat)")
cp "$bin"/crm-* .
chmod 711 "$t_dir"
if [ "$(id -u)" -eq 0 ]; then
	other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
	deny() { :; }
else
	other() { "$@"; }
	deny() { chmod "$@"; }
fi
cp e.tsv secret
chmod 600 secret
deny 0 secret
for c in crm-stat crm-nps 'crm-find id!=x' crm-log crm-import; do
	# shellcheck disable=SC2086 # words
	t_err "a file that may not be read: $c" 4 \
	    "${c%% *}: secret: Permission denied" \
	    other env CRM_DIR=none ./$c secret
done
cp -r store locked
deny 0 locked
for c in crm-stat crm-nps crm-segment crm-report 'crm-find Anna' \
    'crm-find -j x' 'crm-show C1' 'crm-add name=x' 'crm-add -u C1 name=x' \
    'crm-log C1 note x' 'crm-log --undo x' 'crm-stat e.tsv'; do
	# shellcheck disable=SC2086 # words
	t_err "a store that may not be looked into: $c" 4 \
	    "${c%% *}: locked/settings.tsv: Permission denied" \
	    other env CRM_DIR=locked ./$c
done
deny 700 locked
# A store of a group: what one leaves, torn or killed, another clears away.
if [ "$(id -u)" -eq 0 ]; then
	mkdir group && chown 1001:65534 group && chmod 2770 group
	printf 'time\tcustomer\tkind\n2026-01-01\tC1\tnote\n2026-01-01\tC1\tnote\n' >two
	chmod 644 two
	t_ok 'a store of a group: torn tails' sh -c '
	    one="setpriv --reuid=1001 --regid=65534 --clear-groups"
	    other="setpriv --reuid=65534 --regid=65534 --clear-groups"
	    CRM_DIR=group; export CRM_DIR
	    $one ./crm-add id=C1 && $one ./crm-log C1 note &&
	    printf torn >>group/journal.tsv && $one ./crm-log C1 note &&
	    printf torn >>group/journal.tsv && $other ./crm-log C1 note &&
	    [ "$(grep -c torn group/journal.tsv.torn)" -eq 2 ]'
	t_ok 'a store of a group: loads cut short' sh -c '
	    one="setpriv --reuid=1001 --regid=65534 --clear-groups"
	    other="setpriv --reuid=65534 --regid=65534 --clear-groups"
	    CRM_DIR=group; export CRM_DIR; umask 077
	    $one strace -o /dev/null -e inject=fdatasync:signal=KILL \
		./crm-log two
	    [ -e group/journal.tsv.undo ] &&
	    [ "$($other ./crm-find -j -n kind=note)" -eq 3 ] &&
	    $other ./crm-log C1 note && [ ! -e group/journal.tsv.undo ] &&
	    [ "$($one ./crm-find -j -n kind=note)" -eq 4 ]'
fi
cp -r store open
chmod -R a+rX open
deny 444 open/.lock
for c in 'crm-add name=x' 'crm-add -u C1 name=x' 'crm-log C1 note x'; do
	# shellcheck disable=SC2086 # words
	t_err "a store that may be read, not written: $c" 4 \
	    "${c%% *}: open/.lock: Permission denied" \
	    other env CRM_DIR=open ./$c
done
t_run 'but read' 0 other ./crm-find -d open -n Anna <<'!'
1
!
deny 600 open/.lock
mkdir -m 755 shut
deny 555 shut
t_err 'a store that may not be begun' 4 \
    'crm-add: shut/.lock: Permission denied' other ./crm-add -d shut name=x
t_err 'a store that may not be made' 4 'crm-add: shut/new: Permission denied' \
    other ./crm-add -d shut/new name=x
mkdir share # which the other may read, wherever the tree is
cp -r "$CRM_SHARE/rules" share
chmod -R a+rX share
t_err 'rejects that may not be written' 4 \
    'crm-import: shut/bad: Permission denied' \
    other env CRM_SHARE=share ./crm-import -d shut --reject shut/bad p.csv
t_ok 'nothing was' sh -c '[ -z "$(ls -A shut)" ] && diff -r before locked &&
	diff -r before open'

# --- standard descriptors -------------------------------------------------

t_ok 'no standard input: it is not a file of the store' sh -c '
	for c in crm-stat crm-nps crm-add crm-log crm-import; do
		$c - 2>err <&- && exit 1
		echo "$c: stdin: Bad file descriptor" | diff - err || exit 1
	done'
answers='crm-stat e.tsv
crm-nps -p 2026 e.tsv
crm-segment e.tsv
crm-report -p 2026-W01 e.tsv
crm-find id!=x p.tsv
crm-find -j kind!=x e.tsv
crm-find -n id!=x p.tsv
crm-show C1
crm-add -n name=x
crm-import p.csv
crm-stat --help
crm-log --version'
# Status 4, and the last of its words says why.
answers_to() { # TEXT REDIRECTION
	while read -r c; do
		sh -c "$c $2" >got 2>err </dev/null
		[ $? -eq 4 ] && [ ! -s got ] && [ "$(tail -n 1 err)" = \
		    "${c%% *}: standard output: $1" ] || {
			echo "$c $2"
			cat err
			return 1
		}
	done <<!
$answers
!
}
t_ok 'a full disk behind every answer' \
    answers_to 'No space left on device' '>/dev/full'
t_ok 'no standard output' answers_to 'Bad file descriptor' '>&-'
t_ok 'no standard error: the status tells' sh -c '
	for c in "crm-stat nowhere" "crm-add nowhere" "crm-log C9 note" \
	    "crm-find x nowhere" "crm-nps -m x"; do
		$c 2>&- >out; s=$?
		[ $s -ge 2 ] && [ $s -le 4 ] && [ ! -s out ] || exit 1
	done'
awk 'BEGIN { print "time\tcustomer\tkind\tvalue"; for (; i < 100000; i++)
	printf "2026-01-01\tD%d\tnps\t%d\n", i, i % 11 }' >many.tsv
awk 'BEGIN { print "id\tname"; for (; i < 100000; i++)
	printf "D%d\tn%d\n", i, i }' >list.tsv
for o in tsv csv json md; do
	# shellcheck disable=SC2016 # it is for sh
	t_ok "a reader that leaves early is no error: $o" sh -c '
	    for c in "crm-stat -o $1 many.tsv" "crm-segment -o $1 many.tsv" \
		"crm-find -o $1 id!=x list.tsv" "crm-add -n list.tsv" \
		"crm-find -j -o $1 kind!=x many.tsv"; do
		    { $c; echo $? >status; } 2>err | head -n 1 >first
		    [ -s first ] && [ ! -s err ] && [ "$(cat status)" = 0 ] ||
			{ echo "$c"; cat err status; exit 1; }
	    done' sh $o
done
t_ok 'nor where the signal of it is ignored' sh -c '
	trap "" PIPE
	for c in "crm-stat many.tsv" "crm-find id!=x list.tsv"; do
		{ $c; echo $? >status; } 2>err | head -n 1 >first
		[ ! -s err ] && [ "$(cat status)" = 0 ] || exit 1
	done'

# --- limits ---------------------------------------------------------------

# The loader itself cannot work with less than four descriptors, nor in less
# than some 5 MB: what counts is that a command ends, and with words, and that
# what it wrote before is the beginning of its answer.
limited() { # OPTION VALUES
	for value in $2; do
		while read -r c; do
			# shellcheck disable=SC2086 # words
			$c >whole </dev/null
			# shellcheck disable=SC2086 # words
			prlimit "$1=$value" $c >got 2>err </dev/null
			status=$?
			case $status in
			0) [ ! -s err ] ;;
			4 | 127) [ -s err ] &&
			    cmp -n "$(wc -c <got)" got whole &&
			    diff -r before store ;;
			*) false ;;
			esac || {
				echo "$1=$value $c: status $status"
				cat err
				return 1
			}
			[ $status -ne 4 ] || touch told
		done <<!
crm-stat many.tsv
crm-segment many.tsv
crm-report many.tsv
crm-find id!=x list.tsv
crm-find -j kind!=x many.tsv
crm-show C1
crm-import p.csv
crm-log -n --add many.tsv
crm-add -n list.tsv
!
	done
	rm told
}
t_ok 'few descriptors' limited --nofile '3 4 5 6'
t_ok 'little memory' limited --as '3000000 6000000 10000000 30000000'
t_ok 'few descriptors, and nothing is half written' sh -c '
	for n in 3 4 5 6 7; do
		for c in "crm-add -u C1 name=x" "crm-log C1 note x"; do
			rm -rf store; cp -r before store
			prlimit --nofile=$n $c 2>err && continue
			[ -s err ] && diff -r before store || exit 1
		done
	done'
rm -rf store
cp -r before store
mkdir -m 700 many
for n in $(seq 100); do
	printf 'time\tcustomer\tkind\n2026-11-01\tC1\tnote\n' \
	    >many/journal-$n.tsv
done
t_ok 'more journals than the system allows are refused' sh -c '
	prlimit --nofile=50 crm-stat -d many 2>err; [ $? -eq 4 ] &&
	grep -qx "crm-stat: many/journal-.*: Too many open files" err'

# In 60 MB of addresses, libraries and all.
endless() { # BEGINNING BYTE COMMAND...
	begin=$1 byte=$2
	shift 2
	{ printf '%b' "$begin"; head -c 300000000 /dev/zero | tr '\0' x; } \
	    2>/dev/null |
	    CRM_THREADS=1 prlimit --as=60000000 "$@" >got 2>err
	[ $? -eq 3 ] && [ "$(wc -l <got)" -le 1 ] &&
	    echo "$1: stdin: a row longer than 1 MiB begins at byte $byte" |
	    diff - err
}
for c in crm-stat crm-nps crm-log 'crm-find -j kind!=x'; do
	# shellcheck disable=SC2086 # words
	t_ok "a row of 300 MB takes no memory: $c" endless \
	    'time\tcustomer\tkind\ttext\n2026-01-01\tC1\tnote\t' 24 $c -
done
for c in crm-add 'crm-find id!=x' 'crm-stat -c'; do
	# shellcheck disable=SC2086 # words
	t_ok "nor does one of customers: $c" endless 'id\tname\nX1\t' 8 $c -
done
# A table of another program is read whole; its records have an end, too.
for quote in '' '"'; do
	t_ok "a record of 30 MB${quote:+ behind an open quote}" sh -c '
	    { printf "id,name\nX1,%s" "$1"
	    head -c 30000000 /dev/zero | tr "\0" x; } |
	    crm-import - >got 2>err
	    [ $? -eq 3 ] && [ ! -s got ] && echo "crm-import: stdin:2: a" \
	    "record longer than 1 MiB (is a quote never closed?)" |
	    diff - err' sh "$quote"
done
t_run 'ten million rows in as little' 0 sh -c '
	{ cat e.tsv; yes "$(tail -n 1 e.tsv)" | head -n 9999999; } |
	CRM_THREADS=1 prlimit --as=60000000 crm-stat - | cut -f 1,4,21' <<'!'
id	events	nps
C1	10000000	9
!

# --- signals --------------------------------------------------------------

printf 'time\tcustomer\tkind\ttext\n' >load.tsv
yes '2026-01-01	C1	note	LOAD' | head -n 30000 >>load.tsv
t_ok 'whatever asks it to end, a load is whole or not at all' sh -c '
	for signal in TERM INT HUP QUIT; do
	for delay in 0 0.002 0.005 0.01 0.02 0.03; do
		rm -rf store; cp -r before store
		crm-log load.tsv 2>err & sleep $delay
		kill -$signal $! 2>kill; wait $!
		n=$(grep -c LOAD store/journal.tsv)
		[ "$n" -eq 0 ] || [ "$n" -eq 30000 ] || exit 1
		crm-log C1 note after || exit 1
		left=$(ls -A store | grep -v "^.journal.tsv.grown$")
		[ "$(echo $left)" = \
		    ".lock customers.tsv journal.tsv settings.tsv" ] || exit 1
	done; done'
rm -rf store
cp -r before store

# --- the environment ------------------------------------------------------

for mask in 000 077; do
	t_run "umask $mask: nobody else may read what is made" 0 sh -c "
	    umask $mask; rm -rf made bad; crm-add -d made name=x >out
	    crm-log -d made C1 note x; crm-add -d made -u C1 name=y
	    printf x >>made/journal.tsv; crm-log -d made C1 note y 2>err
	    printf 'id,name\nX 1,a\n' >bad.csv
	    crm-import -d made --reject bad bad.csv >out 2>err
	    stat -c '%a %n' made made/* made/.lock bad" <<'!'
700 made
600 made/customers.tsv
600 made/journal.tsv
600 made/journal.tsv.torn
600 made/settings.tsv
600 made/.lock
600 bad
!
done
for c in crm-add crm-log crm-find crm-show crm-import; do
	# shellcheck disable=SC2016 # it is for sh
	t_ok "not even a name for an argument: $c" sh -c '
	    "$1/../fault/bare" "$1/$2" >got 2>err
	    [ $? -eq 2 ] && [ ! -s got ] && grep -q "^usage: $2 " err' \
	    sh "$bin" "$c"
done
t_ok 'nor for those that need none' sh -c '
	for c in stat nps segment report; do
		"$1/../fault/bare" "$1/crm-$c" >got 2>err && [ -s got ] || exit 1
	done' sh "$bin"
d=$(printf 'a  b\n"c\\')
t_ok 'blanks, quotes and newlines in CRM_DIR, no HOME, no PATH' sh -c '
	env -i CRM_DIR="$2" "$1/crm-add" name=Bo >got &&
	env -i CRM_DIR="$2" "$1/crm-log" C1 note x &&
	env -i CRM_DIR="$2" "$1/crm-find" Bo | grep -q "^C1" &&
	[ -f "$2/journal.tsv" ]' sh "$bin" "$d"

# Ids that a plain hash (33 times the hash so far, plus the byte; only the
# first, or only the last eight bytes) puts in one place: without a key each
# of them would be compared with all.
awk 'BEGIN {
	print "time\tcustomer\tkind\tvalue"
	for (i = 0; i < 131072; i++) {
		id = ""
		for (b = 1; b <= 65536; b *= 2)
			id = id (int(i / b) % 2 ? "Ez" : "FY")
		print "2026-01-01\t" id "\tnps\t9"
		printf "2026-01-01\tAAAAAAAA%06x\tnps\t9\n", i
		printf "2026-01-01\t%06xAAAAAAAA\tnps\t9\n", i
		printf "2026-01-01\t%.0f\tnps\t9\n", i * 65536
	}
}' >collide.tsv
t_run 'ids made to collide in a hash are found as fast' 0 sh -c '
	CRM_THREADS=1 timeout 10 crm-stat collide.tsv | wc -l
	timeout 10 crm-nps --latest collide.tsv | cut -f 2' <<'!'
524289
n
524288
!

# Where dotless i is the small form of I: made here where the system can.
mkdir locale
localedef -i tr_TR -f UTF-8 locale/tr_TR.UTF-8 2>/dev/null || :
t_run 'Turkish: ids, keywords and addresses fold ASCII only' 0 env \
    LOCPATH="$PWD/locale" LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 sh -c '
	rm -rf tr; crm-add -d tr id=I1 email=INFO@X.EXAMPLE name=ILGIN
	crm-add -d tr email=info@x.example 2>&1
	crm-log -d tr info@X.example visit 15 && crm-find -d tr -n ilgin
	crm-find -d tr -jn "kind = visit and value = 15"' <<'!'
I1
crm-add: email: already in line 2, of I1: "INFO@X.EXAMPLE"
1
1
!

t_done
