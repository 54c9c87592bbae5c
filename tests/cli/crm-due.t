#!/bin/sh
# crm-due: each rule by hand, and tasks, birthdays and contacts beside sqlite3.
. "$(dirname "$0")/../lib.sh"

t_need_firm
usage=$(crm-due --help | sed '/^what to do/,$d')
tab=$(printf '\t')

header='time\tcustomer\tkind\tvalue\tdue\tref\ttopic\tby\ttext\n'
journal() { # FILE: from lines of standard input with blanks for TABs, - empty
	printf "$header" >"$1"
	sed "s/  *-\$/ /;s/  */$tab/g;s/$tab-/$tab/g;s/_/ /g" >>"$1"
}
rows='cut -f 1-3,5-7'

# --- tasks -----------------------------------------------------------------------

# T1 due; T2 done; T3 done and given again; T4 too far ahead; one without a day
# and a ref; T5 done by another customer of the firm; T6 moved to another day
# and person.
journal tasks.tsv <<'!'
2026-11-01 C1 todo - 2026-11-20 T1 - anna call_back
2026-11-01 C1 todo - 2026-11-20 T2 - anna call_back
2026-11-02 C1 done - - T2 - anna -
2026-11-01 C1 todo - 2026-11-10 T3 - anna visit
2026-11-02 C1 done - - T3 - - -
2026-11-03 C1 todo - 2026-11-28 T3 - - -
2026-11-01 C1 todo - 2026-11-29 T4 - bernd later
2026-11-04 C2 todo - - - offer - -
2026-11-01 C1 todo - 2026-11-20 T5 - anna -
2026-11-02 C2 done - - T5 - - -
2026-11-01 C3 todo - 2026-11-20 T6 - anna write
2026-11-05 C3 todo - 2026-11-22 T6 - bernd -
!
t_run 'tasks that are not done' 0 sh -c "crm-due tasks.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-11-04		C2	task	task of 2026-11-04: offer	
2026-11-20	anna	C1	task	task of 2026-11-01: call back	T1
2026-11-22	bernd	C3	task	task of 2026-11-05: write	T6
2026-11-28	anna	C1	task	task of 2026-11-03: visit	T3
!
t_run 'further ahead' 0 \
	sh -c "crm-due --days 8 --for bernd tasks.tsv | cut -f 1-3,7" <<'!'
day	by	id	ref
2026-11-22	bernd	C3	T6
2026-11-29	bernd	C1	T4
!
t_run 'today and what is overdue' 0 \
	sh -c "crm-due --days 0 tasks.tsv | cut -f 1,7" <<'!'
day	ref
2026-11-04	
2026-11-20	T1
!
t_run 'a period has what is due in it' 0 \
	sh -c "crm-due -p 2026-11-21..2026-11-28 tasks.tsv | cut -f 1,7" <<'!'
day	ref
2026-11-22	T6
2026-11-28	T3
!
t_run 'as of a past day: T2 is not done yet, T6 still with anna' 0 \
	sh -c "crm-due --as-of 2026-11-01 --days 30 tasks.tsv | cut -f 1,2,7" <<'!'
day	by	ref
2026-11-10	anna	T3
2026-11-20	anna	T1
2026-11-20	anna	T2
2026-11-20	anna	T5
2026-11-20	anna	T6
2026-11-29	bernd	T4
!
t_run 'a task is chosen by the event that opens it' 0 \
	sh -c "crm-due -w 'text = \"visit\"' tasks.tsv | cut -f 1,7" <<'!'
day	ref
2026-11-28	T3
!
t_run 'what nobody is to do' 0 \
	sh -c "crm-due --for '' tasks.tsv | cut -f 1-3" <<'!'
day	by	id
2026-11-04		C2
!

# Refs that several customers have: C1 and C2 were given both T1 and L1, and D1
# is a deal of each; of C2 only the ref is known. C1 has done T1, nobody T2.
journal shared.tsv <<'!'
2026-11-01 C1 todo - 2026-11-20 T1 call anna of_C1
2026-11-02 C2 todo - 2026-11-21 T1 - - -
2026-11-03 C1 done - - T1 - - -
2026-11-01 C1 todo - 2026-11-20 T2 call anna of_C1
2026-11-02 C2 todo - - T2 - - -
2026-11-03 C3 done - - T2 - - -
2026-11-01 C1 contract 10 2026-11-30 L1 care anna -
2026-11-02 C2 contract 10 2026-11-30 L1 - - -
2026-11-01 C1 deal 10 2026-11-23 D1 offer anna -
2026-11-02 C2 deal 10 2026-11-24 D1 - - -
!
printf 'id\nC1\n' >c1.tsv
t_run 'of one ref each customer has his own' 0 sh -c "
	crm-due --what task,contract,deal shared.tsv | $rows
	crm-due -c c1.tsv --what task shared.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-11-02		C2	task	task of 2026-11-02	T2
2026-11-20	anna	C1	task	task of 2026-11-01: of C1	T2
2026-11-21		C2	task	task of 2026-11-02	T1
2026-11-23	anna	C1	deal	is to close, last moved on 2026-11-01: offer	D1
2026-11-24		C2	deal	is to close, last moved on 2026-11-02	D1
2026-11-30		C2	contract	contract of 2026-11-02 ends	L1
2026-11-30	anna	C1	contract	contract of 2026-11-01 ends: care	L1
day	by	id	what	why	ref
2026-11-20	anna	C1	task	task of 2026-11-01: of C1	T2
!
printf '%b' 'id\taccount\nC1\tC2\n' >customers.tsv
mkdir same && mv customers.tsv same && cp shared.tsv same/journal.tsv
t_run 'but those of an account have one' 0 \
	sh -c "crm-due -a -d same --what task,contract,deal | $rows" <<'!'
day	by	id	what	why	ref
2026-11-24	anna	C2	deal	is to close, last moved on 2026-11-02: offer	D1
2026-11-30	anna	C2	contract	contract of 2026-11-02 ends: care	L1
!

# --- cases -----------------------------------------------------------------------

# K1 no reply; K2 replied to; K3 solved; K4 reopened, three days later; K5 with a
# day of its own; K6 handed over.
journal cases.tsv <<'!'
2026-11-18T10:00:00Z C1 complaint - - K1 delivery anna -
2026-11-18T10:00:00Z C1 request - - K2 - anna -
2026-11-18T11:00:00Z C1 reply - - K2 - - -
2026-11-18T10:00:00Z C2 complaint - - K3 - anna -
2026-11-18T11:00:00Z C2 solve - - K3 - - -
2026-11-10T10:00:00Z C2 request - - K4 care anna -
2026-11-10T11:00:00Z C2 reply - - K4 - - -
2026-11-10T12:00:00Z C2 solve - - K4 - - -
2026-11-13T12:00:00Z C2 reopen - - K4 - - -
2026-11-18T10:00:00Z C3 request - 2026-11-26 K5 - - -
2026-11-18T11:00:00Z C3 reply - - K5 - - -
2026-11-18T10:00:00Z C4 request - - K6 - anna -
2026-11-18T11:00:00Z C4 assign - - K6 - esra -
!
t_run 'replies and solutions that are owed' 0 \
	sh -c "crm-due --what reply,solve cases.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-11-16	anna	C2	solve	request of 2026-11-10, not solved yet: care	K4
2026-11-19	anna	C1	reply	complaint of 2026-11-18, no reply yet: delivery	K1
2026-11-19	esra	C4	reply	request of 2026-11-18, no reply yet	K6
2026-11-21	anna	C1	solve	request of 2026-11-18, not solved yet	K2
2026-11-26		C3	solve	request of 2026-11-18, not solved yet	K5
!

# Mon-Fri 9-17: from Friday 16:00 a reply within 8 hours is due on Monday 16:00.
# Clocks were put back on Sunday 25 October: 24 hours from Saturday 23:30 are
# over at 22:30 on Sunday.
mkdir hours
printf 'key\tvalue\ntimezone\tEurope/Berlin\n' >hours/settings.tsv
printf 'business_hours\t9-17\nreply_hours\t8\n' >>hours/settings.tsv
journal hours/journal.tsv <<'!'
2026-11-20T15:00:00Z C1 request - - K1 - - -
!
t_run 'in business hours' 0 \
	sh -c 'crm-due -d hours --what reply | cut -f 1,3' <<'!'
day	id
2026-11-23	C1
!
mkdir dst
printf 'key\tvalue\ntimezone\tEurope/Berlin\n' >dst/settings.tsv
journal dst/journal.tsv <<'!'
2026-10-24T21:30:00Z C1 request - - K1 - - -
2026-10-25T22:30:00Z C2 todo - - T1 - - -
2026-10-25T23:30:00Z C3 todo - - T2 - - -
!
t_run 'over the end of summer time' 0 \
	sh -c 'crm-due -d dst --as-of 2026-10-26 | cut -f 1,3' <<'!'
day	id
2026-10-25	C1
2026-10-25	C2
2026-10-26	C3
!

# --- contacts --------------------------------------------------------------------

# Of 3560, A1 to A5 are class A, B1 begins at 92.7 % and is B, Z1 is C.  A2
# sleeps since 2026-05-01 + 181 days; A3 has left, A4 is released, A5 blocked.
mkdir care
printf 'id\tname\towner\ttags\tcreated\tphone\temail\n' >care/customers.tsv
printf '%b' 'A1\tAnn\tanna\t\t\t030 1\ta@x.example\n' \
	'A2\tBob\tbernd\t\t\t\t\n' 'A3\tCid\tanna\t\t\t\t\n' \
	'A4\tDan\tanna\tvip, released\t\t\t\n' \
	'A5\tEve\tanna\tblocked\t\t\t\n' \
	'L1\tLea\tanna\t\t2026-11-01\t\t\n' >>care/customers.tsv
journal care/journal.tsv <<'!'
2026-10-01 A1 order 800 - - - - -
2026-10-20 A1 in - - - - - -
2026-10-22 A1 sent - - - - - -
2026-05-01 A2 order 700 - - - - -
2026-06-01 A2 visit - - - - - -
2026-10-01 A3 order 600 - - - - -
2026-10-02 A3 leave - - - - - -
2026-10-01 A4 order 600 - - - - -
2026-10-01 A5 order 600 - - - - -
2026-09-20 B1 order 250 - - - - -
2026-06-01 Z1 order 10 - - - - -
!
t_run 'contacts by class, and who is to be woken' 0 crm-due -d care <<'!'
day	by	id	name	what	why	ref	phone	email
2026-10-29	bernd	A2	Bob	wake	class A, no order since 2026-05-01			
2026-11-19		B1		follow_up	class B, no contact since 2026-09-20			
2026-11-19	anna	A1	Ann	follow_up	class A, last contact on 2026-10-20		030 1	a@x.example
!
t_run 'who left and came back, is let go, or blocked' 0 sh -c '
	mkdir back && cp care/journal.tsv back
	sed "s/released//;s/blocked//" care/customers.tsv >back/customers.tsv
	printf "2026-10-03\tA3\treturn\t\t\t\t\t\t\n" >>back/journal.tsv
	crm-due -d back --what follow_up | cut -f 1-3,6' <<'!'
day	by	id	why
2026-10-31	anna	A3	class A, no contact since 2026-10-01
2026-10-31	anna	A4	class A, no contact since 2026-10-01
2026-10-31	anna	A5	class A, no contact since 2026-10-01
2026-11-19		B1	class B, no contact since 2026-09-20
2026-11-19	anna	A1	class A, last contact on 2026-10-20
!
t_run 'a contact puts it off' 0 sh -c '
	printf "2026-11-15\tA2\tout\t\t\t\t\t\t\n" |
	cat care/journal.tsv - >called.tsv
	crm-due -d care --days 40 --what wake called.tsv | cut -f 1,3,6' <<'!'
day	id	why
2026-12-15	A2	class A, no order since 2026-05-01
!
t_run 'by the settings; class C too, and leads since they are known' 0 sh -c '
	printf "key\tvalue\ncare_days_A\t0\ncare_days_C\t10\n" >care/settings.tsv
	crm-due -d care | cut -f 1-3,5,6' <<'!'
day	by	id	what	why
2026-06-11		Z1	follow_up	class C, no contact since 2026-06-01
2026-10-29	bernd	A2	wake	class A, no order since 2026-05-01
2026-11-11	anna	L1	follow_up	class C, no contact since 2026-11-01
2026-11-19		B1	follow_up	class B, no contact since 2026-09-20
!
t_run 'without care a call to a sleeping customer is enough' 0 \
	sh -c 'crm-due -d care --days 40 --what wake called.tsv' <<'!'
day	by	id	name	what	why	ref	phone	email
!
rm care/settings.tsv

# --- a period that is open ---------------------------------------------------------

mkdir open
printf 'id\tname\n' >open/customers.tsv
printf 'time\tcustomer\tkind\tvalue\tdue\tref\n' >open/journal.tsv
printf '%b' '2026-01-01\tC1\tcontract\t5\t2026-12-20\tv1\n' \
	'2026-06-01\tC1\tnps\t3\t\t\n' '2026-07-01\tC2\tcomplaint\t\t\tK1\n' \
	'2026-01-02\tC2\ttodo\t\t2026-12-01\tt1\n' >>open/journal.tsv
for p in ..2026-11-30 1900-01-01..2026-11-30; do
	t_run "only what has its day in $p" 0 \
		sh -c "crm-due -d open -p $p --what thanks,apology,contract,task |
		    cut -f 1,3,5" <<'!'
day	id	what
2026-06-08	C1	thanks
2026-07-04	C2	apology
!
done
t_run 'crm-show says the same' 0 \
	sh -c 'crm-show -d open -p ..2026-11-30 C1 | grep "^due.what"' <<'!'
due	what	thanks
!
t_run 'open to the end' 0 sh -c 'crm-due -d open -p 2026-11-22.. \
	--what thanks,apology,contract,task | cut -f 1,3,5' <<'!'
day	id	what
2026-12-01	C2	task
2026-12-20	C1	contract
!

# --- birthdays ---------------------------------------------------------------------

mkdir born
printf 'id\tbirthday\taccount\ttags\n' >born/customers.tsv
printf '%b' 'F29\t1980-02-29\t\t\n' 'F28\t2000-02-28\t\t\n' 'M1\t--03-01\t\t\n' \
	'N31\t1990-12-31\tM1\t\n' 'J1\t--01-01\t\t\n' 'N21\t1926-11-21\t\t\n' \
	'N20\t1926-11-20\t\t\n' 'NEW\t2026-11-22\t\t\n' \
	'REL\t--11-22\t\treleased\n' 'KID\t--11-23\tREL\t\n' 'NEVER\t\t\t\n' >>born/customers.tsv
printf 'time\tcustomer\tkind\n2026-11-01\tGONE\tleave\n' >born/journal.tsv
printf 'GONE\t--11-22\t\t\n' >>born/customers.tsv
birthdays="cut -f 1,3,6"
t_run 'birthdays of today and the week' 0 sh -c "crm-due -d born | $birthdays" <<'!'
day	id	why
2026-11-21	N21	becomes 100 years old
2026-11-23	KID	birthday
!
t_run 'not those of an account that is let go' 0 \
	sh -c "crm-due -a -d born | $birthdays" <<'!'
day	id	why
2026-11-21	N21	becomes 100 years old
!
mkdir turned
cp born/journal.tsv turned
{ head -n 1 born/customers.tsv; tail -n +2 born/customers.tsv | tac; } \
	>turned/customers.tsv
t_run 'in whatever order the rows are' 0 \
	sh -c 'crm-due -a -d born >a; crm-due -a -d turned | diff a -' <<'!'
!
t_run 'across the turn of the year' 0 \
	sh -c "crm-due -d born --as-of 2026-12-27 | $birthdays" <<'!'
day	id	why
2026-12-31	N31	becomes 36 years old
2027-01-01	J1	birthday
!
t_run '29 February in a common year' 0 \
	sh -c "crm-due -d born --as-of 2027-02-25 | $birthdays" <<'!'
day	id	why
2027-02-28	F28	becomes 27 years old
2027-02-28	F29	becomes 47 years old
2027-03-01	M1	birthday
!
t_run 'and in a leap year' 0 \
	sh -c "crm-due -d born --as-of 2028-02-25 | $birthdays" <<'!'
day	id	why
2028-02-28	F28	becomes 28 years old
2028-02-29	F29	becomes 48 years old
2028-03-01	M1	birthday
!
t_run 'the next one only, once a customer' 0 sh -c "
	crm-due -d born --days 1000 | cut -f 3 | tail -n +2 | sort | uniq -d" <<'!'
!
t_run 'persons of an account have their own' 0 \
	sh -c "crm-due -a -d born --as-of 2026-12-27 | $birthdays" <<'!'
day	id	why
2026-12-31	N31	becomes 36 years old
2027-01-01	J1	birthday
!
t_run 'a month' 0 sh -c "crm-due -d born -p 2026-12 | $birthdays" <<'!'
day	id	why
2026-12-31	N31	becomes 36 years old
!
# Things stand as at the end, behind which the next one is.
for p in ..2026-11-30 1900-01-01..2026-11-30 2025-12-01..2026-11-30; do
	t_run "the last one where the next is behind $p" 0 \
		sh -c "crm-due -d born -p $p | $birthdays" <<'!'
day	id	why
2025-12-31	N31	becomes 35 years old
2026-01-01	J1	birthday
2026-02-28	F28	becomes 26 years old
2026-02-28	F29	becomes 46 years old
2026-03-01	M1	birthday
2026-11-20	N20	becomes 100 years old
2026-11-21	N21	becomes 100 years old
2026-11-23	KID	birthday
!
done
t_run 'several years: as things stand at the end' 0 \
	sh -c "crm-due -d born -p 2026..2028 | $birthdays | grep -E 'F2|KID'" <<'!'
2028-02-28	F28	becomes 28 years old
2028-02-29	F29	becomes 48 years old
2028-11-23	KID	birthday
!
t_run 'or on another day' 0 sh -c "crm-due -d born -p 2026..2028 \
	--as-of 2026-11-21 | $birthdays | grep -E 'F2|KID'" <<'!'
2026-11-23	KID	birthday
2027-02-28	F28	becomes 27 years old
2027-02-28	F29	becomes 47 years old
!
t_run 'they lie behind: those before the end' 0 \
	sh -c "crm-due -d born -p 2020-06..2022-06 | $birthdays | grep -E 'F2|KID'" <<'!'
2021-11-23	KID	birthday
2022-02-28	F28	becomes 22 years old
2022-02-28	F29	becomes 42 years old
!
t_ok 'no birthdays where events are chosen' sh -c '
	[ "$(crm-due -d born -w "kind = in" | wc -l)" -eq 1 ]'
mkdir bad
printf 'time\tcustomer\tkind\n' >bad/journal.tsv
printf 'id\tbirthday\tcreated\nC1\t1980-02-30\t\nC2\t\tsoon\n' >bad/customers.tsv
t_err 'a birthday that is none' 3 "crm-due: bad/customers.tsv:2: birthday: not a birthday: \"1980-02-30\"
crm-due: bad/customers.tsv:3: created: not a day: \"soon\"" crm-due -d bad

# --- answers and complaints --------------------------------------------------------

# C1 was never thanked, C2 was on the day, C3 before he answered again; C4 long
# ago; nobody's answer.
journal words.tsv <<'!'
2026-11-10T12:00:00Z C1 nps 9 - s1 - - -
2026-11-12T12:00:00Z C1 csat 4 - s2 - - -
2026-11-10T12:00:00Z C2 nps 9 - s1 - - -
2026-11-10 C2 thanks - - s1 - - -
2026-11-10 C3 ces 7 - s1 - - -
2026-11-11 C3 thanks - - s1 - - -
2026-11-20 C3 ces 6 - s2 - - -
2026-08-15 C4 nps 0 - s1 - - -
2026-11-10 - nps 3 - s1 - - -
2026-11-10 C1 complaint - - K1 delivery - -
2026-11-10 C2 complaint - - K2 - - -
2026-11-11 C9 apology - - K2 - - -
2026-11-10T09:00:00Z C3 complaint - - K3 - - -
2026-11-10 C3 apology - - - - - -
2026-11-12 C3 complaint - - K4 - - -
2026-11-10 C4 complaint - - K5 - - -
2026-11-12 C4 apology - - K6 - - -
2026-08-19 C5 complaint - - K7 - - -
!
t_run 'thanks owed' 0 sh -c "crm-due --what thanks words.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-11-17		C1	thanks	answered nps 9 on 2026-11-10, no thanks yet	s1
2026-11-27		C3	thanks	answered ces 6 on 2026-11-20, no thanks yet	s2
!
t_run 'apologies owed' 0 sh -c "crm-due --what apology words.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-11-13		C1	apology	complaint of 2026-11-10, no apology yet: delivery	K1
2026-11-13		C4	apology	complaint of 2026-11-10, no apology yet	K5
2026-11-15		C3	apology	complaint of 2026-11-12, no apology yet	K4
!
# K1 is of three customers: C1 got an apology, C3 one from before.
journal refs.tsv <<'!'
2026-11-10 C1 complaint - - K1 - - -
2026-11-10 C2 complaint - - K1 - - -
2026-11-10 C3 complaint - - K1 - - -
2026-11-11 C1 apology - - K1 - - -
2026-11-09 C3 apology - - K1 - - -
2026-11-12 C4 complaint - - K2 - - -
2026-11-12 C4 apology - - K2 - - -
!
t_run 'an apology is not one to all who have the same ref' 0 \
	sh -c 'crm-due --what apology refs.tsv | cut -f 1,3,7' <<'!'
day	id	ref
2026-11-13	C2	K1
2026-11-13	C3	K1
!
printf '%b' 'id\taccount\nC2\tC1\nC3\tC1\n' >customers.tsv
mkdir refs && mv customers.tsv refs && cp refs.tsv refs/journal.tsv
t_run 'unless they are of one account' 0 \
	sh -c 'crm-due -a -d refs --what apology | cut -f 1,3,7' <<'!'
day	id	ref
!
t_run 'they are owed for 90 days' 0 sh -c "
	crm-due --as-of 2026-11-20 --what thanks,apology words.tsv | head -n 3 |
	cut -f 1,3,7" <<'!'
day	id	ref
2026-08-22	C4	s1
2026-08-22	C5	K7
!
t_run 'or in the period that is asked for' 0 sh -c "
	crm-due -p 2026-08 --what thanks,apology words.tsv | cut -f 1,3,7" <<'!'
day	id	ref
2026-08-22	C4	s1
2026-08-22	C5	K7
!

# --- deals, contracts, vouchers ------------------------------------------------------

# D1 open and late, D2 won, D3 put off, D4 without a day; V1 ended, V2 in 14 days,
# V3 in 22, V4 redeemed; L1 ends in 60 days, L2 prolonged, L3 without an end now,
# L4 ended 90 days ago, L5 91 days ago, L6 in 68 days.
journal ends.tsv <<'!'
2026-10-01 C1 deal 500 2026-11-15 D1 lead anna -
2026-10-05 C1 deal - - D1 offer - -
2026-10-01 C1 deal 500 2026-11-15 D2 lead anna -
2026-10-09 C1 won 500 - D2 - - -
2026-10-01 C1 deal 500 2026-11-15 D3 lead - -
2026-10-09 C1 deal - 2027-01-15 D3 offer - -
2026-10-01 C1 deal 500 - D4 lead - -
2026-10-01 C2 voucher 20 2026-11-20 V1 - - -
2026-10-01 C2 voucher 12.5 2026-12-05 V2 - - -
2026-10-01 C2 voucher 20 2026-12-13 V3 - - -
2026-10-01 C2 voucher 20 2026-12-01 V4 - - -
2026-10-02 C2 redeem 20 - V4 - - -
2026-01-01 C3 contract - 2027-01-20 L1 care anna -
2025-01-01 C3 contract - 2026-12-31 L2 - - -
2026-10-01 C3 contract - 2027-12-31 L2 - - -
2025-01-01 C3 contract - 2026-12-31 L3 - - -
2026-10-01 C3 contract - - L3 - - -
2025-01-01 C3 contract - 2026-08-23 L4 - - -
2025-01-01 C3 contract - 2026-08-22 L5 - - -
2025-01-01 C3 contract - 2027-01-28 L6 - - -
!
t_run 'deals, contracts and vouchers' 0 sh -c "crm-due --days 0 ends.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-08-23		C3	contract	contract of 2025-01-01 ends	L4
2026-11-15	anna	C1	deal	is to close, last moved on 2026-10-05: offer	D1
2026-12-05		C2	voucher	voucher of 12.50 ends, not redeemed	V2
2027-01-20	anna	C3	contract	contract of 2026-01-01 ends: care	L1
!
journal codes.tsv <<'!'
2025-11-01 C1 voucher 5 2025-12-24 SALE - - -
2026-11-01 C1 voucher 10 2026-11-25 SALE - - -
2026-11-01 C2 voucher 10 2026-11-25 SALE - - -
2026-11-02 C2 voucher 20 2026-11-26 SALE - - -
2026-11-01 C3 voucher 10 2026-11-25 SALE - - -
2026-11-03 C1 redeem 10 - SALE - - -
2026-11-03 C2 redeem 10 - SALE - - -
2026-11-03 C4 redeem 10 - SALE - - -
2026-11-01 C1 voucher 10 2026-11-25 OWN - - -
2026-11-03 C2 redeem 10 - OWN - - -
!
t_run 'of one code each redeems his own' 0 sh -c "crm-due codes.tsv | $rows" <<'!'
day	by	id	what	why	ref
2026-11-25		C3	voucher	voucher of 10.00 ends, not redeemed	SALE
2026-11-26		C2	voucher	voucher of 20.00 ends, not redeemed	SALE
!
t_run 'in groups' 0 crm-due --days 8 --by what,by ends.tsv <<'!'
group	by	n	overdue	first
contract		2	1	2026-08-23
contract	anna	1	0	2027-01-20
deal	anna	1	1	2026-11-15
voucher		2	0	2026-12-05
!
t_run 'by month' 0 crm-due --by month ends.tsv <<'!'
group	n	overdue	first
2026-08	1	1	2026-08-23
2026-11	1	1	2026-11-15
2026-12	1	0	2026-12-05
2027-01	1	0	2027-01-20
!
t_run 'by a column of the customers' 0 \
	crm-due -d care --by tags,id <<'!'
group	id	n	overdue	first
	A1	1	1	2026-11-19
	A2	1	1	2026-10-29
	B1	1	1	2026-11-19
!

# --- whose ---------------------------------------------------------------------------

printf 'id\nB1\nA2\n' >some.tsv
t_run 'some customers, classes as among all' 0 \
	sh -c 'crm-due -d care -c some.tsv | cut -f 3,5,6' <<'!'
id	what	why
A2	wake	class A, no order since 2026-05-01
B1	follow_up	class B, no contact since 2026-09-20
!
mkdir firms
printf 'id\taccount\towner\ttags\nF1\t\tanna\t\n' >firms/customers.tsv
printf 'P1\tF1\tbernd\t\nP2\tF1\t\t\n' >>firms/customers.tsv
journal firms/journal.tsv <<'!'
2026-09-01 P1 order 100 - - - - -
2026-10-01 P2 in - - - - - -
2026-11-01 P2 todo - 2026-11-05 T1 - - -
!
t_run 'what is done for one of an account is done for it' 0 \
	sh -c 'crm-due -a -d firms | cut -f 1-3,5' <<'!'
day	by	id	what
2026-10-31	anna	F1	follow_up
2026-11-05	anna	F1	task
!
echo 'id' >p2.tsv && echo P2 >>p2.tsv
t_run 'who asks for a person asks for his account' 0 \
	sh -c 'crm-due -a -d firms -c p2.tsv | cut -f 1-3,5' <<'!'
day	by	id	what
2026-10-31	anna	F1	follow_up
2026-11-05	anna	F1	task
!
mkdir twice
cp firms/journal.tsv twice
printf 'id\towner\ttags\nP1\tanna\t\nP2\t\treleased\n' >twice/customers.tsv
t_run 'tasks of who is let go are not there' 0 \
	sh -c 'crm-due -d twice | cut -f 1-3,5' <<'!'
day	by	id	what
2026-10-01	anna	P1	follow_up
!
printf 'old\tnew\ttime\tfilled\nP2\tP1\t2026-11-01\t\n' >twice/aliases.tsv
t_run 'nor of whom he was merged into' 0 sh -c 'crm-due -d twice' <<'!'
day	by	id	name	what	why	ref	phone	email
!

# --- as a list of customers: an id may be there again ------------------------------

journal list.tsv <<'!'
2026-11-01 C1 todo - 2026-11-20 T1 - anna -
2026-11-01 C1 todo - 2026-11-20 T2 - bernd -
2026-11-01 C1 todo - 2026-11-21 T3 - bernd -
2026-11-01 C2 todo - 2026-11-20 T4 - bernd -
2026-11-02 C1 nps 9 - - - - -
2026-11-02 C2 nps 5 - - - - -
2026-11-02 C3 nps 1 - - - - -
!
crm-due --what task list.tsv >tasks-of.tsv
t_run 'who has several tasks counts once' 0 sh -c '
	crm-due --what task list.tsv | crm-stat -c - list.tsv | cut -f 1,4
	crm-nps --by day -c tasks-of.tsv list.tsv 2>err | cut -f 1-6
	crm-nps --by what -c tasks-of.tsv list.tsv 2>err | cut -f 1-6
	crm-due --what task -c tasks-of.tsv list.tsv | cmp - tasks-of.tsv' <<'!'
id	events
C1	4
C2	2
group	n	promoters	passives	detractors	nps
2026-11-02	2	1	0	1	0.0
group	n	promoters	passives	detractors	nps
task	2	1	0	1	0.0
!
t_err 'but not in two groups' 3 \
	'crm-nps: tasks-of.tsv:3: by: not as in line 2: "bernd"
crm-nps: tasks-of.tsv:5: by: not as in line 2: "bernd"' \
	crm-nps --by by -c tasks-of.tsv list.tsv
t_ok 'nor in two of the store' sh -c '
	mkdir again && cp list.tsv again/journal.tsv &&
	printf "id\nC1\nC1\n" >again/customers.tsv
	crm-due -d again 2>err; [ $? -eq 3 ] && grep -qx \
	    "crm-due: again/customers.tsv:3: id: already in line 2: \"C1\"" err'

# --- words, and what is refused ------------------------------------------------------

t_run 'people read it in their language, scripts do not' 0 sh -c '
	export TEXTDOMAINDIR="${t_bin:-$t_root/build/bin}/../locale" LC_ALL=C.UTF-8
	LANGUAGE=de crm-due -o md --what contract ends.tsv | tail -n 1
	LANGUAGE=de crm-due --what contract ends.tsv | tail -n 1' <<!
| 2027-01-20 | anna | C3 |  | contract | Vertrag vom 2026-01-01 endet: care | L1 |  |  |
2027-01-20${tab}anna${tab}C3${tab}${tab}contract${tab}contract of 2026-01-01 ends: care${tab}L1${tab}${tab}
!
t_err 'nothing that can be due' 2 \
	"crm-due: nothing that can be due: \"taks\" (did you mean \"task\"?)
$usage" crm-due --what reply,taks tasks.tsv
t_err 'what can be' 2 "crm-due: nothing that can be due: \"foo\" (one of: task, reply, solve, follow_up, wake, birthday, thanks, apology, deal, contract, voucher)
$usage" crm-due --what foo tasks.tsv
t_err 'days that are none' 2 "crm-due: --days: not a whole number: \"soon\"
$usage" crm-due --days soon tasks.tsv
t_err 'in German too' 2 "crm-due: --days: keine ganze Zahl: \"soon\"
$(LANGUAGE=de LC_ALL=C.UTF-8 TEXTDOMAINDIR="${t_bin:-$t_root/build/bin}/../locale" \
    crm-due --help | sed '/^was /,$d')" \
	env LANGUAGE=de LC_ALL=C.UTF-8 \
	TEXTDOMAINDIR="${t_bin:-$t_root/build/bin}/../locale" \
	crm-due --days soon tasks.tsv
t_err 'too many' 2 "crm-due: --days: too large: \"36501\"
$usage" crm-due --days 36501 tasks.tsv
t_err 'a period has its days' 2 "crm-due: only one of --days and -p
$usage" crm-due --days 3 -p 2026 tasks.tsv
t_err 'a key that is not there' 2 \
	"crm-due: unknown column: \"waht\" (did you mean \"what\"?)
$usage" crm-due --by waht tasks.tsv
t_err 'too many keys' 2 "crm-due: more than 8 keys to group by
$usage" crm-due --by day,day,day,day,day,day,day,day,day tasks.tsv
t_err 'a day that is none' 3 \
	'crm-due: stdin:2: due: not a day: "tomorrow"' sh -c \
	'printf "time\tcustomer\tkind\tdue\n2026-11-01\tC1\ttodo\ttomorrow\n" | crm-due -'
t_run 'an empty journal' 0 sh -c 'head -n 1 tasks.tsv | crm-due -' <<'!'
day	by	id	name	what	why	ref	phone	email
!

# --- laws -----------------------------------------------------------------------------

awk 'BEGIN {
	srand(7); OFS = "\t"
	print "time", "customer", "kind", "value", "due", "ref", "topic", "by"
	n = split("todo todo done complaint request reply solve reopen assign " \
	    "nps csat thanks apology deal won lost contract voucher redeem " \
	    "order order in leave return", k, " ")
	for (i = 0; i < 1500; i++) {
		kind = k[1 + int(rand() * n)]
		value = kind ~ /nps|csat|redeem/ ? 1 + int(rand() * 5) : \
		    kind ~ /order|voucher/ ? 10 + int(rand() * 90) : ""
		due = kind ~ /todo|contract|voucher|deal|request/ && rand() < .8 ? \
		    sprintf("2026-1%d-%02d", int(rand() * 3), 1 + int(rand() * 28)) : ""
		ref = kind ~ /order|in|leave|return/ || rand() < .1 ? "" : \
		    "R" int(rand() * 150)
		printf "2026-%02d-%02dT%02d:00:00Z\tC%d\t%s\t%s\t%s\t%s\t%s\t%s\n",
		    1 + int(rand() * 11), 1 + int(rand() * 28), int(rand() * 2),
		    rand() * 60, kind, value, due, ref,
		    kind ~ /solve|done|return/ ? "" : "t" int(rand() * 3),
		    rand() < .5 ? "anna" : ""
	}
}' >random.tsv
t_ok 'there is something of each to see' sh -c '
	crm-due --by what random.tsv | tee got | wc -l | grep -qx 11 || { cat got; false; }'
t_law 'order, files and threads do not matter' random.tsv crm-due
t_law 'nor as of a day' random.tsv crm-due --as-of 2026-07-01 --days 30
t_law 'nor in groups' random.tsv crm-due --by by,week,what

# --- the sample, reckoned by sqlite3 -----------------------------------------------------

mkdir -m 700 firm && "$firm" firm || exit 1
TZ=Europe/Berlin sqlite3 -batch :memory: '.mode tabs' \
	'.import firm/customers.tsv c' '.import firm/journal.tsv j' "
	CREATE TABLE e AS SELECT j.*, date(replace(replace(time, 'T', ' '),
	    'Z', ''), 'localtime') AS day FROM j;
	CREATE TABLE s AS SELECT customer AS id,
	    max(time) FILTER (WHERE kind IN ('leave', 'return', 'deal', 'won',
	        'lost')) AS turned, max(day) FILTER (WHERE kind = 'leave') AS gone,
	    max(day) FILTER (WHERE kind = 'order') AS bought,
	    min(day) FILTER (WHERE kind = 'order') AS began,
	    max(day) FILTER (WHERE kind IN ('in', 'out', 'visit', 'complaint',
	        'request', 'reply')) AS met,
	    round(sum(CASE kind WHEN 'order' THEN value WHEN 'refund' THEN -value
	        END) * 100) AS net FROM e WHERE customer <> '' GROUP BY customer;
	CREATE TABLE r AS SELECT id, coalesce(sum(net) OVER (ORDER BY net DESC
	    GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) * 100.0 /
	    sum(net) OVER () AS share FROM s WHERE net > 0;
	CREATE TABLE p AS SELECT c.id, owner, birthday, met, bought,
	    coalesce(met, began, created) AS since,
	    CASE WHEN share < 80 THEN 30 WHEN share < 95 THEN 60 END AS care
	    FROM c LEFT JOIN s USING (id) LEFT JOIN r USING (id)
	    WHERE ',' || replace(tags, ' ', '') || ',' NOT LIKE '%,released,%'
	    AND ',' || replace(tags, ' ', '') || ',' NOT LIKE '%,blocked,%'
	    AND NOT coalesce((SELECT kind FROM e WHERE customer = c.id AND
	        time = turned AND kind IN ('leave', 'return', 'deal', 'won',
	        'lost')) = 'leave' AND coalesce(bought, '') <= gone, 0);
	SELECT t.due, CASE t.by WHEN '' THEN owner ELSE t.by END, t.customer,
	    'task', t.ref FROM e t JOIN p ON p.id = customer WHERE kind = 'todo'
	    AND NOT EXISTS (SELECT 1 FROM e d WHERE d.kind = 'done' AND
	    d.ref = t.ref AND d.time >= t.time) AND t.due <= '2026-12-21'
	UNION ALL SELECT date(since, '+' || care || ' days') AS day, owner, id,
	    'follow_up', '' FROM p WHERE (bought IS NULL OR
	    julianday('2026-11-21') - julianday(bought) <= 180 OR
	    julianday('2026-11-21') - julianday(bought) > 540)
	    AND day <= '2026-12-21'
	UNION ALL SELECT max(date(bought, '+181 days'), coalesce(date(met, '+' ||
	    care || ' days'), '')), owner, id, 'wake', '' FROM p
	    WHERE care NOT NULL AND julianday('2026-11-21') - julianday(bought)
	    BETWEEN 181 AND 540 AND coalesce(date(met, '+' || care || ' days'),
	    '') <= '2026-12-21'
	UNION ALL SELECT '2026' || substr(birthday, -6), owner, id, 'birthday', ''
	    FROM p WHERE '2026' || substr(birthday, -6) BETWEEN '2026-11-21' AND
	    '2026-12-21'
	ORDER BY 1, 2, 3, 4, 5" >want
t_ok 'the sample says the same to sqlite3' sh -c '
	crm-due -d firm --days 30 --what task,follow_up,wake,birthday |
	tail -n +2 | cut -f 1-3,5,7 >got
	[ "$(wc -l <want)" -gt 25 ] && diff want got'

{
	printf "$header"
	awk 'BEGIN {
		for (i = 0; i < 9000; i++)
			printf "2026-11-01\tcustomer-with-a-long-id-%d\ttodo\t" \
			    "\t2026-11-%02d\tT%d\t\t%s\t\n", i * 7 % 9001,
			    i % 30 + 1, i, i % 4 ? "anna" : "bernd"
	}'
} >many.tsv
t_ok 'rows by any number of threads are those of one' sh -c '
	for by in anna bernd; do
		CRM_THREADS=1 crm-due --for $by many.tsv >one
		awk -F "\t" "\$8 == \"$by\" && \$5 <= \"2026-11-28\" {
			print \$6 }" many.tsv | sort >want
		tail -n +2 one | cut -f 7 | sort | cmp - want || exit 1
		for n in 2 3 4; do
			CRM_THREADS=$n crm-due --for $by many.tsv | cmp - one || exit 1
		done
	done'

t_done
