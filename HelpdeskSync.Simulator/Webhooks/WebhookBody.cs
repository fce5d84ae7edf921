using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>Makes the JSON of one delivery.</summary>
internal sealed class WebhookBody(HelpdeskTruth truth, RecordWriter writer)
{
    private static readonly string[] ThreadFieldsNotSent =
        ["isContentTruncated", "fullContentURL", "to", "cc", "bcc", "replyTo", "fromEmailAddress"];

    private static readonly string[] CommentFieldsNotSent = ["encodedContent", "impersonatedUser"];

    public static JsonObject Plain(ChangeOutcome outcome)
    {
        var entity = new JsonObject
        {
            ["type"] = outcome.Change.Table.Entity(),
            ["id"] = Text(RecordIds.Of(outcome.Change.Table, outcome.Change.Ordinal)),
        };
        if (outcome.Change.Table.IsChild())
        {
            entity["parentId"] = Text(outcome.ParentId);
        }

        return new() { ["eventType"] = WebhookEvents.PlainName(outcome), ["entity"] = entity };
    }

    public JsonArray Zoho(ChangeOutcome outcome, bool includePrevState)
    {
        var name = WebhookEvents.ZohoName(outcome)!;
        var delivery = new JsonObject
        {
            ["payload"] = Payload(outcome),
            ["eventTime"] = Text(outcome.Change.At),
            ["eventType"] = name,
            ["orgId"] = truth.World.OrganizationId,
        };
        if (includePrevState && outcome is { Change.Operation: ChangeOperation.Update, Before: { } before, After: { } after })
        {
            delivery["prevState"] = Former(writer.Document(before), writer.Document(after));
        }

        return [delivery];
    }

    private JsonObject Payload(ChangeOutcome outcome)
    {
        if (outcome.Change.Operation is ChangeOperation.Delete or ChangeOperation.Purge)
        {
            return new() { ["id"] = Text(RecordIds.Of(outcome.Change.Table, outcome.Change.Ordinal)) };
        }

        var payload = writer.Document(outcome.After!);
        switch (outcome.Change.Table)
        {
            case Table.Tickets:
                payload["contact"] = Contact(outcome.After!);
                if (outcome.Change.Operation == ChangeOperation.Create)
                {
                    payload["firstThread"] = null;
                }

                break;
            case Table.Threads:
                payload["contentType"] = (string?)payload["contentType"] == "text/html" ? "html" : "plainText";
                Child(payload, ThreadFieldsNotSent, outcome);
                break;
            case Table.Comments:
                Child(payload, CommentFieldsNotSent, outcome);
                break;
            case Table.Agents:
                payload.Remove("cf");
                break;
            default:
                break;
        }

        return payload;
    }

    private JsonNode? Contact(RecordView ticket)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, RecordWriter.Options))
        {
            json.WriteStartObject();
            References.Contact(json, truth.World, TicketFacts.ContactOf(truth.World, ticket.Ordinal), withSpam: true);
            json.WriteEndObject();
        }

        return JsonNode.Parse(buffer.WrittenSpan)!["contact"]!.DeepClone();
    }

    private static void Child(JsonObject payload, string[] notSent, ChangeOutcome outcome)
    {
        foreach (var name in notSent)
        {
            payload.Remove(name);
        }

        payload["ticketId"] = Text(outcome.ParentId);
    }

    private static JsonObject Former(JsonObject before, JsonObject after)
    {
        var former = new JsonObject();
        foreach (var (name, value) in before)
        {
            if (!JsonNode.DeepEquals(value, after[name]))
            {
                former[name] = value?.DeepClone();
            }
        }

        return former;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
