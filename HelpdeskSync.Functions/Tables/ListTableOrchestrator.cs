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
            return ListTableOutcome.None.Plus(await PartAsync(context, nameof(ListPagesActivity), new ListPagesRequest(input.Run, input.Table)));
        }

        var pending = input.Pending.ToList();
        var progress = input.Progress;
        context.SetCustomStatus(new ListProgress(progress.Rows));
        for (var round = 0; round < RoundsPerGeneration && pending.Count > 0; round++)
        {
            var searched = await Task.WhenAll(pending.Take(WindowsAtOnce).Select(window => context.CallActivityAsync<SearchWindowOutcome>(
                nameof(SearchWindowActivity), new SearchWindowRequest(input.Run, input.Table, field, window.From, window.To), Retries.OfRun)));
            progress = searched.Aggregate(progress, (sum, window) => sum.Plus(window));
            if (progress.Refusal is not null)
            {
                return progress;
            }

            context.SetCustomStatus(new ListProgress(progress.Rows));
            pending = [.. pending.Skip(WindowsAtOnce), .. searched.SelectMany(window => window.Remainder)];
            if (searched.Max(window => window.PausedUntil) is { } until)
            {
                await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
            }
        }

        if (pending.Count > 0)
        {
            context.ContinueAsNew(input with { Pending = pending, Progress = progress });
            return progress;
        }

        return input.Archive
            ? progress.Plus(await PartAsync(context, nameof(ListArchiveActivity), new ListPagesRequest(input.Run, input.Table)))
            : progress;
    }

    /// <summary>Reads one part of a listing, again after each pause for want of credits.</summary>
    internal static async Task<SearchWindowOutcome> PartAsync(TaskOrchestrationContext context, string activity, object request)
    {
        var calls = 0;
        for (var pause = 0; pause < Retries.MostPauses; pause++)
        {
            var part = await context.CallActivityAsync<SearchWindowOutcome>(activity, request, Retries.OfRun);
            calls += part.Calls;
            if (part.PausedUntil is not { } until)
            {
                return part with { Calls = calls };
            }

            await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
        }

        return new(0, calls, [], Retries.TooManyPauses);
    }
}

/// <summary>What to list.</summary>
/// <param name="Run">The run.</param>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Field">By which time to search; null to list pages.</param>
/// <param name="Pending">The windows still to be searched.</param>
/// <param name="Progress">What earlier generations listed.</param>
/// <param name="Archive">Whether records that the search leaves out are listed afterwards.</param>
public sealed record ListTableRequest(
    string Run, string Table, SearchField? Field, IReadOnlyList<ListingWindow> Pending, ListTableOutcome Progress, bool Archive = false);

/// <summary>How far a listing is: its orchestration's custom status.</summary>
/// <param name="Rows">Rows staged so far.</param>
public sealed record ListProgress(long Rows);

/// <summary>What was listed.</summary>
/// <param name="Rows">Rows staged; a record that changed meanwhile may stand twice.</param>
/// <param name="Calls">Requests made.</param>
/// <param name="Refusal">Why the listing is not complete; null when it is.</param>
/// <param name="Gap">Why it does not show every living record although it was read to its end; null where it does.</param>
public sealed record ListTableOutcome(long Rows, long Calls, string? Refusal, string? Gap = null)
{
    /// <summary>Nothing listed yet.</summary>
    public static ListTableOutcome None { get; } = new(0, 0, null);

    internal ListTableOutcome Plus(SearchWindowOutcome part) => new(Rows + part.Rows, Calls + part.Calls, Refusal ?? part.Refusal, Gap ?? part.Gap);
}
