using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.Domain.Records;

public sealed class ValueEqualityTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("12345678901234567890", "\"12345678901234567890\"")]
    [InlineData("true", "\"TRUE\"")]
    [InlineData("\"2026-01-02T03:04:05.000Z\"", "\"2026-01-02 03:04:05+00\"")]
    [InlineData("\"2026-01-02T05:04:05+02:00\"", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("1767323045000", "\"2026-01-02T03:04:05Z\"")]
    [InlineData("\"{\\\"a\\\":1,\\\"b\\\":[2]}\"", "\"{ \\\"b\\\": [2.0], \\\"a\\\": 1 }\"")]
    [InlineData("{\"a\":1}", "\"{\\\"a\\\": 1}\"")]
    [InlineData("null", "null")]
    public void Same_TwoWritingsOfOneValue_AreTheSame(string left, string right)
    {
        Assert.True(ValueEquality.Same(left, right));
        Assert.True(ValueEquality.Same(right, left));
    }

    [Theory]
    [InlineData("null", "\"\"")]
    [InlineData("\"1\"", "\"1.0\"")]
    [InlineData("\"0012\"", "\"12\"")]
    [InlineData("12", "\"0012\"")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("true", "\"1\"")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("\"2026-01-02T03:04:05Z\"", "\"2026-01-02T03:04:06Z\"")]
    [InlineData("\"[1,2]\"", "\"[2,1]\"")]
    [InlineData("\"[broken\"", "\"[broken \"")]
    public void Same_TwoValues_Differ(string left, string right)
    {
        Assert.False(ValueEquality.Same(left, right));
        Assert.False(ValueEquality.Same(right, left));
    }
}
