using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Says DuckDB's errors in BigQuery's words where both mean the same; the others keep DuckDB's text, which names what is wrong.</summary>
internal static partial class DuckErrors
{
    public static BigQueryFault Of(DuckDBException error, SqlStatement? statement)
    {
        var message = error.Message;
        if (message.Contains("Conflict", StringComparison.Ordinal))
        {
            return InjectedFaults.CouldNotSerialize(statement?.Mutated);
        }

        if (UnknownName().Match(message) is { Success: true } name)
        {
            var unknown = name.Groups["name"].Value;
            return BigQueryFault.InvalidQuery($"Unrecognized name: {unknown}{statement?.PlaceOf(unknown)}");
        }

        if (Raised().Match(message) is { Success: true } raised)
        {
            return BigQueryFault.InvalidQuery(raised.Groups["text"].Value);
        }

        if (message.Contains("Malformed JSON", StringComparison.Ordinal))
        {
            return BigQueryFault.InvalidQuery("syntax error while parsing value");
        }

        if (message.StartsWith("Parser Error: ", StringComparison.Ordinal))
        {
            return BigQueryFault.InvalidQuery("Syntax error: " + FirstLine(message["Parser Error: ".Length..]));
        }

        if (message.Contains("Out of Memory", StringComparison.Ordinal))
        {
            return new(400, "resourcesExceeded", "Resources exceeded during query execution: The query could not be executed in the allotted memory.", "query");
        }

        return BigQueryFault.InvalidQuery(Overflow().IsMatch(message) ? $"int64 overflow: {FirstLine(message)}" : FirstLine(message));
    }

    private static string FirstLine(string message) => message.Split("\n\nLINE ")[0].Trim();

    [GeneratedRegex("""^Binder Error: (Referenced column "(?<name>[^"]+)" (was )?not found|Table "[^"]+" does not have a column named "(?<name>[^"]+)"|Values list "[^"]+" does not have a column named "(?<name>[^"]+)")""", RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownName();

    [GeneratedRegex("^(Invalid Input|Invalid) Error: (?<text>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Raised();

    [GeneratedRegex("^Out of Range Error: Overflow in ")]
    private static partial Regex Overflow();
}
