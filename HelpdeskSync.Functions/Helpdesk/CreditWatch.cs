using HelpdeskSync.Domain.Helpdesk;
using Microsoft.Extensions.Options;
using System.Globalization;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Keeps an eye on the portal's daily credits: stops runs at the reserve, and everything while there are none. Thread-safe.</summary>
/// <remarks>The number in the answers is the whole portal's, so each instance learns by its own calls what all of them have spent.</remarks>
internal sealed class CreditWatch(Connector connector, IOptions<HelpdeskOptions> options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly CreditSpec? _spec = connector.Api.Credits;
    private long? _remaining;
    private DateTimeOffset _recheckAt;
    private DateTimeOffset _spentUntil;

    /// <summary>What was last heard to be left; null before the first answer, and where the API has no credits.</summary>
    public long? Remaining
    {
        get
        {
            lock (_gate)
            {
                return _remaining;
            }
        }
    }

    /// <summary>Lets a call through, or not.</summary>
    /// <exception cref="SourcePausedException">There are no credits for it until the moment named.</exception>
    public void Check(CallPurpose purpose)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_spentUntil > now)
            {
                throw new SourcePausedException("The helpdesk's credits of the day are used up.", _spentUntil);
            }

            if (purpose == CallPurpose.Live || _remaining is not { } left || left > options.Value.CreditReserve)
            {
                return;
            }

            if (_recheckAt > now)
            {
                throw new SourcePausedException(
                    $"The helpdesk has {left} credits left today, and {options.Value.CreditReserve} are kept for events.", _recheckAt);
            }

            // This call finds out whether there are new ones; the others wait for what it hears.
            _recheckAt = now + options.Value.CreditRecheck;
        }
    }

    /// <summary>Takes note of what an answer tells.</summary>
    /// <returns>The credits that it says are left; null where it says nothing.</returns>
    public long? Note(HttpResponseMessage answer)
    {
        if (_spec?.RemainingHeader is not { } header || !answer.Headers.TryGetValues(header, out var values)
            || !long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var left))
        {
            return null;
        }

        lock (_gate)
        {
            (_remaining, _recheckAt) = (left, clock.GetUtcNow() + options.Value.CreditRecheck);
        }

        return left;
    }

    /// <summary>Whether this answer says that the credits are used up.</summary>
    public bool IsSpent(HelpdeskAnswer answer) => _spec is not null && answer.ErrorCode(connector.Api) == _spec.SpentCode;

    /// <summary>Takes note that they are.</summary>
    /// <returns>What the caller is to throw.</returns>
    public SourcePausedException Spent(TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            var until = clock.GetUtcNow() + (retryAfter ?? options.Value.CreditRecheck);
            _spentUntil = until;
            return new("The helpdesk's credits of the day are used up.", until);
        }
    }
}
