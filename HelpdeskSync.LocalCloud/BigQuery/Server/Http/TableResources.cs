using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Datasets and tables as the REST API writes them.</summary>
internal static class TableResources
{
    public static JsonObject Dataset(DatasetInfo dataset) => new()
    {
        ["kind"] = "bigquery#dataset",
        ["id"] = dataset.Name.ToString(),
        ["datasetReference"] = new JsonObject { ["projectId"] = dataset.Name.Project, ["datasetId"] = dataset.Name.Dataset },
        ["location"] = "US",
        ["description"] = dataset.Description,
        ["friendlyName"] = dataset.FriendlyName,
        ["labels"] = dataset.Labels?.DeepClone(),
        ["defaultTableExpirationMs"] = dataset.TableLifetime?.ToString(CultureInfo.InvariantCulture),
        ["creationTime"] = Text(dataset.Created),
        ["lastModifiedTime"] = Text(dataset.Modified),
    };

    public static JsonObject Table(TableInfo table, long? rows)
    {
        var json = new JsonObject
        {
            ["kind"] = "bigquery#table",
            ["id"] = table.Name.ToString(),
            ["tableReference"] = new JsonObject { ["projectId"] = table.Name.Project, ["datasetId"] = table.Name.Dataset, ["tableId"] = table.Name.Table },
            ["type"] = "TABLE",
            ["schema"] = new JsonObject { ["fields"] = Schemas.Write(table.Columns) },
            ["description"] = table.Description,
            ["friendlyName"] = table.FriendlyName,
            ["creationTime"] = Text(table.Created),
            ["lastModifiedTime"] = Text(table.Modified),
            ["location"] = "US",
        };
        if (rows is { } count)
        {
            json["numRows"] = Text(count);
            json["numBytes"] = Text(count * table.RowBytes);
        }

        if (table.Expires is { } expires)
        {
            json["expirationTime"] = Text(expires);
        }

        if (table.Clustering.Count > 0)
        {
            json["clustering"] = new JsonObject { ["fields"] = new JsonArray([.. table.Clustering.Select(column => (JsonNode?)column)]) };
        }

        return json;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
