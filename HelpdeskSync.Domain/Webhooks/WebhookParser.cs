using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Domain.Webhooks;

/// <summary>
/// Reads what a webhook's body says changed: events of the plain format and of the connector's own, one or an array, mixed.
/// </summary>
public static class WebhookParser
{
    /// <summary>The most events taken at once; a larger array is a fault.</summary>
    public const int MostEvents = 10_000;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Whether a body plainly says nothing: no bytes, <c>[]</c>, <c>{}</c>, blanks aside.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> body)
    {
        var text = body.Trim(Blanks);
        return text.IsEmpty || (text.Length >= 2 && text[1..^1].Trim(Blanks).IsEmpty && ((text[0], text[^1]) is ((byte)'[', (byte)']') or ((byte)'{', (byte)'}')));
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">Any bytes; its signature should have been checked.</param>
    /// <param name="connector">Knows the entities and the vendor's event types.</param>
    /// <returns>
    /// The events, or a fault and nothing else: a body is taken as a whole or not at all. An empty body, <c>[]</c> and <c>{}</c> are well
    /// formed
    /// and say nothing. Never throws for what is in the body.
    /// </returns>
    public static WebhookParse Parse(ReadOnlySpan<byte> body, Connector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var text = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (text.TrimStart(Blanks).IsEmpty)
        {
            return new WebhookParse([], [], null);
        }

        try
        {
            using var document = JsonDocument.Parse(text.ToArray());
            return Parse(document.RootElement, connector);
        }
        catch (JsonException exception)
        {
            // Not the exception's message: it may quote the body.
            return Faulty($"$: not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
        }
    }

    private static WebhookParse Parse(JsonElement root, Connector connector)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            return Parse([(string.Empty, root)], connector);
        }

        if (root.ValueKind != JsonValueKind.Array)
        {
            return Faulty("$: must be an object or an array of objects");
        }

        return root.GetArrayLength() > MostEvents
            ? Faulty($"$: has {root.GetArrayLength()} events; at most {MostEvents} are taken at once")
            : Parse(root.EnumerateArray().Select((item, index) => ($"[{index}]", item)), connector);
    }

    private static WebhookParse Parse(IEnumerable<(string Path, JsonElement Value)> items, Connector connector)
    {
        var events = new List<WebhookEvent>();
        var ignored = new List<IgnoredEvent>();
        foreach (var (path, value) in items)
        {
            switch (EventReader.Read(value, connector))
            {
                case { Fault: { } fault }:
                    return Faulty(path.Length == 0 ? fault : fault[0] == ':' ? path + fault : $"{path}.{fault}");
                case { Event: { } accepted }:
                    events.Add(accepted);
                    break;
                case { Ignored: { } left }:
                    ignored.Add(left);
                    break;
            }
        }

        return new WebhookParse(events, ignored, null);
    }

    private static WebhookParse Faulty(string fault) => new([], [], fault);
}
