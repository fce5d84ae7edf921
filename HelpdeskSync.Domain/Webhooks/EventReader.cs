using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Domain.Webhooks;

/// <summary>Reads one event of a webhook's body.</summary>
internal static class EventReader
{
    private const string TypeField = "eventType";
    private const string EntityField = "entity";

    /// <summary>
    /// At most one of the three is set; none for an empty object. The fault begins with the path within the event, or with a colon for the
    /// event itself.
    /// </summary>
    public sealed record Reading(WebhookEvent? Event = null, IgnoredEvent? Ignored = null, string? Fault = null);

    public static Reading Read(JsonElement value, Connector connector)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Faulty(": must be an object");
        }

        if (!value.EnumerateObject().Any())
        {
            return new Reading();
        }

        var isPlain = JsonText.TryGet(value, EntityField, out var entity);
        var typeField = isPlain ? TypeField : connector.EventTypeField;
        string? type = null;
        if (value.TryFind(typeField, out var typeValue))
        {
            if (typeValue.ValueKind != JsonValueKind.String)
            {
                return Faulty($"{typeField}: must be a string");
            }

            type = JsonText.Of(typeValue);
        }

        return isPlain ? ReadPlain(value, entity, type, connector) : ReadVendor(value, type, connector);
    }

    private static Reading ReadPlain(JsonElement value, JsonElement entityValue, string? type, Connector connector)
    {
        if (entityValue.ValueKind != JsonValueKind.Object)
        {
            return Faulty($"{EntityField}: must be an object");
        }

        if (!JsonText.TryGet(entityValue, "type", out var kind))
        {
            return Faulty($"{EntityField}.type: missing");
        }

        if (kind.ValueKind != JsonValueKind.String)
        {
            return Faulty($"{EntityField}.type: must be a string");
        }

        var name = JsonText.Of(kind);
        if ((connector.FindEntity(name) ?? connector.FindTable(name)) is not { } entity)
        {
            // An entity nobody keeps is no business of ours, but a malformed event is malformed all the same.
            return IdFault(value, "entity.id") is { } fault ? Faulty(fault) : Ignore(type, "the connector has no such entity");
        }

        var mapping = new WebhookMapping(entity.Name, EventVerb.HintOf(type ?? string.Empty), "entity.id", "entity.parentId");
        return ReadKey(value, type, mapping, entity);
    }

    private static Reading ReadVendor(JsonElement value, string? type, Connector connector)
    {
        if (string.IsNullOrEmpty(type))
        {
            return Faulty(type is null ? $"{connector.EventTypeField}: missing" : $"{connector.EventTypeField}: empty");
        }

        return connector.FindEvent(type) is { } mapping && connector.FindEntity(mapping.Entity) is { } entity
            ? ReadKey(value, type, mapping, entity)
            : Ignore(type, "the connector does not map this event type");
    }

    private static Reading ReadKey(JsonElement value, string? type, WebhookMapping mapping, Entity entity)
    {
        if (IdFault(value, mapping.IdPath) is { } fault)
        {
            return Faulty(fault);
        }

        string? parentId = null;
        if (entity.IsChild && mapping.ParentIdPath is { } parentPath
            && value.TryFind(parentPath, out var parent) && parent.ValueKind != JsonValueKind.Null)
        {
            if (IdFault(value, parentPath) is { } parentFault)
            {
                return Faulty(parentFault);
            }

            parentId = RecordFields.IdText(parent);
        }

        var id = value.TryFind(mapping.IdPath, out var found) ? RecordFields.IdText(found)! : string.Empty;
        return new Reading(new WebhookEvent(type ?? string.Empty, entity.Name, new RecordKey(id, parentId), mapping.Hint));
    }

    private static string? IdFault(JsonElement value, string path)
    {
        if (!value.TryFind(path, out var found))
        {
            return $"{path}: missing";
        }

        return RecordFields.IdText(found) switch
        {
            null => $"{path}: must be a string or a whole number",
            var id when string.IsNullOrWhiteSpace(id) => $"{path}: empty",
            { Length: > RecordFields.LongestId } => $"{path}: longer than {RecordFields.LongestId} characters",
            _ => null,
        };
    }

    private static Reading Faulty(string fault) => new(Fault: fault);

    private static Reading Ignore(string? type, string reason) => new(Ignored: new IgnoredEvent(type, reason));
}
