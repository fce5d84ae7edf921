using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HelpdeskSync.Tests.HouseRules;
using Microsoft.AspNetCore.WebUtilities;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>What the vendor takes, read from <c>zoho-contract.json</c>: a description of our own, so that every request can be held against it.</summary>
internal sealed partial class VendorContract
{
    private readonly Dictionary<string, string> _headers;
    private readonly Dictionary<string, Dictionary<string, string>> _calls;

    private VendorContract(Document document)
    {
        _headers = document.Headers;
        _calls = document.Calls;
    }

    public static VendorContract Zoho { get; } = new(JsonSerializer.Deserialize<Document>(
        File.ReadAllText(Repository.PathOf("HelpdeskSync.Tests/Helpdesk/zoho-contract.json")), JsonSerializerOptions.Web)!);

    /// <summary>What is wrong with a request; nothing when the vendor takes it.</summary>
    public IEnumerable<string> Faults(HttpRequestMessage request, string basePath)
    {
        if (request.Method != HttpMethod.Get || request.Content is not null)
        {
            yield return $"{request.Method}: only GET without a body is sent";
        }

        foreach (var fault in HeaderFaults(request))
        {
            yield return fault;
        }

        var path = request.RequestUri!.AbsolutePath;
        var call = path.StartsWith(basePath, StringComparison.Ordinal) ? Find(path[basePath.Length..]) : null;
        if (call is null)
        {
            yield return $"{path}: no such call";
            yield break;
        }

        var sent = QueryHelpers.ParseQuery(request.RequestUri.Query);
        foreach (var (name, values) in sent)
        {
            if (!(call.TryGetValue(name, out var kind) || call.TryGetValue(name + "!", out kind)))
            {
                yield return $"{path}: unknown parameter {name}";
            }
            else if (values.Count != 1 || !Fits(kind, values[0]!))
            {
                yield return $"{path}: {name}={values} is not {kind}";
            }
        }

        foreach (var missing in call.Keys.Where(name => name.EndsWith('!') && !sent.ContainsKey(name[..^1])))
        {
            yield return $"{path}: {missing[..^1]} is missing";
        }
    }

    private IEnumerable<string> HeaderFaults(HttpRequestMessage request)
    {
        foreach (var (name, pattern) in _headers)
        {
            var values = request.Headers.TryGetValues(name.TrimEnd('!'), out var found) ? found.ToList() : [];
            if (values.Count > 1 || (values.Count == 0 && name.EndsWith('!')) || values.Exists(value => !Regex.IsMatch(value, pattern)))
            {
                yield return $"header {name.TrimEnd('!')} is absent, double or malformed";
            }
        }
    }

    /// <summary>A path that stands literally goes before one with ids: /tickets/search is no ticket.</summary>
    private Dictionary<string, string>? Find(string path) =>
        _calls.TryGetValue(path, out var literal) ? literal
        : _calls.Where(call => Regex.IsMatch(path, $"^{call.Key.Replace("{id}", "[0-9]+", StringComparison.Ordinal)}$")).Select(call => call.Value).FirstOrDefault();

    private static bool Fits(string kind, string value)
    {
        if (kind == "id")
        {
            return value.Length > 0 && value.All(char.IsAsciiDigit);
        }

        if (kind == "range")
        {
            return RangePattern().IsMatch(value) && value.Split(',') is [var from, var to] && string.CompareOrdinal(from, to) <= 0 && value.Length <= 100;
        }

        if (kind.Split("..") is [var least, var most])
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= int.Parse(least, CultureInfo.InvariantCulture) && number <= int.Parse(most, CultureInfo.InvariantCulture);
        }

        return value.Split(',').All(part => kind.Split('|').Contains(part.TrimStart('-')));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex RangePattern();

    private sealed record Document(Dictionary<string, string> Headers, Dictionary<string, Dictionary<string, string>> Calls);
}

/// <summary>Holds every request against the vendor's contract on its way out.</summary>
internal sealed class VendorContractHandler
{
    private readonly ConcurrentBag<string> _faults = [];
    private int _checked;

    public IReadOnlyCollection<string> Faults => _faults;

    public int Checked => _checked;

    public DelegatingHandler Checker() => new Handler(this);

    private sealed class Handler(VendorContractHandler owner) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._checked);
            foreach (var fault in VendorContract.Zoho.Faults(request, "/api/v1"))
            {
                owner._faults.Add(fault);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
