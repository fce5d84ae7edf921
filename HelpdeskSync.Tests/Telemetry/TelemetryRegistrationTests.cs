using HelpdeskSync.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HelpdeskSync.Tests.Telemetry;

public sealed class TelemetryRegistrationTests
{
    private const string Insights = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:1/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_Configured_StartsNoOpenTelemetry()
    {
        using var host = Build();
        await host.StartAsync(Token);

        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.False(host.Services.GetRequiredService<Instruments>().ReportsFailures);
        await host.StopAsync(Token);
    }

    [Theory]
    [InlineData("Telemetry:AzureMonitorConnectionString")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public async Task ApplicationInsights_ByEitherSetting_GetsMetricsAndTracesAndLeavesLogsToTheHost(string key)
    {
        using var host = Build((key, Insights), ("Telemetry:ManagedIdentityClientId", "00000000-0000-0000-0000-000000000002"));
        await host.StartAsync(Token);

        Assert.NotNull(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<LoggerProvider>());
        Assert.True(host.Services.GetRequiredService<Instruments>().ReportsFailures);
        Assert.Equal(Insights, host.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.AzureMonitorConnectionString);
    }

    [Fact]
    public async Task Collector_Configured_GetsLogsToo()
    {
        using var host = Build(("Telemetry:OtlpEndpoint", "http://127.0.0.1:1"));
        await host.StartAsync(Token);

        Assert.NotNull(host.Services.GetService<LoggerProvider>());
    }

    [Theory]
    [InlineData("Telemetry:AzureMonitorConnectionString", "secret", "InstrumentationKey")]
    [InlineData("Telemetry:OtlpEndpoint", "localhost:4317", "http://localhost:4317")]
    public async Task Settings_ThatCannotBe_StopTheHostAndSayWhatIsRight(string key, string value, string said)
    {
        using var host = Build((key, value));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System).AddTelemetry(builder.Configuration);
        return builder.Build();
    }
}
