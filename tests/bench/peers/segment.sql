-- What crm-segment says, in SQL that SQLite and DuckDB both take, with the
-- settings that a new store has.  NAMES is made from lib/share/segments.tsv.
WITH fold AS (
	SELECT customer, sum(CASE WHEN kind = 'order' THEN 1 ELSE 0 END) AS orders,
	    sum(CASE WHEN kind = 'order'
	        THEN CAST(round(CAST(value AS double) * 100) AS bigint)
	        WHEN kind = 'refund'
	        THEN -CAST(round(CAST(value AS double) * 100) AS bigint)
	        ELSE 0 END) AS net,
	    min(CASE WHEN kind = 'order' THEN substr(time, 1, 10) END) AS day1,
	    max(CASE WHEN kind = 'order' THEN substr(time, 1, 10) END) AS dayn,
	    max(CASE WHEN kind = 'deal' THEN time || '1'
	        WHEN kind = 'won' THEN time || '2'
	        WHEN kind = 'lost' THEN time || '3'
	        WHEN kind = 'leave' THEN time || '4'
	        WHEN kind = 'return' THEN time || '5' END) AS state
	FROM j WHERE customer <> '' GROUP BY customer
), who AS (
	SELECT id, name, coalesce(orders, 0) AS orders,
	    CAST(coalesce(net, 0) AS bigint) AS net, day1, dayn, state,
	    CAST(CASE WHEN net > 0 THEN net ELSE 0 END AS bigint) AS above,
	    coalesce(orders, 0) > 0 AS buys
	FROM customers LEFT JOIN fold ON customer = id
), ranked AS (
	SELECT *, CAST(sum(above) OVER () AS bigint) AS total,
	    CAST(sum(above) OVER (ORDER BY net DESC) AS bigint)
	        - above * count(*) OVER (PARTITION BY net) AS before,
	    sum(CASE WHEN net > 0 THEN 1 ELSE 0 END) OVER () AS earners,
	    rank() OVER (ORDER BY net DESC) - 1 AS place,
	    count(*) OVER (PARTITION BY buys) AS buyers,
	    5 * (rank() OVER (PARTITION BY buys ORDER BY dayn) - 1) AS r5,
	    5 * (rank() OVER (PARTITION BY buys ORDER BY orders) - 1) AS f5,
	    5 * (rank() OVER (PARTITION BY buys ORDER BY net) - 1) AS m5
	FROM who
), scored AS (
	SELECT *, CASE WHEN net <= 0 THEN 'C' WHEN before * 100 < 80 * total THEN 'A'
	        WHEN before * 100 < 95 * total THEN 'B' ELSE 'C' END AS abc,
	    CASE WHEN buys THEN CAST(1 + (r5 - r5 % buyers) / buyers AS integer)
	        END AS r,
	    CASE WHEN buys THEN CAST(1 + (f5 - f5 % buyers) / buyers AS integer)
	        END AS f,
	    CASE WHEN buys THEN CAST(1 + (m5 - m5 % buyers) / buyers AS integer)
	        END AS m,
	    20000 * net + total AS share
	FROM ranked
)
SELECT id, name, orders, printf('%.2f', net / 100.0), dayn,
    CASE WHEN net > 0 THEN printf('%.2f',
	(share - share % (2 * total)) / (2 * total) / 100.0) END,
    abc, r, f, m, r || f || m,
    CASE WHEN NOT buys THEN NULL NAMES ELSE 'Others' END,
    CASE WHEN substr(state, 21) = '4' AND (dayn IS NULL OR
        dayn <= substr(state, 1, 10)) THEN 'left'
	WHEN NOT buys AND substr(state, 21) = '1' THEN 'prospect'
	WHEN NOT buys THEN 'lead'
	WHEN dayn < '2025-05-30' THEN 'lost'
	WHEN dayn < '2026-05-25' THEN 'sleeping'
	WHEN day1 = dayn THEN 'new' ELSE 'regular' END,
    CASE WHEN abc = 'A' AND place * 100 < earners * 5 THEN 'yes' ELSE 'no' END
FROM scored
