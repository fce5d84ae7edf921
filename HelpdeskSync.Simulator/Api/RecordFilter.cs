using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Api;

/// <summary>Turns query parameters into one predicate over records; null when nothing narrows.</summary>
internal sealed class RecordFilter(Desk desk, ApiCall call)
{
    private readonly List<Func<RecordView, bool>> conditions = [];
    private readonly List<Func<JsonObject, bool>> documentConditions = [];

    public RecordFilter Departments(string name)
    {
        var wanted = call.Values(name).Select(id =>
            RecordIds.TryParse(Table.Departments, id, out var ordinal) ? ordinal : -1).ToHashSet();
        if (wanted.Count > 20)
        {
            throw ApiRefusalException.Invalid(name, "At most 20 departments can be named.");
        }

        if (wanted.Count > 0)
        {
            conditions.Add(ticket => wanted.Contains(DepartmentOf(ticket)));
        }

        return this;
    }

    public RecordFilter Archived(bool archived)
    {
        if (archived || desk.World.ArchivedPercent > 0)
        {
            conditions.Add(ticket => TicketFacts.IsArchived(desk.World, ticket.Ordinal) == archived);
        }

        return this;
    }

    /// <summary>Parameters of the same name as a field; any of the values fits, letter case aside.</summary>
    public RecordFilter Equal(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (call.Values(name) is { Length: > 0 } values)
            {
                var field = name == "assignee" ? "assigneeId" : name;
                documentConditions.Add(document => Matches(document, field, values));
            }
        }

        return this;
    }

    /// <summary>Parameters whose text must occur in the field; _all looks through the whole document.</summary>
    public RecordFilter Containing(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (call.Value(name) is not { } text)
            {
                continue;
            }

            if (text.Length < 3 && name is "_all" or "subject")
            {
                throw ApiRefusalException.Invalid(name, "At least 3 characters are expected.");
            }

            documentConditions.Add(document => Text(name, document).Contains(text, StringComparison.OrdinalIgnoreCase));
        }

        return this;
    }

    /// <summary>Parameters "{field}Range".</summary>
    public RecordFilter Ranges(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (call.Range(field + "Range") is { } range)
            {
                documentConditions.Add(document => (string?)document[field] is { } text
                    && range.Contains(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()));
            }
        }

        return this;
    }

    public RecordFilter Custom()
    {
        for (var i = 1; i <= 10; i++)
        {
            if (call.Value(string.Create(CultureInfo.InvariantCulture, $"customField{i}"))?.Split(':', 2) is { Length: 2 } pair)
            {
                documentConditions.Add(document => (string?)document["cf"]?[pair[0]] == pair[1]);
            }
        }

        return this;
    }

    public Func<RecordView, bool>? Build()
    {
        if (documentConditions.Count > 0)
        {
            conditions.Add(record => desk.Writer.Document(record) is var document && documentConditions.TrueForAll(fits => fits(document)));
        }

        return conditions.Count == 0 ? null : record => conditions.TrueForAll(fits => fits(record));
    }

    private long DepartmentOf(RecordView ticket) =>
        ticket.Planted?["departmentId"] is { } planted && RecordIds.TryParse(Table.Departments, planted.ToString(), out var ordinal)
            ? ordinal
            : TicketFacts.DepartmentOf(desk.World, ticket.Ordinal);

    private static string Text(string name, JsonObject document) => name switch
    {
        "_all" => string.Join('\n', document.Select(field => field.Value?.GetValueKind() == JsonValueKind.String ? (string)field.Value! : "")),
        "fullName" => $"{document["firstName"]} {document["lastName"]}",
        _ => document[name]?.ToString() ?? "",
    };

    private static bool Matches(JsonObject document, string field, string[] values)
    {
        var value = document[field]?.ToString();
        return values.Any(wanted => wanted switch
        {
            "${open}" => (string?)document["statusType"] == "Open",
            "Unassigned" => value is null,
            _ => string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase),
        });
    }
}
