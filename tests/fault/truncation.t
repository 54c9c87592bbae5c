#!/bin/sh
# Files cut at every byte, plain, with NULs behind and with garbage behind,
# as power cuts leave them: the next writer keeps all whole rows and moves
# the rest aside, no reader takes a part of a row for a value.
#
# To see it fail: take clear_tail out of append (append.c).
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$(dirname "$0")/../lib.sh"

crm-add -c x id=C1 name=Anna email=a@example.org >/dev/null
cat >store/customers.tsv <<'!'
id	name	email
C1	Anna	a@example.org
C2	Bo	b@example.org
!
printf 'time\tcustomer\tkind\tvalue\n' >store/journal.tsv
printf '2026-11-20T10:00:00Z\tC1\tnps\t10\n2026-11-20T11:00:00Z\tC2\tnps\t9\n' \
	>>store/journal.tsv
cp -r store clean

# The store with one file cut and something put behind it.
cut_store() { # FILE BYTE TAIL
	cp clean/* store/
	rm -f store/*.torn
	{
		head -c "$2" "clean/$1"
		printf %b "$3"
	} >"store/$1"
}

# Whole rows of the cut file.
whole() { # FILE BYTE
	head -c "$2" "clean/$1" >part
	head -n "$(tr -cd '\n' <part | wc -c)" part
}

# Cut FILE at each byte, run COMMAND, which appends one row: the file must
# be its whole rows, the header where it was lost, and that row.
sweep() { # FILE HEADER ROW COMMAND...
	file=$1 header=$2 row=$3
	shift 3
	size=$(wc -c <"clean/$file")
	for tail in '' '\0\0\0\0' '\0377\0033\011garbage'; do
		at=0
		while [ $at -le "$size" ]; do
			cut_store "$file" $at "$tail"
			whole "$file" $at >want
			[ -s want ] || printf '%s\n' "$header" >want
			printf '%s\n' "$row" >>want
			"$@" >out 2>err
			if ! cmp -s want "store/$file"; then
				echo "cut at $at, then '$tail':"
				cat err
				diff want "store/$file"
				return 1
			fi
			at=$((at + 1))
		done
	done
}

new='time	customer	kind	channel	tone	value	due	ref	topic	by	text'
log_one() {
	if [ -s want ] && head -n 1 want | grep -q channel; then
		sed '$d' want >w && printf '2026-11-21T12:00:00Z\tC1\tnps%s\n' \
		    '			7					' >>w && mv w want
	fi
	crm-log C1 nps 7
}
t_ok 'the journal, written' sweep journal.tsv "$new" \
	'2026-11-21T12:00:00Z	C1	nps	7' log_one

# Of customers.tsv without a header nothing is known: it is refused.
size=$(wc -c <clean/customers.tsv)
first=$(head -n 1 clean/customers.tsv | wc -c)
written() {
	for tail in '' '\0\0\0\0' '\0377\0033\011garbage'; do
		at=0
		while [ $at -le "$size" ]; do
			cut_store customers.tsv $at "$tail"
			whole customers.tsv $at >want
			cp store/customers.tsv before
			crm-add id=N >out 2>err
			status=$?
			if [ $at -lt "$first" ]; then
				[ $status -eq 3 ] &&
				    cmp -s before store/customers.tsv &&
				    grep -q 'header line is missing' err
			else
				printf 'N\t\t\n' >>want
				[ $status -eq 0 ] &&
				    cmp want store/customers.tsv
			fi || {
				echo "cut at $at, then '$tail': $status"
				cat err
				return 1
			}
			at=$((at + 1))
		done
	done
}
t_ok 'the customers, written' written

# Looking a customer up: found where his row is whole, else refused.
looked_up() {
	at=$first
	while [ $at -le "$size" ]; do
		cut_store customers.tsv $at ''
		crm-log C2 nps 5 2>/dev/null
		status=$?
		if [ $at -lt "$size" ]; then want=3; else want=0; fi
		[ $status -eq $want ] || {
			echo "cut at $at: $status"
			return 1
		}
		at=$((at + 1))
	done
}
t_ok 'a customer, looked up' looked_up

# Reading: the score is that of the whole rows, never of a part.
read_back() {
	size=$(wc -c <clean/journal.tsv)
	at=$(head -n 1 clean/journal.tsv | wc -c)
	for tail in '' '\0\0\0\0' '\0377\0033\011garbage'; do
		n=$at
		while [ "$n" -le "$size" ]; do
			cut_store journal.tsv "$n" "$tail"
			rows=$(($(whole journal.tsv "$n" | wc -l) - 1))
			got=$(crm-nps 2>err | tail -n +2 | cut -f 2)
			[ "${got:-0}" -eq $rows ] || {
				echo "cut at $n, then '$tail': $got of $rows"
				cat err
				return 1
			}
			n=$((n + 1))
		done
	done
}
t_ok 'the journal, read' read_back

# A load whose writer was killed is no rows, and is taken back by the next
# writer.
cp clean/* store/
rm -f store/*.torn
wc -c <clean/journal.tsv >store/journal.tsv.undo
printf '2026-11-20T12:00:00Z\tC1\tnps\t1\n2026-11-20T12:00:00Z\tC1\tnp' \
	>>store/journal.tsv
wc -c <clean/customers.tsv >store/customers.tsv.undo
printf 'C3\tCy\tc@example.org\n' >>store/customers.tsv
t_run 'a load cut short, read' 0 sh -c 'crm-nps 2>/dev/null | cut -f 1-6
	crm-stat --state s 2>/dev/null | cut -f 1,4
	crm-find -n "id ~ C" 2>/dev/null
	crm-log C3 note 2>/dev/null; echo $?
	crm-log --once C1 nps 1 time=2026-11-20T12:00:00Z 2>/dev/null
	tail -n 1 store/journal.tsv; crm-stat --state s | cut -f 1,4' <<'!'
group	n	promoters	passives	detractors	nps
all	2	2	0	0	100.0
id	events
C1	1
C2	1
2
3
2026-11-20T12:00:00Z	C1	nps	1
id	events
C1	2
C2	1
!
for file in journal customers; do
	cp clean/* store/
	wc -c <"clean/$file.tsv" >"store/$file.tsv.undo"
	sed 1d "clean/$file.tsv" >>"store/$file.tsv"
	bytes=$(sed 1d "clean/$file.tsv" | wc -c)
	t_err "and told of: $file" 0 "crm-nps: $t_dir/store/$file.tsv: $bytes bytes at the end are of a load that was cut short
crm-nps: only 2 answers: under 100 a score is unsure" \
	    sh -c 'crm-nps -w "customer.name != x" >out'
	t_err "not while a writer is at work: $file" 0 \
	    'crm-nps: only 2 answers: under 100 a score is unsure' \
	    env CRM_LOCK_WAIT=0 flock store/.lock \
	    sh -c 'crm-nps -w "customer.name != x" >out'
	rm "store/$file.tsv.undo"
done

# A load that is being written while its customers are looked for, as if its
# writer waited for the disk: under the lock they are looked for again.
cp clean/* store/
printf '2026-11-20\tC%d\tnote\n' 3 4 | sed '1i time\tcustomer\tkind' >events
meanwhile() {
	wc -c <store/customers.tsv >store/customers.tsv.undo
	printf 'C3\tCy\t\nC4\tDee\t\n' >>store/customers.tsv
	flock store/.lock sh -c ': >held; sleep 0.5
		rm store/customers.tsv.undo' &
	while [ ! -e held ]; do sleep 0.01; done
	crm-log --add events 2>/dev/null
	wait
	cut -f 1 store/customers.tsv
}
t_run 'a load of customers meanwhile: none is made twice' 0 meanwhile <<'!'
id
C1
C2
C3
C4
!

# A load whose mark is made when a reader looks, and its rows right behind.
begun() {
	cp clean/* store/
	: >store/journal.tsv.undo
	strace -qq -o trace -P "$t_dir/store/journal.tsv.undo" -e trace=read \
	    -e inject=read:delay_exit=700000 crm-find -j -n kind=nps 2>err &
	while [ ! -s trace ]; do sleep 0.01; done
	wc -c <clean/journal.tsv >store/journal.tsv.undo
	sed 1d clean/journal.tsv >>store/journal.tsv
	wait
	rm store/journal.tsv.undo
}
t_run 'a load that begins while a reader looks is no rows yet' 0 begun <<'!'
2
!

t_done
