using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes an e-mail thread with exactly the fields of the samples thread.detail and thread.list-row.</summary>
internal static class ThreadDocument
{
    private static readonly string?[] Sentiments = ["POSITIVE", "NEUTRAL", "NEGATIVE", null];

    public static void Write(Utf8JsonWriter json, World world, RecordView thread, Shape shape)
    {
        var n = thread.Ordinal;
        var dice = world.Dice(Table.Threads, n, Salt.Stable);
        var inbound = dice.Chance(60);
        var description = n < RecordIds.FirstAddedChild && n % RecordIds.ChildrenPerTicket == 0;
        var attachments = dice.Chance(15) ? 1 + dice.Below(2) : 0;
        json.Id("id"u8, thread.Id);
        json.Text("channel"u8, "EMAIL");
        json.Text("direction"u8, inbound || description ? "in" : "out");
        json.Text("status"u8, "SUCCESS");
        json.Text("visibility"u8, "public");
        json.Time("createdTime"u8, thread.Created);
        Content(json, world, thread, shape);
        json.Flag("isDescriptionThread"u8, description);
        json.Flag("isForward"u8, dice.Chance(5));
        json.Flag("canReply"u8, true);
        json.Flag("hasAttach"u8, attachments > 0);
        json.Count("attachmentCount"u8, attachments);
        Participants(json, world, thread, inbound || description);
        References.SystemSource(json, integration: n % 19 == 0);
        json.WriteNull("channelRelatedInfo"u8);
        ReadReceipts(json, n);
        json.EmptyArray("actions"u8);
        KeyWords(json, n);
        json.WriteNull("aspects"u8);
        json.Text("sentiment"u8, world.Dice(Table.Threads, n, Salt.Status, thread.Content).Pick(Sentiments));
        Attachments(json, world, thread, attachments, shape);
    }

    private static void Content(Utf8JsonWriter json, World world, RecordView thread, Shape shape)
    {
        var dice = world.Dice(Table.Threads, thread.Ordinal, Salt.Body, thread.Content);
        var plain = dice.Chance(10);
        json.Text("contentType"u8, plain ? "text/plain" : "text/html");
        if (shape == Shape.Detail)
        {
            var copy = dice;
            json.Text("content"u8, Body(ref copy, plain));
            json.Flag("isContentTruncated"u8, false);
            json.WriteNull("fullContentURL"u8);
        }

        json.Text("summary"u8, dice.Chance(5) ? null : Texts.Plain(ref dice, 1));
    }

    private static string Body(ref Dice dice, bool plain) => dice.Below(200) switch
    {
        0 => Texts.Long(ref dice),
        < 5 => "",
        _ => plain ? Texts.Plain(ref dice, 1 + dice.Below(5)) : Texts.Html(ref dice, 1 + dice.Below(8)),
    };

    private static void Participants(Utf8JsonWriter json, World world, RecordView thread, bool inbound)
    {
        var contact = Person.Contact(world, TicketFacts.ContactOf(world, thread.Parent));
        var agent = thread.Ordinal % world.Agents;
        var desk = "\"Customer Care\" <care@helpdesk.example>";
        var customer = $"\"{contact.FullName}\" <{contact.Email}>";
        References.Author(
            json, "author"u8, world, inbound ? Table.Contacts : Table.Agents, inbound ? TicketFacts.ContactOf(world, thread.Parent) : agent, withRole: false);
        json.WriteNull("impersonatedUser"u8);
        json.Text("to"u8, inbound ? desk : customer);
        json.Text("cc"u8, thread.Ordinal % 8 == 1 ? "a@customer.example, \"B, C\" <b.c@customer.example>" : "");
        json.Text("bcc"u8, "");
        json.Text("replyTo"u8, inbound ? contact.Email : null);
        json.Text("fromEmailAddress"u8, inbound ? customer : desk);
    }

    private static void ReadReceipts(Utf8JsonWriter json, long n)
    {
        if (n % 29 != 3)
        {
            json.WriteNull("readReceipts"u8);
            return;
        }

        json.WriteStartArray("readReceipts"u8);
        json.WriteStartObject();
        json.Text("senderName"u8, "Mailer");
        json.Text("recipientType"u8, "to");
        json.Text("from"u8, "read@customer.example");
        json.EmptyArray("statusVsTime"u8);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void KeyWords(Utf8JsonWriter json, long n)
    {
        if (n % 4 == 0)
        {
            json.WriteNull("keyWords"u8);
            return;
        }

        json.WriteStartArray("keyWords"u8);
        json.WriteStringValue("invoice"u8);
        json.WriteStringValue(n % 2 == 0 ? "größe"u8 : "配送"u8);
        json.WriteEndArray();
    }

    private static void Attachments(Utf8JsonWriter json, World world, RecordView thread, int count, Shape shape)
    {
        if (shape == Shape.Detail)
        {
            AttachmentList.Write(json, world, thread, count);
            return;
        }

        json.WriteStartArray("attachmentIds"u8);
        for (var i = 0; i < count; i++)
        {
            json.IdValue(AttachmentList.Id(thread, i));
        }

        json.WriteEndArray();
        json.WriteNull("lastRatingIconURL"u8);
        json.WriteNull("respondedIn"u8);
        json.WriteNull("responderId"u8);
    }
}
