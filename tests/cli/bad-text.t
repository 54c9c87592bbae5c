#!/bin/sh
# Text that breaks other programs: it goes through every text field of both
# tables and comes back byte for byte, and it reaches no terminal, spreadsheet
# or page as anything but text.  Second reader of JSON and CSV: Miller.
. "$(dirname "$0")/../lib.sh"

# A class of trouble a line: no-values, numbers that are none, quotes,
# options, formulas, markup, templates, commands, formats, paths, names of
# devices and columns, blanks, wide, stacked, joined and unseen characters,
# other directions, other digits, line ends (which need their escapes here).
cat >naughty <<'!'
NULL
undefined
(none)
nan
-Infinity
\\N
\\
\\\\ \\t \\x41
false
0
-0
1E+999
0x1p-1
1.234,50
١٢٣
'
"
'' "" ``
"a","b";'c'
--
-n
--help
-
=HYPERLINK("http://x.example","y")
@A1
+cmd|' /C x'!A0
<b onmouseover="x()">
<!--
&amp;&#60;
]]>
[x](javascript:y)
**x** _y_ ~z~ | # >
javascript:x()
x' OR '1'='1
$(touch pwned)
`touch pwned`
x; touch pwned
x|touch pwned&
$HOME ${HOME} %HOME%
%s %n %99999d
{name} {{1+1}} #{1} <%= 1 %>
../../../etc/shadow
/dev/zero
C:\\nul
*
~
 leading
trailing 
   
id
time
<<<<<<< mine
# no comment
// neither
Ångström Ångström
ﬁ ẞ ß İ ı
Zoë Ælfred Łódź
北京 東京 서울
𝒳𠮷
שלום עליכם
السلام عليكم
x‮y‬z ⁦q⁩ ‏ ؜
a​b‌c‍d﻿e
 no break
　wide blank
👍🏽 👨‍👩‍👧 🇩🇪 ☺︎
ą̴̢͙̈́b̷̨̛
́ first
￼ � ￿ 󠁁
line break
!
grep -v '^line break$' naughty >lines
printf 'one\\ntwo\\r\\n\\tthree\\r\n' >breaks
n=$(wc -l <lines)
t_ok 'there are as many as were written' [ "$n" -eq 69 ]

people='salutation name company phone street postcode city country language
channel marital position interests source owner tags note'
events='channel ref topic by text'

# The table of these columns, each with the string of its line; # in the
# first fields is the line's number.
table() { # HEADER FIRST COLUMNS
	awk -v head="$1" -v first="$2" -v columns="$3" '
	BEGIN {
		n = split(columns, c, " ")
		printf "%s", head
		for (i = 1; i <= n; i++) printf "\t%s", c[i]
		print ""
	}
	{
		row = first
		sub(/#/, NR, row)
		printf "%s", row
		for (i = 1; i <= n; i++) printf "\t%s", $0
		print ""
	}'
}
columns() { # TABLE NAME,...: these columns of it, as they stand
	awk -F '\t' -v want="$2" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(want, w, ",") }
	{ for (i = 1; i <= n; i++) printf "%s%s", $at[w[i]], i < n ? "\t" : "\n" }
	' "$1"
}

table id 'N#' "$people" <lines >people.tsv
table 'time	customer	kind' '2026-01-01T00:00:00Z	N#	note' "$events" \
	<lines >events.tsv
all=$(sed -n 1p people.tsv | tr '\t' ,)
t_ok 'as customers they are stored' sh -c \
    '[ "$(crm-add people.tsv | wc -l)" -eq "$1" ]' sh "$n"
t_ok 'as events they are stored' crm-log events.tsv
columns store/customers.tsv "$all" >back
t_ok 'byte for byte in every field of a customer' cmp people.tsv back
columns store/journal.tsv "$(sed -n 1p events.tsv | tr '\t' ,)" >back
t_ok 'byte for byte in every field of an event' cmp events.tsv back
crm-find 'id != ""' >found
columns found "$all" >back
t_ok 'found customers have the same bytes' cmp people.tsv back
crm-find -j 'kind = note' >found
columns found "$(sed -n 1p events.tsv | tr '\t' ,)" >back
t_ok 'found events have the same bytes' cmp events.tsv back
t_ok 'they can be added to another store from there' sh -c '
	crm-find "id != x" | crm-add -d other - >ids &&
	cmp store/customers.tsv other/customers.tsv'
table id 'B#' note <breaks >people2.tsv
table 'time	customer	kind' '2026-01-01T00:00:00Z	B#	note' text <breaks \
	>events2.tsv
t_ok 'so are line ends, where lines may be several' sh -c '
	crm-add people2.tsv && crm-log events2.tsv &&
	tail -n 1 store/customers.tsv | cut -f 22 | cmp - breaks &&
	tail -n 1 store/journal.tsv | cut -f 11 | cmp - breaks'
t_err 'elsewhere they are refused' 3 \
    'crm-add: name: has a control character: "a\x0ab"' \
    crm-add name="$(printf 'a\nb')"

# The same as words of the command line, each a process.
words() {
	rm -rf words
	while IFS= read -r line; do
		value=$(printf '%sx' "$line" | sed 's/\\\\/\\/g')
		value=${value%x}
		crm-add -d words name="$value" note="$value" >id </dev/null &&
		    crm-log -d words -- "$(cat id)" note topic="$value" \
		    text="$value" </dev/null || return 1
	done <lines
	columns words/customers.tsv name | sed 1d | cmp - lines &&
	    columns words/customers.tsv note | sed 1d | cmp - lines &&
	    columns words/journal.tsv topic | sed 1d | cmp - lines &&
	    columns words/journal.tsv text | sed 1d | cmp - lines
}
t_ok 'as words of the command line' words

t_ok 'JSON gives them back' sh -c '
	crm-find -o json "id ~ ^N" | mlr -S --ijson --otsv cat >json &&
	crm-find "id ~ ^N" | mlr -S --tsv cat | cmp - json'
t_ok 'CSV gives them back, formulas behind a quote' sh -c '
	crm-find -o csv "id ~ ^N" | mlr -S --icsv --otsv cat >csv &&
	crm-find "id ~ ^N" | mlr -S --tsv cat >tsv &&
	sed "s/	'\''\([-=+@]\)/	\1/g" csv | diff tsv - &&
	[ "$(grep -c "	'\''[-=+@]" csv)" -ge 8 ]'
t_ok 'one customer from all sides, in every format' sh -c '
	for i in $(seq '"$n"'); do for f in tsv table csv json md; do
	crm-show -o $f N$i >/dev/null || exit 1; done; done'
t_ok 'nothing of it was run' sh -c '! ls | grep -q pwned'

# What reaches a terminal: no control but line ends and TABs, no character
# that turns the direction of text or that is not seen.
awk 'BEGIN {
	print "id\tname"
	for (i = 1; i < 32; i++) if (i != 9 && i != 10 && i != 13)
		printf "%d\ta%cb\n", i, i
	printf "127\ta%cb\n", 127
}' >odd.tsv
printf 'C1\ta\302\200\302\233\302\237b\nbidi\ta\342\200\256\342\201\246\330\234b\n' \
    >>odd.tsv
printf 'unseen\ta\357\273\277\342\200\250b\n' >>odd.tsv
hidden='[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c'
hidden="$hidden|\\xe2\\x80[\\x8e\\x8f\\xa8-\\xae]|\\xe2\\x81[\\xa6-\\xa9]|\\xef\\xbb\\xbf"
export hidden
t_ok 'the table has what is looked for' grep -aPq "$hidden" odd.tsv
for f in tsv table csv json md; do
	PAGER='' script -qec \
	    "crm-find --color never -o $f 'id != x' odd.tsv" /dev/null \
	    >seen </dev/null
	t_ok "a terminal gets no hidden character: $f" sh -c \
	    '[ "$(wc -l <seen)" -ge 33 ] && ! grep -aPq "$hidden" seen'
done
t_ok 'a pipe gets the bytes' sh -c "crm-find 'id != x' odd.tsv | cmp - odd.tsv"
for i in 1 2 3; do
	odd=$(sed -n "$((27 + i * 2))p" odd.tsv | cut -f 2)
	mkdir -p odd
	for c in "crm-stat odd/$odd" "crm-stat -d odd/$odd" \
	    "crm-stat --$odd" "crm-stat -o $odd" "crm-nps -m $odd" \
	    "crm-find id=$odd( odd.tsv" "crm-show $odd" "crm-log $odd note" \
	    "crm-log N1 $odd" "crm-log N1 note $odd=x" "crm-add id=$odd" \
	    "crm-import odd/$odd" "crm-log --undo $odd"; do
		$c 2>&1 </dev/null
	done >said
	t_ok "nor does a message say one, $i" sh -c '[ "$(wc -l <said)" -ge 13 ] &&
	    ! grep -aPq "$hidden" said'
done

# What reaches a spreadsheet or a page.
cat >cells.tsv <<'!'
id	name
1	=1+2
2	+49 30 1234
3	-5
4	-12.50
5	@x
6	-1+2
7	\t=1
8	\r=1
9	tab\there "q"
10	two\nlines, one
11	+x
!
t_run 'CSV: formulas are guarded, numbers are not; quotes, TABs, line ends' 0 \
    sh -c "crm-find -o csv 'id != x' cells.tsv | tr '\t\r' '~^'" <<'!'
"id","name"
"1","'=1+2"
"2","+49 30 1234"
"3","-5"
"4","-12.50"
"5","'@x"
"6","'-1+2"
"7","'~=1"
"8","'^=1"
"9","tab~here ""q"""
"10","two
lines, one"
"11","'+x"
!
cat >marks.tsv <<'!'
id	name
1	<script>&"
2	.start
3	back\\slash
4	a|b
5	*b* _i_ `c` [l](javascript:x)
6	two\nlines
!
t_run 'Markdown: no markup' 0 crm-find -o md 'id != x' marks.tsv <<'!'
| id | name |
| --- | --- |
| 1 | \<script\>\&" |
| 2 | \.start |
| 3 | back\\slash |
| 4 | a\|b |
| 5 | \*b\* \_i\_ \`c\` \[l\](javascript:x) |
| 6 | two\\nlines |
!
t_run 'wide and joined characters are aligned or left' 0 sh -c '
	printf "id\tname\tn\n1\t北京\t1\n2\tàb\t2\n3\t😀\t3\n4\tabcd\t4\n" |
	crm-find -o table "id != x" -' <<'!'
id  name  n
1   北京  1
2   àb    2
3   😀    3
4   abcd  4
!

# Names that look like options or commands.
for name in '-n' '$(touch pwned)' 'a;touch pwned' '*' "it's" 'a b'; do
	printf 'id\tname\nX1\tBo\n' >"./$name"
	t_run "a file called $name" 0 crm-find -n 'name = Bo' "./$name" <<'!'
1
!
done
t_run 'operands behind --' 0 crm-find -n -- 'name = Bo' -n <<'!'
1
!
t_ok 'ids that are commands are data' sh -c '
	id="\$(touch\${IFS}pwned);-n|%n"
	[ "$(crm-add "id=$id")" = "$id" ] && crm-log "$id" note &&
	crm-show "$id" >shown && [ ! -e pwned ]'

t_done
