using System.Globalization;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>Counts what is really sent to the helpdesk: the innermost handler, so that every repeated attempt counts.</summary>
internal sealed class CallCounter(MeasureLog log, Connector connector) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        log.Called();
        var answer = await base.SendAsync(request, cancellationToken);
        if (Number(answer, connector.Api.Credits?.RemainingHeader) is { } left)
        {
            log.Heard(left);
        }

        if (Number(answer, connector.Api.Credits?.CostHeader) is { } cost)
        {
            log.Cost(cost);
        }

        return answer;
    }

    private static long? Number(HttpResponseMessage answer, string? header) =>
        header is not null && answer.Headers.TryGetValues(header, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
