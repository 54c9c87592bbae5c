#!/bin/sh
# crm-add, from the outside: customers added, changed, refused.
. "$(dirname "$0")/../lib.sh"

columns='id salutation name company email phone street postcode city country'
columns="$columns language channel birthday marital position interests source"
columns="$columns owner account tags created note"
header=$(echo "$columns" | tr ' ' '\t')
tab=$(printf '\t')

# A store's rows, by column names: cut after sorting out where they are.
show() { # COLUMNS
	awk -F '\t' -v want="$1" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(want, w, ",") }
	NR > 1 { for (i = 1; i <= n; i++)
		printf "%s%s", $at[w[i]], i < n ? "|" : "\n" }' \
	    store/customers.tsv
}

t_run 'the first customer makes the store and is C1' 0 \
	crm-add name='Anna Berg' email=anna@example.org city=Kiel <<'!'
C1
!
t_ok 'the header is that of the manual' sh -c \
	"[ \"\$(head -n 1 store/customers.tsv)\" = '$header' ]"
t_run 'the day is recorded' 0 show id,name,email,city,created <<'!'
C1|Anna Berg|anna@example.org|Kiel|2026-11-21
!
t_run 'the currency and the time zone are recorded' 0 \
	cat store/settings.tsv <<'!'
key	value
currency	EUR
timezone	UTC
!
t_ok 'nobody else may read it' sh -c \
	'[ "$(stat -c %a store store/* store/.lock | sort -u | tr "\n" " ")" \
	= "600 700 " ]'

t_run 'a given id is printed too' 0 crm-add id=4711 name=Bo <<'!'
4711
!
t_run 'made ids go on behind the highest' 0 \
	sh -c 'crm-add id=C7 name=Cy && crm-add name=Di' <<'!'
C7
C8
!

# Refusals, each with its words.
t_err 'an id that is there' 3 'crm-add: id: already in line 4: "C7"' \
	crm-add id=C7
t_err 'an e-mail address that is there, in whatever case' 3 \
	'crm-add: email: already in line 2, of C1: "anna@example.org"' \
	crm-add name=Anna email='x@example.org, ANNA@example.org'
t_run 'but with -f' 0 crm-add -f name=Anna email=anna@EXAMPLE.org <<'!'
C9
!
t_err 'an unknown field, with the nearest' 3 \
	'crm-add: unknown field: "emial" (did you mean "email"?)' \
	crm-add emial=x@example.org
t_err 'an unknown field, without one' 3 \
	'crm-add: unknown field: "shoesize"' crm-add shoesize=44
t_err 'a field twice' 3 'crm-add: name: given twice: "b"' \
	crm-add name=a name=b
t_err 'not an id' 3 'crm-add: id: not an id: "a b"' crm-add id='a b'
t_err 'not an e-mail address' 3 \
	'crm-add: email: not an e-mail address: "anna at home"' \
	crm-add email='anna at home'
t_err 'a header in an e-mail address' 3 \
	'crm-add: email: not an e-mail address: "a@b.de\x0d\x0aBcc: x@y.de"' \
	crm-add email="$(printf 'a@b.de\r\nBcc: x@y.de')"
t_err 'an e-mail address that is an option' 3 \
	'crm-add: email: not an e-mail address: "-oQ/tmp@example.org"' \
	crm-add email=-oQ/tmp@example.org
t_err 'not a birthday' 3 \
	'crm-add: birthday: not a birthday: "1900-02-29"' \
	crm-add birthday=1900-02-29
t_err 'not a day' 3 'crm-add: created: not a day: "45987"' \
	crm-add created=45987
t_err 'a control character' 3 \
	'crm-add: name: has a control character: "a\x1b[1m"' \
	crm-add name="$(printf 'a\033[1m')"
t_err 'not UTF-8' 3 'crm-add: name: not UTF-8: "M\xfcller"' \
	crm-add name="$(printf 'M\374ller')"
t_err 'a field that is too long' 3 \
	"crm-add: note: longer than 64 KiB: \"$(printf %080d 0)...\"" \
	sh -c 'crm-add note="$(printf %065537d 0)"'
t_ok 'the longest field that fits' sh -c \
	'crm-add id=long note="$(printf %065536d 0)"'
t_err 'nothing' 2 "$(echo 'crm-add: nothing to add'; crm-add --help |
	sed -n '/^usage:/,/FILE$/p')" crm-add
t_err 'fields without a value, as of empty variables' 2 \
	'crm-add: nothing to add' crm-add name= email=
t_ok 'no field among fields' sh -c \
	'crm-add name=a b 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-add: not FIELD=VALUE: \"b\"" err'
t_ok 'an id that is no file' sh -c 'crm-add C1 city=Bonn 2>err
	[ $? -eq 2 ] && grep -qx "crm-add: an ID goes with -u: \"C1\"" err'
t_ok 'an unknown option' sh -c 'crm-add -x 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-add: unknown option -x" err'

# What looks like another is stored, with a warning.
t_run 'letters of several alphabets' 0 sh -c \
	'crm-add id=look email="anna@p'"$(printf '\320\260')"'ypal.com" 2>&1' <<!
crm-add: email: letters of several alphabets: "anna@p$(printf '\320\260')ypal.com"
look
!
t_run 'names of one alphabet are no matter' 0 sh -c \
	'crm-add id=um email="j'"$(printf '\303\266')"'rg@example.de" 2>&1' <<'!'
um
!

# Values keep what is in them.
t_run 'line ends and TABs in a note are escaped' 0 sh -c \
	'crm-add id=note note="$(printf "a\tb\nc\\\\d")" &&
	tail -n 1 store/customers.tsv | cut -f 22' <<'!'
note
a\tb\nc\\d
!
t_run 'hostile words are data' 0 sh -c \
	'crm-add id="\$(touch\$IFS@x);%n" name="; rm -rf \$HOME %s%n" &&
	tail -n 1 store/customers.tsv | cut -f 1,3; ls x 2>&-; true' <<'!'
$(touch$IFS@x);%n
$(touch$IFS@x);%n	; rm -rf $HOME %s%n
!

# Columns of one's own.
t_run 'a column is made where -c says so' 0 sh -c \
	'crm-add -c vip id=V1 vip=yes && head -n 1 store/customers.tsv |
	cut -f 22-; tail -n 1 store/customers.tsv | cut -f 22-' <<'!'
V1
note	vip
	yes
!
t_ok 'all rows have it then' sh -c \
	"awk -F '\t' 'NF != 23 { exit 1 }' store/customers.tsv"
t_run 'and is known from then on' 0 crm-add id=V2 vip=no <<'!'
V2
!
t_ok 'a column of -c must be a name' sh -c \
	'crm-add -c "a b" name=x 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-add: not a column name: \"a b\"" err'
t_ok 'a field with its value is not a column name' sh -c '
	crm-add -c hobby=chess id=X1 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-add: not a column name: \"hobby=chess\"" err'

# Changing.
t_run 'a change prints nothing' 0 crm-add -u C8 name=Dieter note= <<'!'
!
t_ok 'and changes that field only' sh -c \
	"grep -q '^C8${tab}${tab}Dieter${tab}' store/customers.tsv"
t_err 'of an unknown customer' 3 \
	'crm-add: id: unknown: "4771" (did you mean "4711"?)' \
	crm-add -u 4771 name=x
t_err 'to an address that another has' 3 \
	'crm-add: email: already in line 2, of C1: "anna@example.org"' \
	crm-add -u 4711 email=anna@example.org
t_run 'to the address that he has' 0 crm-add -f -u C9 email=a9@example.org <<'!'
!
t_run 'and back' 0 crm-add -u C9 email=a9@example.org <<'!'
!
t_err 'an id stays what it is' 3 'crm-add: id: given twice: "C2"' \
	crm-add -u C1 id=C2
t_ok 'a change needs an id' sh -c \
	'crm-add -u name=x city=y 2>err; [ $? -eq 2 ] &&
	grep -qx "crm-add: -u needs an ID first" err'

# Whole tables.
cat >new.tsv <<'!'
name	email
Eva	eva@example.org
Fritz	fritz@example.org
!
t_run 'a table is added, made ids are printed' 0 crm-add new.tsv <<'!'
C10
C11
!
cp store/customers.tsv before
t_err 'all of a table or nothing' 3 \
	"$(printf '%s\n' \
	    'crm-add: stdin:2: email: already in line 15, of C11: "fritz@example.org"' \
	    'crm-add: stdin:3: id: already in line 2: "C1"')" \
	sh -c 'printf "id\temail\nX1\tFRITZ@example.org\nC1\t\n" | crm-add -'
t_ok 'nothing was' cmp before store/customers.tsv
t_err 'every bad value with its line' 3 \
	"$(printf '%s\n' \
	    'crm-add: bad.tsv:2: email: not an e-mail address: "x"' \
	    'crm-add: bad.tsv:3: birthday: not a birthday: "1.2.70"' \
	    'crm-add: bad.tsv:4: id: not an id: "a b"')" \
	sh -c 'printf "id\temail\tbirthday\n1\tx\t\n2\t\t1.2.70\na b\t\t\n" \
	>bad.tsv; crm-add bad.tsv'
t_err 'an unknown column' 3 \
	'crm-add: bad.tsv:1: unknown column: "nmae" (did you mean "name"?)' \
	sh -c 'printf "nmae\nx\n" >bad.tsv; crm-add bad.tsv'
t_err 'an id twice in the table' 3 \
	'crm-add: bad.tsv:3: id: already in line 2: "Z"' \
	sh -c 'printf "id\nZ\nZ\n" >bad.tsv; crm-add bad.tsv'
t_err 'changing needs ids' 3 'crm-add: bad.tsv:1: missing column: "id"' \
	sh -c 'printf "name\nZ\n" >bad.tsv; crm-add -u bad.tsv'
t_run 'a table of changes' 0 sh -c \
	'printf "city\tid\nBonn\tC1\nRom\t4711\n" | crm-add -u - &&
	cut -f 1,9 store/customers.tsv | sed -n 2,3p' <<'!'
C1	Bonn
4711	Rom
!
t_run 'a dry run prints and changes nothing' 0 sh -c \
	'cp store/customers.tsv before; crm-add -n name=x; crm-add -n -u C1 \
	city=x; cmp before store/customers.tsv' <<'!'
C12
!

# A store of another's making: other columns, another order.
mkdir other
printf 'name\tid\tshoe\nAnna\tA1\t40\n' >other/customers.tsv
t_run 'columns are found by name, unknown ones kept' 0 sh -c \
	'crm-add -d other -u A1 name=Bea && crm-add -d other name=Cy &&
	cat other/customers.tsv' <<'!'
C1
name	id	shoe
Bea	A1	40
Cy	C1	
!
t_run 'columns of the manual are made as needed' 0 sh -c \
	'crm-add -d other -u A1 city=Ulm && cat other/customers.tsv' <<'!'
name	id	shoe	city
Bea	A1	40	Ulm
Cy	C1		
!
printf 'id\tname\nA1\n' >other/customers.tsv
t_ok 'a broken store is named by line, and stays' sh -c \
	'cp other/customers.tsv before; crm-add -d other name=x 2>err
	[ $? -eq 3 ] && grep -q "other/customers.tsv:2: " err &&
	cmp before other/customers.tsv'

# A torn row was never acknowledged; it is kept aside.
printf 'id\tname\nA1\tx\nA2\tto' >other/customers.tsv
t_run 'a torn row is moved aside' 0 sh -c \
	'crm-add -d other name=y 2>&1; cat other/customers.tsv \
	other/customers.tsv.torn' <<'!'
crm-add: customers.tsv: 5 bytes at the end were no whole row and were moved to customers.tsv.torn
C1
id	name
A1	x
C1	y
A2	to
!
for c in '-u A1 name=z' '-c city name=z'; do
	printf 'id\tname\nA1\tx\nA2\tto' >other/customers.tsv
	rm -f other/customers.tsv.torn
	t_err "and by what writes the table anew: $c" 0 \
	    'crm-add: customers.tsv: 5 bytes at the end were no whole row and were moved to customers.tsv.torn' \
	    sh -c "crm-add -d other $c >ids"
	t_run '... whole' 0 cat other/customers.tsv.torn <<'!'
A2	to
!
done
printf 'id\tname\nA1\tx\nA2\tto' >other/customers.tsv
t_err 'one whose row is torn is unknown, and why is told' 3 \
    'crm-add: other/customers.tsv: 5 bytes at the end are no whole row
crm-add: id: unknown: "A2" (did you mean "A1"?)' crm-add -d other -u A2 name=z
printf 'id\tname\nA1\tx\n' >other/customers.tsv
wc -c <other/customers.tsv >other/customers.tsv.undo
printf 'A2\ty\nA3\tz\n' >>other/customers.tsv
t_err 'a load whose writer was killed is moved aside, by its name' 0 \
    'crm-add: customers.tsv: 10 bytes of a load that was cut short were moved to customers.tsv.torn' \
    sh -c 'crm-add -d other -u A1 name=z'
printf 'id\tname\tcity\nA1\tz\t\nC1\tz\t\n' >other/customers.tsv
# Packed, whatever the name says: readers look into it, so do writers.
zstd -q other/customers.tsv -o packed && mv packed other/customers.tsv
rm other/customers.tsv.torn
cp -r other before-packed
t_err 'a packed table' 3 \
    'crm-add: other/customers.tsv: packed: no rows can be added' \
    crm-add -d other name=y
t_err 'also in a trial' 3 \
    'crm-add: other/customers.tsv: packed: no rows can be added' \
    crm-add -d other -n name=y
t_ok 'is not touched' diff -r before-packed other
t_run 'and can be replaced' 0 sh -c \
    'crm-add -d other -u A1 name=w && cat other/customers.tsv' <<'!'
id	name	city
A1	w	
C1	z	
!

# The world.
t_ok 'a full disk behind standard output' sh -c \
	'crm-add -d full name=x >/dev/full 2>err; [ $? -eq 4 ] &&
	grep -qx "crm-add: standard output: No space left on device" err'
t_ok 'standard output closed: the customer is there, the answer is not' \
	sh -c 'crm-add -d closed name=x >&- 2>err; [ $? -eq 4 ] &&
	[ "$(wc -l <closed/customers.tsv)" -eq 2 ] &&
	[ "$(wc -l <err)" -eq 1 ]'
t_ok 'all standard descriptors closed: no word gets into the store' sh -c \
	'crm-add -d closed id=C7 name=x <&- >&- 2>&-; [ $? -eq 4 ] &&
	[ "$(cut -f 1 closed/customers.tsv | tr "\n" " ")" = "id C1 C7 " ]'
t_err 'a directory as table' 4 'crm-add: .: Is a directory' crm-add .
t_err 'a missing table' 4 'crm-add: nowhere: No such file or directory' \
	crm-add nowhere
: >file
t_err 'a file in the place of the store' 4 \
	'crm-add: file: Not a directory' crm-add -d file name=x
mkdir links fifo
ln -s nowhere links/customers.tsv
t_err 'a dangling link' 4 \
	'crm-add: links/customers.tsv: No such file or directory' \
	crm-add -d links name=x
ln -sf customers.tsv links/customers.tsv
t_err 'a circular link' 4 \
	'crm-add: links/customers.tsv: Too many levels of symbolic links' \
	crm-add -d links name=x
mkfifo fifo/customers.tsv
t_err 'a FIFO does not hang' 4 \
	'crm-add: fifo/customers.tsv: not a regular file' \
	crm-add -d fifo name=x
t_err 'nothing says where the store is' 2 \
	'crm-add: no store: neither -d nor CRM_DIR nor HOME is given' \
	env -u CRM_DIR -u HOME crm-add name=x

# C9 and X2, who has no row, were merged into C7.
mkdir -m 700 merged
printf 'id\tname\nC7\tAnn\nC9\tOld\n' >merged/customers.tsv
printf 'old\tnew\nC9\tC7\nX2\tC7\nC99\tC7\n' >merged/aliases.tsv
t_err 'whose row would be hidden is not added' 3 \
	'crm-add: id: was merged into C7: "X2"' crm-add -d merged id=X2 name=x
t_run 'a change of a hidden row is told' 0 sh -c \
	'crm-add -d merged -u C9 name=x 2>&1; cut -f 2 merged/customers.tsv' <<'!'
crm-add: id: was merged into C7: "C9"
name
Ann
x
!
mkdir -m 700 rowless
printf 'id\tname\nC1\tAnn\n' >rowless/customers.tsv
printf 'old\tnew\nC2\tC3\n' >rowless/aliases.tsv
t_run 'nor is one made that others were merged into' 0 \
	crm-add -d rowless name=x <<'!'
C4
!
t_run 'nor is such an id made' 0 crm-add -d merged name=x <<'!'
C100
!

# 18 digits are counted, 19 are a name like any other.
mkdir -m 700 nines
printf 'id\nC1000000000000000000\nC999999999999999997\n' >nines/customers.tsv
t_run 'the last number but one' 0 crm-add -d nines name=x <<'!'
C999999999999999998
!
t_err 'a table with one more than there are numbers' 3 \
	'crm-add: stdin:3: id: no number is left behind: "C999999999999999999"' \
	sh -c 'printf "name\ny\nz\na\n" | crm-add -d nines -'
t_run 'the last number' 0 crm-add -d nines name=y <<'!'
C999999999999999999
!
t_err 'no number is left' 3 \
	'crm-add: id: no number is left behind: "C999999999999999999"' \
	crm-add -d nines name=z
t_run 'an id that is given needs none' 0 sh -c \
	'crm-add -d nines id=C5 name=z && crm-segment -d nines | wc -l' <<'!'
C5
6
!

t_ok 'blanks and newlines in CRM_DIR, no PATH' sh -c \
	'c=$(command -v crm-add); d=$(printf "a b\nc")
	env -i CRM_DIR="$d" "$c" name=x && [ -f "$d/customers.tsv" ]'
t_ok 'a held lock is waited for, and named' sh -c \
	'flock store/.lock sleep 5 & sleep 0.2
	CRM_LOCK_WAIT=0 crm-add name=x 2>err; [ $? -eq 4 ] &&
	grep -qF "store/.lock: another command has held this lock" err
	s=$?; kill $!; exit $s'
t_ok 'a group keeps its rights' sh -c \
	'mkdir group; chmod 2770 group; umask 077; crm-add -d group name=x &&
	[ "$(stat -c %a group/.lock group/*.tsv | sort -u)" = 660 ] &&
	crm-add -d group -u C1 name=y &&
	[ "$(stat -c %a group/customers.tsv)" = 660 ]'
t_ok 'where descriptors run out the failure is told' sh -c \
	'(exec 2>err; ulimit -n 4; exec crm-add name=x); [ $? -eq 4 ] &&
	grep -q "Too many open files" err'

t_done
