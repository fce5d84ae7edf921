using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes a comment; list rows and detail have the same fields (samples comment.detail and comment.list-row).</summary>
internal static class CommentDocument
{
    public static void Write(Utf8JsonWriter json, World world, RecordView comment)
    {
        var n = comment.Ordinal;
        var stable = world.Dice(Table.Comments, n, Salt.Stable);
        var html = stable.Chance(60);
        var byContact = stable.Chance(10);
        var commenter = byContact ? TicketFacts.ContactOf(world, comment.Parent) : stable.Below((long)world.Agents);
        var table = byContact ? Table.Contacts : Table.Agents;
        json.Id("id"u8, comment.Id);
        json.Text("content"u8, Body(world, comment, html));
        json.WriteNull("encodedContent"u8);
        json.Text("contentType"u8, html ? "html" : "plainText");
        json.Flag("isPublic"u8, stable.Chance(30));
        json.Time("commentedTime"u8, comment.Created);
        json.Time("modifiedTime"u8, comment.Modified);
        json.Id("commenterId"u8, RecordIds.Of(table, commenter));
        References.Author(json, "commenter"u8, world, table, commenter, withRole: true);
        json.WriteNull("impersonatedUser"u8);
        AttachmentList.Write(json, world, comment, stable.Chance(8) ? 1 : 0);
    }

    private static string Body(World world, RecordView comment, bool html)
    {
        var dice = world.Dice(Table.Comments, comment.Ordinal, Salt.Body, comment.Content);
        var text = html ? Texts.Html(ref dice, 1 + dice.Below(3)) : Texts.Plain(ref dice, 1 + dice.Below(3));
        return comment.Content == 1 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} (edit {comment.Content})");
    }
}
