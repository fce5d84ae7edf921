using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>Threads and comments of one ticket. A trashed ticket's children answer 404.</summary>
internal static class ChildEndpoints
{
    public static IEnumerable<ApiEndpoint> All(Desk desk) =>
    [
        new("/tickets/{ticketId}/threads", call => List(desk, call, Table.Threads, descending: call.SortKey is null || call.Descending))
        {
            MaxLimit = 200,
            DefaultLimit = 50,
            SortKeys = ["sendDateTime"],
        },
        new("/tickets/{ticketId}/threads/{threadId}", call => Detail(desk, call, Table.Threads, "threadId"))
        {
            Includes = ["plainText"],
            Record = (Table.Threads, "threadId"),
        },
        new("/tickets/{ticketId}/threads/{threadId}/fullContent", call => Detail(desk, call, Table.Threads, "threadId", isWhole: true))
        {
            Record = (Table.Threads, "threadId"),
        },
        new("/tickets/{ticketId}/comments", call => List(desk, call, Table.Comments, call.Descending))
        {
            MaxLimit = 100,
            DefaultLimit = 50,
            SortKeys = ["commentedTime"],
            Includes = ["mentions", "plainText"],
        },
        new("/tickets/{ticketId}/comments/{commentId}", call => Detail(desk, call, Table.Comments, "commentId"))
        {
            Includes = ["mentions", "plainText"],
            Record = (Table.Comments, "commentId"),
        },
    ];

    private static int List(Desk desk, ApiCall call, Table table, bool descending)
    {
        var children = desk.Truth.Children(table, call.Ordinal(Table.Tickets, "ticketId")) ?? throw ApiRefusalException.NotFound();
        var ordered = descending ? children.Reverse() : children;
        return desk.Page(call, [.. ordered.Skip(call.From).Take(call.Limit)], Shape.ListRow);
    }

    private static int Detail(Desk desk, ApiCall call, Table table, string idName, bool isWhole = false)
    {
        var ticket = call.Ordinal(Table.Tickets, "ticketId");
        var child = desk.Truth.Find(table, call.Ordinal(table, idName));
        if (child is null || child.Parent != ticket)
        {
            throw ApiRefusalException.NotFound();
        }

        if (!isWhole && table == Table.Threads && Cut(desk, child) is { } cut)
        {
            cut.WriteTo(call.Json);
        }
        else
        {
            desk.Writer.Write(call.Json, child, Shape.Detail, call.Include);
        }

        return StatusCodes.Status200OK;
    }

    /// <summary>The thread with its content cut; null where it is short enough.</summary>
    private static JsonObject? Cut(Desk desk, RecordView thread)
    {
        var document = desk.Writer.Document(thread);
        if ((string?)document["content"] is not { } content || content.Length <= desk.LongestThreadContent)
        {
            return null;
        }

        document["content"] = content[..desk.LongestThreadContent];
        document["isContentTruncated"] = true;
        document["fullContentURL"] = string.Create(
            CultureInfo.InvariantCulture, $"{References.Host}/api/v1/tickets/{thread.ParentId}/threads/{thread.Id}/fullContent");
        return document;
    }
}
