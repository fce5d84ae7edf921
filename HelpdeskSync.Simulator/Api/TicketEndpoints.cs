using HelpdeskSync.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>Lists, details, archive and counts of tickets.</summary>
internal static class TicketEndpoints
{
    private const int MaxArchivedFrom = 4999;
    private static readonly string[] RowIncludes = ["contacts", "products", "departments", "team", "assignee", "isRead"];

    public static IEnumerable<ApiEndpoint> All(Desk desk) =>
    [
        new("/tickets", call => List(desk, call))
        {
            MaxLimit = 100,
            DefaultLimit = 25,
            SortKeys = ["dueDate", "createdTime", "recentThread"],
            Includes = RowIncludes,
            Parameters = ["departmentIds", "departmentId", "priority", "channel", "assignee", "status", "fields"],
        },
        new("/tickets/archivedTickets", call => Archived(desk, call))
        {
            MaxLimit = 100,
            DefaultLimit = 25,
            MaxFrom = MaxArchivedFrom,
            Includes = RowIncludes,
            Parameters = ["departmentId", "viewType"],
        },
        new("/tickets/{ticketId}", call => desk.Detail(call, Table.Tickets, "ticketId"))
        {
            Includes = [.. RowIncludes, "contract", "skills"],
            Record = (Table.Tickets, "ticketId"),
        },
        new("/ticketsCount", call => Count(desk, call))
        {
            Credits = CreditMeter.CountCost,
            Parameters = ["contactId", "departmentId", "createdTimeRange", "modifiedTimeRange", "category", "assigneeId",
                "customField1", "customField2", "customField3"],
        },
    ];

    private static int List(Desk desk, ApiCall call)
    {
        var (rows, _) = desk.Truth.Select(new()
        {
            Table = Table.Tickets,
            From = call.From,
            Limit = call.Limit,
            Descending = call.Descending,
            Order = Order(desk, call.SortKey),
            Filter = new RecordFilter(desk, call)
                .Archived(false).Departments("departmentIds").Departments("departmentId")
                .Equal("priority", "channel", "assignee", "status").Build(),
        });
        return desk.Page(call, rows, Shape.ListRow);
    }

    private static int Archived(Desk desk, ApiCall call)
    {
        if (call.Value("departmentId") is null)
        {
            throw ApiRefusalException.Missing("departmentId");
        }

        var (rows, _) = desk.Truth.Select(new()
        {
            Table = Table.Tickets,
            From = call.From,
            Limit = call.Limit,
            Filter = new RecordFilter(desk, call).Departments("departmentId").Archived(true).Build(),
        });
        return desk.Page(call, rows, Shape.ListRow);
    }

    /// <summary>Living tickets, archived ones included.</summary>
    private static int Count(Desk desk, ApiCall call)
    {
        var (_, total) = desk.Truth.Select(new()
        {
            Table = Table.Tickets,
            Created = call.Range("createdTimeRange"),
            Modified = call.Range("modifiedTimeRange"),
            Filter = new RecordFilter(desk, call)
                .Departments("departmentId").Equal("contactId", "category", "assigneeId").Custom().Build(),
        });
        call.Json.WriteStartObject();
        call.Json.Count("count"u8, total);
        call.Json.WriteEndObject();
        return StatusCodes.Status200OK;
    }

    private static Comparison<RecordView>? Order(Desk desk, string? key) => key switch
    {
        "dueDate" => (left, right) => Nullable.Compare(TicketDocument.DueDate(desk.World, left), TicketDocument.DueDate(desk.World, right)),
        "recentThread" => (left, right) => Nullable.Compare(left.LastThread, right.LastThread),
        _ => null,
    };
}
