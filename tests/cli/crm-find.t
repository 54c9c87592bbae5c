#!/bin/sh
# crm-find, from the outside.  Second source of counts: awk on the same file.
. "$(dirname "$0")/../lib.sh"

cat >people.tsv <<'!'
id	name	city	channel	email	orders	birthday
C1	Anna Müller	Graz	email	anna@x.example	3	1980-02-29
C2	Jörg Weiß	München	phone		12	--12-24
C3	John O'Brien	Bad Homburg	email	job@y.example		
!
cat >empty.tsv <<'!'
id	name	city	channel	email	orders	birthday
!
cat >journal.tsv <<'!'
time	customer	kind	channel	tone	value	due	ref	topic	by	text
2026-10-31T23:30:00Z	C1	order			19.99		A1			
2026-11-02T10:00:00Z	C2	order			5		A2			Two\nlines
2026-11-03T10:00:00Z	C9	nps			9					
2026-11-04T10:00:00Z		web	web							Preisliste
!
mkdir -m 700 store
cp journal.tsv store/
{ cat people.tsv; printf 'C9\tMueller\tGraz\temail\t\t\t\n'; } >store/customers.tsv
printf 'old\tnew\ttime\tfilled\nC9\tC1\t2026-11-05T00:00:00Z\t\n' >store/aliases.tsv

head='id	name	city	channel	email	orders	birthday'
anna='C1	Anna Müller	Graz	email	anna@x.example	3	1980-02-29'
joerg='C2	Jörg Weiß	München	phone		12	--12-24'
obrien="C3	John O'Brien	Bad Homburg	email	job@y.example		"

# NAME EXPR ROW... : what EXPR finds among the customers of the store.
finds() {
	name=$1 expr=$2 status=1
	shift 2
	[ $# -eq 0 ] || status=0
	printf '%s\n' "$head" "$@" >expected
	t_run "$name" $status crm-find "$expr" <expected
}

finds 'a word is searched in any field, case folded' 'MÜLLER' "$anna"
finds 'sharp s is two s' 'weiss' "$joerg"
finds 'all words must be found' 'anna graz' "$anna"
finds 'words in quotes are one' '"bad homb"' "$obrien"
finds 'a quote inside a word is a letter' "o'brien" "$obrien"
finds 'nothing found is status 1' 'nobody'
finds 'a bare word behind = is text, column or not' 'channel = email' \
    "$anna" "$obrien"
finds 'column.NAME is a column' 'channel = column.email'
finds 'numbers are compared as numbers' 'orders >= 3' "$anna" "$joerg"
finds 'an empty field is less than nothing' 'orders < 5' "$anna"
finds 'empty text is the empty field' 'email = ""' "$joerg"
finds 'not equal holds for an empty field' 'orders != 3' "$joerg" "$obrien"
finds 'and binds before or' 'id = C3 or city ~ graz and orders = 3' \
    "$anna" "$obrien"
finds 'a birthday without year is no error' 'birthday < 1990' "$anna"
finds 'merged customers are hidden' 'city = Graz' "$anna"
finds 'an expression is regular where it is' 'city ~ "^(graz|m.nchen)$"' \
    "$anna" "$joerg"

mkdir new
t_run 'a store without customers is a table without rows' 1 \
    sh -c 'crm-find -d new anna | cut -f 1-3; crm-find -d new -o json anna' <<'!'
id	salutation	name
[
]
!
t_err 'and conditions are read all the same' 2 \
    'crm-find: expression: column 1: unknown column: "nme" (did you mean "name"?)' \
    crm-find -d new 'nme = Anna'
t_run '-v turns the condition around' 0 crm-find -v 'orders > 3' <<!
$head
$anna
$obrien
!
t_run '-n counts' 0 crm-find -n 'channel = email' <<'!'
2
!
t_run '-n counts nothing as 0' 1 crm-find -n 'nobody' <<'!'
0
!
t_run '-q finds without a word' 0 crm-find -q anna </dev/null
t_run '-q finds nothing without a word' 1 crm-find -q nobody </dev/null
t_run '-q is done at the first row that holds' 0 \
    sh -c 'printf "id\torders\nC1\t5\nC2\tx\n" | crm-find -q "orders > 1" -' \
    </dev/null
t_run 'JSON shows figures bare' 0 crm-find -o json 'id = C2' <<'!'
[
{"id":"C2","name":"Jörg Weiß","city":"München","channel":"phone","email":"","orders":12,"birthday":"--12-24"}
]
!

t_run 'people see a table' 0 crm-find -o table 'orders > 1' people.tsv <<'!'
id  name         city     channel  email           orders  birthday
C1  Anna Müller  Graz     email    anna@x.example       3  1980-02-29
C2  Jörg Weiß    München  phone                        12  --12-24
!
t_run 'events, too' 0 crm-find -j -o table 'kind = nps' <<'!'
time                  customer  kind  channel  tone  value  due  ref  topic  by  text
2026-11-03T10:00:00Z  C1        nps                      9
!
t_run 'any table, from standard input too' 0 \
    sh -c 'printf "a\tb\n1\tx\n10\ty\n9.5\tz\n" | crm-find "a > 9.25" -' <<'!'
a	b
10	y
9.5	z
!
t_run 'files follow one another under one header' 0 \
    crm-find 'id = C2' people.tsv empty.tsv people.tsv <<!
$head
$joerg
$joerg
!
t_run 'names of groups are compared as the time they are' 0 \
    sh -c 'printf "group\tn\n2026-Q1\t1\n2026-Q3\t2\n" |
	crm-find "group >= 2026-04" -' <<'!'
group	n
2026-Q3	2
!
t_ok 'awk counts as many' sh -c '
	awk "BEGIN { print \"i\tx\"; for (; i < 3000; i++)
		print i \"\t\" i * 7919 % 1000 / 4 }" >n.tsv
	awk "NR > 1 && (\$2 >= 100.25 && \$2 < 200 || \$1 == 7) { n++ }
		END { print n }" n.tsv >a
	crm-find -n "x >= 100.25 and x < 200 or i = 7" n.tsv >b
	diff a b && [ "$(cat a)" -gt 1000 ]'

jhead='time	customer	kind	channel	tone	value	due	ref	topic	by	text'
t_run '-j finds events; merged customers count' 0 \
    crm-find -j 'customer = C1' <<!
$jhead
2026-10-31T23:30:00Z	C1	order			19.99		A1			
2026-11-03T10:00:00Z	C1	nps			9					
!
t_run '-j knows the customer of the event' 0 \
    crm-find -j 'customer.city = München' <<!
$jhead
2026-11-02T10:00:00Z	C2	order			5		A2			Two\\nlines
!
t_run '-j searches' 0 crm-find -jn preisliste <<'!'
1
!
t_run 'days are those of the store' 0 sh -c '
	printf "key\tvalue\ntimezone\tEurope/Berlin\n" >store/settings.tsv
	crm-find -jn "time = 2026-11"; rm store/settings.tsv
	crm-find -jn "time = 2026-11"' <<'!'
4
3
!
t_run '-p and --as-of cut by time' 0 sh -c '
	crm-find -jn -p 2026-11 "kind != x"
	crm-find -jn --as-of 2026-11-02 "kind != x"' <<'!'
3
2
!
t_run '-c keeps to the customers of a table' 0 \
    sh -c 'crm-find "name ~ weiß" | crm-find -jn -c - "kind = order"' <<'!'
1
!
t_run 'files of the journal may differ in columns' 0 sh -c '
	printf "time\tkind\tcustomer\tshop\n2026-11-05\tin\tC2\tGraz\n" \
	    >store/journal-shop.tsv
	crm-find -j "shop = Graz"; rm store/journal-shop.tsv' <<'!'
time	kind	customer	shop	channel	tone	value	due	ref	topic	by	text
2026-11-05	in	C2	Graz								
!
t_run 'a journal given needs no store' 0 \
    sh -c 'CRM_DIR=nowhere crm-find -jn "value > 5" journal.tsv' <<'!'
2
!
t_ok 'threads find what one finds' sh -c '
	{ cat journal.tsv; awk "BEGIN { for (; i < 20000; i++)
		printf \"2026-11-05T10:00:00Z\tC%d\torder\t\t\t%d.5\t\tA%d\t\t\t\n\",
		    i, i, i }"; } >big.tsv
	CRM_THREADS=1 crm-find -jn "value > 7000 and text = \"\"" big.tsv >a
	CRM_THREADS=3 crm-find -jn "value > 7000 and text = \"\"" big.tsv >b
	echo 13000 | diff - a && diff a b'

t_ok 'more than can be kept comes in its order, too' sh -c '
	export CRM_DIR=nowhere
	tail -n +2 big.tsv >rows; cp big.tsv huge.tsv
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24
	do cat rows >>huge.tsv; done
	[ "$(wc -c <huge.tsv)" -gt 20000000 ] &&
	CRM_THREADS=2 crm-find -j "kind != x" huge.tsv | cmp - huge.tsv &&
	sed "1s/^/\xef\xbb\xbf/" huge.tsv | crm-find -j "kind != x" - |
	    cmp - huge.tsv'

# Mistakes.
usage='usage: crm-find [-jnqv] [-c FILE] [-d DIR] [-o FORMAT] [-p PERIOD]
                [--as-of DAY] [--color WHEN] EXPR [FILE ...]'
t_err 'no condition' 2 "crm-find: a condition is missing
$usage" crm-find
t_err '-p is for events' 2 "crm-find: -c, -p and --as-of need -j
$usage" crm-find -p 2026 x
t_err 'an unknown column' 2 \
    'crm-find: expression: column 1: unknown column: "order" (did you mean "orders"?)' \
    crm-find 'order > 1'
t_err 'an unknown column of the customer' 2 \
    'crm-find: expression: column 1: unknown column: "customer.cty" (did you mean "customer.city"?)' \
    crm-find -j 'customer.cty = Graz'
t_err 'a text with blanks out of quotes' 2 \
    'crm-find: expression: column 12: expected "and" or "or" (text with blanks in quotes), not "Homburg"' \
    crm-find 'city = Bad Homburg'
t_err 'parentheses without end' 2 \
    'crm-find: expression: column 101: nested too deep' \
    sh -c 'crm-find "$(printf "%100000s" | tr " " "(")id = 1"'
t_err 'an expression that is not UTF-8' 2 \
    'crm-find: expression: column 6: not UTF-8' \
    sh -c 'crm-find "$(printf "id = \377")"'
t_err 'other columns' 3 \
    'crm-find: other.tsv:1: not the columns of empty.tsv' \
    sh -c 'printf "id\tname\n" >other.tsv
	crm-find -q "id = C1" empty.tsv other.tsv'
t_run 'a row that cannot be judged' 3 crm-find 'id > 5' people.tsv <<!
$head
!
printf '%s\n' 'crm-find: people.tsv:2: id: not a number: "C1"' \
    'crm-find: people.tsv:3: id: not a number: "C2"' \
    'crm-find: people.tsv:4: id: not a number: "C3"' >each
t_ok '... is named with line and column' diff each err
t_err 'a field that is no time' 3 \
    'crm-find: people.tsv:4: city: not a day or time: "Bad Homburg"' \
    crm-find -n 'city < 2026-11 and id = C3' people.tsv
t_err 'an event that cannot be judged' 3 \
    'crm-find: journal.tsv:5: text: not a number: "Preisliste"' \
    crm-find -jn 'text > 5 and kind = web' journal.tsv
t_err 'nor by a column of the customer' 3 \
    'crm-find: store/journal.tsv:3: customer.city: not a number: "München"' \
    sh -c 'crm-find -jn "customer.city > 5 and value = 5" 2>&1 |
	sed "s,$PWD/,," >&2; exit 3'
t_err 'no file' 4 'crm-find: nowhere.tsv: No such file or directory' \
    crm-find x nowhere.tsv
t_err 'no store' 4 \
    'crm-find: nowhere: no store here (crm-add makes one)' \
    crm-find -d nowhere x
t_run 'a store without customers has none' 1 \
    sh -c 'mkdir bare; crm-find -d bare -n x' <<'!'
0
!
t_run 'a last line without its end is no customer yet' 0 sh -c '
	cp -r store torn; printf "C4\tPia" >>torn/customers.tsv
	crm-find -d torn -n "id ~ ^C"' <<'!'
3
!
t_ok '... and is told' sh -c 'printf "%s\n" \
    "crm-find: torn/customers.tsv: 6 bytes at the end are no whole row" |
    diff - err'

# The world outside.
printf 'id\tr\nA\t7\nB\tx\n' >bad.tsv
t_run 'in one file the message stands behind the header' 3 \
    sh -c 'crm-find "r < 5" bad.tsv >both 2>&1; s=$?; cat both; exit $s' <<'!'
id	r
crm-find: bad.tsv:3: r: not a number: "x"
!
t_ok 'a full disk is noticed' sh -c '
	crm-find graz >/dev/full 2>full; [ $? -eq 4 ] && grep -q "No space" full'
t_ok 'a reader that stops early is no error' sh -c '
	crm-find -j "value > 1" big.tsv 2>early | head -n 1 >/dev/null
	[ ! -s early ]'

t_done
