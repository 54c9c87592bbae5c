#!/bin/sh
# README.md: every command in a block that is fenced as `console` is run, in
# order, in one directory, on the sample store; what the block shows below a
# command is what it prints (messages included), to the byte.
. "$(dirname "$0")/../lib.sh"

t_need_firm
CRM_SHARE=$t_root/lib/share
export CRM_SHARE
mkdir -m 700 "$CRM_DIR" && "$firm" "$CRM_DIR"

# Commands and expected output, one file each: 1.run, 1.want, 2.run ...
# A line ending in a backslash goes on in the next one, after "> ".
mkdir "$t_dir/steps"
awk -v dir="$t_dir/steps/" '
	/^```console$/ { inside = 1; next }
	/^```/ { inside = 0; more = 0 }
	!inside { next }
	/^\$ / {
		n++
		sub(/^\$ /, "")
		printf "" >(dir n ".want")
		print >(dir n ".run")
		more = /\\$/
		next
	}
	more { sub(/^> /, ""); print >(dir n ".run"); more = /\\$/; next }
	{ print >(dir n ".want") }
	END { print n >(dir "count") }' "$t_root/README.md"

mkdir here && cd here || exit 1
n=0
while [ "$n" -lt "$(cat "$t_dir/steps/count")" ]; do
	n=$((n + 1))
	sh "$t_dir/steps/$n.run" >"$t_dir/got" 2>&1 </dev/null
	got=$?
	diff -u "$t_dir/steps/$n.want" "$t_dir/got" >"$t_dir/diffs" && ok=yes || ok=no
	[ "$got" -eq 0 ] || { echo "status $got" >>"$t_dir/diffs"; ok=no; }
	t_report "$(head -n 1 "$t_dir/steps/$n.run")" $ok
done

[ "$n" -ge 10 ] && ok=yes || ok=no
t_report "there are at least ten of them" $ok

for c in "$t_root"/cmd/*.c; do
	name=$(basename "$c" .c)
	summary=$("$name" --help | awk '/^[a-z]/ && !/^usage/ { print; exit }')
	t_ok "$name is in the list of commands" \
	    grep -qF "| \`$name\` | $summary |" "$t_root/README.md"
done

t_done
