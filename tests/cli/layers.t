#!/bin/sh
# The map of the house: who may use whom, who may speak, and how long a
# function may get.  lib/README.md has the picture.
#
# Each rule is a function that prints the offences it finds under the
# directory it is in, one a line, and nothing where all is well.  Each is
# first shown an offence in a house of its own, then the real house.
. "$(dirname "$0")/../lib.sh"

# A floor may include itself and what stands behind its name here.
cat >"$t_dir/floors" <<'!'
base
table base
crm table base
measure crm table base
show crm table base
cli show measure crm table base
!

# NAME:LINE: TEXT of all code, without its comments.
code() {
	for code_file; do
		[ ! -f "$code_file" ] || awk -v file="$code_file" '
		inside && /\*\// { sub(/.*\*\//, ""); inside = 0 }
		inside { next }
		{ gsub(/\/\*[^*]*\*+([^\/*][^*]*\*+)*\//, "") }
		/\/\*/ { sub(/\/\*.*/, ""); inside = 1 }
		/[^ \t]/ { print file ":" FNR ": " $0 }' "$code_file"
	done
}

# --- the rules ------------------------------------------------------------

floors_only_look_down() {
	code lib/*/*.[ch] | awk -v map="$t_dir/floors" '
	BEGIN {
		while ((getline line <map) > 0) {
			n = split(line, f, " ")
			for (i = 1; i <= n; i++) may[f[1], f[i]] = 1
		}
	}
	/: #include "/ {
		split($1, own, "/"); split($3, used, "[\"/]")
		if (!((own[2], used[2]) in may)) print
	}'
}

includes_name_a_floor() {
	code lib/*/*.[ch] cmd/*.c | sed -n 's/: #include "\(.*\)"$/ \1/p' |
	while read -r from path; do
		[ -f "lib/$path" ] || echo "$from: no such room: $path"
	done
}

headers_stand_in_no_circle() {
	code lib/*/*.h | sed -n 's,^lib/\([^:]*\)\.h:.*#include "\(.*\)\.h"$,\1 \2,p' |
	    sort -u | { tsort >/dev/null; } 2>&1
}

only_die_and_cli_end_or_complain() {
	code lib/*/*.[ch] cmd/*.c | grep -E \
	    '(^|[^_[:alnum:]])((_exit|_Exit|exit|quick_exit|abort|perror|psignal|errx?|warnx) *\(|stderr|STDERR_FILENO)' |
	    grep -vE '^lib/(base/die|cli/[a-z_]*)\.[ch]:'
}

only_commands_cli_and_mem_call_die() {
	code lib/*/*.[ch] | grep '#include "base/die.h"' |
	    grep -vE '^lib/(base/(die|mem)|cli/[a-z_]*)\.[ch]:'
}

only_cli_asks_the_time() {
	code lib/*/*.[ch] cmd/*.c | grep -E \
	    '(^|[^_[:alnum:]])(time|gettimeofday|localtime|localtime_r|gmtime|gmtime_r|mktime|timespec_get|ftime) *\(|CLOCK_REALTIME' |
	    grep -v '^lib/cli/'
}

# strtod, printf("%f") and the rest stay those of the C locale: data never
# changes with the language.
only_words_have_a_locale() {
	code lib/*/*.[ch] cmd/*.c |
	    grep -E '(^|[^"_[:alnum:]])LC_(ALL|NUMERIC|CTYPE|COLLATE|TIME|MONETARY)([^_[:alnum:]]|$)'
}

no_command_includes_another() {
	code cmd/*.c | grep '#include ".*\.c"'
	code cmd/*.c lib/*/*.[ch] | grep '#include "\(\.\./\)*cmd/'
}

# A large room may have a second .c, which says `part of ROOM.h`; the test of
# a room that only one other uses may be in that room's.  What speaks to the
# world and ends commands (cli, base/die) is tested from outside, by tests/cli.
rooms_have_a_header_and_a_test() {
	for room in lib/*/*.c; do
		[ -f "$room" ] || continue
		head -n 3 "$room" | grep -q "part of [a-z_]*\.h" && continue
		[ -f "${room%.c}.h" ] || echo "$room: no header"
		case $room in lib/cli/* | lib/base/die.c) continue ;; esac
		name=$(basename "$room" .c)
		header=$(expr "${room%.c}.h" : "lib/\(.*\)")
		[ -f "tests/unit/test_$name.c" ] ||
		    grep -qs "\"$header\"" tests/unit/*.c ||
		    echo "$room: no unit test"
	done
}

# `Floor 3 (crm).  Uses: base, table/tsv, event; libcsv.`: floors below, or
# rooms of them, and the rooms of the own floor; behind ; is what is not ours.
headers_say_what_they_use() {
	[ ! -d lib ] || awk '
	FNR == 1 {
		split(FILENAME, part, "/"); floor = part[2]
		room = part[3]; sub(/\.[ch]$/, "", room); reading = 0
	}
	FNR <= 3 && match($0, /part of [a-z_]*\.h/) {
		room = substr($0, RSTART + 8, RLENGTH - 10)
	}
	{ key = floor "/" room }
	FILENAME ~ /\.h$/ && FNR == 1 { says[key] = "" }
	FILENAME ~ /\.h$/ && /Floor [1-5] \(/ {
		reading = index($0, "Floor " number[floor] " (" floor ").  Uses: ")
	}
	reading {
		line = $0; sub(/^.*  Uses: |^ \* /, "", line)
		says[key] = says[key] " " line
		if (line ~ /\./) reading = 0
	}
	/^#include "/ {
		split($2, part, "\"")
		sub(/\.h$/, "", part[2])
		if (part[2] != key) uses[key, part[2]] = 1
	}
	BEGIN {
		number["base"] = 1; number["table"] = 2; number["crm"] = 3
		number["measure"] = number["show"] = 4; number["cli"] = 5
	}
	END {
		for (key in says) {
			text = says[key]
			sub(/\..*/, "", text); sub(/;.*/, "", text)
			split("", said)
			n = split(text, word, ",")
			split(key, own, "/")
			for (i = 1; i <= n; i++) {
				gsub(/^ +| +$/, "", word[i])
				said[word[i]] = 1
				if (((own[1] "/" word[i]) in says) &&
				    !((key, own[1] "/" word[i]) in uses))
					print key ": does not use " word[i]
			}
			if (n == 0) print key ": does not say what it uses"
			for (u in uses) {
				split(u, pair, SUBSEP)
				if (pair[1] != key) continue
				split(pair[2], of, "/")
				good = of[1] == own[1] ? (of[2] in said) : \
				    (of[1] in said) || (pair[2] in said) || \
				    ("everything below" in said)
				if (!good) print key ": uses " pair[2]
			}
		}
	}' lib/*/*.[ch]
}

rooms_are_named_once() {
	for room in lib/*/*.h; do basename "$room"; done | sort | uniq -d
}

commands_have_manual_and_test() {
	for c in cmd/*.c; do
		[ -f "$c" ] || continue
		name=$(basename "$c" .c)
		[ -f "man/$name.1" ] || echo "$c: no man/$name.1"
		[ -f "tests/cli/$name.t" ] || echo "$c: no tests/cli/$name.t"
	done
}

functions_have_at_most_60_lines() {
	for c in lib/*/*.[ch] cmd/*.c; do
		[ ! -f "$c" ] || awk '
		/^\{/ { from = FNR }
		/^\}/ && from {
			if (FNR - from + 1 > 60)
				print FILENAME ":" from ": " FNR - from + 1 " lines"
			from = 0
		}' "$c"
	done
}

rooms_have_at_most_500_lines() {
	for c in lib/*/*.[ch] cmd/*.c; do
		[ ! -f "$c" ] || awk 'END { if (NR > 500) print FILENAME ": " NR }' "$c"
	done
}

# A variable of a file or `static` in a function; tables are const, and so
# are pointers in them: `static const char *const words[]`.
state_is_passed_around() {
	code lib/*/*.[ch] cmd/*.c | awk '
	{
		where = $1; text = substr($0, length($1) + 2)
		if (text ~ /^\t*static (struct|union)( [a-z_0-9]+)? \{/) print
		if (text !~ /^(\t+| \t+)?(static|_Thread_local) / &&
		    text !~ /^[a-z_][a-z_0-9]* [^(]*[;=]/) next
		if (text ~ /^(extern|(__extension__ )?typedef|return|goto|enum|case|default) /) next
		if (text ~ /^(struct|union) [a-z_0-9]+;/) next
		sub(/[=].*/, "", text)
		if (text ~ /\(/ && text !~ /\(\*/) next	# a function
		if (text !~ /[;=\[]/ && $0 !~ /=/) next	# its first line
		sub(/[;\[].*/, "", text)
		if (text ~ /\*/) { sub(/.*\*/, "", text); text = " " text }
		if ((" " text) !~ / const /) print
	}' | grep -v '^lib/base/die\.c:'
}

# make rooms writes it.
rooms_are_in_the_picture() {
	[ ! -f lib/README.md ] || {
		sed -n "/^| floor | room/,\$p" lib/README.md
		"$t_root/lib/share/build/rooms" 2>/dev/null
	} | sort | uniq -u
}

lines_have_at_most_80_columns() {
	for c in lib/*/*.[ch] cmd/*.c; do
		[ ! -f "$c" ] || expand "$c" | sed 's/[\x80-\xbf]//g' |
		    awk -v file="$c" 'length > 80 { print file ":" NR }'
	done
}

# --- each rule sees its offence ------------------------------------------

house_room() { # NUMBER FLOOR NAME USES TEXT
	printf '/* Floor %s (%s).  Uses: %s. */\n%s\n' "$1" "$2" "$4" "$5" \
	    >"lib/$2/$3.h"
}

house() { # a small house without an offence
	rm -rf "$t_dir/house"
	mkdir "$t_dir/house" && cd "$t_dir/house" || exit 1
	mkdir -p lib/base lib/table lib/measure lib/show lib/cli cmd man \
	    tests/unit tests/cli
	house_room 1 base a 'libc only' 'int a(void);'
	printf '#include "base/a.h"\n\nint\na(void)\n{\n\treturn 1;\n}\n' >lib/base/a.c
	house_room 1 base e a '#include "base/a.h"'
	house_room 2 table b 'libc only' \
	    'static const char *const words[] = { "a" };'
	house_room 4 measure c 'table/b' '#include "table/b.h"'
	house_room 4 show d table '#include "table/b.h"'
	house_room 5 cli f 'everything below' '#include "show/d.h"'
	echo 'exit(1); time(NULL); setlocale(LC_MESSAGES, "");' >>lib/cli/f.h
	echo '/* exit(1); time(NULL) */' >cmd/crm-x.c
	touch tests/unit/test_a.c man/crm-x.1 tests/cli/crm-x.t
}

sees() { # RULE FILE TEXT: nothing before TEXT is added to FILE, then an offence
	house
	t_before=$($1)
	printf '%b\n' "$3" >>"$2"
	t_after=$($1)
	printf '%s\n' "before: $t_before" "after: $t_after" >"$t_dir/diffs"
	if [ -z "$t_before" ] && [ -n "$t_after" ]; then
		t_report "seen by $1: $(printf %.40s "$3")" yes
	else
		t_report "seen by $1: $(printf %.40s "$3")" no
	fi
}

long='int\nf(void)\n{' file=
while [ "${#long}" -lt 140 ]; do long="$long\n"; done
while [ "${#file}" -lt 1100 ]; do file="$file\n"; done

sees floors_only_look_down lib/base/a.c '#include "table/b.h"'
sees floors_only_look_down lib/measure/c.h '#include "show/d.h"'
sees floors_only_look_down lib/show/d.h '#include "measure/c.h"'
sees floors_only_look_down lib/show/d.h '#include "cli/f.h"'
sees includes_name_a_floor lib/base/a.c '#include "a.h"'
sees headers_stand_in_no_circle lib/base/a.h '#include "base/e.h"'
sees only_die_and_cli_end_or_complain lib/base/a.c 'exit(1);'
sees only_die_and_cli_end_or_complain cmd/crm-x.c 'fprintf(stderr, "no");'
sees only_commands_cli_and_mem_call_die lib/base/a.c '#include "base/die.h"'
sees only_cli_asks_the_time lib/table/b.h 'int64_t now = time(NULL);'
sees only_cli_asks_the_time cmd/crm-x.c 'clock_gettime(CLOCK_REALTIME, &t);'
sees only_words_have_a_locale lib/cli/f.h 'setlocale(LC_ALL, "");'
sees no_command_includes_another cmd/crm-x.c '#include "crm-y.c"'
sees rooms_have_a_header_and_a_test lib/table/g.c ''
sees headers_say_what_they_use lib/base/a.c '#include "base/e.h"'
sees headers_say_what_they_use lib/measure/c.h '#include "table/x.h"'
sees headers_say_what_they_use lib/table/b.c '#include "base/a.h"'
sees headers_say_what_they_use lib/base/g.h '/* Floor 1 (base).  Uses: a. */'
sees headers_say_what_they_use lib/base/g.h '/* Floor 2 (base).  Uses: zlib. */'
sees headers_say_what_they_use lib/base/g.h 'int g(void);'
sees rooms_are_named_once lib/table/a.h ''
sees commands_have_manual_and_test cmd/crm-y.c ''
sees functions_have_at_most_60_lines lib/base/a.c "$long}"
sees rooms_have_at_most_500_lines lib/base/a.c "$file"
sees state_is_passed_around lib/base/a.c 'static int count;'
sees state_is_passed_around lib/base/a.c 'int count = 1;'
sees state_is_passed_around lib/base/a.c 'static const char *name;'
sees state_is_passed_around lib/base/a.c '\tstatic char to[9];'
sees state_is_passed_around lib/base/a.c 'static struct a b = { 1 };'
sees state_is_passed_around lib/base/a.c 'static struct {\n\tint n;\n} b;'
sees rooms_are_in_the_picture lib/README.md "| base | a |"
sees lines_have_at_most_80_columns lib/base/a.c \
    '\t\t\t\t\t\t\t\t\t/* nine tabs and more */'

# --- the real house keeps them all ----------------------------------------

cd "$t_root" || exit 1
for rule in $(sed -n 's/^\([a-z_0-9]*\)() {$/\1/p' "$t_root/tests/cli/layers.t" |
    grep -vxE 'code|house|house_room'); do
	$rule >"$t_dir/diffs" 2>&1
	if [ -s "$t_dir/diffs" ]; then
		t_report "$(echo "$rule" | tr _ ' ')" no
	else
		t_report "$(echo "$rule" | tr _ ' ')" yes
	fi
done

t_done
