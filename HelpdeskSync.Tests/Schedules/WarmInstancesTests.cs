using HelpdeskSync.Functions.Schedules;
using HelpdeskSync.Tests.LocalCloud.DurableTask;
using HelpdeskSync.Tests.LocalCloud.FunctionsHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Schedules;

/// <summary>The wish of the clock, and its way from the tick to the setting.</summary>
public sealed class WarmInstancesTests
{
    private static readonly TimeZoneInfo s_amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-25T05:59:59Z", 0)] // a Wednesday in winter: 06:59:59
    [InlineData("2026-11-25T06:00:00Z", 1)]
    [InlineData("2026-11-25T16:59:59Z", 1)]
    [InlineData("2026-11-25T17:00:00Z", 0)]
    [InlineData("2026-11-28T10:00:00Z", 0)] // Saturday
    [InlineData("2026-07-01T05:00:00Z", 1)] // summer: 07:00
    [InlineData("2026-07-01T16:00:00Z", 0)]
    [InlineData("2026-03-30T05:00:00Z", 1)] // the Monday after the clocks went forward
    [InlineData("2026-10-26T06:00:00Z", 1)] // the Monday after they went back
    [InlineData("2026-10-26T05:59:00Z", 0)]
    public void Wish_DefaultHours_FollowTheWallClock(string moment, int wish) =>
        Assert.Equal(wish, WarmHours.Wish(new WarmOptions(), s_amsterdam, At(moment)));

    [Theory]
    [InlineData("2026-11-28T23:59:59Z", 2)]
    [InlineData("2026-11-25T10:00:00Z", 0)]
    public void Wish_OtherDaysHoursAndNumber_AreHeeded(string moment, int wish) => Assert.Equal(wish, WarmHours.Wish(
        new WarmOptions { Days = "saturday, Sunday", From = TimeSpan.Zero, Until = TimeSpan.FromDays(1), Instances = 2 }, TimeZoneInfo.Utc, At(moment)));

    [Fact]
    public void Validate_TextsAndRulesAreBroken_NamesEveryFault()
    {
        var result = new WarmRulesValidator().Validate(null, new WarmOptions
        {
            SiteResourceId = "sync", Groups = "http,everything", Days = "Monday,5", From = TimeSpan.FromHours(18), ManagementAddress = new Uri("http://management.example/"),
        });

        Assert.Equal(5, result.Failures!.Count());
        Assert.Equal(ValidateOptionsResult.Success, new WarmRulesValidator().Validate(null, new WarmOptions()));
        Assert.Equal(ValidateOptionsResult.Success, new WarmRulesValidator().Validate(
            null, new WarmOptions { SiteResourceId = FakeResourceManager.SiteId, Groups = "http, durable,function:ScheduleTickTrigger" }));
    }

    [Fact]
    public async Task Start_NoSiteIsConfigured_StartsNothing()
    {
        var client = new StartedRuns();

        await new WarmInstances(Options.Create(new WarmOptions())).StartAsync(client, Cancel);

        Assert.Empty(client.Starts);
    }

    [Fact]
    public async Task Ticks_ThroughADay_WarmAndCoolTheApp()
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        var time = new FakeTimeProvider(At("2026-11-25T06:02:00Z"));
        await using var app = await StartAsync(azure, time, new CapturedLog());

        Assert.Equal(new WarmOutcome(1, true, null), await TickAsync(app, azure));
        Assert.Equal(new WarmOutcome(1, false, null), await TickAsync(app, azure));
        time.SetUtcNow(At("2026-11-25T17:02:00Z"));
        Assert.Equal(new WarmOutcome(0, true, null), await TickAsync(app, azure));

        Assert.Equal(["GET", "PATCH", "GET", "GET", "PATCH"], azure.Requests.Select(request => request.Split(' ')[0]));
        Assert.Equal("""[{"name":"function:Other","instanceCount":3}]""", azure.AlwaysReady);
    }

    [Fact]
    public async Task Tick_IdentityMayNot_EndsWithTheReasonAndAWarning()
    {
        await using var azure = await FakeResourceManager.StartAsync(Cancel);
        azure.Instead = _ => (403, string.Empty);
        var log = new CapturedLog();
        await using var app = await StartAsync(azure, new FakeTimeProvider(At("2026-11-25T06:02:00Z")), log);

        var outcome = await TickAsync(app, azure);

        Assert.Contains("Website Contributor", outcome.Refusal, StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("Always-ready", StringComparison.Ordinal));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The engine keeps the real time; only what the activity reads is set.</summary>
    private static Task<TestHost> StartAsync(FakeResourceManager azure, FakeTimeProvider time, CapturedLog log) => TestHost.StartAsync(
        new DataFolder(),
        builder => builder.Services
            .AddSingleton<ILoggerFactory>(log)
            .AddSingleton(azure.Setting())
            .AddSingleton(provider => new WarmInstancesActivity(
                azure.Setting(), Options.Create(azure.Options()), Options.Create(new ScheduleOptions()), time, provider.GetRequiredService<ILogger<WarmInstancesActivity>>())),
        null,
        typeof(WarmInstancesOrchestrator), typeof(ActivityOfTheTest));

    private static async Task<WarmOutcome> TickAsync(TestHost app, FakeResourceManager azure)
    {
        var client = app.Host.DurableClient;
        await new WarmInstances(Options.Create(azure.Options())).StartAsync(client, Cancel);
        var ended = await client.WaitForInstanceCompletionAsync(WarmInstances.InstanceId, getInputsAndOutputs: true, Cancel);
        return ended.ReadOutputAs<WarmOutcome>()!;
    }

    /// <summary>Runs the app's activity with the test's clock.</summary>
    private sealed class ActivityOfTheTest(WarmInstancesActivity activity)
    {
        [Microsoft.Azure.Functions.Worker.Function(nameof(WarmInstancesActivity))]
        public Task<WarmOutcome> RunAsync([Microsoft.Azure.Functions.Worker.ActivityTrigger] string? nothing, CancellationToken cancellationToken) =>
            activity.RunAsync(nothing, cancellationToken);
    }
}
