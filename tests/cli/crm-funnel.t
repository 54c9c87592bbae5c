#!/bin/sh
# crm-funnel: deals through stages, by hand and beside sqlite3.
. "$(dirname "$0")/../lib.sh"

t_need_firm
header='time\tcustomer\tkind\tvalue\tref\ttopic\tdue\tchannel\n'
usage=$(crm-funnel --help | sed '/^deals through/,$d')

printf 'stage\tprobability\na\t10\nb\t40\nc\t70\n' >stages.tsv

# One deal lost from each stage, one that skips b and is lost from c, one won,
# one open; one that went back from b to a and was lost.
{
	printf "$header"
	printf '%b' \
	'2026-01-01\tC1\tdeal\t10\tD1\ta\t\tfair\n' \
	'2026-01-03\tC1\tlost\t\tD1\tprice\t\t\n' \
	'2026-01-01\tC1\tdeal\t20\tD2\ta\t\tfair\n' \
	'2026-01-02\tC1\tdeal\t\tD2\tb\t\t\n' \
	'2026-01-05\tC1\tlost\t\tD2\ttime\t\t\n' \
	'2026-01-01\tC2\tdeal\t30\tD3\ta\t\tweb\n' \
	'2026-01-05\tC2\tdeal\t\tD3\tc\t\tfair\n' \
	'2026-01-06\tC2\tlost\t\tD3\tprice\t\t\n' \
	'2026-01-01\tC2\tdeal\t40\tD4\ta\t2026-02-01\tweb\n' \
	'2026-01-03\tC2\tdeal\t\tD4\tb\t\t\n' \
	'2026-01-05\tC2\tdeal\t\tD4\tc\t\t\n' \
	'2026-01-11\tC2\twon\t45\tD4\tquality\t\t\n' \
	'2026-02-01\tC3\tdeal\t50\tD5\tb\t2026-12-24\tfair\n' \
	'2026-02-01\tC3\tdeal\t60\tD6\tb\t\tfair\n' \
	'2026-02-02\tC3\tdeal\t\tD6\ta\t\t\n' \
	'2026-02-04\tC3\tlost\t\tD6\t\t\t\n'
} >j.tsv

# --- stages --------------------------------------------------------------------

# By hand; intervals: 4 of 5, 1 of 3 and 1 of 2 after Wilson (1927).
t_run 'a deal is lost from each stage' 0 \
	crm-funnel --stages stages.tsv j.tsv <<'!'
group	stage	entered	moved	lost	open	n	conversion	low	high	days_n	days
all	a	5	4	1	0	5	80.00	37.55	96.38	5	2.0
all	b	4	1	2	1	3	33.33	6.15	79.23	3	2.0
all	c	2	1	1	0	2	50.00	9.45	90.55	2	3.5
!
t_ok 'nothing is to be said of it' test ! -s err

t_run 'in groups of what the opening says' 0 sh -c \
	'crm-funnel --stages stages.tsv --by channel,customer j.tsv | cut -f 1-7' <<'!'
group	customer	stage	entered	moved	lost	open
fair	C1	a	2	1	1	0
fair	C1	b	1	0	1	0
fair	C1	c	0	0	0	0
fair	C3	a	1	1	0	0
fair	C3	b	2	0	1	1
fair	C3	c	0	0	0	0
web	C2	a	2	2	0	0
web	C2	b	1	1	0	0
web	C2	c	2	1	1	0
!
t_run 'no deals: nothing can be said' 0 \
	sh -c 'head -n 1 j.tsv | crm-funnel --stages stages.tsv -' <<'!'
group	stage	entered	moved	lost	open	n	conversion	low	high	days_n	days
all	a	0	0	0	0	0				0	
all	b	0	0	0	0	0				0	
all	c	0	0	0	0	0				0	
!
t_run 'no deals, no groups' 0 sh -c \
	'head -n 1 j.tsv | crm-funnel --stages stages.tsv --by month - | cut -f 1-4' <<'!'
group	stage	entered	moved
!

# --- which deals ----------------------------------------------------------------

counts='cut -f 2-6'
t_run 'a period is that of the opening; the deals stand as at its end' 0 \
	sh -c "crm-funnel --stages stages.tsv -p 2026-01-01..2026-01-04 j.tsv | $counts" <<'!'
stage	entered	moved	lost	open
a	4	2	1	1
b	2	0	0	2
c	0	0	0	0
!
t_run 'or are followed to a later day' 0 \
	sh -c "crm-funnel --stages stages.tsv -p 2026-01 --as-of 2026-01-05 j.tsv | $counts
	crm-funnel --stages stages.tsv -p 2026-01-01 --as-of today j.tsv | $counts" <<'!'
stage	entered	moved	lost	open
a	4	3	1	0
b	2	1	1	0
c	2	0	0	2
stage	entered	moved	lost	open
a	4	3	1	0
b	2	1	1	0
c	2	1	1	0
!
t_run '-w chooses deals by their opening, and all of each' 0 \
	sh -c "crm-funnel --stages stages.tsv -w 'channel = web' j.tsv | $counts" <<'!'
stage	entered	moved	lost	open
a	2	2	0	0
b	1	1	0	0
c	2	1	1	0
!
printf 'id\nC1\n' >only.tsv
t_run '-c chooses customers' 0 \
	sh -c "crm-funnel --stages stages.tsv -c only.tsv j.tsv | $counts" <<'!'
stage	entered	moved	lost	open
a	2	1	1	0
b	1	0	1	0
c	0	0	0	0
!

# --- odd journals -------------------------------------------------------------

{
	printf "$header"
	printf '%b' \
	'2026-01-05\tC1\twon\t10\tD1\t\t\t\n' \
	'2026-01-01\tC1\tdeal\t10\tD1\ta\t\t\n' \
	'2026-01-05\tC1\tdeal\t10\tD2\ta\t\t\n' \
	'2026-01-02\tC1\twon\t10\tD2\t\t\t\n' \
	'2026-01-05\tC1\tdeal\t10\tD3\ta\t\t\n' \
	'2026-01-06\tC2\tdeal\t10\tD3\tb\t\t\n' \
	'2026-01-06\tC2\twon\t10\tD4\t\t\t\n' \
	'2026-01-01\tC2\tdeal\t10\tD5\ta\t\t\n' \
	'2026-01-02\tC2\tlost\t\tD5\t\t\t\n' \
	'2026-01-03\tC2\tdeal\t\tD5\t\t\t\n'
} >odd.tsv
t_run 'what is no deal is left out, one opened again is open' 0 \
	sh -c "crm-funnel --stages stages.tsv odd.tsv | $counts" <<'!'
stage	entered	moved	lost	open
a	2	1	0	1
b	0	0	0	0
c	0	0	0	0
!
cat >want <<'!'
crm-funnel: deal "D2": ended before it was opened: left out
crm-funnel: deal "D3": of two customers, "C1" and "C2": left out
crm-funnel: deal "D4": ended before it was opened: left out
!
t_ok 'and it is said' cmp want err
t_run '-c does not tear a deal of two' 0 sh -c "crm-funnel \
	--stages stages.tsv -w 'ref = D3' -c only.tsv odd.tsv | $counts" <<'!'
stage	entered	moved	lost	open
a	0	0	0	0
b	0	0	0	0
c	0	0	0	0
!
t_ok 'and says so' grep -qx \
	'crm-funnel: deal "D3": of two customers, "C1" and "C2": left out' err
{
	printf "$header"
	for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
		printf '2026-01-05\tC1\twon\t10\tD%s\t\t\t\n' "$i"
	done
} >many.tsv
crm-funnel many.tsv >out 2>err
t_ok 'ten are named, others counted' sh -c '[ "$(wc -l <err)" = 11 ] &&
	tail -n 1 err | grep -qx "crm-funnel: 2 more deals are left out"'

sed 's/	b	/	ofer	/' j.tsv >unknown.tsv
t_err 'a stage that is not there, and what is near' 3 \
	"$(awk -F'\t' '$3 == "deal" && $6 == "ofer" {
		print "crm-funnel: unknown.tsv:" NR ": topic: unknown: " \
		    "\"ofer\" (did you mean \"offer\"?)" }' unknown.tsv)" \
	sh -c 'printf "stage\tprobability\na\t10\noffer\t40\nc\t1\n" >s.tsv
	crm-funnel --stages s.tsv unknown.tsv'
t_err 'it is told of one beside those that -w and -c choose' 3 \
	'crm-funnel: few.tsv:5: topic: unknown: "ofer" (did you mean "offer"?)' \
	sh -c 'head -n 5 unknown.tsv >few.tsv
	printf "id\nC9\n" >nine.tsv
	crm-funnel --stages s.tsv -w "ref = D1" -c nine.tsv few.tsv'
t_ok 'but none is before the period' \
	sh -c 'crm-funnel --stages s.tsv -p 2026-02 few.tsv'
t_ok 'no stage is looked at where none matters' \
	sh -c 'crm-funnel --summary unknown.tsv && crm-funnel --lost unknown.tsv'
t_err 'stages are checked' 3 \
	'crm-funnel: bad.tsv:2: probability: not a per cent from 0 to 100: "120"
crm-funnel: bad.tsv:3: stage: missing: ""
crm-funnel: bad.tsv:5: stage: already in line 4: "b"' \
	sh -c 'printf "stage\tprobability\na\t120\n\t1\nb\t1\nb\t2\n" >bad.tsv
	crm-funnel --stages bad.tsv j.tsv'
t_err 'some must be there' 3 'crm-funnel: bad.tsv: no stage in it' \
	sh -c 'printf "stage\tprobability\n" >bad.tsv
	crm-funnel --stages bad.tsv j.tsv'
t_err 'at most 64 of them' 3 \
	'crm-funnel: bad.tsv:66: stage: more than 64 stages: "65"' \
	sh -c 'printf "stage\tprobability\n" >bad.tsv
	seq 65 | sed "s/$/	1/" >>bad.tsv
	crm-funnel --stages bad.tsv j.tsv'
t_err 'stages that are not there' 4 \
	'crm-funnel: none.tsv: No such file or directory' \
	crm-funnel --stages none.tsv j.tsv
t_err 'sums that are too large' 3 'crm-funnel: value: the sum is too large' \
	sh -c '{ head -n 1 j.tsv; seq 10 | sed "s/.*/2026-01-01	C1	deal	99999999999999	D&	lead		/"; } >large.tsv
	crm-funnel --summary large.tsv'
t_err 'revenue that is too large' 3 \
	'crm-funnel: revenue: the sum is too large' \
	sh -c 'sed "s/deal/order/" large.tsv >orders.tsv
	crm-funnel --sources orders.tsv'
t_err 'two answers at once' 2 \
	"crm-funnel: only one of --summary, --forecast, --lost and --sources
$usage" crm-funnel --lost --summary
t_err 'observed without a forecast' 2 \
	"crm-funnel: --observed goes with --forecast
$usage" crm-funnel --observed
t_err 'whole without sources' 2 "crm-funnel: --whole goes with --sources
$usage" crm-funnel --whole --lost
t_err 'no such group' 2 \
	"crm-funnel: unknown column: \"chanel\" (did you mean \"channel\"?)
$usage" crm-funnel --by chanel j.tsv
t_err 'no store' 4 'crm-funnel: none: no store here (crm-add makes one)' \
	crm-funnel -d none

# --- other answers ------------------------------------------------------------

# 1 x 1/5 x 45 / 10 days = 0.90 a day.
t_run 'a summary' 0 crm-funnel --summary j.tsv <<'!'
group	deals	open	open_value	won	lost	n	win_rate	low	high	won_value	lost_value	value_n	value_rate	average	cycle_days	velocity
all	6	1	50.00	1	4	5	20.00	3.62	62.45	45.00	120.00	5	27.27	45.00	10.0	0.90
!
# 50 x 10000 x 20 % / 30 = 3333.33: the example of the formula's source.
{
	printf "$header"
	seq 60 | sed 's/.*/2026-01-01	C1	deal	10000	D&	lead		/'
	seq 10 | sed 's/.*/2026-01-31	C1	lost		D&			/
		s/lost\(.*D[12]	\)/won\1/'
} >fast.tsv
t_run 'velocity as its source has it' 0 \
	sh -c 'crm-funnel --summary fast.tsv | cut -f 2,3,7,8,15-' <<'!'
deals	open	n	win_rate	average	cycle_days	velocity
60	50	10	20.00	10000.00	30.0	3333.33
!
t_run 'a summary by group' 0 \
	sh -c 'crm-funnel --summary --by month j.tsv | cut -f 1-9,15-' <<'!'
group	deals	open	open_value	won	lost	n	win_rate	low	average	cycle_days	velocity
2026-01	4	0	0.00	1	3	4	25.00	4.56	45.00	10.0	0.00
2026-02	2	1	50.00	0	1	1	0.00	0.00			
!
t_run 'reasons' 0 crm-funnel --lost j.tsv <<'!'
group	reason	lost	share	value	value_share
all	price	2	50.00	40.00	33.33
all		1	25.00	60.00	50.00
all	time	1	25.00	20.00	16.67
!
{
	cat j.tsv
	printf '%b' '2026-03-01\tC1\tdeal\t100\tE1\tc\t2026-11-20\t\n' \
	'2026-03-01\tC1\tdeal\t100.05\tE2\ta\t2026-12-31\t\n' \
	'2026-03-01\tC1\tdeal\t\tE3\ta\t2026-11-21\t\n' \
	'2026-03-01\tC1\tdeal\t200\tE4\tb\t\t\n'
} >open.tsv
# 50 x .4 + 100.05 x .1 = 30.005
t_run 'a forecast' 0 crm-funnel --forecast --stages stages.tsv open.tsv <<'!'
group	month	deals	value	weighted
all	overdue	1	100.00	70.00
all	2026-11	1	0.00	0.00
all	2026-12	2	150.05	30.01
all	none	1	200.00	80.00
!
# c: 1 of 2 won; b: 1 of 3; a: 1 of 5.  50 / 3 + 20.01 = 36.6766
t_run 'a forecast by what was observed' 0 \
	crm-funnel --forecast --observed --stages stages.tsv open.tsv <<'!'
group	month	deals	value	weighted	n
all	overdue	1	100.00	50.00	2
all	2026-11	1	0.00	0.00	5
all	2026-12	2	150.05	36.68	3
all	none	1	200.00	66.67	3
!
cat >want <<'!'
crm-funnel: stage "a": only 5 deals ended: under 100 a share is unsure
crm-funnel: stage "b": only 3 deals ended: under 100 a share is unsure
crm-funnel: stage "c": only 2 deals ended: under 100 a share is unsure
!
t_ok 'which is said to be little' cmp want err
t_run 'no chance where none is known' 0 sh -c \
	'sed "s/40//" stages.tsv >s.tsv
	crm-funnel --forecast --stages s.tsv open.tsv | cut -f 2-' <<'!'
month	deals	value	weighted
overdue	1	100.00	70.00
2026-11	1	0.00	0.00
2026-12	2	150.05	
none	1	200.00	
!
t_run 'what is overdue is so on a day' 0 sh -c \
	'crm-funnel --forecast --as-of 2026-11-20 --stages stages.tsv open.tsv |
	cut -f 2-3' <<'!'
month	deals
2026-11	2
2026-12	2
none	1
!

# --- sources --------------------------------------------------------------------

crm-add id=C1 source=referral:C9 >out && crm-add id=C2 source=fair >out &&
	crm-add id=C3 source=referral:C8 account=C2 >out || exit 1
{
	printf "$header"
	printf '%b' '2026-01-01\tC1\tnote\t\t\t\t\t\n' \
	'2026-01-02\tC1\tin\t5\t\t\t\tphone\n' \
	'2026-01-04T12:00:00Z\tC1\torder\t100\tR1\t\t\tweb\n' \
	'2026-01-09\tC1\torder\t11\tR2\t\t\tweb\n' \
	'2026-02-05\tC2\torder\t50.50\tR3\t\t\tshop\n' \
	'2026-02-03\tC3\tvisit\t\t\t\t\tvisit\n' \
	'2026-02-03\tC4\tweb\t\t\t\t\tweb\n' \
	'2026-02-03\tC5\ttodo\t\t\t\t\tweb\n'
} >found.tsv
t_run 'how customers found us' 0 crm-funnel --sources found.tsv <<'!'
group	source	customers	ordered	conversion	low	high	days	revenue
all		1	0	0.00	0.00	79.35		0.00
all	fair	1	1	100.00	20.65	100.00	0.0	50.50
all	referral	2	1	50.00	9.45	90.55	2.5	111.00
!
t_run 'who it was' 0 \
	sh -c 'crm-funnel --sources --whole found.tsv | cut -f 2-4' <<'!'
source	customers	ordered
	1	0
fair	1	1
referral:C8	1	0
referral:C9	1	1
!
t_run 'by the first touch' 0 \
	sh -c 'crm-funnel --sources --by kind,channel found.tsv | cut -f 1-5' <<'!'
group	channel	source	customers	ordered
in	phone	referral	1	1
order	shop	fair	1	1
visit	visit	referral	1	0
web	web		1	0
!
t_run 'in a period, followed' 0 \
	sh -c 'crm-funnel --sources -p 2026-02-03 found.tsv | cut -f 2-4
	crm-funnel --sources -p 2026-01-02 --as-of 2026-01-05 found.tsv | cut -f 2-' <<'!'
source	customers	ordered
	1	0
referral	1	0
source	customers	ordered	conversion	low	high	days	revenue
referral	1	1	100.00	20.65	100.00	2.5	100.00
!
t_run '-w chooses the first touch' 0 \
	sh -c 'crm-funnel --sources -w "kind = in" found.tsv | cut -f 2-4,8-' <<'!'
source	customers	ordered	days	revenue
referral	1	1	2.5	111.00
!
# By paper: neither came before the other, so each way finds him.
printf '%b' 'time\tcustomer\tkind\tchannel\n' '2026-02-01\tC1\tin\tphone\n' \
	'2026-02-01\tC1\tin\tfair\n' >both.tsv
t_run 'of two first touches on one day either is the first' 0 sh -c '
	for way in fair phone; do
		crm-funnel --sources --by channel -w "channel = $way" both.tsv |
		cut -f 1-4 | sed 1d
	done' <<'!'
fair	referral	1	0
phone	referral	1	0
!
t_run 'accounts' 0 \
	sh -c 'crm-funnel --sources -a found.tsv | cut -f 2-4,8-' <<'!'
source	customers	ordered	days	revenue
	1	0		0.00
fair	1	1	2.0	50.50
referral	1	1	2.5	111.00
!

# --- the sample, reckoned by sqlite3 ---------------------------------------------

mkdir -m 700 firm && "$firm" firm || exit 1
sqlite3 -batch :memory: '.mode tabs' '.import firm/customers.tsv c' \
	'.import firm/journal.tsv j' '.import firm/stages.tsv s' "
	CREATE TABLE e AS SELECT j.*, s.rowid AS at,
	    julianday(replace(replace(time, 'T', ' '), 'Z', '')) AS t
	    FROM j LEFT JOIN s ON stage = topic AND kind = 'deal'
	    WHERE kind IN ('deal', 'won', 'lost');
	CREATE TABLE d AS SELECT ref, max(at) AS far, min(t) AS opened,
	    max(t) FILTER (WHERE kind <> 'deal') AS ended,
	    max(kind) FILTER (WHERE kind <> 'deal') AS fate,
	    max(due) AS due FROM e GROUP BY ref;
	CREATE TABLE v AS SELECT d.*, round(100 * (SELECT value FROM e
	    WHERE e.ref = d.ref ORDER BY t DESC LIMIT 1)) / 100 AS value
	    FROM d;
	CREATE TABLE n AS SELECT s.*, s.rowid AS at, count(*) AS entered,
	    sum(fate IS 'won' OR far > at) AS moved,
	    sum(fate IS 'lost' AND far = at) AS lost,
	    sum(fate IS NULL AND far = at) AS open,
	    sum(fate IS 'won') AS won, sum(fate NOT NULL) AS decided
	    FROM s JOIN (SELECT DISTINCT ref, at FROM e) x ON x.at = s.rowid
	    JOIN d USING (ref) GROUP BY s.rowid;
	SELECT stage, entered, moved, lost, open,
	    printf('%.2f', 100.0 * moved / (moved + lost)) FROM n ORDER BY at;
	SELECT count(*), sum(fate IS NULL), sum(fate IS 'won'),
	    sum(fate IS 'lost'),
	    printf('%.2f', sum(value) FILTER (WHERE fate IS NULL)),
	    printf('%.2f', sum(value) FILTER (WHERE fate = 'won')),
	    printf('%.2f', sum(value) FILTER (WHERE fate = 'lost')) FROM v;
	SELECT printf('%.1f', avg(x)) FROM (SELECT ended - opened AS x,
	    row_number() OVER (ORDER BY ended - opened) AS i,
	    count(*) OVER () AS n FROM v WHERE fate = 'won')
	    WHERE i IN ((n + 1) / 2, n / 2 + 1);
	SELECT CASE WHEN due < '2026-11-21' THEN 'overdue'
	    ELSE substr(due, 1, 7) END AS m, count(*),
	    printf('%.2f', sum(value)),
	    printf('%.2f', sum(value * probability) / 100),
	    printf('%.2f', sum(value * won / decided)) FROM v
	    JOIN n ON n.at = far WHERE fate IS NULL GROUP BY 1
	    ORDER BY m <> 'overdue', m;
	SELECT topic, count(*), printf('%.2f', sum(value)) FROM e
	    WHERE kind = 'lost' GROUP BY 1 ORDER BY 2 DESC, 1;
	SELECT substr(source || ':', 1, instr(source || ':', ':') - 1),
	    count(*), count(o), printf('%.2f', sum(r)) FROM (
	    SELECT customer, sum(kind = 'order') > 0 OR NULL AS o,
		sum(CASE kind WHEN 'order' THEN value ELSE 0 END) AS r
		FROM j WHERE kind NOT IN ('note', 'item', 'cost', 'assign',
		'todo', 'done') AND customer <> '' GROUP BY 1)
	    LEFT JOIN c ON id = customer GROUP BY 1 ORDER BY 1;" >want
{
	crm-funnel -d firm | tail -n +2 | cut -f 2-6,8
	crm-funnel -d firm --summary | tail -n 1 >sums
	cut -f 2,3,5,6,4,11,12 sums |
	    awk -F '\t' '{ print $1 FS $2 FS $4 FS $5 FS $3 FS $6 FS $7 }'
	cut -f 16 sums
	crm-funnel -d firm --forecast >given
	crm-funnel -d firm --forecast --observed 2>err | cut -f 5 |
	    paste given - | tail -n +2 | cut -f 2-
	crm-funnel -d firm --lost | tail -n +2 | cut -f 2,3,5
	crm-funnel -d firm --sources | tail -n +2 | cut -f 2-4,9
} >got
t_ok 'the sample says the same to sqlite3' sh -c \
	'[ "$(wc -l <want)" -gt 15 ] && diff want got'

# --- laws -------------------------------------------------------------------------

awk 'BEGIN {
	srand(4); OFS = "\t"
	print "time", "customer", "kind", "value", "ref", "topic", "due", "channel"
	split("deal deal deal won lost order in web", k, " ")
	split("lead contact offer negotiation", s, " ")
	for (i = 0; i < 600; i++) {
		r = int(rand() * 90)
		kind = k[1 + int(rand() * 8)]
		deal = kind ~ /deal|won|lost/
		printf "2026-%02d-%02dT%02d:00:00Z\tC%d\t%s\t%d\t%s\t%s\t%s\t%s\n",
		    1 + int(rand() * 3), 1 + int(rand() * 28), int(rand() * 3),
		    r % 30 + (rand() < .02), kind, rand() * 900,
		    deal ? "D" r : "", kind == "deal" ? s[1 + int(rand() * 4)] : \
		    kind == "lost" ? "why" int(rand() * 4) : "",
		    kind == "deal" && rand() < .7 ? "2026-1" int(rand() * 3) "-15" : "",
		    rand() < .5 ? "web" : "fair"
	}
}' >random.tsv
t_ok 'there is something to see' sh -c 'crm-funnel random.tsv 2>err | awk -F "\t" \
	"NR > 1 && (\$3 != \$4 + \$5 + \$6 || \$3 < 15) { bad = 1 } END { exit bad }" &&
	grep -q "left out" err'
t_law 'neither order nor files nor threads matter' random.tsv crm-funnel
t_law 'nor by group' random.tsv crm-funnel --by month,channel
t_law 'nor for sums' random.tsv crm-funnel --summary --by channel
t_law 'nor for forecasts' random.tsv crm-funnel --forecast --observed --by channel
t_law 'nor for reasons' random.tsv crm-funnel --lost
t_law 'nor for sources' random.tsv crm-funnel --sources --by kind,channel
awk 'BEGIN { for (i = 0; i < 31; i++) print "C" i }' >ids
{ echo id; sed -n 'p;n' ids; } >even.tsv
{ echo id; sed -n 'n;p' ids; } >odd.tsv
sums() { # COLUMN ...: their sums, by group and stage, reason, month
	awk -F '\t' -v columns="$*" 'BEGIN { n = split(columns, c, " ") }
	$1 == "all" { for (i = 1; i <= n; i++) {
		key = $(c[1] > 2 ? 2 : 1) "\t" c[i]
		s[key] += $c[i]
	} }
	END { for (k in s) if (s[k] != 0) printf "%s\t%.2f\n", k, s[k] }' |
	sort
}
parts() { # COLUMNS OPTION ...: is the whole that of both lists?
	columns=$1
	shift
	crm-funnel "$@" random.tsv 2>/dev/null | sums $columns >want
	for list in even odd; do
		crm-funnel -c $list.tsv "$@" random.tsv 2>/dev/null
	done | sums $columns >got
	[ "$(wc -l <got)" -gt 2 ] && cmp want got
}
t_ok 'stages are those of one half of the customers and the other' \
	parts '3 4 5 6'
t_ok 'so are sums' parts '2 3 4 5' --summary
t_ok 'and reasons' parts '3 5' --lost
t_ok 'and what is expected' parts '3 4 5' --forecast
t_ok 'and sources' parts '3 4 9' --sources
t_law 'nor where -c chooses' random.tsv crm-funnel -c odd.tsv
t_law 'nor where -w chooses' random.tsv \
	crm-funnel -w 'channel = web' -p 2026-02 --as-of 2026-03-20

t_done
