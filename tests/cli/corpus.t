#!/bin/sh
# The inputs that fuzzing kept (make fuzz), each through its parser again.
. "$(dirname "$0")/../lib.sh"

replay=${t_bin:-$t_root/build/bin}/../replay
for target in "$t_root"/tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	name=${name#fuzz_}
	corpus=$t_root/tests/fuzz/corpus/$name
	t_ok "$name: $(find "$corpus" -type f | wc -l) inputs" \
	    find "$corpus" -type f -exec "$replay/$name" {} +
done
t_done
