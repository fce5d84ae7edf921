using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Decides how a value finds its place in a column that already has a type. Pure; nothing is ever dropped, cut or rounded.</summary>
public static class ColumnFit
{
    private const string Mark = "__";
    private const int DigestLength = 8;

    private static readonly string[] SideSuffixes =
    [
        .. new[] { ColumnType.String, ColumnType.Bool, ColumnType.Int64, ColumnType.Numeric, ColumnType.Float64 }.Select(Suffix),
    ];

    /// <summary>Whether the value goes into a column of this type and comes out with the same meaning.</summary>
    public static bool Fits(FlatField field, ColumnType column) => field.IsNull || column == field.Type || column switch
    {
        ColumnType.String => true,
        ColumnType.Int64 => IsExactInteger(field),
        ColumnType.Numeric => field.Type is ColumnType.Int64,
        ColumnType.BigNumeric or ColumnType.Float64 => field.Kind is JsonValueKind.Number && NumberColumn.Holds(column, field.Text!),
        ColumnType.Timestamp => TimeColumn.TryWriteTimestamp(field, out _),
        ColumnType.Date => TimeColumn.TryWriteDate(field, out _),
        ColumnType.DateTime => TimeColumn.TryWriteDateTime(field, out _),
        ColumnType.Json => JsonColumn.Holds(field),
        _ => false,
    };

    /// <summary>
    /// The type to which the column is widened for the value: INT64 to NUMERIC, and no further, since BigQuery's way on to FLOAT64 would round
    /// what stands there. Null: a side column is needed.
    /// </summary>
    public static ColumnType? Widened(FlatField field, ColumnType column) =>
        (column, field.Type) is (ColumnType.Int64, ColumnType.Numeric) ? ColumnType.Numeric : null;

    /// <summary>The type that holds both, where widening alone leads from one to the other; else the first.</summary>
    public static ColumnType Wider(ColumnType one, ColumnType other) =>
        (one, other) is (ColumnType.Int64, ColumnType.Numeric) ? other : one;

    /// <summary>Name of the column that takes the values of another type: <c>{name}__{type}</c>; of a long name its beginning and a digest.</summary>
    public static string SideColumn(FlatField field)
    {
        var suffix = Suffix(field.Type ?? ColumnType.String);
        if (field.Name.Length + suffix.Length <= ColumnNames.Longest)
        {
            return field.Name + suffix;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(field.Name)))[..DigestLength];
        return $"{field.Name[..(ColumnNames.Longest - suffix.Length - DigestLength - 1)]}_{digest}{suffix}";
    }

    /// <summary>Whether a column of this name can only be a side column: fields with such a name get another.</summary>
    internal static bool IsSideColumn(string name) =>
        Array.Exists(SideSuffixes, suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static string Suffix(ColumnType type) => Mark + type.ToString().ToLowerInvariant();

    // Zoho declares ids and counts as "string or integer": the text of an integer is that integer.
    private static bool IsExactInteger(FlatField field) =>
        field.Kind is JsonValueKind.String
        && long.TryParse(field.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == field.Text;
}
