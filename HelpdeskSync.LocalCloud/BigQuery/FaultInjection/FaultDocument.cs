using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

/// <summary>Rules as JSON: <c>{"seed":1,"rules":[{"kind","on","sqlContains","rate","times","latencyMs"}]}</c>; all of a rule but its kind may be absent.</summary>
internal static class FaultDocument
{
    private static readonly string[] Members = ["kind", "on", "sqlContains", "rate", "times", "latencyMs"];

    /// <summary>Reads a document.</summary>
    /// <exception cref="BigQueryFault">It is wrong; the message names where and what.</exception>
    public static (int Seed, List<FaultRule> Rules) Read(JsonObject document, IReadOnlyCollection<string> methods)
    {
        RefuseOthers(document, ["seed", "rules"], "");
        var seed = Value<int>(document, "seed", "");
        var rules = document["rules"] is null ? [] : document["rules"] as JsonArray ?? throw Wrong("rules", "must be an array");
        return (seed ?? 0, [.. rules.Select((rule, at) => Rule(rule as JsonObject ?? throw Wrong($"rules[{at}]", "must be an object"), $"rules[{at}].", methods))]);
    }

    public static JsonObject Write(FaultInjector faults) => new()
    {
        ["rules"] = new JsonArray([.. faults.Rules.Select(JsonNode? (rule) => new JsonObject
        {
            ["kind"] = NameOf(rule.Kind), ["on"] = rule.On, ["sqlContains"] = rule.SqlContains, ["rate"] = rule.Rate, ["times"] = rule.Times,
            ["latencyMs"] = rule.Kind is FaultKind.Latency ? rule.Latency.TotalMilliseconds : null,
        })]),
        ["shown"] = Shown(faults),
    };

    public static JsonObject Shown(FaultInjector faults) => new(faults.Shown.Select(kind => KeyValuePair.Create(NameOf(kind.Key), (JsonNode?)kind.Value)));

    private static FaultRule Rule(JsonObject rule, string place, IReadOnlyCollection<string> methods)
    {
        RefuseOthers(rule, Members, place);
        var name = Text(rule, "kind", place) ?? throw Wrong(place + "kind", "is missing");
        var kind = Kinds.TryGetValue(name, out var found) ? found : throw Wrong(place + "kind", $"must be one of {string.Join(", ", Kinds.Keys)}, not \"{name}\"");
        var on = Text(rule, "on", place);
        if (on is not null && !methods.Contains(on, StringComparer.OrdinalIgnoreCase))
        {
            throw Wrong(place + "on", $"must be one of {string.Join(", ", methods)}, not \"{on}\"");
        }

        var latency = Value<double>(rule, "latencyMs", place);
        return new(kind)
        {
            On = on,
            SqlContains = Text(rule, "sqlContains", place),
            Rate = Value<double>(rule, "rate", place) is { } rate ? rate is >= 0 and <= 1 ? rate : throw Wrong(place + "rate", "must lie between 0 and 1") : 1,
            Times = Value<int>(rule, "times", place) is { } times ? times >= 0 ? times : throw Wrong(place + "times", "must not be negative") : null,
            Latency = kind is not FaultKind.Latency ? TimeSpan.Zero
                : latency is >= 0 and <= 600_000 ? TimeSpan.FromMilliseconds(latency.Value)
                : throw Wrong(place + "latencyMs", "must be given, from 0 to 600000"),
        };
    }

    private static readonly Dictionary<string, FaultKind> Kinds = Enum.GetValues<FaultKind>().ToDictionary(NameOf, kind => kind, StringComparer.OrdinalIgnoreCase);

    private static string NameOf(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static void RefuseOthers(JsonObject json, string[] known, string place)
    {
        if (json.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } other)
        {
            throw Wrong(place + other, $"is unknown; known are {string.Join(", ", known)}");
        }
    }

    private static string? Text(JsonObject json, string name, string place) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong(place + name, "must be a text"),
    };

    private static T? Value<T>(JsonObject json, string name, string place)
        where T : struct => json[name] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<T>(out var number) => number,
            _ => throw Wrong(place + name, typeof(T) == typeof(int) ? "must be a whole number" : "must be a number"),
        };

    private static BigQueryFault Wrong(string place, string what) => BigQueryFault.Invalid($"Faults: {place} {what}.");
}
