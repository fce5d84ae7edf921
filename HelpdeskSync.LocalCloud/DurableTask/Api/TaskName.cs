namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or activity. Compares without regard to case; keeps the spelling it was given.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>Wraps a name; null stands for the default (empty) name.</summary>
    public TaskName(string name) => Name = name ?? string.Empty;

    /// <summary>The name as it was spelled; null only for <c>default(TaskName)</c>.</summary>
    public string Name { get; }

    /// <summary>Turns text into a name.</summary>
    public static implicit operator TaskName(string value) => value is null ? default : new TaskName(value);

    /// <summary>Turns a name into its text.</summary>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>Same name, whatever the case.</summary>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Different names, whatever the case.</summary>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(TaskName other) => string.Equals(Name ?? "", other.Name ?? "", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name ?? "");

    /// <inheritdoc/>
    public override string ToString() => Name ?? string.Empty;
}
