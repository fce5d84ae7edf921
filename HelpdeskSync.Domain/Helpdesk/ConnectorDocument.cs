using System.Text.Json;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Reads the connector document and collects its faults.</summary>
internal static partial class ConnectorDocument
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static Connector Read(string json)
    {
        var faults = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var connector = ReadRoot(new ConnectorNode(document.RootElement, "$", faults));
                return faults.Count == 0 ? connector : throw new ConnectorException(faults);
            }

            faults.Add("$: must be an object");
        }
        catch (JsonException exception)
        {
            faults.Add($"$: not valid JSON: {exception.Message}");
        }

        throw new ConnectorException(faults);
    }

    private static Connector ReadRoot(ConnectorNode root)
    {
        var name = root.Text("name");
        var api = ReadApi(root);
        var entities = new List<Entity>();
        foreach (var node in root.Items("entities"))
        {
            var entity = ReadEntity(node);
            EntityRules.Check(node, entity, entities);
            entities.Add(entity);
        }

        ArchiveRules.Check(root, entities);
        var eventTypeField = root.OptionalFieldPath("eventTypeField") ?? "eventType";
        var events = ReadEvents(root, entities);
        root.RefuseOthers();
        return new Connector(name, api, entities.ConvertAll(entity => WithChildCounts(entity, entities)), eventTypeField, events);
    }

    private static Entity WithChildCounts(Entity entity, List<Entity> all) => entity with
    {
        ChildCountFields =
        [
            .. all.Where(child => EntityRules.SameName(child.Parent, entity.Name)).Select(child => child.ParentCountField).OfType<string>(),
        ],
    };

    private static Entity ReadEntity(ConnectorNode node)
    {
        var entity = new Entity
        {
            Name = node.Text("name"),
            Table = node.Text("table"),
            DetailPath = node.Text("detailPath"),
            Whole = node.Optional("whole") is { } whole ? ReadWhole(whole) : null,
            Listing = node.Optional("listing") is { } listing ? ReadListing(listing) : null,
            Search = node.Optional("search") is { } search ? ReadSearch(search) : null,
            Archive = node.Optional("archive") is { } archive ? ReadArchive(archive) : null,
            IdField = node.OptionalFieldPath("idField") ?? "id",
            Parent = node.OptionalText("parent"),
            ParentField = node.OptionalText("parentField"),
            ParentCountField = node.OptionalFieldPath("parentCountField"),
            ModifiedTimeField = node.OptionalFieldPath("modifiedTimeField"),
            CreatedTimeField = node.OptionalFieldPath("createdTimeField"),
            GoneStatuses = node.Statuses("goneStatuses", [404]),
            GoneFlags = node.FieldPaths("goneFlags"),
            VolatileFields = node.FieldPaths("volatileFields"),
        };
        node.RefuseOthers();
        return entity;
    }

    private static Dictionary<string, WebhookMapping> ReadEvents(ConnectorNode root, List<Entity> entities)
    {
        var events = new Dictionary<string, WebhookMapping>(StringComparer.OrdinalIgnoreCase);
        if (root.Optional("events") is not { } all)
        {
            return events;
        }

        foreach (var type in all.Names())
        {
            if (all.Optional(type) is { } node && !events.TryAdd(type, ReadEvent(node, entities)))
            {
                node.Fault(null, "stands twice; event types that differ only in case are the same");
            }
        }

        return events;
    }

    private static WebhookMapping ReadEvent(ConnectorNode node, List<Entity> entities)
    {
        var name = node.Text("entity");
        var entity = entities.Find(entity => EntityRules.SameName(entity.Name, name));
        if (entity is null && name.Length > 0)
        {
            node.Fault("entity", $"there is no entity '{name}'");
        }

        var hint = node.Text("hint");
        if (hint is not ("changed" or "deleted" or ""))
        {
            node.Fault("hint", $"'{hint}' must be 'changed' or 'deleted'");
        }

        var idPath = node.FieldPath("idPath");
        var parentIdPath = node.OptionalFieldPath("parentIdPath");
        if (parentIdPath is not null && entity is { IsChild: false })
        {
            node.Fault("parentIdPath", $"'{name}' has no parent");
        }

        node.RefuseOthers();
        return new WebhookMapping(entity?.Name ?? name, hint == "deleted" ? ChangeHint.Deleted : ChangeHint.Changed, idPath, parentIdPath);
    }
}
