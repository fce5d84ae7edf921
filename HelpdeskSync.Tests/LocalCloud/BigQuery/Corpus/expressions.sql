SELECT 7 / 2, DIV(7, 2), DIV(-7, 2), MOD(-7, 3), 2 + 3 * 4, -2 * 3
--> ["3.5", "3", "-3", "-1", "14", "-6"]

SELECT 1 / 0
--! division by zero

SELECT IEEE_DIVIDE(1, 0), SAFE_DIVIDE(1, 0), SAFE_DIVIDE(1, 4)
--> ["Infinity", null, "0.25"]

SELECT 9223372036854775807 + 1
--! int64 overflow

SELECT SAFE_CAST('12' AS INT64), SAFE_CAST('1.5' AS INT64), SAFE_CAST('x' AS INT64), SAFE_CAST('true' AS BOOL), SAFE_CAST('t' AS BOOL), SAFE_CAST('2026-01-02' AS DATE), SAFE_CAST('2026-13-02' AS DATE)
--> ["12", null, null, "true", null, "2026-01-02", null]

SELECT CAST('x' AS INT64)
--! Bad int64 value: x

SELECT CAST(1.5 AS INT64), CAST(2.5 AS INT64), CAST(-1.5 AS INT64), CAST('0x1F' AS INT64), CAST(TRUE AS INT64)
--> ["2", "3", "-2", "31", "1"]

SELECT CAST(1.0 AS STRING), CAST(0.1 AS STRING), CAST(123 AS STRING), CAST(TRUE AS STRING), CAST(NUMERIC '1.50' AS STRING), CAST(DATE '2026-01-02' AS STRING)
--> ["1", "0.1", "123", "true", "1.5", "2026-01-02"]

SELECT CAST(TIMESTAMP '2026-01-02 03:04:05.678+00' AS STRING), CAST(TIMESTAMP '2026-01-02 03:04:05.6+00' AS STRING), CAST(TIMESTAMP '2026-01-02T03:04:05Z' AS STRING)
--> ["2026-01-02 03:04:05.678+00", "2026-01-02 03:04:05.600+00", "2026-01-02 03:04:05+00"]

SELECT NULL IS NULL, NULL = 1, 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, NULL AND FALSE, NULL OR TRUE
--> ["true", null, "true", "true", "false", "true"]

SELECT IF(NULL, 1, 2), IFNULL(NULL, 3), COALESCE(NULL, NULL, 4), NULLIF(5, 5), CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, CASE WHEN FALSE THEN 1 END
--> ["2", "3", "4", null, "b", null]

SELECT GREATEST(1, NULL, 3), LEAST(2, 1), GREATEST('a', 'b'), ABS(-3), SIGN(-2), ROUND(2.5), ROUND(-2.5), ROUND(1234.567, -2), TRUNC(2.9), CEIL(1.2), FLOOR(-1.2)
--> [null, "1", "b", "3", "-1", "3.0", "-3.0", "1200.0", "2.0", "2.0", "-2.0"]

SELECT 3 BETWEEN 1 AND 5, 'abc' LIKE 'a%', 'a_c' LIKE 'a\\_c', 'abc' NOT LIKE '%x%', 2 IN (1, 2), 4 NOT IN (1, 2), 2 IN UNNEST([1, 2])
--> ["true", "true", "true", "true", "true", "true", "true"]

SELECT 5 & 3, 5 | 3, ~5, 1 << 4
--> ["1", "7", "-6", "16"]

SELECT 5 ^ 3
--! unsupported by the local BigQuery: the operator ^

SELECT NUMERIC '1.10' + NUMERIC '2.05', CAST('0.1' AS NUMERIC) * 3, CAST(1 AS FLOAT64) / 3 > 0.3333
--> ["3.15", "0.3", "true"]

SELECT 'it''s'
--! Syntax error

SELECT "double", 'single', r'a\nb', 'a\tb', '''tri'ple''', b'ab', 'uni\u00e9'
--> ["double", "single", "a\\nb", "a\tb", "tri'ple", "YWI=", "unié"]

SELECT 5 % 2
--! Syntax error

SELECT 1 WHERE FALSE

SELECT x FROM (SELECT 1 AS x) WHERE x > @missing
--! Query parameter 'missing' not found

SELECT nope FROM (SELECT 1 AS x)
--! Unrecognized name: nope at [1:8]

SELECT NO_SUCH_FUNCTION(1)
--! NO_SUCH_FUNCTION

SELECT ST_GEOGPOINT(1, 2)
--! unsupported by the local BigQuery: the function ST_GEOGPOINT

SELECT ERROR('stop here')
--! stop here

SELECT n = '5' FROM (SELECT 5 AS n)
--! No matching signature

SELECT t.n <> '5' FROM (SELECT 5 AS n) AS t
--! No matching signature

SELECT '5' = n FROM (SELECT 5 AS n)
--! No matching signature

SELECT s = 1 FROM (SELECT '1' AS s)
--! No matching signature

SELECT 1 FROM (SELECT TRUE AS b) WHERE b = 1
--! No matching signature

SELECT LENGTH(s) = '1' FROM (SELECT '1' AS s)
--! No matching signature

SELECT n IN ('5', '6') FROM (SELECT 5 AS n)
--! No matching signature

SELECT t = TRUE FROM (SELECT TIMESTAMP '2026-01-01' AS t)
--! No matching signature

SELECT 1 = '1'
--! No matching signature

SELECT d = '2026-01-01', '2026-01-01' = d, t > '2025-01-01', n = 5.0, n < 6, b = TRUE, s = 'x', f >= 1 FROM (SELECT DATE '2026-01-01' AS d, TIMESTAMP '2026-01-01' AS t, NUMERIC '5' AS n, TRUE AS b, 'x' AS s, 1.5 AS f)
--> ["true", "true", "true", "true", "true", "true", "true", "true"]

SELECT 1 | 2 & 4
--! unsupported by the local BigQuery: | and & in one expression without parentheses

SELECT 1 | (2 & 4), 6 & 3 & 2, 1 | 2 | 4, 6 & 3, 1 << 2
--> ["1", "2", "7", "2", "4"]

SELECT 5 & 4 > 0, 1 | 2 = 3
--> ["true", "true"]

SELECT NUMERIC '1.5' / 2
--! unsupported by the local BigQuery: division of NUMERIC

SELECT 2 / n FROM (SELECT NUMERIC '1.5' AS n)
--! unsupported by the local BigQuery: division of NUMERIC

SELECT (n + 1) / 2 FROM (SELECT NUMERIC '1.5' AS n)
--! unsupported by the local BigQuery: division of NUMERIC

SELECT (3 + 1) / 2, SUM(n) / COUNT(*), SUM(n) OVER () / 2 FROM UNNEST([1]) AS n GROUP BY n
--> ["2.0", "1.0", "0.5"]

SELECT AVG(n) FROM UNNEST([NUMERIC '1.5']) AS n
--! unsupported by the local BigQuery: AVG of NUMERIC

SELECT AVG(n), AVG(DISTINCT n) FROM UNNEST([1, 1, 4]) AS n
--> ["2.0", "2.5"]
