CREATE TABLE t (id STRING, grp STRING, n INT64, seen TIMESTAMP)

INSERT t (id, grp, n, seen) VALUES ('a', 'x', 1, TIMESTAMP '2026-01-01 00:00:00+00'), ('b', 'x', NULL, NULL), ('c', 'y', 3, TIMESTAMP '2026-01-03 00:00:00+00'), ('d', NULL, 3, TIMESTAMP '2026-01-02 00:00:00+00')

SELECT n, id FROM t ORDER BY n, id
--> [null, "b"]
--> ["1", "a"]
--> ["3", "c"]
--> ["3", "d"]

SELECT n FROM t ORDER BY n DESC NULLS FIRST LIMIT 2 OFFSET 1
--> ["3"]
--> ["3"]

SELECT id FROM t ORDER BY n DESC, id DESC LIMIT 4
--> ["d"]
--> ["c"]
--> ["a"]
--> ["b"]

SELECT grp, COUNT(*), COUNT(n), COUNT(DISTINCT n), SUM(n), AVG(n), MIN(id), MAX(id), COUNTIF(n > 1) FROM t GROUP BY grp ORDER BY grp
--> [null, "1", "1", "1", "3", "3.0", "d", "d", "1"]
--> ["x", "2", "1", "1", "1", "1.0", "a", "b", "0"]
--> ["y", "1", "1", "1", "3", "3.0", "c", "c", "1"]

SELECT COUNT(*), SUM(n), COUNTIF(n > 1), LOGICAL_OR(n > 1), STRING_AGG(id), ANY_VALUE(n) FROM t WHERE FALSE
--> ["0", null, "0", null, null, null]

SELECT grp, COUNT(*) AS c FROM t GROUP BY grp HAVING c > 1
--> ["x", "2"]

SELECT grp, GROUPING(grp), SUM(n) FROM t GROUP BY ROLLUP (grp) ORDER BY 2, 1
--> [null, "0", "3"]
--> ["x", "0", "1"]
--> ["y", "0", "3"]
--> [null, "1", "7"]

SELECT * EXCEPT (seen, grp) REPLACE (n * 10 AS n) FROM t WHERE id = 'a'
--> ["a", "10"]

SELECT ARRAY_AGG(id ORDER BY id DESC LIMIT 2), ARRAY_AGG(n IGNORE NULLS ORDER BY n), ARRAY_AGG(DISTINCT n IGNORE NULLS ORDER BY n), ARRAY_LENGTH(ARRAY_AGG(id)) FROM t
--> [["d", "c"], ["1", "3", "3"], ["1", "3"], "4"]

SELECT ARRAY_AGG(n) FROM t
--! Array cannot have a null element

SELECT id, ROW_NUMBER() OVER (ORDER BY id), LAG(id) OVER (ORDER BY id), LEAD(id, 2, 'z') OVER (ORDER BY id), FIRST_VALUE(id) OVER (PARTITION BY grp ORDER BY id), SUM(n) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t ORDER BY id
--> ["a", "1", null, "c", "a", "1"]
--> ["b", "2", "a", "d", "a", "1"]
--> ["c", "3", "b", "z", "c", "4"]
--> ["d", "4", "c", "z", "d", "7"]

SELECT id FROM t WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY grp ORDER BY n DESC) = 1 ORDER BY id
--> ["a"]
--> ["c"]
--> ["d"]

SELECT id, COUNT(*) OVER () AS whole, RANK() OVER w, DENSE_RANK() OVER w FROM t WINDOW w AS (ORDER BY n DESC) ORDER BY id
--> ["a", "4", "3", "2"]
--> ["b", "4", "4", "3"]
--> ["c", "4", "1", "1"]
--> ["d", "4", "1", "1"]

SELECT a.id, b.id FROM (SELECT 'a' AS id UNION ALL SELECT 'b') AS a FULL OUTER JOIN (SELECT 'b' AS id UNION ALL SELECT 'c') AS b ON a.id = b.id ORDER BY IFNULL(a.id, b.id)
--> ["a", null]
--> ["b", "b"]
--> [null, "c"]

SELECT id, x FROM t CROSS JOIN UNNEST(['p', 'q']) AS x WHERE id = 'a' ORDER BY x
--> ["a", "p"]
--> ["a", "q"]

SELECT id FROM t AS o WHERE EXISTS (SELECT 1 FROM t AS i WHERE i.grp = o.grp AND i.id <> o.id) ORDER BY id
--> ["a"]
--> ["b"]

SELECT id FROM t WHERE id NOT IN (SELECT id FROM t WHERE n = 3) AND id IN ('a', 'c') ORDER BY id
--> ["a"]

SELECT id, n FROM t JOIN (SELECT 'a' AS id) USING (id)
--> ["a", "1"]

WITH a AS (SELECT 1 AS x UNION ALL SELECT 2), b AS (SELECT x * 10 AS y FROM a) SELECT x, y FROM a, b WHERE y = x * 10 ORDER BY x
--> ["1", "10"]
--> ["2", "20"]

WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT x FROM r ORDER BY x
--> ["1"]
--> ["2"]
--> ["3"]

SELECT 1 AS x UNION DISTINCT SELECT 1 UNION ALL SELECT 2 ORDER BY x
--! Different set operations cannot be used in the same query without using parentheses for grouping

SELECT x FROM UNNEST([1, 2, 3]) AS x EXCEPT DISTINCT SELECT 2 ORDER BY 1
--> ["1"]
--> ["3"]

SELECT x FROM UNNEST([1, 2]) AS x INTERSECT DISTINCT SELECT 2
--> ["2"]

SELECT x, o FROM UNNEST(['a', 'b']) AS x WITH OFFSET AS o ORDER BY o
--> ["a", "0"]
--> ["b", "1"]

SELECT STRUCT(1 AS a, 'x' AS b), [1, 2], ARRAY<STRING>[], STRUCT<k STRING, v INT64>('k', 1).v, [STRUCT(1 AS a)][OFFSET(0)].a
--> [["1", "x"], ["1", "2"], [], "1", "1"]

SELECT s.a, s.b.c FROM (SELECT STRUCT(1 AS a, STRUCT('z' AS c) AS b) AS s)
--> ["1", "z"]

SELECT e.k, e.v FROM UNNEST([STRUCT('a' AS k, 1 AS v), STRUCT('b', 2)]) AS e ORDER BY e.k
--> ["a", "1"]
--> ["b", "2"]

SELECT ARRAY(SELECT x * 2 FROM UNNEST([1, 2, 3]) AS x WHERE x > 1 ORDER BY x), (SELECT MAX(x) FROM UNNEST([4, 9]) AS x)
--> [["4", "6"], "9"]

SELECT ARRAY_CONCAT([1], [2, 3]), ARRAY_REVERSE([1, 2]), GENERATE_ARRAY(1, 5, 2), 2 IN UNNEST(GENERATE_ARRAY(1, 3))
--> [["1", "2", "3"], ["2", "1"], ["1", "3", "5"], "true"]

SELECT DISTINCT grp FROM t ORDER BY grp
--> [null]
--> ["x"]
--> ["y"]

SELECT MAX(IF(n IS NULL, id, NULL)), ANY_VALUE(id HAVING MAX n), MAX_BY(id, seen), APPROX_COUNT_DISTINCT(n) FROM t WHERE id <> 'd'
--> ["b", "c", "c", "2"]

SELECT COUNT(*) FROM `local.d.t` AS x, `d.t` AS y, local.d.t AS z WHERE x.id = y.id AND y.id = z.id
--> ["4"]

SELECT id, FROM t WHERE id = 'a'
--> ["a"]

SELECT AS STRUCT 1 AS a
--! unsupported by the local BigQuery: SELECT AS STRUCT

SELECT * FROM t FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()
--! unsupported by the local BigQuery: FOR SYSTEM_TIME AS OF

SELECT * FROM t PIVOT (SUM(n) FOR grp IN ('x'))
--! unsupported by the local BigQuery: PIVOT

SELECT * FROM `d.t*`
--! unsupported by the local BigQuery: wildcard tables

FROM t |> WHERE n = 1
--! Syntax error

SELECT id FROM missing
--! Not found: Table local:d.missing was not found in location US

SELECT id FROM nowhere.t
--! Not found: Dataset local:nowhere was not found in location US

SELECT table_name, column_name, ordinal_position, is_nullable, data_type FROM `local.d.INFORMATION_SCHEMA.COLUMNS` WHERE table_name = 't' ORDER BY ordinal_position
--> ["t", "id", "1", "YES", "STRING"]
--> ["t", "grp", "2", "YES", "STRING"]
--> ["t", "n", "3", "YES", "INT64"]
--> ["t", "seen", "4", "YES", "TIMESTAMP"]

SELECT table_name, table_type FROM d.INFORMATION_SCHEMA.TABLES
--> ["t", "BASE TABLE"]

SELECT option_name FROM d.INFORMATION_SCHEMA.TABLE_OPTIONS
--! unsupported by the local BigQuery: the view INFORMATION_SCHEMA.TABLE_OPTIONS

SELECT REGEXP_CONTAINS(id, '[ab]'), id FROM t WHERE seen >= TIMESTAMP '2026-01-02' ORDER BY seen
--> ["false", "d"]
--> ["false", "c"]

SELECT x FROM (SELECT a[OFFSET(0)].x FROM (SELECT [STRUCT(7 AS x)] AS a))
--> ["7"]

SELECT z FROM (SELECT (s).y.z FROM (SELECT STRUCT(STRUCT(8 AS z) AS y) AS s))
--> ["8"]
