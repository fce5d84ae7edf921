namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a trigger brought along.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name: route values of an HTTP request, <c>instanceId</c> of an activity.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
