using System.Text;
using System.Text.Json;
using CsCheck;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.Domain.Records;

/// <summary>The reader shares one walk and remembers shapes; whatever it read before, it must say what a plain reading of the text says.</summary>
public sealed class RecordReaderTests
{
    private static readonly Entity s_comment = new()
    {
        Name = "comments", Table = "comments", DetailPath = "/comments/{id}", Parent = "tickets", ParentField = "ticketId", VolatileFields = ["b", "a.c", "c.b.a"],
    };

    // Names that sort otherwise as bytes than as UTF-16 units, need an escape, or are written in two ways.
    private static readonly Gen<string> s_name = Gen.OneOf("a", "\\u0061", "b", "c", "id", "ticketId", "B", "ab", "", "\\\"", "\uFF5E", "\U0001F600");

    private static readonly Gen<string> s_value = Gen.Recursive<string>((depth, value) => depth > 3
        ? Gen.OneOf("1", "null", "\"x\"")
        : Gen.Frequency(
            (6, Gen.OneOf("1", "-7.5", "null", "true", "\"x\"", "\"\\u00e9\"", "\"é\"", "\"\\n\\/\"", "[]", "{}")),
            (1, value.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (2, ObjectOf(value))));

    private static readonly Gen<string> s_record = ObjectOf(s_value);

    [Fact]
    public void Read_AnyRecordsOneAfterTheOther_GivesTheHashOfTheirContentAndTheColumnsOfAFreshFlattener()
    {
        var reader = new RecordReader(s_comment, NamingConvention.AsIs);
        var key = new RecordKey("1", "2");
        s_record.Sample(
            text =>
            {
                var record = Json.Of(text);
                var (hash, fields) = reader.Read(record, key);
                var content = new StringBuilder();
                WriteContent(content, record, null);
                Assert.Equal("v1:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString()))), hash);
                Assert.Equal(new RecordFlattener(NamingConvention.AsIs).Flatten(record, key, s_comment), fields);
                Assert.Equal(Columns(record), fields.Count);
            },
            iter: 5_000, threads: 1);
    }

    [Fact]
    public void Read_NoObject_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new RecordReader(s_comment, NamingConvention.AsIs).Read(Json.Of("[1]"), new RecordKey("1")));

    [Fact]
    public void Read_NamesThatAreData_AreForgottenAndReadRight()
    {
        var reader = new RecordReader(s_comment, NamingConvention.AsIs);
        for (var record = 0; record < 30; record++)
        {
            var names = Enumerable.Range(0, 1_000).Select(name => $"n{record}_{name}").ToList();
            var json = Json.Of($"{{{string.Join(',', names.Select(name => $"\"{name}\":1"))}}}");
            var (hash, fields) = reader.Read(json, new RecordKey("1", "2"));
            Assert.Equal(RecordHash.Of(json, []), hash);
            Assert.Equal(["id", "ticketId", .. names], fields.Select(field => field.Name));
        }
    }

    private static Gen<string> ObjectOf(Gen<string> value) =>
        Gen.Select(s_name, value, (name, held) => $"\"{name}\":{held}").Array[0, 5].Select(fields => $"{{{string.Join(',', fields)}}}");

    private static Dictionary<string, JsonElement> Fields(JsonElement value)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            fields[property.Name] = property.Value;
        }

        return fields;
    }

    private static void WriteContent(StringBuilder content, JsonElement value, string? path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var kept = Fields(value).Where(field => !s_comment.VolatileFields.Contains(Below(path, field.Key)))
                    .OrderBy(field => field.Key, StringComparer.Ordinal).ToList();
                content.Append('{');
                foreach (var (name, held) in kept)
                {
                    content.Append(name == kept[0].Key ? string.Empty : ",").Append(Quoted(name)).Append(':');
                    WriteContent(content, held, Below(path, name));
                }

                content.Append('}');
                break;
            case JsonValueKind.Array:
                content.Append('[');
                for (var at = 0; at < value.GetArrayLength(); at++)
                {
                    content.Append(at == 0 ? string.Empty : ",");
                    WriteContent(content, value[at], path);
                }

                content.Append(']');
                break;
            case JsonValueKind.String:
                content.Append(Quoted(value.GetString()!));
                break;
            default:
                content.Append(value.GetRawText());
                break;
        }
    }

    private static string Below(string? path, string name) => path is null ? name : $"{path}.{name}";

    // All texts here have at most these two escapes.
    private static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static int Columns(JsonElement record) => 2 + Fields(record).Where(field => field.Key is not ("id" or "ticketId")).Sum(field => Leaves(field.Value));

    private static int Leaves(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && Fields(value) is { Count: > 0 } fields ? fields.Values.Sum(Leaves) : 1;
}
