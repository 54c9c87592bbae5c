#!/bin/sh
# crm-import: what other programs export, and what is no such thing.
. "$(dirname "$0")/../lib.sh"

csv() { # TEXT: make it the file f.csv
	printf '%b' "$1" >f.csv
}

reads() { # NAME TEXT OPTION...: standard input is what must come out
	r_name=$1
	csv "$2"
	shift 2
	t_run "$r_name" 0 crm-import "$@" f.csv
}

refuses() { # NAME STATUS MESSAGE TEXT OPTION...
	r_name=$1 r_status=$2 r_text=$3
	csv "$4"
	shift 4
	t_err "$r_name" "$r_status" "crm-import: $r_text" crm-import "$@" f.csv
}

# --- the format: RELIABILITY.md 40 to 50 -----------------------------------

refuses '40 a bare quote' 3 \
    'f.csv:3: a quote within a field that does not begin with one' \
    'id,name\nC1,a\nC2,5" disk\nC3,b\n'
refuses '41 a quote that stays open' 3 'f.csv:3: a quote is never closed' \
    'id,name\nC1,a\nC2,"b\nC3,c\nC4,d\n'
refuses '42 text behind a closing quote' 3 \
    'f.csv:2: text behind a closing quote' 'id,name\nC1,"a" b\n'
reads '43 a line end in a field' 'id,note\nC1,"a\r\nb\nc"\n' <<!
id	note
C1	a\\nb\\nc
!
reads '44 a semicolon is found' 'id;name\nC1;a,b\n' <<!
id	name
C1	a,b
!
reads '44 sep=; is honoured' 'sep=;\r\nid;name\r\nC1;a,b\r\n' <<!
id	name
C1	a,b
!
reads '44 a delimiter is given' 'id:name\nC1:a,b\n' --delimiter : <<!
id	name
C1	a,b
!
reads '44 tab by name' 'id\tname\nC1\ta,b\n' --delimiter tab <<!
id	name
C1	a,b
!
refuses '44 two delimiters would do' 3 \
    'f.csv:1: the delimiter may be ";" or ",": give it' \
    'id;a,b\nC1;2,3\n'
reads '45 a mark before a quoted header' '\0357\0273\0277"id","name"\nC1,a\n' <<!
id	name
C1	a
!
reads '46 outer blanks are kept' 'id,name\nC1, a \n' <<!
id	name
C1	 a 
!
refuses '47 no header' 3 \
    'f.csv:1: no ready rules know these columns: give -m RULES' \
    'C1,Anna\nC2,Ben\n'
refuses '47 an empty file' 3 'f.csv: empty: the header line is missing' ''
echo 'columns [nr] [who]
id = [nr]
name = [who]' >names.rules
reads '47 columns named by rules' 'C1,Anna\nC2,Ben\n' -m names.rules <<!
id	name
C1	Anna
C2	Ben
!
reads '48 Windows-1252 is found' 'id,name\nC1,M\0374ller 5 \0200\n' <<!
id	name
C1	Müller 5 €
!
reads '48 an encoding is given' 'id,name\nC1,5 \0244\n' --encoding iso-8859-15 <<!
id	name
C1	5 €
!
reads '48 UTF-16 is found' '\0377\0376i\0000d\0000\n\0000C\00001\0000\n\0000' <<!
id
C1
!
refuses '48 not what was given' 3 'f.csv:2: not UTF-8: byte 0xfc' \
    'id,name\nC1,M\0374ller\n' --encoding utf-8
refuses '48 no character of Windows-1252' 3 \
    'f.csv:2: not Windows-1252: byte 0x81' 'id,name\nC1,\0201\n'
refuses '48 neither one nor the other' 3 \
    'f.csv:4: most of the file is UTF-8, but not byte 0xfc: give --encoding' \
    'id,name\nC1,M\0303\0274ller\nC2,B\0303\0266ll\nC3,M\0374ller\n'
refuses '48 a file that was cut short' 3 \
    'f.csv:4: most of the file is UTF-8, but not byte 0xc3: give --encoding' \
    'id,name\rC1,M\0303\0274\rC2,M\0303\0274\rC3,B\0303'
reads '48 then it is given' 'id,name\nC1,M\0303\0274\nC2,\0374\n' \
    --encoding Windows-1252 <<!
id	name
C1	MÃ¼
C2	ü
!
reads '48 an ellipsis that looks like UTF-8' \
    'id,name\nC1,MEN\0334\0205\nC2,M\0374ller\n' <<!
id	name
C1	MENÜ…
C2	Müller
!
reads '48 the last letter could have had a mark' 'id,name\nC1,Anna' \
    --encoding CP1258 <<!
id	name
C1	Anna
!
refuses 'an encoding that is none' 2 'unknown encoding: "klingon"' \
    'id\nC1\n' --encoding klingon
refuses 'a NUL byte' 3 'f.csv:2: NUL byte' 'id,name\nC1,\0000\n'

{
	echo id,birthday
	awk 'BEGIN { for (i = 1; i <= 9999; i++) print "C" i ",2000-01-02" }'
	echo C10000,2000-02-30
} >many.csv
t_err '49 one bad row in 10,000: nothing' 3 \
    'crm-import: many.csv:10001: birthday: not a birthday: "2000-02-30"' \
    crm-import many.csv
t_run '49 one bad row in 10,000: rejected' 1 sh -c \
    'crm-import --reject bad.csv many.csv | wc -l; crm-import --reject bad.csv many.csv >all' <<!
10000
!
cp err said
t_run '49 the message' 0 cat said <<!
crm-import: many.csv: 1 of 10000 rows are not in the output but in bad.csv
crm-import: many.csv: 1 of 10000 rows are not in the output but in bad.csv
!
t_run '49 the file' 0 cat bad.csv <<!
"line","reason","id","birthday"
"10001","birthday: not a birthday: ""2000-02-30""","C10000","2000-02-30"
!
t_run '49 nobody else may read it' 0 sh -c 'ls -l bad.csv | cut -c 1-10' <<!
-rw-------
!
sed 's/02-30/02-29/g' bad.csv >good.csv
echo 'id = [id]
birthday = [birthday]' >good.rules
t_run '49 put right it is imported' 0 crm-import -m good.rules good.csv <<!
id	birthday
C10000	2000-02-29
!
t_err 'rejects over the input' 2 \
    'crm-import: many.csv: rejects would overwrite the input' \
    crm-import --reject many.csv many.csv
t_err 'nor by way of standard input' 2 \
    'crm-import: many.csv: rejects would overwrite the input' \
    sh -c 'crm-import --reject many.csv - <many.csv'
printf 'id,name\nC1,"open\n' >open.csv
echo precious >old.csv
chmod 644 old.csv
t_err 'of a file that cannot be read there are none' 3 \
    'crm-import: open.csv:2: a quote is never closed' \
    crm-import --reject old.csv open.csv
t_run 'and an older file of rejects stays as it is' 0 cat old.csv <<!
precious
!
t_run 'else nobody else may read that either' 1 sh -c \
    'crm-import --reject old.csv many.csv >all; s=$?
    ls -l old.csv | cut -c 1-10; cmp bad.csv old.csv; exit $s' <<!
-rw-------
!
cp many.csv all
t_err 'rejects where the rows go' 2 \
    'crm-import: all: rejects would be mixed with the rows' \
    sh -c 'crm-import --reject all many.csv >>all'
t_err 'also into a pipe' 0 \
    'crm-import: /dev/stdout: rejects would be mixed with the rows' \
    sh -c 'crm-import --reject /dev/stdout many.csv | cat'
t_run 'but nobody reads those that are thrown away' 1 sh -c \
    'crm-import --reject /dev/null many.csv >/dev/null 2>&1' </dev/null
rm -f new.csv
t_err 'what would be rejected is counted' 1 \
    'crm-import: many.csv: 10000 records, 9999 rows of customers, 0 skipped, 1 bad
crm-import: many.csv: UTF-8, delimiter ,, rules many.csv' \
    crm-import -n --reject new.csv many.csv
t_ok 'and not written' test ! -e new.csv
t_err 'rejects that cannot be written' 4 \
    'crm-import: no/bad.csv: No such file or directory' \
    crm-import --reject no/bad.csv many.csv
t_err 'rejects on a full disk' 4 \
    'crm-import: /dev/full: No space left on device' \
    crm-import --reject /dev/full many.csv

printf 'Auftragsnr;Kundennr;Datum;Betrag\n1;C1;04.07.1996;1.863,40\n2;C1;05.07.1996;5,00\n' >orders.csv
t_run '50 imported twice: no doubles' 0 sh -c '
	crm-import orders.csv | crm-log --add --once=kind,ref - >/dev/null
	crm-import orders.csv | crm-log --add --once=kind,ref - >/dev/null
	cut -f 1-3,6,8 store/journal.tsv' <<!
time	customer	kind	value	ref
1996-07-04T00:00:00Z	C1	order	1863.40	1
1996-07-05T00:00:00Z	C1	order	5.00	2
!

refuses 'up to ten bad rows are told' 3 "f.csv:2: too many fields: 3, not 2
crm-import: f.csv:3: too few fields: 1, not 2
crm-import: f.csv:5: id: not an id: \"a b\"" \
    'id,name\nC1,a,b\nC2\nC3,c\na b,d\n'
reads 'blank lines and records are passed over' \
    'id,name\n\nC1,a\n,\n\r\nC2,b' <<!
id	name
C1	a
C2	b
!
reads 'a header alone' 'id,name\n' <<!
id	name
!

for n in 16384 16385; do
	awk -v n=$n 'BEGIN {
		printf "id"
		for (i = 2; i <= n; i++)
			printf ",c%d", i
		printf "\nC1"
		for (i = 2; i <= n; i++)
			printf ","
		print ""
	}' >wide$n.csv
	tr , '\t' <wide$n.csv >wide$n.tsv
done
t_err 'more columns than a spreadsheet has' 3 \
    'crm-import: wide16385.csv:1: more than 16384 columns' \
    crm-import wide16385.csv
t_err 'nor in a table' 3 \
    'crm-find: wide16385.tsv:1: more than 16384 columns' \
    crm-find 'id = C1' wide16385.tsv
t_ok 'as many as that are fine' sh -c \
    'crm-find "id = C1" wide16384.tsv | cmp - wide16384.tsv'
refuses 'the line of the header' 3 \
    'f.csv:3: no ready rules know these columns: give -m RULES' \
    'sep=;\n\nnr;who\nC1;2\n'
refuses 'the line of a name that is none' 3 \
    'f.csv:2: not a column name: "b c": give -m RULES' '\nid,b c\nC1,2\n'
printf 'name = [a]\nnote = [b]\n' >two.rules
reads 'nothing is known of one' 'a,b,c\n1,,\n,,3\n,,4\n,2,\n' -m two.rules <<!
name	note
1	
	2
!
t_run 'which is told' 0 sh -c 'crm-import -n -m two.rules f.csv 2>&1' <<!
crm-import: f.csv: 2 rows would be empty: they are left out
crm-import: f.csv: 4 records, 2 rows of customers, 2 skipped, 0 bad
crm-import: f.csv: UTF-8, delimiter ,, rules two.rules
!
t_run 'and may be added' 0 sh -c \
    'crm-import -m two.rules f.csv 2>/dev/null | crm-add -d few - | wc -l' <<!
2
!
awk 'BEGIN { print "id,note"; printf "C1,"
	for (; i < 66000; i++) printf "a"; print "\nC2,b" }' >long.csv
t_run 'what is too long for the store is rejected' 1 sh -c '
	crm-import --reject bad.csv long.csv 2>/dev/null
	s=$?; cut -c 1-40 bad.csv; exit $s' <<!
id	note
C2	b
"line","reason","id","note"
"2","note: longer than 64 KiB: ""aaaaaaa
!
refuses 'events that crm-log would refuse' 3 \
    'f.csv:2: topic: has a control character: "\x07"
crm-import: f.csv:3: text: has a control character: "a\x1bb"
crm-import: f.csv:6: topic: has a control character: "a\x0ab"' \
    'time,customer,kind,topic,text\n2026-01-01,C1,note,\0007,\n2026-01-01,C1,note,,a\0033b\n2026-01-01,C1,note,,"a\tb\nc"\n2026-01-01,C1,note,"a\nb",\n'
refuses 'events that lack what their kind needs, or have what it has not' 3 \
    'f.csv:2: value: this kind has none: "1.50"
crm-import: f.csv:3: ref: missing: ""' \
    'time,customer,kind,value,ref\n2026-01-01,C1,note,1.50,\n2026-01-01,C1,solve,,\n2026-01-01,C1,order,1,\n'
printf 'id = [a]\nonly [b] | number = 5\n' >only.rules
refuses 'a condition that cannot be judged' 3 \
    'f.csv:2: b: not a number with a decimal comma: "v"' \
    'a,b\n1,v\n2,5\n' -m only.rules
printf '\357\273\277id = [a] | trim\r\nnote = [b] | map x=y, *=z\r\n' >crlf.rules
reads 'rules from Windows' 'a,b\n1,x\n2,\n' -m crlf.rules <<!
id	note
1	y
2	z
!

# --- what is never guessed -------------------------------------------------

echo 'time = [day] | time
customer = [who]
kind = "order"
value = [sum] | number' >o.rules
reads 'a day over 12 decides' 'day,who,sum\n3/4/2026,A,1\n13/4/2026,A,2\n' \
    -m o.rules <<!
time	customer	kind	value
2026-04-03	A	order	1
2026-04-13	A	order	2
!
reads 'a month behind it decides' \
    'day,who,sum\n3/4/2026,A,1\n3/14/2026,A,2\n' -m o.rules <<!
time	customer	kind	value
2026-03-04	A	order	1
2026-03-14	A	order	2
!
reads 'points are day, month, year' 'day,who,sum\n03.04.2026,A,1\n' \
    -m o.rules <<!
time	customer	kind	value
2026-04-03	A	order	1
!
refuses 'slashes that say nothing' 3 \
    'f.csv:3: day: day or month first: give --date-order: "3/4/2026"' \
    'day,who,sum\n3/3/2026,A,1\n3/4/2026,A,2\n' -m o.rules
reads 'given' 'day,who,sum\n3/4/2026,A,1\n' -m o.rules --date-order mdy <<!
time	customer	kind	value
2026-03-04	A	order	1
!
refuses 'slashes that contradict' 3 \
    'f.csv:2: day: the day first here, the month first in line 3: give --date-order' \
    'day,who,sum\n14/3/2026,A,1\n3/14/2026,A,2\n' -m o.rules
refuses 'a given order that does not fit' 3 \
    'f.csv:2: day: not a date: "3/14/2026"' \
    'day,who,sum\n3/14/2026,A,1\n' -m o.rules --date-order dmy
refuses 'a year of two digits' 3 \
    'f.csv:2: day: a year of two digits: "3.4.26"' \
    'day,who,sum\n3.4.26,A,1\n' -m o.rules
refuses 'a thousand or one' 3 \
    'f.csv:2: sum: decimal comma or decimal point: give --decimal: "1.863"' \
    'day;who;sum\n3.4.2026;A;1.863\n' -m o.rules
reads 'another row decides' \
    'day;who;sum\n3.4.2026;A;1.863\n3.4.2026;A;2,5\n' -m o.rules <<!
time	customer	kind	value
2026-04-03	A	order	1863
2026-04-03	A	order	2.5
!
reads 'a point is given' 'day;who;sum\n3.4.2026;A;1.863\n' -m o.rules \
    --decimal point <<!
time	customer	kind	value
2026-04-03	A	order	1.863
!
refuses 'commas and points' 3 \
    'f.csv:3: sum: a decimal comma here, a decimal point in line 2: give --decimal' \
    'day;who;sum\n3.4.2026;A;1.5\n3.4.2026;A;1,5\n' -m o.rules
refuses 'a given comma that does not fit' 3 \
    'f.csv:2: sum: not a number with a decimal comma: "1.5"' \
    'day;who;sum\n3.4.2026;A;1.5\n' -m o.rules --decimal comma
refuses '25 what spreadsheets do to dates' 3 \
    'f.csv:2: day: not a date: "45987"' \
    'day;who;sum\n45987;A;1\n' -m o.rules
refuses '26 what spreadsheets do to numbers' 3 \
    'f.csv:2: sum: not a number with a decimal comma: "4.9E+10"' \
    'day;who;sum\n3.4.2026;A;4.9E+10\n' -m o.rules

# --- times ------------------------------------------------------------------

# 02:30 on 25 October 2026 is twice in Berlin: 00:30 and 01:30 UTC.
day='day;who;sum\n25.10.2026 02:30;A;1\n'
t_run 'the first of two hours, with a word' 0 sh -c "printf '$day' |
	crm-import -m o.rules --zone Europe/Berlin -" <<!
time	customer	kind	value
2026-10-25T00:30:00Z	A	order	1
!
cp err said
t_run 'the word' 0 cat said <<!
crm-import: stdin: 1 times are in an hour that the clock has twice: the first was taken
!
refuses 'an hour that is not' 3 \
    'f.csv:2: day: a time that the clock leaves out: "29.3.2026 02:30"' \
    'day;who;sum\n29.3.2026 02:30;A;1\n' -m o.rules --zone Europe/Berlin
{ echo 'zone Europe/Berlin'; cat o.rules; } >z.rules
reads 'a zone of the rules' 'day;who;sum\n21.11.2026 13:05;A;1\n' \
    -m z.rules <<!
time	customer	kind	value
2026-11-21T12:05:00Z	A	order	1
!
mkdir -p zoned && printf 'key\tvalue\ntimezone\tAmerica/New_York\n' >zoned/settings.tsv
reads 'the zone of the store' 'day;who;sum\n21.11.2026 13:05;A;1\n' \
    -m o.rules -d zoned <<!
time	customer	kind	value
2026-11-21T18:05:00Z	A	order	1
!
refuses 'a zone that is none' 2 'unknown time zone: "Nonsense"' \
    'day;who;sum\n' -m o.rules --zone Nonsense

# --- rules ------------------------------------------------------------------

refuses 'a column that is missing' 3 \
    'o.rules:1: not a column of f.csv: "day" (did you mean "days"?)
crm-import: o.rules:4: not a column of f.csv: "sum"' 'days,who\n' -m o.rules
printf 'id = [a] | tirm\nx [b]\n' >bad.rules
refuses 'rules that are wrong' 3 \
    'bad.rules:1: unknown conversion: "tirm" (did you mean "trim"?)
crm-import: bad.rules:2: neither column = ... nor a known word: "x"' \
    'a,b\n' -m bad.rules
refuses 'rules that are not there' 4 'nowhere: No such file or directory' \
    'a,b\n' -m nowhere
echo 'name = [who]?' >maybe.rules
reads 'ready rules by name' \
    'Kundennummer;Vorname;Nachname;PLZ\n7;Anna;Berg;01067\n' -m kunden <<!
id	name	postcode
7	Anna Berg	01067
!

reads 'English column names' \
    'Customer ID,Name,Company,Email,ZIP\n7,Anna Berg,Berg Ltd,a@example.org;b@example.org,01067\n' <<!
id	name	company	email	postcode
7	Anna Berg	Berg Ltd	a@example.org, b@example.org	01067
!
for ready in "$CRM_SHARE"/rules/*.rules; do
	printf 'no such column\n' >f.csv
	crm-import -m "$ready" f.csv >out 2>err
	grep -v ': not a column of f\.csv: ".*"\|: no column of .* is in it' err >diffs
	[ ! -s diffs ] && ok=yes || ok=no
	t_report "$(basename "$ready") is read" $ok
done
refuses 'rules that have nothing in common with the file' 3 \
    'f.csv: no column of maybe.rules is in it' 'a,b\n1,2\n' -m maybe.rules

# --- options and what is printed --------------------------------------------

csv 'Kundennr;Firma\nC1;M\0374ller\n'
t_run 'dry run' 0 crm-import -n f.csv </dev/null
sed "s,$t_root,ROOT," err >said
t_run 'dry run: what it says' 0 cat said <<!
crm-import: f.csv: 1 records, 1 rows of customers, 0 skipped, 0 bad
crm-import: f.csv: Windows-1252, delimiter ;, rules ROOT/lib/share/rules/kunden.rules
!
t_run 'as CSV' 0 crm-import -o csv f.csv <<!
"id","company"
"C1","Müller"
!
csv 'day;who;sum\n3.4.2026;A;1,5\n'
t_run 'as JSON' 0 crm-import -o json -m o.rules f.csv <<!
[
{"time":"2026-04-03","customer":"A","kind":"order","value":1.5}
]
!
t_err 'a full disk' 4 'crm-import: standard output: No space left on device' \
    sh -c 'crm-import -m o.rules f.csv >/dev/full'
t_err 'a file that is not there' 4 \
    'crm-import: nowhere.csv: No such file or directory' crm-import nowhere.csv
t_err 'a directory' 4 'crm-import: .: Is a directory' crm-import .

usage=$(crm-import --help | sed -n '/^usage/,/^[^ u]/p' | sed '$d')
wrong() { # NAME MESSAGE ARGUMENT...
	w_name=$1 w_text=$2
	shift 2
	t_err "$w_name" 2 "crm-import: $w_text
$usage" crm-import "$@"
}
wrong 'no operand' 'one FILE or - is needed'
wrong 'two operands' 'one FILE or - is needed' a b
wrong 'a format that comes later' \
    'unknown format: "xlsx" (known is csv)' -f xlsx f.csv
wrong 'a decimal that is none' 'not comma or point: "dmy"' --decimal dmy f.csv
wrong 'an order that is none' 'not dmy, mdy or ymd: "comma"' \
    --date-order comma f.csv
wrong 'a delimiter that is none' 'not a delimiter: "ab"' --delimiter ab f.csv
wrong 'a quote as delimiter' 'not a delimiter: """' --delimiter '"' f.csv

# --- stages, as crm-log takes them --------------------------------------------

cat >phases.rules <<'!'
time = [Day]
customer = [Who]
kind = "deal"
ref = [No]
topic = [Phase]
!
csv 'Day,Who,No,Phase\n2026-01-01,C1,D1,Offer\n2026-01-02,C1,D1,laed\n2026-01-03,C1,D2,\n'
crm-import -m phases.rules f.csv >all.tsv
t_ok 'without a table of stages any is taken' sh -c '[ "$(wc -l <all.tsv)" = 4 ]'
mkdir -p store
printf 'stage\tprobability\nlead\t10\nOffer\t40\n' >store/stages.tsv
t_err 'with one a stage must be in it' 3 \
    'crm-import: f.csv:3: Phase: unknown: "laed" (did you mean "lead"?)' \
    crm-import -m phases.rules f.csv
t_run 'or goes to the others' 1 \
    crm-import --reject bad.csv -m phases.rules f.csv <<'!'
time	customer	kind	ref	topic
2026-01-01	C1	deal	D1	Offer
2026-01-03	C1	deal	D2	
!
t_ok 'with the reason' grep -qx \
    '"3","Phase: unknown: ""laed"" (did you mean ""lead""?)","2026-01-02","C1","D1","laed"' \
    bad.csv
printf 'topic,kind,time,customer\nbogus,deal,2026-01-01,C1\nbogus,note,2026-01-01,C1\n' >ours.csv
t_err 'in a table with our header, of deals alone' 3 \
    'crm-import: ours.csv:2: topic: unknown: "bogus"' crm-import ours.csv
printf 'stage\tprobability\nlead\tx\n' >store/stages.tsv
t_err 'a table of stages that is not sound' 3 \
    "crm-import: $t_dir/store/stages.tsv:2: probability: not a per cent from 0 to 100: \"x\"" \
    crm-import -m phases.rules f.csv
t_ok 'customers have none' sh -c 'printf "id,name\nC1,a\n" >c.csv; crm-import c.csv'

t_done
