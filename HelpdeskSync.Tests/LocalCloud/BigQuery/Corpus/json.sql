SELECT JSON_VALUE('{"a":{"b":"x"}}', '$.a.b'), JSON_VALUE('{"a":1.5}', '$.a'), JSON_VALUE('{"a":true}', '$.a'), JSON_VALUE('{"a":null}', '$.a'), JSON_VALUE('{"a":{}}', '$.a'), JSON_VALUE('{"a":[7]}', '$.a[0]'), JSON_VALUE('{}', '$.a'), JSON_VALUE('"s"')
--> ["x", "1.5", "true", null, null, "7", null, "s"]

SELECT JSON_QUERY('{"a":{"b":"x"}}', '$.a'), JSON_QUERY('{"a":"s"}', '$.a'), JSON_QUERY('{"a":[1,2]}', '$.a'), JSON_QUERY('{}', '$.a')
--> ["{\"b\":\"x\"}", "\"s\"", "[1,2]", null]

SELECT JSON_QUERY_ARRAY('[1,"b",{"c":2}]'), JSON_VALUE_ARRAY('["a","b"]'), JSON_EXTRACT_SCALAR('{"a":"x"}', '$.a'), ARRAY_LENGTH(JSON_QUERY_ARRAY('{"a":[1,2,3]}', '$.a'))
--> [["1", "\"b\"", "{\"c\":2}"], ["a", "b"], "x", "3"]

SELECT JSON_VALUE(r, '$.id') AS id, CAST(JSON_VALUE(r, '$.n') AS INT64) AS n FROM UNNEST(JSON_QUERY_ARRAY('[{"id":"a","n":1},{"id":"b"}]')) AS r ORDER BY id
--> ["a", "1"]
--> ["b", null]

SELECT SAFE.PARSE_JSON('{"a":1}') IS NULL, SAFE.PARSE_JSON('{oops'), JSON_TYPE(JSON '[1]'), JSON_TYPE(PARSE_JSON('null')), TO_JSON_STRING(PARSE_JSON('{"b":1,"a":[true,null]}'))
--> ["false", null, "array", "null", "{\"a\":[true,null],\"b\":1}"]

SELECT PARSE_JSON('{oops')
--! syntax error while parsing

SELECT TO_JSON_STRING(1), TO_JSON_STRING(1.0), TO_JSON_STRING(1.5), TO_JSON_STRING('a"b'), TO_JSON_STRING(NULL), TO_JSON_STRING(TRUE), TO_JSON_STRING(TIMESTAMP '2026-01-02 03:04:05.678+00'), TO_JSON_STRING(TIMESTAMP '2026-01-02 03:04:05+00'), TO_JSON_STRING(DATE '2026-01-02'), TO_JSON_STRING(NUMERIC '1.50'), TO_JSON_STRING(9007199254740993)
--> ["1", "1", "1.5", "\"a\\\"b\"", "null", "true", "\"2026-01-02T03:04:05.678Z\"", "\"2026-01-02T03:04:05Z\"", "\"2026-01-02\"", "1.5", "\"9007199254740993\""]

SELECT TO_JSON_STRING(STRUCT(1 AS a, 'x' AS b, NULL AS c)), TO_JSON_STRING([1, 2]), TO_JSON_STRING([STRUCT(TIMESTAMP '2026-01-02 03:04:05+00' AS t)])
--> ["{\"a\":1,\"b\":\"x\",\"c\":null}", "[1,2]", "[{\"t\":\"2026-01-02T03:04:05Z\"}]"]

SELECT TO_JSON_STRING(t) FROM (SELECT 1 AS a, 2.0 AS b) AS t
--> ["{\"a\":1,\"b\":2}"]

SELECT INT64(JSON '5'), FLOAT64(JSON '1.5'), BOOL(JSON 'true'), STRING(JSON '"x"')
--> ["5", "1.5", "true", "x"]

SELECT JSON '{"a":{"b":2}}'.a.b
--> ["2"]

SELECT JSON_KEYS(JSON '{"a":1,"b":{"c":2}}', 1)
--! unsupported by the local BigQuery: the function JSON_KEYS

SELECT JSON_VALUE('{"a b":"x","c.d":"y"}', '$."a b"'), JSON_VALUE('{"c.d":"y"}', '$."c.d"')
--> ["x", "y"]
