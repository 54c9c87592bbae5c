#!/bin/sh
# crm-similar: who bought alike, and what they bought besides.
. "$(dirname "$0")/../lib.sh"

t_need_firm
header='time\tcustomer\tkind\tvalue\tref\ttopic\n'

# C1 bought tea, pot, cup; C2 tea, pot, spoon: 2 of 4; C3 cup: 1 of 3; C4 an
# offer of tea that came to nothing; C5 a mat.
printf '%b' "$header" \
	'2026-01-01\tC1\torder\t9\tA1\ttea\n' \
	'2026-01-02\tC1\torder\t9\tA2\t\n' \
	'2026-01-02\tC1\titem\t4\tA2\tpot\n' \
	'2026-01-02\tC1\titem\t5\tA2\tcup\n' \
	'2026-02-01\tC2\torder\t9\tB1\ttea\n' \
	'2026-02-01\tC2\torder\t9\tB2\tpot\n' \
	'2026-02-01\tC2\torder\t9\tB3\tspoon\n' \
	'2026-02-01\tC3\torder\t9\tC3\tcup\n' \
	'2026-02-01\tC4\tdeal\t9\tD1\toffer\n' \
	'2026-02-01\tC4\titem\t9\tD1\ttea\n' \
	'2026-02-01\tC5\torder\t9\tE1\tmat\n' >j.tsv

t_run 'the most alike come first' 0 crm-similar C1 j.tsv <<'!'
id	name	alike	common	either
C2		50.00	2	4
C3		33.33	1	3
!
t_run 'what they bought besides' 0 crm-similar --besides C1 j.tsv <<'!'
topic	customers	of	share
spoon	1	2	50.00
!
t_run 'only so many' 0 crm-similar -n 1 C1 j.tsv <<'!'
id	name	alike	common	either
C2		50.00	2	4
!
t_run 'only what was bought in a period' 1 \
	crm-similar -p 2026-02 C3 j.tsv <<'!'
id	name	alike	common	either
!
t_run 'only customers of a list' 0 \
	sh -c 'printf "id\nC1\nC3\n" | crm-similar -c - C1 j.tsv' <<'!'
id	name	alike	common	either
C3		33.33	1	3
!
t_run 'nobody is like him: status 1' 1 crm-similar C5 j.tsv <<'!'
id	name	alike	common	either
!
t_run 'he bought nothing: status 1' 1 crm-similar C4 j.tsv <<'!'
id	name	alike	common	either
!
t_run 'nothing besides: status 1' 1 crm-similar --besides C5 j.tsv <<'!'
topic	customers	of	share
!
t_law 'any order, any split, any number of threads' j.tsv crm-similar C1

# --- who is meant ---------------------------------------------------------

mkdir -m 700 store
cat >store/customers.tsv <<'!'
id	name	company	email	account
F1		Lamps Ltd		
C1	Ann		ann@a.example	F1
C2		Tea House		
C3	Carl			
!
printf 'old\tnew\ttime\tfilled\nC9\tC3\t2026-03-01T00:00:00Z\t\n' \
	>store/aliases.tsv
{ cat j.tsv; printf '2026-02-02\tC9\torder\t1\tZ1\ttea\n'; } >store/journal.tsv

t_run 'names, merged customers, an e-mail address' 0 \
	crm-similar ann@a.example <<'!'
id	name	alike	common	either
C3	Carl	66.67	2	3
C2	Tea House	50.00	2	4
!
t_run 'a merged id' 0 crm-similar -n 1 C9 <<'!'
id	name	alike	common	either
C1	Ann	66.67	2	3
!
t_run 'persons count for their account' 0 crm-similar -a -n 1 C1 <<'!'
id	name	alike	common	either
C3	Carl	66.67	2	3
!
t_err 'nobody has this id' 1 'crm-similar: unknown customer: "C77"' \
	crm-similar C77 store/journal.tsv
printf '%b' "$header" '2026-01-01\t\tweb\t\t\tpage\n' >nobody.tsv
t_err 'no id is nobody' 1 'crm-similar: unknown customer: ""' \
	crm-similar '' nobody.tsv
t_err 'a customer is missing' 2 \
	"crm-similar: a customer is missing
$(crm-similar --help | sed '/^customers who/,$d')" crm-similar
t_err 'a number that is none' 2 \
	"crm-similar: -n: too small: \"0\"
$(crm-similar --help | sed '/^customers who/,$d')" crm-similar -n 0 C1

# --- the sample, reckoned by sqlite3 --------------------------------------

mkdir -m 700 firm && "$firm" firm || exit 1
sqlite() {
	sqlite3 -batch :memory: '.mode tabs' '.import firm/journal.tsv j' "
	CREATE TABLE b AS SELECT DISTINCT customer AS c, topic AS t FROM j
	WHERE topic <> '' AND (kind = 'order' OR kind = 'item' AND ref IN
	    (SELECT ref FROM j WHERE kind = 'order' AND ref <> ''));
	$1"
}
sqlite "CREATE TABLE n AS SELECT c, count(*) AS n FROM b GROUP BY c;
	SELECT c, both, n + (SELECT n FROM n WHERE c = 'C29') - both AS u FROM
	(SELECT b.c AS c, count(*) AS both FROM b JOIN b AS o ON o.t = b.t AND
	o.c = 'C29' WHERE b.c <> 'C29' GROUP BY b.c) JOIN n USING (c)
	ORDER BY 1.0 * both / u DESC, both DESC, c;" >want
t_ok 'the sample says the same to sqlite3' sh -c '
	[ "$(wc -l <want)" -gt 20 ] && crm-similar -d firm -n 999 C29 |
	sed 1d | cut -f 1,4,5 | cmp want -'

t_done
