using Casement.CheckIns;
using Casement.Courses;
using Casement.Journal;
using Casement.People;
using Casement.Web.Background;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The questions of the schedule as a person meets them: by the link of a message, or after signing in.</summary>
public sealed class SittingPageTests
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    static Task<Chart> Chart(House house, PatientId patient) => house.Services.GetRequiredService<Desk>().Peek(patient, Stop);

    /// <summary>A person whose first session was so many days ago, after the round of that day.</summary>
    static async Task<(PatientId Patient, SittingAsked Asked)> After(House house, int days, string milestone)
    {
        var patient = await house.Admit(new Person(new("Wren Bury"), new(1987, 6, 5), "wren@example.org"));
        // At eleven in the morning, whatever hour the test runs at.
        var now = TimeProvider.System.GetUtcNow();
        house.Clock.Ahead = Casement.FollowUp.BusinessDays.At(CourseOnChart.DateIn(now, Denver), new(11, 0), Denver) - now;
        var first = CourseOnChart.DateIn(house.Clock.GetUtcNow(), Denver).AddDays(-days);
        await house.Services.GetRequiredService<Desk>().CarryOut(patient, Actor.Casement, _ => Decision.Accept(new SessionElsewhere(Guid.NewGuid(), first, "racemic-ketamine-iv", "A clinic", null)), Stop);
        await house.Services.GetRequiredService<Chores>().RunDue(Stop);
        return (patient, Assert.Single((await Chart(house, patient)).Sittings.Values, s => s.Asked.Milestone == milestone).Asked);
    }

    static (string, string)[] Answers(int count, string value, params (int Item, string Value)[] but) =>
        [.. Enumerable.Range(1, count).Select(i => ($"item-{i}", but.FirstOrDefault(b => b.Item == i).Value ?? value))];

    [Fact]
    public async Task A_link_leads_through_every_part_and_an_interrupted_one_goes_on_where_it_stopped()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, asked) = await After(house, 1, "24h");
        var page = house.Services.GetRequiredService<LinkDoor>().Address(patient, asked.CheckIn, CheckingIn.Room).PathAndQuery;
        using var phone = house.Visit();
        await phone.Go(page);
        Assert.Equal("A one-minute check-in", phone.Heading);
        Assert.Contains("Part 1 of 2", phone.Page.Body?.TextContent);
        await phone.Send("form.check-in", Answers(5, "7", (2, "3"), (5, "0")));
        Assert.Equal("Questions about the day after your session", phone.Heading);

        using var later = house.Visit();
        await later.Go(page);
        Assert.Equal("Questions about the day after your session", later.Heading);
        await later.Send("form.check-in", Answers(12, "0"));
        Assert.Equal("Thank you", later.Heading);
        Assert.Null(later.Page.QuerySelector("main a.button"));
        Assert.Equal(["pulse", "side-effects-24h"], (await Chart(house, patient)).Scales.Select(s => s.What.Instrument));
    }

    [Fact]
    public async Task What_tells_more_is_answered_after_signing_in_and_is_on_the_home_page_until_then()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, asked) = await After(house, 5, "weekly");
        using var phone = await house.AsPatient(patient);
        Assert.NotNull(phone.Page.QuerySelector($"a[href='/my/check-in/{asked.CheckIn}']"));
        await phone.Go($"/my/check-in/{asked.CheckIn}");
        Assert.Equal("Nine questions about your mood", phone.Heading);
        await phone.Send("form.check-in", ("item-1", "9"));
        Assert.Contains("not among those to choose from", phone.Page.Body?.TextContent);
        await phone.Send("form.check-in", Answers(10, "1", (9, "0"), (10, "0")));
        Assert.Equal("Seven questions about worry", phone.Heading);
        Assert.Contains("Part 2 of 4", phone.Page.Body?.TextContent);
        Assert.Equal(ActorKind.Patient, Assert.Single((await Chart(house, patient)).Scales).By.Kind);
        await phone.Go("/my");
        Assert.Contains("3 of 4 parts are left", phone.Page.Body?.TextContent);
    }

    [Fact]
    public async Task Thoughts_of_death_show_help_first_and_then_ask_the_screen()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, asked) = await After(house, 5, "weekly");
        using var phone = await house.AsPatient(patient);
        await phone.Go($"/my/check-in/{asked.CheckIn}");
        await phone.Send("form.check-in", Answers(10, "1"));
        Assert.Equal("Thank you for telling us", phone.Heading);
        Assert.NotNull(phone.Page.QuerySelector("main a[href='tel:988']"));
        await phone.Go(phone.Page.QuerySelector("main a.button")?.GetAttribute("href") ?? "");
        Assert.Equal("A few more questions, so that we know how to help", phone.Heading);
        Assert.Contains((await Chart(house, patient)).Alarms, a => a.Raised.Flag == "phq9-item9");
        Assert.True((await Chart(house, patient)).Safety.IsOpen);
    }

    [Fact]
    public async Task Another_persons_questions_look_absent()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (_, asked) = await After(house, 5, "weekly");
        var other = await house.Admit(new Person(new("Ann Lee"), new(1990, 1, 1), "ann@example.org"));
        using var phone = await house.AsPatient(other);
        await phone.Go($"/my/check-in/{asked.CheckIn}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, phone.Status);
        await phone.Go($"/my/check-in/{asked.CheckIn}/done");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, phone.Status);
    }

    [Fact]
    public async Task Staff_see_the_schedule_with_what_was_answered()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, asked) = await After(house, 5, "weekly");
        using (var phone = await house.AsPatient(patient))
        {
            await phone.Go($"/my/check-in/{asked.CheckIn}");
            await phone.Send("form.check-in", Answers(10, "1", (9, "0"), (10, "0")));
        }
        using var nurse = await house.SignedIn();
        await nurse.Go($"/staff/patients/{patient}/check-ins");
        var row = Assert.Single(nurse.Page.QuerySelectorAll("tr"), r => r.TextContent.Contains("Weekly (1)", StringComparison.Ordinal));
        Assert.Contains("on time", row.TextContent);
        Assert.Contains("8, ", row.TextContent);
        // The day after the session nobody was here to ask.
        Assert.Contains("Safety checks missed: 1.", nurse.Page.Body?.TextContent);
    }

    [Fact]
    public async Task What_answers_propose_is_chosen_together_and_opens_tasks()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, asked) = await After(house, 5, "weekly");
        using (var phone = await house.AsPatient(patient))
        {
            await phone.Go($"/my/check-in/{asked.CheckIn}");
            await phone.Send("form.check-in", Answers(10, "3", (9, "0")));
        }
        using var nurse = await house.SignedIn();
        await nurse.Go($"/staff/patients/{patient}/check-ins");
        Assert.Contains("Severe depression score", nurse.Page.QuerySelector("form:has([name=Chosen])")?.TextContent);
        await nurse.Send("form:has([name=Chosen])", ("Do", "take"));
        Assert.Contains("Choose at least one proposal", nurse.Page.Body?.TextContent);
        var key = nurse.Page.QuerySelector("[name=Chosen]")?.GetAttribute("value") ?? "";
        await nurse.Send("form:has([name=Chosen])", ("Chosen", key), ("Do", "take"));
        Assert.StartsWith("See to this (Severe depression score)", Assert.Single((await Chart(house, patient)).Tasks.Values).Opened.What);
        Assert.Null(nurse.Page.QuerySelector("[name=Chosen]"));
    }
}
