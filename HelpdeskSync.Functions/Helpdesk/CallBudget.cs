using Microsoft.Extensions.Options;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Lets calls to the helpdesk begin, as many at once and a second as the portal allows all instances of the app together.</summary>
/// <remarks>
/// Each instance holds a share of the portal's budget, written down in one shared blob (<see cref="BudgetShares"/>), fitted to its work
/// every second and given back when it has none. A fixed share an instance would leave most of the budget unused, because usually one
/// instance does the work, and would be below one call where there may be more instances than calls.
/// </remarks>
internal sealed partial class CallBudget : IAsyncDisposable
{
    private readonly ISharedBlobs _blobs;
    private readonly TimeProvider _clock;
    private readonly ILogger<CallBudget> _logger;
    private readonly BudgetLimit _limit;
    private readonly TimeSpan _attempt;
    private readonly CallPace _pace;
    private readonly CallQueue _queue = new();
    private readonly BudgetOwner _owner = BudgetOwner.New(BlobLeaseRules.NewId());
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private TaskCompletionSource _shareChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _sharing = Task.CompletedTask;
    private DateTimeOffset _until;
    private int _underWay;
    private int _allowed;
    private int _wanted;
    private BudgetFit? _fit;

    public CallBudget(ISharedBlobs blobs, IOptions<HelpdeskOptions> options, TimeProvider clock, ILogger<CallBudget> logger)
    {
        (_blobs, _clock, _logger) = (blobs, clock, logger);
        _limit = new(options.Value.MaxConcurrency, options.Value.MaxPerSecond);
        _attempt = options.Value.AttemptTimeout;
        _pace = new(clock);
    }

    /// <summary>Waits until a call may begin; disposing what is returned ends it. A call holds its place with all its attempts and their
    /// pauses: so a helpdesk that says "too many" is asked less.</summary>
    public async Task<IDisposable> EnterAsync(Domain.Helpdesk.CallPurpose purpose, CancellationToken cancellationToken)
    {
        Task entered;
        lock (_gate)
        {
            entered = _queue.Add(purpose, cancellationToken);
            Admit();
            SeeToShare();
        }

        await entered;
        return new Place(this);
    }

    /// <summary>Waits until an attempt of a call may begin: its turn by the rate, and while the share lasts longer than any attempt.</summary>
    public async Task BeginAttemptAsync(CancellationToken cancellationToken)
    {
        if (_limit.PerSecond > 0)
        {
            await _pace.NextAsync(cancellationToken);
        }

        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _shareChanged.Task;
                if (IsHeld)
                {
                    return;
                }
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Gives the share back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sharing;
        _stopping.Dispose();
        _wake.Dispose();
        _pace.Dispose();
    }

    private bool IsHeld => _until - _clock.GetUtcNow() > _attempt;

    private void Admit()
    {
        while (IsHeld && _underWay < _allowed && _queue.TryLetIn())
        {
            _underWay++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _underWay--;
            Admit();
            if (_underWay < _allowed && _fit is { OthersWant: true })
            {
                Wake();
            }
        }
    }

    private sealed class Place(CallBudget budget) : IDisposable
    {
        private CallBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Leave();
    }
}
