using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>What clients may send besides plain calls: pages, gzip, uploads of both kinds.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private const string Load = """
        {"configuration":{"load":{"destinationTable":{"projectId":"local","datasetId":"d","tableId":"t"},"sourceFormat":"NEWLINE_DELIMITED_JSON",
         "schema":{"fields":[{"name":"id","type":"STRING"},{"name":"n","type":"INTEGER"}]}}},"jobReference":{"projectId":"local","jobId":"load"}}
        """;

    private LocalServer _local = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _local = await LocalServer.StartAsync();
        _http = new HttpClient { BaseAddress = _local.Server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _local.DisposeAsync();
    }

    [Fact]
    public async Task GetQueryResults_InPages_BringsEveryRowOnce()
    {
        await _local.JobAsync("j", "SELECT n FROM UNNEST(GENERATE_ARRAY(1, 25)) AS n ORDER BY n");
        var (rows, token) = (new List<string>(), "");
        do
        {
            var page = await _local.OkAsync(HttpMethod.Get, $"projects/local/queries/j?maxResults=10{(token.Length > 0 ? $"&pageToken={token}" : "")}");
            Assert.Equal("25", (string?)page["totalRows"]);
            rows.AddRange(page["rows"]!.AsArray().Select(row => (string)row!["f"]![0]!["v"]!));
            token = (string?)page["pageToken"] ?? "";
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(1, 25).Select(n => $"{n}"), rows);
        Assert.Equal(400, (await _local.RefusedAsync(HttpMethod.Get, "projects/local/queries/j?pageToken=nonsense")).Code);
    }

    [Fact]
    public async Task Lists_InPages_BringEveryItemOnce()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await _local.JobAsync(name, $"CREATE TABLE d.{name} (id STRING)");
        }

        foreach (var (path, member) in new[] { ("projects/local/datasets/d/tables", "tables"), ("projects/local/jobs", "jobs") })
        {
            var first = await _local.OkAsync(HttpMethod.Get, $"{path}?maxResults=2");
            var second = await _local.OkAsync(HttpMethod.Get, $"{path}?maxResults=2&pageToken={first["nextPageToken"]}");
            var ids = first[member]!.AsArray().Concat(second[member]!.AsArray()).Select(item => (string)item!["id"]!).ToList();
            Assert.Equal((2, 1, 3), (first[member]!.AsArray().Count, second[member]!.AsArray().Count, ids.Distinct().Count()));
            Assert.Null(second["nextPageToken"]);
        }
    }

    [Fact]
    public async Task Gzip_InBothDirections_IsUnderstood()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/bigquery/v2/projects/local/queries");
        request.Content = new ByteArrayContent(Zipped(LocalServer.QueryBody("SELECT REPEAT('x', 10000) AS x")));
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.AcceptEncoding.Add(new("gzip"));

        using var answer = await _http.SendAsync(request, LocalServer.Token);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(LocalServer.Token), CompressionMode.Decompress);
        var body = await JsonNode.ParseAsync(plain, cancellationToken: LocalServer.Token);
        Assert.Equal(10_000, ((string)body!["rows"]![0]!["f"]![0]!["v"]!).Length);
    }

    [Fact]
    public async Task Upload_Multipart_LoadsItsRows()
    {
        using var content = new MultipartContent("related");
        content.Add(new StringContent(Load, Encoding.UTF8, "application/json"));
        content.Add(new StringContent("""{"id":"a","n":1}""" + "\n" + """{"id":"b","n":"2"}""" + "\n"));

        using var answer = await _http.PostAsync("/upload/bigquery/v2/projects/local/jobs?uploadType=multipart", content, LocalServer.Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("2", (string?)(await _local.FinishedAsync("load"))["statistics"]!["load"]!["outputRows"]);
        Assert.Equal("3", await _local.ScalarAsync("SELECT SUM(n) FROM t"));
    }

    [Fact]
    public async Task Upload_ResumableInPieces_LoadsWhatTheyMakeTogether()
    {
        var data = Encoding.UTF8.GetBytes("""{"id":"a","n":1}""" + "\n" + """{"id":"b","n":2}""" + "\n");
        using var begin = await _http.PostAsync("/upload/projects/local/jobs?uploadType=resumable", new StringContent(Load, Encoding.UTF8, "application/json"), LocalServer.Token);
        var session = begin.Headers.Location!;

        var (first, _) = await PutAsync(session, data[..10], new(0, 9) { Unit = "bytes" });
        var (again, _) = await PutAsync(session, data[..10], new(0, 9) { Unit = "bytes" });
        var (last, job) = await PutAsync(session, data[10..], new(10, data.Length - 1, data.Length));

        Assert.Equal((HttpStatusCode.PermanentRedirect, HttpStatusCode.BadRequest, HttpStatusCode.OK), (first, again, last));
        Assert.Equal("DONE", (string?)JsonNode.Parse(job)!["status"]!["state"]);
        Assert.Equal("2", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task Load_RowsThatDoNotFit_FailsWithBigQuerysErrorsAndLoadsNothing()
    {
        await _local.QueryAsync("CREATE TABLE t (id STRING, n INT64)");
        using var content = new MultipartContent("related");
        content.Add(new StringContent(Load, Encoding.UTF8, "application/json"));
        content.Add(new StringContent("""{"id":"a"}""" + "\n" + """{"id":"b","other":2}""" + "\n"));

        using var answer = await _http.PostAsync("/upload/bigquery/v2/projects/local/jobs?uploadType=multipart", content, LocalServer.Token);

        var job = await _local.FinishedAsync("load");
        Assert.Equal("invalid", Refusal.Of(job).Reason);
        Assert.Contains("JSON table encountered too many errors, giving up. Rows: 2; errors: 1.", Refusal.Of(job).Message, StringComparison.Ordinal);
        Assert.Contains("row starting at position 11: No such field: other.", (string?)job["status"]!["errors"]![1]!["message"], StringComparison.Ordinal);
        Assert.Equal("0", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task DryRun_Query_EstimatesAndLeavesNoJob()
    {
        await _local.QueryAsync("CREATE TABLE t AS SELECT 1 AS n");
        var body = JsonNode.Parse(LocalServer.JobBody("dry", "SELECT n FROM d.t"))!.AsObject();
        body["configuration"]!["dryRun"] = true;

        var job = await _local.OkAsync(HttpMethod.Post, "projects/local/jobs", body.ToJsonString());

        Assert.Equal(("8", "INTEGER"), ((string?)job["statistics"]!["totalBytesProcessed"], (string?)job["statistics"]!["query"]!["schema"]!["fields"]![0]!["type"]));
        Assert.Equal(404, (await _local.RefusedAsync(HttpMethod.Get, "projects/local/jobs/dry")).Code);
    }

    private static byte[] Zipped(string text)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    private async Task<(HttpStatusCode Status, string Body)> PutAsync(Uri session, byte[] piece, ContentRangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, session) { Content = new ByteArrayContent(piece) };
        request.Content.Headers.ContentRange = range;
        using var answer = await _http.SendAsync(request, LocalServer.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(LocalServer.Token));
    }
}
