namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique for each invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The same for every invocation of the function, across restarts.</summary>
    public abstract string FunctionId { get; }

    /// <summary>What the trigger brought along by name, such as route values.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The function invoked.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>The services of this invocation's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>What the parts of this invocation share.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled when the caller has gone or the host has no more time to wait.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
