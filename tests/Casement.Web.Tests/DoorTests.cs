using System.Net;
using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>How patients, partners and people in an emergency come in, and what stays shut.</summary>
public sealed class DoorTests
{
    const string Email = "wren@example.org";

    static readonly CancellationToken Stop = CancellationToken.None;

    static Task<PatientId> Wren(House house, string name = "Wren Bury") => house.Admit(new Person(new(name), new(1987, 6, 5), Email));

    static Task<SignInLetter> Letter(House house, PatientId patient) =>
        house.Services.GetRequiredService<PatientDoor>().Letter(patient, TimeSpan.FromMinutes(30), Stop);

    static Task<Chart> Chart(House house, PatientId patient) => house.Services.GetRequiredService<Desk>().Peek(patient, Stop);

    [Fact]
    public async Task A_letter_is_asked_for_without_telling_who_is_known()
    {
        await using var house = await House.Open();
        var patient = await Wren(house);
        using var browser = house.Visit();
        foreach (var email in (string[])["WREN@example.org", "nobody@example.org"])
        {
            await browser.Go("/my/sign-in");
            await browser.Send("form:has(#Email)", ("Email", email));
            Assert.Equal("/my/sign-in/code", browser.Where.AbsolutePath);
        }
        var asked = Assert.Single((await Chart(house, patient)).Messages.Values);
        Assert.Equal("sign-in", asked.Asked.Template);
    }

    [Fact]
    public async Task Nobody_is_flooded_with_letters()
    {
        await using var house = await House.Open();
        var patient = await Wren(house);
        for (var i = 0; i < 9; i++) await house.Services.GetRequiredService<PatientDoor>().Ask(Email, Stop);
        Assert.Equal(4, (await Chart(house, patient)).Messages.Count);
        house.Clock.Ahead = TimeSpan.FromMinutes(61);
        await house.Services.GetRequiredService<PatientDoor>().Ask(Email, Stop);
        Assert.Equal(5, (await Chart(house, patient)).Messages.Count);
    }

    [Fact]
    public async Task The_link_survives_a_scanner_and_opens_once()
    {
        await using var house = await House.Open();
        var letter = await Letter(house, await Wren(house));
        using var scanner = house.Visit();
        for (var i = 0; i < 3; i++) await scanner.Go(letter.Link);
        using var browser = house.Visit();
        await browser.Go(letter.Link);
        await browser.Send("main form");
        Assert.Equal("/my", browser.Where.AbsolutePath);
        Assert.Equal("This link no longer opens", (await scanner.Go(letter.Link)).Heading);
    }

    [Fact]
    public async Task The_code_opens_on_another_device_once()
    {
        await using var house = await House.Open();
        var letter = await Letter(house, await Wren(house));
        using var browser = house.Visit();
        await browser.Go("/my/sign-in/code");
        await browser.Send("main form", ("Email", Email), ("Code", letter.Code[..4] + " " + letter.Code[4..]));
        Assert.Equal("/my", browser.Where.AbsolutePath);
        using var second = house.Visit();
        await second.Go("/my/sign-in/code");
        await second.Send("main form", ("Email", Email), ("Code", letter.Code));
        Assert.Equal("/my/sign-in/code", second.Where.AbsolutePath);
    }

    [Fact]
    public async Task Guessing_codes_ends_quickly()
    {
        await using var house = await House.Open();
        var letter = await Letter(house, await Wren(house));
        using var browser = house.Visit();
        for (var i = 0; i < 5; i++)
        {
            await browser.Go("/my/sign-in/code");
            await browser.Send("main form", ("Email", Email), ("Code", "00000000"));
        }
        await browser.Send("main form", ("Email", Email), ("Code", letter.Code));
        Assert.Contains("Too many tries", browser.Page.Body?.TextContent);
        house.Clock.Ahead = TimeSpan.FromMinutes(16);
        await browser.Go("/my/sign-in/code");
        await browser.Send("main form", ("Email", Email), ("Code", letter.Code));
        Assert.Equal("/my", browser.Where.AbsolutePath);
    }

    [Fact]
    public async Task A_code_of_one_record_opens_no_other_with_the_same_address()
    {
        await using var house = await House.Open();
        var (wren, robin) = (await Wren(house), await Wren(house, "Robin Bury"));
        var letter = await Letter(house, robin);
        _ = await Letter(house, wren);
        using var browser = house.Visit();
        await browser.Go("/my/sign-in/code");
        await browser.Send("main form", ("Email", Email), ("Code", letter.Code));
        Assert.Equal("Hello, Robin Bury", browser.Heading);
    }

    [Fact]
    public async Task A_patient_opens_no_staff_page_and_staff_no_page_of_a_patient()
    {
        await using var house = await House.Open();
        var patient = await Wren(house);
        using var mine = await house.AsPatient(patient);
        foreach (var page in Routes.Staff(house)) Assert.Equal("/sign-in", (await mine.Go(page)).Where.AbsolutePath);
        using var staff = await house.SignedIn();
        using var stranger = house.Visit();
        foreach (var page in Routes.Of(house, "/my", "/partner", "/support").Where(p => !p.StartsWith("/my/sign-", StringComparison.Ordinal) && !p.EndsWith("/passkey", StringComparison.Ordinal)))
        {
            foreach (var browser in (Browser[])[staff, stranger])
            {
                await browser.Go(page);
                Assert.True(browser.Where.AbsolutePath is "/my/sign-in" or "/open/again" || browser.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{page}: {browser.Where} {browser.Status}");
            }
        }
    }

    [Fact]
    public async Task A_patient_sees_their_sessions_and_ends_them()
    {
        await using var house = await House.Open();
        var patient = await Wren(house);
        using var phone = await house.AsPatient(patient);
        using var laptop = await house.AsPatient(patient);
        await laptop.Go("/my/account");
        Assert.Equal(2, laptop.Page.QuerySelectorAll("form:has(input[name=Session])").Length);
        await laptop.Send("form:has(input[name=_handler][value=end-all])");
        Assert.Equal("/my/sign-in", (await phone.Go("/my")).Where.AbsolutePath);
    }

    [Fact]
    public async Task A_patient_sees_who_looked_and_why()
    {
        await using var house = await House.Open();
        var patient = await Wren(house);
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}");
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/account");
        var looks = mine.Page.QuerySelector("table")?.TextContent ?? "";
        Assert.Contains("Alma Reyes, PMHNP-BC", looks);
        Assert.Contains("opened the chart", looks);
        Assert.Contains("You", looks);
    }

    [Fact]
    public async Task Idle_sign_out_loses_no_input()
    {
        await using var house = await House.Open();
        using var staff = await house.SignedIn();
        await staff.Go("/staff/patients/new");
        house.Clock.Ahead = TimeSpan.FromMinutes(16);
        await staff.Send("main form", ("Legal", "Ana María López"), ("Born", "1990-02-03"));
        Assert.Equal("/sign-in", staff.Where.AbsolutePath);
        var back = Uri.UnescapeDataString(staff.Where.Query.Split("back=")[1]);
        Assert.StartsWith("/staff/kept/", back);

        using var other = await house.SignedIn(new NewStaff("Ben Okafor", "ben@practice.example", [Role.Clinician]));
        Assert.Equal("There is nothing here to send again", (await other.Go(back)).Heading);

        await staff.Go(await house.DemoLink());
        await staff.Send("main form");
        await staff.Go(back);
        Assert.Equal("What you had written is still here", staff.Heading);
        Assert.Contains("Ana María López", staff.Page.Body?.TextContent);
        await staff.Send("main form");
        Assert.DoesNotContain("kept", staff.Where.AbsolutePath);
        Assert.Contains("Ana María López", staff.Page.Body?.InnerHtml);
    }

    [Fact]
    public async Task A_withdrawn_or_expired_link_opens_nothing_any_more_also_where_it_was_open()
    {
        await using var house = await House.Open();
        var patient = await Wren(house);
        var desk = house.Services.GetRequiredService<Desk>();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var link in (Guid[])[first, second])
            await desk.CarryOut(patient, Actor.Casement, _ => Decision.Accept(new LinkGiven(link, LinkFor.LetterCheck, Guid.NewGuid(), "Hillview", house.Clock.GetUtcNow().AddDays(3))), Stop);
        var door = house.Services.GetRequiredService<LinkDoor>();
        var address = door.Address(patient, first).PathAndQuery;
        using var browser = house.Visit();
        Assert.Equal("For Hillview", (await browser.Go(address)).Heading);
        await desk.CarryOut(patient, Actor.Casement, _ => Decision.Accept(new LinkWithdrawn(first, "Sent to the wrong clinic")), Stop);
        Assert.Equal("This link no longer opens", (await browser.Go(address)).Heading);
        Assert.Equal("For Hillview", (await browser.Go(door.Address(patient, second).PathAndQuery)).Heading);
        house.Clock.Ahead = TimeSpan.FromDays(3);
        Assert.Equal("This link no longer opens", (await browser.Go(door.Address(patient, second).PathAndQuery)).Heading);
        Assert.Equal("This link no longer opens", (await browser.Go("/open/" + new string('A', 80))).Heading);
    }

    [Fact]
    public async Task The_glass_is_broken_with_a_reason_for_a_while_and_reviewed_by_somebody_else()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await Wren(house);
        using var guide = await house.SignedIn(new NewStaff("Gil Guide", "gil@practice.example", [Role.Guide]));
        var chart = $"/staff/patients/{patient}";
        Assert.Equal(HttpStatusCode.Forbidden, (await guide.Go(chart)).Status);

        await guide.Go("/staff/emergency");
        await guide.Send("main form", ("Name", "Wren"), ("Born", "6/5/1987"), ("Reason", "Fainted in the waiting room"));
        Assert.Contains("Nothing was opened", guide.Page.Body?.TextContent);
        await guide.Send("main form", ("Name", "wren bury"), ("Born", "6/5/1987"), ("Reason", "urgent"));
        Assert.Contains("Say in a sentence why", guide.Page.Body?.TextContent);
        await guide.Send("main form", ("Name", "wren bury"), ("Born", "6/5/1987"), ("Reason", "Fainted in the waiting room"));
        Assert.Equal((chart, HttpStatusCode.OK), (guide.Where.AbsolutePath, guide.Status));
        Assert.Equal(HttpStatusCode.Forbidden, (await guide.Go($"/staff/patients/{await house.Admit("Other Person", new(1990, 1, 1))}")).Status);

        using var nurse = await house.SignedIn();
        Assert.Contains("Gil Guide opened this chart in an emergency", (await nurse.Go("/staff")).Page.Body?.TextContent);
        await nurse.Go($"{chart}/emergency");
        await nurse.Send("main form", ("Finding", "Needed. I was called."));
        Assert.DoesNotContain("in an emergency", (await nurse.Go("/staff")).Page.Body?.TextContent);

        house.Clock.Ahead = TimeSpan.FromMinutes(61);
        using var later = await house.SignedIn(new NewStaff("Gil Guide", "gil@practice.example", [Role.Guide]));
        Assert.Equal(HttpStatusCode.Forbidden, (await later.Go(chart)).Status);
    }

    [Fact]
    public async Task Breaking_the_glass_asks_for_a_fresh_sign_in()
    {
        await using var house = await House.Open();
        using var guide = await house.SignedIn(new NewStaff("Gil Guide", "gil@practice.example", [Role.Guide]));
        house.Clock.Ahead = TimeSpan.FromMinutes(6);
        await guide.Go("/staff/emergency");
        Assert.Null(guide.Page.QuerySelector("#Reason"));
        Assert.Contains("prove who you are again", guide.Page.Body?.TextContent);
    }
}
