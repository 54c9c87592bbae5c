#!/bin/sh
# Tables that are none, or nearly: what every command that reads tables must
# say of them, and that nothing of them is stored or totalled.  The order is
# that of crm(5).  What spreadsheets make of CSV is in crm-import.t.
. "$(dirname "$0")/../lib.sh"

crm-add id=C1 name=Anna >/dev/null
crm-log C1 note first
cp -r store before
t='time\tcustomer\tkind\tvalue'
o='2026-01-01\tC1\torder\t5'
p='id\tname'
b='X1\tBo'
printf "$t\n$o\n" >good.tsv

# Each COMMAND must end with status 3 and WORDS behind its name, and print no
# more than a header; the store stays as it was, byte for byte.
refused() { # NAME WORDS COMMAND...
	r_name=$1 r_words=$2 r_good=yes
	shift 2
	for r_command; do
		# shellcheck disable=SC2086 # words
		$r_command >got 2>err </dev/null
		r_status=$?
		{ printf '%s\n' "$r_words" |
		    sed "s/^/${r_command%% *}: /" | diff - err &&
		    [ $r_status -eq 3 ] && [ "$(wc -l <got)" -le 1 ] &&
		    diff -r before store; } >>"$t_dir/diffs" 2>&1 ||
		    { r_good=no; echo "$r_command: status $r_status" \
		    >>"$t_dir/diffs"; }
	done
	t_report "$r_name" $r_good
}

events() { # NAME WORDS TABLE
	printf '%b' "$3" >e.tsv
	refused "$1: events" "e.tsv$2" 'crm-stat e.tsv' 'crm-log e.tsv' \
	    'crm-nps e.tsv' 'crm-find -j kind!=x e.tsv'
}

people() { # NAME WORDS TABLE
	printf '%b' "$3" >p.tsv
	refused "$1: customers" "p.tsv$2" 'crm-add p.tsv' \
	    'crm-find id!=x p.tsv' 'crm-stat -c p.tsv good.tsv'
}

# Both tables are good: one event of C1, one customer X1.
taken() { # NAME EVENTS CUSTOMERS
	printf '%b' "$2" >e.tsv
	printf '%b' "$3" >p.tsv
	t_run "$1" 0 sh -c 'crm-stat e.tsv | cut -f 1,4,15
	    crm-log -n e.tsv; crm-add -n p.tsv; crm-find -n "name = Bo" p.tsv
	    crm-stat -c p.tsv e.tsv | cut -f 1' <<'!'
id	events	revenue
C1	1	5.00
X1
1
id
!
}

events 'an empty file' ': empty: the header line is missing' ''
people 'an empty file' ': empty: the header line is missing' ''
events 'an empty line for a header' ':1: the header line is missing' "\n$o\n"
people 'an empty line for a header' ':1: the header line is missing' "\n$b\n"
t_run 'a header alone is a table without rows' 0 sh -c '
	sed -n 1p good.tsv >h.tsv; crm-log h.tsv; crm-nps h.tsv
	crm-segment h.tsv; crm-find -n "kind != x" h.tsv; printf "id\n" |
	crm-add -' <<'!'
group	n	promoters	passives	detractors	nps	low	high
all	0	0	0	0			
id	name	orders	net	last_order	share	abc	r	f	m	rfm	segment	stage	key
C1	Anna	0	0.00			C						lead	no
0
!
taken 'no end of the last line' "$t\n$o" "$p\n$b"

for zeros in '\0000\0000\0000' 'C1\torder\0000\0000\0000'; do
	cp -r before torn
	printf '%b' "$zeros" >>torn/journal.tsv
	printf '%b' "$zeros" >>torn/customers.tsv
	n=$(printf '%b' "$zeros" | wc -c)
	t_run "NULs after a power cut are no row: $zeros" 0 sh -c '
		crm-stat -d torn | cut -f 1,4
		crm-find -d torn -n "id != x"' <<'!'
id	events
C1	1
1
!
	for said in stat:journal find:customers; do
		echo "crm-${said%:*}: torn/${said#*:}.tsv:" \
		    "$n bytes at the end are no whole row"
	done >said
	t_ok '... and told of' diff said err
	t_run '... a writer puts them aside' 0 sh -c '
		crm-log -d torn C1 note new && crm-add -d torn name=Bo &&
		cat torn/journal.tsv.torn torn/customers.tsv.torn |
		    tr -d "\0" | tr "\t" " "
		crm-find -d torn -j -n "kind = note"' <<!
C2
$(printf '%b' "$zeros" | tr -d '\0' | tr '\t' ' ')
$(printf '%b' "$zeros" | tr -d '\0' | tr '\t' ' ')
2
!
	rm -rf torn
done

# The small tables, which are written by hand.  The last lines are sound but
# for their end.
mkdir -m 700 hand
printf 'id\tname\ttags\nC1\tAnna\tblocked' >hand/customers.tsv
printf 'time\tcustomer\tkind\ttopic\n2026-11-01\tC1\tdeal\twon\n' \
    >hand/journal.tsv
printf 'key\tvalue\ntimezone\tAsia/Tokyo' >hand/settings.tsv
printf 'old\tnew\ttime\tfilled\nC2\tC1\t2026-01-01\t' >hand/aliases.tsv
printf 'metric\ttarget\tdue\nnps\t40\t2026-12-31' >hand/goals.tsv
printf 'segment\tr\tf\tm\nbest\t5\t5\t5' >hand/segments.tsv
printf 'stage\tprobability\nnew\t10\nwon\t90' >hand/stages.tsv
for case in 'consent settings:19 aliases:17 customers:15' \
    'segment settings:19 aliases:17 customers:15 segments:10' \
    'watch settings:19 aliases:17 goals:17 customers:15' \
    'funnel settings:19 aliases:17 stages:6'; do
	command=crm-${case%% *}
	for file in ${case#* }; do
		echo "$command: hand/${file%:*}.tsv: ${file#*:} bytes at" \
		    "the end are no whole row"
	done >said
	t_ok "a last line without its end is told of: $command" sh -c \
	    "$command -d hand 2>&1 >/dev/null | grep -v unknown: | diff said -"
done
t_err 'a stage that is none: why is told, too' 3 \
    'crm-funnel: hand/settings.tsv: 19 bytes at the end are no whole row
crm-funnel: hand/aliases.tsv: 17 bytes at the end are no whole row
crm-funnel: hand/stages.tsv: 6 bytes at the end are no whole row
crm-funnel: hand/journal.tsv:2: topic: unknown: "won"' crm-funnel -d hand

mkdir -m 700 many
printf 'id\nC1\n' >many/customers.tsv
for n in $(seq 100); do
	printf 'time\tcustomer\tkind\n2026-11-01\tC1\tnote\n' \
	    >many/journal-$n.tsv
done
t_run 'more journals than files may be open, unless asked for' 0 sh -c '
	ulimit -Sn 50; crm-stat -d many | cut -f 1,4 && crm-forget -d many C1 &&
	crm-stat -d many | cut -f 4' <<'!'
id	events
C1	100
events
100
!

events 'a NUL in a row' ':2: kind: NUL byte: "or\x00der"' \
    "$t\n2026-01-01\tC1\tor\0000der\t5\n"
people 'a NUL in a row' ':2: name: NUL byte: "B\x00o"' "$p\nX1\tB\0000o\n"
taken 'line ends of DOS' "$t\r\n$o\r\n" "$p\r\n$b\r\n"
taken 'mixed line ends' "$t\r\n$o\n" "$p\n$b\r\n"
events 'a lone CR' ':2: kind: carriage return in a field: "or\x0dder"' \
    "$t\n2026-01-01\tC1\tor\rder\t5\n"
people 'a lone CR' ':2: name: carriage return in a field: "B\x0do"' \
    "$p\nX1\tB\ro\n"
people 'line ends of an old Macintosh' \
    ':1: control character in a column name: "name\x0dX1"' "$p\r$b\r"
mark='\0357\0273\0277'
taken 'a byte order mark' "$mark$t\n$o\n" "$mark$p\n$b\n"
printf '%b' "$p\n$mark$b\n" >p.tsv
refused 'a mark that is not at the start' \
    'p.tsv:2: id: not an id: "\xef\xbb\xbfX1"' 'crm-add p.tsv' \
    'crm-stat -c p.tsv good.tsv'
for utf16 in '\0377\0376i\0000d\0000\n\0000' '\0376\0377\0000i\0000d\0000\n' \
    'i\0000d\0000\n\0000' '\0000i\0000d\0000\n'; do
	events "UTF-16, $utf16" ': UTF-16: it must be UTF-8' "$utf16"
	people "UTF-16, $utf16" ': UTF-16: it must be UTF-8' "$utf16"
done
events 'a blank line' ':3: blank line' "$t\n$o\n\n$o\n"
people 'a blank line' ':2: blank line' "$p\n\n$b\n"
people 'a blank line of DOS' ':2: blank line' "$p\r\n\r\n$b\r\n"
people 'a line of TABs' ':3: blank line' "$p\n$b\n\t\n"
printf '%b' "$t\n\t\t\t\n" >e.tsv
refused 'a line of TABs: events' 'e.tsv:2: blank line' 'crm-log e.tsv'
refused 'a line of TABs: a journal' 'e.tsv:2: time: not a time: ""' \
    'crm-stat e.tsv' 'crm-find -j kind!=x e.tsv'
events 'too few fields' ':2: too few fields: 3, not 4' \
    "$t\n2026-01-01\tC1\torder\n$o\n"
people 'too few fields' ':2: too few fields: 1, not 2' "$p\nX1\n"
events 'too many fields' ':3: too many fields: 5, not 4' "$t\n$o\n$o\t\n"
people 'too many fields' ':2: too many fields: 3, not 2' "$p\n$b\tx\n"
events 'a column twice' ':1: duplicate column: "value"' \
    "$t\tvalue\n$o\t5\n"
people 'a column twice' ':1: duplicate column: "name"' "$p\tname\n$b\tx\n"
events 'a column missing' ':1: missing column: "kind"' \
    'time\tcustomer\n2026-01-01\tC1\n'
printf 'name\nBo\n' >p.tsv
refused 'a column missing: customers' 'p.tsv:1: missing column: "id"' \
    'crm-add -u p.tsv' 'crm-stat -c p.tsv good.tsv'
t_run 'other columns, another order' 0 sh -c '
	printf "shoe\tvalue\tkind\tcustomer\ttime\n40\t5\torder\tC1\t2026-01-01\n" |
	crm-stat - | cut -f 1,4,15; printf "shoe\tname\tid\n40\tBo\tX1\n" |
	crm-find "name = Bo" -' <<'!'
id	events	revenue
C1	1	5.00
shoe	name	id
40	Bo	X1
!
events 'a blank in a column name' \
    ':1: blank in a column name (is this a table with TABs?): "sold to"' \
    "$t\tsold to\n$o\tx\n"
people 'a table with blanks' \
    ':1: blank in a column name (is this a table with TABs?): "id name"' \
    'id name\nX1 Bo\n'
people 'a column without a name' ':1: column 3 has no name' "$p\t\n$b\tx\n"


printf '%b' "$p\n$b\nX2\tCy\n$b\n" >p.tsv
refused 'an id twice, both lines named' \
    'p.tsv:4: id: already in line 2: "X1"' 'crm-add p.tsv' \
    'crm-consent good.tsv p.tsv' 'crm-profile p.tsv'
printf '%b' "$p\n$b\nX2\tCy\nX1\tCy\n" >p.tsv
refused 'an id twice in a set, of two groups' \
    'p.tsv:4: name: not as in line 2: "Cy"' 'crm-nps --by name -c p.tsv good.tsv'
cp -r before twice
tail -n 1 twice/customers.tsv >>twice/customers.tsv
refused 'an id twice, in the store' \
    'twice/customers.tsv:3: id: already in line 2: "C1"' \
    'crm-add -d twice name=x' 'crm-add -d twice -u C1 name=x' \
    'crm-show -d twice C1' 'crm-segment -d twice' 'crm-report -d twice'
t_run 'ids that differ in case are two' 0 sh -c \
    'printf "id\tname\nx1\tBo\nX1\tCy\n" | crm-add -n -' <<'!'
x1
X1
!
events 'an unknown escape' ':2: kind: unknown escape: "or\qder"' \
    "$t\n2026-01-01\tC1\tor\\\\qder\t5\n"
people 'an unknown escape' ':2: name: unknown escape: "B\qo"' \
    "$p\nX1\tB\\\\qo\n"
events 'a backslash at the end' ':2: value: unknown escape: "5\"' \
    "$t\n2026-01-01\tC1\torder\t5\\\\\n"
people 'a backslash at the end' ':2: name: unknown escape: "Bo\"' \
    "$p\nX1\tBo\\\\\n"
people 'a backslash before the TAB' ':2: id: unknown escape: "X1\"' \
    "$p\nX1\\\\\tBo\n"
printf 'id\tcreated\tbirthday\n1\t45987\t\n2\t\t4.9E+10\n' >p.tsv
refused 'what spreadsheets make of days: customers' \
    'p.tsv:2: created: not a day: "45987"
p.tsv:3: birthday: not a birthday: "4.9E+10"' 'crm-add p.tsv'
printf '%b' "$t\n45987\tC1\torder\t5\n2026-01-01\tC1\torder\t4.9E+10\n" >e.tsv
refused 'what spreadsheets make of days and sums: a journal' \
    'e.tsv:2: time: not a time: "45987"
e.tsv:3: value: not a number: "4.9E+10"' 'crm-stat e.tsv' 'crm-nps e.tsv'
t_run 'a line that begins with # is data' 0 sh -c \
    'printf "id\tname\n#X1\t# no comment\n" | crm-add -' <<'!'
#X1
!

before_that() {
	rm -rf store
	cp -r before store
}

before_that
longest=$(printf %065536d 0)
printf "id\tnote\nX1\t$longest\n" >p.tsv
printf "${t%value}text\n2026-01-01\tX1\tnote\t$longest\n" >e.tsv
t_run 'a field of 64 KiB is the longest that is stored' 0 sh -c '
	crm-add p.tsv; crm-log e.tsv
	crm-find -j "customer = X1" | sed 1d | cut -f 11 | wc -c' <<'!'
X1
65537
!
before_that
printf "$p\nX1\t0$longest\n" >p.tsv
shown=$(printf %080d 0)
refused 'one of a byte more is not: customers' \
    "p.tsv:2: name: longer than 64 KiB: \"$shown...\"" 'crm-add p.tsv'
printf "${t%value}text\n2026-01-01\tC1\tnote\t0$longest\n" >e.tsv
refused 'one of a byte more is not: events' \
    "e.tsv:2: text: longer than 64 KiB: \"$shown...\"" 'crm-log e.tsv'
events 'what a merge leaves' ':2: merge conflict marker: "<<<<<<< HEAD"
e.tsv:4: merge conflict marker: "======="
e.tsv:6: merge conflict marker: ">>>>>>> other"' \
    "$t\n<<<<<<< HEAD\n$o\n=======\n$o\n>>>>>>> other\n"
people 'what a merge leaves' ':2: merge conflict marker: "<<<<<<< HEAD"
p.tsv:4: merge conflict marker: "======="
p.tsv:6: merge conflict marker: ">>>>>>> other"' \
    "$p\n<<<<<<< HEAD\n$b\n=======\nX2\tCy\n>>>>>>> other\n"
events 'what a merge leaves above the header' \
    ':1: merge conflict marker: "<<<<<<< HEAD"' "<<<<<<< HEAD\n$t\n$o\n"
people 'what a merge leaves above the header' \
    ':1: merge conflict marker: "<<<<<<< HEAD"' "<<<<<<< HEAD\n$p\n$b\n"

# The characters that are none: shown in messages as the bytes they are.
for bytes in 377 200 300.257 340.200.257 355.240.200 364.220.200.200 303 \
    370.210.200.200.200 355.237.277.355.240.200; do
	raw=$(echo "$bytes" | sed 's/[0-9]*/\\0&/g; s/\.//g')
	bad=$(printf '%b' "$raw" | od -An -tx1 | sed 's/ /\\x/g')
	case $bytes in 355.237*) bad=$(printf '\355\237\277')'\xed\xa0\x80' ;; esac
	events "not UTF-8, $bytes" ":2: text: not UTF-8: \"a${bad}b\"" \
	    "$t\ttext\n$o\ta${raw}b\n"
	people "not UTF-8, $bytes" ":2: name: not UTF-8: \"a${bad}b\"" \
	    "$p\nX1\ta${raw}b\n"
done
people 'not UTF-8 in a header' ':1: not UTF-8: "id\x09na\xffme"' \
    'id\tna\0377me\nX1\tBo\n'
events 'eleven bad rows: ten are told' "$(seq -f \
    ':%.0f: too few fields: 1, not 4' 2 11 | sed '2,$s/^/e.tsv/')" \
    "$t\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\n"

t_done
