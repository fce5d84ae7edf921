SELECT LENGTH('naïve'), BYTE_LENGTH('naïve'), UPPER('ä'), LOWER('Ä'), REVERSE('abc'), CONCAT('a', 'b', 'c'), CONCAT('a', NULL), 'a' || 'b'
--> ["5", "6", "Ä", "ä", "cba", "abc", null, "ab"]

SELECT SUBSTR('abcdef', 2), SUBSTR('abcdef', 2, 3), SUBSTR('abcdef', -2), SUBSTR('abcdef', 0, 2), SUBSTR('abcdef', 10), LEFT('abc', 2), RIGHT('abc', 2)
--> ["bcdef", "bcd", "ef", "ab", "", "ab", "bc"]

SELECT TRIM('  a '), LTRIM('xxa', 'x'), RTRIM('axx', 'x'), LPAD('5', 3, '0'), RPAD('5', 3, '0'), LPAD('ab', 4), REPEAT('ab', 2), REPLACE('aXbX', 'X', '-'), 'x'
--> ["a", "a", "a", "005", "500", "  ab", "abab", "a-b-", "x"]

SELECT STRPOS('abc', 'c'), INSTR('abcabc', 'c'), STARTS_WITH('abc', 'ab'), ENDS_WITH('abc', 'bc'), CONTAINS_SUBSTR('Hello', 'ELL')
--> ["3", "3", "true", "true", "true"]

SELECT SPLIT('a,b,,c'), SPLIT('a-b', '-'), ARRAY_TO_STRING(['a', 'b'], '+'), ARRAY_TO_STRING(['a', NULL, 'b'], '+', '?')
--> [["a", "b", "", "c"], ["a", "b"], "a+b", "a+?+b"]

SELECT SPLIT('a,b,c')[OFFSET(1)], SPLIT('a,b,c')[ORDINAL(1)], SPLIT('a,b,c')[SAFE_OFFSET(9)], SPLIT('a')[SAFE_ORDINAL(2)]
--> ["b", "a", null, null]

SELECT SPLIT('a,b')[OFFSET(7)]
--! Array index 7 is out of bounds

SELECT REGEXP_CONTAINS('abc123', r'\d+'), REGEXP_EXTRACT('abc123', r'\d+'), REGEXP_EXTRACT('k=v', r'k=(\w)'), REGEXP_EXTRACT('x', r'y'), REGEXP_REPLACE('a1b2', r'\d', '#'), REGEXP_REPLACE('ab', r'(a)(b)', r'\2\1'), REGEXP_EXTRACT_ALL('a1b22', r'\d+')
--> ["true", "123", "v", null, "a#b#", "ba", ["1", "22"]]

SELECT TO_HEX(SHA256('abc')), TO_HEX(MD5('abc')), TO_BASE64(b'abc'), FROM_BASE64('YWJj')
--> ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "900150983cd24fb0d6963f7d28e17f72", "YWJj", "YWJj"]

SELECT b'\xff'
--! unsupported by the local BigQuery: byte literals beyond ASCII

SELECT FORMAT('%s-%d', 'a', 5), FORMAT('%05d|%.2f', 42, 1.5)
--> ["a-5", "00042|1.50"]

SELECT FORMAT('%t', 1)
--! unsupported by the local BigQuery: FORMAT

SELECT CHR(65), ASCII('A'), UNICODE('é'), TRANSLATE('abc', 'ab', 'xy'), SAFE_CONVERT_BYTES_TO_STRING(b'ok')
--> ["A", "65", "233", "xyc", "ok"]

SELECT FARM_FINGERPRINT('abc')
--! unsupported by the local BigQuery: the function FARM_FINGERPRINT

SELECT 'B' < 'a', 'a' < 'b', 'é' = 'é'
--> ["true", "true", "true"]

SELECT STRING_AGG(x, ';' ORDER BY x DESC), STRING_AGG(DISTINCT x, ',' ORDER BY x), STRING_AGG(x ORDER BY x LIMIT 2) FROM UNNEST(['b', 'a', NULL, 'b']) AS x
--> ["b;b;a", "a,b", "a,b"]
