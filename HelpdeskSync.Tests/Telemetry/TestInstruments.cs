using System.Diagnostics.Metrics;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Telemetry;

/// <summary>Instruments of a test's own.</summary>
internal static class TestInstruments
{
    public static Instruments New(TimeProvider time) => new(Factory(), time);

    public static IMeterFactory Factory() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
