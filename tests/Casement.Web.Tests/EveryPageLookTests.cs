using System.Net;
using System.Text.RegularExpressions;
using Casement.CheckIns;
using Casement.Journal;
using Casement.People;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Web.SignIn;
using Casement.Web.Tests.Messages;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Casement.Web.Tests.Referring;

namespace Casement.Web.Tests;

/// <summary>Every page of every door, from the table of routes and with real ids, on a phone: axe finds nothing and nothing scrolls sideways. A page added tomorrow is in it.</summary>
[Collection(Window.Shared)]
public sealed partial class EveryPageLookTests(Window window)
{
    /// <summary>Pages that are not walked here, and why: they open once, or only on the way from another.</summary>
    static readonly Dictionary<string, string> NotWalked = new()
    {
        ["/enter/{Token}"] = "a link that opens once; LookTests follows one",
        ["/open/{Token}"] = "a link that opens once; ReferralJourneyTests follows one",
        ["/enrol/password"] = "the way in of new staff; LookTests goes it",
        ["/enrol/authenticator"] = "the way in of new staff; LookTests goes it",
        ["/enrol/recovery-codes"] = "the way in of new staff; LookTests goes it",
        ["/sign-in/code"] = "only after a password",
        ["/sign-in/recovery-code"] = "only after a password",
        ["/my/sign-in/code"] = "only after an address was given",
        ["/staff/kept/{Key}"] = "only with a form kept over a sign-out",
        ["/my/kept/{Key}"] = "only with a form kept over a sign-out",
        ["/partner/kept/{Key}"] = "only with a form kept when a link's room was shut",
        ["/my/details/wrong"] = "only about one thing on the record, named in the address; LookTests looks at one",
        ["/staff/patients/import/{Upload:guid}"] = "only with an upload held",
        ["/staff/patients/{Patient:guid}/emergency"] = "only for whom a chart was opened in an emergency",
        ["/staff/mail/{Message:guid}"] = "only with letters kept in a folder; MailLookTests looks at one",
        ["/my/safety-plan/kept"] = "only with a plan; PapersLookTests looks at it",
        ["/staff/away/{Id:guid}"] = "only after an absence; OfficeLookTests looks at one",
    };

    static readonly string[] Signed = ["/staff", "/my", "/partner", "/support"];

    [Fact]
    public async Task Every_page_of_every_door_is_accessible_on_a_phone()
    {
        var (house, _) = await Sayings.OpenWithMail(o => o with { Rows = Lists.With(House.Ketamine, () => System.Collections.Immutable.ImmutableSortedDictionary<string, decimal>.Empty, House.Sittings) });
        await using var closing = house;
        var (ids, links, patient) = await Furnish(house);
        var pages = house.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).Select(e => e.Pattern()).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(pages.Length > 60, $"Only {pages.Length} pages were found.");
        Assert.Empty(NotWalked.Keys.Except(pages));

        var wrong = new List<string>();
        foreach (var (door, open) in new (string, Func<IPage, Task>)[]
        {
            ("/staff", async page => await Follow(page, await house.DemoLink())),
            ("/my", async page => await Follow(page, await house.Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(9), default))),
            ("/partner", page => Follow(page, links.Partner)),
            ("/support", page => Follow(page, links.Support)),
            ("", _ => Task.CompletedTask),
        })
        {
            var page = await window.Tab(house, 390);
            await open(page);
            foreach (var pattern in pages.Where(p => !NotWalked.ContainsKey(p) && (door.Length > 0 ? p == door || p.StartsWith(door + "/", StringComparison.Ordinal) && !p.StartsWith("/my/sign-in", StringComparison.Ordinal) : Signed.All(s => p != s && !p.StartsWith(s + "/", StringComparison.Ordinal)) || p.StartsWith("/my/sign-in", StringComparison.Ordinal))))
            {
                if (Address(pattern, ids) is not { } address) wrong.Add($"{pattern}: no id for it stands in Furnish.");
                else if (await Problem(page, pattern, address) is { } problem) wrong.Add(problem);
            }
            await page.Context.CloseAsync();
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    static async Task<string?> Problem(IPage page, string pattern, string address)
    {
        var answer = await page.GotoAsync(address);
        if (pattern != "/problem/{Status:int}" && answer?.Status != (int)HttpStatusCode.OK) return $"{pattern} answered {answer?.Status} at {address}";
        if (new Uri(page.Url).AbsolutePath != address.Split('?')[0]) return $"{pattern} led from {address} to {page.Url}";
        if (LookTests.Shots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"every{pattern.Replace('/', '-').Replace('{', '_').Replace('}', '_').Replace(':', '_')}-390.png"), FullPage = true });
        var axe = await page.RunAxe();
        if (axe.Violations.Length > 0) return $"{pattern}: {string.Join("; ", axe.Violations.Select(LookTests.Say))}";
        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > 390 ? $"{pattern} scrolls sideways." : null;
    }

    static async Task Follow(IPage page, Uri link)
    {
        await page.GotoAsync(link.PathAndQuery);
        await page.ClickAsync("main form button");
    }

    /// <summary>Null for a page whose id nobody put there yet: then <see cref="Furnish"/> is where it is put.</summary>
    static string? Address(string pattern, Dictionary<string, string> ids)
    {
        var address = Placeholder().Replace(pattern, hole =>
        {
            var name = hole.Groups[1].Value.Split(':')[0];
            return ids.TryGetValue($"{pattern} {name}", out var own) || ids.TryGetValue(name, out own) ? own : hole.Value;
        });
        return address.Contains('{', StringComparison.Ordinal) ? null : address;
    }

    /// <summary>One person with something of everything, and a second whose answers come on paper.</summary>
    static async Task<(Dictionary<string, string> Ids, (Uri Partner, Uri Support) Links, PatientId Patient)> Furnish(House house)
    {
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, clinic, house.Clock.GetUtcNow().AddHours(3), house.Clock.GetUtcNow(), null));
        var (session, person) = (Guid.NewGuid(), Guid.NewGuid());
        await house.Carry(patient, chart => Supporting.Name(chart, person, Guid.NewGuid(), "Sam", "sam@example.org", "303 555 0111", house.Clock.GetUtcNow().AddDays(90)));
        using (var nurse = await house.OnLink(patient, link))
        {
            await nurse.Go($"/partner/session/{session}/before");
            await nurse.Send("form.checklist", AllInOrder());
            await nurse.Send("form:has(#Giver)", ("Giver", "Dr Osei"), ("DoseMg", "35"), ("WeightKg", "70"));
        }
        await house.Carry(patient, chart => Casement.Courses.Reviewing.AskEarly(chart, new(Guid.NewGuid(), DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime).AddDays(-2), "A hard week"), DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime)));
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/intake");
        await staff.Send("main form:has(button)");
        using (var mine = await house.AsPatient(patient))
        {
            await mine.Go("/my/intake");
            await mine.Send("main form");
            await mine.Go("/my/documents/doc-telehealth");
            await mine.Send("form.signing", ("TypedName", "Claudia Ordóñez"), ("Agreed", "yes"));
            await mine.Go("/my/messages/new");
            await mine.Send("main form", ("Subject", "Hello"), ("Text", "Can I come on Friday?"));
            await mine.Go("/my/intentions");
            await mine.Send("form:has(#Words)", ("Words", "Rest."));
            await mine.Go("/my/journal");
            await mine.Send("form:has(#Text)", ("Text", "I slept through the night."));
            await mine.Send("form[method=post]:has([name=Seen])");
        }
        var notes = new List<string>();
        foreach (var (part, form, kind) in new[] { ("notes", "main form:has(button[name=Kind])", "Visit"), ("apart", "main form:has(button)", "") })
        {
            await staff.Go($"/staff/patients/{patient}/{part}");
            await staff.Send(form, ("Kind", kind));
            notes.Add(staff.Where.Segments[^1]);
        }
        await staff.Go($"/staff/patients/{patient}/check-ins");
        await staff.Send("form:has([name=Scale])", ("Scale", "pulse"));
        await house.Answered(patient, ("phq9", -2, 20), ("phq9", 1, 12), ("gad7", 1, 9));
        await staff.Go("/staff/away");
        var paper = await house.Admit("Wren Bury", new(1988, 4, 2));
        await staff.Go($"/staff/patients/{paper}/intake");
        var day = house.Clock.GetUtcNow().AddDays(-3);
        await staff.Send("form:has(#PaperOn)", ("PaperOn", $"{day.Month}/{day.Day}/{day.Year}"));
        var (now, options) = (house.Clock.GetUtcNow(), house.Services.GetRequiredService<WebOptions>());
        await house.Carry(patient, chart => Overdue.Decide(chart, House.ReferralRules, options.Readiness ?? throw new InvalidOperationException("Nothing is asked."), options.Zone, now.AddHours(2)));
        await house.Carry(patient, _ => Decision.Accept(new Casement.Programmes.StepAdded("worries", null, "Has time now")));
        await house.SendDue();
        var chart = await house.Read(patient);
        var door = house.Services.GetRequiredService<LinkDoor>();
        var message = chart.Messages.Values.First(m => m.Asked.Template == CheckingIn.Template).Asked;
        var asked = house.Services.GetRequiredService<Casement.Web.Messages.StopDoor>().Address(patient, message.Message);
        return (new()
        {
            ["Patient"] = patient.ToString(),
            ["/staff/patients/{Patient:guid}/intake/{Question} Patient"] = paper.ToString(),
            ["/staff/patients/{Patient:guid}/intake/review Patient"] = paper.ToString(),
            ["Referral"] = referral.ToString(),
            ["Session"] = session.ToString(),
            ["/partner/session/{Session:guid}/before Session"] = Guid.NewGuid().ToString(),
            ["Clearance"] = chart.Clearances[^1].Signed.Clearance.ToString(),
            ["Partner"] = clinic.Id.ToString(),
            ["Family"] = "doc-ket-consent",
            ["Signature"] = chart.Consents.Signatures[^1].Signed.Signature.ToString(),
            ["Question"] = "weight",
            ["Note"] = notes[0],
            ["/staff/patients/{Patient:guid}/apart/{Note:guid} Note"] = notes[1],
            ["Conversation"] = chart.Conversations.Keys.Single().ToString(),
            ["/my/messages/{Id:guid} Id"] = chart.Conversations.Keys.Single().ToString(),
            ["Message"] = message.Message.ToString(),
            ["Entry"] = chart.Programme.Journal.Keys.Single().ToString(),
            ["Step"] = "worries",
            ["/my/step/{Key} Key"] = "worries",
            ["Status"] = "404",
            ["/check/{Token} Token"] = house.Services.GetRequiredService<Public.CheckDoor>().Address(patient, chart.Clearances[^1].Signed.Clearance).Segments[^1],
            ["/messages/stop/{Token} Token"] = asked.Segments[^1],
            ["/r/{Token} Token"] = door.Address(patient, chart.Readiness.Keys.Single(), AskingReadiness.Room).Segments[^1],
            ["/c/{Token} Token"] = door.Address(patient, chart.CheckIns.Keys.Single(), CheckingIn.Room).Segments[^1],
            ["/my/check-in/{Id:guid} Id"] = chart.CheckIns.Keys.Single().ToString(),
            ["/my/check-in/{Id:guid}/done Id"] = chart.CheckIns.Keys.Single().ToString(),
            ["/c/{Token}/done Token"] = door.Address(patient, chart.CheckIns.Keys.Single(), CheckingIn.Room).Segments[^1],
        }, (door.Address(patient, link), door.Address(patient, person)), patient);
    }

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Placeholder();
}
