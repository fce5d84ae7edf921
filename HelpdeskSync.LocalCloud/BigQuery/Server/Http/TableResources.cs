using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Datasets and tables as the REST API writes and reads them.</summary>
internal static class TableResources
{
    public static JsonObject Dataset(DatasetInfo dataset) => WithoutNulls(new()
    {
        ["kind"] = "bigquery#dataset",
        ["id"] = dataset.Name.ToString(),
        ["etag"] = Etag(dataset.Modified),
        ["datasetReference"] = new JsonObject { ["projectId"] = dataset.Name.Project, ["datasetId"] = dataset.Name.Dataset },
        ["location"] = "US",
        ["description"] = dataset.Description,
        ["friendlyName"] = dataset.FriendlyName,
        ["labels"] = dataset.Labels?.DeepClone(),
        ["defaultTableExpirationMs"] = dataset.TableLifetime is { } lifetime ? Text(lifetime) : null,
        ["creationTime"] = Text(dataset.Created),
        ["lastModifiedTime"] = Text(dataset.Modified),
    });

    /// <summary>A table as tables.list writes it: without its schema and size.</summary>
    public static JsonObject ListedTable(TableInfo table) => WithoutNulls(new()
    {
        ["kind"] = "bigquery#table",
        ["id"] = table.Name.ToString(),
        ["tableReference"] = Reference(table.Name),
        ["type"] = "TABLE",
        ["friendlyName"] = table.FriendlyName,
        ["labels"] = Labels(table),
        ["creationTime"] = Text(table.Created),
        ["expirationTime"] = table.Expires is { } expires ? Text(expires) : null,
        ["clustering"] = Clustering(table),
        ["timePartitioning"] = Partitioning(table),
    });

    public static JsonObject Table(TableInfo table, long rows, long bytes, long now)
    {
        var json = ListedTable(table);
        json["etag"] = Etag(table);
        json["schema"] = new JsonObject { ["fields"] = Schemas.Write(table.Columns) };
        json["lastModifiedTime"] = Text(table.Modified);
        json["location"] = "US";
        json["numRows"] = Text(rows);
        json["numBytes"] = Text(bytes);
        json["numLongTermBytes"] = "0";
        if (table.Description is { } description)
        {
            json["description"] = description;
        }

        if (table.InStreamingBuffer(now))
        {
            json["streamingBuffer"] = new JsonObject { ["estimatedRows"] = Text(table.StreamedRows), ["oldestEntryTime"] = Text(table.Streamed!.Value) };
        }

        return json;
    }

    public static JsonObject Reference(TableName name) => new() { ["projectId"] = name.Project, ["datasetId"] = name.Dataset, ["tableId"] = name.Table };

    public static string Etag(TableInfo table) => Etag(table.Modified);

    /// <summary>The table with the body's members, columns excepted; what the body does not have stays, or is gone when the body stands for the whole.</summary>
    public static TableInfo Changed(TableInfo table, JsonObject body, bool whole)
    {
        bool Has(string member) => whole || body.ContainsKey(member);
        return table with
        {
            Description = Has("description") ? (string?)body["description"] : table.Description,
            FriendlyName = Has("friendlyName") ? (string?)body["friendlyName"] : table.FriendlyName,
            Labels = !Has("labels") ? table.Labels : body["labels"]?.AsObject().ToDictionary(label => label.Key, label => (string?)label.Value ?? ""),
            Expires = !Has("expirationTime") ? table.Expires : body["expirationTime"] is { } expires ? long.Parse(expires.ToString(), CultureInfo.InvariantCulture) : null,
            Clustering = !body.ContainsKey("clustering") ? table.Clustering : [.. (body["clustering"]?["fields"]?.AsArray() ?? []).Select(column => (string)column!)],
            Partitioning = !body.ContainsKey("timePartitioning") || body["timePartitioning"] is not JsonObject partitioning ? table.Partitioning
                : new((string?)partitioning["type"] ?? "DAY", (string?)partitioning["field"]),
        };
    }

    private static string Etag(long modified) => $"\"{Text(modified)}\"";

    private static JsonObject? Labels(TableInfo table) =>
        table.Labels is { Count: > 0 } labels ? new(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))) : null;

    private static JsonObject? Clustering(TableInfo table) =>
        table.Clustering.Count > 0 ? new() { ["fields"] = new JsonArray([.. table.Clustering.Select(column => (JsonNode?)column)]) } : null;

    private static JsonObject? Partitioning(TableInfo table) =>
        table.Partitioning is { } partitioning ? WithoutNulls(new() { ["type"] = partitioning.Type, ["field"] = partitioning.Field }) : null;

    private static JsonObject WithoutNulls(JsonObject json)
    {
        foreach (var name in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            json.Remove(name);
        }

        return json;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
