using System.Net.Http.Headers;
using System.Text;
using Google;
using Google.Apis.Http;
using Google.Apis.Requests;
using Google.Apis.Util;
using Newtonsoft.Json;

namespace HelpdeskSync.LocalCloud.BigQuery.Client;

/// <summary>Sends REST calls and reads their answers, errors included, as the official client does.</summary>
internal sealed class RestChannel(ConfigurableHttpClient http, Uri baseAddress) : IDisposable
{
    // Texts that look like dates are texts: a STRING column may hold them.
    private static readonly JsonSerializerSettings s_json = new() { NullValueHandling = NullValueHandling.Ignore, DateParseHandling = DateParseHandling.None };

    /// <summary>Calls <paramref name="path"/> below the API's base address.</summary>
    /// <exception cref="GoogleApiException">The answer was no success; carries the service's error.</exception>
    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(new HttpRequestMessage(method, new Uri(baseAddress, path)) { Content = Content(body) }, cancellationToken);

    /// <summary>Uploads a load job and its data in one resumable session.</summary>
    public async Task<T> UploadAsync<T>(string projectId, object job, Stream data, CancellationToken cancellationToken)
    {
        // The official client drops the base address's path for uploads; so does this one.
        var start = new HttpRequestMessage(HttpMethod.Post, new Uri(baseAddress, $"/upload/projects/{projectId}/jobs?uploadType=resumable")) { Content = Content(job) };
        start.Headers.Add("X-Upload-Content-Type", "text/json");
        start.Headers.Add("X-Upload-Content-Length", data.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var session = await http.SendAsync(start, cancellationToken);
        await ThrowOnErrorAsync(session, cancellationToken);
        var address = session.Headers.Location ?? throw new HttpRequestException("BigQuery answered an upload without the address of its session.");
        var content = new StreamContent(data);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/json");
        content.Headers.ContentRange = data.Length == 0 ? new ContentRangeHeaderValue(0) { Unit = "bytes" } : new ContentRangeHeaderValue(0, data.Length - 1, data.Length);
        return await SendAsync<T>(new HttpRequestMessage(HttpMethod.Put, address) { Content = content }, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            await ThrowOnErrorAsync(answer, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return JsonConvert.DeserializeObject<T>(text, s_json)!;
        }
    }

    private static async Task ThrowOnErrorAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var error = Read(text);
        throw new GoogleApiException("bigquery", error?.ToString() ?? $"The service answered {(int)answer.StatusCode} without an error document.")
        {
            HttpStatusCode = answer.StatusCode,
            Error = error ?? new RequestError { Code = (int)answer.StatusCode, Message = text, ErrorResponseContent = text },
        };
    }

    private static RequestError? Read(string text)
    {
        try
        {
            return JsonConvert.DeserializeObject<StandardResponse<object>>(text)?.Error;
        }
        catch (JsonException)
        {
            return null; // a proxy's page, not an error document: the status code stands for it
        }
    }

    private static StringContent? Content(object? body) =>
        body is null ? null : new StringContent(JsonConvert.SerializeObject(body, s_json), Encoding.UTF8, "application/json");
}
