#!/bin/sh
# crm-consent: who may be addressed, and the proof.
. "$(dirname "$0")/../lib.sh"

t_need_firm
header='time\tcustomer\tkind\tchannel\tref\ttopic\tby\ttext\n'

printf '%b' "$header" \
	'2026-01-01T09:00:00Z\tC1\task\temail\tf1\tnews\tanna\tform\n' \
	'2026-01-01T09:10:00Z\tC1\tconfirm\temail\tf1\tnews\tanna\tclick\n' \
	'2026-02-01T09:00:00Z\tC1\tconfirm\tphone\tf1\toffers\tanna\tcall\n' \
	'2026-01-02T09:00:00Z\tC2\task\temail\tf1\tnews\tanna\tform\n' \
	'2026-01-03T09:00:00Z\tC3\tconfirm\temail\tf1\tnews\tanna\tclick\n' \
	'2026-05-03\tC3\twithdraw\t\t\t\tbernd\tletter\n' \
	'2026-01-04T09:00:00Z\tC4\tconfirm\temail\tf1\tnews\tanna\tclick\n' \
	'2026-01-04T09:00:00Z\tC4\twithdraw\temail\t\tnews\tanna\tlink\n' \
	'2026-06-01T09:00:00Z\tC5\twithdraw\t\t\t\tbernd\tobjection\n' \
	'2026-06-01T09:00:00Z\tC6\torder\t\tA1\t\t\t\n' |
	awk -F '\t' -v OFS='\t' '{ print $0, (NR == 1 ? "value" : 5) }' >j.tsv

# --- states ---------------------------------------------------------------

t_run 'one row per customer, channel and purpose' 0 crm-consent j.tsv <<'!'
id	name	channel	purpose	state	since	version	evidence
C1		email	news	confirmed	2026-01-01T09:10:00Z	f1	click
C1		phone	offers	confirmed	2026-02-01T09:00:00Z	f1	call
C2		email	news	asked	2026-01-02T09:00:00Z	f1	form
C3		email	news	withdrawn	2026-05-03T00:00:00Z		letter
C4		email	news	withdrawn	2026-01-04T09:00:00Z		link
C5				withdrawn	2026-06-01T09:00:00Z		objection
!
t_run 'as of a day before the withdrawal' 0 sh -c \
	'crm-consent --as-of 2026-05-02 j.tsv | grep ^C3' <<'!'
C3		email	news	confirmed	2026-01-03T09:00:00Z	f1	click
!
t_run 'a period counts by its end' 0 sh -c \
	'crm-consent -p 2026-04 j.tsv | cut -f 1,3-5' <<'!'
id	channel	purpose	state
C1	email	news	confirmed
C1	phone	offers	confirmed
C2	email	news	asked
C3	email	news	confirmed
C4	email	news	withdrawn
!
t_run 'JSON' 0 sh -c 'crm-consent -o json j.tsv | sed -n 5p' <<'!'
{"id":"C3","name":"","channel":"email","purpose":"news","state":"withdrawn","since":"2026-05-03T00:00:00Z","version":"","evidence":"letter"},
!
t_law 'order, files and threads do not matter' j.tsv crm-consent
t_law 'nor do they for --for' j.tsv crm-consent --for email/news

# --- who may be addressed -------------------------------------------------

t_run 'only the confirmed may be addressed' 0 \
	crm-consent --for email/news j.tsv <<'!'
id	name	channel	purpose	state	since	version	evidence
C1		email	news	confirmed	2026-01-01T09:10:00Z	f1	click
!
t_run 'and nobody else for something else' 1 \
	crm-consent --for phone/news j.tsv <<'!'
id	name	channel	purpose	state	since	version	evidence
!
t_run 'what was allowed then' 0 sh -c \
	'crm-consent --for email/news --as-of 2026-05-02 j.tsv | cut -f 1' <<'!'
id
C1
C3
!
t_run 'with --all the others are told too' 0 sh -c \
	'crm-consent --for email/news --all j.tsv | cut -f 1,3-5' <<'!'
id	channel	purpose	state
C1	email	news	confirmed
C2	email	news	asked
C3	email	news	withdrawn
C4	email	news	withdrawn
C5	email	news	withdrawn
!
t_run 'a condition chooses rows, it does not undo a withdrawal' 0 sh -c \
	'crm-consent -w "kind = confirm" j.tsv | cut -f 1,3-5
	crm-consent --for email/news -w "by = anna" j.tsv | cut -f 1' <<'!'
id	channel	purpose	state
C1	email	news	confirmed
C1	phone	offers	confirmed
C3	email	news	withdrawn
C4	email	news	withdrawn
id
C1
!
t_run 'nor can one of them be the only one chosen' 1 \
	crm-consent --for email/news -w 'kind = withdraw' j.tsv <<'!'
id	name	channel	purpose	state	since	version	evidence
!

# --- lists ----------------------------------------------------------------

printf 'id\tname\tclass\nC9\tNew\tA\nC3\tCy\tB\nC1\tAda\tA\n' >list.tsv
t_run 'a list keeps its order and its other columns' 0 \
	crm-consent --all j.tsv list.tsv <<'!'
id	name	channel	purpose	state	since	version	evidence	class
C9				none				A
C3		email	news	withdrawn	2026-05-03T00:00:00Z		letter	B
C1		email	news	confirmed	2026-01-01T09:10:00Z	f1	click	A
C1		phone	offers	confirmed	2026-02-01T09:00:00Z	f1	call	A
!
t_run 'a list on standard input' 0 sh -c \
	'crm-consent --for email/news j.tsv - <list.tsv' <<'!'
id	name	channel	purpose	state	since	version	evidence	class
C1		email	news	confirmed	2026-01-01T09:10:00Z	f1	click	A
!
t_run '--for with --all and a list: none' 0 sh -c \
	'crm-consent --for email/news --all j.tsv list.tsv | cut -f 1,3-6' <<'!'
id	channel	purpose	state	since
C9	email	news	none	
C3	email	news	withdrawn	2026-05-03T00:00:00Z
C1	email	news	confirmed	2026-01-01T09:10:00Z
!
t_run '-c narrows as everywhere' 0 sh -c \
	'crm-consent -c list.tsv --all j.tsv | cut -f 1,5' <<'!'
id	state
C1	confirmed
C1	confirmed
C3	withdrawn
!
t_run 'filtering twice is filtering once' 0 sh -c \
	'crm-consent --for email/news j.tsv >once
	crm-consent --for email/news j.tsv once | cmp - once' </dev/null

# --- the store: names, tags, merged customers -----------------------------

mkdir -m 700 store
sed 's/C3/C7/' j.tsv >store/journal.tsv
printf 'id\tname\tcompany\temail\ttags\n' >store/customers.tsv
printf 'C1\tAda\t\tada@example.com\t\nC2\t\tFirm\t\t\n' >>store/customers.tsv
printf 'C3\tCy\t\t\t\nC7\tCyrus\t\t\t\nC8\tNo\t\t\t\n' >>store/customers.tsv
printf 'key\tvalue\ntimezone\tEurope/Berlin\n' >store/settings.tsv
printf 'old\tnew\ttime\tfilled\nC7\tC3\t2026-07-01T00:00:00Z\t\n' \
	>store/aliases.tsv
t_run 'names, and those of whom nothing is known' 0 sh -c \
	'crm-consent --all | cut -f 1,2,4,5' <<'!'
id	name	purpose	state
C1	Ada	news	confirmed
C1	Ada	offers	confirmed
C2	Firm	news	asked
C3	Cy	news	withdrawn
C4		news	withdrawn
C5			withdrawn
C8	No		none
!
printf 'id\tmark\nC7\tx\nC3\ty\n' >old.tsv
t_run 'a list by an id that was merged: one row' 0 sh -c \
	'crm-consent --for email/news --as-of 2026-05-01 old.tsv |
	cut -f 1,2,9' <<'!'
id	name	mark
C3	Cy	x
!
cp -r store blocked
sed 's/^C7.*/C7\tCyrus\t\t\tlost, blocked/' store/customers.tsv \
	>blocked/customers.tsv
t_run 'one who is blocked, by any of his ids, is never addressed' 0 sh -c \
	'crm-consent -d blocked --for email/news --as-of 2026-05-01 |
	cut -f 1' <<'!'
id
C1
!
t_run 'the customer decides, as elsewhere' 0 sh -c \
	'crm-consent -w "customer.name = Ada" | cut -f 1,4' <<'!'
id	purpose
C1	news
C1	offers
!

# --- the sheet ------------------------------------------------------------

t_run 'the proof for one customer' 0 crm-consent --sheet C3 <<'!'
section	field	value
sheet	made	2026-11-21 13:00:00 +01:00
sheet	timezone	Europe/Berlin
customer	id	C3
customer	name	Cy
consent	channel	email
consent	purpose	news
consent	state	withdrawn
consent	since	2026-05-02T22:00:00Z
consent	evidence	letter
events	time	2026-01-03T09:00:00Z
events	local	2026-01-03 10:00:00 +01:00
events	kind	confirm
events	channel	email
events	purpose	news
events	version	f1
events	by	anna
events	evidence	click
events	time	2026-05-03
events	kind	withdraw
events	by	bernd
events	evidence	letter
!
t_run 'by e-mail address, as of a day, for people' 0 \
	crm-consent --sheet ADA@example.com --as-of 2026-01-31 -o table <<'!'
Consent sheet
  made       2026-11-21 13:00:00 +01:00
  as of      2026-01-31
  time zone  Europe/Berlin

Customer
  id        C1
  name      Ada
  e-mail    ada@example.com

Consent
channel  purpose  state      since                 version  evidence
email    news     confirmed  2026-01-01T09:10:00Z  f1       click

What happened
time                  local time                  kind     channel  purpose  version  by    evidence
2026-01-01T09:00:00Z  2026-01-01 10:00:00 +01:00  ask      email    news     f1       anna  form
2026-01-01T09:10:00Z  2026-01-01 10:10:00 +01:00  confirm  email    news     f1       anna  click
!
printf 'time\tcustomer\tkind\tip\n2026-07-01T08:00:00-09:30\tC1\task\t::1\n' \
	>own.tsv
t_run 'columns of the user'\''s own are evidence too' 0 sh -c \
	'crm-consent --sheet C1 own.tsv | grep ^events' <<'!'
events	time	2026-07-01T08:00:00-09:30
events	local	2026-07-01 19:30:00 +02:00
events	kind	ask
events	ip	::1
!
t_run 'a customer without any consent' 1 sh -c \
	'crm-consent --sheet C8 >c8; s=$?; cut -f 1 c8 | sort -u; exit $s' <<'!'
customer
section
sheet
!
t_err 'a customer whom nobody knows' 1 \
	'crm-consent: unknown customer: "C71" (did you mean "C1"?)' \
	crm-consent --sheet C71

# --- what is refused ------------------------------------------------------

usage=$(crm-consent --help | sed '/^who may be/,$d')
for word in email email/ /news ''; do
	t_err "--for '$word' is refused" 2 \
	    "crm-consent: not a channel and a purpose: \"$word\"
$usage" crm-consent --for "$word"
done
t_run 'a slash in the purpose is part of it' 1 sh -c \
	'crm-consent --for email/a/b --all | sed -n 2p | cut -f 3,4; exit 1' <<'!'
email	a/b
!
t_err 'two lists' 2 "crm-consent: more than one list of customers
$usage" crm-consent list.tsv list.tsv
for rest in '--for email/news' --all '-c list.tsv' '-w kind=ask'; do
	# shellcheck disable=SC2086 # words
	t_err "--sheet with $rest" 2 \
	    "crm-consent: --sheet takes no choice of rows
$usage" crm-consent --sheet C1 $rest
done
t_err '--sheet with a list' 2 "crm-consent: --sheet takes no choice of rows
$usage" crm-consent --sheet C1 list.tsv
t_err 'a list with an id twice' 3 \
	'crm-consent: twice.tsv:3: id: already in line 2: "C1"' \
	sh -c 'printf "id\nC1\nC1\n" >twice.tsv; crm-consent j.tsv twice.tsv'
t_err 'a bad row of the journal' 3 \
	'crm-consent: bad.tsv:2: kind: unknown: "confrim" (did you mean "confirm"?)' \
	sh -c 'printf "time\tcustomer\tkind\n2026-01-01\tC1\tconfrim\n" >bad.tsv
	crm-consent --for email/news bad.tsv'
t_err 'no store' 4 'crm-consent: nowhere: no store here (crm-add makes one)' \
	crm-consent -d nowhere
[ ! -w /dev/full ] || t_ok 'a full disk is noticed' sh -c '
	crm-consent >/dev/full 2>err; [ $? -eq 4 ] && grep -q "No space" err'

# --- a second way: sqlite3, on the sample store ---------------------------

# confirmed: a confirmation that no withdrawal of its channel and topic, of
# all channels or of all topics comes after or with.
mkdir -m 700 demo
"$firm" demo
printf '%b' '2026-11-01T10:00:00Z\tC07\twithdraw\t\t\t\t\t\t\tanna\tAnruf\n' \
	'2026-11-02T10:00:00Z\tC16\twithdraw\tphone\t\t\t\t\t\tanna\t\n' \
	'2026-11-03T10:00:00Z\tC02\twithdraw\t\t\t\t\t\tnewsletter\tanna\t\n' \
	'2026-11-04T10:00:00Z\tC02\tconfirm\tphone\t\t\t\tf3\tnewsletter\t\t\n' \
	>>demo/journal.tsv
cat >query.sql <<'!'
.mode tabs
.import demo/journal.tsv j
SELECT c.customer, c.channel, c.topic, min(c.time) FROM j c
WHERE c.kind = 'confirm' AND NOT EXISTS (SELECT 1 FROM j w
	WHERE w.kind = 'withdraw' AND w.customer = c.customer
	AND w.time >= c.time AND w.channel IN ('', c.channel)
	AND w.topic IN ('', c.topic))
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
!
t_ok 'sqlite3 finds the same consents of the sample store' sh -c '
	sqlite3 :memory: <query.sql >want &&
	[ "$(wc -l <want)" -gt 30 ] &&
	crm-consent -d demo | grep -P "\tconfirmed\t" | cut -f 1,3,4,6 |
	diff want -'
t_ok '--for finds those of the table' sh -c '
	crm-consent -d demo --for email/newsletter | sed 1d >for.tsv
	[ -s for.tsv ] && crm-consent -d demo |
	grep -P "\temail\tnewsletter\tconfirmed\t" | cmp - for.tsv'

t_done
