namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What the document says of requests: the API's manners, listings, searches.</summary>
internal static partial class ConnectorDocument
{
    private static readonly Dictionary<string, string> s_nothing = [];

    private static ApiSpec ReadApi(ConnectorNode root)
    {
        if (root.Optional("api") is not { } node)
        {
            root.FaultIfAbsent("api", "missing; it says how the API is spoken to");
            return new ApiSpec { Headers = s_nothing, OffsetParameter = "", LimitParameter = "", RowsField = "" };
        }

        var api = new ApiSpec
        {
            Headers = node.Texts("headers"),
            OffsetParameter = node.Text("offsetParameter"),
            LimitParameter = node.Text("limitParameter"),
            RowsField = node.FieldPath("rowsField"),
            ErrorCodeField = node.OptionalFieldPath("errorCodeField"),
            Credits = node.Optional("credits") is { } credits ? ReadCredits(credits) : null,
        };
        RequestRules.CheckApi(node, api);
        node.RefuseOthers();
        return api;
    }

    private static CreditSpec ReadCredits(ConnectorNode node)
    {
        var credits = new CreditSpec
        {
            RemainingHeader = node.OptionalText("remainingHeader"), CostHeader = node.OptionalText("costHeader"), SpentCode = node.Text("spentCode"),
        };
        node.RefuseOthers();
        return credits;
    }

    private static WholeSpec ReadWhole(ConnectorNode node)
    {
        var whole = new WholeSpec { Flag = node.FieldPath("flag"), Path = node.Text("path") };
        node.RefuseOthers();
        return whole;
    }

    private static ListingSpec ReadListing(ConnectorNode node)
    {
        var listing = new ListingSpec { Path = node.Text("path"), PageSize = PageSize(node), Query = node.Texts("query") };
        node.RefuseOthers();
        return listing;
    }

    private static SearchSpec ReadSearch(ConnectorNode node)
    {
        var search = new SearchSpec
        {
            Path = node.Text("path"),
            PageSize = PageSize(node),
            MaxFrom = node.Number("maxFrom", 0),
            TotalField = node.OptionalFieldPath("totalField"),
            Modified = node.Texts("modified"),
            Created = node.Texts("created"),
        };
        RequestRules.CheckWindow(node, "modified", search.Modified);
        RequestRules.CheckWindow(node, "created", search.Created);
        node.RefuseOthers();
        return search;
    }

    private static ArchiveSpec ReadArchive(ConnectorNode node)
    {
        var archive = new ArchiveSpec
        {
            Path = node.Text("path"),
            PageSize = PageSize(node),
            MaxFrom = node.OptionalNumber("maxFrom", 0),
            ForEach = node.Text("forEach"),
            Flag = node.OptionalFieldPath("flag"),
            Query = node.Texts("query"),
        };
        node.RefuseOthers();
        return archive;
    }

    private static int PageSize(ConnectorNode node) => node.Number("pageSize", EntityRules.SmallestPage);
}
