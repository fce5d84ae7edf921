using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.Domain.Records;

public sealed class RecordFlattenerTests
{
    private static readonly Entity Ticket = Repository.ZohoDesk.FindEntity("ticket")!;
    private static readonly Entity Thread = Repository.ZohoDesk.FindEntity("thread")!;

    [Fact]
    public void Flatten_NestedObjects_AreJoinedWithUnderscores() => AssertFields(
        """{"id":"1","layoutDetails":{"layoutName":"Std","id":"9"},"cf":{"cf_order_number":"55"}}""",
        "id=1", "layoutDetails_layoutName=Std", "layoutDetails_id=9", "cf_cf_order_number=55");

    [Fact]
    public void Flatten_SnakeCase_SplitsWords()
    {
        var fields = Flatten(
            """{"id":1,"layoutDetails":{"layoutName":"x"},"photoURL":"u","zohoCRMContact":{"id":2},"isZiaAgent":true,"Address2Line":"a"}""",
            NamingConvention.SnakeCase);
        Assert.Equal(
            ["id", "layout_details_layout_name", "photo_url", "zoho_crm_contact_id", "is_zia_agent", "address2_line"],
            fields.Select(field => field.Name));
    }

    [Theory]
    [InlineData("\"x\"", ColumnType.String, "x")]
    [InlineData("\"2026-11-18T08:14:52.000Z\"", ColumnType.String, "2026-11-18T08:14:52.000Z")]
    [InlineData("\"\"", ColumnType.String, "")]
    [InlineData("true", ColumnType.Bool, "true")]
    [InlineData("false", ColumnType.Bool, "false")]
    [InlineData("null", null, null)]
    [InlineData("{}", ColumnType.String, "{}")]
    [InlineData("[]", ColumnType.String, "[]")]
    [InlineData("[ 1.50, { \"b\" : \"\\u00e9/\", \"a\": null } ]", ColumnType.String, "[1.50,{\"b\":\"é/\",\"a\":null}]")]
    [InlineData("0", ColumnType.Int64, "0")]
    [InlineData("-9223372036854775808", ColumnType.Int64, "-9223372036854775808")]
    [InlineData("9223372036854775808", ColumnType.Numeric, "9223372036854775808")]
    [InlineData("1.0", ColumnType.Numeric, "1.0")]
    [InlineData("12.5", ColumnType.Numeric, "12.5")]
    [InlineData("0.000000001", ColumnType.Numeric, "0.000000001")]
    [InlineData("1e3", ColumnType.Numeric, "1e3")]
    [InlineData("0e999999999999", ColumnType.Numeric, "0e999999999999")]
    [InlineData("99999999999999999999999999999.999999999", ColumnType.Numeric, "99999999999999999999999999999.999999999")]
    [InlineData("100000000000000000000000000000", ColumnType.Float64, "100000000000000000000000000000")]
    [InlineData("0.0000000001", ColumnType.Float64, "0.0000000001")]
    [InlineData("1e300", ColumnType.Float64, "1e300")]
    [InlineData("100000000000000000000000000001", ColumnType.String, "100000000000000000000000000001")]
    [InlineData("3.141592653589793238", ColumnType.String, "3.141592653589793238")]
    [InlineData("1e400", ColumnType.String, "1e400")]
    [InlineData("1e-99999999999999999999", ColumnType.String, "1e-99999999999999999999")]
    public void Flatten_Value_GetsTheNarrowestTypeThatHoldsItExactly(string json, ColumnType? type, string? text)
    {
        var field = Flatten($$"""{"v":{{json}}}""").Single(field => field.Name == "v");
        Assert.Equal((type, text), (field.Type, field.Text));
    }

    [Fact]
    public void Flatten_IntegerId_IsAStringColumnAndComesFirst()
    {
        var field = Flatten("""{"a":1,"id":1}""")[0];
        Assert.Equal(new FlatField("id", ColumnType.String, "1", JsonValueKind.String), field);
    }

    [Fact]
    public void Flatten_Child_CarriesItsParentsId() =>
        AssertFields("""{"subject":"s"}""", Thread, new RecordKey("1", "77"), "id=1", "ticketId=77", "subject=s");

    [Fact]
    public void Flatten_ChildThatNamesItsParent_KeepsIt() =>
        AssertFields("""{"ticketId":78}""", Thread, new RecordKey("1"), "id=1", "ticketId=78");

    [Theory]
    [InlineData("Order number", "Order_number")]
    [InlineData("prijs-€", "prijs__")]
    [InlineData("😀", "_")]
    [InlineData("", "_")]
    [InlineData("1st", "_1st")]
    [InlineData("größe", "gr__e")]
    [InlineData("_TABLE_x", "field_TABLE_x")]
    [InlineData("_partitionTIME", "field_partitionTIME")]
    [InlineData("__root__", "field__root__")]
    public void Flatten_NameThatIsNotLegal_IsMadeLegal(string name, string expected) =>
        Assert.Equal(expected, Flatten($$"""{"{{name}}":1}""")[1].Name);

    [Fact]
    public void Flatten_NamesThatDifferOnlyInCase_AllGetTheDigestOfTheirPath() => AssertFields(
        """{"Status":1,"status":2,"other":3}""", "id=1", $"Status_{Digest("Status")}=1", $"status_{Digest("status")}=2", "other=3");

    [Fact]
    public void Flatten_PathsThatJoinAlike_AllGetTheDigestOfTheirPath() => AssertFields(
        """{"a":{"b_c":1},"a_b":{"c":2},"a.b":3,"a\\.b":4}""",
        "id=1", $"a_b_c_{Digest("a.b_c")}=1", $"a_b_c_{Digest("a_b.c")}=2", "a_b=3", "a__b=4");

    [Fact]
    public void Flatten_NameWithADotBesideANestedName_StaysApart() => AssertFields(
        """{"a":{"b":1},"a.b":2}""", "id=1", $"a_b_{Digest("a.b")}=1", $"a_b_{Digest("a\\.b")}=2");

    [Fact]
    public void Flatten_EmptyNames_StayApart() => Assert.Equal(4, Flatten("""{"":{"a":1},"a":2,"_a":3}""").Count);

    [Fact]
    public void Flatten_FieldNamedLikeASystemColumn_GetsADigest() =>
        AssertFields("""{"_FIVETRAN_start":1}""", "id=1", $"_FIVETRAN_start_{Digest("_FIVETRAN_start")}=1");

    [Fact]
    public void Flatten_FieldThatLooksLikeTheId_LeavesTheIdAlone() =>
        AssertFields("""{"ID":5,"id":"1"}""", "id=1", $"ID_{Digest("ID")}=5");

    [Fact]
    public void Flatten_NameThatIsADigestedName_StaysApart()
    {
        var taken = $"x_{Digest("x")}";
        AssertNamesAreSound(Flatten($$"""{"x":1,"X":2,"{{taken}}":3}"""));
    }

    [Fact]
    public void Flatten_NameOverThreeHundredCharacters_IsCutAndGetsADigest()
    {
        var name = new string('n', 301);
        Assert.Equal($"{new string('n', 291)}_{Digest(name)}", Flatten($$"""{"{{name}}":1}""")[1].Name);
        Assert.Equal(new string('n', 300), Flatten($$"""{"{{name[1..]}}":1}""")[1].Name);
    }

    [Theory]
    [InlineData(NamingConvention.AsIs)]
    [InlineData(NamingConvention.SnakeCase)]
    public void Flatten_AnyNamesInAnyOrder_AreLegalUniqueAndTheSame(NamingConvention naming)
    {
        var name = Gen.OneOf("a", "A", "b", "a_b", "a.b", "aB", "", "_", "é", "id", "ID", "_row_hash", "_FILE_", "\\", "1");
        var record = Gen.Dictionary(name, Gen.Dictionary(name, Gen.Int[0, 9])[0, 4])[0, 8];
        record.Sample(source =>
        {
            var fields = Flatten(JsonSerializer.Serialize(source), naming);
            AssertNamesAreSound(fields);
            var backwards = source.Reverse().ToDictionary(pair => pair.Key, pair => pair.Value.Reverse().ToDictionary());
            var again = Flatten(JsonSerializer.Serialize(backwards), naming);
            Assert.Equal(fields.OrderBy(field => field.Name), again.OrderBy(field => field.Name));
        }, iter: 1_000);
    }

    [Fact]
    public void Flatten_WhatIsNoObject_IsRefused() => Assert.Throws<ArgumentException>(() => Flatten("[1]"));

    private static void AssertNamesAreSound(IReadOnlyList<FlatField> fields)
    {
        Assert.All(fields, field => Assert.Matches("^[A-Za-z_][A-Za-z0-9_]{0,299}$", field.Name));
        Assert.Equal(fields.Count, fields.Select(field => field.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(fields, field => SystemColumns.All.Any(
            column => column.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal("id", fields[0].Name);
    }

    private static void AssertFields(string json, params string[] expected) => AssertFields(json, Ticket, new RecordKey("1"), expected);

    private static void AssertFields(string json, Entity entity, RecordKey key, params string[] expected) => Assert.Equal(
        expected,
        new RecordFlattener(NamingConvention.AsIs).Flatten(Json.Of(json), key, entity).Select(field => $"{field.Name}={field.Text}"));

    private static IReadOnlyList<FlatField> Flatten(string json, NamingConvention naming = NamingConvention.AsIs) =>
        new RecordFlattener(naming).Flatten(Json.Of(json), new RecordKey("1"), Ticket);

    private static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8];
}
