using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>JSON text as it was sent, without white space and needless escapes: order, numbers and repeated names stay.</summary>
internal static class CompactJson
{
    public static string Of(JsonElement value)
    {
        var output = new ByteBuffer();
        Write(value, output);
        return Encoding.UTF8.GetString(output.Written);
    }

    private static void Write(JsonElement value, ByteBuffer output)
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
                CanonicalText.Write(value, output);
                break;
            default:
                output.Append(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static void WriteObject(JsonElement value, ByteBuffer output)
    {
        var opening = (byte)'{';
        foreach (var property in value.EnumerateObject())
        {
            output.Append(opening);
            CanonicalText.Write(JsonText.NameOf(property), output);
            output.Append((byte)':');
            Write(property.Value, output);
            opening = (byte)',';
        }

        output.Append(opening == '{' ? "{}"u8 : "}"u8);
    }

    private static void WriteArray(JsonElement value, ByteBuffer output)
    {
        var opening = (byte)'[';
        foreach (var item in value.EnumerateArray())
        {
            output.Append(opening);
            Write(item, output);
            opening = (byte)',';
        }

        output.Append(opening == '[' ? "[]"u8 : "]"u8);
    }
}
