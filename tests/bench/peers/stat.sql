-- The fold of crm-stat, for SQLite.  The latest of something is the greatest
-- `time code`; the code of what counts at equal times is the greater.
WITH spent AS (
	SELECT customer AS who, substr(time, 1, 10) AS day,
	    sum(CAST(round(CAST(value AS double) * 100) AS bigint)) AS cents
	FROM j WHERE kind = 'order' GROUP BY customer, substr(time, 1, 10)
), days AS (
	SELECT who, count(*) AS n, min(day) AS day1, max(day) AS dayn,
	    sum(cents) AS cents FROM spent GROUP BY who
), begun AS (
	SELECT days.*, spent.cents AS spend
	FROM days JOIN spent ON spent.who = days.who AND spent.day = days.day1
), fold AS (
	SELECT customer, min(time) AS first, max(time) AS last,
	    count(*) AS events,
	    sum(CASE WHEN kind IN ('in', 'out', 'visit', 'complaint',
	        'request', 'reply') THEN 1 ELSE 0 END) AS contacts,
	    sum(CASE WHEN kind IN ('in', 'out', 'visit') AND value <> ''
	        THEN CAST(round(CAST(value AS double) * 100) AS bigint)
	        ELSE 0 END) AS minutes,
	    max(CASE WHEN kind IN ('in', 'out', 'visit', 'complaint',
	        'request', 'reply') THEN time END) AS contact,
	    max(CASE WHEN tone <> '' THEN time || (2 - tone) END) AS tone,
	    sum(CASE WHEN kind = 'order' THEN 1 ELSE 0 END) AS orders,
	    sum(CASE WHEN kind = 'refund'
	        THEN CAST(round(CAST(value AS double) * 100) AS bigint)
	        ELSE 0 END) AS refunds,
	    sum(CASE WHEN kind = 'cost'
	        THEN CAST(round(CAST(value AS double) * 100) AS bigint)
	        ELSE 0 END) AS cost,
	    sum(CASE WHEN kind = 'cost' AND topic = 'service'
	        THEN CAST(round(CAST(value AS double) * 100) AS bigint)
	        ELSE 0 END) AS service,
	    sum(CASE WHEN kind IN ('complaint', 'request') THEN 1 ELSE 0 END)
	        AS cases,
	    sum(CASE WHEN kind = 'solve' THEN 1 ELSE 0 END) AS solved,
	    max(CASE WHEN kind = 'nps' THEN time || (20 - value) END) AS nps,
	    max(CASE WHEN kind = 'csat' THEN time || (20 - value) END) AS csat,
	    max(time || CASE kind WHEN 'deal' THEN 1 WHEN 'won' THEN 2
	        WHEN 'lost' THEN 3 WHEN 'leave' THEN 4 WHEN 'return' THEN 5 END) AS state
	FROM j GROUP BY customer
)
SELECT nullif(customer, '') AS id, first, last, events, contacts,
    printf('%.2f', minutes / 100.0) AS minutes, contact,
    2 - substr(tone, 21) AS tone, substr(tone, 1, 20) AS tone_time, orders,
    coalesce(n, 0), day1, dayn, printf('%.2f', coalesce(spend, 0) / 100.0),
    printf('%.2f', coalesce(cents, 0) / 100.0),
    printf('%.2f', refunds / 100.0), printf('%.2f', cost / 100.0),
    printf('%.2f', service / 100.0), cases, solved, 20 - substr(nps, 21),
    substr(nps, 1, 20), 20 - substr(csat, 21), substr(csat, 1, 20),
    CASE substr(state, 21) WHEN '1' THEN 'deal' WHEN '2' THEN 'won'
	WHEN '3' THEN 'lost' WHEN '4' THEN 'leave' WHEN '5' THEN 'return' END,
    substr(state, 1, 20)
FROM fold LEFT JOIN begun ON who = customer
