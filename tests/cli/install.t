#!/bin/sh
# make install puts everything where it belongs, what is installed works
# from there, and make uninstall leaves nothing behind.
. "$(dirname "$0")/../lib.sh"

unset CRM_SHARE MAKEFLAGS MFLAGS MAKELEVEL
build=$(cd "${t_bin:-$t_root/build/bin}/.." && pwd)
root=$t_dir/root
prefix=$t_dir/root/usr/local
in_tree() { # DESTDIR TARGET; another PREFIX would build anew
	make -s -C "$t_root" BUILD="$build" DESTDIR="$1" "$2"
}

t_ok 'make install works with DESTDIR' in_tree "$root" install

for c in "$t_root"/cmd/*.c; do
	name=$(basename "$c" .c)
	t_ok "$name is installed and runs" "$prefix/bin/$name" --version
done
for page in "$t_root"/man/*.[157]; do
	name=$(basename "$page")
	t_ok "$name is installed" \
	    cmp "$page" "$prefix/share/man/man${name##*.}/$name"
done
for file in "$t_root"/lib/share/*.tsv "$t_root"/lib/share/rules/*; do
	name=${file#"$t_root"/lib/share/}
	t_ok "$name is installed" cmp "$file" "$prefix/share/crm/$name"
done
for po in "$t_root"/lib/share/po/*.po; do
	name=$(basename "$po" .po)
	t_ok "the catalogue $name is installed" \
	    test -s "$prefix/share/locale/$name/LC_MESSAGES/crm.mo"
done

t_ok 'nothing is installed elsewhere' sh -c \
    "! ls '$root' | grep -vx usr && ! ls '$prefix' | grep -vxE 'bin|share'"
t_ok 'installing again changes nothing' in_tree "$root" install
t_ok 'make uninstall works' in_tree "$root" uninstall
t_run 'and leaves no file' 0 find "$root" ! -type d </dev/null

t_done
