namespace HelpdeskSync.Tests.Sdk;

/// <summary>Guards <c>-p:Cloud=Azure</c>: the app may lean on nothing of LocalCloud that the official packages do not have.</summary>
public sealed class AppReferencesTests : IDisposable
{
    private const string Target = "HelpdeskSync.LocalCloud";
    private readonly AppReferences app = new(Path.Combine(AppContext.BaseDirectory, "HelpdeskSync.Functions.dll"), Target);
    private readonly SdkListings listings = SdkListings.Load();

    [Fact]
    public void App_TypesItNamesOfLocalCloud_AreOfficialOnes()
    {
        var strangers = app.Types()
            .Where(t => !SdkConformity.IsOfficial(t.Namespace) || !new ListedMembers(listings).Knows(t))
            .Select(t => t.ToString());

        Assert.True(!strangers.Any(), "The Azure build has no such types: " + string.Join(", ", strangers));
    }

    [Fact]
    public void App_MembersItNamesOfLocalCloud_AreOfficialOnes()
    {
        var strangers = app.Members().Where(m => !new ListedMembers(listings).Knows(m)).Select(m => m.ToString());

        Assert.True(!strangers.Any(), "The Azure build has no such members: " + string.Join(", ", strangers));
    }

    [Theory]
    [InlineData("System.Void Dispose()", 0)]
    [InlineData("const System.String Version", -1)]
    [InlineData("static T Get<T, U>(System.Func<System.Int32, T> a, System.Int32[,] b)", 2)]
    public void ParameterCount_OfALine_CountsTopLevelCommas(string line, int expected) => Assert.Equal(expected, ListedMembers.ParameterCount(line));

    [Fact]
    public void Knows_AGenericTypesMember_FindsItByItsOpenName()
    {
        var known = new ListedMembers(listings);

        Assert.True(known.Knows(new("", "Google.Api.Gax.Page`1", "GetEnumerator", 0)));
        Assert.True(known.Knows(new("", "Google.Api.Gax.Page`1", "get_NextPageToken", 0)));
        Assert.False(known.Knows(new("", "Google.Api.Gax.Page`1", "set_NextPageToken", 1)));
        Assert.False(known.Knows(new("", "Google.Api.Gax.Page`1", "GetEnumerator", 1)));
        Assert.True(known.Knows(new("", "Google.Apis.Bigquery.v2.BigqueryBaseServiceRequest`1.AltEnum")));
    }

    [Fact]
    public void Members_OfThisAssembly_AreReadWithTheirTypesAndParameterCounts()
    {
        using var self = new AppReferences(typeof(AppReferencesTests).Assembly.Location, "System.Collections");

        var members = self.Members().Select(m => m.ToString()).ToArray();

        Assert.Contains("System.Collections.Generic.List`1.Add(1 parameters)", members);
        Assert.Contains("System.Collections.Generic.List`1", self.Types().Select(t => t.ToString()));
    }

    public void Dispose() => app.Dispose();
}
