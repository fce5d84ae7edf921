using System.Globalization;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Decides how a value finds its place in a column that already has a type. Pure; nothing is ever dropped or cut.</summary>
internal static class ColumnFit
{
    /// <summary>Whether the value goes into a column of this type and comes out with the same meaning.</summary>
    public static bool Fits(FlatField field, ColumnType column) => field.Text is null || column switch
    {
        ColumnType.String or ColumnType.Json => true,
        ColumnType.Bool => field.Type is ColumnType.Bool,
        ColumnType.Int64 => field.Type is ColumnType.Int64 || IsExactInteger(field),
        ColumnType.Numeric => field.Type is ColumnType.Int64 or ColumnType.Numeric,
        ColumnType.Float64 => field.Type is ColumnType.Float64 || IsExactDouble(field),
        ColumnType.Timestamp => field.Kind is JsonValueKind.String && HelpdeskTime.TryRead(JsonSerializer.SerializeToElement(field.Text), out _),
        _ => false,
    };

    /// <summary>The type to which the column is widened for the value, where BigQuery allows it: INT64 to NUMERIC to FLOAT64. Null: a side column is needed.</summary>
    public static ColumnType? Widened(FlatField field, ColumnType column) => (column, field.Type) switch
    {
        (ColumnType.Int64, ColumnType.Numeric) => ColumnType.Numeric,
        (ColumnType.Int64 or ColumnType.Numeric, ColumnType.Float64) => ColumnType.Float64,
        _ => null,
    };

    /// <summary>Name of the column that takes the values of another type: <c>{name}__{type}</c>.</summary>
    public static string SideColumn(FlatField field) =>
        $"{field.Name}__{ColumnTypes.Sql(field.Type ?? ColumnType.String).ToLowerInvariant()}";

    // Zoho declares ids and counts as "string or integer": the text of an integer is that integer.
    private static bool IsExactInteger(FlatField field) =>
        field.Type is ColumnType.String
        && long.TryParse(field.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == field.Text;

    private static bool IsExactDouble(FlatField field) =>
        field.Type is ColumnType.Int64 or ColumnType.Numeric
        && decimal.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
        && double.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rounded)
        && Math.Abs(rounded) < 1e28 && (decimal)rounded == exact;
}
