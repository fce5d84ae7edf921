namespace Microsoft.Azure.Functions.Worker.Http;

#pragma warning disable CA1012 // The official class has a public constructor.

/// <summary>A request of the worker's own HTTP model; functions of this app take ASP.NET Core's <c>HttpRequest</c> instead.</summary>
public abstract class HttpRequestData
{
    /// <summary>Makes the request of an invocation.</summary>
    public HttpRequestData(FunctionContext functionContext) => FunctionContext = functionContext;

    /// <summary>The invocation it belongs to.</summary>
    public FunctionContext FunctionContext { get; }

    /// <summary>The request's headers.</summary>
    public abstract HttpHeadersCollection Headers { get; }

    /// <summary>The address called.</summary>
    public abstract Uri Url { get; }
}
