#!/bin/sh
# crm-campaign: what came of each campaign.
. "$(dirname "$0")/../lib.sh"

t_need_firm

printf '%b' 'time\tcustomer\tkind\tvalue\tref\tchannel\n' \
	'2026-01-01T10:00:00Z\tC1\torder\t1\tA1\tshop\n' \
	'2026-01-05T10:00:00Z\tC1\tsent\t\tmail\temail\n' \
	'2026-01-05T22:00:00Z\tC1\tresponse\t\tmail\tweb\n' \
	'2026-02-04T23:59:59Z\tC1\torder\t100.5\tA2\tshop\n' \
	'2026-02-05T00:00:00Z\tC1\torder\t7\tA3\tshop\n' \
	'2026-03-01T10:00:00Z\tC1\trefund\t20\tA2\t\n' \
	'2026-01-06T10:00:00Z\tC2\tsent\t\tmail\tpost\n' \
	'2026-01-06T10:00:01Z\tC2\torder\t10\tB1\tshop\n' \
	'2026-01-09T10:00:00Z\tC2\tresponse\t\tmail\tpost\n' \
	'2026-01-05T10:00:00Z\tC4\tsent\t\tmail\temail\n' \
	'2026-01-05T10:01:00Z\tC4\tbounce\t\tmail\temail\n' \
	'2026-01-06T10:01:00Z\tC4\torder\t50\tD1\tshop\n' \
	'2026-01-06T10:00:00Z\tC6\tresponse\t\tmail\tweb\n' \
	'2025-12-02T10:00:00Z\t\tcost\t40\tmail\t\n' \
	'2026-11-20T10:00:00Z\t\tcost\t9\tfair\t\n' \
	'2026-11-06T12:00:00Z\tC2\tsent\t\tadvent\temail\n' >j.tsv

# --- figures, by paper ----------------------------------------------------

t_run 'a row per campaign' 0 crm-campaign j.tsv <<'!'
campaign	first	over	sent	bounced	reached	responses	response_rate	response_days	customers	order_rate	orders	revenue	refunds	cost	return	stray
advent	2026-11-06	no	1	0	1	0	0.00		0	0.00	0	0.00	0.00	0.00		0
fair			0	0	0	0			0		0	0.00	0.00	9.00	-100.00	0
mail	2026-01-05	yes	3	1	2	2	100.00	1.8	2	100.00	2	110.50	20.00	40.00	126.25	1
!
t_run 'orders of fewer days' 0 sh -c \
	'crm-campaign --days 29 j.tsv | tail -n 1 | cut -f 10-16
	crm-campaign --days 0 j.tsv | tail -n 1 | cut -f 10-16' <<'!'
1	50.00	1	10.00	0.00	40.00	-75.00
1	50.00	1	10.00	0.00	40.00	-75.00
!
t_run 'as of a day: the refund is not known yet' 0 sh -c \
	'crm-campaign --as-of 2026-02-05 j.tsv | cut -f 1,3,13,14' <<'!'
campaign	over	revenue	refunds
mail	yes	110.50	0.00
!
# The last of `mail` was reached on 6 January: 30 days on it is 5 February.
t_run 'a campaign is over at the end of its last day' 0 sh -c '
	for day in 2026-02-04 2026-02-05 2026-02-06; do
		crm-campaign --as-of "$day" j.tsv | sed -n "2s/^/$day /p"
		crm-campaign -p "..$day" j.tsv | sed -n "2s/^/$day /p"
		CRM_NOW=${day}T23:59:59Z crm-campaign j.tsv |
		    sed -n "/^mail/s/^/$day /p"
	done | cut -f 1,3' <<'!'
2026-02-04 mail	no
2026-02-04 mail	no
2026-02-04 mail	no
2026-02-05 mail	yes
2026-02-05 mail	yes
2026-02-05 mail	no
2026-02-06 mail	yes
2026-02-06 mail	yes
2026-02-06 mail	yes
!
t_run 'no period is over before its end, as far as a campaign goes' 0 sh -c '
	for days in "-p 2026" "-p this-month" "--as-of 2026-12-06" \
	    "--as-of 2026-12-05" "-p 2026 --as-of 2026-12-06"; do
		crm-campaign $days j.tsv | sed -n "/^advent/s/^/$days /p"
	done | cut -f 1,3' <<'!'
-p 2026 advent	no
-p this-month advent	no
--as-of 2026-12-06 advent	yes
--as-of 2026-12-05 advent	no
-p 2026 --as-of 2026-12-06 advent	yes
!
t_run 'a period has the campaigns that begin in it, whole' 0 sh -c \
	'crm-campaign -p 2026-01 j.tsv | cut -f 1,4,13-15
	crm-campaign -p 2026-11-06.. j.tsv | cut -f 1' <<'!'
campaign	sent	revenue	refunds	cost
mail	3	10.00	0.00	40.00
campaign
advent
fair
!
t_run 'a condition chooses customers by what was sent to them' 0 sh -c \
	'crm-campaign -w "channel = post" j.tsv | cut -f 1,4-7,12-16' <<'!'
campaign	sent	bounced	reached	responses	orders	revenue	refunds	cost	return
mail	1	0	1	1	1	10.00	0.00	0.00	
!
# By paper: neither came before the other.
printf '%b' 'time\tcustomer\tkind\tref\tchannel\n' \
	'2026-11-02\tC1\tsent\tX\tpost\n' \
	'2026-11-02\tC1\tsent\tX\temail\n' >both.tsv
t_run 'of two at one time either is the first' 0 sh -c '
	for way in post email; do
		crm-campaign -w "channel = $way" both.tsv | cut -f 1,4
	done' <<'!'
campaign	sent
X	1
campaign	sent
X	1
!
t_run 'in groups of the first sent' 0 sh -c \
	'crm-campaign --by month,channel j.tsv | cut -f 1-7,14-18' <<'!'
group	channel	campaign	first	over	sent	bounced	orders	revenue	refunds	cost	return
		mail			0	0	0	0.00	0.00		
2026-01	email	mail	2026-01-05	yes	2	1	1	100.50	20.00		
2026-01	post	mail	2026-01-06	yes	1	0	1	10.00	0.00		
2026-11	email	advent	2026-11-06	no	1	0	0	0.00	0.00		
!
t_run 'new and regular customers apart' 0 sh -c \
	'crm-campaign --split j.tsv | cut -f 1,2,5-8,14-18' <<'!'
campaign	whom	sent	bounced	reached	responses	revenue	refunds	cost	return	stray
advent	regular	1	0	1	0	0.00	0.00			0
mail	new	2	1	1	1	10.00	0.00			1
mail	regular	1	0	1	1	100.50	20.00			0
!
t_run 'nothing was sent' 0 sh -c \
	'head -n 2 j.tsv | crm-campaign - | wc -l' <<'!'
1
!
t_law 'order, files and threads do not matter' j.tsv crm-campaign
t_law 'nor do they in groups' j.tsv crm-campaign --split --by channel,month

# --- a control group --------------------------------------------------------

# Newcombe 1998, table II, method 10: 9 of 10 less 3 of 10 is 17.05 to 80.90;
# p by bc: (10/12 - 4/12) / sqrt(10*2/12^3 + 4*8/12^3) = 2.8823, 0.004.
mkdir -m 700 store
awk -v OFS='\t' 'BEGIN {
	print "id", "tags" >"store/customers.tsv"
	print "time", "customer", "kind", "value", "ref" >"store/journal.tsv"
	for (i = 0; i < 20; i++) {
		print "C" i, i < 10 ? "" : "key, holdout" >"store/customers.tsv"
		if (i < 10)
			print "2026-05-01T10:00:00Z", "C" i, "sent", "", \
			    "may" >"store/journal.tsv"
		if (i > 0 && i < 13)
			print "2026-05-02", "C" i, "order", 1, \
			    "" >"store/journal.tsv"
		if (i == 14)
			print "2026-07-02", "C" i, "order", 1, \
			    "" >"store/journal.tsv"
	}
}'
t_run 'the lift, with its interval' 0 sh -c \
	'crm-campaign --control holdout | cut -f 1,6,10,11,18-' <<'!'
campaign	reached	customers	order_rate	control	control_customers	control_rate	lift	low	high	p
may	10	9	90.00	10	3	30.00	60.00	17.05	80.90	0.004
!
t_err 'few customers are called few' 0 \
	'crm-campaign: 1 of 1 row has fewer than 100 customers on a side: its lift is unsure' \
	sh -c 'crm-campaign --control holdout >/dev/null'
printf '%b' '2026-05-03\tC12\tsent\t\tmay\n' >>store/journal.tsv
t_run 'whom it was sent to is no control' 0 sh -c \
	'crm-campaign --control holdout 2>/dev/null | cut -f 4,18-20' <<'!'
sent	control	control_customers	control_rate
11	9	2	22.22
!
printf 'id\nC1\nC10\nC13\n' >some.tsv
t_run 'of a list of customers' 0 sh -c \
	'crm-campaign -c some.tsv --control holdout 2>/dev/null |
	cut -f 4,18-20' <<'!'
sent	control	control_customers	control_rate
1	2	1	50.00
!
t_run 'new ones against new ones' 0 sh -c \
	'crm-campaign --split --control holdout 2>/dev/null |
	cut -f 2,5,19,20' <<'!'
whom	sent	control	control_customers
new	10	9	2
regular	1	0	0
!
t_err 'nobody is held out' 1 \
	'crm-campaign: no customer has the tag: "heldout"' \
	crm-campaign --control heldout
t_err 'no tag is no tag that anybody has' 1 \
	'crm-campaign: no customer has the tag: ""' \
	crm-campaign --control ''
t_run 'accounts: an order of a colleague counts' 0 sh -c '
	cp -r store firm
	printf "id\taccount\nC0\tF\nC1\tF\n" >firm/customers.tsv
	crm-campaign -d firm | cut -f 4,10
	crm-campaign -d firm -a | cut -f 4,10' <<'!'
sent	customers
11	9
sent	customers
10	9
!

# --- what is refused --------------------------------------------------------

usage=$(crm-campaign --help | sed '/^what came/,$d')
t_err 'too few days' 2 "crm-campaign: --days: too small: \"-1\"
$usage" crm-campaign --days -1
t_err 'too many days' 2 "crm-campaign: --days: too large: \"36501\"
$usage" crm-campaign --days 36501
for word in x 1.5 ''; do
	t_err "--days '$word' is refused" 2 \
	    "crm-campaign: --days: not a whole number: \"$word\"
$usage" crm-campaign --days "$word"
done
t_err '--control with --by' 2 "crm-campaign: --control goes without --by
$usage" crm-campaign --control holdout --by month
t_err 'a sum that is too large' 3 \
	'crm-campaign: the sum is too large: "m"' sh -c '
	{ printf "time\tcustomer\tkind\tvalue\tref\n"
	for i in 1 2 3 4 5 6 7 8 9 10 11; do
		printf "2026-01-02\tC1\torder\t99999999999999\t%s\n" $i
	done
	printf "2026-01-01\tC1\tsent\t\tm\n"; } >large.tsv
	crm-campaign large.tsv'
t_err 'no store for the tags' 4 \
	'crm-campaign: nowhere: no store here (crm-add makes one)' \
	crm-campaign -d nowhere --control x j.tsv
t_err 'a bad row' 3 \
	'crm-campaign: bad.tsv:2: value: negative: "-1"' sh -c '
	printf "time\tcustomer\tkind\tvalue\n2026-01-01\tC\torder\t-1\n" >bad.tsv
	crm-campaign bad.tsv'
[ ! -w /dev/full ] || t_ok 'a full disk is noticed' sh -c '
	crm-campaign j.tsv >/dev/full 2>err; [ $? -eq 4 ] &&
	grep -q "No space" err'

# --- a second way: sqlite3, on the sample store -------------------------------

mkdir -m 700 demo
"$firm" demo
cat >query.sql <<'!'
.mode tabs
.import demo/journal.tsv j
CREATE TABLE legs AS SELECT ref, customer, min(time) AS t,
	count(*) - (SELECT count(*) FROM j b WHERE b.kind = 'bounce'
		AND b.ref = s.ref AND b.customer = s.customer) > 0 AS here
	FROM j s WHERE kind = 'sent' GROUP BY 1, 2;
CREATE TABLE bought AS SELECT l.ref AS mail, o.customer, o.ref, o.value
	FROM legs l JOIN j o ON o.customer = l.customer AND o.kind = 'order'
	AND o.time > l.t AND date(o.time) <= date(l.t, '+30 days')
	WHERE l.here;
SELECT l.ref, count(*), sum(NOT here), sum(here),
	(SELECT count(DISTINCT r.customer) FROM j r JOIN legs m
		ON m.customer = r.customer AND m.ref = r.ref AND m.here
		WHERE r.kind = 'response' AND r.ref = l.ref AND r.time > m.t),
	(SELECT count(DISTINCT customer) FROM bought WHERE mail = l.ref),
	(SELECT count(*) FROM bought WHERE mail = l.ref),
	(SELECT printf('%.2f', sum(value)) FROM bought WHERE mail = l.ref),
	(SELECT printf('%.2f', coalesce(sum(r.value), 0)) FROM j r
		JOIN bought b ON b.mail = l.ref AND b.ref = r.ref
		AND b.customer = r.customer WHERE r.kind = 'refund'),
	(SELECT printf('%.2f', sum(value)) FROM j WHERE kind = 'cost'
		AND ref = l.ref)
FROM legs l GROUP BY 1 ORDER BY 1;
!
t_ok 'sqlite3 comes to the same for the sample store' sh -c '
	sqlite3 :memory: <query.sql >want && [ "$(wc -l <want)" -eq 4 ] &&
	crm-campaign demo/journal.tsv | sed 1d |
	cut -f 1,4-7,10,12-15 | diff want -'

t_done
