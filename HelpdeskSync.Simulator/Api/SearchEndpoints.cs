using System.Globalization;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Api;

/// <summary>Searches of tickets and contacts; relevance orders by created time. Archived tickets are found, trashed ones are not.</summary>
internal static class SearchEndpoints
{
    private const int MaxSearchFrom = 999;

    private static readonly string[] CustomFields =
        [.. Enumerable.Range(1, 10).Select(i => string.Create(CultureInfo.InvariantCulture, $"customField{i}"))];

    public static IEnumerable<ApiEndpoint> All(Desk desk) =>
    [
        new("/tickets/search", call => Tickets(desk, call))
        {
            MaxLimit = 100,
            MaxFrom = MaxSearchFrom,
            SortKeys = ["relevance", "modifiedTime", "createdTime", "customerResponseTime"],
            Parameters = ["modifiedTimeRange", "createdTimeRange", "customerResponseTimeRange", "dueDateRange", "departmentId", "id",
                "ticketNumber", "contactId", "accountId", "assigneeId", "productId", "email", "phone", "subject", "description", "_all",
                "priority", "status", "channel", "category", .. CustomFields],
        },
        new("/contacts/search", call => Contacts(desk, call))
        {
            MaxLimit = 100,
            MaxFrom = MaxSearchFrom,
            SortKeys = ["relevance", "modifiedTime", "createdTime", "lastName", "firstName"],
            Parameters = ["modifiedTimeRange", "createdTimeRange", "id", "email", "phone", "mobile", "firstName", "lastName", "fullName",
                "_all", .. CustomFields],
        },
    ];

    private static int Tickets(Desk desk, ApiCall call)
    {
        var filter = new RecordFilter(desk, call)
            .Departments("departmentId")
            .Equal("id", "ticketNumber", "contactId", "accountId", "assigneeId", "productId", "email", "phone", "priority", "status", "channel", "category")
            .Containing("subject", "description", "_all")
            .Ranges("customerResponseTime", "dueDate")
            .Custom();
        filter = desk.SearchShowsArchived ? filter : filter.Archived(false);
        Comparison<RecordView>? order = call.SortKey == "customerResponseTime"
            ? (left, right) => Nullable.Compare(left.LastThread, right.LastThread)
            : null;
        return Search(desk, call, Table.Tickets, filter, order);
    }

    private static int Contacts(Desk desk, ApiCall call)
    {
        var filter = new RecordFilter(desk, call)
            .Equal("id", "email", "phone", "mobile")
            .Containing("firstName", "lastName", "fullName", "_all")
            .Custom();
        return Search(desk, call, Table.Contacts, filter, ContactEndpoints.Order(desk, call.SortKey));
    }

    private static int Search(Desk desk, ApiCall call, Table table, RecordFilter filter, Comparison<RecordView>? order)
    {
        var (rows, total) = desk.Truth.Select(new()
        {
            Table = table,
            From = call.From,
            Limit = call.Limit,
            Created = call.Range("createdTimeRange"),
            Modified = call.Range("modifiedTimeRange"),
            ByModified = call.SortKey == "modifiedTime",
            Descending = call.Descending,
            Order = order,
            Filter = filter.Build(),
        });
        return desk.Page(call, rows, Shape.SearchRow, total);
    }
}
