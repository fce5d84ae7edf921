using System.Globalization;

namespace HelpdeskSync.Domain.Records;

/// <summary>Writes a JSON number as ECMAScript's Number::toString does (ECMA-262 section 6.1.6.1.20), which RFC 8785 asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The canonical form of a JSON number's text.</summary>
    /// <returns>
    /// The shortest digits that read back as the same double; but an integer literal that a double does not hold exactly, and a number
    /// beyond the doubles, come back as they were written.
    /// </returns>
    public static string Of(string json)
    {
        var value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (value == 0)
        {
            return "0";
        }

        if (!double.IsFinite(value))
        {
            return json;
        }

        var (digits, exponent) = Shortest(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        var isInteger = !json.AsSpan().ContainsAny(".eE");
        return isInteger && !SameInteger(json.AsSpan(sign.Length), digits, exponent) ? json : sign + Layout(digits, exponent);
    }

    /// <summary>The digits without zeros around them, and the power of ten before which the decimal point stands.</summary>
    private static (string Digits, int Exponent) Shortest(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var roundTrip = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = roundTrip.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? roundTrip : roundTrip[..mark];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).Trim('0');
        var power = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (digits, power + 1);
    }

    private static bool SameInteger(ReadOnlySpan<char> literal, string digits, int exponent) =>
        literal.Length == exponent && literal.TrimEnd('0').SequenceEqual(digits);

    private static string Layout(string digits, int exponent)
    {
        if (exponent is > 21 or < -5)
        {
            var power = (exponent - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
            return digits.Length == 1 ? $"{digits}e{power}" : $"{digits[0]}.{digits[1..]}e{power}";
        }

        if (exponent <= 0)
        {
            return "0." + new string('0', -exponent) + digits;
        }

        return digits.Length <= exponent ? digits.PadRight(exponent, '0') : $"{digits[..exponent]}.{digits[exponent..]}";
    }
}
