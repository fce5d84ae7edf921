namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What must hold for archives, which refer to other entities in either direction of the document.</summary>
internal static class ArchiveRules
{
    public static void Check(ConnectorNode root, IReadOnlyList<Entity> entities)
    {
        for (var index = 0; index < entities.Count; index++)
        {
            if (entities[index].Archive is { } archive)
            {
                Check(root, $"entities[{index}].archive", entities[index], archive, entities);
            }
        }
    }

    private static void Check(ConnectorNode root, string at, Entity entity, ArchiveSpec archive, IReadOnlyList<Entity> entities)
    {
        EntityRules.CheckPath(root, $"{at}.path", archive.Path, []);
        foreach (var (name, value) in archive.Query)
        {
            RequestRules.CheckPlaceholders(root, $"{at}.query.{name}", value, [ArchiveSpec.Each]);
        }

        if (!archive.Query.Values.Any(value => value.Contains(ArchiveSpec.Each, StringComparison.Ordinal)))
        {
            root.Fault($"{at}.query", $"no value holds {ArchiveSpec.Each}, the id of the record that is walked");
        }

        if (entity.IsChild || entity.Search is null)
        {
            root.Fault(at, "only an entity with search has an archive beside it");
        }

        var walked = entities.FirstOrDefault(other => EntityRules.SameName(other.Name, archive.ForEach));
        if (walked is not { IsChild: false, Listing: not null })
        {
            root.Fault($"{at}.forEach", $"'{archive.ForEach}' must be an entity of this document that has a listing and no parent");
        }
    }
}
