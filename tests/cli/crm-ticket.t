#!/bin/sh
# crm-ticket: cases, groups of them, weeks, broken threads, what is alike.
. "$(dirname "$0")/../lib.sh"

header='time\tcustomer\tkind\tchannel\tdue\tref\ttopic\tby\ttext\n'
table() { # ROW ... to a journal on standard output; | becomes a TAB
	printf '%b' "$header"
	printf '%s\n' "$@" | tr '|' '\t'
}

# Clock: Saturday 2026-11-21 12:00.
table '2026-11-16T09:00:00Z|C1|complaint|phone||K1|delivery|anna|parcel damaged' \
    '2026-11-16T10:30:00Z|C1|reply|email||K1||anna|we look' \
    '2026-11-16T10:00:00Z|C1|assign|||K1||bernd|' \
    '2026-11-17T09:00:00Z|C1|solve|||K1||bernd|sent a new one' \
    '2026-11-18T09:00:00Z|C1|reopen|||K1|||' \
    '2026-11-19T09:00:00Z|C1|solve|||K1||bernd|and a voucher' \
    '2026-11-20T09:00:00Z|C2|request|email||K2|invoice||copy please' \
    '2026-11-21T09:00:00Z|C2|reply|email||K2|||here' \
    '2026-11-17T09:00:00Z|C3|complaint|shop||K3|delivery|anna|late again' \
    '2026-11-21T10:00:00Z|C3|request|web|2026-11-30||advice||which oil' \
    >j.tsv
columns='case|customer|kind|topic|channel|opened|by|first_reply|solved|reopened|transfers|first_reply_hours|solve_hours|due|state'

t_run 'one row per case, by opening' 0 crm-ticket j.tsv <<!
$(tr '|' '\t' <<!!
$columns
K1|C1|complaint|delivery|phone|2026-11-16T09:00:00Z|bernd|2026-11-16T10:30:00Z|2026-11-19T09:00:00Z|1|1|1.5|72.0|2026-11-20T09:00:00Z|solved
K3|C3|complaint|delivery|shop|2026-11-17T09:00:00Z|anna|||0|0|||2026-11-18T09:00:00Z|overdue
K2|C2|request|invoice|email|2026-11-20T09:00:00Z||2026-11-21T09:00:00Z||0|0|24.0||2026-11-23T09:00:00Z|waiting
|C3|request|advice|web|2026-11-21T10:00:00Z||||0|0|||2026-11-22T10:00:00Z|open
!!
)
!
states() { crm-ticket "$@" | cut -f 1,15 | tail -n +2 | tr '\t\n' '= '; echo; }
t_run 'states of another day' 0 states --as-of 2026-11-17 j.tsv <<!
K1=solved K3=open 
!
t_run 'a reopened case is open, its deadline has moved' 0 sh -c '
	crm-ticket --as-of 2026-11-18 j.tsv | cut -f 9,10,14,15 | sed -n 2p' <<!
	1	2026-11-20T09:00:00Z	open
!
t_run 'a period limits to cases opened in it' 0 states -p 2026-11-17..2026-11-20 j.tsv <<!
K3=overdue K2=open 
!
t_run 'customers' 0 sh -c '
	printf "id\nC2\nC3\n" | crm-ticket -c - j.tsv | cut -f 1-2' <<!
case	customer
K3	C3
K2	C2
	C3
!
table '2026-11-16T09:00:00Z|C1|complaint|||S|||' \
    '2026-11-16T10:00:00Z|C2|reply|||S|||' \
    '2026-11-17T09:00:00Z|C3|complaint|||S|||' \
    '2026-11-17T10:00:00Z|C2|request|||S|||' \
    '2026-11-18T10:00:00Z|C1|complaint|||S|||' >shared.tsv
t_run '-c leaves a case whole that customers share' 0 sh -c '
	printf "id\nC1\n" | crm-ticket -c - shared.tsv | cut -f 1,2,8' <<!
case	customer	first_reply
S	C1	2026-11-16T10:00:00Z
!
t_run 'every complaint under the ref of another is found' 1 \
    crm-ticket --check shared.tsv <<!
case	customer	time	kind	finding
S	C2	2026-11-16T10:00:00Z	reply	other-customer
S	C3	2026-11-17T09:00:00Z	complaint	other-customer
S	C2	2026-11-17T10:00:00Z	request	other-customer
!
t_ok 'and counted' sh -c 'crm-ticket shared.tsv 2>&1 >/dev/null | grep -qx \
    "crm-ticket: 3 events fit into no case (--check shows them)"'
printf 'id\nC3\n' >c3.tsv
t_run 'the case is not his' 0 sh -c 'crm-ticket -c c3.tsv shared.tsv | wc -l' <<!
1
!
t_run 'but the finding is' 1 crm-ticket -c c3.tsv --check shared.tsv <<!
case	customer	time	kind	finding
S	C3	2026-11-17T09:00:00Z	complaint	other-customer
!
t_run '-w goes by the opening, whosever it is' 0 \
    crm-ticket -c c3.tsv -w 'customer = C3' --check shared.tsv <<!
case	customer	time	kind	finding
!
t_run '-w chooses whole cases by their opening' 0 states -w 'topic = delivery' j.tsv <<!
K1=solved K3=overdue 
!
t_run 'and no others' 0 states -w 'kind = solve' j.tsv <<!

!
mkdir -m 700 store
printf 'id\tname\taccount\nC1\tAnn\tF\nC2\tBen\tF\nF\tFirm\t\nC3\tCy\t\n' >store/customers.tsv
cp j.tsv store/journal.tsv
t_run 'accounts; the store' 0 sh -c 'crm-ticket -a | cut -f 1-2' <<!
case	customer
K1	F
K3	C3
K2	F
	C3
!
t_run 'JSON' 0 sh -c 'crm-ticket -o json -p 2026-11-20.. j.tsv | sed -n 2p' <<!
{"case":"K2","customer":"C2","kind":"request","topic":"invoice","channel":"email","opened":"2026-11-20T09:00:00Z","by":"","first_reply":"2026-11-21T09:00:00Z","solved":"","reopened":0,"transfers":0,"first_reply_hours":24.0,"solve_hours":null,"due":"2026-11-23T09:00:00Z","state":"waiting"},
!
printf '%b' "$header" >none.tsv
t_run 'no case' 0 crm-ticket none.tsv <<!
$(echo "$columns" | tr '|' '\t')
!

# --- business hours ---------------------------------------------------------

settings() { # KEY=VALUE ... into the store
	printf 'key\tvalue\ntimezone\tEurope/Berlin\n' >store/settings.tsv
	printf '%s\n' "$@" | tr '=' '\t' >>store/settings.tsv
}
# Friday 16:00 in Berlin; summer time ends in the night to Sunday.
table '2026-10-23T14:00:00Z|C1|request|||A|||' \
    '2026-10-26T09:00:00Z|C1|reply|||A|||' \
    '2026-10-26T15:00:00Z|C1|solve|||A|||' >friday.tsv
settings business_hours=9:00-17:00 reply_hours=2 solve_hours=8
t_run 'Friday 16:00 and 8 hours are Monday 16:00' 0 sh -c '
	crm-ticket friday.tsv | cut -f 12-' <<!
first_reply_hours	solve_hours	due	state
2.0	8.0	2026-10-26T15:00:00Z	solved
!
t_run 'and 2 hours are Monday 10:00' 0 sh -c '
	crm-ticket --as-of 2026-10-25 friday.tsv | cut -f 12-' <<!
first_reply_hours	solve_hours	due	state
		2026-10-26T09:00:00Z	open
!
# 2,190,000 minutes are as many days, by python3; mon-fri they never come.
(printf 'time\tcustomer\tkind\tref\n'
seq 1000 | sed 's/.*/2026-01-01\tC1\tcomplaint\tk&/') >far.tsv
settings business_hours=0-0:01 business_days=mon-sun reply_hours=36500 solve_hours=36500
t_run 'a deadline in 6000 years' 0 sh -c 'timeout 20 crm-ticket far.tsv | cut -f 14 | uniq' <<'!'
due
8022-01-05T23:01:00Z
!
settings business_hours=0-0:01 reply_hours=36500 solve_hours=36500
t_run 'and one behind the calendar' 0 sh -c 'timeout 20 crm-ticket far.tsv | cut -f 14 | uniq' <<'!'
due
9999-12-31T23:00:00Z
!
t_ok 'a report has them, too' timeout 20 crm-report far.tsv
settings business_hours=9:00-17:00 reply_hours=2 holidays=2026-10-26
t_run 'a holiday' 0 sh -c '
	crm-ticket --as-of 2026-10-25 friday.tsv | cut -f 14' <<!
due
2026-10-27T09:00:00Z
!
settings business_hours=9:00-17:00 holidays=2026-10-26,Monday
t_err 'a holiday that is not a day' 3 \
    "crm-ticket: $CRM_DIR/settings.tsv:4: value: not days (2026-12-24 or --12-24): \"2026-10-26,Monday\"" \
    crm-ticket friday.tsv
settings business_hours=17-9
t_err 'hours that are none' 3 \
    "crm-ticket: $CRM_DIR/settings.tsv:3: value: not business hours (9-17 or 8:30-12,13-17): \"17-9\"" \
    crm-ticket friday.tsv
settings business_days=Montag
t_err 'days that are none' 3 \
    "crm-ticket: $CRM_DIR/settings.tsv:3: value: not days of the week (mon-fri): \"Montag\"" \
    crm-ticket friday.tsv
rm -r store

# --- broken threads ------------------------------------------------------------

table '2026-11-02|C1|solve|||A|||' '2026-11-03|C1|reply|||A|||' \
    '2026-11-05|C1|complaint|||B|||' '2026-11-04|C1|solve|||B|||' \
    '2026-11-06|C1|request|||C|||' '2026-11-07|C1|reopen|||C|||' \
    '2026-11-06|C1|request|||D|||' '2026-11-08|C2|request|||D|||' \
    '2026-11-07|C2|solve|||D|||' >broken.tsv
t_run 'what fits into no case' 1 crm-ticket --check broken.tsv <<!
case	customer	time	kind	finding
A	C1	2026-11-02T00:00:00Z	solve	not-opened
B	C1	2026-11-04T00:00:00Z	solve	before-opening
C	C1	2026-11-07T00:00:00Z	reopen	not-solved
D	C2	2026-11-07T00:00:00Z	solve	other-customer
D	C2	2026-11-08T00:00:00Z	request	other-customer
!
t_run 'the cases are right all the same' 0 sh -c '
	crm-ticket broken.tsv | cut -f 1,2,6,9,10,15' <<!
case	customer	opened	solved	reopened	state
B	C1	2026-11-05T00:00:00Z		0	overdue
C	C1	2026-11-06T00:00:00Z		0	overdue
D	C1	2026-11-06T00:00:00Z		1	overdue
!
t_ok 'and a warning is given' sh -c '
	crm-ticket --summary broken.tsv 2>&1 >/dev/null | grep -qx \
	    "crm-ticket: 5 events fit into no case (--check shows them)" &&
	crm-ticket -p 2026-11-02 broken.tsv 2>&1 >/dev/null | grep -qx \
	    "crm-ticket: 1 event fits into no case (--check shows it)"'
t_run 'nothing to find' 0 crm-ticket --check j.tsv <<!
case	customer	time	kind	finding
!

# --- groups ---------------------------------------------------------------------

t_run 'all cases in one row' 0 crm-ticket --summary j.tsv <<!
$(tr '|' '\t' <<!!
group|cases|open|waiting|solved|overdue|late|overdue_share|reopened|transfers|owned|first_owner_share|reply_n|reply_median|reply_90|solve_n|solve_median|solve_90
all|4|1|1|1|1|0|50.00|1|1|1|0.00|2|12.8|24.0|1|72.0|72.0
!!
)
!
t_run '--by alone is a summary' 0 sh -c '
	crm-ticket --by topic,month j.tsv | cut -f 1-4' <<!
group	month	cases	open
advice	2026-11	1	1
delivery	2026-11	2	0
invoice	2026-11	1	0
!
t_run 'nothing at all' 0 sh -c 'crm-ticket --summary none.tsv | cut -f 1-3,8,14' <<!
group	cases	open	overdue_share	reply_median
all	0	0		
!

# --- weeks ------------------------------------------------------------------------

awk -v t="2026-%02d-%02dT10:00:00Z\tC1\tcomplaint\t\t\t\t%s\t\t\n" 'BEGIN {
	split("3 1 4 1 5 9 2 6 12", n, " ")
	for (w = 0; w < 9; w++) for (i = 0; i < n[w + 1]; i++) {
		d = 7 + 7 * w + i % 7; m = 9
		if (d > 30) { d -= 30; m = 10 }
		if (d > 31 && m == 10) { d -= 31; m = 11 }
		printf t, m, d, i % 3 ? "delivery" : "invoice" } }' >rows
{ printf '%b' "$header"; cat rows; } >weeks.tsv
# The p of each week by an exact sum in bc, to 40 places.
bc_p() { # BEFORE WEEKS N
	bc -l <<!
scale=40
b=$1; w=$2; n=$3; q=1/(w+1); m=b+n; l=0; h=0; t=(1-q)^m
for (i=0; i<=m; i++) { if (i<=n) l+=t; if (i>=n) h+=t; t=t*(m-i)/(i+1)*q/(1-q) }
p=2*l; if (h<l) p=2*h; if (p>1) p=1
p
!
}
weeks_by_bc() { # weeks begin with the 37th; all days of it have cases
	crm-ticket --trend weeks.tsv | awk -F '\t' '
	NR > 1 && $6 != "" { print $5, substr($2, 7) - 37, $3, $6 }' |
	while read -r before weeks n p; do
		printf '%s %.3f\n' "$p" "$(bc_p "$before" "$weeks" "$n")"
	done >got
	awk '$1 != $2 { print; bad = 1 } END { exit bad || NR != 16 }' got
}
t_ok 'p is the exact sum, by bc' weeks_by_bc
t_run 'weeks of a period, the last one not over' 0 sh -c '
	crm-ticket --trend -p 2026-11-02..2026-11-04 weeks.tsv' <<!
topic	week	n	expected	before	p
delivery	2026-W45	4	0.96	18	0.047
invoice	2026-W45	2	0.70	13	0.351
!

# By paper: 2 in the week before; a week of 167 hours that is over is a whole
# one, and of a week of 169 hours 144 are 144/169 * 2 = 1.70, not 1.71.
berlin_week() { # MONDAY BEFORE, LAST DAY
	printf "%b\n" 'time\tcustomer\tkind\ttopic' "$1\tC1\trequest\ta" \
		"$1\tC2\trequest\ta" "$2\tC3\trequest\tb" >berlin.tsv
	TZ=Europe/Berlin crm-ticket --trend -p "$1..$2" berlin.tsv | sed -n 3p
}
t_run 'a week of 167 hours is whole when over' 0 \
	berlin_week 2026-03-16 2026-03-29 <<!
a	2026-W13	0	2.00	2	0.500
!
t_run 'one of 169 hours in parts' 0 berlin_week 2026-10-12 2026-10-24 <<!
a	2026-W43	0	1.70	2	0.583
!
t_run 'groups instead of topics' 0 sh -c '
	crm-ticket --trend --by customer weeks.tsv | tail -n 1' <<!
C1	2026-W45	12	3.88	31	0.004
!

# --- what is alike -------------------------------------------------------------------

t_run 'solved cases like a text' 0 crm-ticket --like 'PARCEL, damaged?' j.tsv <<!
likeness	case	customer	kind	topic	solved	by	text	solution
0.816	K1	C1	complaint	delivery	2026-11-19T09:00:00Z	bernd	parcel damaged	and a voucher
!
t_run 'none is like it' 1 crm-ticket --like invoice j.tsv <<!
likeness	case	customer	kind	topic	solved	by	text	solution
!

# --- the command line ----------------------------------------------------------------

t_ok 'one question at a time' sh -c '
	crm-ticket --summary --trend j.tsv 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-ticket: only one of --summary, --trend, --like and --check" err'
t_ok 'groups of what has none' sh -c '
	crm-ticket --by month --like oil j.tsv 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-ticket: --by goes with --summary or --trend" err &&
	crm-ticket --check --by month j.tsv 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-ticket: --by goes with --summary or --trend" err'
t_ok 'a full disk' sh -c 'crm-ticket j.tsv >/dev/full 2>err; [ $? -eq 4 ]'

# --- second sources --------------------------------------------------------------------

cat >cases.sql <<'!'
CREATE TEMP TABLE rank(kind, r);
INSERT INTO rank VALUES ('complaint',0),('request',1),('assign',2),
	('reply',3),('solve',4),('reopen',5);
CREATE TEMP TABLE e AS SELECT ref, customer, j.kind, channel, topic, "by",
	CAST(strftime('%s', time) AS INTEGER) AS t,
	ROW_NUMBER() OVER (PARTITION BY CASE ref WHEN '' THEN 'x' || j.rowid
	    ELSE 'r' || ref END ORDER BY strftime('%s', time), r, customer,
	    channel, topic, "by") AS i,
	CASE ref WHEN '' THEN 'x' || j.rowid ELSE 'r' || ref END AS k
	FROM j JOIN rank ON j.kind = rank.kind;
CREATE INDEX ei ON e(k, i);
CREATE TEMP TABLE o AS SELECT *, MIN(i) AS first FROM e
	WHERE kind IN ('complaint', 'request') GROUP BY k;
CREATE TEMP TABLE w AS
WITH RECURSIVE w(k, i, open, answered, closed_from, closed, reply, solved,
	again, moves, has) AS (
SELECT k, i, 1, 0, 0, 0, NULL, NULL, 0, 0, "by" FROM o
UNION ALL SELECT e.k, e.i,
	CASE WHEN e.kind = 'solve' THEN 0
	    WHEN e.kind IN ('assign', 'reply') THEN open ELSE 1 END,
	CASE WHEN e.kind = 'reply' THEN 1
	    WHEN e.kind IN ('assign', 'solve') THEN answered ELSE 0 END,
	CASE WHEN e.kind = 'solve' AND open THEN e.t ELSE closed_from END,
	closed + CASE WHEN e.kind IN ('complaint', 'request', 'reopen')
	    AND NOT open THEN e.t - closed_from ELSE 0 END,
	CASE WHEN e.kind = 'reply' AND reply IS NULL THEN e.t ELSE reply END,
	CASE WHEN e.kind = 'solve' THEN e.t ELSE solved END,
	again + (e.kind IN ('complaint', 'request', 'reopen') AND NOT open),
	moves + (e.kind = 'assign' AND e."by" <> '' AND has <> ''
	    AND e."by" <> has),
	CASE WHEN e.kind = 'assign' AND e."by" <> '' THEN e."by" ELSE has END
FROM w JOIN e ON e.k = w.k AND e.i = w.i + 1)
SELECT * FROM w;
CREATE TEMP TABLE a AS SELECT o.ref, customer, kind, topic, channel, t, has,
	reply, CASE WHEN open THEN NULL ELSE solved END AS solved, again,
	moves, w.open, answered, CASE WHEN reply IS NULL AND open
	THEN MIN(t + 86400, t + 3 * 86400 + closed)
	ELSE t + 3 * 86400 + closed END AS due
	FROM w JOIN o ON w.k = o.k
	WHERE w.i = (SELECT MAX(i) FROM e WHERE e.k = w.k);
SELECT ref, customer, kind, topic, channel,
	strftime('%Y-%m-%dT%H:%M:%SZ', t, 'unixepoch'), has,
	strftime('%Y-%m-%dT%H:%M:%SZ', reply, 'unixepoch'),
	strftime('%Y-%m-%dT%H:%M:%SZ', solved, 'unixepoch'), again, moves,
	printf('%.1f', ((reply - t) * 10 + 1800) / 3600 / 10.0)
	    || substr('x', 1, reply IS NULL),
	printf('%.1f', ((solved - t) * 10 + 1800) / 3600 / 10.0)
	    || substr('x', 1, solved IS NULL),
	strftime('%Y-%m-%dT%H:%M:%SZ', due, 'unixepoch'),
	CASE WHEN NOT open THEN 'solved'
	    WHEN due <= strftime('%s', '2026-11-21T12:00:00') + 0
	    THEN 'overdue'
	    WHEN answered THEN 'waiting' ELSE 'open' END
	FROM a ORDER BY t, ref = '', CAST(ref AS BLOB);
!
by_sqlite() { # JOURNAL: the same table, computed by sqlite3
	rm -f s.db
	{
		echo '.mode ascii'
		printf '.separator "\\t" "\\n"\n'
		echo ".import '$1' j"
		cat cases.sql
	} | sqlite3 s.db | sed 's/0\.0x//g'
}
second() { # JOURNAL
	by_sqlite "$1" >want && crm-ticket "$1" 2>/dev/null | tail -n +2 >got &&
	    [ -s got ] && cmp want got
}
t_need_firm
mkdir -m 700 demo && "$firm" demo
t_ok 'sqlite3 has the same cases of the sample store' second demo/journal.tsv
t_ok 'they are some' [ "$(wc -l <got)" -gt 80 ]
crm-import -m "$CRM_SHARE/rules/cfpb.rules" \
    "$t_data/consumer_complaints.csv" 2>/dev/null |
    awk '{ print $0 (NR == 1 ? "\tby" : "\t") }' >cfpb.tsv
t_ok 'and of the complaints to the CFPB' second cfpb.tsv
awk 'BEGIN { srand(7); print "time\tcustomer\tkind\tchannel\tref\ttopic\tby"
	split("complaint request assign assign reply reply solve solve reopen", k, " ")
	split("anna bernd", b, " ")
	for (i = 0; i < 4000; i++)
		printf "2026-%02d-%02dT%02d:%02d:00Z\tC%d\t%s\t%s\t%s\t%s\t%s\n",
		    8 + int(4 * rand()), 1 + int(28 * rand()),
		    int(24 * rand()), int(60 * rand()), int(9 * rand()),
		    k[1 + int(9 * rand())], rand() < .5 ? "web" : "",
		    rand() < .03 ? "" : "K" int(900 * rand()),
		    rand() < .5 ? "a" : "b", b[1 + int(3 * rand())] }' >random.tsv
t_ok 'and of threads at random, most of them broken' second random.tsv
t_law 'neither order nor files nor threads matter' random.tsv crm-ticket
t_law 'nor to groups' random.tsv crm-ticket --by topic,month
t_law 'nor to weeks' random.tsv crm-ticket --trend
t_law 'nor to findings' random.tsv sh -c 'crm-ticket --check "$@"; [ $? -eq 1 ]' sh
printf 'id\nC0\nC2\nC4\nC6\nC8\n' >even.tsv
printf 'id\nC1\nC3\nC5\nC7\n' >odd.tsv
parts() { # OPTION ...: is the whole that of both lists?
	crm-ticket "$@" random.tsv 2>/dev/null | sort >want
	for list in even odd; do
		crm-ticket -c $list.tsv "$@" random.tsv 2>/dev/null >$list.out
	done
	{ cat even.out && tail -n +2 odd.out; } | sort >got
	[ "$(wc -l <got)" -gt 100 ] && cmp want got
}
t_ok 'cases are those of one half of the customers and the other' parts
t_ok 'under a condition, too' parts -w 'kind = complaint' -p 2026-08..2026-12
t_ok 'and findings' parts --check
t_law 'nor where -c chooses' random.tsv crm-ticket -c odd.tsv
t_law 'nor to likeness' demo/journal.tsv crm-ticket --like 'Regal Anleitung'
medians() { # of the two times, and the 90th percentiles, by sqlite3
	crm-ticket random.tsv 2>/dev/null | cut -f 12,13 | awk -F '\t' '
	NR > 1 && $1 != "" { print $1 >"r" }
	NR > 1 && $2 != "" { print $2 >"s" }'
	for f in r s; do
		sort -n "$f" | awk '{ v[NR] = $1 } END {
		m = (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2
		printf "%d %.2f %s\n", NR, m, v[int((NR * 90 + 99) / 100)] }'
	done >want
	crm-ticket --summary random.tsv 2>/dev/null | tail -n 1 |
	    cut -f 13-18 | tr '\t' '\n' | paste -d ' ' - - - >got
	paste -d ' ' want got | awk '$1 != $4 || $3 != $6 ||
	    $2 - $5 > .0501 || $5 - $2 > .0501 { bad = 1; print }
	    END { exit bad || NR != 2 }'
}
t_ok 'awk finds the same medians and percentiles' medians
t_done
