using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>The fields in which the three documents of a ticket differ.</summary>
internal static partial class TicketDocument
{
    private static void DetailTail(Utf8JsonWriter json, World world, RecordView ticket)
    {
        var n = ticket.Ordinal;
        var figures = TicketFigures.Of(world, ticket);
        json.WriteStartObject("layoutDetails"u8);
        json.Id("id"u8, RecordIds.Setting(11013));
        json.Text("layoutName"u8, "Default Ticket Layout");
        json.WriteEndObject();
        References.SystemSource(json, integration: n % 11 == 0);
        ChannelRelatedInfo(json, n);
        Shared(json, world, n);
        SourceTicket(json, n);
        Counts(json, ticket);
        json.Count("taskCount"u8, figures.Tasks);
        json.Count("approvalCount"u8, figures.Approvals);
        json.Count("timeEntryCount"u8, figures.TimeEntries);
        json.Count("attachmentCount"u8, figures.Attachments);
        json.Count("tagCount"u8, figures.Tags);
        json.Count("followerCount"u8, figures.Followers);
        json.Flag("isOverDue"u8, figures.OverDue);
        json.Flag("isResponseOverdue"u8, figures.ResponseOverdue);
        json.Flag("isEscalated"u8, figures.Escalated);
        json.Flag("isDeleted"u8, false);
        json.Flag("isTrashed"u8, ticket.Trashed);
        json.Flag("isFollowing"u8, figures.Following);
        json.Text("sentiment"u8, figures.Sentiment);
    }

    private static void ListTail(Utf8JsonWriter json, World world, RecordView ticket)
    {
        Counts(json, ticket);
        json.Text("sentiment"u8, TicketFigures.Of(world, ticket).Sentiment);
        json.WriteNull("relationshipType"u8);
        LastThread(json, ticket);
        References.SystemSource(json, integration: ticket.Ordinal % 11 == 0);
    }

    private static void SearchTail(Utf8JsonWriter json, World world, RecordView ticket, in TicketFacts facts)
    {
        var n = ticket.Ordinal;
        var figures = TicketFigures.Of(world, ticket);
        Shared(json, world, n);
        SourceTicket(json, n);
        Counts(json, ticket);
        json.Flag("isOverDue"u8, figures.OverDue);
        json.Flag("isEscalated"u8, figures.Escalated);
        json.Flag("isRead"u8, n % 3 != 0);
        json.Count("childTicketCount"u8, 0);
        json.WriteNull("relationshipType"u8);
        json.WriteNull("parentTicket"u8);
        References.Contact(json, world, facts.Contact, withSpam: false);
        References.SearchAgent(json, "assignee"u8, world, facts.Assignee);
        References.Department(json, world, facts.Department);
        References.Product(json, facts.Product);
        References.Team(json, facts.Team);
        LastThread(json, ticket);
    }

    private static void Counts(Utf8JsonWriter json, RecordView ticket)
    {
        json.Count("threadCount"u8, ticket.Threads);
        json.Count("commentCount"u8, ticket.Comments);
    }

    private static void Shared(Utf8JsonWriter json, World world, long n)
    {
        var stable = world.Dice(Table.Tickets, n, Salt.Stable, 2);
        json.WriteStartArray("sharedDepartments"u8);
        for (var left = stable.Chance(15) ? 1 + stable.Below(2) : 0; left > 0; left--)
        {
            var department = stable.Below(world.Departments);
            json.WriteStartObject();
            json.Id("id"u8, RecordIds.Of(Table.Departments, department));
            json.Text("name"u8, References.DepartmentName(world, department));
            json.Text("type"u8, left == 1 ? "READ_ONLY" : "READ_WRITE");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        IdArray(json, "secondaryContacts"u8, stable.Chance(10) ? RecordIds.Of(Table.Contacts, stable.Below(world.Contacts)) : null);
        IdArray(json, "entitySkills"u8, stable.Chance(20) ? RecordIds.Setting(379_001 + stable.Below(5)) : null);
    }

    private static void IdArray(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? id)
    {
        json.WriteStartArray(name);
        if (id is { } number)
        {
            json.IdValue(number);
        }

        json.WriteEndArray();
    }

    private static void SourceTicket(Utf8JsonWriter json, long n)
    {
        if (n % 23 != 5)
        {
            json.WriteNull("sourceTicket"u8);
            return;
        }

        json.WriteStartObject("sourceTicket"u8);
        json.Id("id"u8, RecordIds.Of(Table.Tickets, n - 5));
        json.WriteNull("subject"u8);
        json.WriteEndObject();
    }

    private static void ChannelRelatedInfo(Utf8JsonWriter json, long n)
    {
        if (n % 13 != 4)
        {
            json.WriteNull("channelRelatedInfo"u8);
            return;
        }

        json.WriteStartObject("channelRelatedInfo"u8);
        json.Id("topicId"u8, RecordIds.Setting(n));
        json.Flag("isTopicDeleted"u8, n % 2 == 0);
        json.Text("forumStatus"u8, "ANSWERED");
        json.Text("sourceLink"u8, "https://forum.example/t?x=1&y=\"2\"");
        json.WriteNull("topicType"u8);
        json.WriteEndObject();
    }

    private static void LastThread(Utf8JsonWriter json, RecordView ticket)
    {
        if (ticket.Threads == 0)
        {
            json.WriteNull("lastThread"u8);
            return;
        }

        json.WriteStartObject("lastThread"u8);
        json.Text("channel"u8, "EMAIL");
        json.Flag("isDraft"u8, false);
        json.Flag("isForward"u8, false);
        json.Text("direction"u8, ticket.Threads % 2 == 1 ? "in" : "out");
        json.WriteEndObject();
    }
}
