#!/bin/sh
# crm-watch: each alarm and what is just none, goals, silence, cron.
. "$(dirname "$0")/../lib.sh"

table() { # ROW ... to a journal on standard output; | becomes a TAB
	printf 'time\tcustomer\tkind\ttone\tvalue\tdue\tref\ttopic\tby\n'
	[ $# -eq 0 ] || printf '%s\n' "$@" | tr '|' '\t'
}
columns='alarm|what|customer|name|owner|day|value|limit|p|why'
tabs() { tr '|' '\t'; }

# Clock: Saturday 2026-11-21 12:00.

# --- silence -------------------------------------------------------------------

table '2026-11-20|C1|order||100||R1||' >quiet.tsv
t_run 'all is well: nothing at all' 0 crm-watch quiet.tsv </dev/null
t_run 'nor in JSON' 0 crm-watch -o json quiet.tsv </dev/null
t_run 'nor as a table' 0 crm-watch -o table quiet.tsv </dev/null
table '2026-11-01T10:00:00Z|C1|complaint||||K1||anna' >loud.tsv
t_run 'an alarm: a row, and status 1' 1 crm-watch loud.tsv <<!
$(tabs <<!!
$columns
overdue|K1|C1||anna|2026-11-02|458.0|||no reply
!!
)
!
t_run 'for people' 1 crm-watch -o md loud.tsv <<'!'
| alarm | what | customer | name | owner | day | value | limit | p | why |
| --- | --- | --- | --- | --- | --- | ---: | ---: | ---: | --- |
| overdue | K1 | C1 |  | anna | 2026-11-02 | 458.0 |  |  | no reply |
!
TEXTDOMAINDIR=${t_bin:-$t_root/build/bin}/../locale
export TEXTDOMAINDIR
german() { env -u LC_ALL -u LANG LANGUAGE=de "$@"; }
t_run 'in German' 1 german crm-watch -o md loud.tsv <<'!'
| Alarm | was | Kunde | Name | zuständig | Tag | Wert | Grenze | p | warum |
| --- | --- | --- | --- | --- | --- | ---: | ---: | ---: | --- |
| overdue | K1 | C1 |  | anna | 2026-11-02 | 458.0 |  |  | keine Antwort |
!
t_run 'data stays English' 1 german crm-watch loud.tsv <<!
$(tabs <<!!
$columns
overdue|K1|C1||anna|2026-11-02|458.0|||no reply
!!
)
!
t_ok 'as a job of cron: quiet when all is well' sh -c '
	crm-watch quiet.tsv >mail 2>&1 && [ ! -s mail ]'
t_ok 'and a mail when not' sh -c '
	! crm-watch loud.tsv >mail 2>&1 && grep -q K1 mail'
t_run 'no store and no file' 4 crm-watch </dev/null
t_err 'words for that' 4 \
    "crm-watch: $CRM_DIR: no store here (crm-add makes one)" crm-watch
t_ok 'an answer that cannot be written' sh -c '
	crm-watch loud.tsv >/dev/full 2>err; [ $? -eq 4 ] &&
	grep -qx "crm-watch: standard output: No space left on device" err'
usage="usage: crm-watch [-a] [-c FILE] [-d DIR] [-o FORMAT] [--as-of DAY]
                 [--color WHEN] [--goals] [--only ALARMS] [FILE ...]"
t_err 'an alarm that is none' 2 \
    "crm-watch: unknown alarm: \"silnet\" (did you mean \"silent\"?)
$usage" crm-watch --only nps,silnet quiet.tsv
t_err 'no alarm' 2 "crm-watch: unknown alarm: \"\" (one of: surge, nps, silent, impression, overdue, goal, contract)
$usage" crm-watch --only nps, quiet.tsv
t_err 'both' 2 "crm-watch: only one of --goals and --only
$usage" crm-watch --goals --only nps quiet.tsv
t_err 'a period is for others' 2 "crm-watch: unknown option -p
$usage" crm-watch -p 2026 quiet.tsv
t_err 'a bad row' 3 'crm-watch: bad.tsv:2: kind: unknown: "ordre" (did you mean "order"?)' \
    sh -c 'printf "time\tcustomer\tkind\n2026-11-01\tC1\tordre\n" >bad.tsv
	crm-watch bad.tsv'

mkdir -m 700 store
people() { # ROW ... into customers.tsv
	printf 'id\tname\ttags\towner\taccount\tcreated\n' >store/customers.tsv
	[ $# -eq 0 ] || printf '%s\n' "$@" | tabs >>store/customers.tsv
}
settings() { # KEY=VALUE ... into the store
	printf 'key\tvalue\n' >store/settings.tsv
	[ $# -eq 0 ] || printf '%s\n' "$@" | tr '=' '\t' >>store/settings.tsv
}
watch() { # ALARM FILE [OPTION...]: its rows, status 1 or 0, and the status
	watch_only=$1 watch_file=$2
	shift 2
	crm-watch --only "$watch_only" "$@" "$watch_file" >rows
	watch_status=$?
	sed 1d rows | tr '\t' '|'
	echo "$watch_status"
}

# --- surge -----------------------------------------------------------------------

complaints() { # DAY N TOPIC: rows
	awk -v day="$1" -v n="$2" -v topic="$3" 'BEGIN {
	for (i = 0; i < n; i++)
		printf "%sT%02d:00:00Z\tC1\tcomplaint\t\t\t\tK%s%d\t%s\t\n",
		    day, i, day topic, i, topic }'
}
surge() { # N OF THE LAST WEEK
	{
		table '2026-08-01|C1|request||||Q||'
		for d in 2026-09-01 2026-10-01 2026-11-14; do
			complaints "$d" 1 delivery
			complaints "$d" 2 quality
		done
		complaints 2026-11-15 "$1" delivery
		complaints 2026-11-16 1 quality
	} >surge.tsv
}
surge 3
t_run 'three where a fourth of one was to be expected' 0 \
    watch surge surge.tsv <<!
surge|delivery||||2026-11-15|3|0.23|0.025|before: 3 in 84 days; topics tested: 2
1
!
# The p by bc: twice the chance that of 6 at least 3 fall into 6.5 of 90.5
# days, times two for the two topics.
cp rows three
holm() {
	echo "scale = 12; q = 6.5 / 90.5
	p = 2 * 2 * (1 - (1-q)^6 - 6*q*(1-q)^5 - 15*q^2*(1-q)^4)
	scale = 3; (p + .0005) / 1" | bc
}
t_run 'bc has the same p' 0 sh -c 'echo "0$1"; sed 1d three | cut -f 9' sh "$(holm)" <<!
0.025
0.025
!
surge 2
t_run 'two may be chance' 0 watch surge surge.tsv <<!
0
!
surge 3
settings watch_level=2.45
t_run 'another level' 0 watch surge surge.tsv <<!
0
!
settings watch_surge_days=6
t_run 'other days' 0 watch surge surge.tsv <<!
0
!
settings watch_surge_days=0
t_run 'switched off' 0 watch surge surge.tsv <<!
0
!
settings watch_surge_days=-1
t_err 'no number of days' 3 \
    "crm-watch: $CRM_DIR/settings.tsv:2: value: too small: \"-1\"" \
    crm-watch surge.tsv
settings
sed 's/complaint/request/' surge.tsv >asked.tsv
t_run 'requests are no complaints' 0 watch surge asked.tsv <<!
0
!
t_run 'as of the day before it began' 0 watch surge surge.tsv --as-of 2026-11-14 <<!
0
!
{
	table
	for topic in a b c d e f g; do complaints 2026-10-01 1 "$topic"; done
	complaints 2026-11-18 3 a
} >many.tsv
t_run 'of many topics one is more by chance' 0 watch surge many.tsv <<!
0
!
sed '/	[b-g]	$/d' many.tsv >one.tsv
t_run 'which alone would be too many' 0 watch surge one.tsv <<!
surge|a||||2026-11-15|3|0.14|0.015|before: 1 in 45 days; topics tested: 1
1
!
{ table; complaints 2026-11-20 20 a; } >young.tsv
t_run 'nothing to compare with' 0 watch surge young.tsv <<!
0
!

# --- nps --------------------------------------------------------------------------

answers() { # DAY SCORE N: rows
	awk -v day="$1" -v score="$2" -v n="$3" 'BEGIN { while (n-- > 0)
		printf "%s\t\tnps\t\t%d\t\t\t\t\n", day, score }'
}
scores() { # PASSIVES THEN PROMOTERS NOW DETRACTORS NOW [DAY]
	{
		table
		answers "${4:-2026-08-23}" 10 20
		answers 2026-08-23 8 "$1"
		answers 2026-08-24 9 "$2"
		answers 2026-11-21T23:00:00Z 6 "$3"
	} >scores.tsv
}
scores 10 10 10
t_run 'a fall of 66.7 points' 0 watch nps scores.tsv <<!
nps|nps||||2026-08-24|0.0|66.7|0.006|answers: 20, before: 30
1
!
compared() { # change, z, p and n as crm-nps has them
	awk -F '\t' -v OFS='\t' 'NR == 1 { print $0 "\tside"; next }
	{ print $0 "\t" ($1 < "2026-08-24" ? "a" : "b") }' scores.tsv >sides.tsv
	crm-nps --by side --compare sides.tsv 2>/dev/null |
	    awk -F '\t' 'NR == 3 { print $6, $2, $11 }'
}
t_run 'crm-nps says the same' 0 compared <<!
0.0 20 0.006
!
scores 10 13 7
t_run 'one of 36.7 may be chance' 0 watch nps scores.tsv <<!
0
!
t_run 'so says crm-nps' 0 compared <<!
30.0 20 0.109
!
scores 10 10 9
t_run 'too few answers' 0 watch nps scores.tsv <<!
0
!
scores 10 10 10 2026-05-25
t_run 'answers of older days do not count' 0 watch nps scores.tsv <<!
0
!
settings timezone=Asia/Tokyo
scores 10 10 10
t_run 'tomorrow is not today' 0 watch nps scores.tsv <<!
0
!
settings

# --- silent ------------------------------------------------------------------------

people 'K|Kay|vip, key|anna||' 'L|Lee|key,released|||' 'M|Mo|key,blocked|||' \
    'N|Nell|key||F|2026-10-06' 'O|Ole|key||F|2026-10-07' 'P|Pia||||' \
    'F|Firm|||| ' 'Q|Quentin|key|||' 'R|Rea|key|||'
table '2026-10-06|K|in||5||||' '2026-01-01|L|in||5||||' \
    '2026-01-01|M|in||5||||' '2026-01-01|P|in||5||||' \
    '2026-10-07|R|order||5||r||' '2026-01-01|R|in||5||||' \
    '2026-11-11|K|nps||10||||' '2026-11-11|K|note||||||' \
    '2026-11-11|K|out||5||||' >silent.tsv
sed '/out/d' silent.tsv >still.tsv
t_run 'key accounts: 46 days, without a contact since added' 0 watch silent still.tsv <<!
silent||K|Kay|anna|2026-10-06|46|45||key account, no contact, no order
silent||N|Nell||2026-10-06|46|45||key account, no contact, no order
1
!
printf 'old\tnew\nL\tN\nO\tM\n' >store/aliases.tsv
t_run 'whoever was merged with one that is let alone is, too' 0 watch silent still.tsv <<!
silent||K|Kay|anna|2026-10-06|46|45||key account, no contact, no order
1
!
rm store/aliases.tsv
t_run 'the day before it is none' 0 watch silent still.tsv --as-of 2026-11-20 <<!
0
!
t_run 'a contact ends it' 0 watch silent silent.tsv <<!
silent||N|Nell||2026-10-06|46|45||key account, no contact, no order
1
!
printf 'id\nK\n' >k.tsv
t_run 'only some customers' 0 watch silent still.tsv -c k.tsv <<!
silent||K|Kay|anna|2026-10-06|46|45||key account, no contact, no order
1
!
printf '2026-10-06\tO\tin\t\t5\t\t\t\t\n' >>still.tsv
t_run 'the firm was met when one of its people was' 0 watch silent still.tsv -a <<!
silent||F|Firm||2026-10-06|46|45||key account, no contact, no order
silent||K|Kay|anna|2026-10-06|46|45||key account, no contact, no order
1
!
settings watch_key_days=46
t_run 'other days' 0 watch silent still.tsv <<!
0
!
settings watch_key_days=0
t_run 'never' 0 watch silent still.tsv --as-of 2027-11-20 <<!
0
!
settings key_share=100 watch_key_days=60
people
table '2025-12-01|A|order||900||a||' '2026-09-22|B|order||1||b||' \
    '2026-09-21|C|order||1||c||' '2026-09-21|D|order||1||d||' \
    '2026-11-22|D|leave||||||' '2026-09-21|E|order||1||e||' \
    '2026-11-20|E|leave||||||' >order.tsv
t_run 'so are the best customers, unless they left' 0 watch silent order.tsv --as-of 2026-11-21 <<!
silent||A|||2025-12-01|355|60||key account, no contact, no order
1
!
settings key_share=100 watch_key_days=60 abc_a=100
t_run 'class A of other settings' 0 watch silent order.tsv --as-of 2026-11-21 <<!
silent||A|||2025-12-01|355|60||key account, no contact, no order
silent||C|||2026-09-21|61|60||key account, no contact, no order
silent||D|||2026-09-21|61|60||key account, no contact, no order
1
!
t_run 'who leaves tomorrow is let go tomorrow' 0 watch silent order.tsv --as-of 2026-11-22 <<!
silent||A|||2025-12-01|356|60||key account, no contact, no order
silent||C|||2026-09-21|62|60||key account, no contact, no order
silent||B|||2026-09-22|61|60||key account, no contact, no order
1
!
settings

# --- impression -------------------------------------------------------------------

people 'K|Kay|key|anna||' 'L|Lee|key,blocked|||' 'Z|Zoe||||'
table '2026-10-23|K|in|-1|||||' '2026-11-20|L|in|-2|||||' \
    '2025-01-01|A|order||999||a||' '2025-01-01|C|order||1||c||' \
    '2026-11-01|A|nps||6||||' '2026-11-01|C|nps||0||||' \
    '2026-11-01|Z|in|-2|||||' '2026-10-31|A|in|2|||||' >bad.tsv
t_run 'of class A and key accounts' 0 watch impression bad.tsv <<!
impression|tone|K|Kay|anna|2026-10-23|-1|-1||the last contact
impression|nps|A|||2026-11-01|6|6||the last answer
1
!
t_run 'after 30 days no more' 0 watch impression bad.tsv --as-of 2026-11-22 <<!
impression|nps|A|||2026-11-01|6|6||the last answer
1
!
printf '%s\n' '2026-11-02|A|in|0|||||' '2026-10-24|K|nps||7||||' | tabs |
    cat bad.tsv - >better.tsv
t_run 'nor after a better one' 0 watch impression better.tsv <<!
0
!
settings watch_tone_days=20
t_run 'other days' 0 watch impression bad.tsv <<!
0
!
settings

# --- overdue ----------------------------------------------------------------------

people 'C1|Ann||otto||'
table '2026-11-18T11:59:59Z|C1|complaint||||K1|delivery|' \
    '2026-11-18T12:00:01Z|C1|reply||||K1||' \
    '2026-11-20T12:00:00Z|C1|request||||K2||' \
    '2026-11-20T12:00:01Z|C1|request||||K3||' \
    '2026-11-20T12:00:01Z|C1|assign||||K2||bernd' \
    '2026-11-01|C1|complaint||||K4||' '2026-11-21|C1|solve||||K4||' >cases.tsv
t_run 'as soon as the deadline has come' 0 watch overdue cases.tsv <<!
overdue|K1|C1|Ann|otto|2026-11-21|0.0|||not solved
overdue|K2|C1|Ann|bernd|2026-11-21|0.0|||no reply
1
!
CRM_NOW=2026-11-21T11:59:58Z
t_run 'and not a second before' 0 watch overdue cases.tsv <<!
0
!
CRM_NOW=2026-11-21T12:00:00Z
settings watch_overdue=2
t_run 'two are told' 0 sh -c 'crm-watch --only overdue cases.tsv | wc -l' <<!
3
!
settings watch_overdue=3
t_run 'where three are needed, two are not' 0 watch overdue cases.tsv <<!
0
!
settings
tickets() { # those that crm-ticket calls overdue
	crm-ticket cases.tsv | awk -F '\t' '$NF == "overdue" { print $1 }'
}
t_run 'crm-ticket has the same' 0 tickets <<!
K1
K2
!

# --- contract ----------------------------------------------------------------------

table '2026-01-01|A|contract||9|2026-12-21|V1||' \
    '2026-01-01|B|contract||9|2026-12-22|V2||' \
    '2026-01-01|C|contract||9|2026-11-21|V3||' \
    '2026-01-01|D|contract||9|2026-11-20|V4||' \
    '2026-01-01|E|contract||9|2026-12-01|V5||' \
    '2026-11-01|E|contract||9|2027-12-01|V6||' \
    '2026-01-01|F|contract||9|2026-12-01|V7||' \
    '2026-11-20|F|contract||9|2027-12-01|V7||' \
    '2026-01-01|G|contract||9|2026-12-01|V8||' \
    '2026-11-20|G|leave||||||' \
    '2026-01-01|H|contract||9|2026-12-01|||' >contracts.tsv
t_run 'contracts that end in 30 days' 0 watch contract contracts.tsv <<!
contract|V3|C|||2026-11-21|0|30||no newer contract
contract||H|||2026-12-01|10|30||no newer contract
contract|V1|A|||2026-12-21|30|30||no newer contract
1
!
t_run 'before they were prolonged' 0 watch contract contracts.tsv --as-of 2026-11-19 <<!
contract|V4|D|||2026-11-20|1|30||no newer contract
contract|V3|C|||2026-11-21|2|30||no newer contract
contract|V7|F|||2026-12-01|12|30||no newer contract
contract|V8|G|||2026-12-01|12|30||no newer contract
contract||H|||2026-12-01|12|30||no newer contract
1
!
# By paper: neither of V1 and V2 ends later than the other.
table '2026-01-01|A|contract||9|2026-12-01|V0||' \
    '2026-01-01|A|contract||9|2026-12-10|V1||' \
    '2026-02-01|A|contract||9|2026-12-10|V2||' >both.tsv
t_run 'two that end on one day' 0 watch contract both.tsv <<!
contract|V1|A|||2026-12-10|19|30||no newer contract
contract|V2|A|||2026-12-10|19|30||no newer contract
1
!
people 'A|Ann|blocked|||' 'C|Cai|vip,released|||' 'H|Hal|vip|||'
t_run 'but not of those that are to be let alone' 0 watch contract contracts.tsv <<!
contract||H|Hal||2026-12-01|10|30||no newer contract
1
!
people 'H|Hal|vip|||' 'H9|Hal|blocked|||' 'A9|Ann|released|||' 'C9|Cai|vip|||'
printf 'old\tnew\nH8\tH\nH9\tH8\nA9\tA\nC9\tC\n' >store/aliases.tsv
t_run 'or were merged with such a one' 0 watch contract contracts.tsv <<!
contract|V3|C|||2026-11-21|0|30||no newer contract
1
!
rm store/aliases.tsv
people
settings watch_contract_days=0
t_run 'never' 0 watch contract contracts.tsv <<!
0
!
settings

# --- goals ------------------------------------------------------------------------

goals() { # ROW ...
	printf 'metric\ttarget\tdue\towner\twhy\tbase\n' >store/goals.tsv
	printf '%s\n' "$@" | tabs >>store/goals.tsv
}
stand() { crm-watch --goals "$@" | sed 1d | tr '\t' '|'; }
goal_columns='metric|owner|since|due|days_left|base|value|target|n|progress|pace|needed|state|why'
table '2025-12-31T23:30:00Z|A|order||100||1||' \
    '2026-01-01|B|order||50.50||2||' '2026-11-20|A|order||29.50||3||' \
    '2026-11-21|A|refund||10||3||' '2026-11-21T12:00:00Z|B|order||9||4||' \
    >year.tsv
goals 'revenue|90|2026-12-31|anna|more|' 'orders|3|2026-12-31|||' \
    'net|70.00|2026-11-22||exactly|' 'revenue|80|2026-11-20|||' \
    'revenue|80.01|2026-11-20|||'
t_run 'how goals stand' 1 crm-watch --goals year.tsv <<!
$(tabs <<!!
$goal_columns
revenue|anna|2026-01-01|2026-12-31|40||80.00|90.00|2|88.89|1.05|0.25|on|more
orders||2026-01-01|2026-12-31|40||2|3||66.67|0.04|0.03|on|
net||2026-01-01|2026-11-22|1||70.00|70.00|2|100.00|0.70||reached|exactly
revenue||2026-01-01|2026-11-20|-1||80.00|80.00|2|100.00|1.05||reached|
revenue||2026-01-01|2026-11-20|-1||80.00|80.01|2|99.99|1.05||missed|
!!
)
!
t_run 'which are alarms' 0 watch goal year.tsv <<!
goal|revenue||||2026-11-20|80.00|80.01||missed
1
!
t_run 'for 28 days' 0 watch goal year.tsv --as-of 2026-12-18 <<!
goal|revenue||||2026-11-20|80.00|80.01||missed
1
!
t_run 'and then no more, but now another is off' 0 watch goal year.tsv --as-of 2026-12-19 <<!
goal|revenue|||anna|2026-12-31|89.00|90.00||a day: 0.00 made, 0.08 needed
1
!
settings timezone=Europe/Berlin
t_run 'the year begins where the store is' 0 sh -c '
	crm-watch --goals year.tsv | sed -n 2p | cut -f 7' <<!
180.00
!
settings
t_run 'goals of the firm are not for a part of it' 0 crm-watch -c k.tsv year.tsv </dev/null
t_run 'unless they are asked for' 0 watch goal year.tsv -c k.tsv <<!
goal|revenue||||2026-11-20|0.00|80.00||missed
goal|revenue||||2026-11-20|0.00|80.01||missed
goal|net||||2026-11-22|0.00|70.00||a day: 0.00 made, 70.00 needed
goal|orders||||2026-12-31|0|3||a day: 0.00 made, 0.08 needed
goal|revenue|||anna|2026-12-31|0.00|90.00||a day: 0.00 made, 2.25 needed
1
!
goals 'revenue|90|2026-11-21|anna||'
t_run 'due today' 0 watch goal year.tsv <<!
goal|revenue|||anna|2026-11-21|80.00|90.00||due today
1
!
settings watch_goals=2
t_run 'where two are needed, one is not' 0 watch goal year.tsv <<!
0
!
settings
goals 'csat|80|2024-02-29|||50'
table '2024-02-01|A|csat||4||||' '2024-02-29T23:59:59Z|B|csat||4||||' \
    '2024-03-01|B|csat||1||||' '2024-01-31|B|csat||1||||' >leap.tsv
t_run 'a leap day, behind which nothing counts' 0 stand --as-of 2024-03-02 leap.tsv <<!
csat||2024-01-01|2024-02-29|-2|50.00|66.67|80.00|3|55.57|0.60||missed|
!
t_run 'and on it' 0 stand --as-of 2024-02-29 leap.tsv <<!
csat||2024-01-01|2024-02-29|0|50.00|66.67|80.00|3|55.57|0.60||off|
!
# 28 days before the noon of 2026-04-01 is noon, summer time or not.
settings timezone=Europe/Berlin
goals 'orders|99|2026-12-31|||'
table '2026-03-04T10:59:59Z|A|order||1||1||' \
    '2026-03-04T11:00:00Z|A|order||1||2||' '2026-04-01T09:59:59Z|A|order||1||3||' \
    '2026-04-01T10:00:00Z|A|order||1||4||' >dst.tsv
CRM_NOW=2026-04-01T10:00:00Z
t_run 'pace over a change of the clock' 0 sh -c '
	crm-watch --goals dst.tsv | sed -n 2p | cut -f 7,11' <<!
3	0.07
!
CRM_NOW=2026-11-21T12:00:00Z
settings
goals 'revenu|1|2026-12-31|||'
t_err 'a metric that is none' 3 "crm-watch: $CRM_DIR/goals.tsv:2: metric: unknown: \"revenu\" (did you mean \"revenue\"?)" \
    crm-watch year.tsv
t_run 'which is of no matter to others' 0 watch nps year.tsv <<!
0
!
printf 'metric\ttarget\n' >store/goals.tsv
t_err 'a column that is missing' 3 \
    "crm-watch: $CRM_DIR/goals.tsv:1: missing column: \"due\"" \
    crm-watch --goals year.tsv
rm store/goals.tsv
t_run 'no goals' 0 crm-watch --goals year.tsv <<!
$(echo "$goal_columns" | tabs)
!

# --- the sample store, second sources, laws ----------------------------------------

rm -r store
t_need_firm
mkdir -m 700 demo && "$firm" demo
CRM_DIR=$t_dir/demo
t_run 'the sample store has all of them' 0 sh -c '
	crm-watch | cut -f 1 | sed 1d | uniq' <<!
surge
nps
silent
impression
overdue
goal
contract
!
gather() { # sums by awk, since midnight in Berlin
	awk -F '\t' '$1 <= "2026-11-21T12:00:00" {
		if ($3 == "order" && $1 >= "2025-12-31T23") { sum += $6; n++ }
		if ($3 == "nps" && $1 >= "2026-09-30T22") {
			all++; up += $6 >= 9; down += $6 <= 6 }
	}
	END { printf "revenue %.2f %d\nnps %.1f %d\n",
	    sum, n, 100 * (up - down) / all, all }' demo/journal.tsv
}
gather >want
t_ok 'awk has the same values' sh -c '
	crm-watch --goals | awk -F "\t" "\$1 ~ /nps|revenue/ {
	    print \$1, \$7, \$9 }" | cmp - want'
t_ok 'sqlite3 has the same contracts' sh -c '
	{ echo ".mode tabs"; echo ".import demo/journal.tsv j"
	echo "SELECT ref, customer FROM j WHERE kind = \"contract\"
	    AND due BETWEEN \"2026-11-21\" AND \"2026-12-21\"
	    AND NOT EXISTS (SELECT 1 FROM j k WHERE k.kind = \"contract\"
	    AND k.customer = j.customer AND k.due > j.due)
	    ORDER BY due, customer;"; } | sqlite3 >want
	crm-watch --only contract | sed 1d | cut -f 2,3 | cmp - want && [ -s want ]'
t_ok 'crm-ticket has the same overdue cases' sh -c '
	crm-ticket | awk -F "\t" "\$NF == \"overdue\" { print \$1 }" | sort >want
	crm-watch --only overdue | sed 1d | cut -f 2 | sort | cmp - want'
loud() { # its rows, of which there must be some
	crm-watch "$@"
	[ $? -eq 1 ]
}
t_law 'neither order nor files nor threads matter' demo/journal.tsv loud
t_law 'nor of the week of the wave' demo/journal.tsv loud --as-of 2026-11-15
t_law 'nor to accounts' demo/journal.tsv loud -a
t_law 'nor to goals' demo/journal.tsv loud --goals
t_done
