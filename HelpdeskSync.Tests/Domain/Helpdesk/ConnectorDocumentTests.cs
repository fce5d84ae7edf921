using System.Text.Json.Nodes;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Tests.Domain.Helpdesk;

public sealed class ConnectorDocumentTests
{
    private static readonly string s_zoho = File.ReadAllText(HouseRules.Repository.PathOf("HelpdeskSync.Functions/Helpdesk/zoho-desk.json"));

    [Theory]
    [InlineData("HelpdeskSync.Functions/Helpdesk/zoho-desk.json")]
    [InlineData("HelpdeskSync.Tests/Connectors/crm.json")]
    public void Parse_DocumentOfTheRepository_HasNoFault(string path) => Assert.NotEmpty(Connector.Parse(File.ReadAllText(HouseRules.Repository.PathOf(path))).Entities);

    [Theory]
    [InlineData("api.headers.Authorization", "\"Zoho\"", "$.api.headers: no header holds {token}")]
    [InlineData("api.headers.orgId", "\"{org}\"", "$.api.headers.orgId: '{org}' cannot be filled in")]
    [InlineData("api.headers.bad name", "\"x\"", "$.api.headers.bad name: is no name of a header")]
    [InlineData("api.limitParameter", "\"from\"", "$.api.limitParameter: 'from' is the offset's parameter")]
    [InlineData("api.rowsField", "\"a..b\"", "$.api.rowsField: 'a..b' is no field path")]
    [InlineData("api.credits.spentCode", "null", "$.api.credits.spentCode: must be a text")]
    [InlineData("api.page", "1", "$.api.page: unknown")]
    [InlineData("entities[0].search.modified.modifiedTimeRange", "\"{from}\"", "$.entities[0].search.modified: must hold {from} and one of")]
    [InlineData("entities[0].search.created.sortBy", "\"{sort}\"", "$.entities[0].search.created.sortBy: '{sort}' cannot be filled in")]
    [InlineData("entities[0].search.maxFrom", "-1", "$.entities[0].search.maxFrom: must be a whole number")]
    [InlineData("entities[0].search.pageSize", "2", "$.entities[0].search.pageSize: must be a whole number of at least 3")]
    [InlineData("entities[0].archive.forEach", "\"thread\"", "$.entities[0].archive.forEach: 'thread' must be an entity")]
    [InlineData("entities[0].archive.query.departmentId", "\"7\"", "$.entities[0].archive.query: no value holds {each}")]
    [InlineData("entities[0].goneStatuses", "[403]", "$.entities[0].goneStatuses: must be an array of 404, 410 and 422")]
    [InlineData("entities[0].detailPath", "\"/tickets\"", "$.entities[0].detailPath: '/tickets' must contain {id}")]
    [InlineData("entities[1].table", "\"tickets\"", "$.entities[1].table: 'tickets' is taken")]
    [InlineData("entities[2].parent", "\"agent\"", "$.entities[2].parent: there is no entity 'agent' above")]
    [InlineData("entities[2].idField", "\"\"", "$.entities[2].idField: must be a text")]
    [InlineData("events.Ticket_Add.entity", "\"tickt\"", "$.events.Ticket_Add.entity: there is no entity 'tickt'")]
    [InlineData("api", "7", "$.api: must be an object")]
    public void Parse_OneThingWrong_IsNamedWithItsPath(string path, string value, string fault)
    {
        var document = JsonNode.Parse(s_zoho)!;
        Set(document, path.Split('.'), JsonNode.Parse(value));

        var faults = Assert.Throws<ConnectorException>(() => Connector.Parse(document.ToJsonString())).Faults;

        Assert.Contains(faults, found => found.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_SeveralThingsWrong_NamesThemAllAtOnce()
    {
        var document = JsonNode.Parse(s_zoho)!.AsObject();
        document.Remove("api");
        document["entities"]![3]!.AsObject().Remove("listing");
        document["evnts"] = new JsonObject();

        var faults = Assert.Throws<ConnectorException>(() => Connector.Parse(document.ToJsonString())).Faults;

        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void Search_Window_IsFilledInWithItsLastMillisecond()
    {
        var search = Connector.Parse(s_zoho).FindEntity("ticket")!.Search!;
        var window = new TimeWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMilliseconds(5));

        var query = search.Query(SearchField.Modified, window).ToDictionary();

        Assert.Equal("1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.004Z", query["modifiedTimeRange"]);
        Assert.Equal("modifiedTime", query["sortBy"]);
    }

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        foreach (var step in path[..^1])
        {
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            node = bracket < 0 ? node[step]! : node[step[..bracket]]![int.Parse(step[(bracket + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)]!;
        }

        node[path[^1]] = value;
    }
}
