using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Api;

/// <summary>One address of the API with the parameters it takes, as contract.json states them.</summary>
internal sealed record ApiEndpoint(string Path, Func<ApiCall, ValueTask<int>> Answer)
{
    public ApiEndpoint(string path, Func<ApiCall, int> answer)
        : this(path, call => ValueTask.FromResult(answer(call)))
    {
    }

    public string Method { get; init; } = "GET";

    /// <summary>The name calls are counted by.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>Largest limit; 0 when the endpoint has no pages.</summary>
    public int MaxLimit { get; init; }

    public int MinLimit { get; init; } = 1;

    public int DefaultLimit { get; init; } = 10;

    public int? MaxFrom { get; init; }

    /// <summary>Keys sortBy takes, each also with a minus for descending.</summary>
    public string[] SortKeys { get; init; } = [];

    /// <summary>Values include takes.</summary>
    public string[] Includes { get; init; } = [];

    /// <summary>Further parameters that are taken.</summary>
    public string[] Parameters { get; init; } = [];

    /// <summary>Price when it is no page.</summary>
    public int Credits { get; init; } = 1;

    /// <summary>All but /organizations.</summary>
    public bool NeedsOrganization { get; init; } = true;

    /// <summary>Whose record it answers, and the name of its id in the path; null where the answer is no single record.</summary>
    public (Table Table, string IdName)? Record { get; init; }

    public bool IsListing => MaxLimit > 0;
}
