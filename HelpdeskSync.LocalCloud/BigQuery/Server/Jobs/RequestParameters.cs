using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Rows;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Reads <c>queryParameters</c> of a request; a positional one is named by its number, from 1.</summary>
internal static class RequestParameters
{
    private const int Most = 10_000;

    /// <exception cref="BigQueryFault">There are too many, or a value is none of its type.</exception>
    public static Dictionary<string, SqlParameter> Read(JsonArray? parameters)
    {
        if (parameters?.Count > Most)
        {
            throw BigQueryFault.Invalid($"Too many query parameters: {parameters.Count}, the maximum is {Most}.", "queryParameters");
        }

        var read = new Dictionary<string, SqlParameter>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in (parameters ?? []).Select(node => node!.AsObject()))
        {
            var name = (string?)parameter["name"] is { Length: > 0 } given ? given : (read.Count + 1).ToString(CultureInfo.InvariantCulture);
            var type = parameter["parameterType"] as JsonObject ?? throw BigQueryFault.Required("queryParameters.parameterType");
            var sqlType = TypeOf(name, type);
            if (!read.TryAdd(name, new(name, sqlType, ValueOf(name, parameter["parameterValue"] as JsonObject, sqlType))))
            {
                throw BigQueryFault.Invalid($"Duplicate parameter name {name}", "queryParameters");
            }
        }

        return read;
    }

    private static SqlType TypeOf(string name, JsonObject type) => (string?)type["type"] switch
    {
        "ARRAY" => SqlType.ArrayOf(TypeOf(name, type["arrayType"] as JsonObject ?? throw BigQueryFault.Required("queryParameters.parameterType.arrayType"))),
        "STRUCT" or "RANGE" => throw BigQueryFault.Unsupported($"parameter {name} of type {type["type"]}"),
        { } scalar => SqlType.Scalar(scalar),
        null => throw BigQueryFault.Required("queryParameters.parameterType.type"),
    };

    private static object? ValueOf(string name, JsonObject? value, SqlType type) => type.Element is { } element
        ? (value?["arrayValues"] as JsonArray ?? []).Select(item => Scalar(name, item as JsonObject, element)
            ?? throw BigQueryFault.Unsupported($"NULL in the array parameter {name}")).ToList<string?>()
        : Scalar(name, value, type);

    private static string? Scalar(string name, JsonObject? value, SqlType type)
    {
        if (value?["value"] is not JsonValue given)
        {
            return null;
        }

        var text = given.ToString();
        return IsValid(text, type) ? text : throw BigQueryFault.Invalid($"Invalid value for parameter {name} of type {type.Sql}: \"{text}\"", "queryParameters");
    }

    private static bool IsValid(string text, SqlType type)
    {
        if (type.Name != "JSON")
        {
            return type.Name == "STRING" || Scalars.Read(type, text, quoted: true) is not null;
        }

        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
