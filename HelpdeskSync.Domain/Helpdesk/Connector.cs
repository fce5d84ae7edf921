namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>One helpdesk's entities and webhook events: everything that is particular to the vendor, as data.</summary>
/// <remarks>Immutable and safe to share. A second helpdesk is a second document; no code knows a vendor's path or field.</remarks>
public sealed class Connector
{
    private readonly Dictionary<string, Entity> _byName;
    private readonly Dictionary<string, Entity> _byTable;
    private readonly Dictionary<string, WebhookMapping> _events;

    internal Connector(
        string name, ApiSpec api, IReadOnlyList<Entity> entities, string eventTypeField, IReadOnlyDictionary<string, WebhookMapping> events)
    {
        Name = name;
        Api = api;
        EventTypeField = eventTypeField;
        Entities = entities;
        _byName = entities.ToDictionary(entity => entity.Name, StringComparer.OrdinalIgnoreCase);
        _byTable = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entity in entities)
        {
            _byTable[entity.Table] = entity;
            _byTable[entity.HistoryTable] = entity;
        }

        _events = new(events, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The connector's name: <c>zoho-desk</c>.</summary>
    public string Name { get; }

    /// <summary>How its API is spoken to.</summary>
    public ApiSpec Api { get; }

    /// <summary>Dotted path of the type in an event of the vendor's own format: <c>eventType</c>.</summary>
    public string EventTypeField { get; }

    /// <summary>In the document's order; a parent stands before its children. Never empty.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <summary>The children of <paramref name="parent"/>, in the document's order; often none.</summary>
    public IEnumerable<Entity> ChildrenOf(Entity parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return Entities.Where(entity => string.Equals(entity.Parent, parent.Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The entity with this name, such as <c>ticket</c>, without regard to case; null when there is none.</summary>
    public Entity? FindEntity(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// The entity with this table, such as <c>tickets</c> or <c>tickets_history</c>, without regard to case; null when there is none.
    /// </summary>
    public Entity? FindTable(string table) => _byTable.GetValueOrDefault(table);

    /// <summary>
    /// What an event type is about: one that the document lists (<c>Ticket_Comment_Add</c>), or a plain one made of an entity's or table's
    /// name, a dot
    /// and a verb (<c>ticket.updated</c>, ids then at <c>entity.id</c> and <c>entity.parentId</c>). Without regard to case; null when it is
    /// neither.
    /// </summary>
    public WebhookMapping? FindEvent(string eventType)
    {
        ArgumentNullException.ThrowIfNull(eventType);
        if (_events.TryGetValue(eventType, out var mapping))
        {
            return mapping;
        }

        var dot = eventType.IndexOf('.', StringComparison.Ordinal);
        var entity = dot < 0 ? null : FindEntity(eventType[..dot]) ?? FindTable(eventType[..dot]);
        return entity is null
            ? null
            : new WebhookMapping(entity.Name, EventVerb.HintOf(eventType), "entity.id", entity.IsChild ? "entity.parentId" : null);
    }

    /// <summary>Reads and checks a connector document.</summary>
    /// <exception cref="ConnectorException">The document is wrong; every fault is named, with its JSON path.</exception>
    public static Connector Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ConnectorDocument.Read(json);
    }
}
