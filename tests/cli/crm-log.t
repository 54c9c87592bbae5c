#!/bin/sh
# crm-log, from the outside: events appended, refused, skipped, taken back.
. "$(dirname "$0")/../lib.sh"

crm-add id=C1 name=Anna email='anna@example.org, a@example.org' >/dev/null
crm-add id=C2 name=Bo email=bo@example.org >/dev/null
crm-add -f id=C3 name=Twin email=bo@example.org >/dev/null
crm-add id=C4 name=Cy >/dev/null

last() {
	"$@" && tail -n 1 store/journal.tsv
}
# A command and the row that it has written, TABs as |, made refs as REF.
row() {
	last "$@" | tr '\t' '|' |
	    sed -E 's/[cdtv]20261121-[0-9a-z]{8}/REF/g'
}

t_run 'the first event makes the journal' 0 row crm-log C1 note hello <<'!'
2026-11-21T12:00:00Z|C1|note||||||||hello
!
t_run 'its header' 0 head -n 1 store/journal.tsv <<'!'
time	customer	kind	channel	tone	value	due	ref	topic	by	text
!
t_run 'fields and text; the ref is made and printed' 0 row crm-log C1 \
	complaint channel=phone topic=delivery tone=-2 'parcel damaged' <<'!'
REF
2026-11-21T12:00:00Z|C1|complaint|phone|-2|||REF|delivery||parcel damaged
!
t_run 'a ref that is given' 0 row crm-log C1 request ref=K1 by=max help <<'!'
2026-11-21T12:00:00Z|C1|request|||||K1||max|help
!
for kind in request:c deal:d todo:t contract:v; do
	t_ok "the ref of a ${kind%:*} begins with ${kind#*:}" sh -c \
	    "crm-log C1 ${kind%:*} | grep -qE '^${kind#*:}20261121-[0-9a-z]{8}\$'"
done
t_run 'a value that is needed' 0 row crm-log C1 order 99.50 ref=4711 <<'!'
2026-11-21T12:00:00Z|C1|order|||99.50||4711|||
!
t_run 'a value that may be there' 0 row crm-log C1 in 12 asked for more <<'!'
2026-11-21T12:00:00Z|C1|in|||12|||||asked for more
!
t_run 'and is not: words that begin with a digit' 0 \
	row crm-log C1 in '3 parcels lost' <<'!'
2026-11-21T12:00:00Z|C1|in||||||||3 parcels lost
!
t_run 'a number is text where the kind has no value' 0 \
	row crm-log C1 complaint ref=x 5 <<'!'
2026-11-21T12:00:00Z|C1|complaint|||||x|||5
!
t_run 'an own kind' 0 row crm-log C1 x-walk 7 topic=dog <<'!'
2026-11-21T12:00:00Z|C1|x-walk|||7|||dog||
!
t_run 'text as a field' 0 row crm-log C1 note text='a=b c' <<'!'
2026-11-21T12:00:00Z|C1|note||||||||a=b c
!
t_run 'nobody, as -' 0 row crm-log - nps 9 <<'!'
2026-11-21T12:00:00Z||nps|||9|||||
!
t_run "nobody, as ''" 0 row crm-log '' web topic=/prices <<'!'
2026-11-21T12:00:00Z||web||||||/prices||
!
t_run 'lines and TABs in the text' 0 row crm-log C1 note \
	"$(printf 'a\tb\nc\\d')" <<'!'
2026-11-21T12:00:00Z|C1|note||||||||a\tb\nc\\d
!
t_run 'an e-mail address for an id' 0 row crm-log A@EXAMPLE.ORG note x <<'!'
2026-11-21T12:00:00Z|C1|note||||||||x
!
t_run 'the own currency is what an empty one says' 0 \
	row crm-log C1 order 5 currency=EUR <<'!'
2026-11-21T12:00:00Z|C1|order|||5|||||
!

# Every kind of the table can be written and is written as it is named.
for kind in in out visit web note apology thanks need unmet complaint \
    request assign reply solve reopen deal won lost sent response bounce ask \
    confirm withdraw todo 'done' contract leave return x-own; do
	t_ok "kind $kind" sh -c "crm-log C1 $kind ref=r >/dev/null &&
	    tail -n 1 store/journal.tsv | cut -f 3 | grep -qx -e $kind"
done
for kind in order refund item cost earn redeem voucher nps csat ces; do
	t_ok "kind $kind" sh -c "crm-log C1 $kind 3 ref=r &&
	    tail -n 1 store/journal.tsv | cut -f 3,6 | grep -qx '$kind	3'"
done

# Times.
t_run 'a day' 0 row crm-log C1 note time=2026-11-01 x <<'!'
2026-11-01T00:00:00Z|C1|note||||||||x
!
t_run 'an offset and a fraction' 0 \
	row crm-log C1 note time=2026-11-01T10:00:00.5+01:00 x <<'!'
2026-11-01T09:00:00Z|C1|note||||||||x
!
mkdir berlin
printf 'key\tvalue\ntimezone\tEurope/Berlin\n' >berlin/settings.tsv
crm-add -d berlin id=C1 >/dev/null
berlin() {
	crm-log -d berlin "$@" && tail -n 1 berlin/journal.tsv | cut -f 1,7
}
t_run 'a day of the store' 0 berlin C1 note time=2026-11-01 <<'!'
2026-10-31T23:00:00Z	
!
t_run 'clock times of the store' 0 sh -c '
	for t in 2026-07-01T12:00 "2026-07-01 12:00" 2026-07-01T12:00:30; do
	crm-log -d berlin C1 note time="$t"; done
	tail -n 3 berlin/journal.tsv | cut -f 1' <<'!'
2026-07-01T10:00:00Z
2026-07-01T10:00:00Z
2026-07-01T10:00:30Z
!
t_err 'a clock time that does not exist' 3 \
	'crm-log: time: the clock is put forward over it: "2026-03-29T02:30"' \
	crm-log -d berlin C1 note time=2026-03-29T02:30
t_run 'one that occurs twice is the first' 0 \
	berlin C1 note time=2026-10-25T02:30 <<'!'
2026-10-25T00:30:00Z	
!
t_ok 'and said to be' grep -qx 'crm-log: time: occurs twice, the first is taken: "2026-10-25T02:30"' err
t_run 'due is a day' 0 berlin C1 'done' ref=x due=2026-12-24 time=2026-11-20 <<'!'
2026-11-19T23:00:00Z	2026-12-24
!
t_run 'or the day of a time' 0 \
	berlin C1 'done' ref=x due=2026-12-24T23:30:00Z time=2026-11-20 <<'!'
2026-11-19T23:00:00Z	2026-12-25
!
t_run 'a future time is stored, with a warning' 0 \
	row crm-log C1 note time=2027-01-01 x <<'!'
2027-01-01T00:00:00Z|C1|note||||||||x
!
t_ok 'these are its words' \
	grep -qx 'crm-log: time: lies in the future: "2027-01-01"' err

# X2, who has no row, was merged into C1.
t_ok 'who was merged is known' sh -c '
	mkdir -m 700 merged && printf "id\nC1\n" >merged/customers.tsv &&
	cp merged/customers.tsv same &&
	printf "old\tnew\nX2\tC1\n" >merged/aliases.tsv &&
	crm-log -d merged X2 note x && crm-log -d merged --add X2 note y &&
	printf "time\tcustomer\tkind\n2026-11-01\tX2\tnote\n" |
	crm-log -d merged - && cmp same merged/customers.tsv &&
	crm-find -d merged -q -j "customer = C1 and text = y"'

# Refusals, each with its words; the journal stays as it is.
cp store/journal.tsv before
no() { # WORDS OPERANDS...
	words=$1
	shift
	t_err "refused: $words" 3 "crm-log: $words" crm-log "$@"
}
no 'kind: unknown: "oder" (did you mean "order"?)' C1 oder 5
no 'kind: unknown: "xyzzy"' C1 xyzzy
no 'customer: unknown: "C44" (did you mean "C4"?)' C44 note x
no 'customer: unknown: "zzz@example.com"' zzz@example.com note x
no 'customer: several have this e-mail address: "bo@example.org" (C2, C3)' \
	bo@example.org note x
no 'customer: missing: ""' - order 5
no 'unknown field: "chanel" (did you mean "channel"?)' C1 note chanel=x
no 'kind: given twice: "x"' C1 note kind=x
no 'value: missing: ""' C1 order ref=5
no 'value: not a number with a decimal point: "99,50"' C1 order 99,50
no 'value: not a number with a decimal point: "1.234,56"' C1 order 1.234,56
no 'value: not a number with a decimal point: "1,5"' C1 in 1,5
no 'value: negative: "-5"' C1 order -5
no 'value: more than 4 decimals: "1.23456"' C1 order 1.23456
no 'value: too large: "100000000000000"' C1 order 100000000000000
no 'value: this kind has none: "5"' C1 note value=5
for v in 11 -1 7.5 ten 7_ +7 007 1e1; do
	no "value: not a score from 0 to 10: \"$v\"" C1 nps $v
done
for v in nan inf 0x1p3 1e400; do
	no "value: not a number: \"$v\"" C1 order $v
done
no 'tone: not a tone from -2 to 2: "3"' C1 note tone=3
no 'due: not a day: "2026-02-30"' C1 todo due=2026-02-30
for v in 2026-02-30 1900-02-29 2026-13-01 0000-01-01 26-1-5 '2026-01-05 x' \
    45987 2026-01-05T24:00:00 2026-01-05T10:00:61Z; do
	no "time: not a day or time: \"$v\"" C1 note "time=$v"
done
no 'time: missing: ""' C1 note time=
no 'ref: missing: ""' C1 solve
no 'ref: has a control character: "a\x0ab"' C1 solve "ref=$(printf 'a\nb')"
no 'topic: has a control character: "a\x09b"' C1 note \
	"topic=$(printf 'a\tb')"
no 'channel: has a control character: "\x1b"' C1 note \
	"channel=$(printf '\033')"
no 'by: has a control character: "\x7f"' C1 note "by=$(printf '\177')"
no 'text: has a control character: "a\x1b[1m"' C1 note \
	"$(printf 'a\033[1m')"
no 'kind: has a control character: "x-a\x0ab"' C1 "$(printf 'x-a\nb')"
no 'text: not UTF-8: "\xff"' C1 note "$(printf '\377')"
no 'currency: not a currency: "Euro"' C1 order 5 currency=Euro
no 'journal.tsv:1: missing column: "currency"' C1 order 5 currency=USD
no "text: longer than 64 KiB: \"$(printf %080d 0)...\"" C1 note \
	"$(printf %065537d 0)"
t_ok 'a field behind the text' sh -c 'crm-log C1 note hello by=max 2>err
	[ $? -eq 2 ] && grep -qx "crm-log: fields come before the text (or text=...): \"by=max\"" err'
for o in -n --dry-run --batch=x; do
	t_ok "$o behind the event is no text" sh -c 'crm-log C1 note x "$0" 2>err
		[ $? -eq 2 ] && grep -qxF "crm-log: options come before operands, \
-- ends them: \"$0\"" err' "$o"
done
t_ok 'nothing at all' sh -c 'crm-log 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-log: no event and no table given" err'
t_ok 'none of these left anything' cmp before store/journal.tsv
t_ok 'behind -- it is text' sh -c 'crm-log -n -- C1 note x -n "-x, too" >got &&
	cmp before store/journal.tsv'
t_ok 'a dry run leaves nothing either' sh -c \
	'[ -z "$(crm-log -n C1 complaint x)" ] && cmp before store/journal.tsv'

# Tables.
cat >events.tsv <<'!'
kind	customer	time	value	ref	text
order	C1	2026-11-01T10:00:00Z	10	B1	
item	C1	2026-11-01T10:00:00Z	5	B1	
item	C1	2026-11-01T10:00:00Z	5	B1	
note	bo2@example.org	2026-11-02			x\ty
complaint	C4	2026-11-02T12:00			
!
crm-add -u C2 email=bo2@example.org
t_run 'a table is appended, made refs are printed' 0 sh -c \
	'crm-log events.tsv | sed -E "s/-.*//"; tail -n 5 store/journal.tsv |
	sed -E "s/c20261121-[0-9a-z]{8}/REF/" | tr "\t" "|"' <<'!'
c20261121
2026-11-01T10:00:00Z|C1|order|||10||B1|||
2026-11-01T10:00:00Z|C1|item|||5||B1|||
2026-11-01T10:00:00Z|C1|item|||5||B1|||
2026-11-02T00:00:00Z|C2|note||||||||x\ty
2026-11-02T12:00:00Z|C4|complaint|||||REF|||
!
cp store/journal.tsv before
cat >bad.tsv <<'!'
time	customer	kind	value
2026-11-01	C1	order	10
2026-11-01	C1	order	ten
yesterday	C1	order	10
2026-11-01	C1	ordre	10
!
t_err 'all of a table or nothing; every error with its line' 3 \
	"$(printf '%s\n' 'crm-log: bad.tsv:3: value: not a number: "ten"' \
	    'crm-log: bad.tsv:4: time: not a day or time: "yesterday"' \
	    'crm-log: bad.tsv:5: kind: unknown: "ordre" (did you mean "order"?)')" \
	crm-log bad.tsv
printf 'time\tcustomer\tkind\n2026-11-01\tC1\tnote\n2026-11-01\tC11\tnote\n' \
	>bad.tsv
t_err 'an unknown customer in a table' 3 \
	'crm-log: bad.tsv:3: customer: unknown: "C11" (did you mean "C1"?)' \
	crm-log bad.tsv
printf 'customer\tkind\nC1\tnote\n' >bad.tsv
t_err 'a table without times' 3 \
	'crm-log: bad.tsv:1: missing column: "time"' crm-log bad.tsv
printf 'time\tcustomer\tkind\tshop\n2026-11-01\tC1\tnote\t5\n' >bad.tsv
t_err 'a column that the journal lacks' 3 \
	'crm-log: bad.tsv:1: unknown column: "shop"' crm-log bad.tsv
t_ok 'none of these left anything' cmp before store/journal.tsv
t_run 'from standard input' 0 sh -c 'printf \
	"time\tcustomer\tkind\n2026-11-01\tC1\tnote\n" | crm-log - &&
	tail -n 1 store/journal.tsv' <<'!'
2026-11-01T00:00:00Z	C1	note								
!

# --once: a load that is tried again adds nothing.
rows() {
	awk 'END { print NR }' store/journal.tsv
}
before=$(rows)
t_run 'the same table once more' 0 \
	sh -c 'crm-log --once events.tsv | sed -E "s/-.*//"' <<'!'
c20261121
!
t_ok 'nothing was added' [ "$(rows)" = "$before" ]
t_ok 'the ref that was made before is told' sh -c \
	'crm-log --once events.tsv >a; crm-log --once events.tsv | cmp - a &&
	grep -q "$(cat a)" store/journal.tsv'
(cat events.tsv; sed -n 3p events.tsv) >more.tsv
t_ok 'of rows that are alike only those too many are added' sh -c \
	'crm-log --once more.tsv >/dev/null &&
	tail -n 1 store/journal.tsv | cut -f 3,8 | grep -qx "item	B1"'
t_ok 'one of them' [ "$(rows)" = "$((before + 1))" ]
t_ok 'by columns: the key is there' sh -c \
	'printf "time\tcustomer\tkind\tvalue\tref\n2027-01-01\tC2\torder\t7\tB1\n" |
	crm-log --once=kind,ref - 2>err'
t_ok 'nothing was added by it' [ "$(rows)" = "$((before + 1))" ]
t_ok 'by columns: the key is not there' sh -c \
	'printf "time\tcustomer\tkind\tvalue\tref\n2026-01-01\tC2\torder\t7\tB2\n" |
	crm-log --once=kind,ref -'
t_ok 'one was added' [ "$(rows)" = "$((before + 2))" ]
t_err 'by a column that is none' 2 \
	'crm-log: unknown column: "rf" (did you mean "ref"?)' \
	crm-log --once=kind,rf events.tsv
t_run 'one event, with its time, can be tried again' 0 sh -c \
	'crm-log --once C1 request time=2026-11-03 help >a
	crm-log --once C1 request time=2026-11-03T00:00:00Z help | cmp - a' <<'!'
!
t_ok 'another ref that was given is another event' sh -c \
	'n=$(wc -l <store/journal.tsv)
	crm-log --once C1 request time=2026-11-03 ref=own help &&
	[ "$(wc -l <store/journal.tsv)" -eq $((n + 1)) ]'

# --add: bare customers.
t_run 'unknown ids become customers, once' 0 sh -c \
	'printf "time\tcustomer\tkind\n2026-11-01\tN1\tnote\n2026-11-01\tN1\tnote\n2026-11-01\tN2\tnote\n" |
	crm-log --add - && tail -n 2 store/customers.tsv | cut -f 1,3,21' <<'!'
N1		2026-11-21
N2		2026-11-21
!
no 'customer: unknown, and no id to make a customer of: "n@example.org"' \
	--add n@example.org note x
no 'customer: not an id: "a b"' --add 'a b' note x

# --batch and --undo.
printf 'time\tcustomer\tkind\tshop\n2026-11-01\tC1\tnote\tKiel\n' >shop.tsv
t_run 'a table in a file of its own, with its own columns' 0 sh -c \
	'crm-log --batch shop-1 shop.tsv && cat store/journal-shop-1.tsv' <<'!'
time	customer	kind	channel	tone	value	due	ref	topic	by	text	shop
2026-11-01T00:00:00Z	C1	note									Kiel
!
t_ok 'not twice' sh -c 'crm-log --batch shop-1 shop.tsv 2>err
	[ $? -eq 4 ] && grep -q "store/journal-shop-1.tsv: File exists" err'
t_run 'unless there is nothing to add' 0 \
	crm-log --once --batch shop-1 shop.tsv <<'!'
!
t_run 'a dry run of taking it back' 0 sh -c \
	'crm-log -n --undo shop-1 && ls store/journal-*' <<'!'
store/journal-shop-1.tsv
!
t_run 'it is taken back' 0 sh -c \
	'crm-log --undo shop-1; ls store | grep -c shop; true' <<'!'
0
!
t_err 'once' 1 'crm-log: no such batch: "shop-1"' crm-log --undo shop-1
crm-log --batch shop-1 shop.tsv
gzip -k store/journal-shop-1.tsv
t_ok 'one that is there both packed and not is taken back as a whole' sh -c \
	'crm-log --undo shop-1 && [ -z "$(ls store | grep shop)" ]'
for pack in gzip 'zstd -q --rm'; do
	crm-log --batch shop-1 shop.tsv
	$pack store/journal-shop-1.tsv
	packed=$(basename store/*shop*)
	t_ok "not twice: $packed" sh -c \
	    'crm-log --add --batch shop-1 shop.tsv 2>err
	[ $? -eq 4 ] && grep -qx "crm-log: .*/store/$1: File exists" err &&
	[ ! -e store/journal-shop-1.tsv ] && crm-stat >/dev/null' sh "$packed"
	t_run 'a packed one is taken back' 0 sh -c \
	    'crm-log -n --undo shop-1 && ls store | grep shop
	crm-log --undo shop-1; ls store | grep -c shop; true' <<!
$packed
0
!
done
for name in '' .x a/b 'a b' ..; do
	t_err "not a name for a batch: '$name'" 2 \
	    "crm-log: not a name for a batch: \"$name\"" \
	    crm-log --batch "$name" shop.tsv
done
t_ok 'an event has no batch' sh -c \
	'crm-log --batch a C1 note 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-log: --batch is for tables" err'
t_ok 'one or the other' sh -c \
	'crm-log --batch a --undo a 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-log: --batch and --undo exclude each other" err'
t_ok 'taking back takes no operands' sh -c \
	'crm-log --undo a b 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-log: --undo takes no operands" err'
t_ok 'the customers of a batch with --add' sh -c \
	'printf "time\tcustomer\tkind\n2026-11-01\tM1\tnote\n" |
	crm-log --add --batch m - && grep -q "^M1" store/customers.tsv'

# A journal of another's making: other columns, another order.
mkdir other
crm-add -d other id=C1 >/dev/null
printf 'kind\tshoe\tcustomer\ttime\n' >other/journal.tsv
t_run 'columns go where their names are' 0 sh -c \
	'crm-log -d other C1 note && crm-log -d other C1 note shoe=40 &&
	cat other/journal.tsv' <<'!'
kind	shoe	customer	time
note		C1	2026-11-21T12:00:00Z
note	40	C1	2026-11-21T12:00:00Z
!
t_err 'nothing is lost without a word' 3 \
	'crm-log: journal.tsv:1: missing column: "topic"' \
	crm-log -d other C1 note topic=x
printf 'name\tid\nx\tC9\n' >other/customers.tsv
t_ok 'ids are found in whatever column' crm-log -d other C9 note
printf 'id\nC9\nC10' >other/customers.tsv
t_ok 'and where there is no other' crm-log -d other C9 note
t_err 'a torn customer is none' 3 \
	'crm-log: other/customers.tsv: 3 bytes at the end are no whole row
crm-log: customer: unknown: "C10"' \
	crm-log -d other C10 note
t_err 'nor is half an id' 3 \
	'crm-log: other/customers.tsv: 3 bytes at the end are no whole row
crm-log: customer: unknown: "9" (did you mean "C9"?)' \
	crm-log -d other 9 note

# A torn row was never acknowledged; it is kept aside.
printf 'note\t\tC9\tto' >>other/journal.tsv
t_run 'a torn row is moved aside' 0 sh -c \
	'crm-log -d other C9 note 2>&1; tail -n 1 other/journal.tsv
	cat other/journal.tsv.torn' <<'!'
crm-log: other/customers.tsv: 3 bytes at the end are no whole row
crm-log: journal.tsv: 11 bytes at the end were no whole row and were moved to journal.tsv.torn
note		C9	2026-11-21T12:00:00Z
note		C9	to
!

printf 'id\nC9\n' >other/customers.tsv
printf 'time\tcustomer\tkind\n2026-01-01\tC9\tno' >other/journal-b.tsv
t_err 'a torn row that --once passes over is told of' 0 \
	'crm-log: other/journal-b.tsv: 16 bytes at the end are no whole row' \
	crm-log -d other --once C9 note time=2026-01-01
wc -c <other/customers.tsv >other/customers.tsv.undo
printf 'C10\nC11\n' >>other/customers.tsv
t_err 'what a killed writer has left is told of by its name' 3 \
	'crm-log: other/customers.tsv: 8 bytes at the end are of a load that was cut short
crm-log: customer: unknown: "C10"' crm-log -d other C10 note
t_err 'and when it is moved aside' 0 \
	'crm-log: other/customers.tsv: 8 bytes at the end are of a load that was cut short
crm-log: customers.tsv: 8 bytes of a load that was cut short were moved to customers.tsv.torn' \
	crm-log -d other C9 note
rm other/journal-b.tsv
printf 'id\nC9\nC10' >other/customers.tsv

# Packed, whatever the name says: readers look into it, so do writers.
cp -r other packs
gzip -c other/journal.tsv >packs/journal.tsv
zstd -qc other/customers.tsv >packs/customers.tsv
cp -r packs as-packed
for c in 'C9 note' '-n C9 note' '--add C77 note'; do
	t_err "a packed journal: $c" 3 \
	    'crm-log: packs/journal.tsv: packed: no rows can be added' \
	    sh -c "crm-log -d packs $c"
done
t_ok 'nothing was touched' diff -r as-packed packs
rm packs/journal.tsv
t_err 'packed customers' 3 \
	'crm-log: packs/customers.tsv: packed: no rows can be added' \
	crm-log -d packs --add C77 note
t_err 'packed customers, in a trial' 3 \
	'crm-log: packs/customers.tsv: packed: no rows can be added' \
	crm-log -n -d packs --add C77 note
t_ok 'no event without its customer' [ ! -e packs/journal.tsv ]

# The world.
t_ok 'the event is there though its ref could not be told' sh -c \
	'crm-log C1 complaint full >/dev/full 2>err; [ $? -eq 4 ] &&
	grep -qx "crm-log: standard output: No space left on device" err &&
	tail -n 1 store/journal.tsv | grep -q "full$"'
t_ok 'all standard descriptors closed: no word gets into the journal' sh -c \
	'crm-log C1 order ten <&- >&- 2>&-; [ $? -eq 3 ] &&
	tail -n 1 store/journal.tsv | grep -q "full$"'
mkdir dir fifo links
crm-add -d dir id=C1 >/dev/null
crm-add -d fifo id=C1 >/dev/null
crm-add -d links id=C1 >/dev/null
mkdir dir/journal.tsv
t_err 'a directory in the place of the journal' 4 \
	'crm-log: dir/journal.tsv: Is a directory' crm-log -d dir C1 note
mkfifo fifo/journal.tsv
t_err 'a FIFO does not hang' 4 \
	'crm-log: fifo/journal.tsv: not a regular file' crm-log -d fifo C1 note
ln -s nowhere links/journal.tsv
t_err 'a dangling link' 4 \
	'crm-log: links/journal.tsv: No such file or directory' \
	crm-log -d links C1 note
ln -sf journal.tsv links/journal.tsv
t_err 'a circular link' 4 \
	'crm-log: links/journal.tsv: Too many levels of symbolic links' \
	crm-log -d links C1 note
rm links/journal.tsv
touch real.tsv
ln -s ../real.tsv links/journal.tsv
t_ok 'a link is followed and stays' sh -c \
	'crm-log -d links C1 note && [ -L links/journal.tsv ] &&
	[ "$(wc -l <real.tsv)" -eq 2 ]'
t_err 'no store and no customer' 3 'crm-log: customer: unknown: "C1"' \
	crm-log -d nowhere C1 note
t_ok 'and none was made' [ ! -e nowhere ]
t_ok 'a note makes a store' sh -c 'crm-log -d fresh - note x &&
	[ -f fresh/journal.tsv ] && [ -f fresh/settings.tsv ]'
t_err 'a zone that is none' 2 'crm-log: unknown time zone: "Nonsense"' \
	env TZ=Nonsense crm-log -d fresh2 - note x
# Somebody else, who has no rights here.
chmod 755 "$t_dir"
if [ "$(id -u)" -eq 0 ]; then
	other() {
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	}
	other crm-log --version >/dev/null 2>&1 && t_err 'no permission' 4 \
		"crm-log: $CRM_DIR/settings.tsv: Permission denied" \
		other crm-log C1 note x
else
	mkdir locked
	chmod 0 locked
	t_err 'no permission' 4 \
		'crm-log: locked/x: Permission denied' \
		crm-log -d locked/x - note x
fi

t_ok 'hostile words are data' sh -c \
	'crm-log -- C1 note "; rm -rf /" "\$(x)" %n -n &&
	tail -n 1 store/journal.tsv | cut -f 11 |
	grep -qxF "; rm -rf / \$(x) %n -n"'
t_ok 'a file that was suspect stops writers' sh -c \
	': >other/journal.tsv.suspect; crm-log -d other C9 note 2>err
	[ $? -eq 4 ] && grep -qx "crm-log: other/journal.tsv.suspect: the disk failed while this file was written: see crm(5)" err'
t_ok 'the steps of crm(5) let them write again, with nothing lost' sh -c \
	'cp other/journal.tsv before && cd other &&
	eval "$(sed -n "/^cp -p/,/^rm/p" "$t_root/man/crm.5")" && cd .. &&
	cmp before other/journal.tsv && crm-log -d other C9 note'
t_ok 'interrupted while waiting for the lock' sh -c \
	'flock store/.lock sleep 3 & sleep 0.1; cp store/journal.tsv before
	timeout -s INT 0.2 crm-log C1 note x; [ $? -eq 124 ] &&
	cmp before store/journal.tsv; s=$?; kill $!; exit $s'

# --- a clock that was set back ---------------------------------------------

crm-add -d back id=C1 >/dev/null
back() { # CLOCK WORD...
	export CRM_NOW=$1
	shift
	crm-log -d back C1 note "$@"
	t_status=$?
	CRM_NOW=2026-11-21T12:00:00Z
	return $t_status
}
back 2026-11-21T12:00:00Z one
t_ok 'who waited for others is not told' \
    [ -z "$(back 2026-11-21T11:59:00Z two 2>&1)" ]
t_ok 'a given time may be any' \
    [ -z "$(back 2026-11-21T11:00:00Z time=2026-11-20 three 2>&1)" ]
back 2026-11-21T12:00:00Z four
t_err 'the clock was set back' 0 'crm-log: time: the clock says 2026-11-21T11:58:59Z, but the last event is of 2026-11-21T12:00:00Z' \
    back 2026-11-21T11:58:59Z five
t_run 'it is stored all the same' 0 tail -n 1 back/journal.tsv <<'!'
2026-11-21T11:58:59Z	C1	note								five
!
printf '2026-11-21T12:00:00Z\tC1\tno' >>back/journal.tsv
t_ok 'a torn row is no event' [ "$(back 2026-11-21T11:00:00Z x 2>&1 |
    grep -c 'of 2026-11-21T11:58:59Z')" -eq 1 ]

t_err 'CRM_THREADS that is no number' 2 \
    'crm-log: CRM_THREADS: not a whole number: "two"' \
    env CRM_THREADS=two crm-log C1 note
t_err 'CRM_THREADS that is none' 2 'crm-log: CRM_THREADS: too small: "0"' \
    env CRM_THREADS=0 crm-log C1 note
t_err 'CRM_THREADS of all processors there are or will be' 2 \
    'crm-log: CRM_THREADS: too large: "2147483648"' \
    env CRM_THREADS=2147483648 crm-log C1 note
t_ok 'CRM_THREADS that is empty is not set' \
    env CRM_THREADS= crm-log -d back C1 note time=2026-11-21 y

# --- a terminal --------------------------------------------------------------

# What is paged is a table.
paged() { # COMMAND
	rm -f paged
	PAGER='touch paged; cat' script -qec "$1" /dev/null \
	    >/dev/null </dev/null && [ -e paged ]
}
t_ok 'a table at a terminal is paged' paged "crm-find -j 'kind = note'"
t_run 'one event there starts no program' 1 paged 'crm-log C1 note at a tty' \
    </dev/null
t_ok 'but is stored' grep -q 'at a tty' store/journal.tsv

crm-log --batch far shop.tsv
mv store/journal-far.tsv far.tsv
ln -s ../far.tsv store/journal-far.tsv
t_ok 'of a batch that is a link the link is taken back' sh -c \
	'crm-log --undo far && [ ! -L store/journal-far.tsv ] && [ -s far.tsv ]'

# --- merged ------------------------------------------------------------------

rm -rf store
crm-add id=C1 name=Anna >/dev/null
crm-add id=C2 name=A. email=a@example.org >/dev/null
crm-log a@example.org note time=2026-01-01 hello
printf 'old\tnew\nC2\tC1\n' >store/aliases.tsv
cp store/journal.tsv merged.before
for who in a@example.org C1 C2; do
	crm-log --once $who note time=2026-01-01 hello
	t_ok "--once knows what was of one who was merged: $who" \
	    cmp merged.before store/journal.tsv
done
t_ok 'and what was not is added' sh -c \
	'crm-log --once C2 note time=2026-01-02 hello &&
	[ "$(wc -l <store/journal.tsv)" -eq 3 ]'

# A row that all columns of the journal make too long for readers.
rm -rf store
crm-add id=C1 name=Anna >/dev/null
{
	printf 'time\tcustomer\tkind'
	for i in $(seq 17); do printf '\tx%d' $i; done
} >columns
{ cat columns; for i in $(seq 30); do printf '\ty%d' $i; done; echo
} >store/journal.tsv
x=$(head -c 61677 /dev/zero | tr '\0' x)
{ cat columns; printf '\n2026-01-01T00:00:00Z\tC1\tnote'
	for i in $(seq 17); do printf '\t%s' "$x"; done; echo; } >long.tsv
cp store/journal.tsv long.before
t_err 'a row that nobody could read any more' 3 \
	'crm-log: the row is longer than 1 MiB' crm-log long.tsv
t_ok 'is not written' cmp long.before store/journal.tsv
sed '2s/x\{100\}$//' long.tsv >fits.tsv
t_ok 'one that fits is read again' sh -c \
	'crm-log fits.tsv && [ "$(crm-find -j -n kind=note)" -eq 1 ]'

# --- stages ------------------------------------------------------------------

rm -rf store
crm-add id=C1 name=Anna >/dev/null
t_ok 'without a table of stages any is taken' crm-log C1 deal 5 topic=bogus
printf 'stage\tprobability\nlead\t10\noffer\t40\n' >store/stages.tsv
cp store/journal.tsv stages.before
t_err 'with one a stage must be in it' 3 \
	'crm-log: topic: unknown: "ofer" (did you mean "offer"?)' \
	crm-log C1 deal 5 topic=ofer
t_err 'also in a trial, and where none is near' 3 \
	'crm-log: topic: unknown: "bogus"' crm-log -n C1 deal 5 topic=bogus
printf 'time\tcustomer\tkind\tref\ttopic\n2026-01-01\tC1\tdeal\tD1\toffer\n2026-01-02\tC1\tdeal\tD1\tlaed\n2026-01-03\tC1\tlost\tD1\tprice\n2026-01-03\tC1\tnote\t\tlaed\n' >deals.tsv
t_err 'in tables, with its place; other kinds have topics of their own' 3 \
	'crm-log: deals.tsv:3: topic: unknown: "laed" (did you mean "lead"?)' \
	crm-log deals.tsv
t_ok 'nothing was written' cmp stages.before store/journal.tsv
t_ok 'known ones and none are taken' sh -c '
	sed "3s/laed/lead/" deals.tsv >good.tsv && crm-log good.tsv &&
	crm-log C1 deal 5 && crm-log C1 deal 5 topic=offer'
printf 'stage\tprobability\nlead\tx\n' >store/stages.tsv
t_err 'a table of stages that is not sound' 3 \
	"crm-log: $t_dir/store/stages.tsv:2: probability: not a per cent from 0 to 100: \"x\"" \
	crm-log C1 deal 5 topic=lead

t_done
