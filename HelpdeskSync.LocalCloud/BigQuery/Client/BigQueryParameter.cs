using System.Collections;
using System.Globalization;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A parameter of a query.</summary>
public sealed class BigQueryParameter
{
    /// <summary>A parameter without a name, type or value yet.</summary>
    public BigQueryParameter()
    {
    }

    /// <summary>A named parameter with its type and value; an array's elements must be of one type.</summary>
    public BigQueryParameter(string name, BigQueryDbType? type, object? value)
    {
        Name = name;
        Type = type;
        Value = value;
    }

    /// <summary>The name, without @.</summary>
    public string? Name { get; set; }

    /// <summary>The type; null to take the value's.</summary>
    public BigQueryDbType? Type { get; set; }

    /// <summary>The type of an array's elements.</summary>
    public BigQueryDbType? ArrayElementType { get; set; }

    /// <summary>The value; null is NULL.</summary>
    public object? Value { get; set; }

    internal QueryParameter ToWire()
    {
        var type = Type ?? TypeOf(Value);
        return new()
        {
            Name = Name,
            ParameterType = new() { Type = NameOf(type), ArrayType = type == BigQueryDbType.Array ? new() { Type = NameOf(ElementType()) } : null },
            ParameterValue = type == BigQueryDbType.Array
                ? new() { ArrayValues = [.. ((IEnumerable)Value!).Cast<object?>().Select(element => new QueryParameterValue { Value = TextOf(element) })] }
                : new() { Value = TextOf(Value) },
        };
    }

    private BigQueryDbType ElementType() => ArrayElementType ?? TypeOf(((IEnumerable)Value!).Cast<object?>().FirstOrDefault());

    private static BigQueryDbType TypeOf(object? value) => value switch
    {
        string => BigQueryDbType.String,
        bool => BigQueryDbType.Bool,
        short or int or long => BigQueryDbType.Int64,
        float or double => BigQueryDbType.Float64,
        DateTimeOffset => BigQueryDbType.Timestamp,
        IEnumerable => BigQueryDbType.Array,
        _ => throw new InvalidOperationException($"A parameter's type cannot be taken from a value of {value?.GetType().Name ?? "null"}; name the type."),
    };

    private static string NameOf(BigQueryDbType type) => type switch
    {
        BigQueryDbType.Int64 => "INTEGER",
        BigQueryDbType.Float64 => "FLOAT",
        BigQueryDbType.Bool => "BOOL",
        BigQueryDbType.String => "STRING",
        BigQueryDbType.Timestamp => "TIMESTAMP",
        BigQueryDbType.Array => "ARRAY",
        _ => throw new InvalidOperationException($"Parameters of type {type} are unsupported by the local BigQuery client."),
    };

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => (time.Kind == DateTimeKind.Utc ? time : throw new ArgumentException("A TIMESTAMP parameter needs a time in UTC.", nameof(value)))
            .ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + "+00:00",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + "+00:00",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A value of {value.GetType().Name} cannot be a parameter."),
    };
}
