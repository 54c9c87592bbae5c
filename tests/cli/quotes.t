#!/bin/sh
# Quotation marks are letters: a field that begins with one ends at its TAB,
# so that no row swallows those behind it, as it does where tables are read as
# CSV.  Second source of the figures: awk.
. "$(dirname "$0")/../lib.sh"

# Opened and never closed, closed at once, closed rows later, doubled, in
# every column that takes any word; more rows than a block holds, and in the
# last field of all of them.
{
	printf 'time\tcustomer\tkind\tchannel\ttone\tvalue\tdue\tref\ttopic\tby\ttext\n'
	awk 'BEGIN {
		split("\" \"open|\"|\"\"|\"closed\"|\"a\"\"b\"|\"\"\"|a\"b", w, "|")
		for (i = 0; i < 30000; i++) {
			q = w[i % 7 + 1]
			printf "2026-%02d-%02dT%02d:00:00Z\t\"C%d\t", i % 11 + 1,
			    i % 28 + 1, i % 24, i % 9
			if (i % 3 == 0)
				printf "nps\t%s\t\t%d\t\t%s\t%s\t%s\t\"%s\n", q,
				    i % 11, q, q, q, q
			else
				printf "order\t%s\t\t%d.50\t\t%s\t%s\t%s\t\"%s\n",
				    q, i % 90, q, q, q, q
		}
	}'
} >j.tsv

t_ok 'crm-stat counts every row' sh -c '
	crm-stat j.tsv | awk -F "\t" "{ n += \$4; o += \$10; c += \$15 * 100 }
	    END { print n, o, c }" >got
	awk -F "\t" "NR > 1 { n++ } \$3 == \"order\" { o++; c += \$6 * 100 }
	    END { print n, o, c }" j.tsv | diff - got'
t_ok 'per customer, too' sh -c '
	crm-stat j.tsv | sed 1d | cut -f 1,4 >got
	awk -F "\t" "NR > 1 { n[\$2]++ } END { for (c in n) print c \"\t\" n[c] }" \
	    j.tsv | sort | diff - got'
t_ok 'crm-nps counts every answer' sh -c '
	crm-nps j.tsv | sed 1d | cut -f 2-5 >got
	awk -F "\t" -v OFS="\t" "\$3 == \"nps\" { n++; p += \$6 >= 9; d += \$6 <= 6 }
	    END { print n, p, n - p - d, d }" j.tsv | diff - got'
t_ok 'crm-find gives every row back byte for byte' sh -c '
	crm-find -j "value >= 0" j.tsv | cmp - j.tsv'
t_ok 'crm-find finds a quotation mark that opens' sh -c '
	crm-find -j "customer = \"\"\"C3\"" j.tsv | sed 1d >got
	awk -F "\t" "\$2 == \"\\\"C3\"" j.tsv | diff - got && [ -s got ]'
t_ok 'the report and the segments know all customers' sh -c '
	crm-segment j.tsv | cut -f 1,3 | sed 1d | sort >got
	awk -F "\t" "NR > 1 { n[\$2] += \$3 == \"order\" }
	    END { for (c in n) print c \"\t\" n[c] }" j.tsv | sort | diff - got &&
	crm-report -p 2026 -o tsv j.tsv | awk -F "\t" "
	    \$2 == \"orders\" { print \$3 }" >got
	grep -c "	order	" j.tsv | diff - got'
t_law 'crm-stat: one figure' j.tsv crm-stat

# As a store, written by us.
printf 'id\tname\tnote\n"C1\t"Acme\t"\nC2\t"\t"\n' >c.tsv
t_ok 'customers keep theirs' sh -c '
	crm-add c.tsv >/dev/null && crm-find "name ~ \"\"\"\"" | cut -f 1 >got
	printf "id\n\"C1\nC2\n" | diff - got'
t_ok 'an event may begin with one, and is one row' sh -c '
	crm-log C2 note "\"" >/dev/null && crm-log C2 note "\"half" >/dev/null &&
	crm-log \"C1 note "\"whole\"" >/dev/null &&
	crm-stat | cut -f 1,4 | sed 1d >got
	printf "\"C1\t1\nC2\t2\n" | diff - got'

t_done
