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

        var shortest = Shortest(value);
        var isInteger = !json.AsSpan().ContainsAny(".eE");
        return isInteger && !shortest.HasSameDigits(JsonNumber.Read(json)) ? json : Layout(shortest);
    }

    /// <summary>The shortest digits that read back as the same double.</summary>
    public static JsonNumber Shortest(double value) => JsonNumber.Read(value.ToString("R", CultureInfo.InvariantCulture));

    private static string Layout(JsonNumber number)
    {
        var (isNegative, digits, point) = number;
        var sign = isNegative ? "-" : "";
        if (point is > 21 or < -5)
        {
            var power = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
            return digits.Length == 1 ? $"{sign}{digits}e{power}" : $"{sign}{digits[0]}.{digits[1..]}e{power}";
        }

        if (point <= 0)
        {
            return $"{sign}0.{new string('0', -point)}{digits}";
        }

        return sign + (digits.Length <= point ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}");
    }
}
