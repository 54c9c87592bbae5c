#!/bin/sh
# crm-show says of each customer what the other commands say of all: the
# sections of all customers of the sample store, put together by Miller, are
# the tables of those commands.  What no other command says is reckoned by
# awk from the files.
# shellcheck disable=SC1010 # `then` is a word of mlr
. "$(dirname "$0")/../lib.sh"

t_need_firm
mkdir -m 700 "$CRM_DIR" && "$firm" "$CRM_DIR"
ids=$(sed 1d "$CRM_DIR/customers.tsv" | cut -f 1)

all() { # OPTIONS: everything of everybody; no number is an empty field
	for id in $ids; do
		crm-show -o json "$@" "$id" || return
	done | sed 's/:null/:""/g'
}

# Rows of a section, a list or a record, behind the customer's id; only
# these columns.  Sorted, as tables are compared.
list() { # SECTION COLUMNS
	mlr --ijson --otsv put -q 'for (r in $'"$1"') {
		emit1 mapsum({"id": $customer["id"]}, r) }' \
	    'then' unsparsify 'then' cut -o -f "id,$2" | sed 1d | sort
}
record() { # SECTION COLUMNS
	mlr --ijson --otsv put -q 'if (length($'"$1"') > 0) {
		emit1 mapsum({"id": $customer["id"]}, $'"$1"') }' \
	    'then' unsparsify 'then' cut -o -f "id,$2" | sed 1d | sort
}
table() { # COLUMNS, of a command's table on standard input
	mlr --tsv cut -o -f "$1" | sed 1d | sort
}
same() { # NAME: ./got is ./want, and says something
	t_ok "$1" sh -c '[ -s got ] && diff want got'
}

laws() { # WHEN STATES FLOWS: options of states, and of flows
	when=$1 states=$2 flows=$3
	# shellcheck disable=SC2086 # options are words
	all $flows >all

	cols=kind,topic,channel,opened,by,first_reply,due,state
	list cases "case,$cols" <all >got
	# shellcheck disable=SC2086
	crm-ticket $states 2>/dev/null | mlr --tsv filter '$state != "solved"' |
	    table "customer,case,$cols" >want
	same "cases are those of crm-ticket, $when"

	cols=channel,purpose,state,since,version
	list consent "$cols" <all >got
	# shellcheck disable=SC2086
	crm-consent $states | table "id,$cols" >want
	same "consent is that of crm-consent, $when"

	cols=balance,tier,year,earned,returned,redeemed,expired,expiring
	cols=$cols,expires,vouchers,vouchers_redeemed,vouchers_expired
	cols=$cols,voucher_value,voucher_due
	record points "$cols" <all >got
	# shellcheck disable=SC2086
	crm-points $flows 2>/dev/null | table "id,$cols" >want
	same "points are those of crm-points, $when"

	list due day,by,what,why,ref <all >got
	# shellcheck disable=SC2086
	crm-due $flows | table id,day,by,what,why,ref >want
	same "what is due is that of crm-due, $when"

	cols=response_days,orders,revenue
	mlr --ijson --ojson put -q 'for (c in $campaigns) {
		c["bounced"] = c["reached"] == "no" ? 1 : 0;
		c["responses"] = c["responded"] == "yes" ? 1 : 0;
		c["id"] = $customer["id"]; emit1 c }' <all |
	    mlr --ijson --otsv cut -o -f \
		"id,campaign,sent,bounced,responses,$cols" |
	    sed 1d | sort >got
	# shellcheck disable=SC2086
	crm-campaign --by customer $flows | mlr --tsv filter '$sent > 0' |
	    table "group,campaign,first,bounced,responses,$cols" >want
	same "campaigns are those of crm-campaign, $when"

	mlr --ijson --otsv put -q 'for (d in $deals) {
		emit1 mapsum({"id": $customer["id"]}, d) }' then \
	    put '$n = 1; $month = sub($due, "-..$", "");
		$value = fmtnum($value, "%.2lf")' then \
	    stats1 -a sum -f n,value,weighted -g id then \
	    put '$value_sum = fmtnum($value_sum, "%.2lf");
		$weighted_sum = fmtnum($weighted_sum, "%.2lf")' <all |
	    sed 1d | sort >got
	# shellcheck disable=SC2086
	crm-funnel --forecast --by customer $states | mlr --tsv \
	    stats1 -a sum -f deals,value,weighted -g group then \
	    put '$value_sum = fmtnum($value_sum, "%.2lf");
		$weighted_sum = fmtnum($weighted_sum, "%.2lf")' |
	    sed 1d | sort >want
	same "deals come to the forecast of crm-funnel, $when"

	cols=abc,share,rfm,segment,stage,key
	record segment "$cols" <all >got
	# shellcheck disable=SC2086
	crm-segment $flows | mlr --tsv put '$key = $key == "" ? "no" : $key' |
	    table "id,$cols" >want
	same "segments are those of crm-segment, $when"

	cols=orders,revenue,refunds,cost,first_order,last_order,contacts
	cols=$cols,minutes,last_contact
	# shellcheck disable=SC2086
	crm-stat $flows | mlr --tsv filter '$id != ""' | table "id,$cols" >want
	# who did nothing then is not in there
	record value "$cols" <all | awk -F '\t' '
		NR == FNR { there[$1]; next } $1 in there || $2 + $3 + $8' \
	    want - >got
	same "value is that of crm-stat, $when"
}

laws 'now' '' ''
laws 'on a past day' '--as-of 2026-03-31' '--as-of 2026-03-31'
laws 'of a period' '--as-of 2026-11-18' '-p 2026-10..2026-11-18'

# --- what only crm-show says, by awk ---------------------------------------

all >all
journal=$CRM_DIR/journal.tsv

list tasks task,due,by,topic <all >got
sed 1d "$journal" | sort -t "$(printf '\t')" -k 1,1 | awk -F '\t' '
	$3 == "todo" { row[$8] = $2 "\t" $8 "\t" $7 "\t" $10 "\t" $9 }
	$3 == "done" { delete row[$8] }
	END { for (r in row) print row[r] }' | sort >want
same 'tasks are open until they are done'

list contracts contract,due,value,topic <all >got
sed 1d "$journal" | sort -t "$(printf '\t')" -k 1,1 | awk -F '\t' '
	$3 == "contract" { row[$8] = $2 "\t" $8 "\t" $7 "\t" $6 "\t" $9 }
	END { for (r in row) print row[r] }' | sort >want
t_ok 'contracts are what was agreed last' sh -c '
	sed "s/\.00//" got >got.plain; sed "s/\.00//" want | diff - got.plain'

record origin first_touch <all | awk -F '\t' '$2 != ""' >got
sed 1d "$journal" | grep -vE '^[^	]*	[^	]*	(note|item|cost|assign|todo|done|x-[^	]*)	' |
    sort -t "$(printf '\t')" -k 1,1 |
    awk -F '\t' '$2 != "" && !seen[$2]++ { print $2 "\t" $1 }' |
    sort >want
same 'the first touch is the first event that the customer has a part in'

mlr --ijson --otsv put -q 'for (r in $referred) {
	emit1 {"by": $customer["id"], "who": r["id"], "orders": r["orders"],
	    "net": r["net"]} }' <all | sed 1d | sort >got
crm-segment | mlr --tsv cut -o -f id,orders,net >seg
awk -F '\t' 'NR == FNR { if (FNR > 1) row[$1] = $2 "\t" $3; next }
	FNR == 1 { for (i = 1; i <= NF; i++) col[$i] = i; next }
	sub(/^referral:/, "", $col["source"]) {
		print $col["source"] "\t" $1 "\t" row[$1] }' \
    seg "$CRM_DIR/customers.tsv" | sort >want
same 'who was referred by whom is in both of their views'
t_ok 'and in that of who was' sh -c '
	mlr --ijson --otsv put -q "if (\$origin[\"referred_by\"] != \"\") {
		emit1 {\"by\": \$origin[\"referred_by\"],
		    \"who\": \$customer[\"id\"]} }" <all | sed 1d | sort >has
	[ -s has ] && cut -f 1,2 want | diff - has'

t_done
