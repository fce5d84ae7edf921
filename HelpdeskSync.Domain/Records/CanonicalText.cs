using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace HelpdeskSync.Domain.Records;

/// <summary>Writes JSON strings with only the escapes that must be, as RFC 8785 section 3.2.2.2 asks.</summary>
internal static class CanonicalText
{
    /// <summary>True when the raw bytes of a string are the string: ASCII without escapes.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> raw) => Ascii.IsValid(raw) && !raw.Contains((byte)'\\');

    /// <summary>Writes a JSON string. Most are canonical as they were sent and are copied.</summary>
    public static void Write(JsonElement text, ByteBuffer output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text);
        if (!Utf8.IsValid(raw))
        {
            Write(JsonText.Of(text), output);
            return;
        }

        if (!raw.Contains((byte)'\\'))
        {
            output.Append(raw);
            return;
        }

        var rest = raw;
        while (NextForeignEscape(rest) is >= 0 and var at)
        {
            output.Append(rest[..at]);
            rest = rest[(at + WriteEscape(rest[at..], output))..];
        }

        output.Append(rest);
    }

    /// <summary>Writes text as a JSON string.</summary>
    public static void Write(string text, ByteBuffer output)
    {
        output.Append((byte)'"');
        foreach (var rune in text.EnumerateRunes())
        {
            Write(rune, output);
        }

        output.Append((byte)'"');
    }

    /// <summary>The place of the next escape that canonical JSON does not write so; -1 when there is none.</summary>
    private static int NextForeignEscape(ReadOnlySpan<byte> raw)
    {
        for (var at = 0; raw[at..].IndexOf((byte)'\\') is >= 0 and var found; at += found + 2)
        {
            if (raw[at + found + 1] is (byte)'u' or (byte)'/')
            {
                return at + found;
            }
        }

        return -1;
    }

    /// <summary>Writes what an escape stands for, and returns how many bytes it took.</summary>
    private static int WriteEscape(ReadOnlySpan<byte> escape, ByteBuffer output)
    {
        if (escape[1] == (byte)'/')
        {
            output.Append((byte)'/');
            return 2;
        }

        var unit = Unit(escape);
        if (char.IsHighSurrogate(unit) && escape.Length >= 12 && escape[6] == (byte)'\\' && escape[7] == (byte)'u' && char.IsLowSurrogate(Unit(escape[6..])))
        {
            Write(new Rune(unit, Unit(escape[6..])), output);
            return 12;
        }

        Write(char.IsSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit), output);
        return 6;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static void Write(Rune rune, ByteBuffer output)
    {
        Span<char> units = stackalloc char[2];
        switch (rune.Value)
        {
            case '"':
                output.Append("\\\""u8);
                break;
            case '\\':
                output.Append("\\\\"u8);
                break;
            case '\b':
                output.Append("\\b"u8);
                break;
            case '\f':
                output.Append("\\f"u8);
                break;
            case '\n':
                output.Append("\\n"u8);
                break;
            case '\r':
                output.Append("\\r"u8);
                break;
            case '\t':
                output.Append("\\t"u8);
                break;
            case < 0x20:
                output.Append($"\\u{rune.Value:x4}");
                break;
            default:
                output.Append(units[..rune.EncodeToUtf16(units)]);
                break;
        }
    }
}
