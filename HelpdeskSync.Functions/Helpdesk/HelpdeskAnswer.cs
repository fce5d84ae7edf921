using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>What the helpdesk answered, read whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="SentAt">When the attempt that brought this answer was sent.</param>
/// <param name="Body">May be empty. Never to be shown.</param>
/// <param name="RetryAfter">How long the helpdesk asks to be left alone.</param>
internal sealed partial record HelpdeskAnswer(HttpStatusCode Status, DateTimeOffset SentAt, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter)
{
    /// <summary>The body as JSON, independent of any document; null when it is empty or no JSON.</summary>
    public JsonElement? Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True when the helpdesk itself says that there is no such record; a proxy's or a web server's 404 is not that.</summary>
    public bool SaysGone(Entity entity) => entity.GoneStatuses.Contains((int)Status) && (Body.IsEmpty || Json() is { ValueKind: JsonValueKind.Object });

    /// <summary>The error code in the body; null where there is none that is plainly one.</summary>
    public string? ErrorCode(ApiSpec api)
        => api.ErrorCodeField is { } field && Json() is { } error && error.TryFind(field, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetRawText().Trim('"') is var code && CodePattern().IsMatch(code) ? code : null;

    /// <summary>Status and error code, fit for messages: <c>422 INVALID_DATA</c>.</summary>
    public string Describe(ApiSpec api) => ErrorCode(api) is { } code ? $"{(int)Status} {code}" : $"{(int)Status}";

    /// <summary>Without the body.</summary>
    public override string ToString() => $"{(int)Status}";

    // Only what is plainly a code: text from outside may hold anything.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.]{0,59}\\z")]
    private static partial Regex CodePattern();
}
