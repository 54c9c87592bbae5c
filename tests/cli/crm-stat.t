#!/bin/sh
# crm-stat, from the outside: figures, merging, options, words and statuses.
. "$(dirname "$0")/../lib.sh"

t_table() { # rows of words to a table with TABs; "." is an empty field
	awk '{ for (i = 1; i <= NF; i++) { if ($i == ".") $i = ""
		printf "%s%s", $i, i < NF ? "\t" : "\n" } }'
}

t_table >j.tsv <<'!'
time customer kind channel tone value due ref topic by text
2026-01-05T10:00:00Z C2 order shop . 10.50 . R1 . . .
2026-01-03T10:00:00Z C2 order shop . 1 . R2 . . .
2026-01-03T12:00:00Z C2 order shop . 2.0001 . R3 . . .
2026-02-01T09:00:00Z C10 in phone -1 4.5 . . . anna .
2026-02-02T09:00:00Z C10 complaint phone . . . K1 delivery . .
2026-02-03T09:00:00Z C10 solve . . . . K1 . . .
2026-02-04T09:00:00Z C10 nps . . 9 . . . . .
2026-02-04T09:00:00Z C10 nps . . 4 . . . . .
2026-02-05T09:00:00Z C10 cost . . 3 . . service . .
2026-02-05T09:00:00Z C10 cost . . 4 . . gift . .
2026-02-06T09:00:00Z C2 refund . . 0.50 . R1 . . .
2026-03-01T09:00:00Z . web . . . . . . . .
2026-03-02T09:00:00Z C10 leave . . . . . price . .
!

head='id first last events contacts minutes last_contact tone tone_time orders order_days first_order last_order first_spend revenue refunds cost service_cost cases solved nps nps_time csat csat_time state state_time'
cat >words <<!
$head
. 2026-03-01T09:00:00Z 2026-03-01T09:00:00Z 1 0 0.00 . . . 0 0 . . 0.00 0.00 0.00 0.00 0.00 0 0 . . . . . .
C10 2026-02-01T09:00:00Z 2026-03-02T09:00:00Z 8 2 4.50 2026-02-02T09:00:00Z -1 2026-02-01T09:00:00Z 0 0 . . 0.00 0.00 0.00 7.00 3.00 1 1 4 2026-02-04T09:00:00Z . . leave 2026-03-02T09:00:00Z
C2 2026-01-03T10:00:00Z 2026-02-06T09:00:00Z 4 0 0.00 . . . 3 2 2026-01-03 2026-01-05 3.0001 13.5001 0.50 0.00 0.00 0 0 . . . . . .
!
t_table <words >all.tsv

t_run 'each customer has a row, in byte order' 0 crm-stat j.tsv <all.tsv

t_table <<'!' >only.tsv
id
C10
!
t_table <words | sed '/^\(	\|C2	\)/d' >c10.tsv
t_run 'customers are chosen by a list' 0 crm-stat -c only.tsv j.tsv <c10.tsv
t_run 'a condition chooses events' 0 crm-stat -w 'kind = order and value > 2' j.tsv <<!
$(printf '%s\n' "$head" | t_table)
$(echo 'C2 2026-01-03T12:00:00Z 2026-01-05T10:00:00Z 2 0 0.00 . . . 2 2 2026-01-03 2026-01-05 2.0001 12.5001 0.00 0.00 0.00 0 0 . . . . . .' | t_table)
!
t_run 'a period counts what is in it' 0 crm-stat -p 2026-02 j.tsv <<!
$(printf '%s\n' "$head" | t_table)
$(echo 'C10 2026-02-01T09:00:00Z 2026-02-05T09:00:00Z 7 2 4.50 2026-02-02T09:00:00Z -1 2026-02-01T09:00:00Z 0 0 . . 0.00 0.00 0.00 7.00 3.00 1 1 4 2026-02-04T09:00:00Z . . . .' | t_table)
$(echo 'C2 2026-02-06T09:00:00Z 2026-02-06T09:00:00Z 1 0 0.00 . . . 0 0 . . 0.00 0.00 0.50 0.00 0.00 0 0 . . . . . .' | t_table)
!
t_ok 'as of a day, later events are not known' sh -c '
	crm-stat --as-of 2026-01-31 j.tsv | cut -f1,4 >got
	printf "id\tevents\nC2\t3\n" | cmp - got'
t_run 'an empty journal is a table without rows' 0 sh -c '
	head -n 1 j.tsv | crm-stat -' <<!
$(printf '%s\n' "$head" | t_table)
!

# --- merging --------------------------------------------------------------

crm-stat -p ..2026-01 j.tsv >jan.tsv
crm-stat -p 2026-02.. j.tsv >later.tsv
t_run 'tables merge to what the whole journal gives' 0 \
	crm-stat jan.tsv later.tsv <all.tsv
t_run 'in any order' 0 crm-stat later.tsv jan.tsv <all.tsv
t_run 'and in any grouping' 0 sh -c 'crm-stat later.tsv | crm-stat jan.tsv -' <all.tsv
{ head -n 1 j.tsv; grep '^2026-0[23]' j.tsv; } >rest.tsv
t_run 'journals and tables mix' 0 crm-stat rest.tsv jan.tsv <all.tsv
t_run 'a table that repeats its header is one table' 0 sh -c '
	cat jan.tsv later.tsv | crm-stat -' <all.tsv

t_err 'order days that overlap are refused' 3 \
	'crm-stat: order_days: tables overlap in more than one day: "C2"' \
	crm-stat jan.tsv jan.tsv
t_err 'a day inside the span of a table too' 3 \
	'crm-stat: order_days: tables overlap in more than one day: "C2"' \
	sh -c 'printf "time\tcustomer\tkind\tvalue\n2026-01-04\tC2\torder\t1\n" | crm-stat jan.tsv -'
t_ok 'partial tables merge whatever their days' sh -c '
	sed -n "1p;2p;4p" j.tsv >a.tsv; sed -n "1p;3p;5,\$p" j.tsv >b.tsv
	crm-stat --partial a.tsv >a.stat; crm-stat --partial b.tsv >b.stat
	crm-stat a.stat b.stat | cmp - all.tsv'

t_err 'a table has no single events for -p' 2 \
	"$(echo 'crm-stat: -p cannot look into a table of crm-stat'; crm-stat --help | sed '/^One/,$d;/^one/,$d')" \
	crm-stat -p 2026 jan.tsv
t_err 'nor for -w' 2 \
	"$(echo 'crm-stat: -w cannot look into a table of crm-stat'; crm-stat --help | sed '/^One/,$d;/^one/,$d')" \
	crm-stat -w 'value > 1' jan.tsv
t_err 'an as-of before what a table has seen is refused' 3 \
	'crm-stat: later.tsv:4: last: after the as-of: "2026-02-06T09:00:00Z"' \
	sh -c 'sed /web/d later.tsv | sed "2,3s/2026-03-../2026-02-01/g" >x; mv x later.tsv; crm-stat --as-of 2026-02-05 later.tsv'

change() { # COLUMN VALUE: jan.tsv with one field changed
	awk -F'\t' -v OFS='\t' -v c="$1" -v v="$2" 'NR == 2 { $c = v } 1' jan.tsv >bad.tsv
}
bad() { # NAME COLUMN VALUE WORDS
	change "$2" "$3"
	t_err "$1" 3 "crm-stat: bad.tsv:2: $4" crm-stat bad.tsv
}
bad 'a time that is none' 2 x 'first: not a time: "x"'
bad 'a count that is none' 4 1.5 'events: not a whole number: "1.5"'
bad 'a sum that is none' 15 1,5 'revenue: not a number with a decimal point: "1,5"'
bad 'a day that is none' 12 2026-02-30 'first_order: not a day: "2026-02-30"'
bad 'a state that is none' 25 gone 'state: unknown: "gone"'
for score in '8 tone -3 3' '21 nps -1 11' '23 csat 0 6'; do
	# shellcheck disable=SC2086
	set -- $score
	bad "a $2 that is too small" "$1" "$3" "$2: too small: \"$3\""
	bad "a $2 that is too large" "$1" "$4" "$2: too large: \"$4\""
done
bad 'a score without a time' 23 5 'csat: does not fit its time: "5"'
bad 'the time of a score that is none' 22 2026-01-01T00:00:00Z 'nps: does not fit its time: ""'
bad 'the time of a state that is none' 26 2026-01-01T00:00:00Z 'state: does not fit its time: ""'
bad 'an id that is none' 1 'a b' 'id: not an id: "a b"'
t_err 'more order days than orders' 3 \
	'crm-stat: bad.tsv:2: order_days: does not fit the orders: "9"' \
	sh -c 'awk -F"\t" -v OFS="\t" "NR == 2 { \$4 = \$11 = 9 } 1" jan.tsv >bad.tsv; crm-stat bad.tsv'
bad 'more order days than events' 11 9 'order_days: more than there are events: "9"'
for column in '5 contacts' '10 orders' '19 cases' '20 solved'; do
	bad "more ${column#* } than events" "${column% *}" 99 \
	    "${column#* }: more than there are events: \"99\""
done
t_err 'more order days than days' 3 \
	'crm-stat: bad.tsv:2: order_days: does not fit the orders: "3"' \
	sh -c 'awk -F"\t" -v OFS="\t" "NR == 2 { \$4 = \$10 = 9; \$11 = 3; \$12 = \"2026-01-30\"; \$13 = \"2026-01-31\" } 1" jan.tsv >bad.tsv; crm-stat bad.tsv'
bad 'orders without a day' 12 '' 'first_order: does not fit the orders: ""'
t_run 'as many events as can be counted' 0 sh -c '
	awk -F"\t" -v OFS="\t" "NR == 2 { \$4 = \"4294967293\" } NR < 3" jan.tsv >most.tsv
	awk -F"\t" -v OFS="\t" "NR == 2 { print \$2, \$1, \"note\" }" jan.tsv |
	    sed "1i time\tcustomer\tkind" >one.tsv
	crm-stat most.tsv one.tsv | cut -f 4' <<'!'
events
4294967294
!
t_err 'and one more' 3 \
	"crm-stat: events: the sum is too large: \"$(sed -n 2p most.tsv | cut -f 1)\"" \
	crm-stat most.tsv one.tsv one.tsv
t_err 'and twice as many' 3 \
	"crm-stat: events: the sum is too large: \"$(sed -n 2p most.tsv | cut -f 1)\"" \
	sh -c 'awk -F"\t" -v OFS="\t" "NR == 2 { \$10 = \$11 = 0; \$12 = \$13 = \"\" } 1" most.tsv >m
	crm-stat m m'
# 922337203685477.5806 are one less than can be counted.
printf '%b' 'time\tcustomer\tkind\tvalue\n' '2026-01-01\tC1\torder\t60000000000000\n' \
	'2026-01-02\tC1\torder\t60000000000000\n' '2026-01-02\tC1\tout\t1\n' >big.tsv
t_run 'a sum above the largest value adds up' 0 sh -c \
	'crm-stat big.tsv >big.stat; crm-stat big.stat big.tsv | cut -f 1,15' <<'!'
id	revenue
C1	240000000000000.00
!
t_ok 'such a table says what the events do' sh -c '
	crm-segment big.tsv >want; crm-segment big.stat | cmp - want'
largest() { # SUM: big.stat with this revenue
	awk -F'\t' -v OFS='\t' -v c="$1" 'NR == 2 { $15 = c } 1' big.stat >most.stat
}
largest 922337203685477.5806
t_run 'the largest sum' 0 sh -c 'crm-stat most.stat | cut -f 15' <<'!'
revenue
922337203685477.5806
!
largest 922337203685477.5807
t_err 'and one more' 3 \
	'crm-stat: most.stat:2: revenue: too large: "922337203685477.5807"' \
	crm-stat most.stat
t_err 'sums of sums that are too large' 3 \
	'crm-stat: revenue: the sum is too large: "C1"' sh -c '
	crm-stat big.stat big.stat big.stat big.stat big.stat big.stat big.stat big.stat'
t_err 'a column that is missing' 3 'crm-stat: bad.tsv:1: missing column: "revenue"' \
	sh -c 'cut -f1-14,16- jan.tsv >bad.tsv; crm-stat bad.tsv'
t_err 'days that are none' 3 'crm-stat: bad.tsv:2: days: not a day: "x"' \
	sh -c 'sed "1s/\$/	days/;2s/\$/	x/" jan.tsv >bad.tsv; crm-stat bad.tsv'

# --- a second source --------------------------------------------------------

# sqlite3 counts the same from a made-up journal of 20,000 events.
t_ok 'sqlite3 counts the same' sh -c '
awk "BEGIN { srand(7); OFS = \"\t\"
	split(\"in out order order order refund complaint solve note visit\", k, \" \")
	print \"time\", \"customer\", \"kind\", \"value\", \"ref\"
	for (i = 0; i < 20000; i++) {
		kind = k[1 + int(rand() * 10)]
		v = kind ~ /^(order|refund|in|visit)\$/ ? int(rand() * 10000) / 100 : \"\"
		ref = kind == \"solve\" ? \"K\" i : \"\"
		printf \"2026-%02d-%02dT%02d:%02d:00Z\tC%d\t%s\t%s\t%s\n\", 1 + int(rand() * 12), 1 + int(rand() * 28),
			int(rand() * 24), int(rand() * 60), int(rand() * rand() * 300), kind, v, ref
	} }" >big.tsv
sqlite3 -batch >want <<!
.mode ascii
.separator "\t" "\n"
.import big.tsv j
create table c as select *, cast(round(value * 10000) as integer) v from j;
select customer, min(time), max(time), count(*),
 sum(kind in ("in","out","visit","complaint")),
 sum(case when kind in ("in","out","visit") then v else 0 end),
 sum(kind = "order"),
 count(distinct case when kind = "order" then substr(time, 1, 10) end),
 coalesce(min(case when kind = "order" then substr(time, 1, 10) end), ""),
 coalesce(max(case when kind = "order" then substr(time, 1, 10) end), ""),
 coalesce((select sum(v) from c d where d.customer = c.customer and d.kind = "order" and substr(d.time, 1, 10) =
   (select min(substr(e.time, 1, 10)) from c e where e.customer = c.customer and e.kind = "order")), 0),
 sum(case when kind = "order" then v else 0 end),
 sum(case when kind = "refund" then v else 0 end),
 sum(kind = "complaint"), sum(kind = "solve")
from c group by customer order by customer;
!
crm-stat big.tsv | tail -n +2 | awk -F"\t" -v OFS="\t" "
	function cents(x) { sub(/\./, \"\", x); return (x \"00\") + 0 }
	{ print \$1, \$2, \$3, \$4, \$5, cents(\$6), \$10, \$11, \$12, \$13, cents(\$14), cents(\$15), cents(\$16), \$19, \$20 }" >got
[ "$(wc -l <got)" -gt 200 ] && cmp want got'
t_law 'in any order of rows, from any files, in any number of threads' \
    big.tsv crm-stat
t_law 'with the order days, too' big.tsv crm-stat --partial

# Rows of TSV are written in a way of their own (show/quick); CSV goes field
# by field.  Sums without orders, of 13 digits and of four decimals come from
# tables only.
awk -F'\t' -v OFS='\t' '$10 == "0" {
	$15 = $6 = NR % 2 ? "1234567890123.4567" : NR ".075"; $5 = 0; $7 = "" }
	{ print }' jan.tsv later.tsv >odd.tsv
both() { # JOURNALS: TSV and CSV say the same
	crm-stat --partial "$@" >tsv && crm-stat --partial -o csv "$@" |
	tr -d '\r"' | tr , '\t' | cmp - tsv
}
t_ok 'the formats say the same' both big.tsv
t_ok 'of odd tables, too' both odd.tsv
t_ok 'which have odd sums' grep -q '	1234567890123.4567	' tsv

# --- long counts and sums -----------------------------------------------------

# Beyond 65,535 cases and 429,496.7295 units of one customer; the figures are
# made by hand.  C1 has some of both in each half, and his first order in the
# second; C2 has nothing but money.
long_half() { # CASES SOLVED DAY REVENUE MINUTES REFUND
	awk -v cases="$1" -v solved="$2" -v day="2026-01-0$3" -v v="$4" -v m="$5" -v r="$6" 'BEGIN { OFS = "\t"
		print "time", "customer", "kind", "value", "ref"
		for (i = 0; i < cases; i++) print day, "C1", "complaint", "", "K1"
		for (i = 0; i < solved; i++) print day, "C1", "solve", "", "K1"
		print day, "C1", "order", v, ""; print day, "C1", "refund", r, ""
		print day, "C1", "visit", m, ""; print day, "C2", "order", v, "" }'
}
long_half 65535 40000 5 429496.7295 0.0001 429496.7296 >l1.tsv
long_half 2 30000 4 858993.4593 429496.7295 0.0004 >l2.tsv
crm-stat --partial l1.tsv >l1.stat; crm-stat --partial l2.tsv >l2.stat
t_table >long.tsv <<'!'
C1 65539 429496.7296 2 2026-01-04 858993.4593 1288490.1888 429496.73 65537 70000
C2 0 0.00 2 2026-01-04 858993.4593 1288490.1888 0.00 0 0
!
long() { # FILES: both halves
	crm-stat "$@" | tail -n +2 | cut -f1,5,6,10,12,14-16,19,20 | cmp - long.tsv
}
t_ok 'long counts and sums' long l1.tsv l2.tsv
t_ok 'in the other order' long l2.tsv l1.tsv
t_ok 'of tables' long l1.stat l2.stat
t_ok 'of tables in the other order' long l2.stat l1.stat
t_ok 'of journals and tables' long l1.tsv l2.stat
t_ok 'and the other way round' long l1.stat l2.tsv
t_ok 'in any number of threads' sh -c '
	for n in 1 2 3 8; do
		CRM_THREADS=$n crm-stat --partial l1.tsv l2.tsv >got &&
		    crm-stat --partial l2.stat l1.stat | cmp - got || exit 1
	done'

# --- the store and the world -------------------------------------------------

t_err 'without a store and operands there is nothing to read' 4 \
	"crm-stat: $t_dir/store: no store here (crm-add makes one)" crm-stat
mkdir store && cp j.tsv store/journal.tsv && gzip -kc <jan.tsv >/dev/null
t_run 'the store is read where no file is named' 0 crm-stat <all.tsv
t_ok 'with all files of its journal, packed or not' sh -c '
	{ head -n 1 j.tsv; grep ^2026-01 j.tsv; } | gzip >store/journal-2026-01.tsv.gz
	{ head -n 1 j.tsv; grep ^2026-0[23] j.tsv; } >store/journal.tsv
	crm-stat | cmp - all.tsv'
printf '2026-03-01' >>store/journal.tsv
t_run 'a row without its end is no row yet' 0 crm-stat <all.tsv
t_ok 'and is warned of' sh -c '
	crm-stat 2>&1 >/dev/null | grep -qx "crm-stat: .*journal.tsv: 10 bytes at the end are no whole row"'
t_ok 'a full disk is noticed' sh -c '
	crm-stat j.tsv >/dev/full 2>err; [ $? -eq 4 ] &&
	echo "crm-stat: standard output: No space left on device" | cmp - err'
t_ok 'a closed standard output too' sh -c '
	crm-stat j.tsv >&- 2>err; [ $? -eq 4 ] && [ -s err ]'
t_ok 'a reader that stops early is no error' sh -c '
	{ crm-stat big.tsv; echo $? >status; } 2>err | head -n 1 >/dev/null
	[ ! -s err ] && [ "$(cat status)" = 0 ]'
t_err 'a directory is no table' 4 'crm-stat: store: Is a directory' crm-stat store
t_err 'a file that is not there' 4 'crm-stat: nowhere.tsv: No such file or directory' \
	crm-stat nowhere.tsv
t_ok 'Germans get the same data' sh -c '
	LC_ALL=de_DE.UTF-8 LANGUAGE=de crm-stat j.tsv | cmp - all.tsv'

# Pieces of the answer are made side by side; awk counts the same.
awk 'BEGIN { print "time\tcustomer\tkind\ttext"
	for (i = 0; i < 20000; i++)
		printf "2026-01-01\tK%d\tnote\tx\n", i * 7919 % 9001 }' >many.tsv
t_ok 'any number of threads writes the same rows' sh -c '
	tail -n +2 many.tsv | cut -f 2 | LC_ALL=C sort | uniq -c |
	    awk "{ print \$2 \"\t\" \$1 }" >want
	for n in 1 2 3 8; do
		CRM_THREADS=$n crm-stat many.tsv | tail -n +2 | cut -f 1,4 |
		    cmp - want || exit 1
	done'

# --- accounts -----------------------------------------------------------------

t_table >store/customers.tsv <<'!'
id name account
ACME Acme .
C2 Ann ACME
C10 Bob .
!
cp j.tsv store/journal.tsv; rm -f store/journal-*
t_ok 'persons count for their company' sh -c '
	crm-stat -a | cut -f1,4 >got
	printf "id\tevents\n\t1\nACME\t4\nC10\t8\n" | cmp - got'
t_ok 'from tables too' sh -c 'crm-stat | crm-stat -a - >got; crm-stat -a | cmp - got'
t_ok 'a list may name the person or the company' sh -c '
	printf "id\nACME\n" >a; printf "id\nC2\n" >p
	crm-stat -a -c a | cut -f1,4 >one; crm-stat -a -c p | cut -f1,4 | cmp - one
	printf "id\tevents\nACME\t4\n" | cmp - one'

t_done
