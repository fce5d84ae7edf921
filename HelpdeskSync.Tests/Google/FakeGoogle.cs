using System.Net;
using System.Text;
using Google.Apis.Http;

namespace HelpdeskSync.Tests.GoogleAccess;

/// <summary>Google's token exchange and its IAM, as far as acting for a service account goes.</summary>
internal sealed class FakeGoogle : HttpClientFactory, IDisposable
{
    private readonly Handler handler;

    public FakeGoogle() => handler = new(this);

    public List<(string Address, string? Authorization, string Body)> Requests { get; } = [];

    /// <summary>The host, or its beginning, that answers 403.</summary>
    public string? Refusing { get; init; }

    public void Dispose() => handler.Dispose();

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => handler;

    private sealed class Handler(FakeGoogle google) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            google.Requests.Add((request.RequestUri!.AbsoluteUri, request.Headers.Authorization?.ToString(), await request.Content!.ReadAsStringAsync(cancellationToken)));
            var host = request.RequestUri.Host;
            if (google.Refusing is { } refusing && host.StartsWith(refusing, StringComparison.Ordinal))
            {
                return Json(HttpStatusCode.Forbidden, """{"error":"unauthorized_client","error_description":"The given credential is rejected by the attribute condition."}""");
            }

            return Json(HttpStatusCode.OK, host == "sts.googleapis.com"
                ? """{"access_token":"the federated token","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer","expires_in":3600}"""
                : $$"""{"accessToken":"the service account's token","expireTime":"{{TimeProvider.System.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""");
        }

        private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
