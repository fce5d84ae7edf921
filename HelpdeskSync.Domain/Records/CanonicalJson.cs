using System.Buffers;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Writes JSON so that equal documents are equal bytes: RFC 8785 (JSON Canonicalization Scheme), UTF-8.</summary>
/// <remarks>
/// Names sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them, only the escapes that must be. Three choices where
/// the
/// RFC would refuse the document, because a helpdesk's record must always have a hash: where a name stands twice the last one counts; half
/// a
/// surrogate pair becomes U+FFFD; and an integer literal that a double cannot hold keeps its digits, so that two such ids stay two.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>Writes <paramref name="value"/>, leaving out the fields in <paramref name="excluded"/>.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <param name="excluded">Fields to leave out; arrays are transparent (a path names the field in every element). Null for none.</param>
    public static void Write(JsonElement value, IBufferWriter<byte> output, FieldPaths? excluded = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, excluded);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output, excluded);
                break;
            case JsonValueKind.String:
                JsonStringWriter.Write(JsonText.Of(value), output);
                break;
            case JsonValueKind.Number:
                Encoding.UTF8.GetBytes(EcmaScriptNumber.Of(value.GetRawText()), output);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            default:
                throw new ArgumentException("There is no JSON value to write.", nameof(value));
        }
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output, FieldPaths? excluded)
    {
        var properties = JsonText.PropertiesOf(value);
        var separator = "{"u8;
        foreach (var name in properties.Keys.Order(StringComparer.Ordinal))
        {
            var ends = false;
            var below = excluded?.Step(name, out ends);
            if (ends)
            {
                continue;
            }

            output.Write(separator);
            JsonStringWriter.Write(name, output);
            output.Write(":"u8);
            Write(properties[name], output, below);
            separator = ","u8;
        }

        output.Write(separator[0] == '{' ? "{}"u8 : "}"u8);
    }

    private static void WriteArray(JsonElement value, IBufferWriter<byte> output, FieldPaths? excluded)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            Write(item, output, excluded);
            first = false;
        }

        output.Write("]"u8);
    }
}
