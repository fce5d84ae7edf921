namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>The Functions host's rules for instance ids.</summary>
internal static class InstanceIds
{
    private const int Longest = 256;
    private const string Start = "Instance ids must not";

    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">It breaks a rule.</exception>
    public static string Check(string instanceId)
    {
        if (instanceId.StartsWith('@'))
        {
            throw new ArgumentException($"{Start} start with '@', which is reserved for entities.", nameof(instanceId));
        }

        if (instanceId.Length > Longest)
        {
            throw new ArgumentException(
                $"{Start} be longer than {Longest} characters; this one has {instanceId.Length}.", nameof(instanceId));
        }

        if (instanceId.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
        {
            throw new ArgumentException($"{Start} contain /, \\, #, ? or control characters; encode them.", nameof(instanceId));
        }

        return instanceId;
    }
}
