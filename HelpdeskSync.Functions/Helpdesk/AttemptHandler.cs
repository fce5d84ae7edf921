using System.Net;
using HelpdeskSync.Functions.Telemetry;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Lets each attempt begin when the portal's budget has room for it, and reads what its answer tells of the credits; counts both.</summary>
internal sealed class AttemptHandler(CallBudget budget, CreditWatch credits, Instruments instruments) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await budget.BeginAttemptAsync(cancellationToken);
        HttpStatusCode? status = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = response.StatusCode;
            if (credits.Note(response) is { } left)
            {
                instruments.CreditsLeft(left);
            }

            return response;
        }
        finally
        {
            instruments.Called(HelpdeskHttp.EndpointOf(request), status);
        }
    }
}
