-- The fold of crm-stat as DuckDB is quickest: one pass over the file, values
-- as decimals, the latest of something as the greatest struct of the time and
-- of what counts at equal times.
WITH d AS MATERIALIZED (
	SELECT time, customer, kind, tone, value, topic FROM j
), days AS (
	SELECT customer, left(time, 10) AS day, count(*) AS n, sum(value) AS cents
	FROM d WHERE kind = 'order' GROUP BY ALL
), trade AS (
	SELECT customer, sum(n) AS orders, count(*) AS order_days,
	    min(day) AS day1, max(day) AS dayn, arg_min(cents, day) AS spend,
	    sum(cents) AS revenue
	FROM days GROUP BY customer
), fold AS (
	SELECT customer, min(time) AS first, max(time) AS last,
	    count(*) AS events,
	    count(*) FILTER (kind IN ('in', 'out', 'visit', 'complaint',
	        'request', 'reply')) AS contacts,
	    sum(value) FILTER (kind IN ('in', 'out', 'visit')) AS minutes,
	    max(time) FILTER (kind IN ('in', 'out', 'visit', 'complaint',
	        'request', 'reply')) AS contact,
	    max(struct_pack(t := time, v := -tone))
	        FILTER (tone IS NOT NULL) AS tone,
	    sum(value) FILTER (kind = 'refund') AS refunds,
	    sum(value) FILTER (kind = 'cost') AS cost,
	    sum(value) FILTER (kind = 'cost' AND topic = 'service') AS service,
	    count(*) FILTER (kind IN ('complaint', 'request')) AS cases,
	    count(*) FILTER (kind = 'solve') AS solved,
	    max(struct_pack(t := time, v := -value::int))
	        FILTER (kind = 'nps') AS nps,
	    max(struct_pack(t := time, v := -value::int))
	        FILTER (kind = 'csat') AS csat,
	    max(struct_pack(t := time, v := list_position(
	        ['deal', 'won', 'lost', 'leave', 'return'], kind)))
	        FILTER (kind IN ('deal', 'won', 'lost', 'leave', 'return'))
	        AS state
	FROM d GROUP BY customer
)
SELECT customer, first, last, events, contacts,
    coalesce(minutes, 0)::decimal(18,2), contact, -tone.v, tone.t,
    coalesce(orders, 0), coalesce(order_days, 0), day1, dayn,
    coalesce(spend, 0)::decimal(18,2), coalesce(revenue, 0)::decimal(18,2),
    coalesce(refunds, 0)::decimal(18,2), coalesce(cost, 0)::decimal(18,2),
    coalesce(service, 0)::decimal(18,2), cases, solved, -nps.v, nps.t,
    -csat.v, csat.t, ['deal', 'won', 'lost', 'leave', 'return'][state.v],
    state.t
FROM fold LEFT JOIN trade USING (customer)
