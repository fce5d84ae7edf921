using System.Text.RegularExpressions;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What must hold for an entity beyond the kinds of its values.</summary>
internal static partial class EntityRules
{
    /// <summary>Pages overlap by a row, by two where the helpdesk counts from 1; a smaller page would never bring a new row.</summary>
    public const int SmallestPage = 3;

    private const string Id = "{id}";
    private const string ParentId = "{parentId}";

    public static bool SameName(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Notes the faults of an entity, given those that stand before it.</summary>
    public static void Check(ConnectorNode node, Entity entity, IReadOnlyList<Entity> before)
    {
        CheckNames(node, entity, before);
        CheckPath(node, "detailPath", entity.DetailPath, entity.IsChild ? [Id, ParentId] : [Id]);
        if (entity.Whole is { } whole)
        {
            CheckPath(node, "whole.path", whole.Path, entity.IsChild ? [Id, ParentId] : [Id]);
        }

        if (entity.Listing is { } listing)
        {
            CheckPath(node, "listing.path", listing.Path, entity.IsChild ? [ParentId] : []);
        }

        if (entity.Search is { } search)
        {
            CheckPath(node, "search.path", search.Path, []);
            CheckSearchable(node, entity);
        }

        if (entity.Listing is null && (entity.Search is null || entity.IsChild))
        {
            const string NothingFindsThem = "missing, and so is search; one is needed to find records";
            node.Fault("listing", entity.IsChild ? "missing; children are found by listing them" : NothingFindsThem);
        }

        CheckParent(node, entity, before);
    }

    private static void CheckNames(ConnectorNode node, Entity entity, IReadOnlyList<Entity> before)
    {
        foreach (var (name, text) in new[] { ("name", entity.Name), ("table", entity.Table) })
        {
            if (text.Length > 0 && !Identifier().IsMatch(text))
            {
                node.Fault(name, $"'{text}' must be letters, digits and underscores, beginning with a letter");
            }

            if (before.Any(other => NamesOf(other).Contains(text, StringComparer.OrdinalIgnoreCase)))
            {
                node.Fault(name, $"'{text}' is taken by an entity above");
            }
        }
    }

    private static string[] NamesOf(Entity entity) => [entity.Name, entity.Table, entity.HistoryTable];

    public static void CheckPath(ConnectorNode node, string name, string path, string[] placeholders)
    {
        if (path.Length == 0)
        {
            return;
        }

        if (path[0] != '/' || path.Contains('?', StringComparison.Ordinal))
        {
            node.Fault(name, $"'{path}' must begin with / and have no query");
        }

        var found = Placeholder().Matches(path).Select(match => match.Value).ToList();
        foreach (var missing in placeholders.Except(found))
        {
            node.Fault(name, $"'{path}' must contain {missing}");
        }

        foreach (var extra in found.Except(placeholders))
        {
            node.Fault(name, $"'{path}' must not contain {extra}");
        }
    }

    private static void CheckSearchable(ConnectorNode node, Entity entity)
    {
        if (entity.ModifiedTimeField is null)
        {
            node.Fault("modifiedTimeField", "missing; a full search window can only be cut by its rows' times");
        }

        if (entity.CreatedTimeField is null)
        {
            node.Fault("createdTimeField", "missing; a full search window can only be cut by its rows' times");
        }
    }

    private static void CheckParent(ConnectorNode node, Entity entity, IReadOnlyList<Entity> before)
    {
        if (!entity.IsChild)
        {
            if (entity.ParentField is not null || entity.ParentCountField is not null)
            {
                node.Fault("parent", "missing, although parentField or parentCountField is given");
            }

            return;
        }

        var parent = before.FirstOrDefault(other => SameName(other.Name, entity.Parent));
        if (parent is null)
        {
            node.Fault("parent", $"there is no entity '{entity.Parent}' above; a parent stands before its children");
        }
        else if (parent.IsChild)
        {
            node.Fault("parent", $"'{entity.Parent}' is a child itself; only one level is supported");
        }

        if (entity.ParentField is null)
        {
            node.Fault("parentField", "missing; it names the column that keeps the parent's id");
        }
        else if (!Identifier().IsMatch(entity.ParentField) || SameName(entity.ParentField, "id"))
        {
            node.Fault("parentField", $"'{entity.ParentField}' must be letters, digits and underscores, first a letter, and not 'id'");
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
