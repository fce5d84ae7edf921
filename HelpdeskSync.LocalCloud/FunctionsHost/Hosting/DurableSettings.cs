using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>What the section <c>LocalCloud:Durable</c> says of the Durable Task engine's database.</summary>
internal sealed record DurableSettings
{
    private const string Section = "LocalCloud:Durable";

    /// <summary>How long a finished instance is kept, with its history. Default 30 days.</summary>
    public TimeSpan KeepFinished { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether what is acknowledged outlives a power cut too, and not only the process. Default false.</summary>
    public bool FlushEveryCommit { get; init; }

    /// <summary>Bytes that the database may take. Default 0: as many as the disk has.</summary>
    public long LargestDatabase { get; init; }

    /// <summary>Reads the settings; a value of the wrong type is an <see cref="InvalidOperationException"/> that names it.</summary>
    public static DurableSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var defaults = new DurableSettings();
        return new DurableSettings
        {
            KeepFinished = section.GetValue(nameof(KeepFinished), defaults.KeepFinished),
            FlushEveryCommit = section.GetValue(nameof(FlushEveryCommit), defaults.FlushEveryCommit),
            LargestDatabase = section.GetValue(nameof(LargestDatabase), defaults.LargestDatabase),
        };
    }

    /// <summary>What is wrong with them.</summary>
    public IEnumerable<string> Faults()
    {
        if (KeepFinished < TimeSpan.FromMinutes(1))
        {
            yield return $"{Section}:{nameof(KeepFinished)} is {KeepFinished}; it must be 1 minute or longer.";
        }

        if (LargestDatabase is < 0 or (> 0 and < 1_000_000))
        {
            yield return $"{Section}:{nameof(LargestDatabase)} is {LargestDatabase}; it must be 0 (the whole disk) or at least 1000000 bytes.";
        }
    }

    /// <summary>The engine's options with these settings.</summary>
    public DurableTaskEngineOptions ApplyTo(DurableTaskEngineOptions options) => options with
    {
        KeepFinished = KeepFinished,
        FlushEveryCommit = FlushEveryCommit,
        LargestDatabase = LargestDatabase,
    };
}
