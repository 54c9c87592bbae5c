#!/bin/sh
# What a power cut leaves is decided by the order of system calls: asserted
# from the log of strace.  Synced before unlocked, the directory synced
# behind a rename, no byte of the answer before the rows are safe.
#
# To see it fail: take fdatasync out of write_rows (append.c), the fsync of
# the directory out of install (replace.c), the fsync out of swap_close
# (swap.c), or block no signals (store.c).
. "$(dirname "$0")/../lib.sh"

crm-add id=C1 name=Anna >/dev/null
crm-log C1 note first
printf 'time\tcustomer\tkind\n2026-11-20\tC1\tcomplaint\n2026-11-20\tC1\trequest\n' >two

t_ok 'strace may trace here' strace -o /dev/null true

# The calls that matter, one a line: name and what it was about; files by
# their names, temporary ones as TEMP, the directory as DIR.
calls() { # COMMAND...
	strace -y -o log -e trace=openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,flock,ftruncate,unlink,unlinkat,rt_sigprocmask,fchmod,close \
	    "$@" >/dev/null 2>err </dev/null
	sed -En "
		s,$t_dir/store,STORE,g
		s,$t_dir/err>,words>,g
		s,STORE/\\.[a-z.-]*\\.new-[A-Za-z0-9]{6},TEMP,g
		s,STORE/,,g
		/ = -1 /d
		s/^openat\\(.*\"([A-Za-z.-]+)\", .*O_CREAT.*/create \\1/p
		s/^(write|fsync|fdatasync|fchmod|ftruncate)\\([0-9]+<([^>]*)>.*/\\1 \\2/p
		s/^flock\\([0-9]+<([^>]*)>.*/lock \\1/p
		s/^close\\([0-9]+<\\.lock>.*/unlock/p
		s/^rename\\(\"([^\"]*)\", \"([^\"]*)\".*/rename \\1 \\2/p
		s/^unlink\\(\"([^\"]*)\".*/unlink \\1/p
		s/^rt_sigprocmask\\(SIG_SETMASK, ~.*/block/p
		s/^rt_sigprocmask\\(SIG_SETMASK, \\[\\].*/unblock/p
	" log | sed 's,/dev/null,stdout,'
}

t_run 'one event: written, synced, unlocked, answered' 0 \
	calls crm-log C1 complaint x <<'!'
block
lock .lock
write journal.tsv
fdatasync journal.tsv
unlock
unblock
write stdout
!
t_run 'a table: the mark is safe before the rows, gone before the answer' 0 \
	calls crm-log two <<'!'
block
lock .lock
create journal.tsv.undo
write journal.tsv.undo
fsync journal.tsv.undo
fsync STORE
write journal.tsv
fdatasync journal.tsv
unlink journal.tsv.undo
fsync STORE
unlock
unblock
write stdout
!
t_run 'a change: written beside, synced, renamed, the directory synced' 0 \
	calls crm-add -u C1 name=Bea <<'!'
block
lock .lock
create TEMP
fchmod TEMP
write TEMP
fsync TEMP
rename TEMP customers.tsv
fsync STORE
unlock
unblock
!
t_run 'a customer: as an event' 0 calls crm-add name=Bo <<'!'
block
lock .lock
write customers.tsv
fdatasync customers.tsv
unlock
unblock
write stdout
!
printf 'torn' >>store/journal.tsv
t_run 'a torn tail: safe aside before it is cut off' 0 \
	calls crm-log C1 note x <<'!'
block
lock .lock
create journal.tsv.torn
fchmod journal.tsv.torn
write journal.tsv.torn
write journal.tsv.torn
fdatasync journal.tsv.torn
fsync STORE
ftruncate journal.tsv
write journal.tsv
fdatasync journal.tsv
unlock
unblock
write words
!
printf '%s\n' "$(wc -c <store/journal.tsv)" >store/journal.tsv.undo
printf 'a\nb\n' >>store/journal.tsv
t_run 'a load cut short: synced before its mark goes' 0 \
	calls crm-log C1 note x <<'!'
block
lock .lock
create journal.tsv.torn
fchmod journal.tsv.torn
write journal.tsv.torn
write journal.tsv.torn
fdatasync journal.tsv.torn
fsync STORE
ftruncate journal.tsv
fdatasync journal.tsv
unlink journal.tsv.undo
fsync STORE
write journal.tsv
fdatasync journal.tsv
unlock
unblock
write words
!
t_run 'a batch: whole under its name' 0 calls crm-log --batch b two <<'!'
block
lock .lock
create TEMP
fchmod TEMP
write TEMP
fsync TEMP
rename TEMP journal-b.tsv
fsync STORE
unlock
unblock
write stdout
!
t_run 'and gone for good' 0 calls crm-log --undo b <<'!'
block
lock .lock
unlink journal-b.tsv
fsync STORE
unlock
unblock
!
rm store/*.torn
t_run 'an erasure: new files safe, then the plan, then their places' 0 \
	calls crm-forget C1 <<'!'
block
lock .lock
create .customers.tsv.swap
fchmod .customers.tsv.swap
write .customers.tsv.swap
fsync .customers.tsv.swap
create .journal.tsv.swap
fchmod .journal.tsv.swap
write .journal.tsv.swap
fsync .journal.tsv.swap
create .erasures.tsv.swap
fchmod .erasures.tsv.swap
write .erasures.tsv.swap
fsync .erasures.tsv.swap
fsync STORE
create TEMP
fchmod TEMP
write TEMP
fsync TEMP
rename TEMP .swap
fsync STORE
rename .customers.tsv.swap customers.tsv
rename .journal.tsv.swap journal.tsv
rename .erasures.tsv.swap erasures.tsv
fsync STORE
unlink .swap
fsync STORE
unlock
unblock
!

t_done
