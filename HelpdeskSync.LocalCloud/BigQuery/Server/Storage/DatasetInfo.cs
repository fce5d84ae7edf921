using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>What is known of a dataset. Times are milliseconds since 1970, UTC.</summary>
internal sealed record DatasetInfo(DatasetName Name, long Created, long Modified)
{
    public string? Description { get; init; }

    public string? FriendlyName { get; init; }

    /// <summary>Milliseconds that new tables live; null for ever.</summary>
    public long? TableLifetime { get; init; }

    public JsonObject? Labels { get; init; }

    public static DatasetInfo FromJson(DatasetName name, JsonObject json) => new(name, (long)json["created"]!, (long)json["modified"]!)
    {
        Description = (string?)json["description"],
        FriendlyName = (string?)json["friendlyName"],
        TableLifetime = (long?)json["tableLifetime"],
        Labels = json["labels"]?.DeepClone().AsObject(),
    };

    public JsonObject ToJson() => new()
    {
        ["created"] = Created,
        ["modified"] = Modified,
        ["description"] = Description,
        ["friendlyName"] = FriendlyName,
        ["tableLifetime"] = TableLifetime,
        ["labels"] = Labels?.DeepClone(),
    };
}
