using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>
/// The document from which Google's generic clients (<c>bq</c> among them) learn what may be called. It is made of <see cref="ApiMethods"/>, so that it
/// promises what the server has and no more; bodies are described as plain objects.
/// </summary>
internal static partial class DiscoveryDocument
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/$discovery/rest", "/discovery/v1/apis/bigquery/v2/rest" })
        {
            routes.MapGet(path, Requests.Endpoint(context => Task.FromResult<JsonNode?>(Write(context.Request))));
        }
    }

    private static JsonObject Write(HttpRequest request)
    {
        var root = $"{request.Scheme}://{request.Host}/";
        var resources = new JsonObject();
        foreach (var method in ApiMethods.All)
        {
            var (resource, name) = (method.Id[..method.Id.IndexOf('.', StringComparison.Ordinal)], method.Id[(method.Id.IndexOf('.', StringComparison.Ordinal) + 1)..]);
            resources[resource] ??= new JsonObject { ["methods"] = new JsonObject() };
            resources[resource]!["methods"]![name] = Method(method);
        }

        return new()
        {
            ["kind"] = "discovery#restDescription",
            ["discoveryVersion"] = "v1",
            ["id"] = "bigquery:v2",
            ["name"] = "bigquery",
            ["version"] = "v2",
            ["title"] = "BigQuery API (local)",
            ["protocol"] = "rest",
            ["rootUrl"] = root,
            ["servicePath"] = "bigquery/v2/",
            ["basePath"] = "/bigquery/v2/",
            ["baseUrl"] = root + "bigquery/v2/",
            ["batchPath"] = "batch/bigquery/v2",
            ["auth"] = new JsonObject { ["oauth2"] = new JsonObject { ["scopes"] = new JsonObject { ["https://www.googleapis.com/auth/bigquery"] = new JsonObject { ["description"] = "View and manage data" } } } },
            ["parameters"] = new JsonObject
            {
                ["alt"] = Parameter("string", "query"), ["fields"] = Parameter("string", "query"), ["key"] = Parameter("string", "query"),
                ["oauth_token"] = Parameter("string", "query"), ["prettyPrint"] = Parameter("boolean", "query"), ["quotaUser"] = Parameter("string", "query"),
            },
            ["schemas"] = new JsonObject { ["Body"] = new JsonObject { ["id"] = "Body", ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "any" } } },
            ["resources"] = resources,
        };
    }

    private static JsonObject Method(ApiMethod method)
    {
        var parts = PathParameter().Matches(method.Path).Select(match => match.Groups[1].Value).ToList();
        var parameters = new JsonObject();
        foreach (var part in parts)
        {
            parameters[part] = Parameter("string", "path");
            parameters[part]!["required"] = true;
        }

        foreach (var (name, type) in method.Query)
        {
            parameters[name] = Parameter(type, "query");
        }

        var json = new JsonObject
        {
            ["id"] = $"bigquery.{method.Id}",
            ["path"] = PathParameter().Replace(method.Path, "{+$1}"),
            ["flatPath"] = method.Path,
            ["httpMethod"] = method.Verb,
            ["parameters"] = parameters,
            ["parameterOrder"] = new JsonArray([.. parts.Select(part => (JsonNode?)part)]),
            ["scopes"] = new JsonArray("https://www.googleapis.com/auth/bigquery"),
        };
        if (method.HasBody)
        {
            json["request"] = new JsonObject { ["$ref"] = "Body" };
        }

        if (method.Verb != HttpMethods.Delete)
        {
            json["response"] = new JsonObject { ["$ref"] = "Body" };
        }

        if (method == ApiMethods.JobsInsert)
        {
            json["supportsMediaUpload"] = true;
            json["mediaUpload"] = new JsonObject
            {
                ["accept"] = new JsonArray("*/*"),
                ["protocols"] = new JsonObject
                {
                    ["simple"] = new JsonObject { ["multipart"] = true, ["path"] = $"/upload/bigquery/v2/{PathParameter().Replace(method.Path, "{+$1}")}" },
                    ["resumable"] = new JsonObject { ["multipart"] = true, ["path"] = $"/resumable/upload/bigquery/v2/{PathParameter().Replace(method.Path, "{+$1}")}" },
                },
            };
        }

        return json;
    }

    private static JsonObject Parameter(string type, string location) => new() { ["type"] = type, ["location"] = location };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
