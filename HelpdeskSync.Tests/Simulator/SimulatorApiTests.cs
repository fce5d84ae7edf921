using System.Net;
using System.Text.Json;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.Simulator;

public sealed class SimulatorApiTests
{
    [Theory]
    [InlineData("/tickets/search?from=1000", 422)]
    [InlineData("/tickets/search?from=999&limit=100", 204)]
    [InlineData("/tickets/search?limit=101", 422)]
    [InlineData("/tickets/search?limit=0", 422)]
    [InlineData("/tickets/search?sortBy=subject", 422)]
    [InlineData("/tickets?limit=101", 422)]
    [InlineData("/tickets?sortBy=modifiedTime", 422)]
    [InlineData("/tickets?sortOrder=asc", 422)]
    [InlineData("/tickets?from=500", 204)]
    [InlineData("/tickets/archivedTickets", 422)]
    [InlineData("/contacts?limit=101", 422)]
    [InlineData("/agents?limit=201", 422)]
    [InlineData("/agents?limit=200", 200)]
    [InlineData("/departments?limit=200", 200)]
    [InlineData("/tickets/7", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/tickets/search?modifiedTimeRange=2026-01-01T00:00:00.000+01:00,2026-01-02T00:00:00.000+01:00", 422)]
    public async Task Api_ParametersAtAndBeyondTheirLimits_AnswerAsZohoDoes(string path, int status)
    {
        await using var simulator = await SimulatorFixture.StartAsync();

        var (answered, body) = await simulator.GetAsync("api/v1" + path);

        Assert.Equal(status, (int)answered);
        Assert.Equal(status is 422 or 404, body.ValueKind == JsonValueKind.Object && body.TryGetProperty("errorCode", out _));
    }

    [Theory]
    [InlineData("zoho", false)]
    [InlineData("plain", true)]
    public async Task Lists_OfBothDialects_DifferByTheModifiedTime(string dialect, bool carriesIt)
    {
        await using var simulator = await SimulatorFixture.StartAsync(new SimulatorOptions { Tickets = 5, Dialect = dialect == "plain" ? Dialect.Plain : Dialect.Zoho });

        foreach (var list in new[] { "tickets", "contacts" })
        {
            Assert.Equal(carriesIt, (await simulator.GetAsync($"api/v1/{list}")).Body.GetProperty("data")[0].TryGetProperty("modifiedTime", out _));
            Assert.True((await simulator.GetAsync($"api/v1/{list}/search?sortBy=modifiedTime")).Body.GetProperty("data")[0].TryGetProperty("modifiedTime", out _));
        }
    }

    [Fact]
    public async Task Truth_EveryLivingRecord_IsWhatItsDetailEndpointAnswers()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        foreach (var table in new[] { "tickets", "contacts", "agents", "departments" })
        {
            foreach (var record in await simulator.RecordsAsync(table))
            {
                var id = JsonSerializer.Deserialize<JsonElement>(record).GetProperty("id").GetString();
                Assert.Equal(record, await simulator.Http.GetStringAsync($"api/v1/{table}/{id}", TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public async Task Data_SameSeedAndClock_IsTheSameOnEveryMachine()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
        var options = new SimulatorOptions { Tickets = 30, Seed = 7, Time = clock };
        await using var one = await SimulatorFixture.StartAsync(options);
        await using var same = await SimulatorFixture.StartAsync(options);
        await using var other = await SimulatorFixture.StartAsync(options with { Seed = 8 });
        foreach (var table in new[] { "tickets", "contacts", "threads", "comments", "agents", "departments" })
        {
            Assert.Equal(await one.RecordsAsync(table), await same.RecordsAsync(table));
            Assert.NotEqual(await one.RecordsAsync(table), await other.RecordsAsync(table));
        }

        // Written down: a change of the generator is a change of everybody's test data.
        Assert.Equal(30, (await one.RecordsAsync("tickets")).Count);
    }

    [Fact]
    public async Task Pages_FromZeroOrOne_CoverEveryTicketOnce()
    {
        foreach (var first in new[] { 0, 1 })
        {
            await using var simulator = await SimulatorFixture.StartAsync(new SimulatorOptions { Tickets = 250, FirstOffset = first });
            var ids = new List<string>();
            for (var from = first; await simulator.IdsAsync($"/tickets?sortBy=createdTime&from={from}&limit=100") is { Count: > 0 } page; from += page.Count)
            {
                ids.AddRange(page);
            }

            Assert.Equal(250, ids.Distinct().Count());
            Assert.Equal(250, ids.Count);
        }
    }

    [Fact]
    public async Task Archive_ByDepartment_HoldsWhatTheListLeavesOut()
    {
        await using var simulator = await SimulatorFixture.StartAsync(
            new SimulatorOptions { Tickets = 80, Departments = 3, ArchivedPercent = 50, SearchShowsArchived = false });
        var listed = await simulator.IdsAsync("/tickets?limit=100");
        var searched = await simulator.IdsAsync("/tickets/search?limit=100");
        var archived = new List<string>();
        foreach (var department in await simulator.IdsAsync("/departments"))
        {
            archived.AddRange(await simulator.IdsAsync($"/tickets/archivedTickets?departmentId={department}&limit=100"));
        }

        Assert.Equal(listed.Order(StringComparer.Ordinal), searched.Order(StringComparer.Ordinal));
        Assert.Empty(listed.Intersect(archived));
        Assert.Equal(80, listed.Count + archived.Count);
    }

    [Theory]
    [InlineData(null, "701234567", HttpStatusCode.Unauthorized)]
    [InlineData("Zoho-oauthtoken wrong", "701234567", HttpStatusCode.Unauthorized)]
    [InlineData("valid", null, HttpStatusCode.UnprocessableEntity)]
    [InlineData("valid", "5", HttpStatusCode.Forbidden)]
    public async Task Api_WrongTokenOrOrganization_IsRefused(string? authorization, string? organization, HttpStatusCode status)
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        var valid = simulator.Http.DefaultRequestHeaders.GetValues("Authorization").Single();
        simulator.Http.DefaultRequestHeaders.Clear();
        if (authorization is not null)
        {
            simulator.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization == "valid" ? valid : authorization);
        }

        if (organization is not null)
        {
            simulator.Http.DefaultRequestHeaders.Add("orgId", organization);
        }

        Assert.Equal(status, (await simulator.GetAsync("api/v1/tickets")).Status);
    }

    [Fact]
    public async Task Tokens_MoreThanTenInTenMinutes_AreThrottled()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        for (var request = 2; request <= 10; request++)
        {
            Assert.True((await simulator.TokenAsync()).TryGetProperty("access_token", out _));
        }

        Assert.Equal("Access Denied", (await simulator.TokenAsync()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Tokens_Rotation_KillsTheUsedRefreshTokenAndWrongOnesAreNamed()
    {
        await using var simulator = await SimulatorFixture.StartAsync(new SimulatorOptions { Tickets = 1, RotateRefreshToken = true });

        Assert.True((await simulator.TokenAsync()).TryGetProperty("error", out _));
        Assert.True((await simulator.TokenAsync(secret: "wrong")).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Start_MillionTickets_TakesLittleMemory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var simulator = await SimulatorFixture.StartAsync(new SimulatorOptions { Tickets = 1_000_000 });
        var page = await simulator.IdsAsync("/tickets/search?sortBy=-createdTime&limit=100&from=900");
        var after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.Equal(100, page.Count);
        Assert.True(after - before < 150_000_000, $"{(after - before) / 1_000_000} MB");
    }
}
