using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Functions.Tables;

/// <summary>What reading a listing came to.</summary>
/// <param name="Rows">The rows read, in order, each record once.</param>
/// <param name="Verdict">Complete, Full (the search's cap was reached) or Stuck.</param>
/// <param name="Calls">Requests made.</param>
internal sealed record ListingRead(IReadOnlyList<ListingRow> Rows, PageVerdict Verdict, int Calls);

/// <summary>Reads all pages of a listing or of a search window, again from its start when rows moved meanwhile.</summary>
internal static class ListingReader
{
    private const int Rereads = 8;

    /// <summary>Reads to the end.</summary>
    /// <param name="readPage">Reads the page that begins at an offset.</param>
    /// <param name="newCursor">Makes the cursor of one reading.</param>
    /// <param name="what">What is read, for messages.</param>
    /// <exception cref="SourceUnavailableException">Rows moved in every reading; try again later.</exception>
    public static async Task<ListingRead> ReadAsync(Func<int, Task<ListingPage>> readPage, Func<PageCursor> newCursor, string what)
    {
        var calls = 0;
        for (var reading = 0; reading < Rereads; reading++)
        {
            var cursor = newCursor();
            var rows = new List<ListingRow>();
            var verdict = PageVerdict.More;
            while (verdict == PageVerdict.More)
            {
                var page = await readPage(cursor.NextFrom);
                calls++;
                verdict = cursor.Accept([.. page.Rows.Select(row => row.Id)]);
                rows.AddRange(cursor.NewRows.Select(index => page.Rows[index]));
            }

            if (verdict != PageVerdict.Shifted)
            {
                return new(rows, verdict, calls);
            }
        }

        throw new SourceUnavailableException($"Rows of {what} moved between pages in each of {Rereads} readings. It is read again later.");
    }
}
