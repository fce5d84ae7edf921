using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>Writes down what was measured: one statement an interval, none while nothing happens, and a last one when the app stops.</summary>
internal sealed partial class MeasureWriter(
    MeasureLog log, MeasureTable table, IOptions<OperationsOptions> options, TimeProvider time, ILogger<MeasureWriter> logger) : BackgroundService
{
    // The writing is a statement itself: were statements alone worth one, an idle app would write for ever.
    private static readonly TimeSpan s_statementsWait = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(rows => rows.Count > 0, cancellationToken);
    }

    /// <summary>Writes down what there is, if it is worth a statement. A failure is logged; the sums wait for the next time.</summary>
    internal Task WriteAsync(CancellationToken cancellationToken) => WriteAsync(IsWorthAStatement, cancellationToken);

    private bool IsWorthAStatement(IReadOnlyList<MeasureRow> rows) =>
        rows.Any(row => row.Name is not (Measure.Statements or Measure.BytesBilled) || row.Minute < time.GetUtcNow() - s_statementsWait);

    private async Task WriteAsync(Func<IReadOnlyList<MeasureRow>, bool> isWorthIt, CancellationToken cancellationToken)
    {
        var rows = log.Begin();
        var isWritten = false;
        try
        {
            if (isWorthIt(rows))
            {
                await table.AppendAsync(rows, cancellationToken);
                isWritten = true;
            }
        }
        catch (Exception failure)
        {
            LogNotWritten(logger, rows.Count, failure.Message);
        }
        finally
        {
            log.End(isWritten);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.MeasureEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last sums are written by StopAsync.
        }
    }

    [LoggerMessage(4001, LogLevel.Warning, "{Count} measured sums could not be written to _sync_measures and are kept for the next time: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, int count, string reason);
}
