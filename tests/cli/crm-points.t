#!/bin/sh
# crm-points: bonus points, tiers and vouchers.
. "$(dirname "$0")/../lib.sh"

t_need_firm
header='time\tcustomer\tkind\tvalue\tdue\tref\n'

# --- without rules: only what is written down ------------------------------

printf '%b' "$header" \
	'2026-01-10\tC1\tearn\t50.9\t\t\n' \
	'2026-02-01\tC1\tredeem\t20\t\t\n' \
	'2026-02-01\tC1\torder\t1000\t\tA1\n' \
	'2026-03-01\tC1\tvoucher\t20\t2026-12-20\tG1\n' \
	'2026-03-01\tC2\tvoucher\t5\t2026-03-31\tG2\n' \
	'2026-03-01\tC2\tvoucher\t7.5\t\tG3\n' \
	'2026-04-01\tC2\tredeem\t0\t\tG3\n' \
	'2026-04-02\tC2\tredeem\t0\t\tG3\n' \
	'2026-04-02\tC3\tearn\t10\t\t\n' '2026-04-03\tC3\tredeem\t15\t\t\n' \
	'2026-04-02\tC4\torder\t10\t\tD1\n' >j.tsv

t_run 'points and vouchers of each customer' 0 crm-points j.tsv <<'!'
id	name	balance	tier	year	earned	returned	redeemed	expired	shortfall	expiring	expires	vouchers	vouchers_redeemed	vouchers_expired	voucher_value	voucher_due	stray
C1		30		50	50	0	20	0	0	0		1	0	0	20.00	2026-12-20	0
C2		0		0	0	0	0	0	0	0		2	1	1	0.00		1
C3		-5		10	10	0	15	0	5	0		0	0	0	0.00		0
!
t_err 'what was not there is told beside the table' 0 \
	'crm-points: 1 customer has used points that were not there
crm-points: 1 customer has used a voucher that does not fit' \
	sh -c 'crm-points j.tsv >/dev/null'
t_run 'as of a day' 0 sh -c \
	'crm-points --as-of 2026-03-31 j.tsv | cut -f 1,3,13-17' <<'!'
id	balance	vouchers	vouchers_redeemed	vouchers_expired	voucher_value	voucher_due
C1	30	1	0	0	20.00	2026-12-20
C2	0	2	0	0	12.50	2026-03-31
!
t_run 'flows of a period, the balance at its end' 0 sh -c \
	'crm-points -p 2026-02..2026-03 j.tsv | cut -f 1,3,6-8' <<'!'
id	balance	earned	returned	redeemed
C1	30	0	0	20
C2	0	0	0	0
!
# By paper: as of 2026-11-21 points of 11-10 are good up to 12-10; the order of
# December takes nothing from them, and a redemption then finds its own only.
mkdir ahead
printf 'key\tvalue\npoints_per_unit\t1\npoints_expiry_days\t30\n' \
	>ahead/settings.tsv
printf '%b' "$header" '2026-11-10\tC1\tearn\t100\t\t\n' \
	'2026-12-20\tC1\torder\t20\t\tA1\n' \
	'2026-12-21\tC1\tredeem\t30\t\t\n' >ahead/journal.tsv
t_run 'what is still to come makes nothing expire' 0 sh -c \
	'crm-points -d ahead 2>/dev/null | cut -f 3,6-12' <<'!'
balance	earned	returned	redeemed	expired	shortfall	expiring	expires
90	120	0	30	0	10	100	2026-12-10
!
t_run 'a condition chooses customers, not events' 0 sh -c \
	'crm-points -w "kind = redeem" j.tsv 2>/dev/null | cut -f 1,3,6' <<'!'
id	balance	earned
C1	30	50
C2	0	0
C3	-5	10
!
t_run 'a list of customers' 0 sh -c \
	'printf "id\nC3\n" | crm-points -c - j.tsv 2>/dev/null | cut -f 1,3' <<'!'
id	balance
C3	-5
!
t_run 'vouchers that end soon' 0 sh -c \
	'crm-points --expiring 29 j.tsv | cut -f 1,17
	crm-points --expiring 28 j.tsv | wc -l' <<'!'
id	voucher_due
C1	2026-12-20
1
!
t_run 'JSON' 0 sh -c 'crm-points -o json j.tsv 2>/dev/null | sed -n 2p' <<'!'
{"id":"C1","name":"","balance":30,"tier":"","year":50,"earned":50,"returned":0,"redeemed":20,"expired":0,"shortfall":0,"expiring":0,"expires":"","vouchers":1,"vouchers_redeemed":0,"vouchers_expired":0,"voucher_value":20.00,"voucher_due":"2026-12-20","stray":0},
!
t_law 'order, files and threads do not matter' j.tsv crm-points

# --- by rules ----------------------------------------------------------------

mkdir -m 700 store
printf '%b' 'key\tvalue\n' 'timezone\tEurope/Berlin\n' \
	'points_per_unit\t0.5\n' 'points_minimum\t10\n' \
	'points_expiry_days\t365\n' 'points_tiers\tsilver:50,gold:500\n' \
	>store/settings.tsv
printf 'id\tname\taccount\nC1\tAda\tF\nC2\tBen\tF\n' >store/customers.tsv
printf '%b' "$header" \
	'2025-10-01\tC1\torder\t200\t\tA0\n' \
	'2025-12-10T12:00:00Z\tC1\torder\t99.99\t\tA1\n' \
	'2026-01-10T12:00:00Z\tC1\torder\t9.99\t\tA2\n' \
	'2026-02-10T12:00:00Z\tC1\torder\t30\t\tA3\n' \
	'2026-02-20T12:00:00Z\tC1\trefund\t25\t\tA3\n' \
	'2026-03-01T12:00:00Z\tC1\tearn\t10\t\t\n' \
	'2026-04-01T12:00:00Z\tC1\tredeem\t60\t\t\n' \
	'2026-05-01T23:30:00Z\tC2\torder\t1000\t\tB1\n' >store/journal.tsv

# By paper.  C1: 100 + 49 + 0 + 15 + 10; the refund leaves 5 of A3, under the
# minimum: 15 back; 60 of the 100 of October are redeemed, 40 expire after
# 2026-10-01; 49 + 10 are left, 49 of them until 2026-12-10.
t_run 'earned, taken back, expired; the tier of 12 months' 0 sh -c \
	'crm-points | cut -f 1-12' <<'!'
id	name	balance	tier	year	earned	returned	redeemed	expired	shortfall	expiring	expires
C1	Ada	59	silver	59	174	15	60	40	0	49	2026-12-10
C2	Ben	500	gold	500	500	0	0	0	0	0	2027-05-02
!
t_run 'on the last day they are good, then they are gone' 0 sh -c \
	'crm-points --as-of 2026-10-01 | cut -f 1,3,9,11,12 | sed -n 2p
	crm-points --as-of 2026-10-02 | cut -f 1,3,9,11,12 | sed -n 2p' <<'!'
C1	99	0	40	2026-10-01
C1	59	40	0	2026-12-10
!
t_run 'an account has one balance' 0 sh -c \
	'crm-points -a | cut -f 1,3-6' <<'!'
id	balance	tier	year	earned
F	559	gold	559	674
!
t_run 'expiring soon' 0 sh -c \
	'crm-points --expiring 19 | cut -f 1,11
	crm-points --expiring 18 | wc -l' <<'!'
id	expiring
C1	49
1
!
t_law 'order, files and threads do not matter by rules either' \
	store/journal.tsv crm-points

# --- what is refused -----------------------------------------------------------

usage=$(crm-points --help | sed '/^bonus points/,$d')
t_err 'too few days' 2 "crm-points: --expiring: too small: \"-1\"
$usage" crm-points --expiring -1
t_err 'too many days' 2 "crm-points: --expiring: too large: \"36501\"
$usage" crm-points --expiring 36501
for word in x ''; do
	t_err "--expiring '$word' is refused" 2 \
	    "crm-points: --expiring: not a whole number: \"$word\"
$usage" crm-points --expiring "$word"
done
bad_rule() { # WORDS KEY VALUE
	cp -r store "bad-$2"
	sed -i "/^$2/d" "bad-$2/settings.tsv"
	printf '%s\t%s\n' "$2" "$3" >>"bad-$2/settings.tsv"
	t_err "$2 '$3' is refused" 3 \
	    "crm-points: bad-$2/settings.tsv:6: value: $1: \"$3\"" \
	    crm-points -d "bad-$2"
}
bad_rule negative points_per_unit -1
bad_rule 'not a number' points_minimum ten
bad_rule 'not a whole number' points_expiry_days 1.5
bad_rule 'not tiers like silver:1000,gold:5000' points_tiers silver
t_run 'a sum that is too large: no table' 3 sh -c '
	cp -r store rich
	echo "points_per_unit	99999999999999" >>rich/settings.tsv
	sed -i "3{/points/d}" rich/settings.tsv
	printf "2026-01-01\tC9\torder\t99999999999999\t\tX\n" \
	    >>rich/journal.tsv
	crm-points -d rich 2>rich.err; s=$?; cat rich.err; exit $s' <<'!'
crm-points: the sum is too large: "C9"
!
t_err 'a bad row' 3 'crm-points: bad.tsv:2: value: missing: ""' sh -c '
	printf "time\tcustomer\tkind\tvalue\n2026-01-01\tC\tearn\t\n" >bad.tsv
	crm-points bad.tsv'
t_err 'no store' 4 'crm-points: nowhere: no store here (crm-add makes one)' \
	crm-points -d nowhere
[ ! -w /dev/full ] || t_ok 'a full disk is noticed' sh -c '
	crm-points >/dev/full 2>err; [ $? -eq 4 ] && grep -q "No space" err'

# --- a second way, on the sample store ------------------------------------------

mkdir -m 700 demo
"$firm" demo
printf 'time\tcustomer\tkind\tvalue\n' >some.tsv
awk -F '\t' -v OFS='\t' 'NR > 1 && $3 == "earn" {
	print $1, $2, $3, $6
	if (++n[$2] % 5 == 0)
		print substr($1, 1, 19) "Z", $2, "redeem", $6 * 2
}' demo/journal.tsv >>some.tsv
printf 'key\tvalue\ntimezone\tUTC\npoints_expiry_days\t120\n' >rules.tsv
mkdir -m 700 ruled
cp rules.tsv ruled/settings.tsv
cp some.tsv ruled/journal.tsv

# awk: each customer has a queue of points by day, walked day by day.
sort -k 1,1 -k 2,2 some.tsv | sed '/^time/d' | sort -s -t "$(printf '\t')" \
	-k 1,1 | awk -F '\t' '
function days(s,  y, m, d) {
	y = substr(s, 1, 4); m = substr(s, 6, 2); d = substr(s, 9, 2)
	if (m < 3) { y--; m += 12 }
	return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + \
	    int((153 * m - 457) / 5) + d
}
function drop(c, day) {
	from[c] += 0
	while (from[c] < to[c] && good[c, from[c]] < day) {
		gone[c] += left[c, from[c]]; from[c]++
	}
}
{
	c = $2; day = days($1); drop(c, day)
	if ($3 == "earn") {
		pay = $4 < owed[c] ? $4 : owed[c]
		owed[c] -= pay
		good[c, to[c] + 0] = day + 120
		left[c, to[c] + 0] = $4 - pay
		to[c]++
	} else {
		for (i = from[c] + 0; i < to[c]; i++) {
			t = $4 < left[c, i] ? $4 : left[c, i]
			left[c, i] -= t; $4 -= t
		}
		owed[c] += $4; short[c] += $4
	}
}
END {
	for (c in to) {
		drop(c, days("2026-11-21"))
		sum = -owed[c]
		for (i = from[c] + 0; i < to[c]; i++) sum += left[c, i]
		print c "\t" sum "\t" gone[c] + 0 "\t" short[c] + 0
	}
}' | sort >want
t_ok 'awk comes to the same balances for the sample store' sh -c '
	[ "$(wc -l <want)" -gt 40 ] && awk "\$3 > 0 { n++ } \$4 > 0 { m++ }
	    END { exit !(n > 20 && m > 5) }" want &&
	crm-points -d ruled 2>/dev/null | sed 1d | cut -f 1,3,9,10 |
	diff want -'
cat >query.sql <<'!'
.mode tabs
.import demo/journal.tsv j
SELECT customer, sum(CASE kind WHEN 'earn' THEN CAST(value AS INT) END),
	count(CASE kind WHEN 'voucher' THEN 1 END),
	count(CASE WHEN kind = 'redeem' AND ref <> '' THEN 1 END)
FROM j WHERE kind IN ('earn', 'redeem', 'voucher') GROUP BY 1 ORDER BY 1;
!
t_ok 'sqlite3 counts the same points and vouchers' sh -c '
	sqlite3 :memory: <query.sql >want && [ "$(wc -l <want)" -gt 40 ] &&
	crm-points -d demo | sed 1d | cut -f 1,6,13,14 | diff want -'

t_done
