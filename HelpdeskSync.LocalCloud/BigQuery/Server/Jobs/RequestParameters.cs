using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Reads <c>queryParameters</c> of a request.</summary>
internal static class RequestParameters
{
    public static Dictionary<string, SqlParameter> Read(JsonArray? parameters)
    {
        var read = new Dictionary<string, SqlParameter>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in (parameters ?? []).Select(node => node!.AsObject()))
        {
            var name = (string?)parameter["name"] ?? throw BigQueryFault.Unsupported("positional parameters; name them");
            var type = parameter["parameterType"]?.AsObject() ?? throw BigQueryFault.Invalid($"Parameter {name} has no type");
            read[name] = new(name, TypeOf(name, type), ValueOf(parameter["parameterValue"]?.AsObject(), type));
        }

        return read;
    }

    private static SqlType TypeOf(string name, JsonObject type) => (string?)type["type"] switch
    {
        "ARRAY" => SqlType.ArrayOf(TypeOf(name, type["arrayType"]!.AsObject())),
        "STRUCT" => throw BigQueryFault.Unsupported($"parameter {name} of type STRUCT"),
        { } scalar => SqlType.Scalar(scalar),
        null => throw BigQueryFault.Invalid($"Parameter {name} has no type"),
    };

    private static object? ValueOf(JsonObject? value, JsonObject type) => (string?)type["type"] == "ARRAY"
        ? (value?["arrayValues"]?.AsArray() ?? []).Select(item => (string?)item!["value"]).ToList()
        : (string?)value?["value"];
}
