namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Lets each attempt begin when the portal's budget has room for it, and reads what its answer tells of the credits.</summary>
internal sealed class AttemptHandler(CallBudget budget, CreditWatch credits) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await budget.BeginAttemptAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        credits.Note(response);
        return response;
    }
}
