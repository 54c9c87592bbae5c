SELECT GROUP_KEY, count(*),
    sum(CASE WHEN CAST(value AS integer) >= 9 THEN 1 ELSE 0 END),
    sum(CASE WHEN CAST(value AS integer) IN (7, 8) THEN 1 ELSE 0 END),
    sum(CASE WHEN CAST(value AS integer) <= 6 THEN 1 ELSE 0 END)
FROM j WHERE kind = 'nps' GROUP BY GROUP_KEY
