using CsCheck;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.Domain.Records;

public sealed class RecordHashTests
{
    [Fact]
    public void Of_AnyRecord_IsTheRecipeAndTheSha256OfItsCanonicalForm() =>
        Assert.Equal(
            "v1:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"a":[1,true],"b":"x"}"""u8)),
            Hash(""" { "b" : "x", "a": [1.0, true] } """));

    [Fact]
    public void Of_OtherOrderOfNamesAndWhiteSpace_IsTheSame() => Gen.Shuffle(Enumerable.Range(0, 8).ToArray()).Sample(order =>
    {
        string Record(IEnumerable<int> names, string space) =>
            $"{{{string.Join(",", names.Select(name => $"{space}\"n{name}\":{space}{{\"z\":{name},{space}\"a\":null}}"))}}}";
        return Hash(Record(order, "")) == Hash(Record(order.Order(), " \n\t"));
    }, iter: 200);

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a.b":1}""")]
    [InlineData("""{"id":7189000001204017123}""", """{"id":7189000001204017124}""")]
    public void Of_OtherContent_IsAnother(string one, string other) => Assert.NotEqual(Hash(one), Hash(other));

    [Fact]
    public void Of_ChangeInAVolatileField_IsTheSame()
    {
        string[] paths = ["photoURL", "author.photoURL", "attachments.href"];
        Assert.Equal(
            Hash("""{"id":"1","photoURL":"x","author":{"name":"n","photoURL":null},"attachments":[{"href":1,"size":2}]}""", paths),
            Hash("""{"id":"1","author":{"name":"n","photoURL":"y"},"attachments":[{"size":2,"href":"z"}]}""", paths));
    }

    [Fact]
    public void Of_FieldBesideAVolatileOne_Counts()
    {
        Assert.NotEqual(Hash("""{"a":{"b":1,"c":1}}""", "a.b"), Hash("""{"a":{"b":1,"c":2}}""", "a.b"));
        Assert.NotEqual(Hash("""{"b":1}""", "a.b"), Hash("""{"b":2}""", "a.b"));
        Assert.NotEqual(Hash("""{"a":{"B":1}}""", "a.b"), Hash("""{"a":{"B":2}}""", "a.b"));
    }

    private static string Hash(string json, params string[] volatileFields) => RecordHash.Of(Json.Of(json), volatileFields);
}
