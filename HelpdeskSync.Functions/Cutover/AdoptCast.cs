using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Brings a value of one column type into another without losing anything: what would lose does not fit.</summary>
/// <param name="Value">An expression of the new type.</param>
/// <param name="Fits">A condition that holds where <paramref name="Value"/> is all that the old value was; of no meaning where that is NULL.</param>
internal sealed record AdoptCast(string Value, string Fits)
{
    private static readonly HashSet<ColumnType> s_numbers = [ColumnType.Int64, ColumnType.Numeric, ColumnType.BigNumeric, ColumnType.Float64];
    private static readonly HashSet<ColumnType> s_times = [ColumnType.Timestamp, ColumnType.DateTime, ColumnType.Date];

    /// <summary>The value as it is where the types are the same, and where text is wanted, always fits.</summary>
    public bool AlwaysFits => Fits == "TRUE";

    /// <summary>How a column's values are brought into another type.</summary>
    /// <param name="from">An expression.</param>
    /// <param name="was">Its type.</param>
    /// <param name="type">The wanted type.</param>
    public static AdoptCast Of(string from, ColumnType was, ColumnType type)
    {
        if (type == ColumnType.String)
        {
            return new(Text(from, was), "TRUE");
        }

        if (type == ColumnType.Foreign)
        {
            return new("NULL", "FALSE");
        }

        if (was == type)
        {
            return new(from, "TRUE");
        }

        if (type == ColumnType.Json)
        {
            return Read($"SAFE.PARSE_JSON({Text(from, was)})");
        }

        if ((s_numbers.Contains(was) && s_numbers.Contains(type)) || (s_times.Contains(was) && s_times.Contains(type)))
        {
            // Casts round numbers and cut times: what comes back the same way must be what was there.
            var cast = $"SAFE_CAST({from} AS {ColumnTypes.Sql(type)})";
            return new(cast, $"IFNULL(SAFE_CAST({cast} AS {ColumnTypes.Sql(was)}) = {from}, FALSE)");
        }

        var read = $"SAFE_CAST({Text(from, was)} AS {ColumnTypes.Sql(type)})";
        return was == ColumnType.String && type is ColumnType.Timestamp or ColumnType.DateTime
            ? Read(read)
            : new(read, $"IFNULL(CAST({read} AS STRING) = {Text(from, was)}, FALSE)");
    }

    /// <summary>A column's values as text, times as the helpdesk writes them.</summary>
    public static string Text(string from, ColumnType was) => was switch
    {
        ColumnType.String => from,
        ColumnType.Json or ColumnType.Foreign => $"TO_JSON_STRING({from})",
        ColumnType.Timestamp => $"IF(MOD(UNIX_MICROS({from}), 1000) = 0, FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%E3SZ', {from}), FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%E6SZ', {from}))",
        _ => $"CAST({from} AS STRING)",
    };

    private static AdoptCast Read(string value) => new(value, $"{value} IS NOT NULL");
}
