using System.Text.Json;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Keeps this instance's share while it has work.</summary>
internal sealed partial class CallBudget
{
    /// <summary>Name of the shared document.</summary>
    internal const string DocumentName = "helpdesk-budget";

    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_leasePoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_renewal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_shortage = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    // Longer than several renewals that fail, shorter than what an ended instance's share should be missed.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(20);

    /// <summary>Sees to it that calls that wait get what there is for them. Needs the lock.</summary>
    private void SeeToShare()
    {
        if (_queue.Waiting == 0 || _stopping.IsCancellationRequested)
        {
            return;
        }

        if (_sharing.IsCompleted)
        {
            _sharing = Task.Run(() => ShareAsync(_stopping.Token), CancellationToken.None);
        }
        else if (_wanted < _limit.Calls)
        {
            // Only more than was wanted at the last fitting changes anything; the whole limit is as much as can be wanted.
            Wake();
        }
    }

    /// <summary>Has the share fitted at once. Needs the lock.</summary>
    private void Wake()
    {
        if (_wake.CurrentCount == 0 && !_sharing.IsCompleted)
        {
            _wake.Release();
        }
    }

    private async Task ShareAsync(CancellationToken stop)
    {
        var failingSince = (DateTimeOffset?)null;
        for (var idle = 0; idle < 3 && !stop.IsCancellationRequested;)
        {
            var fault = await TryFitAsync(giveBack: false, stop);
            failingSince = fault is null ? null : failingSince ?? _clock.GetUtcNow();
            if (_clock.GetUtcNow() - failingSince > s_patience)
            {
                lock (_gate)
                {
                    _queue.Fail(new SourceUnavailableException("The share of the helpdesk's calls cannot be read or written in the app's storage. It is tried again later.", fault));
                }
            }

            await WaitForNextAsync(TimeToNext(fault), stop);
            lock (_gate)
            {
                idle = _underWay + _queue.Waiting == 0 ? idle + 1 : 0;
            }
        }

        await TryFitAsync(giveBack: true, CancellationToken.None);
        lock (_gate)
        {
            // A call may have come in line after the last look, and nobody else would see to it.
            _sharing = Task.CompletedTask;
            SeeToShare();
        }
    }

    /// <summary>
    /// Waits for the next fitting. One that waits for calls looks meanwhile, without the lease, whether others have given up what it should have.
    /// </summary>
    private async Task WaitForNextAsync(TimeSpan time, CancellationToken stop)
    {
        for (var next = _clock.GetUtcNow() + time; next - _clock.GetUtcNow() is var left && left > TimeSpan.Zero && !stop.IsCancellationRequested;)
        {
            if (!IsContested())
            {
                await WaitAsync(left, stop);
                return;
            }

            if (await WaitAsync(left < s_look ? left : s_look, stop) || await HasRoomAsync(stop))
            {
                return;
            }
        }
    }

    private bool IsContested()
    {
        lock (_gate)
        {
            return _queue.Waiting > 0 && _fit is { IsShort: false } fit && (fit.Share.Calls < Math.Min(_limit.Calls, fit.Share.Wanted) || fit.Share.PerSecond < _limit.PerSecond);
        }
    }

    private async Task<bool> HasRoomAsync(CancellationToken stop)
    {
        try
        {
            var document = Read(await _blobs.ReadAsync(DocumentName, stop));
            lock (_gate)
            {
                var now = _clock.GetUtcNow();
                var fit = BudgetShares.Fit(document, _owner, _underWay + _queue.Waiting, _underWay, _limit, _until, now);
                return fit.Share.Calls > _fit?.Share.Calls || fit.Share.PerSecond > _fit?.Share.PerSecond;
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !stop.IsCancellationRequested)
        {
            // The fitting itself finds out, says so, and is tried again.
            return true;
        }
    }

    /// <summary>True when something woke it before the time was over.</summary>
    private async Task<bool> WaitAsync(TimeSpan time, CancellationToken stop)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var wake = _wake.WaitAsync(woken.Token);
        await Task.WhenAny(wake, Task.Delay(time, _clock, woken.Token));
        await woken.CancelAsync();
        await wake.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wake.IsCompletedSuccessfully;
    }

    private TimeSpan TimeToNext(Exception? fault)
    {
        lock (_gate)
        {
            return fault is not null || _fit is { IsShort: true } || _underWay > _allowed ? s_shortage : s_renewal;
        }
    }

    /// <summary>Fits the share; what kept it from that is returned, and tried again by the caller.</summary>
    private async Task<Exception?> TryFitAsync(bool giveBack, CancellationToken cancellationToken)
    {
        try
        {
            await FitAsync(giveBack, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotFitted(e.Message);
            return e;
        }
    }

    private async Task FitAsync(bool giveBack, CancellationToken cancellationToken)
    {
        await using var lease = await AcquireAsync(cancellationToken);
        var document = Read(await _blobs.ReadAsync(DocumentName, cancellationToken));
        var now = _clock.GetUtcNow();
        var until = now + _attempt + s_margin;
        BudgetFit fit;
        lock (_gate)
        {
            _wanted = giveBack ? _underWay : _underWay + _queue.Waiting;
            fit = BudgetShares.Fit(document, _owner, _wanted, _underWay, _limit, until, now);
            // What is given up must not be used from the moment on at which others may read that it is free.
            _allowed = Math.Min(_allowed, fit.Allowed);
            _pace.PerSecond = Math.Min(_pace.PerSecond, fit.Share.PerSecond);
        }

        await lease.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(fit.Document), cancellationToken);
        lock (_gate)
        {
            (_allowed, _until, _fit, _pace.PerSecond) = (fit.Allowed, fit.Share.Until, fit, fit.Share.PerSecond);
            Admit();
            _shareChanged.TrySetResult();
            _shareChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task<IBlobLease> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _blobs.TryAcquireAsync(DocumentName, s_lease, cancellationToken) is { } lease)
            {
                return lease;
            }

            await Task.Delay(s_leasePoll, _clock, cancellationToken);
        }
    }

    private BudgetDocument Read(ReadOnlyMemory<byte>? content)
    {
        try
        {
            return content is { } written ? JsonSerializer.Deserialize<BudgetDocument>(written.Span) ?? new() : new();
        }
        catch (JsonException e)
        {
            LogUnreadable(e.Message);
            return new();
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "This instance's share of the helpdesk's calls could not be fitted; it is tried again. {Reason}")]
    private partial void LogNotFitted(string reason);

    [LoggerMessage(2011, LogLevel.Warning, "The shared document of shares cannot be read and is written anew. {Reason}")]
    private partial void LogUnreadable(string reason);
}
