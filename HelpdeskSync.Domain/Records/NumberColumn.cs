using System.Globalization;

namespace HelpdeskSync.Domain.Records;

/// <summary>Chooses the narrowest column type that holds a JSON number without losing a digit.</summary>
internal static class NumberColumn
{
    // BigQuery's NUMERIC: precision 38, scale 9.
    private const int NumericIntegerDigits = 29;
    private const int NumericScale = 9;

    public static ColumnType TypeOf(string json)
    {
        if (long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return ColumnType.Int64;
        }

        var exact = JsonNumber.Read(json);
        if (exact.Exponent <= NumericIntegerDigits && exact.Digits.Length - exact.Exponent <= NumericScale)
        {
            return ColumnType.Numeric;
        }

        var value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        var survives = double.IsFinite(value) && EcmaScriptNumber.Shortest(value).HasSameDigits(exact);
        return survives ? ColumnType.Float64 : ColumnType.String;
    }
}
