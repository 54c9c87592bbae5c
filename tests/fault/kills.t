#!/bin/sh
# 2,000 runs killed at random moments: no row is lost that was acknowledged,
# none is bad, none is doubled by a retry with --once, and a table is there
# whole or not at all.  KILLS=100000 for the long run.
#
# To see it fail: remove the mark before the rows are written (write_load in
# append.c), let look_around (store.c) leave temporary files, or answer (once.c)
# never skip.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm # many more writes than waits
. "$(dirname "$0")/../lib.sh"

kill=${t_bin:-$t_root/build/bin}/../fault/kill
runs=$((${KILLS:-2000} / 4))
time=2026-11-20T10:00:00Z
most=3500 # microseconds: about what a command takes

crm-add id=C1 name=Anna >/dev/null
crm-add id=C2 name=Bo >/dev/null
crm-log C1 note first

# Whole rows only, as many fields as the header, whatever was killed.
sound() { # FILE
	awk -F '\t' '
	NR == 1 { n = NF }
	NF != n { print FILENAME ":" NR ": " $0; bad = 1 }
	END { exit bad }' "$1"
}

# Numbers whose run was acknowledged and which are not in the list.
lost() { # RUNS LIST
	awk 'NR == FNR { there[$1] = 1; next } $2 == "yes" && !($1 in there)' \
	    "$2" "$1"
}

said() { # RUNS
	echo "# $(grep -c yes "$1") of $runs acknowledged"
}

# One event a run, each with a word of its own.
"$kill" $runs $most 1 crm-log C1 note time=$time event@ >ran
said ran
crm-log C1 note after
sed -n 's/.*event\([0-9]*\)$/\1/p' store/journal.tsv >there
t_ok 'events: none acknowledged is lost' [ -z "$(lost ran there)" ]
t_ok 'events: none is doubled' [ -z "$(sort there | uniq -d)" ]
t_ok 'events: none is bad' sound store/journal.tsv
i=0
while read -r n ack; do
	[ "$ack" = yes ] && continue
	i=$((i + 1))
	[ $i -le 200 ] || break
	crm-log --once C1 note time=$time "event$n"
done <ran
sed -n 's/.*event\([0-9]*\)$/\1/p' store/journal.tsv >there
t_ok 'events: a retry with --once doubles none' [ -z "$(sort there | uniq -d)" ]

# Tables: 400 rows, all or none.
awk -v t=$time 'BEGIN {
	print "time\tcustomer\tkind\ttext"
	for (i = 0; i < 400; i++) print t "\tC1\tnote\ttable" }' >table.tsv
before=$(grep -c table store/journal.tsv)
"$kill" $runs $((most * 3 / 2)) 2 crm-log table.tsv >ran
said ran
crm-log C1 note after 2>/dev/null
rows=$(($(grep -c table store/journal.tsv) - before))
yes=$(grep -c yes ran)
t_ok 'tables: whole or not at all' [ $((rows % 400)) -eq 0 ]
t_ok 'tables: none acknowledged is lost' [ $rows -ge $((yes * 400)) ]
t_ok 'tables: none is bad' sound store/journal.tsv
echo "# $((rows / 400)) tables there"

# Customers added.
"$kill" $runs $most 3 crm-add id=K@ name=kill >ran
said ran
crm-add name=after >/dev/null
sed -n 's/^K\([0-9]*\).*/\1/p' store/customers.tsv >there
t_ok 'customers: none acknowledged is lost' [ -z "$(lost ran there)" ]
t_ok 'customers: none is doubled' [ -z "$(sort there | uniq -d)" ]
t_ok 'customers: none is bad' sound store/customers.tsv

# One customer changed again and again: the last acknowledged value or a
# later one is there.
cp store/customers.tsv before
"$kill" $runs $((most * 3 / 2)) 4 crm-add -u C2 note=change@ >ran
said ran
last=$(awk '$2 == "yes" { n = $1 } END { print n + 0 }' ran)
is=$(sed -n 's/^C2.*change\([0-9]*\)$/\1/p' store/customers.tsv)
t_ok 'changes: the last acknowledged is there' [ "${is:-0}" -ge "$last" ]
t_ok 'changes: no other customer is touched' sh -c \
	'grep -v "^C2" before >a; grep -v "^C2" store/customers.tsv | cmp - a'
t_ok 'what killed writers left is cleared away' sh -c \
	'crm-log C1 note x; [ -z "$(find store -name ".*.new-*")" ] &&
	[ -z "$(find store -name "*.undo")" ]'

t_done
