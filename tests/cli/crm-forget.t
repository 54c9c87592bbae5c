#!/bin/sh
# crm-forget, and the access report of crm-show, from the outside: what the
# one shows the other erases.  Second sources: grep over all files of the
# store, unpacked by gzip and zstd; awk for what must not change; crm-stat
# before and after.
#
# To see it fail: call a column KEPT in personal.c, or leave a file out of
# traces.c.
. "$(dirname "$0")/../lib.sh"

tab=$(printf '\t')

# --- 1 of 1,000 ------------------------------------------------------------

# A thousand persons and their orders of 2025; C500 is the one.  What is his
# begins with MARK and a number.
mkdir -m 700 store
awk 'BEGIN {
	OFS = "\t"
	print "id", "salutation", "name", "company", "email", "phone",
	    "street", "postcode", "city", "country", "language", "channel",
	    "birthday", "marital", "position", "interests", "source",
	    "owner", "account", "tags", "created", "note", "shoe_size"
	for (i = 1; i <= 1000; i++)
		if (i == 500)
			print "C500", "MARK01", "MARK02 Mark Marker",
			    "MARK03", "mark04@mark.example", "+49 MARK05 505050",
			    "MARK06", "MARK07", "MARK08", "DE", "de", "MARK09",
			    "1977-07-07", "MARK10", "MARK11", "MARK12",
			    "referral:C12", "MARK13", "C900", "MARK14",
			    "2025-01-01", "MARK15", "MARK16"
		else
			print "C" i, "", "Person No" i, "", "p" i "@x.example",
			    "", "", "", "", "AT", "", "", "", "", "", "",
			    i == 501 ? "referral:C500" : "", "",
			    i == 502 ? "C500" : "", "", "2025-01-01", "",
			    "40"
	print "OLD5", "", "MARK17", "", "mark18@old.example", "", "", "", "",
	    "", "", "", "", "", "", "", "", "", "", "", "2024-01-01", "", ""
}' >store/customers.tsv
printf 'old\tnew\ttime\tfilled\nOLD5\tC500\t2025-02-01T00:00:00Z\tname\nC7\tC8\t2025-02-01T00:00:00Z\t\n' >store/aliases.tsv
awk 'BEGIN {
	OFS = "\t"
	print "time", "customer", "kind", "channel", "tone", "value", "due",
	    "ref", "topic", "by", "text", "weight"
	for (i = 1; i <= 1000; i++)
		print "2025-03-01T10:00:00Z", "C" i, "order", "shop", "",
		    i ".25", "", "A" i, "shoes", "eva",
		    i == 500 ? "MARK19" : "quick", i == 500 ? "MARK20" : "9"
	print "2025-03-02T10:00:00Z", "OLD5", "order", "shop", "", "7.77", "",
	    "A2000", "boots", "eva", "MARK21", ""
	print "2025-03-03T10:00:00Z", "C500", "complaint", "phone", "-2", "",
	    "", "K1", "MARK22", "eva", "MARK23", ""
	print "2025-03-04T10:00:00Z", "C500", "solve", "mark04@mark.example",
	    "", "", "", "K1", "", "eva", "MARK24", ""
	print "2025-03-05T10:00:00Z", "C500", "x-own", "", "", "24", "",
	    "MARK25", "MARK26", "eva", "", ""
	print "2025-03-06T10:00:00Z", "C500", "confirm", "email", "", "", "",
	    "C500-form", "newsletter", "", "MARK27", ""
}' >store/journal-2025.tsv
for year in 2024 2023; do
	sed "1!s/2025/$year/" store/journal-2025.tsv >store/journal-$year.tsv
done
gzip -n store/journal-2024.tsv
zstd -q --rm store/journal-2023.tsv
head -n 3 store/journal-2025.tsv >store/journal.tsv
printf '2026-01-05\tC3\tnote\t\t\t\t\t\t\t\tnothing of him\t\n' >>store/journal.tsv
printf '2026-01-05\tC500\tnote\t\t\t\t\t\t\t\tMARK28\t' >store/journal.tsv.torn
printf '\n2026-01-05\tC4\tnote\t\t\t\t\t\t\t\tother\t\n' >>store/journal.tsv.torn
printf 'line,reason,id,text\n"3","bad","C4","other"\n"4","bad","C500","MARK29\nand C500 on"\n"6","bad","C6","six"\n' >store/bad.csv
printf '2026-01-06\tC500\tnote\t\t\t\t\t\t\t\tMARK30' >>store/journal.tsv
crm-stat --state store/stat.state >/dev/null 2>&1
: >store/.lock
cp -r store before

crm-show --access C500 >access 2>/dev/null
t_ok 'the access report has every marker' sh -c '
	for i in $(seq -w 1 30); do
		grep -qi "MARK$i" access || { echo "MARK$i"; exit 1; }
	done'
t_ok 'and every file that has one' sh -c '
	for f in aliases.tsv bad.csv customers.tsv journal-2023.tsv.zst \
	    journal-2024.tsv.gz journal-2025.tsv journal.tsv \
	    journal.tsv.torn stat.state
	do cut -f 1 access | grep -qxF "$f" || { echo "$f"; exit 1; }; done'
t_run 'rows of others that name him are told apart' 0 \
	sh -c 'grep "other$" access' <<'!'
customers.tsv	502	source	referral:C500	other
customers.tsv	503	account	C500	other
!
t_run 'also by an address, in JSON' 0 sh -c '
	crm-show -o json --access MARK04@mark.example 2>/dev/null |
	    mlr --ijson --ojson filter "\$file == \"bad.csv\""' <<'!'
[
{
  "file": "bad.csv",
  "line": 3,
  "column": "",
  "value": "\"4\",\"bad\",\"C500\",\"MARK29\nand C500 on\"",
  "whose": "own"
}
]
!

t_run 'who it would be' 0 crm-forget -n C500 <<'!'
id	name	last	rows	mentions
C500	MARK02 Mark Marker	2025-03-06T10:00:00Z	26	0
!
t_ok 'a dry run changes nothing' diff -r before store

# Net and refunds of the closed year, and the revenue of each account.
sums() {
	crm-stat -p 2025 store/journal-2025.tsv | awk -F '\t' '
	{ n += $15; r += $16 } END { printf "%.4f %.4f\n", n, r }'
	crm-stat -a 2>/dev/null | awk -F '\t' '{ print $15 }' | sort
}
sums >sums.before
t_err 'forgotten, and the torn tail is told' 0 \
	'crm-forget: journal.tsv: 34 bytes at the end were no whole row and were moved to journal.tsv.torn' \
	crm-forget C500

# All bytes of all files, packed ones unpacked.
everything() { # DIR
	for f in "$1"/* "$1"/.[a-z]*; do
		case $f in
		*.gz) zcat "$f" ;;
		*.zst) zstdcat -q "$f" ;;
		*) cat "$f" ;;
		esac
	done
}
everything before >everything.before
everything store >everything.after
t_ok 'the check sees all 30 markers in the store as it was' sh -c '
	[ "$(grep -aoiE "MARK[0-9][0-9]" everything.before | tr a-z A-Z |
	    sort -u | wc -l)" -eq 30 ]'
t_ok 'no marker is left in any file' sh -c '
	! grep -aniE "MARK[0-9]|Marker" everything.after'
t_ok 'no id is left in any file, nor in a name' sh -c '
	! grep -anE "C500([^0-9]|$)|OLD5" everything.after &&
	! find store | grep -E "C500|OLD5|MARK"'
t_ok 'and no file is left that was not there' sh -c '
	(cd before && ls -A) | grep -v stat.state >a
	printf "%s\n" erasures.tsv settings.tsv >>a; sort a >b
	(cd store && ls -A) | sort | diff b -'

# All rows of customers that are not his and do not name him; those of a state,
# which is gone, have a time behind the id.
others() { # everything.X
	grep -aE "(^|^2[0-9TZ:-]*$tab)C[0-9]+$tab" "$1" |
	    grep -avE "C500|erased-|referral|^C[0-9]*${tab}[0-9]{4}-"
}
others everything.before >others.before
others everything.after >others.after
t_ok 'all other rows are there, byte for byte' cmp others.before others.after
t_ok 'that is three years of 999, and customers' \
	[ "$(wc -l <others.after)" -eq $((3 * 999 + 997 + 4 + 1)) ]
sums >sums.after
t_ok 'revenue of the closed year and of accounts is the same' \
	cmp sums.before sums.after
t_ok 'there was some' grep -q '500757.7700 0.0000' sums.after
t_run 'he is one pseudonym in all files' 0 sh -c '
	grep -aoE "erased-[0-9a-z]+" everything.after | sort -u | wc -l' <<'!'
1
!
t_run 'the row that is left of him' 0 sh -c '
	grep ^erased store/customers.tsv |
	    sed "s/erased-[0-9a-z]\{13\}/P/"' <<'!'
P									DE	de								C900	blocked	2025-01-01		
!
t_run 'the events of the closed year that are left of him' 0 sh -c '
	grep erased store/journal-2025.tsv |
	    sed "s/erased-[0-9a-z]\{13\}/P/g"' <<'!'
2025-03-01T10:00:00Z	P	order	shop		500.25		A500	shoes	eva		
2025-03-02T10:00:00Z	P	order	shop		7.77		A2000	boots	eva		
2025-03-03T10:00:00Z	P	complaint	phone	-2			K1		eva		
2025-03-04T10:00:00Z	P	solve					K1		eva		
2025-03-05T10:00:00Z	P	x-own							eva		
2025-03-06T10:00:00Z	P	confirm	email				P-form	newsletter			
!
t_run 'rows of others that named him' 0 sh -c '
	grep "No50[12]" store/customers.tsv | cut -f 1,17,19 |
	    sed "s/erased-[0-9a-z]\{13\}/P/"' <<'!'
C501	referral:P	
C502		P
!
t_run 'the record says that it was done and not of whom' 0 sh -c '
	sed "s/erased-[0-9a-z]\{13\}/P/" store/erasures.tsv' <<'!'
time	pseudonym	reason	rows
2026-11-21T12:00:00Z	P	request	26
!
t_ok 'nobody else may read it' [ "$(stat -c %a store/erasures.tsv)" = 600 ]
t_err 'nothing more is known' 1 \
	'crm-show: unknown customer: "C500" (did you mean "C50"?)' \
	crm-show --access C500
t_err 'nor can he be forgotten twice' 1 \
	'crm-forget: unknown customer: "C500" (did you mean "C50"?)' \
	crm-forget C500
t_ok 'the aliases of others stay' grep -q "^C7${tab}C8" store/aliases.tsv
t_ok 'the store is one that works' crm-log C1 note x

# --- what is left for a human ----------------------------------------------

rm -rf store
mkdir -m 700 store
cat >store/customers.tsv <<'!'
id	name	email	phone	source	note
C1	Dr. Miriam Lehnert	m@lehnert.example	+49 30 23125	fair	
C2	Bert Groß			friend of C1	sister: Miriam LEHNERT
17	Anna	anna@x.example			
!
printf 'time\tcustomer\tkind\tref\ttopic\ttext\n2026-01-01\tC2\tnote\t\t\tcall +49-30-23125 or m@lehnert.example\n2026-01-02\tC1\tnote\t\t\tx\n2026-01-03\tC2\tnote\t\t\t17 apples\n' >store/journal.tsv
t_run 'the dry run counts what is left' 0 crm-forget -n C1 <<'!'
id	name	last	rows	mentions
C1	Dr. Miriam Lehnert	2026-01-02T00:00:00Z	2	3
!
t_run 'what others have said of him is told, with its place' 1 \
	crm-forget C1 <<'!'
file	line	column	value	whose
customers.tsv	3	source	friend of C1	other
customers.tsv	3	note	sister: Miriam LEHNERT	other
journal.tsv	2	text	call +49-30-23125 or m@lehnert.example	other
!
t_run 'an id of two digits is no word to look for' 0 crm-forget 17 </dev/null
t_ok 'a customer whom no other row needs leaves none' sh -c '
	! grep -q "^17\|anna" store/customers.tsv &&
	[ "$(grep -c erased store/customers.tsv)" -eq 1 ]'
printf '\0\1\2' >store/photo
t_err 'a file that is no text is told' 1 \
	'crm-forget: photo: not text: not looked into' crm-forget C2
t_ok 'and stays' [ "$(wc -c <store/photo)" -eq 3 ]

# --- past the time ---------------------------------------------------------

rm -rf store before
mkdir -m 700 store
cat >store/customers.tsv <<'!'
id	name	account	created
F1	Firm		2015-01-01
P1	Paula Firm	F1	2015-01-01
P2	Peter Firm	F1	2015-01-01
L1	Long silent		2015-01-01
L2	Open case		2015-01-01
L3	Contract runs		2015-01-01
L4	Contract ended		2015-01-01
L5	Open task		2015-01-01
L6	Closed by a colleague		2015-01-01
N1	Never an event		2015-01-01
N2	Never, made later		2026-01-01
N3	Never, nobody knows when		
M1	Merged		2015-01-01
!
printf 'old\tnew\ttime\tfilled\nM1\tL1\t2015-02-01T00:00:00Z\t\n' >store/aliases.tsv
cat >store/journal.tsv <<'!'
time	customer	kind	value	due	ref	text
2026-05-01	P1	in				
2016-01-01	P2	in				
2016-01-01	L1	order	10		A1	
2016-01-01	M1	order	5		A2	
2016-01-01	L2	complaint			K1	
2016-01-01	L3	contract		2026-11-21	V1	
2016-01-01	L4	contract		2026-11-20	V2	
2016-01-01	L5	todo			T1	
2016-01-01	L6	request			K2	
2016-01-02	P1	solve			K2	
2016-01-01	J1	note				only here
2016-01-01		web				
!
cp -r store before
t_run 'who is past the time, and how much it is' 0 \
	crm-forget -n --before 2020-01-01 <<'!'
id	name	last	rows	mentions
J1		2016-01-01T00:00:00Z	1	0
L1	Long silent	2016-01-01T00:00:00Z	5	0
L4	Contract ended	2016-01-01T00:00:00Z	2	0
L6	Closed by a colleague	2016-01-01T00:00:00Z	2	0
N1	Never an event	2015-01-01T00:00:00Z	1	0
P2	Peter Firm	2016-01-01T00:00:00Z	2	0
!
t_ok 'a dry run changes nothing here either' diff -r before store
t_run 'the day itself is not before it' 0 \
	crm-forget -n --before 2016-01-01 <<'!'
id	name	last	rows	mentions
N1	Never an event	2015-01-01T00:00:00Z	1	0
!
t_run 'they are forgotten' 0 crm-forget --before 2020-01-01 </dev/null
t_run 'each with a pseudonym of his own' 0 sh -c '
	cut -f 2 store/erasures.tsv | sort -u | grep -c ^erased
	cut -f 3 store/erasures.tsv | sort | uniq -c | sed "s/^ *//"' <<'!'
6
1 reason
6 retention
!
t_run 'a second time there is nobody' 0 \
	crm-forget -n --before 2020-01-01 <<'!'
id	name	last	rows	mentions
!
rm -rf before2
cp -r store before2
t_run 'and nothing to be done' 0 crm-forget --before 2020-01-01 </dev/null
t_ok 'so nothing is' diff -r before2 store
t_run 'who is only in the journal is known by id' 0 sh -c '
	rm -rf store; cp -r before store; crm-forget J1
	grep -c "only here" store/journal.tsv
	grep -c "erased" store/journal.tsv' <<'!'
0
1
!

# --- nobody addresses what is left -----------------------------------------

# One with a row, one who is only in the journal, and one more.
addressed() {
	for id in K1 J1 K2; do
		printf '%b' "$1" | sed "s/ID/$id/g"
	done
}
left() { # of the three, in what asks somebody to do something
	crm-consent --for email/newsletter | cut -f 1
	crm-due | cut -f 3,4
	crm-watch | cut -f 1,4
}
make_left() {
	rm -rf store
	mkdir -m 700 store
	[ -z "$1" ] || printf '%b' "$1" >store/customers.tsv
	{
		printf 'time\tcustomer\tkind\tchannel\ttone\tvalue\tdue\tref\ttopic\n'
		addressed '2026-10-01\tID\task\temail\t\t\t\t\tnewsletter
2026-10-02\tID\tconfirm\temail\t\t\t\t\tnewsletter
2026-11-01\tID\tcomplaint\tphone\t-2\t\t\tT-ID\t
2026-11-02\tID\torder\tshop\t\t5\t\tO-ID\t
2026-11-03\tID\ttodo\t\t\t\t2026-11-21\tX-ID\t
2026-11-10\tID\tin\temail\t\t\t\t\t
2026-11-04\tID\tcontract\t\t\t\t2026-11-30\tV-ID\t
'
	} >store/journal.tsv
}
make_left 'id\tname\nK1\tKay\nK2\tLee\n'
left >left.before 2>/dev/null
t_ok 'before, somebody is to do something for all three' sh -c '
	for id in K1 J1 K2; do
		[ "$(grep -c "$id" left.before)" -ge 4 ] || exit 1
	done'
t_run 'who was asked for' 0 crm-forget K1 J1 </dev/null
t_ok 'afterwards for nobody who was erased, but for open cases' sh -c '
	{ crm-consent --for email/newsletter; crm-due
		crm-watch | grep -v ^overdue; } >left.after
	! grep erased- left.after && [ "$(grep -c K2 left.after)" -ge 4 ]'
t_run 'since all that is left of them says so, also without a row before' 0 \
	sh -c 'sed "s/erased-[0-9a-z]\{13\}/P/" store/customers.tsv' <<'!'
id	name	tags
P		blocked
K2	Lee	
P		blocked
!
make_left ''
t_run 'a store of events only' 0 crm-forget J1 </dev/null
t_run 'gets customers' 0 \
	sh -c 'sed "s/erased-[0-9a-z]\{13\}/P/" store/customers.tsv' <<'!'
id	tags
P	blocked
!
make_left 'id\ttags\tname\nK1\tvip\tKay\n'
t_run 'past the time' 0 crm-forget --before 2026-11-20 </dev/null
t_run 'open cases stay' 0 cat store/customers.tsv <<'!'
id	tags	name
K1	vip	Kay
!
sed -i '/T-\|X-\|V-/d' store/journal.tsv
t_run 'past the time' 0 crm-forget --before 2026-11-20 </dev/null
t_run 'they are blocked, too, and nothing else' 0 \
	sh -c 'sed "s/erased-[0-9a-z]\{13\}/P/" store/customers.tsv' <<'!'
id	tags	name
P	blocked	
P	blocked	
P	blocked	
!
t_ok 'and nobody is to do anything' sh -c '
	{ crm-consent --for email/newsletter; crm-due; crm-watch; } >left.after
	! grep erased- left.after'

# --- what is refused -------------------------------------------------------

usage() { # COMMAND: its usage lines, without an option
	"$1" --help | sed -n '/^usage/,/^$/p' | grep -E '^(usage| )'
}
t_err 'nobody named' 2 "crm-forget: nobody to be forgotten was named
$(usage crm-forget)" crm-forget
t_err 'both' 2 "crm-forget: --before takes no ids
$(usage crm-forget)" crm-forget --before 2020-01-01 C1
t_err 'a day that is none' 2 'crm-forget: not a day: "2020"' \
	crm-forget --before 2020
t_err 'a day to come' 2 'crm-forget: --before: not over yet: "2026-11-22"' \
	crm-forget --before 2026-11-22
t_err 'access narrowed' 2 "crm-show: --access shows all: -n, -p and --as-of cannot narrow it
$(usage crm-show)" crm-show --access -n 3 C1
t_err 'no store' 4 \
	'crm-forget: nowhere: no store here (crm-add makes one)' \
	crm-forget -d nowhere C1
rm -rf store
cp -r before store
t_ok 'an event of nobody' crm-log '' note 'the shelf is full'
cp -r store whole
t_err 'no id is nobody: events without a customer stay' 1 \
	'crm-forget: unknown customer: ""' crm-forget ''
t_err 'nor with others' 1 'crm-forget: unknown customer: ""' \
	crm-forget L1 ''
t_err 'nor in a trial' 1 'crm-forget: unknown customer: ""' crm-forget -n ''
t_err 'nor for access' 1 'crm-show: unknown customer: ""' \
	crm-show --access ''
t_ok 'no byte has changed' diff -r -x .lock whole store
rm -rf whole store
cp -r before store
t_err 'one of several is unknown: nobody is forgotten' 1 \
	'crm-forget: unknown customer: "L9" (did you mean "L1"?)' \
	crm-forget L1 L9
sed -i 's/^L3/&\t/' store/customers.tsv
cp -r store broken
t_err 'a store that is not sound' 3 \
	"crm-forget: $t_dir/store/customers.tsv:7: too many fields: 5, not 4" \
	crm-forget L1
t_ok 'is left as it is' diff -r -x settings.tsv -x .lock broken store
rm -rf store
cp -r before store
printf 'when\twho\n' >store/erasures.tsv
t_err 'records that are not ours' 3 \
	"crm-forget: $t_dir/store/erasures.tsv:1: not the columns of crm(5)" \
	crm-forget L1
rm -rf store
cp -r before store
printf 'time\tcustomer\tkind\n2026-01-01\tL1\tnote\n2026-01-01\tL1\tno' |
    gzip >store/journal-x.tsv.gz
t_err 'a packed journal that was cut short' 3 \
	"crm-forget: $t_dir/store/journal-x.tsv.gz: the last row has no end" \
	crm-forget L1
t_ok 'leaves no new files' sh -c '[ -z "$(find store -name "*.swap")" ] &&
	cmp before/journal.tsv store/journal.tsv'
cp -r before store.ended
printf 'time\tcustomer\tkind\n2026-01-01\tL2\tnote\n2026-01-01\tL1\tno' |
    gzip >store.ended/journal-x.tsv.gz
t_err 'nor is one left unseen that only such a row names' 1 \
	'crm-forget: journal-x.tsv.gz: the last row has no end: not looked into' \
	crm-forget -d store.ended L1
printf 'replace ../x\n' >store/.swap
t_err 'a plan that is none' 3 "crm-forget: $t_dir/store/.swap: not a plan" \
	crm-forget L1

# What was moved aside is told, too, where nobody is erased then.
rm -rf store
cp -r before store
printf 'torn' >>store/journal.tsv
printf 'L9\tto' >>store/customers.tsv
t_err 'a dry run tells torn tails' 0 \
	"crm-forget: $t_dir/store/customers.tsv: 5 bytes at the end are no whole row
crm-forget: $t_dir/store/journal.tsv: 4 bytes at the end are no whole row" \
	sh -c 'crm-forget -n --before 2000-01-01 >who'
t_err 'one that fails what it has moved aside' 1 \
	'crm-forget: customers.tsv: 5 bytes at the end were no whole row and were moved to customers.tsv.torn
crm-forget: journal.tsv: 4 bytes at the end were no whole row and were moved to journal.tsv.torn
crm-forget: unknown customer: "nobody"' crm-forget nobody

# --- open cases ----------------------------------------------------------------

rm -rf store
mkdir -m 700 store
printf 'id\tname\ttags\nL1\tAnna\t\nL2\tBert\t\n' >store/customers.tsv
printf 'time\tcustomer\tkind\tref\n2026-11-01\tL1\tcomplaint\tK1\n2026-11-01\tL2\tcomplaint\tK2\n' >store/journal.tsv
t_run 'a case that nobody answers is overdue' 1 sh -c \
	'crm-watch -o tsv | cut -f 1-3; crm-watch >seen' <<!
alarm	what	customer
overdue	K1	L1
overdue	K2	L2
!
crm-forget L1
t_run 'but rests when its customer is erased' 0 sh -c \
	'crm-watch -o tsv | cut -f 1-3; crm-ticket -o tsv |
	sed "s/erased-[0-9a-z]*/X/" | cut -f 1,2,14,15' <<!
alarm	what	customer
overdue	K2	L2
case	customer	due	state
K1	X		open
K2	L2	2026-11-02T00:00:00Z	overdue
!
t_run 'nothing is to be done for it, where no tag says so either' 0 sh -c \
	'crm-due -d none -o tsv store/journal.tsv | cut -f 3,5 | grep reply' <<!
L2	reply
!

# --- packed under a plain name --------------------------------------------------

rm -rf store
mkdir -m 700 store
printf 'id\tname\nL1\tAnna Lehmann\nL2\tBo\n' >store/customers.tsv
for file in journal.tsv journal-x.tsv; do
	printf 'time\tcustomer\tkind\ttext\n2026-11-01\tL1\tnote\tx\n' |
	    gzip -n >store/$file
done
t_run 'a journal that is packed, whatever its name' 0 \
	sh -c 'crm-forget L1 2>&1' </dev/null
t_run 'has no torn tail, and stays packed' 0 sh -c \
	'for f in store/journal*; do gunzip <$f; done |
	sed "s/erased-[0-9a-z]*/X/"; ls store' <<!
time	customer	kind	text
2026-11-01	X	note	
time	customer	kind	text
2026-11-01	X	note	
customers.tsv
erasures.tsv
journal-x.tsv
journal.tsv
settings.tsv
!

# --- many blocks ---------------------------------------------------------------

# 30,000 events, with CRLF, a header and the person here and there.  Second
# source: awk, which knows nothing of blocks.  17 is an id that free text is
# not searched for.
rm -rf store
mkdir -m 700 store
printf 'id\tname\nL1\tAnna Lehmann\n17\tNo Body\n' >store/customers.tsv
awk 'BEGIN {
	OFS = "\t"
	print "time", "customer", "kind", "text"
	for (i = 2; i <= 30000; i++)
		if (i == 12000)
			print "time", "customer", "kind", "text"
		else
			print "2025-03-01T10:00:00Z", i % 9000 ? "L" i % 90 + 2 : \
			    i == 18000 ? "17" : "L1", "note",
			    (i % 10000 ? "a lamp that has " i " lights" : \
			    "with Lehmann, Anna, no " i) (i == 7 ? "\r" : "")
}' >store/journal.tsv
cp -r store before-blocks
awk -F'\t' -v OFS='\t' 'NR > 1 && $1 == "time" { next } { sub(/\r$/, "") }
	$2 == "L1" { $2 = "X"; $4 = "" } { print }' store/journal.tsv >awks
t_run 'rows of others are told by the lines that they are in then' 1 \
	crm-forget L1 <<!
file	line	column	value	whose
journal.tsv	10000	text	with Lehmann, Anna, no 10000	other
journal.tsv	19999	text	with Lehmann, Anna, no 20000	other
journal.tsv	29999	text	with Lehmann, Anna, no 30000	other
!
t_ok 'those of the person are changed, all others as they were' sh -c \
	'sed "s/erased-[0-9a-z]*/X/" store/journal.tsv | cmp - awks'
rm -rf store
mv before-blocks store
awk -F'\t' -v OFS='\t' 'NR > 1 && $1 == "time" { next } { sub(/\r$/, "") }
	$2 == "17" { $2 = "X"; $4 = "" } { print }' store/journal.tsv >awks
t_run 'one whose id is a number like any other' 0 crm-forget 17 </dev/null
t_ok 'is found, too' sh -c \
	'sed "s/erased-[0-9a-z]*/X/" store/journal.tsv | cmp - awks'

t_done
