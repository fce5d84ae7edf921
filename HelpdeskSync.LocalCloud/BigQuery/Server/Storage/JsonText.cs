using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DuckDB.NET.Data;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>
/// TO_JSON_STRING in GoogleSQL's notation: DuckDB writes the JSON, this rewrites times, whole fractions and large integers by the value's type
/// (cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_encodings).
/// </summary>
internal static class JsonText
{
    public const string Function = "bq_json_text";
    private const long LargestExact = 1L << 53;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentDictionary<string, SqlType> Types = new();

    public static void Register(DuckDBConnection connection) => connection.RegisterScalarFunction<string, string, string>(Function, Write);

    private static string Write(string json, string duckType)
    {
        using var document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, document.RootElement, Types.GetOrAdd(duckType, SqlType.FromDuck));
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, SqlType type)
    {
        switch (type.Name)
        {
            case "ARRAY" when value.ValueKind == JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, type.Element!);
                }

                writer.WriteEndArray();
                break;
            case "STRUCT" when value.ValueKind == JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in type.Fields!)
                {
                    writer.WritePropertyName(field.Name);
                    Write(writer, value.GetProperty(field.Name), field.Type);
                }

                writer.WriteEndObject();
                break;
            case "JSON":
                WriteSorted(writer, value);
                break;
            case "BYTES" when value.ValueKind != JsonValueKind.Null:
                throw BigQueryFault.Unsupported("TO_JSON_STRING of BYTES");
            default:
                WriteScalar(writer, value, type);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, JsonElement value, SqlType type)
    {
        switch (type.Name, value.ValueKind)
        {
            case ("TIMESTAMP", JsonValueKind.String):
                writer.WriteStringValue(value.GetString()!.Replace(' ', 'T').Replace("+00", "Z", StringComparison.Ordinal));
                break;
            case ("DATETIME", JsonValueKind.String):
                writer.WriteStringValue(value.GetString()!.Replace(' ', 'T'));
                break;
            case ("FLOAT64", JsonValueKind.Number):
                writer.WriteRawValue(value.GetDouble().ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e+", StringComparison.Ordinal));
                break;
            case ("NUMERIC" or "BIGNUMERIC", JsonValueKind.Number):
                writer.WriteRawValue(value.GetDecimal().ToString("0.##################", CultureInfo.InvariantCulture));
                break;
            case ("INT64", JsonValueKind.Number) when value.TryGetInt64(out var number) && number is > LargestExact or < -LargestExact:
                writer.WriteStringValue(value.GetRawText());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>BigQuery keeps the members of JSON values sorted by name.</summary>
    private static void WriteSorted(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                WriteSorted(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                WriteSorted(writer, item);
            }

            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
