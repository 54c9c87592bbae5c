#!/bin/sh
# Numbers and days that are none, in a journal and in a table of crm-stat: no
# figure is made of them.  What crm-log says of them is in crm-log.t.
. "$(dirname "$0")/../lib.sh"

columns='time\tcustomer\tkind\ttone\tvalue\tdue\tref\n'

# Every command that totals a journal must say the WORDS, and print nothing.
stops() { # NAME WORDS ROW
	s_name=$1 s_words=$2
	{
		printf '%b' "$columns"
		printf '2026-01-01\tC1\torder\t\t5\t\t\n'
		printf '%s\n' "$3" | tr '|' '\t'
	} >e.tsv
	for c in 'crm-stat e.tsv' 'crm-nps e.tsv' 'crm-segment e.tsv' \
	    'crm-report -p 2026-01 e.tsv' 'crm-find -n -j kind!=x e.tsv'; do
		# shellcheck disable=SC2086 # words
		$c >got 2>err </dev/null
		s_got=$?
		{ [ $s_got -eq 3 ] && [ ! -s got ] &&
		    echo "${c%% *}: e.tsv:3: $s_words" | diff - err; } \
		    >said 2>&1 || { echo "$c: status $s_got"; cat said got; } \
		    >>"$t_dir/diffs"
	done
	if [ -s "$t_dir/diffs" ]; then
		t_report "$s_name" no
	else
		t_report "$s_name" yes
	fi
}

revenue() { # VALUE: what crm-stat makes of an order of it
	printf '%b2026-01-01\tC1\torder\t\t%s\t\t\n' "$columns" "$1" |
	    crm-stat - | cut -f 15 | sed 1d
}

for v in 11 -1 7.5 ten 7_ +7 007 1e1 '7 ' ' 7' ٧ -0; do
	stops "a score: $v" "value: not a score from 0 to 10: \"$v\"" \
	    "2026-01-02|C1|nps||$v||"
done
stops 'a satisfaction' 'value: not a score from 1 to 5: "0"' \
    '2026-01-02|C1|csat||0||'
stops 'an effort' 'value: not a score from 1 to 7: "8"' \
    '2026-01-02|C1|ces||8||'
for v in nan inf -inf infinity 0x1p3 1e400 1e3 1.234.56 5. .5 \
    +5 '1 000' 1_000 00012 ٣ 5€ '"5"'; do
	stops "an amount: $v" "value: not a number: \"$v\"" \
	    "2026-01-02|C1|order||$v||"
done
for v in -5 -0 -0.00; do
	stops "an amount below zero: $v" "value: negative: \"$v\"" \
	    "2026-01-02|C1|order||$v||"
done
for v in 1,50 1.234,56; do
	stops "an amount: $v" \
	    "value: not a number with a decimal point: \"$v\"" \
	    "2026-01-02|C1|order||$v||"
done
stops 'an amount that is too large' 'value: too large: "100000000000000"' \
    '2026-01-02|C1|order||100000000000000||'
stops 'an amount with too many decimals' \
    'value: more than 4 decimals: "1.00005"' '2026-01-02|C1|order||1.00005||'
stops 'an amount that is missing' 'value: missing: ""' \
    '2026-01-02|C1|order||||'
for v in 3 -3 +1 1.0 good; do
	stops "a tone: $v" "tone: not a tone from -2 to 2: \"$v\"" \
	    "2026-01-02|C1|in|$v|||"
done
for v in 2026-02-30 1900-02-29 2026-13-01 2026-00-10 2026-01-00 0000-01-01 \
    1899-12-31 10000-01-01 26-1-5 2026-1-5 20260105 01/05/2026 5.1.2026 \
    '2026-01-05 ' ' 2026-01-05' '2026-01-05 10:00:00' 2026-01-05T10:00 \
    2026-01-05T10:00:00 2026-01-05t10:00:00z 2026-01-05T10:00:61Z \
    2026-01-05T24:00:00Z 2026-01-05T10:60:00Z 2026-01-05T10:00:00+24:00 \
    2026-01-05T10:00:00+01 2026-01-05T10:00:00Zx \
    1900-01-01T00:00:00+14:00 9999-12-31T23:59:59-12:00 45987 ''; do
	stops "a time: $v" "time: not a time: \"$v\"" "$v|C1|note||||"
done
for v in 2026-02-30 26-1-5 tomorrow; do
	stops "a day: $v" "due: not a day: \"$v\"" "2026-01-02|C1|todo|||$v|x"
done
stops 'a kind' 'kind: unknown: "ordr" (did you mean "order"?)' \
    '2026-01-02|C1|ordr||5||'
stops 'a customer' 'customer: not an id: "C 1"' '2026-01-02|C 1|order||5||'

# What is read, and exactly.
t_run 'amounts are exact' 0 sh -c '
	columns='"'$columns'"'
	{ printf "$columns"; for i in 1 2 3 4 5 6 7 8 9 10; do
	printf "2026-01-01\tC1\torder\t\t19.99\t\t\n"
	printf "2026-01-01\tC2\torder\t\t0.0001\t\t\n"; done
	printf "2026-01-01\tC3\torder\t\t99999999999999.9999\t\t\n"; } |
	crm-stat - | cut -f 1,15' <<'!'
id	revenue
C1	199.90
C2	0.001
C3	99999999999999.9999
!
t_ok 'one amount too many is an error, not another amount' sh -c '
	{ printf "time\tcustomer\tkind\tvalue\n"
	yes "2026-01-01	C1	order	99999999999999.9999" | head -n 10; } >b.tsv
	crm-stat b.tsv >got 2>err; [ $? -eq 3 ] && [ ! -s got ] &&
	grep -qx "crm-stat: revenue: the sum is too large: \"C1\"" err'
t_run 'a leap second is the one before; fractions are cut off' 0 sh -c '
	printf "time\tcustomer\tkind\n2026-12-31T23:59:60Z\tC1\tnote\n" >l.tsv
	printf "2026-12-31T23:59:59.999Z\tC1\tnote\n" >>l.tsv
	crm-stat l.tsv | cut -f 2-4' <<'!'
first	last	events
2026-12-31T23:59:59Z	2026-12-31T23:59:59Z	2
!

# Options behind operands would be taken for tables, ids and texts.
late() { # COMMAND...: what is said of the last word
	for late_word; do :; done
	"$@" >got 2>err
	[ $? -eq 2 ] && [ ! -s got ] && grep -qxF "$1: options come before \
operands, -- ends them: \"$late_word\"" err
}
t_ok 'an option behind a table' late crm-stat - -a
t_ok 'one with its argument in it' late crm-stat - --output=csv
t_ok 'an option behind an id' late crm-forget C1 -n
t_ok 'an option behind a condition' late crm-find 'id = C1' --count
t_ok 'an option behind fields' late crm-add name=x --dry-run
t_ok '--help behind an operand' late crm-show C1 --help
said() { # WORDS COMMAND...: of a wrong command line
	said_words=$1
	shift
	"$@" >got 2>err
	[ $? -eq 2 ] && [ ! -s got ] && head -n 1 err | grep -qxF "$said_words"
}
t_ok 'no format' said \
    'crm-stat: unknown format: "xml" (tsv, table, csv, json or md)' \
    crm-stat -o xml -
t_ok 'no time for colour' said \
    'crm-stat: unknown --color: "red" (always, never or auto)' \
    crm-stat --color=red -
t_err 'behind -- it is a name' 4 \
    'crm-stat: -a: No such file or directory' crm-stat -- -a

# Periods, days and zones of the command line.
printf 'time\tcustomer\tkind\n2026-01-01\tC1\tnote\n' >e.tsv
for v in 2026-02-30 2026-W54 2026-W00 2027-W53 2026-Q5 2026-13 0d 99999999999d \
    30d..x x 1899 10000 '' ' 2026' '2026 ' 2026-1; do
	t_err "no period: '$v'" 2 "crm-stat: not a period (2026, 2026-Q4, \
2026-11, last-week, 30d, A..B ...): \"$v\"" \
	    crm-stat -p "$v" e.tsv
done
t_err 'an end before the beginning' 2 \
    'crm-stat: period ends before it begins: "2026-02..2026-01"' \
    crm-stat -p 2026-02..2026-01 e.tsv
for v in 2026-02-30 x ''; do
	t_err "no day: '$v'" 2 "crm-stat: not a day: \"$v\"" \
	    crm-stat --as-of "$v" e.tsv
done
for v in Nonsense /etc/passwd ../../etc/passwd Europe; do
	t_err "no zone: $v" 2 "crm-stat: unknown time zone: \"$v\"" \
	    env TZ=$v crm-stat e.tsv
done
t_err 'no clock' 2 'crm-stat: CRM_NOW: not a day or time: "noon"' \
    env CRM_NOW=noon crm-stat e.tsv
t_run 'a clock that was set back is no matter' 0 sh -c '
	crm-add id=C1 >ids; crm-log C1 note now
	CRM_NOW=1970-01-01 crm-log C1 note then
	CRM_NOW=1970-01-01 crm-stat | cut -f 2-4' <<'!'
first	last	events
1970-01-01T00:00:00Z	2026-11-21T12:00:00Z	2
!

t_done
