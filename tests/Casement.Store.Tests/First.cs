namespace Casement.Store.Tests;

public sealed class First
{
    [Xunit.Fact]
    public void The_house_stands() => Xunit.Assert.Equal(2, 1 + 1);
}
