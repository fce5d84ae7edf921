namespace HelpdeskSync.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void One_Plus_Is() => Assert.Equal(2, 1 + 1);
}
