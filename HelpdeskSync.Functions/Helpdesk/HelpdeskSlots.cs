using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>How many calls this process may have running at the helpdesk, whoever makes them.</summary>
internal sealed class HelpdeskSlots(IOptions<HelpdeskOptions> options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Value.MaxConcurrency);

    public Task WaitAsync(CancellationToken cancellationToken) => free.WaitAsync(cancellationToken);

    public void Release() => free.Release();

    public void Dispose() => free.Dispose();
}

/// <summary>Holds a slot for a call with all its attempts, its pauses included: so a helpdesk that says "too many" is asked less.</summary>
internal sealed class SlotHandler(HelpdeskSlots slots) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }
}
