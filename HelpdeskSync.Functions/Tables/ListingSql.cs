using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Compares a staged listing with a history table.</summary>
internal static class ListingSql
{
    /// <summary>What has to be fetched (<c>changed</c>: new, or with another version token) and what stands but was not listed (<c>missing</c>).</summary>
    /// <param name="stage">The listing, quoted.</param>
    /// <param name="history">The history table, quoted.</param>
    /// <param name="parentColumn">The column of the parent's id, of children; null otherwise.</param>
    /// <param name="changedWhen">When a record that stands and was listed is fetched: a condition over <c>H</c> and <c>L</c>.</param>
    /// <param name="missingWhen">Which active rows the listing would have shown: a condition over <c>H</c>. Null: the listing is not complete, nothing is missing.</param>
    public static string Diff(string stage, string history, string? parentColumn, string changedWhen, string? missingWhen)
    {
        var parent = parentColumn is null ? "CAST(NULL AS STRING)" : $"H.{SqlNames.Quote(parentColumn)}";
        var changed = $"""
            -- Of the history, the active rows alone and only the columns named; no id prunes it, since every listed record is compared.
            SELECT DISTINCT L.`id`, L.`parent_id`, 'changed' AS `kind`
            FROM {stage} AS L
            LEFT JOIN {history} AS H ON H.`id` = L.`id` AND H.`_fivetran_active`
            WHERE L.`kind` IN ('row', 'known') AND (H.`id` IS NULL OR {changedWhen})
            """;
        return missingWhen is null ? changed : $"""
            {changed}
            UNION ALL
            SELECT H.`id`, {parent} AS `parent_id`, 'missing' AS `kind`
            FROM {history} AS H
            LEFT JOIN (SELECT DISTINCT `id` FROM {stage} WHERE `kind` IN ('row', 'known')) AS L ON L.`id` = H.`id`
            WHERE H.`_fivetran_active` AND L.`id` IS NULL AND {missingWhen}
            """;
    }

    /// <summary>Active rows of a complete listing's table that were there when it was read: younger ones may not have been listed yet.</summary>
    public static string OlderThanListing(string? createdColumn) =>
        createdColumn is null ? "TRUE" : $"IFNULL(SAFE_CAST(H.{SqlNames.Quote(createdColumn)} AS TIMESTAMP) < @listed_to, TRUE)";

    /// <summary>Active children of parents whose children were listed.</summary>
    public static string OfListedParents(string stage, string parentColumn) =>
        $"H.{SqlNames.Quote(parentColumn)} IN (SELECT `parent_id` FROM {stage} WHERE `kind` = 'parent')";

    /// <summary>The stored modified time and the listed one differ, or one is absent.</summary>
    public static string TokenDiffers(string modifiedColumn) =>
        $"(L.`kind` = 'row' AND SAFE_CAST(H.{SqlNames.Quote(modifiedColumn)} AS TIMESTAMP) IS DISTINCT FROM L.`modified`)";

    /// <summary>The archive shows the record, and what is stored does not say yet that it is archived.</summary>
    public static string IsArchivedSince(string archivedColumn) =>
        $"(L.`kind` = 'known' AND SAFE_CAST(H.{SqlNames.Quote(archivedColumn)} AS STRING) IS DISTINCT FROM 'true')";

    /// <summary>The stored number of children and the listed one differ, where the listing tells one.</summary>
    public static string CountDiffers(string countColumn, string countField) =>
        $"(JSON_VALUE(L.`counts`, '$.{countField}') IS NOT NULL AND SAFE_CAST(H.{SqlNames.Quote(countColumn)} AS INT64) IS DISTINCT FROM CAST(JSON_VALUE(L.`counts`, '$.{countField}') AS INT64))";

    /// <summary>Listed parents whose number of children differs from the active rows stored; all of them where <c>@deep</c> is true.</summary>
    public static string ParentsToList(string parentStage, string childHistory, string parentColumn, string? countField)
    {
        var count = countField is null ? "CAST(NULL AS INT64)" : $"MAX(CAST(JSON_VALUE(`counts`, '$.{countField}') AS INT64))";
        return $"""
            -- Of the children's history, the active rows alone and only the parent's id; no id prunes it, since every parent is counted.
            SELECT L.`id`
            FROM (SELECT `id`, {count} AS `listed` FROM {parentStage} WHERE `kind` IN ('row', 'known') GROUP BY `id`) AS L
            LEFT JOIN (
              SELECT {SqlNames.Quote(parentColumn)} AS `parent_id`, COUNT(*) AS `stored`
              FROM {childHistory}
              WHERE `_fivetran_active`
              GROUP BY `parent_id`
            ) AS C ON C.`parent_id` = L.`id`
            WHERE @deep OR L.`listed` IS NULL OR L.`listed` <> IFNULL(C.`stored`, 0)
            """;
    }

    /// <summary>Parents of active children that a complete listing did not show.</summary>
    public static string ParentsNotListed(string parentStage, string childHistory, string parentColumn) =>
        $"""
        -- Of the children's history, the active rows alone and only the parent's id; no id prunes it, since any parent may be gone.
        SELECT DISTINCT H.{SqlNames.Quote(parentColumn)} AS `id`
        FROM {childHistory} AS H
        LEFT JOIN (SELECT DISTINCT `id` FROM {parentStage} WHERE `kind` IN ('row', 'known')) AS L ON L.`id` = H.{SqlNames.Quote(parentColumn)}
        WHERE H.`_fivetran_active` AND H.{SqlNames.Quote(parentColumn)} IS NOT NULL AND L.`id` IS NULL
        """;

    /// <summary>Parents of active children that are closed themselves.</summary>
    public static string ParentsClosed(string parentHistory, string childHistory, string parentColumn) =>
        $"""
        -- Of both histories, only ids and the active flag; no id prunes them, since any parent may have been closed.
        SELECT DISTINCT H.{SqlNames.Quote(parentColumn)} AS `id`
        FROM {childHistory} AS H
        JOIN (SELECT `id` FROM {parentHistory} GROUP BY `id` HAVING NOT LOGICAL_OR(`_fivetran_active`)) AS P ON P.`id` = H.{SqlNames.Quote(parentColumn)}
        WHERE H.`_fivetran_active`
        """;
}
