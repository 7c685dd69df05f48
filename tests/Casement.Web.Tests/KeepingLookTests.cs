using Casement.Web.SignIn;
using Casement.Web.Tests.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>What only a browser with script shows: a form saves itself within five seconds and is whole again in another tab.</summary>
[Collection(Window.Shared)]
public sealed class KeepingLookTests(Window window)
{
    [Fact]
    public async Task A_message_is_saved_while_it_is_typed_and_put_back_on_another_device()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        var door = house.Services.GetRequiredService<PatientDoor>();
        var phone = await window.Tab(house, 390);
        await phone.GotoAsync((await door.Link(claudia, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken)).PathAndQuery);
        await phone.ClickAsync("text=Open my pages");
        await phone.GotoAsync("/my/messages/new");
        await phone.FillAsync("#Subject", "The way home");
        await phone.FillAsync("#Text", "My sister drives me. I thought of suicide last year.");
        await phone.WaitForSelectorAsync("[data-saved]:has-text('Saved at')", new() { Timeout = 5_000 });

        var desktop = await window.Tab(house);
        await desktop.GotoAsync((await door.Link(claudia, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken)).PathAndQuery);
        await desktop.ClickAsync("text=Open my pages");
        await desktop.GotoAsync("/my/messages/new");
        await desktop.WaitForSelectorAsync("[data-saved]:has-text('We put it back')");
        Assert.Equal("The way home", await desktop.InputValueAsync("#Subject"));
        Assert.StartsWith("My sister drives me.", await desktop.InputValueAsync("#Text"), StringComparison.Ordinal);
        // Help shows for what was put back as for what is typed.
        await desktop.WaitForSelectorAsync("[data-crisis-card]:not([hidden])");
        await desktop.ClickAsync("main button:has-text('Send')");
        await desktop.WaitForSelectorAsync("h1:has-text('The way home')");
        await desktop.GotoAsync("/my/messages/new");
        Assert.Equal("", await desktop.InputValueAsync("#Text"));
        await phone.Context.CloseAsync();
        await desktop.Context.CloseAsync();
    }
}
