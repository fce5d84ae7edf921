using System.Globalization;
using System.Text;
using CsCheck;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.Domain.Records;

public sealed class CanonicalWriterTests
{
    [Fact]
    public void Write_TheExampleOfRfc8785Section322_GivesItsResult() => AssertCanonical(
        """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }
        """,
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void Write_TheExampleOfRfc8785Section323_SortsByUtf16CodeUnits() => AssertCanonical(
        """
        {
          "\u20ac": "Euro Sign",
          "\r": "Carriage Return",
          "\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\ud83d\ude00": "Emoji: Grinning Face",
          "\u0080": "Control",
          "\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """,
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
            + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Write_TheNumbersOfRfc8785AppendixB_GivesTheirText(string bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        AssertCanonical(value.ToString("E17", CultureInfo.InvariantCulture), expected);
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("0.5", "0.5")]
    [InlineData("0.50", "0.5")]
    [InlineData("0.0", "0")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("0.1234567890123456789", "0.12345678901234568")]
    [InlineData("-0.0e5", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.0000015", "0.0000015")]
    [InlineData("10.0", "10")]
    [InlineData("1E2", "100")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    public void Write_Number_IsWrittenAsEcmaScriptDoes(string json, string expected) => AssertCanonical(json, expected);

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-7189000001204017123")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    public void Write_NumberThatADoubleCannotHold_KeepsItsDigits(string json) => AssertCanonical(json, json);

    [Theory]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""["\ud83d"]""", "[\"\ufffd\"]")]
    [InlineData("""["x\ude00\ud83d\ude00\n"]""", "[\"x\ufffd😀\\n\"]")]
    [InlineData("""{"\ud83d":[]}""", "{\"\ufffd\":[]}")]
    public void Write_WhatTheRfcRefuses_IsStillWritten(string json, string expected) => AssertCanonical(json, expected);

    [Fact]
    public void Write_BytesThatAreNoUtf8_AreReplaced() =>
        Assert.Equal("[\"a\ufffdb\"]", Canonical(Json.Of([.. "[\"a"u8, 0xFF, .. "b\"]"u8])));

    [Fact]
    public void Write_AnyDouble_ReadsBackAsTheSameDouble() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        var text = Canonical(Json.Of(value.ToString("R", CultureInfo.InvariantCulture)));
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(value == 0 ? 0.0 : value);
    }, iter: 10_000);

    [Fact]
    public void Write_AnyNames_AreInTheOrderOfTheirUnitsWhateverWasWrittenBefore()
    {
        var writer = new CanonicalWriter();
        var name = Gen.OneOf("", "a", "b", "ab", "abcdefgh", "abcdefghi", "abcdefgh0", "B", "é", "\\", "a\u0001");
        Gen.Dictionary(name, Gen.Int[0, 99])[0, 8].Sample(
            record =>
            {
                var written = Encoding.UTF8.GetString(writer.Write(Json.Of(System.Text.Json.JsonSerializer.Serialize(record))));
                var read = Json.Of(written).EnumerateObject().Select(property => property.Name).ToList();
                return read.SequenceEqual(record.Keys.Order(StringComparer.Ordinal)) && read.All(key => Json.Of(written).GetProperty(key).GetInt32() == record[key]);
            },
            iter: 2_000, threads: 1);
    }

    [Fact]
    public void Write_AnyText_ReadsBackAsTheSameText() => Gen.String.Sample(
        text => Json.Of(Canonical(Json.Of(System.Text.Json.JsonSerializer.Serialize(text)))).GetString() == text, iter: 2_000);

    private static void AssertCanonical(string json, string expected) => Assert.Equal(expected, Canonical(Json.Of(json)));

    private static string Canonical(System.Text.Json.JsonElement value) => Encoding.UTF8.GetString(new CanonicalWriter().Write(value));
}
