#!/bin/sh
# crm-segment: class, scores, stage and rank; how sales are spread.
. "$(dirname "$0")/../lib.sh"

header='time\tcustomer\tkind\tvalue\tref\n'

# --- figures of the papers ------------------------------------------------------
# Second source: the nine revenues of hoegerl.com/tag/abc-analyse, cumulated
# there 26.52 47.93 63.62 75.53 85.69 93.08 96.93 98.68 100; the share
# *before* the row decides.  Gini of the nine by the formula of MathWorld:
# 0.4177189817598718.

{
	printf "$header"
	i=0
	for v in 2.2 44.1 35.6 26.1 19.8 16.9 12.3 6.4 2.9; do
		i=$((i + 1))
		printf '2026-11-01\tC%d\torder\t%s\t\n' "$i" "$v"
	done
} >nine.tsv

t_run 'nine revenues: A 5, B 2, C 2' 0 crm-segment nine.tsv <<'!'
id	name	orders	net	last_order	share	abc	r	f	m	rfm	segment	stage	key
C2		1	44.10	2026-11-01	26.52	A	1	1	5	115	Lost	new	yes
C3		1	35.60	2026-11-01	21.41	A	1	1	4	114	Lost	new	no
C4		1	26.10	2026-11-01	15.69	A	1	1	4	114	Lost	new	no
C5		1	19.80	2026-11-01	11.91	A	1	1	3	113	Lost	new	no
C6		1	16.90	2026-11-01	10.16	A	1	1	3	113	Lost	new	no
C7		1	12.30	2026-11-01	7.40	B	1	1	2	112	Lost	new	no
C8		1	6.40	2026-11-01	3.85	B	1	1	2	112	Lost	new	no
C9		1	2.90	2026-11-01	1.74	C	1	1	1	111	Lost	new	no
C1		1	2.20	2026-11-01	1.32	C	1	1	1	111	Lost	new	no
!
t_run 'nine revenues: Gini' 0 crm-segment --pareto nine.tsv <<'!'
customers	net	top1	top10	top20	make80	gini
9	166.30	26.52	26.52	47.93	5	0.41772
!

# --- what counts ------------------------------------------------------------------

printf '%b' "$header" \
	'2026-11-01\tC1\torder\t100\t\n' '2026-11-02\tC1\trefund\t120\t\n' \
	'2026-10-01\tC2\torder\t50\t\n' '2026-10-01\tC2\torder\t50\t\n' \
	'2026-11-01\tC3\torder\t100\t\n' '2025-01-01\tC3\torder\t1\t\n' \
	'2026-04-01\tC4\torder\t10\t\n' '2024-01-01\tC5\torder\t10\t\n' \
	'2026-11-03\tC6\tdeal\t500\tD1\n' '2026-11-03\tC7\tin\t\t\n' \
	'2026-03-01\tC8\torder\t1\t\n' '2026-11-04\tC8\tleave\t\t\n' \
	'2026-11-05\t\tnote\t\t\n' '2026-11-04\tC9\tleave\t\t\n' \
	'2026-11-05\tC9\torder\t1\t\n' >stages.tsv

t_run 'stages; refunds are taken off; nobody is no customer' 0 \
	sh -c 'crm-segment stages.tsv | cut -f 1,3-7,13' <<'!'
id	orders	net	last_order	share	abc	stage
C3	2	101.00	2026-11-01	45.29	A	regular
C2	2	100.00	2026-10-01	44.84	A	new
C4	1	10.00	2026-04-01	4.48	B	sleeping
C5	1	10.00	2024-01-01	4.48	B	lost
C8	1	1.00	2026-03-01	0.45	C	left
C9	1	1.00	2026-11-05	0.45	C	new
C6	0	0.00			C	prospect
C7	0	0.00			C	lead
C1	1	-20.00	2026-11-01		C	new
!
t_run 'without orders there are no scores' 0 \
	sh -c 'crm-segment stages.tsv | grep ^C6 | cut -f 8-12' <<'!'
				
!
t_run 'as of a day: what came later is not known' 0 \
	sh -c 'crm-segment --as-of 2026-11-02 stages.tsv | cut -f 1,3,4,13' <<'!'
id	orders	net	stage
C3	2	101.00	regular
C2	2	100.00	new
C4	1	10.00	sleeping
C5	1	10.00	lost
C8	1	1.00	sleeping
C1	1	-20.00	new
!
t_run 'a period: sales of the period, stage of all time' 0 \
	sh -c 'crm-segment -p 2026-11 stages.tsv | cut -f 1,3-7,13' <<'!'
id	orders	net	last_order	share	abc	stage
C3	1	100.00	2026-11-01	99.01	A	regular
C9	1	1.00	2026-11-05	0.99	C	new
C2	0	0.00			C	new
C4	0	0.00			C	sleeping
C5	0	0.00			C	lost
C6	0	0.00			C	prospect
C7	0	0.00			C	lead
C8	0	0.00			C	left
C1	1	-20.00	2026-11-01		C	new
!

# --- tables of crm-stat -----------------------------------------------------------

t_ok 'a table of crm-stat gives the same' sh -c '
	crm-segment stages.tsv >want && [ -s want ] &&
	crm-stat stages.tsv | crm-segment - | cmp want -'
t_ok 'so do tables and journals mixed' sh -c '
	crm-segment stages.tsv nine.tsv >want && [ -s want ] &&
	crm-stat nine.tsv >nine.stat &&
	crm-segment stages.tsv nine.stat | cmp want -'
crm-stat stages.tsv >stages.stat
usage=$(crm-segment --help | sed '/^class, scores/,$d')
t_err 'a period cannot be cut out of a table' 2 \
	"crm-segment: -p cannot look into a table of crm-stat
$usage" crm-segment -p 2026-11 stages.stat
t_err 'nor can events be chosen' 2 \
	"crm-segment: -w cannot look into a table of crm-stat
$usage" crm-segment -w 'kind = order' stages.stat
t_ok 'nor can it stand as of an earlier day' sh -c '
	crm-segment --as-of 2026-11-02 stages.stat >got 2>err
	[ $? -eq 3 ] && [ ! -s got ] && grep -q "^crm-segment: stages.stat:" err'

# --- the store: names, accounts, tags, leads, names of cells -------------------

mkdir -m 700 store
printf '%b' 'id\tname\tcompany\taccount\ttags\n' \
	'C1\tAnn\tFirm\tF\t\n' 'C2\tBen\tFirm\tF\t\n' 'C3\t\tSole\t\tnew, key\n' \
	'C4\tDee\t\t\t\n' 'F\t\tFirm\t\t\n' >store/customers.tsv
printf '%b' "$header" '2026-11-01\tC1\torder\t70\t\n' \
	'2026-11-02\tC2\torder\t20\t\n' '2026-11-03\tC3\torder\t50\t\n' \
	>store/journal.tsv
t_run 'names, leads, and who is tagged key' 0 \
	sh -c 'crm-segment | cut -f 1,2,4,13,14' <<'!'
id	name	net	stage	key
C1	Ann	70.00	new	yes
C3	Sole	50.00	new	yes
C2	Ben	20.00	new	no
C4	Dee	0.00	lead	no
F	Firm	0.00	lead	no
!
t_run 'accounts: persons count together' 0 \
	sh -c 'crm-segment -a | cut -f 1-5,13,14' <<'!'
id	name	orders	net	last_order	stage	key
F	Firm	2	90.00	2026-11-02	regular	yes
C3	Sole	1	50.00	2026-11-03	new	yes
C4	Dee	0	0.00		lead	no
!
printf '%b' 'id\taccount\n' 'P\tSub\n' 'Sub\tGroup\n' 'Group\t\n' >subs.tsv
t_ok 'the account of an account is not looked for, as crm-stat has it' sh -c '
	mkdir subs && cp subs.tsv subs/customers.tsv &&
	printf "%b" "time\tcustomer\tkind\tvalue\n" \
		"2026-11-01\tP\torder\t70\n2026-11-02\tGroup\torder\t5\n" \
		>subs/journal.tsv &&
	crm-stat -d subs -a | cut -f 1,10,15 >want &&
	crm-segment -d subs -a | sed "1s/net/revenue/" | cut -f 1,3,4 | sort >got &&
	sort want | cmp - got'
printf 'id\nC2\nC4\n' >some.tsv
t_run 'only customers of a list, leads too' 0 \
	sh -c 'crm-segment -c some.tsv | cut -f 1,4,7' <<'!'
id	net	abc
C2	20.00	A
C4	0.00	C
!
t_run 'a merged customer is one' 0 sh -c '
	printf "old\tnew\ttime\tfilled\nC2\tC1\t2026-11-05\t\n" >store/aliases.tsv
	crm-segment | cut -f 1-4' <<'!'
id	name	orders	net
C1	Ann	2	90.00
C3	Sole	1	50.00
C4	Dee	0	0.00
F	Firm	0	0.00
!
rm store/aliases.tsv
t_run 'limits are settings' 0 sh -c '
	printf "key\tvalue\nabc_a\t10\nabc_b\t60\nsleeping_days\t18\n" \
		>store/settings.tsv
	crm-segment | cut -f 1,7,13' <<'!'
id	abc	stage
C1	A	sleeping
C3	B	new
C2	C	sleeping
C4	C	lead
F	C	lead
!
rm store/settings.tsv
t_ok 'the table that is shipped is the one built in' sh -c '
	crm-segment nine.tsv stages.tsv >want && [ -s want ] &&
	cp "$t_root/lib/share/segments.tsv" store/segments.tsv &&
	crm-segment nine.tsv stages.tsv | cmp want -'
t_run 'names of cells: the first row that fits, else Others' 0 sh -c '
	printf "segment\tr\tf\tm\ntop\t3-5\t1-5\t1-5\n" >store/segments.tsv
	crm-segment | cut -f 1,11,12 | head -n 4' <<'!'
id	rfm	segment
C1	114	Others
C3	412	top
C2	211	Others
!
printf 'segment\tr\tf\tm\ntop\t3-5\t6\t1-5\n\t1\t1\t5-1\n' >store/segments.tsv
t_err 'a range that is none' 3 \
	"crm-segment: $CRM_DIR/segments.tsv:2: f: not a score or a range from 1 to 5: \"6\"
crm-segment: $CRM_DIR/segments.tsv:3: segment: missing: \"\"" crm-segment
rm -r store

# --- sums that do not fit ---------------------------------------------------------

{
	printf "$header"
	for i in 1 2 3 4 5 6 7 8 9 10; do
		printf '2026-11-01\tC%d\torder\t99999999999999\t\n' "$i"
	done
} >huge.tsv
t_err 'a sum of all that does not fit' 3 \
	'crm-segment: the sum of all net sales is too large' \
	crm-segment huge.tsv

# --- second sources over random orders ----------------------------------------

awk 'BEGIN { srand(3); print "time\tcustomer\tkind\tvalue\tref"
	for (i = 0; i < 2000; i++)
		printf "202%d-%02d-%02d\tC%d\t%s\t%d.%02d\t\n", 4 + int(2 * rand()),
		    1 + int(12 * rand()), 1 + int(28 * rand()),
		    int(200 * rand() ^ 2), rand() < .05 ? "refund" : "order",
		    int(60 * rand()), int(100 * rand()) }' >random.tsv
crm-segment random.tsv >random.seg

if command -v sqlite3 >sqlite; then
	t_ok 'sqlite3 finds the same classes, shares and scores' sh -c '
	sqlite3 :memory: -cmd ".mode tabs" -cmd ".import random.tsv a" "
		create table c as select customer id, sum(kind = \"order\") f,
			max(case kind when \"order\" then time end) r,
			sum(case kind when \"order\" then 1 else -1 end *
			cast(round(value * 100) as int)) m from a group by 1;
		create table t as select sum(m) s from c where m > 0;
		create table o as select id, r, f, m from c where f > 0;
		select id, case when m <= 0 then \"C\" when (select
			coalesce(sum(b.m), 0) from c b where b.m > c.m) * 100 <
			80 * s then \"A\" when (select sum(b.m) from c b
			where b.m > c.m) * 100 < 95 * s then \"B\" else \"C\" end,
			case when m <= 0 then \"\" else printf(\"%.2f\",
			round(m * 100.0 / s, 2)) end,
			1 + 5 * (select count(*) from o b where b.r < c.r) /
			(select count(*) from o),
			1 + 5 * (select count(*) from o b where b.f < c.f) /
			(select count(*) from o),
			1 + 5 * (select count(*) from o b where b.m < c.m) /
			(select count(*) from o)
		from c, t where f > 0 order by m desc, id" | tr -d "\r" >want
	tail -n +2 random.seg | awk -F "\t" "\$3 > 0" |
		cut -f 1,6-10 | awk -F "\t" -v OFS="\t" \
		"{ print \$1, \$3, \$2, \$4, \$5, \$6 }" | diff want -'
fi
t_ok 'awk reckons the same Gini and tops' sh -c '
	tail -n +2 random.seg | awk -F "\t" "\$3 > 0 && \$4 >= 0 { print \$4 }" |
	sort -n | awk "
	{ x[++n] = \$1; s += \$1 }
	END {
		for (i = 1; i <= n; i++) g += (2 * i - n - 1) * x[i]
		for (i = n; c < .8 * s; i--) { c += x[i]; k++ }
		t = int(n / 10 + .5)
		for (i = n; i > n - t; i--) u += x[i]
		printf \"%d\t%.2f\t%.2f\t%d\t%.5f\n\", n, s, 100 * u / s, k,
		    g / (n * s)
	}" >want && [ -s want ] || exit 1
	crm-segment --pareto random.tsv | tail -n 1 | cut -f 1,2,4,6,7 |
	diff want -'

t_law 'neither order nor files nor threads matter' random.tsv crm-segment
t_law 'nor do they in a period' random.tsv crm-segment -p 2025-Q1
t_law 'nor for the spread' random.tsv crm-segment --pareto

awk 'BEGIN {
	print "time\tcustomer\tkind\tvalue"
	for (i = 0; i < 9000; i++)
		printf "2026-11-01\tcustomer-with-a-long-id-%d\torder\t%d.5\n",
		    i * 7 % 9001, i % 700
}' >many.tsv
t_ok 'nor do threads for rows in many pieces' sh -c '
	CRM_THREADS=1 crm-segment many.tsv >one && [ "$(wc -l <one)" -eq 9001 ] &&
	for n in 2 3 4; do
		CRM_THREADS=$n crm-segment many.tsv | cmp - one || exit 1
	done'

t_err 'no store' 4 "crm-segment: nowhere: no store here (crm-add makes one)" \
	crm-segment -d nowhere
[ ! -w /dev/full ] || t_ok 'a full disk is noticed' sh -c '
	crm-segment nine.tsv >/dev/full 2>err
	[ $? -eq 4 ] && grep -q "No space" err'

t_done
