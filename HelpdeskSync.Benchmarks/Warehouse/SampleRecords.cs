using System.Globalization;
using System.Text;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>Records as a helpdesk sends them: nested, with custom fields, times, ids as text; the long ones with a mail's HTML and attachments.</summary>
internal static class SampleRecords
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The kind of record.</summary>
    public static Entity Entity(string table) => new()
    {
        Name = table, Table = table, DetailPath = $"/{table}/{{id}}", ModifiedTimeField = "modifiedTime", VolatileFields = ["photoURL"],
    };

    /// <summary>A record's JSON, about so long.</summary>
    /// <param name="number">Its number; another one is another record.</param>
    /// <param name="version">Its content; another one is another content.</param>
    /// <param name="bytes">1,000 or more.</param>
    public static byte[] Json(int number, int version, int bytes)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(bytes + 512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteRecord(writer, number, version, bytes);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same as it comes to the writer, seen at a moment of its version.</summary>
    public static StagedRecord Staged(int number, int version, int bytes)
    {
        using var document = JsonDocument.Parse(Json(number, version, bytes));
        return new(new RecordKey(Id(number)), s_start.AddMinutes(version), document.RootElement.Clone());
    }

    private const string Complaint =
        "The parcel was to come on Tuesday, then on Thursday. The carrier's page says that it was delivered, our neighbours have not seen it, "
        + "and nobody answers the telephone. We need the parts on Monday, so please send them again or tell us what you mean to do";

    private static string Id(int number) => (718900000000000000L + number).ToString(CultureInfo.InvariantCulture);

    private static void WriteRecord(Utf8JsonWriter writer, int number, int version, int bytes)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id(number));
        writer.WriteString("ticketNumber", number.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("subject", $"Order {number} has not arrived: what now? ({version})");
        writer.WriteString("modifiedTime", HelpdeskTime.Write(s_start.AddMinutes(version)));
        writer.WriteString("createdTime", HelpdeskTime.Write(s_start.AddMinutes(-number % 10_000)));
        writer.WriteString("status", version % 2 == 0 ? "Open" : "Closed");
        writer.WriteNull("dueDate");
        writer.WriteBoolean("isSpam", false);
        writer.WriteNumber("threadCount", number % 17);
        writer.WriteNumber("sentiment", 0.25);
        writer.WriteString("photoURL", $"https://desk.example/photo/{number}?t={version}");
        WriteNested(writer, "assignee", number % 40);
        WriteNested(writer, "contact", number);
        writer.WriteString("description", $"{Complaint} {number}");
        var fields = bytes >= 10_000 ? 60 : 8;
        writer.WriteStartObject("cf");
        for (var field = 0; field < fields; field++)
        {
            writer.WriteString($"cf_field_{field}", field % 3 == 0 ? null : $"value {field} of {number}");
        }

        writer.WriteEndObject();
        if (bytes >= 10_000)
        {
            WriteMail(writer, bytes - 5_000);
        }

        writer.WriteEndObject();
    }

    private static void WriteNested(Utf8JsonWriter writer, string name, int number)
    {
        writer.WriteStartObject(name);
        writer.WriteString("id", Id(number));
        writer.WriteString("firstName", "Zoë");
        writer.WriteString("lastName", $"Jansen {number}");
        writer.WriteString("email", $"zoe.{number}@example.com");
        writer.WriteEndObject();
    }

    private static void WriteMail(Utf8JsonWriter writer, int bytes)
    {
        const string Paragraph = "<p class=\"MsoNormal\" style=\"margin:0\">Dear colleague,<br>\r\nthe parcel was \"delivered\" to our neighbours – thank you!</p>\n";
        var html = new StringBuilder(bytes);
        while (html.Length < bytes * 3 / 4)
        {
            html.Append(Paragraph);
        }

        writer.WritePropertyName("content");
        writer.WriteRawValue(JsonSerializer.Serialize(html.ToString(), s_relaxed));
        writer.WriteStartArray("attachments");
        for (var attachment = 0; attachment < 10; attachment++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", $"photo {attachment}.jpg");
            writer.WriteNumber("size", 48_213 + attachment);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // As helpdesks write it: quotes and line breaks escaped, letters beyond ASCII not.
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
