#!/bin/sh
# Real files of other programs, from the export to the figures.  The figures
# are those of awk on the same file, without any of our code, where that is
# said; customers, orders and sums were also agreed on by others.
. "$(dirname "$0")/../lib.sh"

tab=$(printf '\t')

# --- a German Excel: Northwind ----------------------------------------------

t_run 'customers of a German Excel' 0 sh -c \
    'crm-import "$t_data"/kunden_excel_de_cp1252.csv >k.tsv
	wc -l <k.tsv; grep -E "^(ALFKI|HUNGO|Val2|VALON|BLONP)" k.tsv' <<!
94
ALFKI${tab}Maria Anders${tab}Alfreds Futterkiste${tab}030-0074321${tab}Obere Str. 57${tab}12209${tab}Berlin${tab}Germany
BLONP${tab}Frédérique Citeaux${tab}Blondesddsl père et fils${tab}88.60.15.31${tab}24, place Kléber${tab}67000${tab}Strasbourg${tab}France
HUNGO${tab}Patricia McKenna${tab}Hungry Owl All-Night Grocers${tab}2967 542${tab}8 Johnstown Road${tab}${tab}Cork${tab}Ireland
Val2${tab}Val2${tab}IT${tab}${tab}${tab}${tab}${tab}
VALON${tab}Valon Hoti${tab}IT${tab}${tab}${tab}${tab}${tab}
!
t_run 'orders of a German Excel' 0 sh -c \
    'crm-import "$t_data"/auftraege_excel_de_cp1252.csv >a.tsv
	awk -F "\t" "NR > 1 { n++; s += \$4 } END { printf \"%d %.2f\n\", n, s }" a.tsv' <<!
830 1265793.05
!
# The second source reads the file itself.
t_run 'their sum by awk alone' 0 sh -c \
    'tr -d "\r." <"$t_data"/auftraege_excel_de_cp1252.csv | awk -F ";" "
	NR > 1 { sub(\",\", \".\", \$4); s += \$4 } END { printf \"%.2f\n\", s }"' <<!
1265793.05
!
t_run 'into an empty store' 0 sh -c \
    'crm-add - <k.tsv | wc -l; crm-log - <a.tsv
	wc -l <store/customers.tsv; wc -l <store/journal.tsv' <<!
93
94
831
!
t_run 'and out again as figures' 0 sh -c 'crm-stat >s.tsv; awk -F "\t" "
	NR == 1 { for (i = 1; i <= NF; i++) c[\$i] = i; next }
	{ n++; o += \$c[\"orders\"]; r += \$c[\"revenue\"] }
	END { printf \"%d %d %.2f\n\", n, o, r }" s.tsv
	crm-find "revenue > 100000" s.tsv | cut -f 1' <<!
89 830 1265793.05
id
ERNSH
QUICK
SAVEA
!
t_run 'imported once more nothing is new' 0 sh -c \
    'crm-log --once=kind,ref - <a.tsv; wc -l <store/journal.tsv' <<!
831
!

# --- complaints to the CFPB as cases -----------------------------------------

t_run 'complaints become cases' 0 sh -c \
    'crm-import "$t_data"/consumer_complaints.csv >c.tsv
	cut -f 3 c.tsv | sort | uniq -c | sed "s/^ *//"
	awk -F "\t" "\$3 == \"complaint\" { print \$6 }" c.tsv | sort |
	    uniq -c | sort -rn | head -n 3 | sed "s/^ *//"' <<!
3186 complaint
1 kind
3186 reply
921 Mortgage
638 Credit reporting
625 Debt collection
!
# 491 companies, and days from receipt to reply as the file has them: mean
# 3.164470, six of -1, at most 292 (mktime of gawk is not needed: julian days).
t_run 'one case each, days as they are' 0 awk -F "$tab" '
	function day(s,  y, m, d) {
		y = substr(s, 1, 4); m = substr(s, 6, 2) + 0; d = substr(s, 9, 2)
		if (m < 3) { y--; m += 12 }
		return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) \
		    + int((153 * m - 457) / 5) + d
	}
	$3 == "complaint" { from[$5] = day($1); who[$2] = 1 }
	$3 == "reply" {
		n++; d = day($1) - from[$5]; s += d
		if (d < 0) early++
		if (d > most) most = d
	}
	END {
		for (w in who) companies++
		printf "%d %d %.6f %d %d\n", n, companies, s / n, early, most
	}' c.tsv <<!
3186 491 3.164470 6 292
!
t_run 'into a store of their own' 0 sh -c \
    'CRM_DIR=cases; export CRM_DIR; crm-log --add - <c.tsv
	crm-stat | awk -F "\t" "
	NR == 1 { for (i = 1; i <= NF; i++) c[\$i] = i; next }
	{ n++; k += \$c[\"cases\"] } END { print n, k }"' <<!
491 3186
!

# --- a file that is no CSV: blanks between fields, one line of awk -----------
# It looks like CDNOW_sample.txt, which may not be shipped (with that file:
# 6,919 rows, 2,357 customers, 244,091.94).

printf ' %s\r\n' '00004 0001 19970101  2   29.33' \
    '00004 0001 19970118  2   29.73' '00021 0002 19970101  3   63.34' \
    '00050 0003 19970101  1    6.79' >cd.txt
t_run 'orders by one line of awk' 0 sh -c \
    'CRM_DIR=cd; export CRM_DIR
	awk "BEGIN { print \"time,customer,kind,value\" }
	{ print \$3 \",\" \$1 \",order,\" \$5 }" cd.txt | tr -d "\r" >cd.csv
	echo "time = [time] | time
	customer = [customer]
	kind = [kind]
	value = [value] | number point" >cd.rules
	crm-import -m cd.rules cd.csv | crm-log --add -
	crm-stat | cut -f 1,10,11,15' <<!
id${tab}orders${tab}order_days${tab}revenue
00004${tab}2${tab}2${tab}59.06
00021${tab}1${tab}1${tab}63.34
00050${tab}1${tab}1${tab}6.79
!

# --- address books ------------------------------------------------------------

row() { # HEADER-FILE COLUMN=VALUE ...: the header and a record
	awk -v want="$2" '
	BEGIN { n = split(want, pair, "\n")
		for (i = 1; i <= n; i++) {
			at = index(pair[i], "=")
			value[substr(pair[i], 1, at - 1)] = substr(pair[i], at + 1)
		}
	}
	{ sub(/\r$/, ""); print; n = split($0, name, ",")
	for (i = 1; i <= n; i++) {
		key = name[i]; gsub(/"/, "", key)
		printf "%s\"%s\"", (i > 1 ? "," : ""), value[key]
	}
	print "" }' "$1"
}

row "$t_data/google_new_header.csv" 'First Name=Anna
Last Name=Berg
Organization Name=Berg GmbH
E-mail 1 - Value=a@example.org ::: b@example.org
E-mail 2 - Value=c@example.org
Phone 1 - Value=+49 30 1 ::: +49 30 2
Birthday= --05-17
Address 1 - City=Köln
Labels=* myContacts ::: Kunden' >google.csv
t_run 'Google Contacts' 0 sh -c \
    'crm-import google.csv | cut -f 1,3-5,8-11' <<!
name${tab}company${tab}position${tab}email${tab}postcode${tab}city${tab}country${tab}birthday
Anna Berg${tab}Berg GmbH${tab}${tab}a@example.org, b@example.org, c@example.org${tab}${tab}Köln${tab}${tab}--05-17
!
row "$t_data/shopify_customers_header.csv" "Customer ID='6543210987
First Name=Ben
Last Name=Klein
Email=ben@example.org
Default Address Zip='01067
Phone='+4930123
Tags=vip, wholesale" >shopify.csv
t_run 'Shopify' 0 sh -c 'crm-import shopify.csv | cut -f 1,2,4,5,7,10,11' <<!
id${tab}name${tab}email${tab}phone${tab}postcode${tab}source${tab}tags
6543210987${tab}Ben Klein${tab}ben@example.org${tab}+4930123${tab}01067${tab}shopify${tab}vip,wholesale
!
iconv -f WINDOWS-1252 -t UTF-8 "$t_data/outlook_de_header_cp1252.csv" >header.csv
row header.csv 'Anrede=Frau
Vorname=Jörg
Nachname=Groß
Straße geschäftlich=Hauptstraße 1
E-Mail-Adresse=j@example.org
E-Mail 2: Adresse=g@example.org
Geburtstag=17.05.1970
Kategorien=Kunde;Messe' | iconv -f UTF-8 -t WINDOWS-1252 >outlook.csv
t_run 'a German Outlook' 0 sh -c 'crm-import outlook.csv | cut -f 1,2,5,7,11,12' <<!
salutation${tab}name${tab}email${tab}street${tab}birthday${tab}tags
Frau${tab}Jörg Groß${tab}j@example.org, g@example.org${tab}Hauptstraße 1${tab}1970-05-17${tab}Kunde,Messe
!
printf '%s\r\n' 'First Name,Last Name,Display Name,Primary Email,Secondary Email,Screen Name,Work Phone,Organization,Birth Year,Birth Month,Birth Day,Notes' \
    'Anna,Berg,"Berg, Anna",a@example.org,,,030 1,"Berg ""GmbH""",,5,17,"eins
zwei	drei"' 'Ben,Klein,,b@example.org,,,,,1970,5,17,' \
    'Cara,Lang,,c@example.org,,,,,,,,' >thunderbird.csv
t_run 'Thunderbird' 0 crm-import thunderbird.csv <<!
name${tab}company${tab}email${tab}phone${tab}birthday${tab}note
Anna Berg${tab}Berg "GmbH"${tab}a@example.org${tab}030 1${tab}--05-17${tab}eins\\nzwei\\tdrei
Ben Klein${tab}${tab}b@example.org${tab}${tab}1970-05-17${tab}
Cara Lang${tab}${tab}c@example.org${tab}${tab}${tab}
!
t_run 'address books have no ids: they are made' 0 sh -c \
    'CRM_DIR=book; export CRM_DIR; crm-import thunderbird.csv | crm-add -' <<!
C1
C2
C3
!

t_done
