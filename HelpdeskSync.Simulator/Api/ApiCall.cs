using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>One call: its checked parameters and the body that is being written.</summary>
internal sealed partial class ApiCall(HttpContext context, ApiEndpoint endpoint, IBufferWriter<byte> body, int firstOffset) : IDisposable
{
    private static readonly string[] AlwaysTaken = ["orgId"];

    public Utf8JsonWriter Json { get; } = new(body, RecordWriter.Options);

    /// <summary>Counted from 0, whatever callers count from.</summary>
    public int From { get; private set; }

    public int Limit { get; private set; }

    /// <summary>Without the minus; null when absent.</summary>
    public string? SortKey { get; private set; }

    public bool Descending { get; private set; }

    public string[] Include { get; private set; } = [];

    public int Credits => endpoint.IsListing ? CreditMeter.PageCost(From) : endpoint.Credits;

    public void Dispose() => Json.Dispose();

    public string? Route(string name) => context.Request.RouteValues[name] as string;

    /// <summary>A parameter's single value; null when absent or empty.</summary>
    public string? Value(string name) => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Comma-separated or repeated values.</summary>
    public string[] Values(string name) => Value(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <exception cref="ApiRefusalException">422: the body is no JSON object.</exception>
    public async ValueTask<JsonObject> BodyAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
                ?? throw new ApiRefusalException(422, "EMPTY_PAYLOAD", "A JSON object is expected.");
        }
        catch (JsonException)
        {
            throw new ApiRefusalException(422, "EMPTY_PAYLOAD", "A JSON object is expected.");
        }
    }

    /// <summary>The record's ordinal, or a 404 when the id is no id of this table.</summary>
    public long Ordinal(Table table, string name) =>
        RecordIds.TryParse(table, Route(name), out var ordinal) ? ordinal : throw ApiRefusalException.NotFound();

    /// <exception cref="ApiRefusalException">422: a parameter is unknown, malformed or out of range.</exception>
    public void CheckParameters()
    {
        foreach (var name in context.Request.Query.Keys)
        {
            if (!IsTaken(name))
            {
                throw ApiRefusalException.Invalid(name, "An extra parameter was found.");
            }
        }

        if (endpoint.IsListing)
        {
            From = Math.Max(0, Number("from", 0, 0, endpoint.MaxFrom ?? int.MaxValue) - firstOffset);
            Limit = Number("limit", endpoint.DefaultLimit, endpoint.MinLimit, endpoint.MaxLimit);
        }

        SortKey = Value("sortBy");
        Descending = SortKey?.StartsWith('-') == true;
        SortKey = Descending ? SortKey![1..] : SortKey;
        if (SortKey is not null && !endpoint.SortKeys.Contains(SortKey))
        {
            throw ApiRefusalException.Invalid("sortBy", $"One of {string.Join(", ", endpoint.SortKeys)} is expected.");
        }

        Include = Values("include");
        if (Include.FirstOrDefault(name => !endpoint.Includes.Contains(name)) is not null)
        {
            throw ApiRefusalException.Invalid("include", $"Only {string.Join(", ", endpoint.Includes)} can be included.");
        }
    }

    /// <summary>A range "from,to" in UTC with trailing Z, both ends included; null when absent.</summary>
    public TimeRange? Range(string name)
    {
        if (Value(name) is not { } text || text == "null")
        {
            return null;
        }

        var ends = text.Split(',');
        return ends.Length == 2 && Instant(ends[0]) is { } from && Instant(ends[1]) is { } to
            ? new(from, to)
            : throw ApiRefusalException.Invalid(name, "Two UTC times with trailing Z, separated by a comma, are expected.");
    }

    private static long? Instant(string text) =>
        TimePattern().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;

    private bool IsTaken(string name) => name switch
    {
        "from" or "limit" => endpoint.IsListing,
        "sortBy" => endpoint.SortKeys.Length > 0,
        "include" => endpoint.Includes.Length > 0,
        _ => endpoint.Parameters.Contains(name) || AlwaysTaken.Contains(name),
    };

    private int Number(string name, int absent, int least, int most)
    {
        if (Value(name) is not { } text)
        {
            return absent;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw ApiRefusalException.Invalid(name, "A whole number is expected.");
        }

        return number >= least && number <= most ? number
            : name == "from" ? throw new ApiRefusalException(422, "UNPROCESSABLE_ENTITY", "Query parameter from is out of range.")
            : throw ApiRefusalException.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"Value outside {least} to {most}."));
    }

    [GeneratedRegex(@"^\d{4}-\d{1,2}-\d{1,2}T\d{1,2}:\d{1,2}:\d{1,2}(\.\d{0,3})?Z$")]
    private static partial Regex TimePattern();
}
