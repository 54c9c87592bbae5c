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

How we met
  first touch  2026-01-05T10:00:00Z
  kind         order
  channel      web

Scores and last impression
score  value  time                  text
tone       1  2026-07-02T10:00:00Z
nps        4  2026-07-01T10:00:00Z

What is due
day         by    what   why                                              ref
2026-03-02  bert  reply  complaint of 2026-03-01, no reply yet: delivery  K1
2026-03-05  anna  reply  complaint of 2026-03-04, no reply yet: wrong     K3
2026-08-05        wake   class A, no order since 2026-02-05

Open cases
case  opened                kind       topic     channel  by    first reply  due                   state    text
K1    2026-03-01T10:00:00Z  complaint  delivery  phone    bert               2026-03-02T10:00:00Z  overdue  parcel lost
K3    2026-03-04T10:00:00Z  complaint  wrong              anna               2026-03-05T10:00:00Z  overdue

Open deals
deal  opened                stage  since                  value  due         chance %  weighted  by
D1    2026-04-01T10:00:00Z  offer  2026-04-09T10:00:00Z  700.00  2026-12-24     40.00    280.00  bert

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
cases	due	2026-03-02T10:00:00Z
cases	state	overdue
cases	text	parcel lost
cases	case	K3
cases	opened	2026-03-04T10:00:00Z
cases	kind	complaint
cases	topic	wrong
cases	by	anna
cases	due	2026-03-05T10:00:00Z
cases	state	overdue
deals	deal	D1
deals	opened	2026-04-01T10:00:00Z
deals	stage	offer
deals	since	2026-04-09T10:00:00Z
deals	value	700.00
deals	due	2026-12-24
deals	probability	40.00
deals	weighted	280.00
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
"origin":{"source":"","referred_by":"","referred_name":"","first_touch":"","kind":"","channel":"","topic":"","by":""},
"referred":[],
"scores":[],
"due":[],
"cases":[],
"deals":[],
"tasks":[],
"contracts":[],
"consent":[],
"points":{},
"campaigns":[],
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

# All sides of P, who was Q before two rows were merged, and who has a
# colleague; beside each section stands what is not to be in it.  By paper.
mkdir -m 700 sides
cat >sides/customers.tsv <<'!'
id	name	account	source	owner	birthday	tags	created
P	Pia	F	referral:R1	olga	1990-11-25		2025-01-01
Q	Pia old			nobody	1990-11-26		2025-01-01
R	Ria				--01-01		2025-01-01
R1	Ria old						2025-01-01
X	Xena	F	referral:Q		--01-01		2025-01-01
Y	Yves		referral:PP		--01-01		2025-01-01
Z	Zora		referral:Q		--01-01	released	2025-01-01
Z1	Zora old		referral:P		--01-01		2025-01-01
E	Eve						
!
printf '%s\t%s\t2026-11-05T00:00:00Z\t\n' old new Q P R1 R Z1 Z |
    sed '1s/2026-11-05T00:00:00Z/time/;1s/$/filled/' >sides/aliases.tsv
printf 'stage\tprobability\nlead\t\noffer\t25\n' >sides/stages.tsv
printf 'key\tvalue\npoints_per_unit\t1\npoints_tiers\tsilver:50\ntimezone\tUTC\n' \
    >sides/settings.tsv
cat >sides/journal.tsv <<'!'
time	customer	kind	channel	tone	value	due	ref	topic	by	text
2026-01-01T10:00:00Z	P	note							olga	met at the fair
2026-01-02T10:00:00Z	Q	web	web					catalogue		
2026-01-03T10:00:00Z	P	in	phone						olga	
2026-02-01T10:00:00Z	Q	order			60		A1			
2026-02-01T10:00:00Z	P	voucher			10	2026-12-31	V1			
2026-02-01T10:00:00Z	X	voucher			99	2026-12-31	V2			
2026-02-02T10:00:00Z	P	redeem			5					
2026-02-03T10:00:00Z	P	earn			7.9					
2026-03-01T10:00:00Z	Q	ask	email				f1	news		
2026-03-02T10:00:00Z	P	confirm	email				f1	news		
2026-03-03T10:00:00Z	P	ask	phone				f2	offers		
2026-03-03T10:00:00Z	X	confirm	phone				f2	offers		
2026-04-01T10:00:00Z	Q	sent	email				M1			
2026-04-03T22:00:00Z	P	response	email				M1			
2026-04-04T10:00:00Z	P	order			40		A2			
2026-05-01T10:00:00Z	P	sent	email				M2			
2026-05-01T10:01:00Z	P	bounce	email				M2			
2026-05-02T10:00:00Z	P	response	email				M3			
2026-05-01T10:00:00Z	X	sent	email				M4			
2026-06-01T10:00:00Z	Q	contract			100	2026-12-01	C1	care	olga	one year
2026-06-02T10:00:00Z	P	contract			120		C1		otto	
2026-06-03T10:00:00Z	X	contract			1	2026-12-01	C2			
2026-07-01T10:00:00Z	P	deal			10	2026-12-01	D1			
2026-07-02T10:00:00Z	P	deal			20		D1	offer	olga	
2026-07-03T10:00:00Z	P	deal					D1	offer	otto	
2026-07-04T10:00:00Z	P	deal			33.33		D2	ofer		
2026-07-05T10:00:00Z	Q	deal			50		D3	offer		
2026-07-06T10:00:00Z	Q	won					D3			
2026-07-07T10:00:00Z	P	deal					D4	offer		
2026-07-08T10:00:00Z	P	won					D4			
2026-07-09T10:00:00Z	P	deal					D4	offer		
2026-07-10T10:00:00Z	P	deal			70		D5	offer		
2026-07-11T10:00:00Z	X	lost					D5	price		
2026-11-01T10:00:00Z	Q	complaint	phone				K1	late	otto	late again
2026-11-20T10:00:00Z	X	reply					K1		olga	
2026-11-20T11:00:00Z	X	assign					K1		olga	
2026-11-02T10:00:00Z	P	request					K2	copy	otto	
2026-11-03T10:00:00Z	X	solve					K2			
2026-11-20T10:00:00Z	P	request				2026-11-30	K3	size		
2026-11-20T10:00:00Z	X	complaint					K4	late		
2026-11-20T11:00:00Z	P	reply					K4			
2026-11-01T10:00:00Z	P	todo				2026-11-24	T1	call	olga	
2026-11-01T10:00:00Z	P	todo				2026-11-25	T2	call	olga	
2026-11-02T10:00:00Z	X	done					T2			
2026-11-01T10:00:00Z	P	todo				2027-03-01	T3		olga	much later
2026-11-01T10:00:00Z	P	todo								some day
2026-11-03T10:00:00Z	X	done								
2026-11-01T10:00:00Z	X	todo				2026-11-24	T4			
2026-10-01T10:00:00Z	X	order			500					
!
section() { # NAME WHOSE [OPTIONS]: as TSV without the section's name
	section=$1 whose=$2
	shift 2
	crm-show -d sides -o json "$@" "$whose" |
	    mlr --ijson --otsv put -q "s = \$$section;
		if (is_map(s) && length(s) > 0) { emit1 s }
		elif (is_array(s)) { for (r in s) { emit1 r } }"
}

t_run 'people are those of the account; merged ones are not there' 0 \
    section people P <<'!'
id	name	company	position	email	phone
X	Xena				
!
t_run 'nobody belongs to one without an account' 0 section people R </dev/null
mkdir -m 700 firms
printf 'id\tcompany\taccount\nF\tLampen AG\t\nG\tLampen\t\nA\t\tG\nB\t\tF\n' \
    >firms/customers.tsv
printf 'old\tnew\nG\tF\n' >firms/aliases.tsv
printf 'time\tcustomer\tkind\n' >firms/journal.tsv
t_run 'an account that was merged has become another' 0 sh -c '
	for i in F A B; do
		echo $i: $(crm-show -d firms $i | grep "^people	id" | cut -f 3)
	done' <<'!'
F: A B
A: F B
B: F A
!
t_run 'the first touch is no note of ours; a merged referrer has become another' \
    0 section origin P <<'!'
source	referred_by	referred_name	first_touch	kind	channel	topic	by
referral:R1	R	Ria	2026-01-02T10:00:00Z	web	web	catalogue	
!
t_run 'without source and events there is no origin' 0 section origin R <<'!'
source	referred_by	referred_name	first_touch	kind	channel	topic	by
							
!
t_run 'referred are those who name any of his ids, once' 0 \
    section referred P <<'!'
id	name	orders	net	last_order
X	Xena	1	500.00	2026-10-01
Z	Zora	0	0.00	
!
t_run 'with what they bought in the period' 0 \
    sh -c 'crm-show -d sides -p 2026-Q1 P | grep -c "^referred	orders	0$"' <<'!'
2
!
t_run 'who referred nobody' 0 section referred X </dev/null
t_run 'consent by channel and purpose' 0 section consent P <<'!'
channel	purpose	state	since	version
email	news	confirmed	2026-03-02T10:00:00Z	f1
phone	offers	asked	2026-03-03T10:00:00Z	f2
!
t_run 'consent as it stood' 0 section consent P --as-of 2026-03-01 <<'!'
channel	purpose	state	since	version
email	news	asked	2026-03-01T10:00:00Z	f1
!
t_run 'nobody has asked him' 0 section consent Y </dev/null
# 60 + 40 of orders, 7 earned, 5 redeemed; the voucher is one of his own
t_run 'points and vouchers' 0 section points P <<'!'
balance	tier	year	earned	returned	redeemed	expired	expiring	expires	vouchers	vouchers_redeemed	vouchers_expired	voucher_value	voucher_due
102	silver	107	107	0	5	0	0		1	0	0	10.00	2026-12-31
!
t_run 'points earned in a period, and the balance at its end' 0 sh -c '
	crm-show -d sides -p 2026-02 P | grep -E "^points	(balance|earned|tier)"' <<'!'
points	balance	62
points	tier	silver
points	earned	67
!
t_run 'who has no points' 0 section points R </dev/null

# --- one ref, two customers -------------------------------------------------

mkdir -m 700 shared
printf '%s\n' id P X >shared/customers.tsv
cat >shared/journal.tsv <<'!'
time	customer	kind	value	due	ref	topic	by	text
2026-11-01	P	todo		2026-11-24	T1	call	olga	of P
2026-11-02	X	todo		2026-11-25	T1			
2026-11-01	P	todo		2026-11-24	T2	call	olga	of P
2026-11-02	X	todo			T2			
2026-11-03	X	done			T2			
2026-11-01	P	contract	10	2027-11-01	L1	care	olga	of P
2026-11-02	X	contract		2027-12-01	L1			
!
t_run 'what each is told is his own' 0 sh -c '
	for whose in P X; do
		crm-show -d shared -n 0 "$whose" |
		    grep -E "^(due.*why|tasks|contracts)"
	done' <<'!'
due	why	task of 2026-11-01: of P
due	why	task of 2026-11-01: of P
tasks	task	T1
tasks	due	2026-11-24
tasks	by	olga
tasks	topic	call
tasks	text	of P
tasks	task	T2
tasks	due	2026-11-24
tasks	by	olga
tasks	topic	call
tasks	text	of P
contracts	contract	L1
contracts	since	2026-11-01
contracts	due	2027-11-01
contracts	value	10.00
contracts	by	olga
contracts	topic	care
contracts	text	of P
due	why	task of 2026-11-02
tasks	task	T1
tasks	due	2026-11-25
contracts	contract	L1
contracts	since	2026-11-02
contracts	due	2027-12-01
!
t_run 'campaigns that were sent to him, the latest first' 0 \
    section campaigns P <<'!'
campaign	sent	reached	responded	response_days	orders	revenue
M2	2026-05-01	no	no	null	0	0.00
M1	2026-04-01	yes	yes	2.5	1	40.00
!
t_run 'only those of the period, as many as are asked for' 0 sh -c '
	crm-show -d sides -p 2026-04 P | grep -c "^campaigns	campaign"
	crm-show -d sides -n 1 P | grep -c "^campaigns	campaign"' <<'!'
1
1
!
t_run 'nothing was sent to him' 0 section campaigns R </dev/null
t_run 'a contract runs as it was agreed last' 0 section contracts P <<'!'
contract	since	due	value	by	topic	text
C1	2026-06-01		120.00	otto	care	one year
!
t_run 'who has no contract' 0 section contracts R </dev/null
# D2 is in no stage of stages.tsv, D3 and D5 are over; 20 x 25 % = 5
t_run 'open deals: stage, since, value, chance' 0 section deals P <<'!'
deal	opened	stage	since	value	due	probability	weighted	by
D1	2026-07-01T10:00:00Z	offer	2026-07-02T10:00:00Z	20.00	2026-12-01	25.00	5.00	otto
D2	2026-07-04T10:00:00Z	ofer	2026-07-04T10:00:00Z	33.33		null	null	
D4	2026-07-07T10:00:00Z	offer	2026-07-09T10:00:00Z	null		25.00	null	
!
t_run 'a deal is in the first stage until it is in another' 0 \
    section deals P --as-of 2026-07-01 <<'!'
deal	opened	stage	since	value	due	probability	weighted	by
D1	2026-07-01T10:00:00Z	lead	2026-07-01T10:00:00Z	10.00	2026-12-01	null	null	
!
t_run 'who has no deal' 0 section deals X </dev/null
# K2 was solved by a colleague, K4 is hers
t_run 'open cases: who has them, until when, how they stand' 0 \
    section cases P <<'!'
case	opened	kind	topic	channel	by	first_reply	due	state	text
K1	2026-11-01T10:00:00Z	complaint	late	phone	olga	2026-11-20T10:00:00Z	2026-11-04T10:00:00Z	overdue	late again
K3	2026-11-20T10:00:00Z	request	size				2026-11-21T10:00:00Z	overdue	
!
t_run 'who has no case' 0 section cases R </dev/null
t_run 'tasks that are not done, those without a ref for ever' 0 \
    section tasks P <<'!'
task	due	by	topic	text
T1	2026-11-24	olga	call	
T3	2027-03-01	olga		much later
				some day
!
t_run 'what is due now and in a week, for whoever is to do it' 0 \
    section due P <<'!'
day	by	what	why	ref
2026-11-01	olga	task	task of 2026-11-01: some day	
2026-11-04	olga	apology	complaint of 2026-11-01, no apology yet: late	K1
2026-11-04	olga	solve	complaint of 2026-11-01, not solved yet: late	K1
2026-11-21	olga	reply	request of 2026-11-20, no reply yet: size	K3
2026-11-24	olga	task	task of 2026-11-01: call	T1
2026-11-25	olga	birthday	becomes 36 years old	
!
t_run 'nothing is due where nothing is to be done' 0 section due Z </dev/null
t_run 'what is empty says nothing to people' 0 \
    crm-show -d sides -o md E <<'!'
## Customer

- **id**: E
- **name**: Eve

## Value

- **orders**: 0
- **revenue**: 0.00
- **refunds**: 0.00
- **net sales**: 0.00
- **cost**: 0.00
- **contacts**: 0
- **minutes**: 0.00

## Segment

- **ABC class**: C
- **stage**: lead
- **key account**: no
!
t_run 'every section is in JSON, whoever it is' 0 sh -c '
	for id in P R Z E; do
		crm-show -d sides -o json $id |
		    mlr --ijson --onidx put -q "emit1 {\"keys\":
			joink(\$*, \",\")}"
	done | sort | uniq -c | sed "s/^ *//"' <<'!'
4 customer,people,value,segment,origin,referred,scores,due,cases,deals,tasks,contracts,consent,points,campaigns,events
!
t_err 'a birthday that is none' 3 \
    'crm-show: bad2/customers.tsv:2: birthday: not a birthday: "soon"' \
    sh -c 'cp -r sides bad2; sed -i "2s/1990-11-25/soon/" bad2/customers.tsv
	crm-show -d bad2 P'
t_ok 'of another it is passed over' crm-show -d bad2 R
t_err 'a chance that is none' 3 \
    'crm-show: bad3/stages.tsv:3: probability: not a per cent from 0 to 100: "250"' \
    sh -c 'cp -r sides bad3; sed -i "3s/25/250/" bad3/stages.tsv
	crm-show -d bad3 P'

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
t_ok 'an event of nobody' crm-log -d nobody '' note 'the shelf is full'
t_err 'no id is nobody, for all that' 1 \
    'crm-show: unknown customer: ""' crm-show -d nobody ''
usage='usage: crm-show [-d DIR] [-n N] [-o FORMAT] [-p PERIOD] [--access]
                [--as-of DAY] [--color WHEN] ID'
t_err 'nobody is nobody' 2 "crm-show: one customer is shown at a time
$usage" crm-show
t_err 'a number of events is a number' 2 \
    "crm-show: -n: not a whole number: \"ten\"
$usage" crm-show -n ten C1
t_err 'no store' 4 'crm-show: nowhere: no store here (crm-add makes one)' \
    crm-show -d nowhere C1
t_err 'a bad row of the journal' 3 \
    'crm-show: bad/journal.tsv:2: value: not a number: "ten"' \
    sh -c 'cp -r store bad; printf "%s\n" "time	customer	kind	value" \
	"2026-01-01	C1	order	ten" >bad/journal.tsv
	crm-show -d bad C1'

crm-show C1 >shown
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
t_ok 'nothing is written on the way' sh -c '
	(ulimit -f 0; crm-show C1) | cmp - "$1"' sh shown
t_ok 'a full disk is noticed' sh -c '
	crm-show C9 >/dev/full 2>full; [ $? -eq 4 ] && grep -q "No space" full'

t_done
