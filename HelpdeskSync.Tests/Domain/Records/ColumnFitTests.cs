using System.Text.Json;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.Domain.Records;

public sealed class ColumnFitTests
{
    private static FlatField Field(ColumnType type, string text, JsonValueKind kind) => new("x", type, text, kind);

    [Theory]
    [InlineData(ColumnType.String, "12", ColumnType.Int64, true)]
    [InlineData(ColumnType.String, "012", ColumnType.Int64, false)]
    [InlineData(ColumnType.String, "abc", ColumnType.Int64, false)]
    [InlineData(ColumnType.Int64, "12", ColumnType.String, true)]
    [InlineData(ColumnType.Int64, "12", ColumnType.Numeric, true)]
    [InlineData(ColumnType.Numeric, "1.5", ColumnType.Int64, false)]
    [InlineData(ColumnType.Numeric, "1.5", ColumnType.Float64, true)]
    [InlineData(ColumnType.Numeric, "0.1", ColumnType.Float64, true)]
    [InlineData(ColumnType.Int64, "9007199254740993", ColumnType.Float64, false)]
    [InlineData(ColumnType.Bool, "true", ColumnType.Int64, false)]
    [InlineData(ColumnType.String, "2026-11-18T08:14:52Z", ColumnType.Timestamp, true)]
    [InlineData(ColumnType.String, "yesterday", ColumnType.Timestamp, false)]
    [InlineData(ColumnType.String, "2026-11-18T08:14:52.123456Z", ColumnType.Timestamp, true)]
    [InlineData(ColumnType.String, "2026-11-18T08:14:52.1234567Z", ColumnType.Timestamp, false)]
    [InlineData(ColumnType.String, "2026-11-18T10:14:52+02:00", ColumnType.Timestamp, true)]
    [InlineData(ColumnType.Int64, "1763453692000", ColumnType.Timestamp, true)]
    [InlineData(ColumnType.Int64, "12", ColumnType.Timestamp, false)]
    [InlineData(ColumnType.String, "2026-11-18", ColumnType.Date, true)]
    [InlineData(ColumnType.String, "2026-11-18T00:00:00Z", ColumnType.Date, false)]
    [InlineData(ColumnType.String, "2026-11-18 08:14:52", ColumnType.DateTime, true)]
    [InlineData(ColumnType.String, "abc", ColumnType.Json, true)]
    [InlineData(ColumnType.Numeric, "12345678901234567890.5", ColumnType.Json, false)]
    [InlineData(ColumnType.Int64, "1234567890123456", ColumnType.Float64, true)]
    [InlineData(ColumnType.Float64, "1e30", ColumnType.BigNumeric, true)]
    [InlineData(ColumnType.Float64, "1e300", ColumnType.BigNumeric, false)]
    [InlineData(ColumnType.String, "x", ColumnType.Foreign, false)]
    public void Fits_ValueMeetsColumn_OnlyWhereNothingIsLost(ColumnType value, string text, ColumnType column, bool fits)
    {
        var kind = value == ColumnType.String ? JsonValueKind.String : JsonValueKind.Number;
        Assert.Equal(fits, ColumnFit.Fits(Field(value, text, kind), column));
    }

    [Fact]
    public void Widened_NumberOutgrowsItsColumn_GoesNoFurtherThanWithoutLoss()
    {
        Assert.Equal(ColumnType.Numeric, ColumnFit.Widened(Field(ColumnType.Numeric, "1.5", JsonValueKind.Number), ColumnType.Int64));
        Assert.Null(ColumnFit.Widened(Field(ColumnType.Float64, "1e300", JsonValueKind.Number), ColumnType.Numeric));
        Assert.Null(ColumnFit.Widened(Field(ColumnType.String, "abc", JsonValueKind.String), ColumnType.Int64));
    }

    [Fact]
    public void SideColumn_AnyName_IsNamedAfterFieldAndTypeAndLegal()
    {
        Assert.Equal("x__string", ColumnFit.SideColumn(Field(ColumnType.String, "abc", JsonValueKind.String)));
        var (one, other) = (new string('n', 299) + "1", new string('n', 299) + "2");
        var names = new[] { one, other }.Select(name => ColumnFit.SideColumn(new FlatField(name, ColumnType.Bool, "true", JsonValueKind.True))).ToList();
        Assert.All(names, name => Assert.True(name.Length <= 300 && name.EndsWith("__bool", StringComparison.Ordinal)));
        Assert.NotEqual(names[0], names[1]);
    }
}
