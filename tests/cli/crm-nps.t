#!/bin/sh
# crm-nps: scores per group, their intervals, and tests of change.
. "$(dirname "$0")/../lib.sh"

header='time\tcustomer\tkind\tvalue\tchannel\n'

# answers DAY KIND SCORE COUNT: so many answers of nobody, no header.
answers() {
	awk -v d="$1" -v k="$2" -v s="$3" -v n="$4" 'BEGIN {
		for (i = 0; i < n; i++) printf "%s\t\t%s\t%s\t\n", d, k, s }'
}

{
	printf "$header"
	answers 2026-01-05 nps 10 20; answers 2026-01-06 nps 9 10
	answers 2026-01-07 nps 7 25; answers 2026-01-08 nps 6 40
	answers 2026-01-09 nps 0 5
} >s1.tsv

# --- figures of the papers ----------------------------------------------------
# Second source: the table of adjusted Wald intervals after Rocks (2016):
# 30/25/45 is -30.9671..1.8409, 50/30/20 is 14.0511..44.2013, ten
# detractors -106.34 (cut at -100)..-47.5036.

t_run '30 promoters, 25 passives, 45 detractors' 0 crm-nps s1.tsv <<'!'
group	n	promoters	passives	detractors	nps	low	high
all	100	30	25	45	-15.0	-31.0	1.8
!
t_ok 'a hundred answers need no warning' test ! -s err

{
	printf "$header"
	answers 2026-01-05 nps 9 50; answers 2026-01-05 nps 8 30
	answers 2026-01-05 nps 2 20; answers 2026-02-05 nps 10 60
	answers 2026-02-05 nps 7 25; answers 2026-02-05 nps 5 15
} >two.tsv

# z 1.3716 and p 0.17019 by the same source; 15 points of 100 answers each
# are not more than chance.
t_run '60/25/15 after 50/30/20 may be chance' 0 \
	crm-nps --by month --compare two.tsv <<'!'
group	n	promoters	passives	detractors	nps	low	high	change	z	p
2026-01	100	50	30	20	30.0	14.1	44.2			
2026-02	100	60	25	15	45.0	29.3	58.0	15.0	1.37	0.170
!

{ printf "$header"; answers 2026-01-05 nps 3 10; } >ten.tsv
t_run 'ten of ten detractors' 0 crm-nps ten.tsv <<'!'
group	n	promoters	passives	detractors	nps	low	high
all	10	0	0	10	-100.0	-100.0	-47.5
!
t_ok 'few answers are said to be few' grep -qx \
	'crm-nps: only 10 answers: under 100 a score is unsure' err
t_run 'no answer at all' 0 crm-nps -m ces ten.tsv <<'!'
group	n	satisfied	share	low	high	mean
all	0	0				
!
t_ok 'no answers are said to be none' grep -qx 'crm-nps: no answers' err

# Second source: Newcombe (1998), table I, method 3: 15 of 148 is .0624 to
# .1605, 81 of 263 is .2553 to .3662.
{
	printf "$header"
	answers 2026-01-05 csat 5 10; answers 2026-01-05 csat 4 5
	answers 2026-01-05 csat 3 133
} >csat.tsv
t_run 'csat: satisfied are 4 and 5, interval of Wilson' 0 \
	crm-nps -m csat csat.tsv <<'!'
group	n	satisfied	share	low	high	mean
all	148	15	10.14	6.24	16.05	3.17
!
{
	printf "$header"
	answers 2026-01-05 ces 7 80; answers 2026-01-05 ces 5 1
	answers 2026-01-05 ces 4 182
} >ces.tsv
t_run 'ces: satisfied are 5 to 7' 0 crm-nps -m ces ces.tsv <<'!'
group	n	satisfied	share	low	high	mean
all	263	81	30.80	25.53	36.62	4.92
!

# By hand: (57/102 - 42/102) / sqrt(57*45/102^3 + 42*60/102^3) = 2.1244.
{
	printf "$header"
	answers 2026-01-05 csat 5 41; answers 2026-01-05 csat 1 59
	answers 2026-02-05 csat 4 56; answers 2026-02-05 csat 2 44
} >shares.tsv
t_run 'shares are compared after Agresti and Caffo' 0 \
	sh -c 'crm-nps -m csat --by month --compare shares.tsv | cut -f 1,4,8-' <<'!'
group	share	change	z	p
2026-01	41.00			
2026-02	56.00	15.00	2.12	0.034
!

# --- whose answers --------------------------------------------------------------

printf '%b' "$header" \
	'2026-01-01\tC1\tnps\t10\tphone\n' '2026-01-02\tC1\tnps\t2\temail\n' \
	'2026-02-02\tC1\tnps\t9\tphone\n' '2026-02-02\tC1\tnps\t7\tphone\n' \
	'2026-01-03\tC2\tnps\t9\tphone\n' '2026-01-03\t\tnps\t0\t\n' \
	'2026-01-04\t\tnps\t0\t\n' '2026-01-04\tC2\tcsat\t5\t\n' >who.tsv

t_run 'the last answer of each, at equal times the lower' 0 \
	crm-nps --latest who.tsv <<'!'
group	n	promoters	passives	detractors	nps	low	high
all	4	1	1	2	-25.0	-72.7	44.2
!
t_run 'the last answer is that of the group' 0 \
	sh -c 'crm-nps --latest --by month who.tsv | cut -f 1-5' <<'!'
group	n	promoters	passives	detractors
2026-01	4	1	0	3
2026-02	1	0	1	0
!
t_ok 'groups with few answers are counted' grep -qx \
	'crm-nps: 2 of 2 groups have fewer than 100 answers: their scores are unsure' err
t_run 'two keys: the first is group, an unknown one is empty' 0 \
	sh -c 'crm-nps --by channel,month who.tsv | cut -f 1-3' <<'!'
group	month	n
	2026-01	2
email	2026-01	1
phone	2026-01	2
phone	2026-02	2
!
t_run 'a condition chooses events' 0 \
	sh -c 'crm-nps -w "channel = phone" who.tsv | cut -f 2-6' <<'!'
n	promoters	passives	detractors	nps
4	3	1	0	75.0
!
printf 'id\nC2\n' >only.tsv
t_run 'only customers of a list' 0 \
	sh -c 'crm-nps -c only.tsv who.tsv | cut -f 2-6' <<'!'
n	promoters	passives	detractors	nps
1	1	0	0	100.0
!
t_run 'a period, both ends in it' 0 \
	sh -c 'crm-nps -p 2026-01-01..2026-01-02 who.tsv | cut -f 2-6' <<'!'
n	promoters	passives	detractors	nps
2	1	0	1	0.0
!
t_run 'nothing is known of no answers' 0 crm-nps -m ces who.tsv <<'!'
group	n	satisfied	share	low	high	mean
all	0	0				
!
t_run 'no groups without answers' 0 crm-nps -m ces --by month who.tsv <<'!'
group	n	satisfied	share	low	high	mean
!
t_run 'strict: few answers are a no' 1 crm-nps --strict ten.tsv <<'!'
group	n	promoters	passives	detractors	nps	low	high
all	10	0	0	10	-100.0	-100.0	-47.5
!
t_ok 'strict: a hundred are a yes' crm-nps --strict s1.tsv
t_run 'numbers are bare in JSON, the unknown is null' 0 \
	crm-nps -o json -m ces who.tsv <<'!'
[
{"group":"all","n":0,"satisfied":0,"share":null,"low":null,"high":null,"mean":null}
]
!

# --- second sources over random answers ---------------------------------------

awk 'BEGIN { srand(7); print "time\tcustomer\tkind\tvalue\tchannel"
	split("phone email shop", c, " ")
	for (i = 0; i < 3000; i++)
		printf "2026-%02d-%02dT%02d:00:00Z\tC%d\tnps\t%d\t%s\n",
		    1 + int(6 * rand()), 1 + int(28 * rand()),
		    int(24 * rand()), int(300 * rand()), int(11 * rand()),
		    c[1 + int(3 * rand())] }' >random.tsv

cat >second.awk <<'!'
BEGIN { FS = OFS = "\t" }
FNR > 1 {
	g = substr($1, 1, 7); n[g]++
	if ($4 >= 9) p[g]++; else if ($4 <= 6) d[g]++
}
function round1(x) { return sprintf("%.1f", x) }
END {
	for (m = 1; m <= 6; m++) {
		g = sprintf("2026-%02d", m); k = n[g] + 3
		a = (p[g] + .75) / k; b = (d[g] + .75) / k
		h = 1.959963984540054 * sqrt((a + b - (a - b) ^ 2) / k)
		print g, n[g], round1(100 * (p[g] - d[g]) / n[g]),
		    round1(100 * (a - b - h)), round1(100 * (a - b + h))
	}
}
!
t_ok 'awk reckons the same' sh -c '
	awk -f second.awk random.tsv >want
	crm-nps --by month random.tsv | tail -n +2 | cut -f 1,2,6- | diff want -'
if command -v sqlite3 >sqlite; then
	t_ok 'sqlite3 finds the same last answers' sh -c '
	sqlite3 :memory: -cmd ".mode tabs" -cmd ".import random.tsv a" "
		with l as (select customer, max(time) t from a group by 1),
		v as (select min(cast(value as int)) s from a join l on
			a.customer = l.customer and a.time = l.t group by
			a.customer)
		select count(*), sum(s >= 9), sum(s between 7 and 8),
			sum(s <= 6) from v" | tr -d "\r" >want
	crm-nps --latest random.tsv | tail -n 1 | cut -f 2-5 | diff want -'
fi

# --- laws -------------------------------------------------------------------------

t_law 'neither order nor files nor threads matter' random.tsv crm-nps
t_law 'nor do they by month' random.tsv crm-nps --by month,channel --compare
t_law 'nor with the last answer' random.tsv crm-nps --latest --by quarter

# --- names of customers, from the store ---------------------------------------

mkdir -m 700 store
printf 'id\tname\tchannel\nC1\tAnn\tfair\nC2\tBob\t\n' >store/customers.tsv
cp who.tsv store/journal.tsv
t_run 'a column of the customers is a group' 0 \
	sh -c 'crm-nps --by customer.channel | cut -f 1-5' <<'!'
group	n	promoters	passives	detractors
	3	1	0	2
fair	4	2	1	1
!

printf 'old\tnew\nC9\tC1\n' >store/aliases.tsv
printf 'id\tx\nC9\ta\nC2\tb\n' >older.tsv
t_run 'who was merged stands for who he is now' 0 \
	sh -c 'crm-nps -c older.tsv --by x | cut -f 1-5' <<'!'
group	n	promoters	passives	detractors
a	4	2	1	1
b	1	1	0	0
!
rm store/aliases.tsv

# --- errors -----------------------------------------------------------------------

usage=$(crm-nps --help | sed '/^scores/,$d')

t_err 'an unknown survey' 2 "crm-nps: unknown survey: \"nsp\"
$usage" crm-nps -m nsp s1.tsv
t_err 'an unknown group' 2 \
	"crm-nps: unknown column: \"chanel\" (did you mean \"channel\"?)
$usage" crm-nps --by chanel s1.tsv
t_err 'a score that is none stops everything' 3 \
	'crm-nps: bad.tsv:3: value: not a score from 0 to 10: "11"' \
	sh -c 'printf "time\tcustomer\tkind\tvalue\n2026-01-01\t\tnps\t9\n2026-01-02\t\tnps\t11\n" >bad.tsv
	crm-nps bad.tsv'
t_err 'no store' 4 "crm-nps: nowhere: no store here (crm-add makes one)" \
	crm-nps -d nowhere
t_err 'no file' 4 'crm-nps: nowhere.tsv: No such file or directory' \
	crm-nps nowhere.tsv
[ ! -w /dev/full ] || t_ok 'a full disk is noticed' sh -c '
	crm-nps s1.tsv >/dev/full 2>err; [ $? -eq 4 ] && grep -q "No space" err'

t_done
