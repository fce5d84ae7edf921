using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using Newtonsoft.Json.Linq;

namespace Google.Cloud.BigQuery.V2;

/// <summary>One row, its values in the CLR types that the official client gives them.</summary>
public sealed class BigQueryRow
{
    /// <summary>Wraps a row as the service sends it.</summary>
    public BigQueryRow(TableRow rawRow, TableSchema schema)
    {
        RawRow = rawRow;
        Schema = schema;
    }

    /// <summary>The row as the service sent it.</summary>
    public TableRow RawRow { get; }

    /// <summary>The columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>A value by its column's place, from 0; null for NULL.</summary>
    public object? this[int index] => Value(RawRow.F![index].V, Schema.Fields![index]);

    /// <summary>A value by its column's name; null for NULL.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public object? this[string name]
    {
        get
        {
            for (var index = 0; index < Schema.Fields!.Count; index++)
            {
                if (string.Equals(Schema.Fields[index].Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return this[index];
                }
            }

            throw new KeyNotFoundException($"The result has no column '{name}'.");
        }
    }

    private static object? Value(object? raw, TableFieldSchema field)
    {
        if (raw is null or JValue { Type: JTokenType.Null })
        {
            return null;
        }

        if (field.Mode == "REPEATED")
        {
            return Array(((JArray)raw).Select(cell => Single(Text(cell["v"]!), field)).ToList(), field);
        }

        return Single(raw is JToken token ? Text(token) : Convert.ToString(raw, CultureInfo.InvariantCulture)!, field);
    }

    private static object Array(List<object> values, TableFieldSchema field) => field.Type switch
    {
        "INTEGER" or "INT64" => values.Cast<long>().ToArray(),
        "FLOAT" or "FLOAT64" => values.Cast<double>().ToArray(),
        "BOOLEAN" or "BOOL" => values.Cast<bool>().ToArray(),
        "TIMESTAMP" => values.Cast<DateTime>().ToArray(),
        _ => values.ConvertAll(value => value.ToString()!).ToArray(),
    };

    private static string Text(JToken token) => token.Type == JTokenType.String ? token.Value<string>()! : token.ToString(Newtonsoft.Json.Formatting.None);

    private static object Single(string text, TableFieldSchema field) => field.Type switch
    {
        "INTEGER" or "INT64" => long.Parse(text, CultureInfo.InvariantCulture),
        "FLOAT" or "FLOAT64" => double.Parse(text, CultureInfo.InvariantCulture),
        "BOOLEAN" or "BOOL" => bool.Parse(text),
        "TIMESTAMP" => DateTime.UnixEpoch.AddTicks(checked(long.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)),
        "DATE" or "DATETIME" => DateTime.Parse(text, CultureInfo.InvariantCulture),
        "NUMERIC" => BigQueryNumeric.Parse(text),
        "STRING" or "JSON" => text,
        _ => throw new InvalidOperationException($"Column '{field.Name}' has type {field.Type}, which the local BigQuery client does not read."),
    };
}
