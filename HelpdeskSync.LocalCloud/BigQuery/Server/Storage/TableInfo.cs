using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>What is known of a table besides its rows. Times are milliseconds since 1970, UTC.</summary>
internal sealed record TableInfo(TableName Name, IReadOnlyList<SqlColumn> Columns, long Created, long Modified)
{
    public long? Expires { get; init; }

    public string? Description { get; init; }

    public string? FriendlyName { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyList<string> Clustering { get; init; } = [];

    public SqlPartitioning? Partitioning { get; init; }

    /// <summary>When rows were last streamed in; DML is refused for 30 minutes after it.</summary>
    public long? Streamed { get; init; }

    /// <summary>How many rows lie in the streaming buffer.</summary>
    public long StreamedRows { get; init; }

    /// <summary>Whether the newest of the streamed rows came within the last 30 minutes.</summary>
    public bool InStreamingBuffer(long now) => Streamed is { } streamed && now - streamed < 30 * 60 * 1000;

    public bool HoldsJson => Columns.Any(column => column.Type.HoldsJson);

    public SqlColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static TableInfo FromJson(TableName name, JsonObject json) =>
        new(name, Schemas.Read(json["fields"]!.AsArray()), (long)json["created"]!, (long)json["modified"]!)
        {
            Expires = (long?)json["expires"],
            Description = (string?)json["description"],
            FriendlyName = (string?)json["friendlyName"],
            Labels = json["labels"]?.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!),
            Clustering = [.. json["clustering"]!.AsArray().Select(column => (string)column!)],
            Partitioning = json["partitioning"] is JsonObject partitioning ? new((string)partitioning["type"]!, (string?)partitioning["field"]) : null,
            Streamed = (long?)json["streamed"],
            StreamedRows = (long?)json["streamedRows"] ?? 0,
        };

    public JsonObject ToJson() => new()
    {
        ["fields"] = Schemas.Write(Columns),
        ["created"] = Created,
        ["modified"] = Modified,
        ["expires"] = Expires,
        ["description"] = Description,
        ["friendlyName"] = FriendlyName,
        ["labels"] = Labels is null ? null : new JsonObject(Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        ["clustering"] = new JsonArray([.. Clustering.Select(column => (JsonNode?)column)]),
        ["partitioning"] = Partitioning is null ? null : new JsonObject { ["type"] = Partitioning.Type, ["field"] = Partitioning.Field },
        ["streamed"] = Streamed,
        ["streamedRows"] = StreamedRows,
    };
}
