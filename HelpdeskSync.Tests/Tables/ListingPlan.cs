using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Tests.Tables;

/// <summary>Reads windows to their end as the orchestrator does, with the app's own activity.</summary>
internal sealed class ListingPlan(ModelDesk desk, int pageSize, int maxFrom)
{
    private readonly Connector _connector = Model.Connector(pageSize, maxFrom);

    public MemoryBatches Batches { get; } = new();

    public int Windows { get; private set; }

    /// <summary>Searches a window and what is left of it until nothing is.</summary>
    /// <returns>Why it could not be read to its end; null when it was.</returns>
    public async Task<string?> SearchAsync(string run, SearchField field, DateTimeOffset from, DateTimeOffset to)
    {
        var activity = new SearchWindowActivity(desk, _connector, Batches);
        var pending = new Queue<ListingWindow>([new(from, to)]);
        while (pending.TryDequeue(out var window))
        {
            Assert.True(++Windows < 100_000, "The plan does not come to an end.");
            SearchWindowOutcome read;
            try
            {
                read = await activity.RunAsync(new(run, "records", field, window.From, window.To), CancellationToken.None);
            }
            catch (SourceUnavailableException)
            {
                // Within one millisecond it can only begin again; the durable retry comes later, when there are fewer changes.
                desk.Change = 0;
                pending.Enqueue(window);
                continue;
            }

            if (read.Refusal is not null)
            {
                return read.Refusal;
            }

            Assert.All(read.Remainder, rest => Assert.True(rest.From >= window.From && rest.To <= window.To && rest.To - rest.From < window.To - window.From));
            read.Remainder.ToList().ForEach(pending.Enqueue);
        }

        return null;
    }

    /// <summary>Lists all pages.</summary>
    public async Task<string?> ListAsync(string run) =>
        (await new ListPagesActivity(desk, _connector, Batches).RunAsync(new(run, "records"), CancellationToken.None)).Refusal;

    public HashSet<string> Read(string run) => [.. Batches.Lines($"{run}/records/listing-").Select(line => line.GetProperty("id").GetString()!)];
}
