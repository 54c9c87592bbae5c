#!/bin/sh
# crm-profile: what a set of customers is like.
. "$(dirname "$0")/../lib.sh"

t_need_firm
usage=$(crm-profile --help | sed '/^what a set/,$d')

mkdir -m 700 store
cat >store/customers.tsv <<'!'
id	name	city	birthday	tags	source
C1	Ann	Graz	1996-11-21	key, vip	fair
C2	Bob	Graz	1996-11-22	key	referral:C1
C3	Cem	Linz	--05-01		referral:C2
C4	Dora		1950-01-01		
!

# 30 today, 29 tomorrow's child, 76: nearest ranks 29 30 76
t_run 'all customers' 0 crm-profile <<'!'
group	column	value	n	share	base	low	median	high
all	id		4	100.00				
all	name		4	100.00				
all	city		3	75.00				
all	city	Graz	2	50.00				
all	city	Linz	1	25.00				
all	birthday		3	75.00		29	30	76
all	tags		2	50.00				
all	tags	key	2	50.00				
all	tags	vip	1	25.00				
all	source		3	75.00				
all	source	referral	2	50.00				
all	source	fair	1	25.00				
!
t_run 'a set of them, beside all' 0 \
	sh -c 'printf "id\tnet\nC1\t5\nC3\t10\n" | crm-profile -n 1 -' <<'!'
group	column	value	n	share	base	low	median	high
all	id		2	100.00	100.00			
all	net		2	100.00		5	7.5	10
all	name		2	100.00	100.00			
all	city		2	100.00	75.00			
all	city	Graz	1	50.00	50.00			
all	birthday		1	50.00	75.00	30	30	30
all	tags		1	50.00	50.00			
all	tags	key	1	50.00	50.00			
all	source		2	100.00	75.00			
all	source	fair	1	50.00	25.00			
!
printf 'old\tnew\nC2\tC1\n' >store/aliases.tsv
t_run 'merged customers are one' 0 \
	sh -c 'crm-profile | grep "city\|id"' <<'!'
all	id		3	100.00				
all	city		2	66.67				
all	city	Graz	1	33.33				
all	city	Linz	1	33.33				
!
t_run 'merged customers are one in a list, too, and the one they are now' 0 \
	sh -c 'printf "id\nC2\nC1\nC4\n" | crm-profile - |
		grep "id\|city\|birth"' <<'!'
all	id		2	100.00	100.00			
all	city		1	50.00	66.67			
all	city	Graz	1	50.00	33.33			
all	birthday		2	100.00	66.67	30	30	76
!
rm store/aliases.tsv
t_run 'ages as of another day' 0 \
	sh -c 'crm-profile --as-of 2026-11-22 | grep birthday' <<'!'
all	birthday		3	75.00		30	30	76
!
t_run 'in groups of a column of either table' 0 \
	sh -c 'printf "id\tabc\nC1\tA\nC2\tA\nC3\tB\n" |
	crm-profile --by abc,city - | grep tags' <<'!'
A	Graz	tags		2	100.00	50.00			
A	Graz	tags	key	2	100.00	50.00			
A	Graz	tags	vip	1	50.00	25.00			
!
t_run 'without a store, of a table alone' 0 \
	sh -c 'printf "id\tr\nX\t3\n" | crm-profile -d none -' <<'!'
group	column	value	n	share	base	low	median	high
all	id		1	100.00				
all	r		1	100.00		3	3	3
!
t_run 'nobody' 0 sh -c 'printf "id\n" | crm-profile -d none -' <<'!'
group	column	value	n	share	base	low	median	high
!

t_run 'JSON: numbers, days, and null where there is neither' 0 \
	sh -c 'printf "id\tx\td\nC1\t5\t2026-01-01\n" |
	crm-profile -n 0 -o json -d none -' <<'!'
[
{"group":"all","column":"id","value":"","n":1,"share":100.00,"base":null,"low":null,"median":null,"high":null},
{"group":"all","column":"x","value":"","n":1,"share":100.00,"base":null,"low":5,"median":5,"high":5},
{"group":"all","column":"d","value":"","n":1,"share":100.00,"base":null,"low":"2026-01-01","median":"2026-01-01","high":"2026-01-01"}
]
!

t_err 'no such column' 2 "crm-profile: unknown column: \"cty\" (did you mean \"city\"?)
$usage" crm-profile --by cty
t_err 'too many keys' 2 "crm-profile: more than 8 keys to group by
$usage" crm-profile --by id,id,id,id,id,id,id,id,id
t_err 'two tables' 2 "crm-profile: one table at a time
$usage" crm-profile store/customers.tsv store/customers.tsv
t_err 'no number' 2 "crm-profile: -n: not a whole number: \"x\"
$usage" crm-profile -n x
t_err 'no store' 4 'crm-profile: none: no store here (crm-add makes one)' \
	crm-profile -d none
t_err 'a table without ids' 3 'crm-profile: t.tsv:1: missing column: "id"' \
	sh -c 'printf "a\n" >t.tsv; crm-profile t.tsv'

# --- the sample, reckoned by sqlite3 --------------------------------------

mkdir -m 700 firm && "$firm" firm || exit 1
crm-stat -d firm | sed '/^	/d' >stat.tsv
sqlite3 -batch :memory: '.mode tabs' '.import firm/customers.tsv c' \
	'.import stat.tsv s' "
	CREATE TABLE o AS SELECT CAST(orders AS integer) AS v,
	    row_number() OVER (ORDER BY CAST(orders AS integer)) AS i,
	    count(*) OVER () AS n FROM s;
	SELECT 'orders', '', n, min(v) FILTER (WHERE i >= (n + 3) / 4),
	    (min(v) FILTER (WHERE i >= (n + 1) / 2) +
	    min(v) FILTER (WHERE i >= n / 2 + 1)) / 2.0,
	    min(v) FILTER (WHERE i >= (3 * n + 3) / 4) FROM o;
	SELECT 'channel', channel, count(*), '', '', '' FROM s
	    JOIN c USING (id) WHERE channel <> ''
	    GROUP BY channel ORDER BY count(*) DESC, channel;" |
	sed 's/\.0	/	/' >want
t_ok 'the sample says the same to sqlite3' sh -c '
	[ "$(wc -l <want)" -gt 4 ] && crm-profile -d firm -n 99 stat.tsv |
	grep -E "	(orders		|channel	.)" | grep -v "channel		" |
	cut -f 2-4,7-9 | cmp want -'

t_done
