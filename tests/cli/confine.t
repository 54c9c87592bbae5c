#!/bin/sh
# Every command gives away its rights before it reads what others wrote.  What
# that prevents is shown in tests/unit/test_confine.c; here, that each does it:
# no_new_privs is set with the rest, whatever the kernel knows.
. "$(dirname "$0")/../lib.sh"

mkfifo in
crm-add id=C1 name=Anna >/dev/null
crm-log C1 note first

# The command has opened the FIFO, as operand, when it can be written.
confined() { # TABLE COMMAND...
	table=$1
	shift
	"$@" in >out 2>err &
	timeout 9 sh -c 'exec >in
		grep "^NoNewPrivs:" "/proc/$1/status" >&2; cat "$2"' \
	    sh $! "$table" 2>rights
	wait $! && grep -q '1$' rights && [ ! -s err ]
}

printf 'time\tcustomer\tkind\tvalue\n2026-11-20\tC1\tnps\t9\n' >events
yes '2026-11-20	C1	nps	9' | head -n 100 |
    cat events - >hundred
printf 'id\tname\nC2\tBo\n' >people
printf 'id,name\nC3,Cy\n' >contacts
for command in crm-stat crm-nps crm-segment crm-report \
    'crm-find kind=nps' 'crm-find -j kind=nps' crm-ticket; do
	# shellcheck disable=SC2086 # words
	t_ok "$command" confined hundred $command
done
t_ok 'crm-import' confined contacts crm-import
t_ok 'crm-add' confined people crm-add
t_ok 'crm-log' confined events crm-log
t_ok 'the event of crm-log is in the journal' \
    grep -q '^2026-11-20T00:00:00Z	C1	nps	' store/journal.tsv
t_ok 'rejects can be written, where the file is new' sh -c '
	mkdir there; printf "id,name\nC1,a\na b,c\n" >two.csv
	crm-import --reject there/bad two.csv >out 2>err; [ $? -eq 1 ] &&
	grep -q "a b" there/bad'
t_ok 'and where it is old' sh -c '
	crm-import --reject there/bad two.csv >out 2>err; [ $? -eq 1 ] &&
	[ "$(wc -l <there/bad)" -eq 2 ]'
t_ok 'a state can be made and replaced, also behind a link' sh -c '
	mkdir kept; crm-stat --state kept/s events && crm-stat --state kept/s hundred &&
	ln -s kept/s state; crm-stat --state state events && [ -h state ] &&
	[ "$(ls -A kept)" = s ] && crm-stat --state here events && [ -s here ]'
t_ok 'files of the store may be links to elsewhere' sh -c '
	mkdir links elsewhere; mv store/*.tsv elsewhere
	ln -s ../elsewhere/customers.tsv ../elsewhere/journal.tsv links
	crm-add -d links name=Bo && crm-add -d links -u C1 name=Bea &&
	crm-log -d links C1 note linked && [ -h links/customers.tsv ] &&
	grep -q Bea elsewhere/customers.tsv &&
	grep -q linked elsewhere/journal.tsv'
t_ok 'the store may be a link' sh -c '
	mkdir real; ln -s real linked; crm-add -d linked name=x &&
	crm-add -d linked -u C1 name=y && [ -f real/customers.tsv ]'
t_ok 'a store can be made several directories deep' sh -c '
	crm-add -d deep/er/est name=x && [ -f deep/er/est/customers.tsv ]'

t_done
