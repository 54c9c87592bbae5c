#!/bin/sh
# German: every word of the code has its translation, and it appears where
# it should, on systems without a German locale too.
. "$(dirname "$0")/../lib.sh"

TEXTDOMAINDIR=${t_bin:-$t_root/build/bin}/../locale
export TEXTDOMAINDIR
po=$t_root/lib/share/po/de.po

# --- the catalogue --------------------------------------------------------

"$t_root/lib/share/build/pot" >pot || exit 1
cp "$po" de.po

# What msgattrib OPTION picks from the catalogue as it should be.
picked() {
	msgmerge -q --no-fuzzy-matching -o merged "$1" "$2" &&
	    msgattrib --no-wrap "$3" merged | grep '^msgid "..*"' || true
}

t_run 'every word is translated' 0 picked de.po pot --untranslated </dev/null
t_run 'no translation is a guess' 0 picked de.po pot --only-fuzzy </dev/null
t_run 'no translation is left over from words that are gone' 0 sh -c \
    'msgmerge -q -N -o - de.po pot | msgattrib --only-obsolete' </dev/null
t_ok 'formats fit' msgfmt --check-format -o /dev/null de.po

printf '\nmsgid "never said"\nmsgstr ""\n' >>pot
t_run 'a word without translation is noticed' 0 \
    picked de.po pot --untranslated <<!
msgid "never said"
!

# --- the words ------------------------------------------------------------

# German with these variables and nothing else of a language.
german() {
	env -u LC_ALL -u LANG "$@"
}

printf 'time\tcustomer\tkind\tvalue\n' >j.tsv
printf '2026-11-02T10:00:00Z\tC1\tnps\t11\n' >>j.tsv

for how in LANGUAGE=de LANG=de_DE.UTF-8 LC_ALL=de_AT LC_MESSAGES=de; do
	t_err "$how gives German, whatever locales there are" 3 \
	    'crm-nps: j.tsv:2: value: keine Bewertung von 0 bis 10: "11"' \
	    env -u LC_ALL -u LANG "$how" crm-nps j.tsv
done

for how in LC_ALL=C LANG=C LANG=en_US.UTF-8 LANGUAGE=en; do
	t_err "$how gives English" 3 \
	    'crm-nps: j.tsv:2: value: not a score from 0 to 10: "11"' \
	    env -u LC_ALL -u LANG "$how" crm-nps j.tsv
done

t_run 'usage and help are German' 0 sh -c \
    'LC_ALL=de_DE.UTF-8 crm-nps --help | grep -cE "^(Aufruf:|Beispiele:)"' \
    <<!
2
!

# Options of all commands whose help is the same in both languages.
same_help() {
	for c in "${t_bin:-$t_root/build/bin}"/crm-*; do
		LC_ALL=C "$c" --help | grep '^  \(-., \|    \)--' >en
		LC_ALL=de_DE "$c" --help | grep -Fxf en
	done | sed 's/  *$//' | sort -u
}
t_run 'no line of help is left in English, but the words of periods' 0 \
    same_help <<!
  -p, --period PERIOD       2026, 2026-Q4, 2026-11, last-week, 30d, A..B ...
!

# Lines of help, in both languages, that do not fit on a terminal.
wide_help() {
	for c in "${t_bin:-$t_root/build/bin}"/crm-*; do
		LC_ALL=C "$c" --help
		LC_ALL=de_DE "$c" --help
	done | LC_ALL=C.UTF-8 grep '.\{81\}' || true
}
t_run 'no line of help is wider than a terminal' 0 wide_help </dev/null

# A table, one in groups, and one whose columns are made on the way.
t_run 'headings are German' 0 sh -c '
	export LC_ALL=de_DE.UTF-8
	printf "time\tcustomer\tkind\tref\n" >headings.tsv
	printf "2026-11-03\tC1\tcomplaint\tK1\n" >>headings.tsv
	crm-ticket -o md headings.tsv | head -n 1
	crm-ticket --trend --by month -o md headings.tsv | head -n 1
	printf "id\tx\n1\t2\n" | crm-profile -o md - | head -n 1' <<'!'
| Fall | Kunde | Art | Thema | Kanal | eröffnet | von | erste Antwort | gelöst | wiedereröffnet | Weitergaben | Stunden bis Antwort | Stunden bis Lösung | fällig | Status |
| Gruppe | Woche | Fälle | erwartet | davor | p |
| Gruppe | Spalte | Wert | Kunden | Anteil % | von allen % | Viertel darunter | Median | Viertel darüber |
!

# --- data stays data ------------------------------------------------------

sed 's/11$/9/' j.tsv >good.tsv
LC_ALL=C crm-nps -o tsv good.tsv >english.tsv 2>warn
t_run 'names of columns and numbers do not change with the language' 0 \
    german LANG=de_DE.UTF-8 crm-nps -o tsv good.tsv <english.tsv

# --- reports by the store -------------------------------------------------

mkdir -p store
printf 'key\tvalue\nlanguage\tde\n' >store/settings.tsv
cp good.tsv store/journal.tsv

title() { # VARIABLE=VALUE...
	env "$@" crm-report -p 2026-11 -o md | sed -n '1s/^#* *\([^ ]*\).*/\1/p'
}

t_run 'a report speaks the language of the settings' 0 title LC_ALL=C <<!
Monatsbericht
!
t_run 'LANGUAGE goes before the settings' 0 \
    title LC_ALL=C.UTF-8 LANGUAGE=en <<!
Monthly
!
rm store/settings.tsv
t_run 'without settings a report goes by the locale' 0 \
    title LC_ALL=de_DE.UTF-8 <<!
Monatsbericht
!

t_done
