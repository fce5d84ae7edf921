using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Tests.Domain.Helpdesk;

public sealed class PageCursorTests
{
    [Fact]
    public void Accept_ShortPage_IsTheLast() => Assert.Equal(PageVerdict.Complete, new PageCursor(3, null).Accept(["a", "b"]));

    [Fact]
    public void Accept_NoRows_IsComplete() => Assert.Equal(PageVerdict.Complete, new PageCursor(3, null).Accept([]));

    [Fact]
    public void Accept_OffsetsCountFromZero_OverlapsByOneRow()
    {
        var cursor = new PageCursor(3, null);
        Assert.Equal(PageVerdict.More, cursor.Accept(["a", "b", "c"]));
        Assert.Equal(2, cursor.NextFrom);
        Assert.Equal(PageVerdict.More, cursor.Accept(["c", "d", "e"]));
        Assert.Equal([1, 2], cursor.NewRows);
        Assert.Equal(4, cursor.NextFrom);
    }

    [Fact]
    public void Accept_OffsetsCountFromOne_OverlapsByTwoRows()
    {
        var cursor = new PageCursor(3, null);
        cursor.Accept(["a", "b", "c"]);
        Assert.Equal(PageVerdict.More, cursor.Accept(["b", "c", "d"]));
        Assert.Equal(3, cursor.NextFrom);
        Assert.Equal(PageVerdict.Complete, cursor.Accept(["c", "d"]));
        Assert.Equal(4, cursor.RowsRead);
    }

    [Theory]
    [InlineData("d", "e", "f")]
    [InlineData("x", "y", "c")]
    public void Accept_LastRowIsNotWhereItMustBe_HasShifted(params string[] second)
    {
        var cursor = new PageCursor(3, null);
        cursor.Accept(["a", "b", "c"]);
        Assert.Equal(PageVerdict.Shifted, cursor.Accept(second));
        Assert.Empty(cursor.NewRows);
    }

    [Fact]
    public void Accept_LastRowStandsElsewhereThanOnThePageBefore_HasShifted()
    {
        // A row was inserted before: taken for an offset from 1, it would go unseen.
        var cursor = new PageCursor(3, null);
        cursor.Accept(["a", "b", "c"]);
        cursor.Accept(["c", "d", "e"]);
        Assert.Equal(PageVerdict.Shifted, cursor.Accept(["d", "e", "f"]));
    }

    [Fact]
    public void Accept_CapIsReached_IsFull()
    {
        var cursor = new PageCursor(3, maxFrom: 3);
        Assert.Equal(PageVerdict.More, cursor.Accept(["a", "b", "c"]));
        Assert.Equal(PageVerdict.Full, cursor.Accept(["c", "d", "e"]));
        Assert.Throws<InvalidOperationException>(() => cursor.Accept([]));
    }

    [Fact]
    public void Accept_ShortPageButMoreInAll_ReadsOn()
    {
        var cursor = new PageCursor(5, null);
        Assert.Equal(PageVerdict.More, cursor.Accept(["a", "b"], total: 3));
        Assert.Equal(PageVerdict.Complete, cursor.Accept(["b", "c"], total: 3));
    }

    [Fact]
    public void Accept_SamePageAgain_IsStuck()
    {
        var cursor = new PageCursor(3, null);
        cursor.Accept(["a", "b", "c"]);
        Assert.Equal(PageVerdict.Stuck, cursor.Accept(["a", "b", "c"]));
    }
}
