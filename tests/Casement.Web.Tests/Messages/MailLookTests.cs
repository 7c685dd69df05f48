using Casement.Journal;
using Casement.Messages;
using Casement.Web.Background;
using Casement.Web.Messages;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests.Messages;

/// <summary>The pages about messages, narrow and wide: no axe violation, no sideways scrolling.</summary>
[Collection(Window.Shared)]
public sealed class MailLookTests(Window window)
{
    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Every_page_about_messages_is_accessible(int width, bool dark)
    {
        var folder = Directory.CreateTempSubdirectory("casement-mail-");
        await using var house = await House.Open(o => o with
        {
            Post = new MailFolder(folder.FullName),
            Also = services =>
            {
                o.Also?.Invoke(services);
                services.AddSingleton(new Chore("overdue-referrals", TimeSpan.FromHours(1), _ => Task.CompletedTask));
            },
        });
        var patient = await house.Admit(Sayings.Claudia);
        var sent = await house.Ask(patient, "sign-in");
        var failed = await house.Ask(patient, "referral-waiting", new(AddresseeKind.Partner, "Hillview Infusion", "not an address"), "/partner");
        var call = await house.Ask(patient, "clearance-changed");
        await house.Carry(patient, _ => Decision.Accept(new MessageHeldBack(call, HeldBecause.CallInstead, Call: true)));
        await house.SendDue();
        await house.Services.GetRequiredService<Chores>().RunDue(CancellationToken.None);
        var page = await window.Tab(house, width, dark);

        var stop = house.Services.GetRequiredService<StopDoor>().Address(patient, sent).PathAndQuery;
        await LookTests.Look(page, stop, "stop", width, dark);
        await LookTests.Look(page, "/messages/stop/nothing", "stop-nothing", width, dark);

        await page.GotoAsync((await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromHours(1), CancellationToken.None)).PathAndQuery);
        await page.ClickAsync("main button");
        await LookTests.Look(page, "/my/messages/preferences", "preferences", width, dark);
        await page.ClickAsync("text=Save");
        await LookTests.Look(page, null, "preferences-saved", width, dark);
        await page.ClickAsync("main button.danger");
        await LookTests.Look(page, null, "preferences-stopped", width, dark);

        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("main button");
        await LookTests.Look(page, "/staff/mail", "mail", width, dark);
        await LookTests.Look(page, $"/staff/mail/{sent}", "one-mail", width, dark);
        await LookTests.Look(page, $"/staff/patients/{patient}/mail", "messages", width, dark);
        Assert.Equal(Delivery.GivenUp, (await house.Message(patient, failed)).State);
        await page.Context.CloseAsync();
        folder.Delete(recursive: true);
    }
}
