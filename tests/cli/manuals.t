#!/bin/sh
# The manuals: sound, complete, saying what --help says, and with examples
# that work.
#
# An example is a line `.Dl $ COMMAND`.  Those of a page run in turn in one
# directory with the sample store of its own.  Words of its paragraph change
# that: "empty store" gives it a store that does not exist yet, "status N"
# says how it ends.
. "$(dirname "$0")/../lib.sh"

t_need_firm
cd "$t_root" || exit 1

one_line() { # on standard input, blanks squeezed, in lower case
	tr '\n\t' '  ' | tr -s ' ' | sed 's/^ //; s/ $//' | tr '[:upper:]' '[:lower:]'
}

synopsis() { # PAGE
	mandoc -T ascii "$1" | awk '{ gsub(/.\010/, "") } 1' |
	    sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' | one_line
}

usage() { # COMMAND
	"$1" --help | awk '
		NR > 1 && /^[^ ]/ { exit }
		{ sub(/^usage: /, ""); print }' | one_line
}

# Letters, then long names, both in the order of the alphabet.
options_of_help() { # COMMAND
	"$1" --help | sed -n 's/^  -\(.\), .*/1\1/p; s/^      -\(-[^ =[]*\).*/2\1/p' |
	    grep -vx '2-help\|2-version' | sort | cut -c 2-
}

options_of_page() { # PAGE
	sed -n '/^The options are as follows/,/^\.El/s/^\.It Fl \([^ ]*\).*/\1/p' "$1"
}

for page in man/*.[157]; do
	t_ok "$page is clean" mandoc -T lint -W warning "$page"
	for other in $(sed -n 's/^\.Xr \(crm[a-z-]*\) \([157]\).*/man\/\1.\2/p' "$page" | sort -u); do
		[ -f "$other" ] || echo "no such page: $other"
	done >"$t_dir/diffs"
	[ ! -s "$t_dir/diffs" ] && ok=yes || ok=no
	t_report "$page names only pages that there are" $ok
done

for c in cmd/*.c; do
	name=$(basename "$c" .c)
	[ -f "man/$name.1" ] || continue # tests/cli/layers.t says so
	usage "$name" >"$t_dir/want"
	synopsis "man/$name.1" >"$t_dir/got"
	diff "$t_dir/want" "$t_dir/got" >"$t_dir/diffs" && ok=yes || ok=no
	t_report "$name: the synopsis is the usage" $ok
	options_of_help "$name" >"$t_dir/want"
	options_of_page "man/$name.1" >"$t_dir/got"
	diff "$t_dir/want" "$t_dir/got" >"$t_dir/diffs" && ok=yes || ok=no
	t_report "$name: all of its options are told, in order" $ok
	summary=$(sed -n 's/^\.Nd //p' "man/$name.1")
	{ "$name" --help
	sed -n "/^\.It Xr $name 1\$/{n;p;}" man/crm.7
	sed -n "s/^| \`$name\` | \(.*\) |\$/\1/p" README.md; } >"$t_dir/got"
	grep -cxF "$summary" "$t_dir/got" >"$t_dir/diffs"
	[ "$(cat "$t_dir/diffs")" = 3 ] && ok=yes || ok=no
	t_report "$name: one summary: here, --help, crm(7), README" $ok
done

# PAGE: its examples as lines `want status TAB store TAB command`.
examples() {
	awk '
	/^\.(Pp|Sh|Ss)/ { text = "" }
	!/^\./ { text = text " " $0 }
	/^\.Dl \$ / {
		line = substr($0, 7)
		gsub(/\\\(aq/, "\047", line); gsub(/\\\(dq/, "\"", line)
		gsub(/\\-/, "-", line); gsub(/\\&/, "", line)
		gsub(/\\\(ti/, "~", line); gsub(/\\\(ha/, "^", line)
		gsub(/\\e/, "\\", line); gsub(/\\ /, " ", line)
		want = match(text, /status [0-4]/) ? substr(text, RSTART + 7, 1) : 0
		print want "\t" (text ~ /empty store/ ? "empty" : "sample") "\t" line
	}' "$1"
}

# A warning that few answers make unsure scores is no failure; any other
# word on standard error is one, unless the status says so.
run_example() { # STATUS STORE COMMAND
	mkdir -p "$t_dir/page"
	cd "$t_dir/page" || return 1
	CRM_DIR=$t_dir/$2
	[ "$2" = sample ] || rm -rf "$CRM_DIR"
	sh -c "$3" >"$t_dir/out" 2>"$t_dir/err" </dev/null
	got=$?
	cd "$t_root" || return 1
	echo "status $got; on standard error:"
	cat "$t_dir/err"
	[ "$got" -eq "$1" ] || return 1
	[ "$1" -gt 0 ] ||
	    ! grep -vE 'fewer than 100 answers|under 100 a (score|share)' "$t_dir/err"
}

tab=$(printf '\t')
for page in man/*.[157]; do
	rm -rf "$t_dir/page" "$t_dir/sample" "$t_dir/empty"
	mkdir -m 700 "$t_dir/sample" && "$firm" "$t_dir/sample"
	examples "$page" >"$t_dir/examples"
	while IFS=$tab read -r want store command; do
		run_example "$want" "$store" "$command" >"$t_dir/diffs" &&
		    ok=yes || ok=no
		t_report "$page: $command" $ok
	done <"$t_dir/examples"
done

t_done
