using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>The attachments of a thread or comment.</summary>
internal static class AttachmentList
{
    private static readonly string[] Names = ["invoice-55821.pdf", "before-after.png", "Anhang (1) – Größe.xlsx", "写真.jpg", "a \"b\" c.txt"];

    public static long Id(RecordView owner, int place) => RecordIds.Attachment(owner.Table, (owner.Ordinal * 2) + place);

    public static void Write(Utf8JsonWriter json, World world, RecordView owner, int count)
    {
        var dice = world.Dice(owner.Table, owner.Ordinal, Salt.Attachments);
        json.WriteStartArray("attachments"u8);
        for (var i = 0; i < count; i++)
        {
            var id = Id(owner, i);
            json.WriteStartObject();
            json.Id("id"u8, id);
            json.Text("name"u8, dice.Pick(Names));
            json.Count("size"u8, 100 + dice.Below(5_000_000));
            json.Text("href"u8, string.Create(
                CultureInfo.InvariantCulture,
                $"{References.Host}/api/v1/tickets/{owner.ParentId}/{owner.Table.Name()}/{owner.Id}/attachments/{id}/content?orgId={world.OrganizationId}"));
            json.WriteNull("previewurl"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
