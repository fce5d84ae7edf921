using System.Globalization;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Reads one search window and stages what it lists.</summary>
public sealed class SearchWindowActivity(IHelpdeskClient helpdesk, Connector connector, IStagedBatches batches)
{
    /// <summary>Reads the window; the rows of one that could not be read to its end are staged too, and what is left of it is returned.</summary>
    [Function(nameof(SearchWindowActivity))]
    public async Task<SearchWindowOutcome> RunAsync([ActivityTrigger] SearchWindowRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        var search = entity.Search ?? throw new InvalidOperationException($"Table '{request.Table}' has no search in the connector document.");
        var window = new TimeWindow(request.From, request.To);
        var read = await ListingReader.ReadAsync(
            from => helpdesk.SearchAsync(entity, request.Field, window, from, cancellationToken),
            () => new PageCursor(search.PageSize, search.MaxFrom),
            $"{request.Table} {window}",
            rows => Reached(request, window, rows) > window.From);
        if (read.Refusal is { } refusal)
        {
            return new(0, read.Calls, [], refusal);
        }

        var chunk = $"{Milliseconds(window.From)}-{Milliseconds(window.To)}";
        await batches.WriteAsync(
            BatchNames.Of(request.Run, request.Table, "listing", chunk), read.Rows.Select(row => ListingLine.Of(row, null).ToBytes()), cancellationToken);
        return read.IsComplete ? new(read.Rows.Count, read.Calls, [], null) : Remainder(request, window, read);
    }

    private static SearchWindowOutcome Remainder(SearchWindowRequest request, TimeWindow window, ListingRead read)
    {
        var reached = Reached(request, window, read.Rows);
        if (read.PausedUntil is { } until && reached == window.From)
        {
            return new(0, read.Calls, [new(window.From, window.To)], null, until);
        }

        try
        {
            var rest = SearchWindows.Remainder(window, reached);
            return new(read.Rows.Count, read.Calls, [.. rest.Select(left => new ListingWindow(left.From, left.To))], null, read.PausedUntil);
        }
        catch (WindowFullException full)
        {
            return new(read.Rows.Count, read.Calls, [], $"{request.Table}: {full.Message}");
        }
    }

    private static DateTimeOffset Reached(SearchWindowRequest request, TimeWindow window, IReadOnlyList<ListingRow> rows) =>
        SearchWindows.Reached(window, rows.Select(row => request.Field == SearchField.Created ? row.CreatedTime : row.ModifiedTime));

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

/// <summary>What a window, or another part of a listing, came to.</summary>
/// <param name="Rows">Rows staged.</param>
/// <param name="Calls">Requests made.</param>
/// <param name="Remainder">What is left of a window that was not read to its end.</param>
/// <param name="Refusal">Why the listing cannot be completed, if it cannot: a person must act.</param>
/// <param name="PausedUntil">There are no credits before then: the remainder, or the same part again, is read from then on.</param>
/// <param name="Gap">Why the listing does not show every living record although it was read to its end; null where it does.</param>
public sealed record SearchWindowOutcome(
    int Rows, int Calls, IReadOnlyList<ListingWindow> Remainder, string? Refusal, DateTimeOffset? PausedUntil = null, string? Gap = null);
