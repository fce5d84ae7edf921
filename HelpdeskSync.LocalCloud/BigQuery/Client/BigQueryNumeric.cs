using System.Globalization;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A NUMERIC: 29 digits before and 9 behind the point. This one can be read and compared.</summary>
public struct BigQueryNumeric : IEquatable<BigQueryNumeric>
{
    private readonly string? _text;

    private BigQueryNumeric(string text) => _text = text;

    /// <summary>Reads a decimal text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BigQueryNumeric Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a NUMERIC.");

    /// <summary>Reads a decimal text; false where it is none.</summary>
    public static bool TryParse(string text, out BigQueryNumeric value)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        var valid = whole.Length is > 0 and <= 29 && fraction.Length <= 9 && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit);
        value = valid ? new(Canonical(text.StartsWith('-'), whole.TrimStart('0'), fraction.TrimEnd('0'))) : default;
        return valid;
    }

    /// <summary>Equal values are equal, however they were written.</summary>
    public static bool operator ==(BigQueryNumeric lhs, BigQueryNumeric rhs) => lhs.Equals(rhs);

    /// <summary>The opposite of ==.</summary>
    public static bool operator !=(BigQueryNumeric lhs, BigQueryNumeric rhs) => !lhs.Equals(rhs);

    /// <inheritdoc/>
    public bool Equals(BigQueryNumeric other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BigQueryNumeric other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The shortest decimal text.</summary>
    public override string ToString() => _text ?? 0.ToString(CultureInfo.InvariantCulture);

    private static string Canonical(bool negative, string whole, string fraction)
    {
        var text = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return negative && text != "0" ? "-" + text : text;
    }
}
