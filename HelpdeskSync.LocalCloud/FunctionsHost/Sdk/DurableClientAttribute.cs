using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter of type <c>DurableTaskClient</c> to the app's task hub.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Another task hub than host.json's; the local host has only that one and refuses any other.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting with the storage connection; without meaning in the local host.</summary>
    public string? ConnectionName { get; set; }
}
