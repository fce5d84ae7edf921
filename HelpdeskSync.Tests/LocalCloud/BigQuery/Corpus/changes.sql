CREATE TABLE t (id STRING NOT NULL, n INT64, at_time TIMESTAMP) CLUSTER BY id OPTIONS (description = 'text')

CREATE TABLE t (id STRING)
--! Already Exists: Table local:d.t

CREATE TABLE IF NOT EXISTS t (other STRING)

INSERT INTO t (id, n) VALUES ('a', 1), ('b', 2)

INSERT t (id) SELECT 'c'

INSERT t (id, ID) VALUES ('a', 'b')
--! INSERT has columns with duplicate name

INSERT t (id, nope) VALUES ('a', 'b')
--! nope

UPDATE t SET n = 5
--! UPDATE must have a WHERE clause

DELETE t
--! DELETE must have a WHERE clause

UPDATE t AS x SET x.n = s.n FROM (SELECT 'a' AS id, 10 AS n) AS s WHERE s.id = x.id

UPDATE t SET n = s.n FROM (SELECT 'a' AS id, n FROM UNNEST([1, 2]) AS n) AS s WHERE s.id = t.id
--! UPDATE/MERGE must match at most one source row for each target row

SELECT id, n FROM t ORDER BY id
--> ["a", "10"]
--> ["b", "2"]
--> ["c", null]

MERGE t USING (SELECT 'a' AS id UNION ALL SELECT 'a') AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 0
--! UPDATE/MERGE must match at most one source row for each target row

MERGE INTO t AS T USING (SELECT 'b' AS id, 20 AS n UNION ALL SELECT 'x', 30 UNION ALL SELECT 'x', 31) AS S ON T.id = S.id
WHEN MATCHED AND S.n > 100 THEN DELETE
WHEN MATCHED THEN UPDATE SET T.n = S.n
WHEN NOT MATCHED BY TARGET THEN INSERT (id, n) VALUES (S.id, S.n)
WHEN NOT MATCHED BY SOURCE AND T.id = 'c' THEN DELETE

SELECT id, n FROM t ORDER BY id, n
--> ["a", "10"]
--> ["b", "20"]
--> ["x", "30"]
--> ["x", "31"]

MERGE t USING (SELECT 1 AS k) AS s ON FALSE WHEN NOT MATCHED THEN INSERT ROW
--! unsupported by the local BigQuery: INSERT ROW

DELETE FROM t WHERE id = 'x'

ALTER TABLE t ADD COLUMN more NUMERIC, ADD COLUMN IF NOT EXISTS n INT64

ALTER TABLE t ADD COLUMN MORE STRING
--! Column already exists

ALTER TABLE t ALTER COLUMN n SET DATA TYPE NUMERIC

ALTER TABLE t ALTER COLUMN n SET DATA TYPE STRING
--! requires that the existing column type (NUMERIC) is assignable to the new type (STRING)

SELECT id, n, more FROM t ORDER BY id
--> ["a", "10", null]
--> ["b", "20", null]

CREATE OR REPLACE TABLE u AS SELECT id, n FROM t

TRUNCATE TABLE t

SELECT (SELECT COUNT(*) FROM t), (SELECT COUNT(*) FROM u)
--> ["0", "2"]

DROP TABLE t; DROP TABLE IF EXISTS t; SELECT COUNT(*) FROM u
--> ["2"]

DECLARE x INT64 DEFAULT 1; SELECT x
--! unsupported by the local BigQuery: DECLARE statements

BEGIN TRANSACTION; COMMIT TRANSACTION
--! unsupported by the local BigQuery: BEGIN statements

CREATE VIEW v AS SELECT 1
--! unsupported by the local BigQuery: CREATE VIEW

CREATE TABLE w (a INT64, A STRING)
--! Duplicate column name

CREATE TABLE w (a INT64 DEFAULT 5)
--! unsupported by the local BigQuery: DEFAULT in the definition of column a

CREATE TABLE w (_TABLE_SUFFIX INT64)
--! Invalid field name
