#!/bin/sh
# crm-stat --state, from the outside: the same bytes as without, whatever has
# happened to the journal, the store or the state file since the last run.
#
# A state that was used stays as it is while little is new; where all is
# folded anew it is always replaced.  So the inode of the file tells which.
#
# To see it fail: let input_is (lib/table/input.c) say yes without reading.
. "$(dirname "$0")/../lib.sh"

new_journal() { # SEED ROWS: of some hundred customers, days in any order
	awk -v seed="$1" -v rows="$2" 'BEGIN { srand(seed); OFS = "\t"
		n = split("in out order order order refund cost complaint solve note visit nps csat leave", k, " ")
		print "time", "customer", "kind", "tone", "value", "ref", "topic", "text"
		for (i = 0; i < rows; i++) {
			kind = k[1 + int(rand() * n)]; v = ""; t = ""
			if (kind ~ /^(order|refund|in|visit|cost)$/) v = sprintf("%.2f", rand() * 99 + 1)
			if (kind == "nps") v = int(rand() * 11)
			if (kind == "csat") v = 1 + int(rand() * 5)
			if (kind == "cost") t = rand() < .5 ? "service" : "gift"
			printf "2026-%02d-%02dT%02d:%02d:00Z\tC%d\t%s\t%s\t%s\t%s\t%s\t\n",
				1 + int(rand() * 11), 1 + int(rand() * 28), int(rand() * 24), int(rand() * 60),
				int(rand() * 300), kind, rand() < .1 ? int(rand() * 5) - 2 : "", v, kind == "solve" ? "K" i : "", t
		} }'
}
rows() { # SEED N: that many more, no header
	new_journal "$1" "$2" | tail -n +2
}

j=store/journal.tsv
fresh() { # a store of 3,000 events and its state in s
	rm -rf store s && mkdir store && new_journal 1 3000 >$j || return 1
	printf 'key\tvalue\ncurrency\tEUR\ntimezone\tUTC\n' >store/settings.tsv
	crm-stat --state s >got 2>err && [ ! -s err ] && same
}
inode() { ls -i "$1" | awk '{ print $1 }'; }
same() { # got is what crm-stat says without a state
	crm-stat "$@" >want && cmp got want
}
again() { # OPERANDS: with the state; nothing is said
	was=$(inode s)
	crm-stat --state s "$@" >got 2>err && cat err && [ ! -s err ] && same "$@"
}
used() { again "$@" && [ "$(inode s)" = "$was" ] || { echo 'not used'; false; }; }
anew() { again "$@" && [ "$(inode s)" != "$was" ] || { echo 'not anew'; false; }; }

t_ok 'the first time all is folded' fresh
t_ok 'the state is for its owner alone' sh -c '
	umask 0; rm s; crm-stat --state s >got; [ "$(stat -c %a s)" = 600 ]'
t_ok 'the second time it is used' used

grown() { fresh && rows 2 20 >>$j && used; }
t_ok 'what is new is added to it' grown
t_ok 'also by crm-log' sh -c '
	crm-add id=C1 name=A >/dev/null && crm-log C1 note hello'
t_ok 'and that is counted' used
much() { rows 3 4000 >>$j && anew && used && rows 4 20 >>$j && used; }
t_ok 'a state is written again when much is new' much
slow() { # row by row
	fresh || return 1
	rows 5 30 >added
	while IFS= read -r row; do
		printf '%s\n' "$row" >>$j
		again || return 1
	done <added
}
t_ok 'row by row, too' slow
t_ok 'in any number of threads' sh -c '
	for n in 1 2 3 7; do CRM_THREADS=$n crm-stat --state s | cmp - want || exit 1; done'
big() { # several blocks, so that several threads have a part
	fresh && rows 6 90000 >>$j || return 1
	for n in 7 2 1; do
		rm -f s
		CRM_THREADS=$n again 2>/dev/null
		CRM_THREADS=$n crm-stat --state s >got && same || return 1
		rows "6$n" 500 >>$j
		CRM_THREADS=$n used || return 1
	done
}
t_ok 'states made by several threads too' big

# --- the old part has changed ---------------------------------------------

# After each change rows are added as well, so that sizes tell nothing.
changed() { # COMMAND...: after it all is folded anew
	fresh && rows 7 20 >added || return 1
	"$@" >/dev/null || { echo "cannot $*"; return 1; }
	cat added >>$j
	anew && used
}
kept() { # COMMAND...: after it the state is still good
	fresh && rows 7 20 >added || return 1
	"$@" >/dev/null || { echo "cannot $*"; return 1; }
	cat added >>$j
	used
}
in_place() { # OFFSET BYTE: one byte is another, on the same inode
	printf %s "$2" | dd of=$j bs=1 seek="$1" conv=notrunc 2>/dev/null
}
digit() { # the last digit of the first amount that ends in 7
	in_place "$(awk -F'\t' '$5 ~ /\..7$/ { print at + length($1 $2 $3 $4 $5) + 3; exit } { at += length($0) + 1 }' $j)" 8
}
t_ok 'an amount edited in place' changed digit
t_ok 'a year, in the very last row' changed sh -c '
	end=$(wc -c <store/journal.tsv); last=$(tail -n 1 store/journal.tsv | wc -c)
	printf 5 | dd of=store/journal.tsv bs=1 seek=$((end - last + 3)) conv=notrunc 2>/dev/null'
t_ok 'sed -i' changed sed -i '5s/C[0-9]*/C9/' $j
t_ok 'a copy over it' changed sh -c 'sed "5s/C[0-9]*/C9/" store/journal.tsv >x; cp x store/journal.tsv'
t_ok 'a row that is gone' changed sed -i 9d $j
t_ok 'a row in between' changed sed -i '9p' $j
t_ok 'two rows that changed places' changed sed -i '9{h;d};10G' $j
t_ok 'rows that are gone at the end' changed sh -c '
	head -n 2900 store/journal.tsv >x; cat x >store/journal.tsv'
t_ok 'columns that changed their names' changed sed -i '1s/ref	topic/topic	ref/' $j
t_ok 'line ends' changed sed -i '5s/$/\r/' $j
another() { new_journal 8 3000 >$j; }
t_ok 'all of it' changed another
t_ok 'a customer erased' changed sed -i 's/	C7	/	X9	/' $j
t_ok 'the zone of the store' changed sed -i 's/UTC/Asia\/Tokyo/' store/settings.tsv
t_ok 'its currency' changed sed -i 's/EUR/CHF/' store/settings.tsv
t_ok 'customers merged' changed sh -c '
	printf "old\tnew\ttime\tfilled\nC7\tC8\t2026-11-01T00:00:00Z\t\n" >store/aliases.tsv'

t_ok 'the same bytes in another file are the same' kept sh -c '
	cp store/journal.tsv x && mv x store/journal.tsv'
t_ok 'other times and rights are nothing' kept sh -c '
	touch -d 2020-01-01 store/journal.tsv; chmod 400 store/journal.tsv; chmod 600 store/journal.tsv'
t_ok 'nor is the language' kept sh -c 'printf "language\tde\n" >>store/settings.tsv'

with_alias() { printf 'old\tnew\ttime\tfilled\nC7\tC8\t%s\t%s\n' "$1" "$2" >store/aliases.tsv; }
merged() {
	fresh && with_alias 2026-11-01T00:00:00Z '' && anew &&
	with_alias 2026-11-02T00:00:00Z name && used &&
	printf 'C9\tC8\t2026-11-01T00:00:00Z\t\n' >>store/aliases.tsv && anew &&
	rows 9 20 >>$j && used && sed -i 's/C8/C6/' store/aliases.tsv && anew &&
	rm store/aliases.tsv && anew
}
t_ok 'merging, and taking it back' merged

# --- the note that the journal has only grown --------------------------------

# Whether there is one depends on the kernel and the file system (see
# tests/unit/test_grown.c); the answer must not.
note=store/.journal.tsv.grown
log() { crm-log C1 note "$1" && again; }
large() { # a store whose journal is worth a note, and its state
	rm -rf store s && mkdir store && new_journal 41 30000 >$j &&
	printf 'key\tvalue\ncurrency\tEUR\ntimezone\tUTC\n' >store/settings.tsv
	crm-log --add C1 note first && crm-stat --state s >got && same
}
while_read() { # somebody has it open meanwhile
	exec 9<$j
	crm-log C1 note one
	exec 9<&-
	digit
}
with_times() { # as if nothing had happened
	touch -r $j times && digit && touch -r times $j
}
noted() { # CHANGE: before, between and behind appends, and with the note as it was
	for n in 0 1 2; do
		large && log one || return 1
		[ $n -eq 0 ] || crm-log C1 note two || return 1
		[ ! -e $note ] || cp $note old
		"$@" || return 1
		[ $n -lt 2 ] || crm-log C1 note three || return 1
		again || { echo "$n: $*"; return 1; }
		[ ! -e old ] || mv old $note
		again && log four && again || { echo "$n, old note: $*"; return 1; }
	done
}
imported() { # a journal without a note gets one; then its state goes by it
	large && rm -f $note && touch $j && rm s && crm-stat --state s >got && same &&
	log one && log two && used
}
t_ok 'a state from before the first note' imported
noting() { large && log one && log two && used && rows 42 50 >>$j && log three && log four && used; }
t_ok 'appends of crm-log, and others' noting
batch() { large && { head -n 1 $j; rows 43 300; } >in.tsv && crm-log --add in.tsv && again && log one; }
t_ok 'many at once' batch
t_ok 'an edit in place' noted digit
t_ok 'with its times set back' noted with_times
t_ok 'while somebody reads' noted while_read
t_ok 'a new file in its place' noted sed -i '7s/C[0-9]*/C9/' $j
t_ok 'rows erased' noted sed -i '/	C8	/d' $j
t_ok 'customers merged meanwhile' noted with_alias x ''
t_ok 'the note removed' noted rm -f $note
t_ok 'the note cut' noted sh -c '[ ! -e $0 ] || truncate -s 70 $0' $note
t_ok 'rubbish in the note' noted sh -c 'echo rubbish >$0' $note
moved() { # with its note and its times
	large && log one && cp -a store copy && sed -i '7s/C[0-9]*/C9/' copy/journal.tsv &&
	touch -r $j copy/journal.tsv && rm -r store && mv copy store && again && log two
}
t_ok 'a copy of the store' moved
erased() { large && log one && crm-forget C1 >/dev/null && again; }
t_ok 'a customer forgotten' erased
busy() { # edits in place while crm-log appends
	large && at=$(awk -F'\t' '$5 ~ /\../ { print at + length($1 $2 $3 $4 $5) + 3; exit } { at += length($0) + 1 }' $j) || return 1
	(while [ ! -e stop ]; do in_place "$at" 1; in_place "$at" 2; done) &
	for i in 1 2 3 4 5 6 7 8 9 10; do
		crm-log C1 note "$i" && crm-stat --state s >/dev/null || break
	done
	: >stop; wait; rm stop
	[ "$i" = 10 ] && again
}
t_ok 'edits at the same time' busy

# --- other files -------------------------------------------------------------

batches() {
	fresh && new_journal 10 100 >store/journal-b.tsv && used &&
	rows 11 2000 >>$j && anew && used &&
	rm store/journal-b.tsv && anew && used &&
	new_journal 12 100 | gzip >store/journal-a.tsv.gz && used &&
	rows 13 3000 >>$j && anew && used && rows 14 20 >>$j && used &&
	new_journal 15 100 | gzip >store/journal-a.tsv.gz && anew &&
	gzip -d store/journal-a.tsv.gz && anew && mv $j store/journal-c.tsv &&
	anew
}
t_ok 'files that come, go, change, are packed and renamed' batches
new_journal 16 2000 >a.tsv
new_journal 17 2000 >b.tsv
operands() {
	rm -f s && crm-stat --state s a.tsv b.tsv >got && same a.tsv b.tsv &&
	rows 18 20 >>a.tsv && used a.tsv b.tsv && rows 19 20 >>b.tsv &&
	used b.tsv a.tsv && new_journal 29 20 >c.tsv &&
	used a.tsv c.tsv b.tsv && used c.tsv a.tsv b.tsv c.tsv && anew a.tsv &&
	anew a.tsv b.tsv && used b.tsv a.tsv && anew ./a.tsv
}
t_ok 'operands, too, in any order' operands
tables() { # earlier tables are read each time
	crm-stat --partial b.tsv >b.stat && rm -f s &&
	crm-stat --state s a.tsv b.stat >got && same a.tsv b.stat &&
	rows 20 20 >>a.tsv && used b.stat a.tsv && used a.tsv && used b.stat a.tsv
}
t_ok 'mixed with tables of crm-stat' tables
t_ok 'tables alone' sh -c '
	rm -f s; crm-stat --state s b.stat >got && crm-stat b.stat | cmp - got &&
	crm-stat --state s b.stat | cmp - got'

# An operand's last row counts without its LF; a row of the store does not.
unended() {
	rows 21 1 >row && head -c 40 row >half && tail -c +41 row >rest
	rm -f s && { cat a.tsv; printf '2026-01-01\tC5\tnote\t\t\t\t\t'; } >o.tsv
	crm-stat --state s o.tsv >got && same o.tsv && used o.tsv &&
	printf 'more\n' >>o.tsv && anew o.tsv && used o.tsv &&
	printf '%s' "$(head -n 1 a.tsv)" >h.tsv && rm s &&
	crm-stat --state s h.tsv >got && same h.tsv && used h.tsv &&
	printf '\n' >>h.tsv && cat row >>h.tsv && anew h.tsv
}
t_ok 'an operand that ends without LF' unended
torn() {
	fresh && rm s && rows 22 3 >added && head -c 70 added >>$j &&
	crm-stat --state s >got 2>err && grep -q 'are no whole row' err &&
	crm-stat >want 2>/dev/null && cmp got want &&
	tail -c +71 added >>$j && used
}
t_ok 'a torn row that is finished later' torn
torn_away() {
	fresh && rm s && printf '2026-01-01T00:00:00Z\tC1\tord' >>$j &&
	crm-stat --state s >got 2>err && crm-log --add C1 note hello 2>err &&
	[ -e store/journal.tsv.torn ] && used
}
t_ok 'a torn row that is moved away' torn_away
crlf() {
	{ printf '\357\273\277'; sed 's/$/\r/' a.tsv; } >c.tsv; rm -f s
	crm-stat --state s c.tsv >got && same c.tsv && rows 23 20 >>c.tsv && used c.tsv
}
t_ok 'marks and CRLF' crlf
t_ok 'a journal without rows' sh -c '
	head -n 1 a.tsv >e.tsv; rm -f s; crm-stat --state s e.tsv >got &&
	crm-stat e.tsv | cmp - got && tail -n +2 a.tsv >>e.tsv &&
	crm-stat --state s e.tsv >got && crm-stat e.tsv | cmp - got'

# --- any output --------------------------------------------------------------

formats() {
	fresh && rows 24 20 >>$j || return 1
	for o in '-o tsv' '-o csv' '-o json' '-o md' '-o table' --partial \
	    '--partial -o csv'; do
		# shellcheck disable=SC2086
		crm-stat $o --state s >got && crm-stat $o >want &&
		    cmp got want || return 1
	done
}
t_ok 'any format' formats

# --- errors ------------------------------------------------------------------

fresh
usage=$(crm-stat --help | sed '/^one row/,$d')
for o in -a '-c a.tsv' '-p 2026' '-w value>1' '--as-of 2026-01-01'; do
	# shellcheck disable=SC2086
	t_err "not with $o" 2 "crm-stat: --state keeps the count of all events: it goes without -a, -c, -p, -w and --as-of
$usage" crm-stat --state s $o
done
t_err 'nor from standard input' 2 "crm-stat: cannot be read a second time for --state: \"-\"
$usage" crm-stat --state s -
mkfifo pipe
t_err 'nor from a pipe' 2 "crm-stat: cannot be read a second time for --state: \"pipe\"
$usage" sh -c 'cat a.tsv >pipe & crm-stat --state s pipe; status=$?; wait; exit $status'
t_ok 'the state is as it was' used

bad() { # new rows that are wrong: told with their lines; the state stays
	fresh && was=$(inode s) && rows 25 5 >>$j && echo x >>$j && rows 26 5 >>$j
	printf 'crm-stat: store/journal.tsv:3007: %s\n' \
	    'too few fields: 1, not 8' >want
	crm-stat -d store --state s >got 2>err
	[ $? -eq 3 ] && [ ! -s got ] && cmp err want && [ "$was" = "$(inode s)" ] &&
	sed -i '/^x$/d' $j && used
}
t_ok 'a wrong row is told with its line' bad

# What the old and the new come to only together is told before any row is out.
both_say() { # ERROR OPERANDS: with a state and without
	want=$1
	shift
	crm-stat --state s "$@" >got 2>err
	[ $? -eq 3 ] && [ ! -s got ] && echo "crm-stat: $want" | cmp - err || return 1
	crm-stat "$@" >got 2>err
	[ $? -eq 3 ] && [ ! -s got ] && echo "crm-stat: $want" | cmp - err
}
dear() { # ROWS KIND [CUSTOMER]: that many of the largest amount there is
	i=0
	while [ $i -lt "$1" ]; do
		printf '2026-01-02T00:00:00Z\t%s\t%s\t\t99999999999999\t\t\t\n' "${3:-C5}" "$2"
		i=$((i + 1))
	done
}
too_large() {
	for kind in order:revenue in:minutes refund:refunds; do
		says="${kind#*:}: the sum is too large: \"C5\""
		kind=${kind%:*}
		fresh && dear 5 "$kind" >>$j && rm s && crm-stat --state s >got &&
		dear 4 "$kind" >>$j && used && dear 4 "$kind" C6 >>$j && used &&
		was=$(inode s) && dear 1 "$kind" >>$j && both_say "$says" &&
		both_say "$says" && [ "$(inode s)" = "$was" ] &&
		head -n -1 $j >x && cat x >$j && used &&
		rm s && dear 1 "$kind" >>$j && both_say "$says" &&
		both_say "$says" && head -n -1 $j >x && cat x >$j && again && used ||
			return 1
	done
}
t_ok 'a sum that is too large with what is new' too_large
all_new() { # of a customer who is kept, and of one who is not
	for kind in cost:cost refund:refunds in:minutes; do
		for who in C5 new; do
			fresh && dear 11 "${kind%:*}" $who >>$j &&
			both_say "${kind#*:}: the sum is too large: \"$who\"" &&
			both_say "${kind#*:}: the sum is too large: \"$who\"" || return 1
		done
	done
}
t_ok 'a sum that is too large in what is new' all_new
# Counts beyond 65,535 and sums beyond 429,496.7295 of one customer, in what
# is kept, in what is new, or only in both together.
cases() { # ROWS
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++)
		printf "2026-01-02\tC5\tcomplaint\t\t\tK1\t\t\n" }'
}
long() { # KEPT NEW: so many cases of each; and a large order on a new first day
	fresh && cases "$1" >>$j && rm s && crm-stat --state s >got && same &&
	cases "$2" >>$j &&
	printf '2025-01-0%d\tC5\torder\t\t429496.7295\t\t\t\n' 3 3 2 2 1 >>$j &&
	again && used && crm-stat --state s | awk -F'\t' -v n=$(($1 + $2)) '
		$1 == "C5" { ok = $14 == 429496.7295 && $15 >= 2147483.6475 &&
			$19 >= n && $19 < n + 1000 } END { exit !ok }'
}
t_ok 'a long count that is kept' long 70000 10
t_ok 'one that is new' long 10 70000
t_ok 'one of both together' long 65000 3000
t_ok 'one that goes on' long 70000 70000
overlap() { # order days of the state, and of a table without days
	row='2026-%02d-05T10:00:00Z\tC7\torder\t\t1\t\t\t\n'
	# shellcheck disable=SC2059 # a row
	{ head -n 1 a.tsv; printf "$row" 1 6 12; } | crm-stat - >c7.stat &&
	printf "$row" 3 >>a.tsv && rm -f s && crm-stat --state s a.tsv >got &&
	both_say 'order_days: tables overlap in more than one day: "C7"' a.tsv c7.stat &&
	sed 's/^2026/2027/' b.tsv >x.tsv && crm-stat x.tsv >x.stat && again a.tsv x.stat &&
	rows 20 20 >>a.tsv && used a.tsv x.stat && used x.stat a.tsv
}
t_ok 'order days of tables that overlap' overlap

printf 'not mine\n' >other
t_err 'a file that is no state is refused' 3 \
	'crm-stat: other: not made by crm: it stays as it is' \
	crm-stat --state other
t_ok 'and stays as it is' sh -c 'echo "not mine" | cmp - other'
t_err 'so is a journal' 3 'crm-stat: a.tsv: not made by crm: it stays as it is' \
	crm-stat --state a.tsv
t_err 'a short file' 3 'crm-stat: short: not made by crm: it stays as it is' \
	sh -c 'printf x >short; crm-stat --state short'
t_err 'a directory' 4 'crm-stat: store: not a regular file' crm-stat --state store
t_err 'a pipe' 4 'crm-stat: pipe: not a regular file' crm-stat --state pipe
t_ok 'an empty file is taken' sh -c ': >e; crm-stat --state e >got && [ -s e ] && crm-stat | cmp - got'
t_ok 'a link is followed' sh -c '
	ln -s e l; cat a.tsv >>store/x.tsv; crm-stat --state l a.tsv >got && [ -L l ] && crm-stat --state e a.tsv | cmp - got'

# A state that was cut or in which any byte is another is of no use, and
# that is not worth a word.  Order days are looked at where they are needed.
damage() { # AT: one byte is another
	byte=$(od -An -tu1 -j "$1" -N 1 s)
	# shellcheck disable=SC2059
	printf "\\$(printf %o $(((byte + 1) % 256)))" |
	    dd of=s bs=1 seek="$1" conv=notrunc 2>/dev/null
}
damaged() {
	fresh && cp s whole && size=$(wc -c <s) || return 1
	for at in $(awk -v n="$size" 'BEGIN { srand(9); for (i = 16; i < 280; i += 9) print i
	    for (i = 0; i < 60; i++) print 16 + int(rand() * (n - 16)); print n - 1 }'); do
		cp whole s
		damage "$at"
		again && cp whole s && damage "$at" && anew --partial ||
		    { echo "byte $at"; return 1; }
	done
	for at in 16 17 100 239 240 241 1000 $((size - 1)); do
		head -c "$at" whole >s
		anew || { echo "cut at $at"; return 1; }
	done
	cat whole whole >s && anew && { head -c 16 whole; cat whole; } >s && anew
}
t_ok 'a damaged state is of no use' damaged

# Customers of many pieces; ids of up to 300 bytes come from merging.
wide() { # FROM TO: events of so many, one each
	awk -v from="$1" -v to="$2" 'BEGIN { OFS = "\t"
		for (i = from; i < to; i++)
			print "2026-0" 1 + i % 9 "-0" 1 + i % 7 "T10:00:00Z", "K" i * 7919 % 9001,
				i % 3 ? "order" : "in", "", i % 97 ".50", "", "", "" }'
}
many() { # their store, with a note that its journal has only grown
	rm -rf store s && mkdir store && head -n 1 a.tsv >$j && wide 0 30000 >>$j &&
	printf 'old\tnew\ttime\tfilled\nK7\t%0300d\t2026-01-01T00:00:00Z\t\n' 8 >store/aliases.tsv &&
	crm-log --add K1 note first && crm-stat --state s >got && same &&
	{ head -n 1 $j; wide 30000 30300; } >new && crm-log --add new
}
pieces() {
	many && used && much=$(wc -c <s) && wide 30300 40000 >>$j && anew && used &&
	[ "$(wc -c <s)" -ge "$much" ] || return 1
	for n in 1 2 4; do
		CRM_THREADS=$n crm-stat --state s >got && cmp got want || return 1
	done
}
t_ok 'customers of many pieces' pieces
# A piece that is lost is noticed when the rows before it are out already: what
# it was of is read, and the rows go on.
lost() { # COMMAND: where the journal has only grown, and where it was read
	many && cp s whole && cp -a store kept && size=$(wc -c <s) || return 1
	for at in 1000 $((size / 3)) $((size / 2)) $((size * 3 / 4)) $((size - 5000)); do
		for n in 1 2 4; do
			cp whole s && rm -rf store && cp -a kept store || return 1
			[ "$n" -ne 2 ] || rm -f $note
			printf x | dd of=s bs=1 seek="$at" conv=notrunc 2>/dev/null
			[ "$n" -ne 4 ] || wide 30300 "$((30300 + at % 9 * 2000))" >>$j
			CRM_THREADS=$n anew && crm-stat --state s >got && cmp got want ||
			    { echo "byte $at, $n threads"; return 1; }
		done
	done
}
t_ok 'a piece that is lost' lost
formats_lost() {
	many || return 1
	cp s whole
	for o in '-o csv' '-o json' '-o table' --partial; do
		cp whole s && printf x | dd of=s bs=1 seek=700000 conv=notrunc 2>/dev/null
		# shellcheck disable=SC2086
		crm-stat $o --state s >got && crm-stat $o >want && cmp got want || return 1
	done
}
t_ok 'in any format' formats_lost
with_tables() { # whose rows are not in the state
	many && crm-stat --partial b.tsv >b.stat && cp s whole && rm s &&
	crm-stat --state s $j b.stat >got && same $j b.stat && wide 1 9 >>$j && cp s whole &&
	printf x | dd of=s bs=1 seek=600000 conv=notrunc 2>/dev/null &&
	anew $j b.stat && anew $j b.stat && used $j && used $j b.stat &&
	{ head -n 1 $j; wide 5 4000 | sed 's/^2026/2027/'; } | crm-stat - >c.stat &&
	used $j c.stat && used c.stat b.stat $j
}
t_ok 'with tables of crm-stat' with_tables
countless() { # events of a table, beyond all rows of the first pieces
	{ head -n 1 a.tsv; wide 0 3000; } >c.tsv && rm -f s &&
	crm-stat --state s c.tsv >got && same c.tsv && id=$(tail -n 1 got | cut -f 1) &&
	crm-stat --partial c.tsv | awk -F'\t' -v OFS='\t' -v id="$id" '
		$1 == id { $4 = "4294967295" }
		NR == 1 || $1 == id' >all.stat && wide 1 9 >>c.tsv &&
	both_say "events: the sum is too large: \"$id\"" c.tsv all.stat
}
t_ok 'more events than can be counted' countless

# --- the world -----------------------------------------------------------------

t_ok 'a full standard output is noticed' sh -c '
	rm -f s; crm-stat --state s >/dev/full 2>err; [ $? -eq 4 ] &&
	
	grep -q "^crm-stat: standard output: " err'
full() { # the answer is there, the state is not, the old one is whole
	fresh && rows 27 4000 >>$j && cp s old && crm-stat >want || return 1
	(ulimit -f 16; crm-stat --state s 2>err; echo $? >status) | cat >got
	cmp got want && [ "$(cat status)" = 4 ] && cmp s old &&
	echo 'crm-stat: s: File too large' | cmp - err &&
	[ ! -e .s.new ] && anew
}
t_ok 'a full disk: the answer, and the old state' full
t_ok 'a place that is not there: the answer all the same' sh -c '
	crm-stat --state no/where >got 2>err; [ $? -eq 4 ] && crm-stat | cmp - got &&
	echo "crm-stat: no/where: No such file or directory" | cmp - err'
t_ok 'a file in the way of the new one' sh -c '
	rm -f s; mkdir .s.new; crm-stat --state s >got 2>err; [ $? -eq 4 ] &&
	crm-stat | cmp - got && echo "crm-stat: s: .s.new: Is a directory" | cmp - err && rmdir .s.new'
t_ok 'a link in its way is not followed' sh -c '
	echo mine >victim; ln -s victim .s.new; crm-stat --state s >got 2>err; [ $? -eq 4 ] &&
	crm-stat | cmp - got && echo mine | cmp - victim &&
	grep -qx "crm-stat: s: .s.new: Too many levels of symbolic links" err && rm .s.new'
t_ok 'nor a second name' sh -c '
	ln victim .s.new; crm-stat --state s >got 2>err; [ $? -eq 4 ] &&
	crm-stat | cmp - got && echo mine | cmp - victim && [ -e .s.new ] &&
	echo "crm-stat: s: .s.new: Operation not permitted" | cmp - err && rm .s.new'

killed() { # at any moment
	fresh && rows 28 60000 >>$j && crm-stat >want || return 1
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		rm -f s
		crm-stat --state s >/dev/null 2>&1 &
		sleep "0.0$((i * 6 % 10))$i"
		kill -9 $! 2>/dev/null
		wait $! 2>/dev/null
		[ "$(find . -maxdepth 1 -name '.s.new*' | wc -l)" -le 1 ] || return 1
		crm-stat --state s >got 2>err && cmp got want && [ ! -s err ] &&
		    [ ! -e .s.new ] || return 1
	done
}
t_ok 'killed while it writes' killed
left() { # what a killed command has left is used, not trusted
	fresh && rm s && echo rubbish >.s.new && crm-stat --state s >got && same &&
	[ ! -e .s.new ] && used
}
t_ok 'what it has left is no hindrance' left
crowd() { # eight at once, while events come in
	fresh || return 1
	pids=
	for i in 1 2 3 4 5 6 7 8; do
		(for k in 1 2 3 4 5; do
			crm-stat --state s >/dev/null || exit 1
			rows "$i$k" 300 >"rows.$i" && cat "rows.$i" >>$j
		done) 2>>err &
		pids="$pids $!"
	done
	for p in $pids; do wait "$p" || return 1; done
	cat err; again && [ ! -e .s.new ]
}
t_ok 'eight at once' crowd

# Anything, in any order: 60 steps of a fixed seed.
anything() {
	fresh || return 1
	for i in $(awk 'BEGIN { srand(4); for (i = 0; i < 60; i++) print int(rand() * 12) }'); do
		step=$((${step:-100} + 1))
		case $i in
		0 | 1 | 2) rows $step 40 >>$j ;;
		3) rows $step 2000 >>$j ;;
		4) digit ;;
		5) sed -i "$((step * 7))d" $j ;;
		6) new_journal $step 50 >store/journal-b.tsv ;;
		7) rm -f store/journal-b.tsv ;;
		8) with_alias $step "C$i" ;;
		9) sed -i 's/UTC/Europe\/Berlin/;t;s/Europe.Berlin/UTC/' store/settings.tsv ;;
		10) cp $j x && mv x $j && rows $step 3 >>$j ;;
		11) tail -n 50 s >x && cat x >>s ;;
		esac
		again || { echo "step $step: $i"; return 1; }
	done
}
t_ok 'anything that may happen, one after the other' anything

t_done
