namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>Which words have a meaning of their own, in GoogleSQL and in DuckDB.</summary>
internal static class SqlWords
{
    private static readonly HashSet<string> Reserved = Set(
        "ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE "
        + "EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT "
        + "LIKE LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET "
        + "SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH WITHIN");

    /// <summary>Names that GoogleSQL allows unquoted and DuckDB does not.</summary>
    private static readonly HashSet<string> ReservedByDuck = Set(
        "ANALYSE ANALYZE ASYMMETRIC BOTH CHECK COLUMN CONSTRAINT DEFERRABLE DESCRIBE DO FOREIGN INITIALLY LAMBDA LEADING ONLY PIVOT PIVOT_LONGER PIVOT_WIDER PLACING PRIMARY "
        + "REFERENCES RETURNING SHOW SUMMARIZE SYMMETRIC TABLE TRAILING UNIQUE UNPIVOT USER VARIADIC");

    public static readonly HashSet<string> DateParts = Set(
        "MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK ISOWEEK MONTH QUARTER YEAR ISOYEAR DAYOFWEEK DAYOFYEAR DATE TIME");

    /// <summary>Words that begin the next clause of a query.</summary>
    public static readonly HashSet<string> Clauses = Set("FROM WHERE GROUP HAVING QUALIFY WINDOW ORDER LIMIT OFFSET UNION INTERSECT EXCEPT FOR");

    public static readonly HashSet<string> Joins = Set("JOIN INNER LEFT RIGHT FULL CROSS NATURAL OUTER ON USING");

    public static readonly HashSet<string> ScriptWords = Set(
        "DECLARE SET BEGIN COMMIT ROLLBACK IF LOOP WHILE REPEAT FOR CALL EXECUTE RAISE RETURN BREAK CONTINUE LEAVE ITERATE EXPORT LOAD GRANT REVOKE ASSERT EXPLAIN");

    /// <summary>Words that follow a table and are not its alias.</summary>
    public static readonly HashSet<string> ReservedByFrom = Set("PIVOT UNPIVOT WHEN SET VALUES");

    /// <summary>Reserved words that are functions when a parenthesis follows.</summary>
    public static readonly HashSet<string> Callable = Set("IF LEFT RIGHT GROUPING");

    public static bool IsReserved(string word) => Reserved.Contains(word);

    public static bool NeedsQuotes(string word) => ReservedByDuck.Contains(word);

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
