
namespace Casement.Web.Tests;

public sealed class SignInTests : IAsyncLifetime
{
    House house { get => field ?? throw new InvalidOperationException("Not open yet."); set; }

    public async ValueTask InitializeAsync() => house = await House.Open();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task The_demonstration_link_signs_in_once_and_only_on_the_button()
    {
        var link = await house.DemoLink();
        using var scanner = house.Visit();
        await scanner.Go(link);
        await scanner.Go(link);
        using var browser = house.Visit();
        await browser.Go(link);
        await browser.Send("main form");
        Assert.Equal(("/staff", "Worklist"), (browser.Where.AbsolutePath, browser.Heading));
        using var late = house.Visit();
        await late.Go(link);
        Assert.Equal("This link no longer opens", late.Heading);
    }
}
