# The fold of crm-stat, for awk: the same columns, rows in any order.
BEGIN {
	FS = OFS = "\t"
	split("deal won lost leave return", s, " ")
	for (i in s) code[s[i]] = i
}
FNR == 1 { next }
{
	c = $2; t = $1; k = $3
	if (!(c in events) || t < first[c]) first[c] = t
	if (t > last[c]) last[c] = t
	events[c]++
	if ($5 != "" && (t > tone_t[c] || t == tone_t[c] && $5 + 0 < tone[c] + 0)) {
		tone_t[c] = t; tone[c] = $5
	}
}
k == "in" || k == "out" || k == "visit" { minutes[c] += int($6 * 100 + 0.5) }
k == "in" || k == "out" || k == "visit" || k == "complaint" ||
k == "request" || k == "reply" {
	contacts[c]++
	if (t > contact[c]) contact[c] = t
}
k == "order" {
	v = int($6 * 100 + 0.5); day = substr(t, 1, 10)
	orders[c]++; revenue[c] += v
	if (!((c, day) in seen)) { seen[c, day]; days[c]++ }
	if (!(c in day1) || day < day1[c]) { day1[c] = day; spend[c] = v }
	else if (day == day1[c]) spend[c] += v
	if (day > dayn[c]) dayn[c] = day
}
k == "refund" { refunds[c] += int($6 * 100 + 0.5) }
k == "cost" {
	cost[c] += int($6 * 100 + 0.5)
	if ($9 == "service") service[c] += int($6 * 100 + 0.5)
}
k == "complaint" || k == "request" { cases[c]++ }
k == "solve" { solved[c]++ }
k == "nps" && (t > nps_t[c] || t == nps_t[c] && $6 + 0 < nps[c] + 0) { nps_t[c] = t; nps[c] = $6 }
k == "csat" && (t > csat_t[c] || t == csat_t[c] && $6 + 0 < csat[c] + 0) { csat_t[c] = t; csat[c] = $6 }
k in code && (t > state_t[c] || t == state_t[c] && code[k] > code[state[c]]) {
	state_t[c] = t; state[c] = k
}
END {
	for (c in events)
		print c, first[c], last[c], events[c], contacts[c] + 0,
		    sprintf("%.2f", minutes[c] / 100), contact[c], tone[c],
		    tone_t[c], orders[c] + 0, days[c] + 0, day1[c], dayn[c],
		    sprintf("%.2f", spend[c] / 100),
		    sprintf("%.2f", revenue[c] / 100),
		    sprintf("%.2f", refunds[c] / 100),
		    sprintf("%.2f", cost[c] / 100),
		    sprintf("%.2f", service[c] / 100), cases[c] + 0,
		    solved[c] + 0, nps[c], nps_t[c], csat[c], csat_t[c],
		    state[c], state_t[c]
}
