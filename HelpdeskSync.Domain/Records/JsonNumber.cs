using System.Globalization;

namespace HelpdeskSync.Domain.Records;

/// <summary>The exact decimal value of a number's text: 0.DIGITS times ten to the power of Exponent.</summary>
/// <param name="IsNegative">True when the text begins with a minus sign.</param>
/// <param name="Digits">Without zeros at either end; empty for zero.</param>
/// <param name="Exponent">Where the decimal point stands, counted from the first digit; 0 for zero. Capped at about +-10^9, far beyond any
/// type.</param>
internal readonly record struct JsonNumber(bool IsNegative, string Digits, int Exponent)
{
    private const int FarAway = 1_000_000_000;

    /// <summary>Reads a JSON number, or what .NET writes for a double.</summary>
    public static JsonNumber Read(string text)
    {
        var isNegative = text.StartsWith('-');
        var mark = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = text.AsSpan(isNegative ? 1 : 0, (mark < 0 ? text.Length : mark) - (isNegative ? 1 : 0));
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var significant = digits.TrimStart('0');
        if (significant.Length == 0)
        {
            return new JsonNumber(isNegative, string.Empty, 0);
        }

        var wholeDigits = (point < 0 ? mantissa.Length : point) - (digits.Length - significant.Length);
        var power = mark < 0 ? 0 : Power(text.AsSpan(mark + 1));
        return new JsonNumber(isNegative, significant.TrimEnd('0'), wholeDigits + power);
    }

    /// <summary>True when the same digits stand at the same place; the sign is not compared.</summary>
    public bool HasSameDigits(JsonNumber other) => Exponent == other.Exponent && Digits == other.Digits;

    private static int Power(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
            ? (int)Math.Clamp(power, -FarAway, FarAway)
            : text[0] == '-' ? -FarAway : FarAway;
}
