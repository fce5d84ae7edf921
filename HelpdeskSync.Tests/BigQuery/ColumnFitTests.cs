using System.Text.Json;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Tests.BigQuery;

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
    public void Fits_ValueMeetsColumn_OnlyWhereNothingIsLost(ColumnType value, string text, ColumnType column, bool fits)
    {
        var kind = value == ColumnType.String ? JsonValueKind.String : JsonValueKind.Number;
        Assert.Equal(fits, ColumnFit.Fits(Field(value, text, kind), column));
    }

    [Fact]
    public void Widened_NumbersOutgrowTheirColumn_FollowBigQuerysOrder()
    {
        Assert.Equal(ColumnType.Numeric, ColumnFit.Widened(Field(ColumnType.Numeric, "1.5", JsonValueKind.Number), ColumnType.Int64));
        Assert.Equal(ColumnType.Float64, ColumnFit.Widened(Field(ColumnType.Float64, "1e300", JsonValueKind.Number), ColumnType.Numeric));
        Assert.Null(ColumnFit.Widened(Field(ColumnType.String, "abc", JsonValueKind.String), ColumnType.Int64));
        Assert.Equal("x__string", ColumnFit.SideColumn(Field(ColumnType.String, "abc", JsonValueKind.String)));
    }
}
