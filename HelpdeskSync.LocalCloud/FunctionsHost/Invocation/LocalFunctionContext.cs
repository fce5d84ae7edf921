using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Invocation;

/// <summary>One invocation: what started it, its services, its token.</summary>
internal sealed class LocalFunctionContext(FunctionMethod function, string invocationId, IServiceProvider services, CancellationToken cancellationToken)
    : FunctionContext
{
    /// <summary>The HTTP request, timer information, orchestration context, or the activity's input as JSON (null when there is none).</summary>
    public object? Trigger { get; init; }

    public IReadOnlyDictionary<string, object?> Data { get; init; } = new Dictionary<string, object?>();

    public FunctionMethod Function { get; } = function;

    public override string InvocationId { get; } = invocationId;

    public override string FunctionId => Function.Id;

    public override BindingContext BindingContext => new LocalBindingContext(Data);

    public override FunctionDefinition FunctionDefinition => Function;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken { get; } = cancellationToken;

    private sealed class LocalBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
    }
}
