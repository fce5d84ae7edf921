using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>The official words for an id that is taken.</summary>
internal static class DuplicateId
{
    public static string Message(string id, OrchestrationRuntimeStatus status) =>
        $"An orchestration with id '{id}' already exists. It's in the {status} state.";

    /// <summary>The finished states named in a list of states to protect.</summary>
    /// <exception cref="ArgumentException">A name is not a state.</exception>
    public static IReadOnlyCollection<OrchestrationRuntimeStatus> Parse(IReadOnlyList<string>? names) =>
        [.. (names ?? []).Select(Parse)];

    private static OrchestrationRuntimeStatus Parse(string name) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : throw new ArgumentException($"Invalid orchestration runtime status: '{name}' for deduplication.");
}
