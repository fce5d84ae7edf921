using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Functions.Tables;

/// <summary>What reading a listing came to.</summary>
/// <param name="Rows">The rows read, in order, each record once.</param>
/// <param name="Calls">Requests made.</param>
/// <param name="IsComplete">Whether that is all of them.</param>
/// <param name="PausedUntil">Reading stopped because there are no credits before then; null otherwise.</param>
/// <param name="Refusal">Why it cannot be read; a person must act. Null otherwise.</param>
internal sealed record ListingRead(IReadOnlyList<ListingRow> Rows, int Calls, bool IsComplete, DateTimeOffset? PausedUntil = null, string? Refusal = null);

/// <summary>Reads all pages of a listing or of a search window; where rows moved meanwhile, it goes on by what was read or begins again.</summary>
internal static class ListingReader
{
    private const int Rereads = 8;

    /// <summary>Reads to the end, or as far as it can.</summary>
    /// <param name="readPage">Reads the page that begins at an offset.</param>
    /// <param name="newCursor">Makes the cursor of one reading.</param>
    /// <param name="what">What is read, for messages.</param>
    /// <param name="canGoOn">Whether these first rows are enough for the caller to read on after them, after rows have moved. Null: never.</param>
    /// <exception cref="SourceUnavailableException">The helpdesk does not answer, or rows moved in every reading; try again later.</exception>
    public static async Task<ListingRead> ReadAsync(
        Func<int, Task<ListingPage>> readPage, Func<PageCursor> newCursor, string what, Func<IReadOnlyList<ListingRow>, bool>? canGoOn = null)
    {
        var (calls, stuck) = (0, 0);
        for (var reading = 0; reading < Rereads; reading++)
        {
            var rows = new List<ListingRow>();
            var cursor = newCursor();
            var verdict = PageVerdict.More;
            while (verdict == PageVerdict.More)
            {
                ListingPage page;
                try
                {
                    page = await readPage(cursor.NextFrom);
                }
                catch (SourcePausedException paused)
                {
                    return new(rows, calls, false, PausedUntil: paused.Until);
                }
                catch (SourceRefusedException refused)
                {
                    return new([], calls + 1, false, Refusal: refused.Message);
                }

                calls++;
                verdict = cursor.Accept([.. page.Rows.Select(row => row.Id)], page.Total);
                rows.AddRange(cursor.NewRows.Select(index => page.Rows[index]));
            }

            stuck += verdict == PageVerdict.Stuck ? 1 : 0;
            if (verdict is not (PageVerdict.Shifted or PageVerdict.Stuck) || canGoOn?.Invoke(rows) == true)
            {
                return new(rows, calls, verdict == PageVerdict.Complete);
            }
        }

        return stuck == Rereads
            ? new([], calls, false, Refusal: $"The listing of {what} does not advance: pages bring no new rows. Nothing was skipped; check the connector document's paging.")
            : throw new SourceUnavailableException($"Rows of {what} moved between pages in each of {Rereads} readings. It is read again later.");
    }
}
