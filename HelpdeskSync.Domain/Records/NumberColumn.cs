using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace HelpdeskSync.Domain.Records;

/// <summary>Chooses the narrowest column type that holds a JSON number without losing a digit.</summary>
internal static class NumberColumn
{
    // BigQuery's NUMERIC: precision 38, scale 9; BIGNUMERIC: at least 38 digits before and 38 after the point.
    private const int NumericIntegerDigits = 29;
    private const int NumericScale = 9;
    private const int BigNumericDigits = 38;
    private const int DigitsOfEveryDouble = 15;

    /// <summary>The type for a JSON number's text, UTF-8.</summary>
    public static ColumnType TypeOf(ReadOnlySpan<byte> json) =>
        Utf8Parser.TryParse(json, out long _, out var read) && read == json.Length ? ColumnType.Int64 : TypeOf(Encoding.UTF8.GetString(json));

    /// <summary>Whether a number's text is an integer that is canonical as it stands and that any number type holds.</summary>
    public static bool IsShortInteger(ReadOnlySpan<byte> json)
    {
        var digits = json[0] == (byte)'-' ? json[1..] : json;
        return digits.Length <= DigitsOfEveryDouble && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (json[0] != (byte)'-' || digits[0] != (byte)'0');
    }

    /// <summary>Whether a column of the type gives back the number whose text this is, every digit of it.</summary>
    public static bool Holds(ColumnType column, string number)
    {
        var exact = JsonNumber.Read(number);
        return column switch
        {
            ColumnType.Int64 => long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            ColumnType.Numeric => FitsDigits(exact, NumericIntegerDigits, NumericScale),
            ColumnType.BigNumeric => FitsDigits(exact, BigNumericDigits, BigNumericDigits),
            ColumnType.Float64 => SurvivesDouble(number, exact),
            _ => false,
        };
    }

    private static ColumnType TypeOf(string json) =>
        Holds(ColumnType.Int64, json) ? ColumnType.Int64
        : Holds(ColumnType.Numeric, json) ? ColumnType.Numeric
        : Holds(ColumnType.Float64, json) ? ColumnType.Float64
        : ColumnType.String;

    private static bool FitsDigits(JsonNumber exact, int integerDigits, int scale) =>
        exact.Exponent <= integerDigits && exact.Digits.Length - exact.Exponent <= scale;

    private static bool SurvivesDouble(string number, JsonNumber exact)
    {
        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) && EcmaScriptNumber.Shortest(value).HasSameDigits(exact);
    }
}
