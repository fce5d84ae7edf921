using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>
/// The datasets and tables there are. It lies in DuckDB beside the rows and changes in the same transactions; this is its copy in memory,
/// changed only after the commit.
/// </summary>
internal sealed class Catalog(TimeProvider time)
{
    private readonly ConcurrentDictionary<DatasetName, DatasetInfo> datasets = new();
    private readonly ConcurrentDictionary<TableName, TableInfo> tables = new();

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Load(DuckSession session)
    {
        session.Execute("CREATE SCHEMA IF NOT EXISTS _bq");
        session.Execute("CREATE TABLE IF NOT EXISTS _bq.datasets(project VARCHAR, dataset VARCHAR, resource VARCHAR)");
        session.Execute("CREATE TABLE IF NOT EXISTS _bq.tables(project VARCHAR, dataset VARCHAR, name VARCHAR, resource VARCHAR)");
        foreach (var row in session.Read("SELECT project, dataset, resource FROM _bq.datasets"))
        {
            var dataset = DatasetInfo.FromJson(new(row.GetString(0), row.GetString(1)), Parse(row.GetString(2)));
            datasets[dataset.Name] = dataset;
        }

        foreach (var row in session.Read("SELECT project, dataset, name, resource FROM _bq.tables"))
        {
            var table = TableInfo.FromJson(new(row.GetString(0), row.GetString(1), row.GetString(2)), Parse(row.GetString(3)));
            tables[table.Name] = table;
        }
    }

    public IReadOnlyList<string> Projects => [.. datasets.Keys.Select(dataset => dataset.Project).Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<DatasetInfo> Datasets(string project) =>
        [.. datasets.Values.Where(dataset => dataset.Name.Project == project).OrderBy(dataset => dataset.Name.Dataset, StringComparer.Ordinal)];

    public IReadOnlyList<TableInfo> Tables(DatasetName dataset) =>
        [.. tables.Values.Where(table => table.Name.InDataset == dataset && !IsExpired(table)).OrderBy(table => table.Name.Table, StringComparer.Ordinal)];

    /// <summary>Tables whose time is over and whose rows still lie in DuckDB.</summary>
    public IReadOnlyList<TableInfo> Expired() => [.. tables.Values.Where(IsExpired)];

    public int TableCount => tables.Count;

    public DatasetInfo Dataset(DatasetName name) =>
        datasets.TryGetValue(name, out var dataset) ? dataset : throw BigQueryFault.NotFound($"Not found: Dataset {name} was not found in location US");

    public DatasetInfo? FindDataset(DatasetName name) => datasets.GetValueOrDefault(name);

    public TableInfo? FindTable(TableName name) => tables.TryGetValue(name, out var table) && !IsExpired(table) ? table : null;

    public TableInfo Table(TableName name)
    {
        Dataset(name.InDataset);
        return FindTable(name) ?? throw BigQueryFault.NotFound($"Not found: Table {name} was not found in location US");
    }

    /// <summary>A name that differs from an existing one by case only: two tables to BigQuery, one to DuckDB.</summary>
    public bool ClashesByCase(TableName name) => tables.Keys.Any(other => other != name && other.ToString().Equals(name.ToString(), StringComparison.OrdinalIgnoreCase));

    public static void Save(DuckSession session, DatasetInfo dataset)
    {
        Remove(session, dataset.Name);
        session.Execute("INSERT INTO _bq.datasets VALUES ($p, $d, $r)", ("p", dataset.Name.Project), ("d", dataset.Name.Dataset), ("r", dataset.ToJson().ToJsonString()));
    }

    public static void Save(DuckSession session, TableInfo table)
    {
        Remove(session, table.Name);
        session.Execute(
            "INSERT INTO _bq.tables VALUES ($p, $d, $t, $r)",
            ("p", table.Name.Project), ("d", table.Name.Dataset), ("t", table.Name.Table), ("r", table.ToJson().ToJsonString()));
    }

    public static void Remove(DuckSession session, DatasetName name) =>
        session.Execute("DELETE FROM _bq.datasets WHERE project = $p AND dataset = $d", ("p", name.Project), ("d", name.Dataset));

    public static void Remove(DuckSession session, TableName name) =>
        session.Execute("DELETE FROM _bq.tables WHERE project = $p AND dataset = $d AND name = $t", ("p", name.Project), ("d", name.Dataset), ("t", name.Table));

    public void Put(DatasetInfo dataset) => datasets[dataset.Name] = dataset;

    public void Put(TableInfo table) => tables[table.Name] = table;

    public void Forget(DatasetName name) => datasets.TryRemove(name, out _);

    public void Forget(TableName name) => tables.TryRemove(name, out _);

    private bool IsExpired(TableInfo table) => table.Expires is { } expires && expires <= Now;

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
