using System.Text.Json;

namespace HelpdeskSync.LocalCloud.FunctionsHost.TimerTriggers;

/// <summary>Remembers each timer's occurrences across restarts, one file a function.</summary>
internal sealed class TimerStateStore(string directory)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>What was last saved; null when there is nothing, or nothing readable.</summary>
    public TimerState? Read(string function)
    {
        try
        {
            return JsonSerializer.Deserialize<TimerState>(File.ReadAllBytes(PathOf(function)), Json);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces what was saved; a crash leaves the old or the new state, never half of one.</summary>
    public void Save(string function, TimerState state)
    {
        Directory.CreateDirectory(directory);
        var draft = PathOf(function) + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(state, Json));
        File.Move(draft, PathOf(function), overwrite: true);
    }

    private string PathOf(string function) => Path.Combine(directory, function + ".json");
}

/// <summary>Occurrences of one timer.</summary>
/// <param name="Schedule">The schedule they were computed from; another one makes them void.</param>
/// <param name="Last">Start of the last invocation; null before the first.</param>
/// <param name="Next">The next occurrence expected.</param>
/// <param name="LastUpdated">When this was saved.</param>
internal sealed record TimerState(string Schedule, DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);
