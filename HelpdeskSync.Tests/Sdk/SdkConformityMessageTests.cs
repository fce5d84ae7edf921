using HelpdeskSync.Tests.Sdk.Samples;

namespace HelpdeskSync.Tests.Sdk;

public sealed class SdkConformityMessageTests
{
    private const string Listing = """
        # assembly Samples 1.0.0.0
        sealed class HelpdeskSync.Tests.Sdk.Samples.Closed
          .ctor()
        enum HelpdeskSync.Tests.Sdk.Samples.Level
          Admin = 3
          Guest = 0
          User = 1
        enum Elsewhere.Mode
          On = 0
        """;

    private readonly SdkConformity conformity = new(SdkListings.Of(Listing, "samples.txt"));

    [Fact]
    public void Mismatches_AMemberDiffers_ShowsItTheListedOneAndTheFile()
    {
        var text = Assert.Single(conformity.Mismatches(typeof(Level)));

        Assert.Contains("ours:   Admin = 4", text, StringComparison.Ordinal);
        Assert.Contains("listed: Admin = 3", text, StringComparison.Ordinal);
        Assert.Contains("see     samples.txt", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatches_KindOrBaseDiffer_ShowsBothHeads()
    {
        var text = conformity.Mismatches(typeof(Closed)).First();

        Assert.StartsWith("class HelpdeskSync.Tests.Sdk.Samples.Closed : HelpdeskSync.Tests.Sdk.Samples.Outer<System.String>: declared otherwise", text, StringComparison.Ordinal);
        Assert.Contains("listed: sealed class HelpdeskSync.Tests.Sdk.Samples.Closed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatches_TheTypeIsUnknown_NamesTypesCalledAlike()
    {
        var text = Assert.Single(conformity.Mismatches(typeof(Outer<>.Mode)));

        Assert.Contains("no official type has this name", text, StringComparison.Ordinal);
        Assert.Contains("listed: enum Elsewhere.Mode", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static System.Threading.Tasks.Task<T> Wait<T>(System.Func<T> work = default)", "Wait")]
    [InlineData("protected .ctor(System.String name)", ".ctor")]
    [InlineData("TName Item[System.Int32 index] { get; set; }", "Item")]
    [InlineData("System.String[] Methods { get; }", "Methods")]
    [InlineData("const System.String Version", "Version")]
    [InlineData("Admin = 4", "Admin")]
    public void MemberName_OfALine_IsTheBareName(string line, string expected) => Assert.Equal(expected, SdkConformity.MemberName(line));
}
