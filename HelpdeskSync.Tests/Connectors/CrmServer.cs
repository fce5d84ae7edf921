using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.Connectors;

/// <summary>A CRM with manners of its own: other headers, other paging words, filters as text, rows two levels deep, no credits.</summary>
internal sealed partial class CrmServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonObject> _people = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _deals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _notes = new(StringComparer.Ordinal);

    private CrmServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<CrmServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.ConfigureKestrel(builder.WebHost, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var crm = new CrmServer(builder.Build());
        crm.Map();
        await crm._app.StartAsync(cancellationToken);
        return crm;
    }

    public void SavePerson(string reference, string name, DateTimeOffset made, DateTimeOffset changed) => _people[reference] = new JsonObject
    {
        ["ref"] = reference, ["name"] = name, ["madeAt"] = Text(made), ["changedAt"] = Text(changed), ["noteCount"] = NotesOf(reference).Count(),
        ["state"] = new JsonObject { ["erased"] = false },
    };

    public void ErasePerson(string reference) => _people[reference]["state"]!["erased"] = true;

    public void SaveDeal(int number, decimal worth) =>
        _deals[$"{number}"] = new JsonObject { ["ref"] = number, ["worth"] = worth, ["madeAt"] = Text(DateTimeOffset.UnixEpoch.AddYears(50)) };

    public void SaveNote(string person, string reference, string text) =>
        _notes[reference] = new JsonObject { ["ref"] = reference, ["text"] = text, ["of"] = person };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapPost("/token", () => Results.Json(new { access_token = "crm-token", expires_in = 3600 }));
        var api = _app.MapGroup("/crm/v3");
        api.AddEndpointFilter(async (call, next) =>
            call.HttpContext.Request.Headers["X-Api-Key"] == "Bearer crm-token" && call.HttpContext.Request.Headers["X-Workspace"] == "701234567"
                ? await next(call)
                : Results.Json(new { fault = new { code = "bad_key" } }, statusCode: 401));
        api.MapGet("/people", (int start, int count) => Page(_people.Values.Where(IsShown).OrderBy(person => (string)person["ref"]!, StringComparer.Ordinal), start, count));
        api.MapGet("/people/find", (string where, string order, int start, int count) =>
        {
            var filter = WherePattern().Match(where);
            Assert.True(filter.Success && filter.Groups["field"].Value == order, where);
            return start > 20
                ? Results.Json(new { fault = new { code = "too_deep" } }, statusCode: 400)
                : Page(
                    _people.Values.Where(IsShown).Where(person => Compare(person, order, filter.Groups["from"].Value) >= 0 && Compare(person, order, filter.Groups["to"].Value) < 0)
                        .OrderBy(person => (string)person[order]!, StringComparer.Ordinal).ThenBy(person => (string)person["ref"]!, StringComparer.Ordinal),
                    start,
                    count);
        });
        api.MapGet("/people/{id}", (string id) => One(_people, id));
        api.MapGet("/deals", (string withClosed, int start, int count) => Page(_deals.Values.OrderBy(deal => (int)deal["ref"]!), start, count));
        api.MapGet("/deals/{id}", (string id) => One(_deals, id));
        api.MapGet("/people/{id}/notes", (string id, int start, int count) => Page(NotesOf(id), start, count));
        api.MapGet("/people/{id}/notes/{note}", (string id, string note) => One(_notes, note));
    }

    private IOrderedEnumerable<JsonObject> NotesOf(string person) =>
        _notes.Values.Where(note => (string)note["of"]! == person).OrderBy(note => (string)note["ref"]!, StringComparer.Ordinal);

    private static bool IsShown(JsonObject person) => !(bool)person["state"]!["erased"]!;

    private static int Compare(JsonObject person, string field, string time) => string.CompareOrdinal((string)person[field]!, time);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static IResult One(ConcurrentDictionary<string, JsonObject> records, string id) =>
        records.TryGetValue(id, out var record) ? Results.Json(record) : Results.Json(new { fault = new { code = "gone" } }, statusCode: 410);

    private static IResult Page(IEnumerable<JsonObject> rows, int start, int count) =>
        Results.Json(new { result = new { items = rows.Skip(start).Take(count).Select(row => row.DeepClone()) } });

    [GeneratedRegex("^(?<field>\\w+)>=(?<from>\\S+) and \\k<field><(?<to>\\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex WherePattern();
}
