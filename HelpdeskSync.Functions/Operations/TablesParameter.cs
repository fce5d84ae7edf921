using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Reads parameter <c>tables</c>, which every call over several tables takes.</summary>
internal static class TablesParameter
{
    /// <summary>The tables' short names, once each; all of the connector's when the text is empty. Adds to <paramref name="faults"/> what it cannot read.</summary>
    public static IReadOnlyList<string> Read(string text, Connector connector, List<string> faults)
    {
        if (text.Length == 0)
        {
            return [.. connector.Entities.Select(entity => entity.Table)];
        }

        var asked = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = asked.Where(table => connector.FindTable(table) is null).ToList();
        if (unknown.Count > 0 || asked.Length == 0)
        {
            faults.Add($"Parameter tables names no table of '{connector.Name}': {string.Join(", ", unknown)}; the tables are {string.Join(", ", connector.Entities.Select(entity => entity.Table))}.");
        }

        return [.. asked.Except(unknown).Select(table => connector.FindTable(table)!.Table).Distinct()];
    }
}
