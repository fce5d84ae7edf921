using System.Text.Json;
using HelpdeskSync.LocalCloud.Laptop;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

public sealed class StatusTextTests
{
    [Theory]
    [InlineData("""{"Phase":"reading","Tables":["tickets","contacts"],"Done":[]}""", "phase reading, tables tickets contacts")]
    [InlineData("""{"Phase":"reading","Tables":["a","b","c","d","e","f","g"],"Done":[{"Table":"agents"},{"Table":"x"}]}""", "phase reading, tables a b c d e and 2 more, done 2")]
    [InlineData("""{"rowsRead":1234567,"share":0.5,"isDeep":true,"next":null,"inner":{"a":1,"b":{}}}""", "rows read 1,234,567, share 0.5, is deep yes, inner (a 1)")]
    [InlineData("\"fetching\"", "fetching")]
    [InlineData("42", "42")]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("[1,2]", "1 2")]
    public void Of_AnyStatus_IsALineForPeople(string status, string expected)
    {
        using var instance = JsonDocument.Parse($$"""{"customStatus":{{status}}}""");

        Assert.Equal(expected, StatusText.Of(instance.RootElement, "customStatus"));
    }

    [Fact]
    public void Of_NoSuchMember_IsEmpty_AndALongOneIsCut()
    {
        using var instance = JsonDocument.Parse($$"""{"output":"{{new string('x', 300)}}"}""");

        Assert.Equal(string.Empty, StatusText.Of(instance.RootElement, "customStatus"));
        Assert.Equal(new string('x', 100) + "…", StatusText.Of(instance.RootElement, "output"));
    }
}
