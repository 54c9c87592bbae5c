#!/bin/sh
# crm-report: a period against the one before it.
. "$(dirname "$0")/../lib.sh"

header='time\tcustomer\tkind\tvalue\tref\n'

# The clock stands at Saturday of 2026-W47; last week is 2026-11-09 to -15.
printf '%b' "$header" \
	'2025-11-01\tC1\torder\t10\t\n' '2026-11-03\tC1\torder\t20\t\n' \
	'2026-11-10\tC1\torder\t50\t\n' '2026-11-11\tC1\torder\t25.01\t\n' \
	'2026-11-12\tC2\torder\t40\t\n' '2026-11-13\tC2\trefund\t15\t\n' \
	'2026-11-05\tC3\torder\t99\t\n' '2026-11-10\t\tnps\t9\t\n' \
	'2026-11-03\t\tnps\t2\t\n' '2026-11-15T23:59:59Z\tC2\tcomplaint\t\tK1\n' \
	'2026-11-04\tC2\trequest\t\tK2\n' '2026-11-09\tC2\tsolve\t\tK2\n' \
	'2026-11-16\tC4\torder\t1000\t\n' >week.tsv

# Second source: by hand.  Of C1 and C2, who ordered, C1 has two order days;
# 115.01 / 3 is 38.34, after 119 / 2; one promoter is 100, Rocks' interval
# -48.4987 to 98.4987; one detractor the other way round.  p of 3 orders
# after 2 (and 1 after 0) is 1: twice the smaller tail is above 1.  Change
# of the score: z = (c2 - c1) / sqrt(2 Var) of the adjusted counts.
t_run 'last week, a row for each figure' 0 crm-report week.tsv <<'!'
section	figure	value	n	before	change	p
period	2026-W46	7		7	0	
customers	new	1		1	0	1.000
customers	active	2		2	0	1.000
customers	regular	1		1	0	
sales	orders	3		2	1	1.000
sales	revenue	115.01		119.00	-3.99	
sales	refunds	15.00		0.00	15.00	
sales	basket	38.34	3	59.50	-21.16	
sales	repeat_rate	50.00	2	50.00	0.00	1.000
nps	score	100.0	1	-100.0	200.0	0.346
nps	low	-48.5	1	-98.5		
nps	high	98.5	1	48.5		
cases	opened	1		1	0	1.000
cases	solved	1		0	1	1.000
cases	open	1		1	0	
best	C1	75.01	2	20.00	55.01	
best	C2	25.00	1	0.00	25.00	
falling	C3	0.00	0	99.00	-99.00	
!

t_run 'for people, in sections' 0 crm-report -o table week.tsv <<'!'
Weekly report 2026-W46
2026-11-09 to 2026-11-15, compared with 2026-W45; amounts in EUR

Nothing changed by more than chance.

Customers                     now   before  change      p
  New customers                 1        1       0  1.000
  Customers who ordered         2        2       0  1.000
  Regular customers             1        1       0

Sales                         now   before  change      p
  Orders                        3        2      +1  1.000  may be chance
  Revenue                  115.01   119.00   -3.99
  Refunds                   15.00     0.00  +15.00
  Mean basket               38.34    59.50  -21.16         small sample (3)
  Share of repeat buyers  50.00 %  50.00 %    0.00  1.000  small sample (2)

Recommendation (NPS)          now   before  change      p
  Score (-100 to 100)       100.0   -100.0  +200.0  0.346  small sample (1)
  Interval from (95 %)      -48.5    -98.5
  Interval to (95 %)         98.5     48.5

Complaints and requests       now   before  change      p
  Cases opened                  1        1       0  1.000
  Cases solved                  1        0      +1  1.000  may be chance
  Cases open at the end         1        1       0

Best customers                now   before  change      p
  C1                        75.01    20.00  +55.01         2 orders
  C2                        25.00     0.00  +25.00         1 order

Falling customers             now   before  change      p
  C3                         0.00    99.00  -99.00
!

# Second source: R, binom.test(20, 24)$p.value is 0.001544.
{
	printf "$header"
	for i in 1 2 3 4; do printf '2026-11-03\tC%d\torder\t5\t\n' "$i"; done
	i=0
	while [ "$i" -lt 20 ]; do
		printf '2026-11-11\tD%d\torder\t5\t\n' "$i"
		i=$((i + 1))
	done
} >rise.tsv
t_run 'what changed by more than chance comes first' 0 \
	sh -c 'crm-report -o table rise.tsv | sed -n 4,6p' <<'!'
* New customers: 20 after 4, more than chance
* Customers who ordered: 20 after 4, more than chance
* Orders: 20 after 4, more than chance
!
t_run 'p of the exact test' 0 \
	sh -c 'crm-report rise.tsv | grep orders' <<'!'
sales	orders	20		4	16	0.002
!
t_run 'all 24 orders came in November' 0 \
	sh -c 'crm-report -p 2026-11 rise.tsv | grep -e orders -e period' <<'!'
period	2026-11	30		31	-1	
sales	orders	24		0	24	0.000
!
t_run 'Markdown' 0 sh -c 'crm-report -o md rise.tsv | sed -n 1,14p' <<'!'
# Weekly report 2026-W46

2026-11-09 to 2026-11-15, compared with 2026-W45; amounts in EUR

- New customers: 20 after 4, more than chance
- Customers who ordered: 20 after 4, more than chance
- Orders: 20 after 4, more than chance

## Customers

|  | now | before | change | p |  |
| --- | ---: | ---: | ---: | ---: | --- |
| New customers | 20 | 4 | +16 | 0.002 | more than chance |
| Customers who ordered | 20 | 4 | +16 | 0.002 | more than chance |
!
t_run 'JSON: numbers bare, the unknown null' 0 \
	sh -c 'crm-report -o json week.tsv | sed -n 2,3p' <<'!'
{"section":"period","figure":"2026-W46","value":7,"n":null,"before":7,"change":0,"p":null},
{"section":"customers","figure":"new","value":1,"n":null,"before":1,"change":0,"p":1.000},
!
t_run 'a period that is not over' 0 \
	sh -c 'crm-report -o table -p this-week week.tsv | head -n 2' <<'!'
Weekly report 2026-W47
2026-11-16 to 2026-11-22, compared with 2026-W46; amounts in EUR; not over yet
!
t_run 'words for other periods' 0 sh -c '
	for p in 2026-11-10 2026-11 2026-Q3 2025 2026-11-01..2026-11-12; do
		crm-report -o table -p "$p" week.tsv | sed -n 1,2p
	done' <<'!'
Report of the day 2026-11-10
2026-11-10 to 2026-11-10, compared with 2026-11-09; amounts in EUR
Monthly report 2026-11
2026-11-01 to 2026-11-30, compared with 2026-10; amounts in EUR; not over yet
Quarterly report 2026-Q3
2026-07-01 to 2026-09-30, compared with 2026-Q2; amounts in EUR
Report of the year 2025
2025-01-01 to 2025-12-31, compared with 2024; amounts in EUR
Report 2026-11-01..2026-11-12
2026-11-01 to 2026-11-12, compared with 2026-10-20..2026-10-31; amounts in EUR
!
t_run 'last week of another day' 0 sh -c '
	crm-report --as-of 2026-11-09 week.tsv | sed -n 2p' <<'!'
period	2026-W45	7		7	0	
!
t_run 'only some events' 0 sh -c '
	crm-report -w "customer = C2" week.tsv | grep -e orders -e cases' <<'!'
sales	orders	1		0	1	1.000
cases	opened	1		1	0	1.000
cases	solved	1		0	1	1.000
cases	open	1		1	0	
!
printf '%b' "$header" >none.tsv
t_run 'a journal without events' 0 crm-report none.tsv <<'!'
section	figure	value	n	before	change	p
period	2026-W46	7		7	0	
customers	new	0		0	0	
customers	active	0		0	0	
customers	regular	0		0	0	
sales	orders	0		0	0	
sales	revenue	0.00		0.00	0.00	
sales	refunds	0.00		0.00	0.00	
sales	basket		0			
sales	repeat_rate		0			
nps	score		0			
nps	low		0			
nps	high		0			
cases	opened	0		0	0	
cases	solved	0		0	0	
cases	open	0		0	0	
!
t_run 'and what people are told of it' 0 sh -c '
	crm-report -o table none.tsv | tail -n 8' <<'!'
  Cases solved               0       0       0
  Cases open at the end      0       0       0

Best customers
  nobody ordered

Falling customers
  none
!

# --- the store: names, safe on a terminal and in Markdown ---------------------

mkdir -m 700 store
printf '%b' 'id\tname\n' 'C1\tAnn \033[31m|B|\n' 'C3\t*Ben*\n' >store/customers.tsv
cp week.tsv store/journal.tsv
t_run 'names; control bytes are seen, not obeyed' 0 sh -c '
	crm-report -o table | grep -e C1 -e C3' <<'!'
  Ann \x1b[31m|B| (C1)      75.01    20.00  +55.01         2 orders
  *Ben* (C3)                 0.00    99.00  -99.00
!
t_run 'names are no markup' 0 sh -c '
	crm-report -o md | grep C3' <<'!'
| \*Ben\* (C3) | 0.00 | 99.00 | -99.00 |  |  |
!

# --- second sources over random events ------------------------------------------

awk 'BEGIN { srand(5); print "time\tcustomer\tkind\tvalue\tref"
	split("order order order refund nps complaint solve reopen", k, " ")
	for (i = 0; i < 3000; i++) {
		w = k[1 + int(8 * rand())]
		c = w ~ /complaint|solve|reopen/
		printf "2026-%02d-%02dT%02d:30:00Z\tC%d\t%s\t%s\t%s\n",
		    8 + int(4 * rand()), 1 + int(28 * rand()),
		    int(24 * rand()), int(80 * rand()), w,
		    c ? "" : w == "nps" ? int(11 * rand()) : int(900 * rand()),
		    c ? "K" int(300 * rand()) : "" } }' >random.tsv

t_ok 'awk counts the same customers, sales and open cases' sh -c '
	tail -n +2 random.tsv | sort -k 1,1 -k 3,3 | awk -F "\t" "
	\$1 > \"2026-10-99\" { next }
	{ now = substr(\$1, 1, 7) == \"2026-10\"; d = substr(\$1, 1, 10) }
	\$3 == \"order\" {
		if (!(\$2 in first)) { first[\$2] = d; new += now }
		if (now) { orders++; sum += \$4; active[\$2] }
		last[\$2] = d
	}
	\$3 == \"refund\" && now { refunds += \$4 }
	\$3 == \"complaint\" { if (!(\$5 in open)) opened += now; open[\$5] = 1 }
	\$3 == \"reopen\" { turn[\$5] = 1; at[\$5] = \$1 }
	\$3 ~ /complaint|reopen|solve/ {
		r = \$3 == \"complaint\" ? 1 : \$3 == \"solve\" ? 2 : 3
		if (!(\$5 in t) || \$1 > t[\$5] || r > rank[\$5]) {
			t[\$5] = \$1; rank[\$5] = r }
		if (\$3 == \"solve\" && now && \$5 in open) solved[\$5]
	}
	END {
		for (c in active) { a++; many += first[c] < last[c] }
		for (c in solved) s += c in open
		for (c in open) o += rank[c] != 2
		printf \"%d %d %d %.2f %.2f %.2f %.2f %d %d %d\n\", new, a,
		    orders, sum, refunds, sum / orders, 100 * many / a,
		    opened, s, o
	}" >want
	crm-report -p 2026-10 random.tsv | awk -F "\t" "
	{ v[\$1 \" \" \$2] = \$3 }
	END { print v[\"customers new\"], v[\"customers active\"],
	    v[\"sales orders\"], v[\"sales revenue\"], v[\"sales refunds\"],
	    v[\"sales basket\"], v[\"sales repeat_rate\"],
	    v[\"cases opened\"], v[\"cases solved\"], v[\"cases open\"] }" |
	diff want -'
t_ok 'score, interval and p are those of crm-nps' sh -c '
	crm-nps --by month --compare random.tsv 2>/dev/null |
		awk -F "\t" "\$1 == \"2026-10\" { print \$6, \$7, \$8, \$9, \$11 }" >want
	crm-report -p 2026-10 random.tsv | awk -F "\t" "\$1 == \"nps\" {
		v[\$2] = \$3; if (\$2 == \"score\") { c = \$6; p = \$7 } }
		END { print v[\"score\"], v[\"low\"], v[\"high\"], c, p }" |
	diff want -'
t_ok 'best customers are those of crm-segment' sh -c '
	crm-segment -d none -p 2026-10 random.tsv | sed -n 2,6p | cut -f 1,4 >want
	[ -s want ] || exit 1
	crm-report -p 2026-10 random.tsv | awk -F "\t" -v OFS="\t" \
		"\$1 == \"best\" { print \$2, \$3 }" | diff want -'

t_law 'neither order nor files nor threads matter' random.tsv crm-report -p 2026-10
t_law 'nor do they on paper' random.tsv crm-report -p 2026-Q3 -o md

# --- languages ----------------------------------------------------------------------

TEXTDOMAINDIR=${t_bin:-$t_root/build/bin}/../locale
export TEXTDOMAINDIR
t_run 'the store says which language, where nobody else does' 0 sh -c '
	printf "key\tvalue\nlanguage\tde\n" >store/settings.tsv
	crm-report -o table | sed -n "1p;6,7p"' <<'!'
Wochenbericht 2026-W46
Kunden                        jetzt    davor  Änderung      p
  Neukunden                       1        1         0  1.000
!
t_run 'figures for machines are the same in any language' 0 sh -c '
	crm-report | sed -n 7p' <<'!'
sales	revenue	115.01		119.00	-3.99	
!
t_ok 'the reader says it before the store' sh -c '
	LANGUAGE=en crm-report -o table | grep -q "^Customers "'
rm -r store

# --- errors -------------------------------------------------------------------------

usage=$(crm-report --help | sed '/^the weekly report/,$d')
t_err 'a period with an open end' 2 \
	"crm-report: a report needs a period with two ends: \"2026-11-01..\"
$usage" crm-report -p 2026-11-01.. week.tsv
t_err 'no store' 4 "crm-report: nowhere: no store here (crm-add makes one)" \
	crm-report -d nowhere
t_err 'a bad row stops it' 3 \
	'crm-report: bad.tsv:2: value: negative: "-5"' sh -c '
	printf "time\tcustomer\tkind\tvalue\n2026-11-10\tC1\torder\t-5\n" >bad.tsv
	crm-report bad.tsv'
{
	printf "$header"
	i=0
	while [ "$i" -lt 30 ]; do
		printf '2026-11-10\tC%d\torder\t99999999999999\t\n' "$i"
		i=$((i + 1))
	done
} >huge.tsv
t_err 'sums that do not fit' 3 \
	'crm-report: the sum of all sales is too large' crm-report huge.tsv
t_err 'nor those of one customer' 3 \
	"crm-report: a customer's sales are too large" sh -c '
	sed "s/C[0-9]*/C1/" huge.tsv >one.tsv; crm-report one.tsv'
[ ! -w /dev/full ] || t_ok 'a full disk is noticed' sh -c '
	crm-report -o table week.tsv >/dev/full 2>err
	[ $? -eq 4 ] && grep -q "No space" err'

t_done
