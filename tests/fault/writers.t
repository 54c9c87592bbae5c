#!/bin/sh
# 8 writers at once, one who replaces the journal under the lock again and
# again, one who replaces the customers, and one who reads: every row that
# was acknowledged is there, once and whole, and no reader ever fails.
#
# Each writer puts ROUNDS times a table of 330 rows of 100 bytes to 64 KiB and
# five single events: 8 x 60 x 335 = 160,800 rows in 2,880 locked appends, in
# about a minute.  ROUNDS=600 for the long run.
#
# To see it fail: make flock in take (store.c) always succeed.
. "$(dirname "$0")/../lib.sh"

rounds=${ROUNDS:-60}
time=2026-11-20T10:00:00Z
crm-add id=C1 name=Anna >/dev/null
crm-log C1 note 'text=start 7'

# The text of a row: its name, its length, and letters up to it, so that
# mixed rows and lost bytes show.
cat >rows.awk <<'!'
function row(name, len,    s) {
	s = name " " len " "
	return s substr(fill, 1, len > length(s) ? len - length(s) : 0)
}
BEGIN {
	srand(seed)
	fill = "abcdefghij"
	while (length(fill) < 65536) fill = fill fill
	print "time\tcustomer\tkind\ttext"
	for (i = 1; i <= 330; i++) {
		len = i == 330 ? 65000 : 100 + int(rand() ^ 6 * 4000)
		printf "%s\tC1\tnote\t%s\n", time, row(name "." i, len)
	}
}
!

writer() { # NUMBER
	for r in $(seq "$rounds"); do
		awk -v seed="$1$r" -v time=$time -v name="w$1.$r" \
		    -f rows.awk >"t$1"
		crm-log "t$1" && tail -n +2 "t$1" | cut -f 4 |
		    cut -d ' ' -f 1 >>"acked$1"
		for i in 1 2 3 4 5; do
			crm-log C1 note "text=e$1.$r.$i 12 x" &&
			    echo "e$1.$r.$i" >>"acked$1"
		done
	done
}

# As crm-forget and crm-edit do, with other tools: flock(1), cp, mv.
replacer() {
	while [ ! -e stop ]; do
		flock store/.lock sh -c 'cp store/journal.tsv store/.j &&
		    mv store/.j store/journal.tsv' || echo failed >>replacer
		echo >>replaced
		sleep 0.05
	done
}

customers() {
	n=0
	while [ ! -e stop ]; do
		n=$((n + 1))
		crm-add -u C1 note=$n && echo $n >changed
	done
}

# A row that is read is whole: name, length, that many bytes.
cat >whole.awk <<'!'
BEGIN {
	FS = "\t"
	fill = "abcdefghij"
	while (length(fill) < 65536) fill = fill fill
}
NR == 1 { n = NF; next }
NF != n { print NR ": " NF " fields"; exit 1 }
{
	split($11, w, " ")
	if (w[3] != "x" && length($11) != w[2]) {
		print NR ": " w[1] ": " length($11) " bytes for " w[2]; exit 1
	}
	if (w[3] != substr(fill, 1, length(w[3])) && w[3] != "x") {
		print NR ": " w[1] ": other bytes"; exit 1
	}
}
!
whole() {
	awk -f whole.awk "$1"
}

reader() {
	while [ ! -e stop ]; do
		crm-nps >/dev/null 2>>reader.err || echo "$?" >>reader
		# Up to the last LF there are whole rows at any time.
		cat store/journal.tsv >copy
		[ -z "$(tail -c 1 copy)" ] || sed -i '$d' copy
		whole copy >>reader || cp copy bad.copy
		echo >>looks
	done
}

start=$(date +%s)
replacer & r=$!
customers & c=$!
reader & l=$!
pids=
for w in 1 2 3 4 5 6 7 8; do
	writer $w 2>>writer.err &
	pids="$pids $!"
done
wait $pids
: >stop
wait $r $c $l
echo "# $(($(date +%s) - start)) s, $(wc -l <looks) reads," \
    "$(wc -l <replaced) replacements of the journal, $(cat changed) of the" \
    "customers"

tail -n +3 store/journal.tsv | cut -f 11 | cut -d ' ' -f 1 | sort >there
cat acked* | sort >acked
t_ok 'every writer ended well' [ ! -s writer.err ]
t_ok "all $((8 * rounds * 335)) rows were acknowledged" \
	[ "$(wc -l <acked)" -eq $((8 * rounds * 335)) ]
t_ok 'none is lost' [ -z "$(comm -23 acked there)" ]
t_ok 'none is doubled' [ -z "$(uniq -d there)" ]
t_ok 'none is there that nobody wrote' [ -z "$(comm -13 acked there)" ]
t_ok 'none is mixed or cut' whole store/journal.tsv
t_ok 'no reader failed' sh -c 'cat reader reader.err 2>/dev/null | grep -v -e "^crm-nps: only" -e "^crm-nps: no answers" | head -n 5 >bad; [ ! -s bad ] || { cat bad; exit 1; }'
t_ok 'no replacer failed' [ ! -e replacer ]
t_ok 'the last change of the customer is there' sh -c \
	'[ "$(tail -n 1 store/customers.tsv | cut -f 22)" = "$(cat changed)" ]'
t_ok 'nothing is left but the tables' sh -c \
	'[ "$(ls -A store | grep -v "^.journal.tsv.grown$" | tr "\n" " ")" = \
	".lock customers.tsv journal.tsv settings.tsv " ]'

t_done
