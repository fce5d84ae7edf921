using HelpdeskSync.LocalCloud.Laptop;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

public sealed class BigQueryRowsTests
{
    private static readonly KeyValuePair<string, long>[] Before = [new("agents_history", 20), new("tickets_history", 1995)];

    [Fact]
    public void Growth_SomeTablesGrew_NamesThemAlone() => Assert.Equal(
        "rows: comments 3 (+3), tickets 2,005 (+10)",
        BigQueryRows.Growth(Before, [new("agents_history", 20), new("comments_history", 3), new("tickets_history", 2005)]));

    [Fact]
    public void Growth_NothingCame_SaysSo() => Assert.Equal("no new rows", BigQueryRows.Growth(Before, Before));
}
