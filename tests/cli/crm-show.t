#!/bin/sh
# crm-show, from the outside.  Figures are reckoned on paper beside them;
# JSON is read by Miller.
. "$(dirname "$0")/../lib.sh"

mkdir -m 700 store
cat >store/customers.tsv <<'!'
id	name	company	email	account	tags	note
F1		Lampen AG	info@lampen.example		key	
C1	Anna Müller	Lampen AG	anna@lampen.example, A.M@home.example	F1		two\nlines
C2	Bert Groß	Lampen AG	info@lampen.example	F1		
C8	Anna Mueller		am@old.example	F1		
C9	Zoe		zoe@x.example			
!
printf 'old\tnew\ttime\tfilled\nC8\tC1\t2026-11-05T00:00:00Z\t\n' >store/aliases.tsv
# orders: 100.00 + 50.01 in 2 orders, 10 back: net 140.01, basket 75.005
cat >store/journal.tsv <<'!'
time	customer	kind	channel	tone	value	due	ref	topic	by	text
2026-01-05T10:00:00Z	C1	order	web		100		A1			
2026-02-05T10:00:00Z	C8	order	web		50.01		A2			
2026-02-07T10:00:00Z	C1	refund			10		A2			
2026-03-01T10:00:00Z	C1	complaint	phone	-2			K1	delivery	anna	parcel lost
2026-03-01T11:00:00Z	C1	assign					K1		bert	
2026-03-02T10:00:00Z	C1	request	email				K2	invoice	anna	copy
2026-03-03T10:00:00Z	C2	solve					K2		bert	sent
2026-03-04T10:00:00Z	C1	complaint					K3	wrong	anna	
2026-03-05T10:00:00Z	C1	solve					K3		anna	
2026-03-06T10:00:00Z	C1	reopen					K3		anna	again
2026-04-01T10:00:00Z	C1	deal			500	2026-12-01	D1	first	bert	
2026-04-09T10:00:00Z	C1	deal			700	2026-12-24	D1	offer	bert	
2026-04-02T10:00:00Z	C1	deal			30		D2	first	bert	
2026-04-03T10:00:00Z	C1	lost					D2	price	bert	
2026-05-01T10:00:00Z	C1	todo				2026-12-01	T1	call	bert	call her
2026-05-02T10:00:00Z	C1	todo				2026-05-03	T2	write	bert	
2026-05-03T10:00:00Z	C1	done					T2		bert	
2026-06-01T10:00:00Z	C1	nps			9					fine
2026-07-01T10:00:00Z	C1	nps			4					
2026-07-01T10:00:00Z	C1	nps			6					
2026-07-02T10:00:00Z	C1	in	phone	1	12.5			question	anna	
2026-08-01T10:00:00Z	C7	in	phone							only here
!

t_run 'one customer from all sides' 0 crm-show -n 2 -o table C1 <<'!'
Customer
  id       C1
  name     Anna Müller
  company  Lampen AG
  email    anna@lampen.example, A.M@home.example
  account  F1
  note     two\nlines

People of the account
id  name       company    position  e-mail               phone
F1             Lampen AG            info@lampen.example
C2  Bert Groß  Lampen AG            info@lampen.example

Value
  orders        2
  revenue       150.01
  refunds       10.00
  net sales     140.01
  mean basket   75.01
  cost          0.00
  first order   2026-01-05
  last order    2026-02-05
  contacts      4
  minutes       12.50
  last contact  2026-07-02T10:00:00Z

Segment
  ABC class                     A
  share of all sales, per cent  100.00
  recency, frequency, money     111
  segment                       Lost
  stage                         sleeping
  key account                   yes

Scores and last impression
score  value  time                  text
tone       1  2026-07-02T10:00:00Z
nps        4  2026-07-01T10:00:00Z

Open cases
case  opened                kind       topic     channel  by    text
K1    2026-03-01T10:00:00Z  complaint  delivery  phone    bert  parcel lost
K3    2026-03-04T10:00:00Z  complaint  wrong              anna

Open deals
deal  opened                stage  since                  value  due         by
D1    2026-04-01T10:00:00Z  offer  2026-04-09T10:00:00Z  700.00  2026-12-24  bert

Open tasks
task  due         by    topic  text
T1    2026-12-01  bert  call   call her

Events, the latest first
time                  kind  channel  tone  value  topic     by
2026-07-02T10:00:00Z  in    phone       1   12.5  question  anna
2026-07-01T10:00:00Z  nps                      6
!

t_run 'a table is section, field and value' 0 \
    sh -c 'crm-show C1 | grep -E "^(section|people|cases|deals)"' <<'!'
section	field	value
people	id	F1
people	company	Lampen AG
people	email	info@lampen.example
people	id	C2
people	name	Bert Groß
people	company	Lampen AG
people	email	info@lampen.example
cases	case	K1
cases	opened	2026-03-01T10:00:00Z
cases	kind	complaint
cases	topic	delivery
cases	channel	phone
cases	by	bert
cases	text	parcel lost
cases	case	K3
cases	opened	2026-03-04T10:00:00Z
cases	kind	complaint
cases	topic	wrong
cases	by	anna
deals	deal	D1
deals	opened	2026-04-01T10:00:00Z
deals	stage	offer
deals	since	2026-04-09T10:00:00Z
deals	value	700.00
deals	due	2026-12-24
deals	by	bert
!

t_run 'JSON is one object' 0 \
    sh -c 'crm-show -o json C1 | mlr --ijson --otsv flatten then cut -o -f \
	customer.id,customer.note,value.net,cases.2.case,events.20.ref' <<'!'
customer.id	customer.note	value.net	cases.2.case	events.20.ref
C1	two\nlines	140.01	K3	A1
!
t_run 'nothing known is an empty list, and no number is null' 0 \
    crm-show -o json C9 <<'!'
{
"customer":{"id":"C9","name":"Zoe","company":"","email":"zoe@x.example","account":"","tags":"","note":""},
"people":[],
"value":{"orders":0,"revenue":0.00,"refunds":0.00,"net":0.00,"basket":null,"cost":0.00,"first_order":"","last_order":"","contacts":0,"minutes":0.00,"last_contact":""},
"segment":{"abc":"C","share":null,"rfm":"","segment":"","stage":"lead","key":"no"},
"scores":[],
"cases":[],
"deals":[],
"tasks":[],
"events":[]
}
!
t_run 'Markdown has headings, labels and tables' 0 \
    sh -c 'crm-show -o md -n 1 C2 | sed -n "1,4p;/^## Events/,\$p"' <<'!'
## Customer

- **id**: C2
- **name**: Bert Groß
## Events, the latest first

| time | kind | ref | by | text |
| --- | --- | --- | --- | --- |
| 2026-03-03T10:00:00Z | solve | K2 | bert | sent |
!
t_run 'value and events of a period' 0 \
    sh -c 'crm-show -p 2026-02 C1 | grep -E "^(value	(net|orders)|events	ref|cases	case)"' <<'!'
value	orders	1
value	net	40.01
events	ref	A2
events	ref	A2
!
t_run 'as it stood: the second request was still open' 0 \
    sh -c 'crm-show --as-of 2026-03-02 C1 | grep "^cases	case"' <<'!'
cases	case	K1
cases	case	K2
!

# Who is meant.
id() {
	crm-show -n 0 -o tsv "$1" | sed -n '2s/.*	//p'
}
shows() {
	t_ok "$1" test "$(id "$2")" = "$3"
}
shows 'an e-mail address names a customer' anna@lampen.example C1
shows 'the second address and its case do, too' a.m@HOME.example C1
shows 'a merged id is the one that was kept' C8 C1
shows 'so is the address of a merged customer' am@old.example C1
shows 'a customer of whom there are only events is known by id' C7 C7

t_err 'an unknown customer, and the nearest' 1 \
    'crm-show: unknown customer: "C1x" (did you mean "C1"?)' crm-show C1x
t_err 'an unknown customer, and none near' 1 \
    'crm-show: unknown customer: "nobody@nowhere.example"' \
    crm-show nobody@nowhere.example
t_err 'an address of two' 1 \
    'crm-show: several customers have this e-mail address: "info@lampen.example" (F1, C2)' \
    crm-show info@lampen.example
usage='usage: crm-show [-d DIR] [-n N] [-o FORMAT] [-p PERIOD] [--access]
                [--as-of DAY] [--color WHEN] ID'
t_err 'nobody is nobody' 2 "crm-show: one customer is shown at a time
$usage" crm-show
t_err 'a number of events is a number' 2 \
    "crm-show: not a number of events: \"ten\"
$usage" crm-show -n ten C1
t_err 'no store' 4 'crm-show: nowhere: no store here (crm-add makes one)' \
    crm-show -d nowhere C1
t_err 'a bad row of the journal' 3 \
    'crm-show: bad/journal.tsv:2: value: not a number: "ten"' \
    sh -c 'cp -r store bad; printf "%s\n" "time	customer	kind	value" \
	"2026-01-01	C1	order	ten" >bad/journal.tsv
	crm-show -d bad C1'

t_ok 'threads show what one shows' sh -c '
	{ cat store/journal.tsv; awk "BEGIN { for (; i < 30000; i++)
		printf \"2026-11-05T10:00:00Z\tC%d\tin\t\t\t\t\t\t\t\tx%d\n\",
		    i % 97, i }"; } >many
	mkdir big; cp store/customers.tsv store/aliases.tsv big; cp many big/journal.tsv
	CRM_THREADS=1 crm-show -d big -o json C1 >a
	CRM_THREADS=3 crm-show -d big -o json C1 >b
	cmp a b && awk -F "\t" "(\$2 == \"C1\" || \$2 == \"C8\") &&
	    \$3 == \"in\"" many | wc -l >want
	grep -c "\"kind\":\"in\"" a | diff want -'
t_ok 'the order of rows does not matter' sh -c '
	mkdir turned; cp store/customers.tsv store/aliases.tsv turned
	{ head -n 1 many; tail -n +2 many | sort -r; } >turned/journal.tsv
	crm-show -d turned -o json C1 | cmp - a'
t_ok 'control bytes do not reach people' sh -c '
	mkdir esc; printf "id\tname\nE\t\033[31mred\n" >esc/customers.tsv
	head -n 1 store/journal.tsv >esc/journal.tsv
	crm-show -d esc -o table E | grep -qF "\\x1b[31mred"'
t_ok 'a full disk is noticed' sh -c '
	crm-show C1 >/dev/full 2>full; [ $? -eq 4 ] && grep -q "No space" full'

t_done
