using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.Simulator;

public sealed class RefreshTokenGraceTests
{
    private static readonly SimulatorOptions Options = new() { Port = 0, Tickets = 0, RotateRefreshToken = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_WithoutGrace_OldTokenDiesAtOnce()
    {
        await using var server = await SimulatorServer.StartAsync(Options, Cancelled);
        await RefreshAsync(server, Options.RefreshToken);

        Assert.Null(await RefreshAsync(server, Options.RefreshToken));
    }

    [Fact]
    public async Task Refresh_WithGrace_OldTokenWorksUntilItsSuccessorWasUsed()
    {
        await using var server = await SimulatorServer.StartAsync(Options with { RefreshTokenGrace = true }, Cancelled);
        var lost = await RefreshAsync(server, Options.RefreshToken);
        var second = await RefreshAsync(server, Options.RefreshToken);

        Assert.NotNull(second);
        Assert.Null(await RefreshAsync(server, lost!));
        Assert.NotNull(await RefreshAsync(server, second));
        Assert.Null(await RefreshAsync(server, Options.RefreshToken));
    }

    private static async Task<string?> RefreshAsync(SimulatorServer server, string refreshToken)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["client_id"] = Options.ClientId, ["client_secret"] = Options.ClientSecret, ["refresh_token"] = refreshToken,
        });
        using var answer = await http.PostAsync(new Uri("oauth/v2/token", UriKind.Relative), form, Cancelled);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return body.TryGetProperty("refresh_token", out var next) ? next.GetString() : null;
    }
}
