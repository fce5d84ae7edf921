using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HelpdeskSync.Tests.LocalCloud.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

/// <summary>What lies beyond a well-behaved request: other methods, odd addresses, large bodies, crowds, callers that leave.</summary>
public sealed class HttpEdgeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HEAD", "api/GetOnly", 404, "")]
    [InlineData("OPTIONS", "api/GetOnly", 404, "")]
    [InlineData("DELETE", "api/GetOnly", 404, "")]
    [InlineData("HEAD", "api/AnyMethod", 200, "")]
    [InlineData("OPTIONS", "api/AnyMethod", 200, "OPTIONS")]
    [InlineData("PATCH", "api/AnyMethod", 200, "PATCH")]
    [InlineData("POST", "api/Own405", 405, "POST")]
    [InlineData("GET", "api/limits/3", 200, "GET 3 -")]
    [InlineData("GET", "api/limits/3/abc", 200, "GET 3 abc")]
    [InlineData("GET", "api/limits/0", 404, "")]
    [InlineData("GET", "api/limits/three", 404, "")]
    [InlineData("GET", "api/limits/3/4", 404, "")]
    [InlineData("GET", "api/limits/3/abc/more", 404, "")]
    [InlineData("GET", "api/defaults", 200, "GET 7")]
    [InlineData("GET", "api/defaults/8", 200, "GET 8")]
    [InlineData("GET", "API/DEFAULTS/8/", 200, "GET 8")]
    [InlineData("GET", "api/files/a/b%20c.txt", 200, "GET a/b c.txt")]
    [InlineData("GET", "api/files", 200, "GET ")]
    public async Task Request_OfAnyMethodAndAddress_IsAnsweredAsTheHostDoes(string method, string path, int status, string body)
    {
        await using var host = await TestHost.StartAsync(typeof(HttpEdgeSamples));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.DoesNotContain("Allow", answer.Content.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task Request_QueryAndBody_ReachTheFunctionWhole()
    {
        await using var host = await TestHost.StartAsync(typeof(HttpEdgeSamples));

        using var answer = await host.Client.PostAsJsonAsync("api/FromQueryAndBody?tag=a&tag=b%26c", new { firstName = "Zoë", age = 3 }, Cancel);

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("""["a","b&c"]""", json.GetProperty("tags").GetRawText().Replace("\\u0026", "&", StringComparison.Ordinal));
        Assert.Equal("Zoë", json.GetProperty("greeting").GetProperty("firstName").GetString());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(20_000_000, false)]
    [InlineData(20_000_000, true)]
    public async Task Request_LargeBody_ArrivesWhole(int length, bool isChunked)
    {
        await using var host = await TestHost.StartAsync(typeof(HttpEdgeSamples));
        var body = new byte[length];
        new Random(1).NextBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/Digest") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Request_BodyBeyondTheLimit_Is413()
    {
        await using var host = await TestHost.StartAsync(typeof(HttpEdgeSamples));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Host.BaseAddress.Port, Cancel);
        await using var stream = socket.GetStream();

        await stream.WriteAsync("POST /api/Digest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857601\r\n\r\n"u8.ToArray(), Cancel);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync(Cancel));
    }

    [Fact]
    public async Task Requests_ManyAtOnce_RunSideBySideWithTheirOwnValues()
    {
        const int Size = 200;
        await using var host = await TestHost.StartAsync(new DataFolder(), builder => builder.Services.AddSingleton(new Crowd(Size)), null, typeof(CrowdSample));

        var answers = await Task.WhenAll(Enumerable.Range(0, Size).Select(number => host.Client.GetStringAsync($"api/together/{number}", Cancel)));

        Assert.Equal(Enumerable.Range(0, Size).Select(number => $"{number} {number}"), answers.Select(answer => answer[..answer.LastIndexOf(' ')]));
        Assert.Equal(Size, answers.Select(answer => answer[answer.LastIndexOf(' ')..]).Distinct().Count());
    }

    [Fact]
    public async Task Request_CallerLeaves_CancelsTheFunctionWithoutAnError()
    {
        var (gate, log) = (new Gate(), new CapturedLog());
        await using (var host = await TestHost.StartAsync(
            new DataFolder(), builder => builder.Services.AddSingleton(gate).AddSingleton<ILoggerFactory>(log), null, typeof(LeftSample)))
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var request = host.Client.GetAsync("api/Left", leaving.Token);
            await gate.Entered.Task.WaitAsync(Cancel);

            await leaving.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
            await gate.Opened.Task.WaitAsync(Cancel);
        }

        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Request_FunctionFailsHalfway_BreaksTheConnectionInsteadOfLookingWhole()
    {
        await using var host = await TestHost.StartAsync(typeof(HttpEdgeSamples));

        var broken = await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetStringAsync("api/HalfAnswer", Cancel));

        Assert.DoesNotContain("hush", broken.ToString(), StringComparison.Ordinal);
    }
}
