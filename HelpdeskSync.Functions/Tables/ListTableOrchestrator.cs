using HelpdeskSync.Domain.Helpdesk;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Lists a table: searches its windows side by side, splits those that are full, or reads its pages where it has no search.</summary>
public static class ListTableOrchestrator
{
    private const int WindowsAtOnce = 16;
    private const int RoundsPerGeneration = 20;

    /// <summary>Runs until no window is left, or one cannot be read.</summary>
    [Function(nameof(ListTableOrchestrator))]
    public static async Task<ListTableOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<ListTableRequest>()!;
        if (input.Field is not { } field)
        {
            var pages = await context.CallActivityAsync<SearchWindowOutcome>(
                nameof(ListPagesActivity), new ListPagesRequest(input.Run, input.Table), Retries.OfRun);
            return new(pages.Rows, pages.Calls, pages.Refusal);
        }

        var pending = input.Pending.ToList();
        var progress = input.Progress;
        for (var round = 0; round < RoundsPerGeneration && pending.Count > 0; round++)
        {
            var windows = pending.Take(WindowsAtOnce).ToList();
            var searched = await Task.WhenAll(windows.Select(window => context.CallActivityAsync<SearchWindowOutcome>(
                nameof(SearchWindowActivity), new SearchWindowRequest(input.Run, input.Table, field, window.From, window.To), Retries.OfRun)));
            progress = searched.Aggregate(progress, (sum, window) => sum.Plus(window));
            if (progress.Refusal is not null)
            {
                return progress;
            }

            pending = [.. pending.Skip(WindowsAtOnce), .. searched.SelectMany(window => window.Remainder)];
        }

        if (pending.Count > 0)
        {
            context.ContinueAsNew(input with { Pending = pending, Progress = progress });
        }

        return progress;
    }
}

/// <summary>What to list.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Field">By which time to search; null to list pages.</param>
/// <param name="Pending">The windows still to be searched.</param>
/// <param name="Progress">What earlier generations listed.</param>
public sealed record ListTableRequest(string Run, string Table, SearchField? Field, IReadOnlyList<ListingWindow> Pending, ListTableOutcome Progress);

/// <summary>What was listed.</summary>
/// <param name="Rows">Rows staged; a record that changed meanwhile may stand twice.</param>
/// <param name="Calls">Requests made.</param>
/// <param name="Refusal">Why the listing is not complete; null when it is.</param>
public sealed record ListTableOutcome(long Rows, long Calls, string? Refusal)
{
    /// <summary>Nothing listed yet.</summary>
    public static ListTableOutcome None { get; } = new(0, 0, null);

    internal ListTableOutcome Plus(SearchWindowOutcome window) => new(Rows + window.Rows, Calls + window.Calls, Refusal ?? window.Refusal);
}
