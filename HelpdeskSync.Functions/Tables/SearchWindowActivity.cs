using System.Globalization;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Reads one search window and stages what it lists.</summary>
public sealed class SearchWindowActivity(IHelpdeskClient helpdesk, Connector connector, IStagedBatches batches)
{
    /// <summary>Reads the window; the rows read of a full one are staged too, and what is left of it is returned.</summary>
    [Function(nameof(SearchWindowActivity))]
    public async Task<SearchWindowOutcome> RunAsync([ActivityTrigger] SearchWindowRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var search = entity.Search ?? throw new InvalidOperationException($"Table '{request.Table}' has no search in the connector document.");
        var window = new TimeWindow(request.From, request.To);
        var read = await ListingReader.ReadAsync(
            from => helpdesk.SearchAsync(entity, request.Field, window, from, cancellationToken),
            () => new PageCursor(search.PageSize, search.MaxFrom),
            $"{request.Table} {window}");
        if (read.Verdict == PageVerdict.Stuck)
        {
            return new(0, read.Calls, [], $"The search for {request.Table} {window} does not advance. Nothing was skipped; check the connector document's search settings.");
        }

        var chunk = $"{Milliseconds(window.From)}-{Milliseconds(window.To)}";
        await batches.WriteAsync(
            BatchNames.Of(request.Run, request.Table, "listing", chunk), read.Rows.Select(row => ListingLine.Of(row, null).ToBytes()), cancellationToken);
        return read.Verdict == PageVerdict.Full ? Remainder(request, window, read) : new(read.Rows.Count, read.Calls, [], null);
    }

    private static SearchWindowOutcome Remainder(SearchWindowRequest request, TimeWindow window, ListingRead read)
    {
        var last = request.Field == SearchField.Created ? read.Rows[^1].CreatedTime : read.Rows[^1].ModifiedTime;
        if (last is null)
        {
            return new(0, read.Calls, [], $"Search rows of {request.Table} carry no {request.Field} time, so a full window cannot be split. Check the connector document.");
        }

        try
        {
            var rest = SearchWindows.Remainder(window, last.Value);
            return new(read.Rows.Count, read.Calls, [.. rest.Select(left => new ListingWindow(left.From, left.To))], null);
        }
        catch (WindowFullException full)
        {
            return new(read.Rows.Count, read.Calls, [], full.Message);
        }
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>A window to search.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Field">By which time.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record SearchWindowRequest(string Run, string Table, SearchField Field, DateTimeOffset From, DateTimeOffset To);

/// <summary>A window that is still to be searched: [From, To).</summary>
public sealed record ListingWindow(DateTimeOffset From, DateTimeOffset To);

/// <summary>What a window came to.</summary>
/// <param name="Rows">Rows staged.</param>
/// <param name="Calls">Requests made.</param>
/// <param name="Remainder">What is left of a full window.</param>
/// <param name="Refusal">Why the listing cannot be completed, if it cannot: a person must act.</param>
public sealed record SearchWindowOutcome(int Rows, int Calls, IReadOnlyList<ListingWindow> Remainder, string? Refusal);
