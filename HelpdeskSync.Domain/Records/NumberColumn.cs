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
    private const int MostZerosWithoutExponent = 5;

    /// <summary>The type for a JSON number's text, UTF-8.</summary>
    public static ColumnType TypeOf(ReadOnlySpan<byte> json) =>
        Utf8Parser.TryParse(json, out long _, out var read) && read == json.Length ? ColumnType.Int64
        : IsCanonical(json) && json.Length - json.IndexOf((byte)'.') <= NumericScale ? ColumnType.Numeric
        : TypeOf(Encoding.UTF8.GetString(json));

    /// <summary>
    /// Whether a number's text is canonical as it stands: up to 15 digits, which every double keeps, no exponent, no zero at the end of a
    /// fraction, and not so small that ECMAScript writes an exponent.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> json)
    {
        var number = json[0] == (byte)'-' ? json[1..] : json;
        var point = number.IndexOf((byte)'.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? [] : number[(point + 1)..];
        var isNegativeZero = number.Length != json.Length && point < 0 && number[0] == (byte)'0';
        return number.Length <= DigitsOfEveryDouble && !isNegativeZero && AreDigits(whole) && AreDigits(fraction)
            && (point < 0 || (fraction[^1] != (byte)'0' && (whole[0] != (byte)'0' || fraction.IndexOfAnyExcept((byte)'0') <= MostZerosWithoutExponent)));
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

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

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
