using Casement.Messages;
using Casement.People;
using Casement.Referrals;
using Casement.Web.Messages;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests.Messages;

/// <summary>The pages about who is told, narrow and wide: no axe violation, no sideways scrolling.</summary>
[Collection(Window.Shared)]
public sealed class UrgentLookTests(Window window)
{
    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task Every_page_about_who_is_told_is_accessible(int width, bool dark)
    {
        var folder = Directory.CreateTempSubdirectory("casement-texts-");
        var (house, _) = await Sayings.OpenWithMail(o => o with { Rows = null, Texts = new TextFolder(folder.FullName) });
        await using var open = house;
        var alma = (await house.Invite(House.Nurse)).Account.Id.ToString("D");
        await house.Invite(new("Ben Okafor", "ben@practice.example", [Role.Clinician], "NP"));
        await house.Services.GetRequiredService<StaffBook>().Keep(alma, new([Channel.Email, Channel.Text], Channel.Email, "", "+13035550142"), TestContext.Current.CancellationToken);
        var patient = await house.ClearedPatient();
        await house.Carry(patient, chart => Assigning.Decide(chart, new(alma, "Alma Reyes", "PMHNP-BC", true, true)));
        var (referral, _) = await house.SentTo(patient, await house.Clinic());
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, null, now.AddDays(3), now, null));
        await SafetyTests.Says(house, patient, "cssrs-q4");
        await house.SendDue();

        var page = await window.Tab(house, width, dark);
        await page.GotoAsync((await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromHours(1), TestContext.Current.CancellationToken)).PathAndQuery);
        await page.ClickAsync("main button");
        await LookTests.Look(page, $"/my/referrals/{referral}", "my-visit", width, dark);
        await page.GotoAsync((await house.DemoLink()).PathAndQuery);
        await page.ClickAsync("main button");
        await LookTests.Look(page, "/staff/account", "reach", width, dark);
        await page.ClickAsync("text=Send me a test");
        await LookTests.Look(page, null, "reach-tested", width, dark);
        await LookTests.Look(page, "/staff/away", "away-told", width, dark);
        await LookTests.Look(page, $"/staff/patients/{patient}/safety", "safety-told", width, dark);
        await page.Context.CloseAsync();
        folder.Delete(recursive: true);
    }
}
