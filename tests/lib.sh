# shellcheck shell=sh
# Sourced by every tests/*/*.t.  Speaks TAP; see prove(1).
#
#	t_ok    NAME COMMAND...             COMMAND must exit 0
#	t_run   NAME STATUS COMMAND...      standard input of t_run is what the
#	                                    command must print; its messages are
#	                                    kept in ./err
#	t_err   NAME STATUS TEXT COMMAND... must print nothing but the message
#	                                    TEXT on standard error
#	t_law   NAME TABLE COMMAND...       COMMAND TABLE must print the same for
#	                                    its rows in any order, cut into
#	                                    files, read by 1 to 4 threads
#	t_need_firm                         $firm DIR makes the sample firm
#	t_need_fail                         t_fail CALL N EVER SHORT COMMAND...
#	                                    runs COMMAND with a call that fails;
#	                                    ./hit is not empty when it has
#	t_done                              print the plan; 1 on any failure
#
# Each script runs in an empty directory of its own, removed at the end,
# with the C locale, UTC, a store at ./store and the clock at
# 2026-11-21T12:00:00Z.  Commands get no standard input; use sh -c for it.

set -u
unset LANGUAGE CRM_THREADS NO_COLOR XDG_DATA_HOME
LC_ALL=C
TZ=UTC
CRM_NOW=2026-11-21T12:00:00Z
export LC_ALL TZ CRM_NOW

t_count=0
t_failed=0
t_root=${t_root:-$(cd "$(dirname "$0")/../.." && pwd)}
t_data=$t_root/tests/data
PATH=${t_bin:-$t_root/build/bin}:$PATH
t_dir=$(mktemp -d) || exit 1
trap 'rm -rf "$t_dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$t_dir" || exit 1
CRM_DIR=$t_dir/store
CRM_SHARE=$t_root/lib/share
export CRM_DIR CRM_SHARE t_root t_data t_dir

t_report() { # NAME PASSED
	t_count=$((t_count + 1))
	if [ "$2" = yes ]; then
		printf "ok %d - %s\n" "$t_count" "$1"
	else
		t_failed=$((t_failed + 1))
		printf "not ok %d - %s\n" "$t_count" "$1"
		[ ! -s "$t_dir/diffs" ] || sed 's/^/# /' "$t_dir/diffs"
	fi
	rm -f "$t_dir/diffs"
}

t_ok() {
	t_name=$1
	shift
	if "$@" >"$t_dir/diffs" 2>&1 </dev/null; then
		t_report "$t_name" yes
	else
		t_report "$t_name" no
	fi
}

t_run() {
	t_name=$1 t_want=$2
	shift 2
	cat >"$t_dir/want"
	"$@" >"$t_dir/got" 2>"$t_dir/err" </dev/null
	t_got=$?
	: >"$t_dir/diffs"
	t_compare
}

t_err() {
	t_name=$1 t_want=$2
	: >"$t_dir/want"
	printf '%s\n' "$3" >"$t_dir/wanterr"
	shift 3
	"$@" >"$t_dir/got" 2>"$t_dir/err" </dev/null
	t_got=$?
	diff -u "$t_dir/wanterr" "$t_dir/err" >"$t_dir/diffs" ||
		t_got="$t_got and other words on stderr"
	t_compare
}

t_compare() {
	diff -u "$t_dir/want" "$t_dir/got" >>"$t_dir/diffs" ||
		t_got="$t_got and other output"
	if [ "$t_got" = "$t_want" ]; then
		t_report "$t_name" yes
	else
		echo "status: want $t_want, got $t_got" >>"$t_dir/diffs"
		cat "$t_dir/err" >>"$t_dir/diffs"
		t_report "$t_name" no
	fi
}

t_mixed() { # TABLE COMMAND...
	t_table=$1
	shift
	"$@" "$t_table" >mixed.want || return 1
	for t_n in 1 2 3 4; do
		tail -n +2 "$t_table" |
		    sort -t "$(printf '\t')" -k "$t_n" >mixed.rows
		# more files than the first thread reads by itself
		split -n "l/$((3 * t_n))" mixed.rows mixed.part.
		for t_part in mixed.part.??; do
			{ head -n 1 "$t_table"; cat "$t_part"; } >"$t_part.tsv"
		done
		CRM_THREADS=$t_n "$@" mixed.part.??.tsv >mixed.got || return 1
		rm -f mixed.part.*
		cmp mixed.want mixed.got || return 1
	done
}

t_law() {
	t_name=$1
	shift
	t_ok "$t_name" t_mixed "$@"
}

t_need_firm() {
	firm=${t_bin:-$t_root/build/bin}/../sample/firm
	[ -x "$firm" ] && return
	echo 'Bail out! build/sample/firm is missing: run make ends'
	exit 1
}

# Only what a command calls in a shared C library can be made to fail.
t_need_fail() {
	PATH=${t_bin:-$t_root/build/bin}/../shared:$PATH
	${CC:-cc} -O1 -shared -fPIC -o "$t_dir/fail.so" \
	    "$t_root/tests/fault/preload/fail.c" -ldl || exit 1
	t_fail malloc 1 '' '' crm-log --version >/dev/null 2>&1
	[ -s hit ] && return
	echo 'Bail out! no call fails in build/shared: run make ends'
	exit 1
}

t_fail() { # CALL N EVER SHORT COMMAND...: see tests/fault/preload/fail.c
	t_call=$1 t_nth=$2 t_ever=$3 t_short=$4
	shift 4
	env FAIL_CALL="$t_call" FAIL_N="$t_nth" FAIL_HIT="$t_dir/hit" \
	    FAIL_EVER="$t_ever" FAIL_SHORT="$t_short" \
	    LD_PRELOAD="$t_dir/fail.so" "$@"
}

t_done() {
	echo "1..$t_count"
	[ "$t_failed" -eq 0 ]
	exit
}
