using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes a ticket with exactly the fields of the samples ticket.detail, ticket.list-row and ticket.search-row.</summary>
internal static partial class TicketDocument
{
    private static readonly string?[] Channels = ["Email", "Phone", "Web", "Chat", "Facebook", "Forums", null];
    private static readonly string?[] Languages = ["English", "German", "日本語", "العربية", null];
    private static readonly string?[] Categories = ["Billing", "Shipping", "Technical / IT", "", null];
    private static readonly string?[] SubCategories = ["Invoice layout", "Late delivery", null, "Étiquette"];
    private static readonly string?[] Classifications = ["Problem", "Question", "Feature", "None", null];
    private const long Day = 24 * 60 * 60 * 1000L;

    /// <summary>The fields without the enclosing braces, so that a caller can add included ones.</summary>
    public static void Write(Utf8JsonWriter json, World world, RecordView ticket, Shape shape)
    {
        var facts = TicketFacts.Of(world, ticket.Ordinal, ticket.Content);
        Head(json, world, ticket, facts, shape);
        Links(json, world, ticket, facts, shape);
        Times(json, world, ticket, facts, shape);
        switch (shape)
        {
            case Shape.Detail:
                DetailTail(json, world, ticket);
                break;
            case Shape.ListRow:
                ListTail(json, world, ticket);
                break;
            default:
                SearchTail(json, world, ticket, facts);
                break;
        }

        json.Flag("isArchived"u8, TicketFacts.IsArchived(world, ticket.Ordinal));
        json.Flag("isSpam"u8, world.Dice(Table.Tickets, ticket.Ordinal, Salt.Flags, 5).Chance(1));
        json.Text("webUrl"u8, References.WebUrl("Cases", ticket.Id));
    }

    private static void Head(Utf8JsonWriter json, World world, RecordView ticket, in TicketFacts facts, Shape shape)
    {
        var n = ticket.Ordinal;
        var stable = world.Dice(Table.Tickets, n, Salt.Category);
        var subject = world.Volatile(Table.Tickets, n, Salt.Subject, ticket.Content, percent: 5);
        json.Id("id"u8, ticket.Id);
        json.Count("ticketNumber"u8, 101 + n);
        json.Text("subject"u8, Texts.Subject(ref subject));
        if (shape != Shape.ListRow)
        {
            json.Text("description"u8, Description(world, n));
        }

        json.Text("status"u8, facts.Status);
        json.Text("statusType"u8, facts.StatusType);
        json.Text("priority"u8, facts.Priority);
        json.Text("channel"u8, stable.Pick(Channels));
        if (shape != Shape.SearchRow)
        {
            json.Text("channelCode"u8, n % 17 == 0 ? "0012" : null);
        }

        json.Text("language"u8, stable.Pick(Languages));
        json.Text("category"u8, stable.Pick(Categories));
        json.Text("subCategory"u8, stable.Pick(SubCategories));
        if (shape != Shape.ListRow)
        {
            json.Text("classification"u8, stable.Pick(Classifications));
            json.Text("resolution"u8, facts.StatusType == "Closed" ? Texts.Plain(ref subject, 1 + (int)(n % 2)) : null);
        }
    }

    private static void Links(Utf8JsonWriter json, World world, RecordView ticket, in TicketFacts facts, Shape shape)
    {
        var person = Person.Contact(world, facts.Contact);
        json.Id("departmentId"u8, RecordIds.Of(Table.Departments, facts.Department));
        json.Id("contactId"u8, person.Id);
        json.Id("accountId"u8, RecordIds.Account(facts.Account));
        json.Id("productId"u8, facts.Product is { } product ? RecordIds.Product(product) : null);
        json.Id("assigneeId"u8, facts.Assignee is { } agent ? RecordIds.Of(Table.Agents, agent) : null);
        json.Id("teamId"u8, facts.Team is { } team ? RecordIds.Team(team) : null);
        if (shape != Shape.ListRow)
        {
            json.Id("slaId"u8, ticket.Ordinal % 3 == 0 ? null : RecordIds.Setting(31007));
        }

        json.Id("layoutId"u8, RecordIds.Setting(11013));
        json.Text("email"u8, person.Email);
        json.Text("phone"u8, person.Phone);
    }

    private static void Times(Utf8JsonWriter json, World world, RecordView ticket, in TicketFacts facts, Shape shape)
    {
        var dates = world.Volatile(Table.Tickets, ticket.Ordinal, Salt.Dates, ticket.Content, percent: 10);
        json.Time("createdTime"u8, ticket.Created);
        if (shape != Shape.ListRow)
        {
            json.Time("modifiedTime"u8, ticket.Modified);
        }

        json.Time("closedTime"u8, facts.StatusType == "Closed" ? ticket.ContentAt : null);
        json.Time("onholdTime"u8, facts.StatusType == "On Hold" ? ticket.ContentAt : null);
        json.Time("dueDate"u8, DueDate(ticket, ref dates));
        json.Time("responseDueDate"u8, dates.Chance(30) ? ticket.Created + Day : null);
        json.Time("customerResponseTime"u8, ticket.LastThread);
        json.WriteNull("lockedTime"u8);
        if (shape == Shape.ListRow)
        {
            return;
        }

        var modifier = world.Dice(Table.Tickets, ticket.Ordinal, Salt.Modifier, ticket.Content);
        json.Id("createdBy"u8, RecordIds.Of(Table.Agents, ticket.Ordinal % world.Agents));
        json.Id("modifiedBy"u8, ticket.Content == 1 && modifier.Chance(30) ? null : RecordIds.Of(Table.Agents, modifier.Below(world.Agents)));
        CustomFields.Ticket(json, world, ticket.Ordinal, ticket.Content);
    }

    /// <summary>The value that sortBy=dueDate orders by; null without a due date.</summary>
    public static long? DueDate(World world, RecordView ticket)
    {
        var dates = world.Volatile(Table.Tickets, ticket.Ordinal, Salt.Dates, ticket.Content, percent: 10);
        return DueDate(ticket, ref dates);
    }

    private static long? DueDate(RecordView ticket, ref Dice dates) => dates.Chance(80) ? ticket.Created + ((1 + dates.Below(9)) * Day) : null;

    private static string? Description(World world, long n)
    {
        var dice = world.Dice(Table.Tickets, n, Salt.Description);
        return dice.Below(200) switch
        {
            0 => Texts.Long(ref dice),
            < 20 => null,
            < 30 => "",
            _ => Texts.Html(ref dice, 1 + dice.Below(6)),
        };
    }
}
