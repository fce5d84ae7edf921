using System.Net.Http.Headers;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Headers of a request of the worker's own HTTP model.</summary>
public class HttpHeadersCollection : HttpHeaders
{
    /// <summary>Makes an empty collection.</summary>
    public HttpHeadersCollection()
    {
    }
}
