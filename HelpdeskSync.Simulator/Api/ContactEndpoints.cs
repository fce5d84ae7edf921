using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Api;

/// <summary>List, detail and batch of contacts.</summary>
internal static class ContactEndpoints
{
    private const int MaxIds = 20;

    public static IEnumerable<ApiEndpoint> All(Desk desk) =>
    [
        new("/contacts", call => List(desk, call))
        {
            MaxLimit = 100,
            DefaultLimit = 25,
            SortKeys = ["firstName", "lastName", "phone", "email", "account", "createdTime", "modifiedTime"],
            Includes = ["accounts"],
            Parameters = ["fields"],
        },
        new("/contacts/contactsByIds", call => ByIds(desk, call)) { Parameters = ["ids"], Credits = 3 },
        new("/contacts/{contactId}", call => desk.Detail(call, Table.Contacts, "contactId"))
        {
            Includes = ["accounts", "owner"],
            Record = (Table.Contacts, "contactId"),
        },
    ];

    /// <summary>Null for the orders that the indexes keep (created and modified time) and for relevance.</summary>
    public static Comparison<RecordView>? Order(Desk desk, string? key) => key is null or "createdTime" or "modifiedTime" or "relevance"
        ? null
        : (left, right) => string.CompareOrdinal(
            ContactDocument.SortText(desk.World, left, key), ContactDocument.SortText(desk.World, right, key));

    private static int List(Desk desk, ApiCall call)
    {
        var (rows, _) = desk.Truth.Select(new()
        {
            Table = Table.Contacts,
            From = call.From,
            Limit = call.Limit,
            Descending = call.Descending,
            ByModified = call.SortKey == "modifiedTime",
            Order = Order(desk, call.SortKey),
        });
        return desk.Page(call, rows, Shape.ListRow);
    }

    private static int ByIds(Desk desk, ApiCall call)
    {
        var ids = call.Values("ids");
        if (ids.Length is 0 or > MaxIds)
        {
            throw ApiRefusalException.Invalid("ids", "1 to 20 ids are expected.");
        }

        var rows = ids
            .Select(id => RecordIds.TryParse(Table.Contacts, id, out var ordinal) ? desk.Truth.Find(Table.Contacts, ordinal) : null)
            .OfType<RecordView>()
            .Where(contact => !contact.Trashed);
        return desk.Page(call, [.. rows], Shape.ListRow);
    }
}
