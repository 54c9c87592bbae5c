#!/bin/sh
# The completions of the shells.  That of bash is run by bash; those of zsh
# and fish are read, since few machines have these shells.
. "$(dirname "$0")/../lib.sh"

bin=${t_bin:-$t_root/build/bin}
ln -s "$bin" bin
"$t_root/lib/share/build/completions" . || exit 1
: >data.tsv
mkdir dir

# What bash offers for the last of these words, in one line.
cat >offer <<'!'
. completions/bash/crm
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_crm "$1"
echo "${COMPREPLY[*]}"
!

offers() { # WANT WORD...
	offers_want=$1
	shift
	t_run "offered for '$*'" 0 bash offer "$@" <<!
$offers_want
!
}

offers '--color --compare' crm-nps --co
offers 'nps csat ces' crm-nps -m ''
offers 'csat ces' crm-nps --strict -m c
offers 'nps csat ces' crm-nps --measure =
offers 'csat ces' crm-nps --measure = c
offers 'tsv table' crm-nps -o t
offers 'last-week last-month last-quarter last-year' crm-stat -p last
offers 'month' crm-nps --by m
offers 'surge silent' crm-watch --only s
offers 'data.tsv' crm-stat da
offers 'data.tsv' crm-stat --partial da
offers 'data.tsv' "$bin/crm-nps" -c dat
offers 'dir' crm-nps -d di
offers '' crm-nps -w ''
offers '--once' crm-log --on
offers 'complaint' crm-log -n C17 com
offers 'channel=' crm-log C17 order ch
offers 'data.tsv' crm-log --once da
offers 'email=' crm-add em
offers 'comma point' crm-import --decimal ''
offers 'csv' crm-import -f ''

# What is offered is taken: no command calls it unknown.
printf 'time\tcustomer\tkind\tvalue\n' >data.tsv
bash offer crm-nps -p '' | tr ' ' '\n' >words
t_ok 'every period that is offered is one' sh -c 'test -s words &&
	while read -r w; do crm-nps -p "$w" data.tsv || exit 1; done <words'
bash offer crm-nps -o '' | tr ' ' '\n' >words
t_ok 'every format that is offered is one' sh -c 'test -s words &&
	while read -r w; do crm-nps -o "$w" data.tsv || exit 1; done <words'
bash offer crm-watch --only '' | tr ' ' '\n' >words
t_ok 'every alarm that is offered is one' sh -c 'test -s words &&
	while read -r w; do crm-watch --only "$w" data.tsv || exit 1; done <words'
bash offer crm-nps --by '' | tr ' ' '\n' >words
t_ok 'every key that is offered is one' sh -c 'test -s words &&
	while read -r w; do crm-nps --by "$w" data.tsv || exit 1; done <words'

printf 'id\nC1\n' | crm-add - >/dev/null
bash offer crm-log C1 '' | tr ' ' '\n' >words
t_run 'every kind that is offered is one' 0 sh -c 'wc -l <words
	while read -r w; do
		crm-log -n C1 "$w" 1 due=2027-01-01 ref=R topic=t x
	done <words 2>&1 | grep kind:; :' <<!
39
!

t_ok 'every command is known to every shell' sh -c '
	for c in bin/crm-*; do
		c=${c#bin/}
		grep -q "_crm_commands=.*$c" completions/bash/crm &&
		grep -q "^#compdef.* $c" completions/zsh/_crm &&
		grep -q "complete -c $c .*-l help" completions/fish/$c.fish ||
		    exit 1
	done'

t_run 'zsh gets both names of an option and its words' 0 \
    grep -m1 -o "'(-m --measure.*" completions/zsh/_crm <<!
'(-m --measure)'{-m+,--measure=}'[which survey (nps)]:nps|csat|ces:(nps csat ces)' \\
!
t_run 'fish gets both names of an option and its words' 0 \
    grep -e '-l measure' completions/fish/crm-nps.fish <<!
complete -c crm-nps -s m -l measure -x -a 'nps csat ces' -d 'which survey (nps)'
!

t_done
