using System.Text.RegularExpressions;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Tests.BigQuery.GoogleSql;

/// <summary>The golden statements, and what they are about: the tables and parameters that they name, with their types in GoogleSQL.</summary>
internal static partial class GoldenStatements
{
    // The fields that the golden statements speak of; a real history table has as many as its records.
    private static readonly Dictionary<string, string> s_fields = new()
    {
        ["isOverDue"] = "BOOL", ["subject"] = "STRING", ["threadCount"] = "INT64", ["share"] = "NUMERIC", ["weight"] = "FLOAT64", ["due"] = "TIMESTAMP",
        ["born"] = "DATE", ["seen"] = "DATETIME", ["big"] = "BIGNUMERIC", ["extra"] = "JSON", ["modifiedTime"] = "TIMESTAMP", ["createdTime"] = "TIMESTAMP",
        ["rating"] = "INT64", ["isLate"] = "BOOL", ["isLate__string"] = "STRING", ["dueDate"] = "TIMESTAMP",
    };

    private static readonly Dictionary<string, string> s_baseline = new()
    {
        ["id"] = "INT64", ["_fivetran_active"] = "BOOL", ["_fivetran_start"] = "TIMESTAMP", ["_fivetran_end"] = "TIMESTAMP", ["_fivetran_synced"] = "TIMESTAMP",
        ["subject"] = "STRING", ["rating"] = "FLOAT64", ["is_late"] = "STRING", ["view_count"] = "INT64", ["modified_time"] = "STRING", ["dueDate"] = "DATETIME",
        ["due_date"] = "DATETIME",
    };

    /// <summary>Text of each statement by its file's name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Golden.Repository.Root, "HelpdeskSync.Tests", "Golden", "Sql"), "*.sql")
        .Order(StringComparer.Ordinal)
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    /// <summary>Type of each parameter. The app gives a parameter of one name the same type everywhere.</summary>
    public static IReadOnlyDictionary<string, string> Parameters { get; } = new[]
    {
        ("ARRAY<STRING>", "ids"),
        ("BOOL", "deep pass"),
        ("INT64", "tolerance listed fetched inserted closed unchanged stale failed left_for_approval bytes_billed statements api_calls"),
        ("STRING", "batch changes failures rows table table_name run name value baseline report mode outcome detail"),
        ("TIMESTAMP", "now since synced day recent listed_to started_at ended_at window_from window_to"),
    }.SelectMany(group => group.Item2.Split(' ').Select(name => (Name: name, Type: group.Item1))).ToDictionary(pair => pair.Name, pair => pair.Type);

    /// <summary>Columns and their types of each table: the app's own as their statements make them.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, string>> Tables()
    {
        var made = All.Values.Select(sql => CreatePattern().Match(sql)).Where(match => match.Success).ToDictionary(
            match => match.Groups["table"].Value,
            match => ColumnPattern().Matches(match.Groups["columns"].Value).ToDictionary(column => column.Groups["name"].Value, column => column.Groups["type"].Value));
        var system = made["p.d.tickets_history"];
        made["p.d.agents_history"] = system;
        made["p.d.threads_history"] = new(system) { ["ticketId"] = "STRING" };
        made["p.d.tickets_history"] = system.Concat(s_fields).ToDictionary();
        made["p.d._sync_stage_tickets_listing_0"] = made["p.d._sync_stage_x"];
        made["p.d._sync_stage_tickets_batch_0"] = s_fields.Keys.Prepend("id").Concat(BatchColumns.All.Select(column => column.Name)).ToDictionary(name => name, _ => "STRING");
        made["q.old.tickets_history"] = s_baseline;
        made["q.old.agents_history"] = s_baseline;
        return made;
    }

    [GeneratedRegex(@"CREATE (OR REPLACE )?TABLE (IF NOT EXISTS )?`(?<table>[^`]+)` \((?<columns>.*?)\n\)", RegexOptions.Singleline)]
    private static partial Regex CreatePattern();

    [GeneratedRegex("`(?<name>[^`]+)` (?<type>[A-Z0-9]+)")]
    private static partial Regex ColumnPattern();
}
