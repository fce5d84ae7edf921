using System.Buffers;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>JSON text as it was sent, without white space and needless escapes: order, numbers and repeated names stay.</summary>
internal static class CompactJson
{
    public static string Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                JsonStringWriter.Write(JsonText.Of(value), output);
                break;
            default:
                Encoding.UTF8.GetBytes(value.GetRawText(), output);
                break;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var separator = ReadOnlySpan<byte>.Empty;
        foreach (var property in value.EnumerateObject())
        {
            output.Write(separator);
            JsonStringWriter.Write(JsonText.NameOf(property), output);
            output.Write(":"u8);
            Write(property.Value, output);
            separator = ","u8;
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement value, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var separator = ReadOnlySpan<byte>.Empty;
        foreach (var item in value.EnumerateArray())
        {
            output.Write(separator);
            Write(item, output);
            separator = ","u8;
        }

        output.Write("]"u8);
    }
}
