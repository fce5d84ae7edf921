using System.Text;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal static partial class Functions
{
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, string>>> Times =>
    [
        Of("TIMESTAMP_ADD", 2, 2, call => $"({call[0]} + {Exact(call)})"),
        Of("TIMESTAMP_SUB", 2, 2, call => $"({call[0]} - {Exact(call)})"),
        Of("DATETIME_ADD", 2, 2, call => $"({call[0]} + {call[1]})"),
        Of("DATETIME_SUB", 2, 2, call => $"({call[0]} - {call[1]})"),
        Of("DATE_ADD", 2, 2, call => $"CAST({call[0]} + {call[1]} AS DATE)"),
        Of("DATE_SUB", 2, 2, call => $"CAST({call[0]} - {call[1]} AS DATE)"),
        // Timestamps count whole units that have passed, dates and datetimes the boundaries between them.
        Of("TIMESTAMP_DIFF", 3, 3, call => $"date_sub('{ExactPart(call, call.Word(2))}', {call[1]}, {call[0]})"),
        Of("DATETIME_DIFF", 3, 3, Difference),
        Of("DATE_DIFF", 3, 3, Difference),
        Of("TIMESTAMP_TRUNC", 2, 3, call => call.Count == 2 ? Truncated(call, call[0]) : $"({Truncated(call, $"({call[0]} AT TIME ZONE {call[2]})")} AT TIME ZONE {call[2]})"),
        Of("DATETIME_TRUNC", 2, 2, call => Truncated(call, call[0])),
        Of("DATE_TRUNC", 2, 2, call => $"CAST({Truncated(call, call[0])} AS DATE)"),
        Of("TIMESTAMP_MILLIS", 1, 1, call => $"make_timestamptz(({call[0]}) * 1000)"),
        Of("TIMESTAMP_MICROS", 1, 1, call => $"make_timestamptz({call[0]})"),
        Of("TIMESTAMP_SECONDS", 1, 1, call => $"make_timestamptz(({call[0]}) * 1000000)"),
        Of("UNIX_MILLIS", 1, 1, call => $"epoch_ms({call[0]})"),
        Of("UNIX_MICROS", 1, 1, call => $"epoch_us({call[0]})"),
        Of("UNIX_SECONDS", 1, 1, call => $"CAST(floor(epoch({call[0]})) AS BIGINT)"),
        Of("UNIX_DATE", 1, 1, call => $"date_diff('day', DATE '1970-01-01', {call[0]})"),
        Of("DATE_FROM_UNIX_DATE", 1, 1, call => $"(DATE '1970-01-01' + CAST({call[0]} AS INTEGER))"),
        Of("TIMESTAMP", 1, 2, call => call.Count == 1 ? $"bq_timestamp({call[0]})" : $"(CAST({call[0]} AS TIMESTAMP) AT TIME ZONE {call[1]})"),
        Of("STRING", 1, 1, call => $"bq_text({call[0]})"),
        Of("DATE", 1, 3, Date),
        Of("DATETIME", 1, 6, call => call.Count switch
        {
            1 => $"CAST({call[0]} AS TIMESTAMP)",
            2 => $"(CAST({call[0]} AS TIMESTAMPTZ) AT TIME ZONE {call[1]})",
            _ => $"make_timestamp({call.Wants(6, 6).All})",
        }),
        Of("TIME", 1, 3, call => call.Count == 1 ? $"CAST({call[0]} AS TIME)" : $"make_time({call.Wants(3, 3).All})"),
        Of("FORMAT_TIMESTAMP", 2, 3, call => $"strftime({(call.Count == 3 ? $"({call[1]} AT TIME ZONE {call[2]})" : call[1])}, {Format(call)})"),
        Of("FORMAT_DATETIME", 2, 2, call => $"strftime({call[1]}, {Format(call)})"),
        Of("FORMAT_DATE", 2, 2, call => $"strftime({call[1]}, {Format(call)})"),
        Of("PARSE_TIMESTAMP", 2, 2, call => $"CAST(strptime({call[1]}, {Format(call)}) AS TIMESTAMPTZ)"),
        Of("PARSE_DATETIME", 2, 2, call => $"strptime({call[1]}, {Format(call)})"),
        Of("PARSE_DATE", 2, 2, call => $"CAST(strptime({call[1]}, {Format(call)}) AS DATE)"),
        Of("LAST_DAY", 1, 1, call => $"last_day({call[0]})"),
    ];

    private static string Date(FunctionCall call) => call.Count switch
    {
        1 => $"CAST({call[0]} AS DATE)",
        2 => $"CAST((CAST({call[0]} AS TIMESTAMPTZ) AT TIME ZONE {call[1]}) AS DATE)",
        _ => $"make_date({call.All})",
    };

    private static string Part(FunctionCall call, int index) => call.Word(index) switch
    {
        "ISOWEEK" => "week",
        var part when SqlWords.DateParts.Contains(part) => part.ToLowerInvariant(),
        var part => throw BigQueryFault.InvalidQuery($"A valid date part name is required but found {part}"),
    };

    /// <summary>DuckDB's weeks begin on Monday, BigQuery's WEEK on Sunday: a day later the two agree.</summary>
    private static string Truncated(FunctionCall call, string value) => call.Word(1) == "WEEK"
        ? $"(date_trunc('week', {value} + INTERVAL 1 DAY) - INTERVAL 1 DAY)"
        : $"date_trunc('{Part(call, 1)}', {value})";

    private static string Difference(FunctionCall call) => call.Word(2) == "WEEK"
        ? $"date_diff('week', date_trunc('week', {call[1]} + INTERVAL 1 DAY), date_trunc('week', {call[0]} + INTERVAL 1 DAY))"
        : call.Word(2) == "ISOWEEK" ? $"date_diff('week', date_trunc('week', {call[1]}), date_trunc('week', {call[0]}))"
        : $"date_diff('{Part(call, 2)}', {call[1]}, {call[0]})";

    /// <summary>The interval of a call on a timestamp, which has no months because their length is not fixed.</summary>
    private static string Exact(FunctionCall call)
    {
        ExactPart(call, call[1][(call[1].LastIndexOf(' ') + 1)..]);
        return call[1];
    }

    private static string ExactPart(FunctionCall call, string part) => part is "WEEK" or "ISOWEEK" or "MONTH" or "QUARTER" or "YEAR" or "ISOYEAR"
        ? throw BigQueryFault.InvalidQuery($"{call.Name} does not support the {part} date part")
        : part;

    /// <summary>The format in strftime's letters as DuckDB knows them.</summary>
    private static string Format(FunctionCall call)
    {
        var format = call.Literal(0);
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var (written, length) = Element(format, i);
            if (call.Count == 3 && format[i..(i + length)] is "%Z" or "%z" or "%Ez")
            {
                throw BigQueryFault.Unsupported($"the format element {format[i..(i + length)]} with a time zone in {call.Name}");
            }

            text.Append(written ?? throw BigQueryFault.Unsupported($"the format element {format[i..Math.Min(i + 2, format.Length)]} in {call.Name}"));
            i += length - 1;
        }

        return SqlText.Literal(text.ToString());
    }

    private static (string? Written, int Length) Element(string format, int at)
    {
        foreach (var (element, written) in new[] { ("%E3S", "%S.%g"), ("%E6S", "%S.%f"), ("%E*S", "%S.%f"), ("%Ez", "%z"), ("%F", "%Y-%m-%d"), ("%T", "%H:%M:%S"), ("%R", "%H:%M"), ("%D", "%m/%d/%y"), ("%Z", "UTC"), ("%e", "%-d"), ("%k", "%-H"), ("%l", "%-I"), ("%n", "\n"), ("%t", "\t"), ("%h", "%b") })
        {
            if (string.CompareOrdinal(format, at, element, 0, element.Length) == 0)
            {
                return (written, element.Length);
            }
        }

        return at + 1 < format.Length && "YymdHIMSpjaAbBuwUWVGz%".Contains(format[at + 1], StringComparison.Ordinal) ? (format.Substring(at, 2), 2) : (null, 1);
    }
}
