using System.Net;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Safety;
using Casement.Web.Clinician.Safety;
using Casement.Web.Printing;
using Casement.Web.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The suicide-risk pathway and the safety plan over HTTP.</summary>
public sealed class SafetyTests
{
    static readonly (string, string)[] Whole =
    [
        ("plan-1", "I stop answering the phone"), ("plan-2", "Walk the dog\nPlay the piano"), ("plan-3", "Coffee at Ada’s"),
        ("plan-4", "Ada, 303 555 0142"), ("plan-5", ""), ("plan-6", "Ada keeps my sleeping pills"),
    ];

    static async Task<(House House, PatientId Patient)> Wren()
    {
        var house = await House.Open(o => o with { Rows = null });
        return (house, await house.Admit(new Person(new("Wren Ó Bury"), new(1988, 1, 2), "wren@example.org", "303 555 0199")));
    }

    /// <summary>The patient answers alone, as a questionnaire would write it down.</summary>
    internal static async Task Says(House house, PatientId patient, string fact)
    {
        var now = house.Clock.GetUtcNow();
        await house.Services.GetRequiredService<Desk>().CarryOut(patient, new(ActorKind.Patient, patient.ToString(), "Wren"),
            chart => Recording.Facts(chart, House.Ketamine, [new(fact, FactValue.Of(true), now, FactSource.Patient)], now), default);
    }

    internal static string Text(Browser browser) => string.Join(' ', (browser.Page.QuerySelector("main")?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task An_urgent_answer_is_on_the_worklist_and_on_every_page_of_the_chart_at_once()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        await Says(house, patient, "cssrs-q4");
        using var staff = await house.SignedIn();
        Assert.Contains("Answered alone, not seen yet: Suicide screen, item 4: yes", Text(await staff.Go("/staff")), StringComparison.Ordinal);
        Assert.Contains("Evaluate now; 911 if danger or contact is lost", Text(staff), StringComparison.Ordinal);
        foreach (var page in new[] { "", "/clearance", "/documents", "/safety" })
            Assert.Contains("Safety pathway open. High", Text(await staff.Go($"/staff/patients/{patient}{page}")), StringComparison.Ordinal);
        Assert.Contains((await house.Read(patient)).Duties.Values, d => d.Called is { Template: "staff-urgent", Urgent: true });
    }

    [Fact]
    public async Task The_whole_way_from_answer_to_close()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        await Says(house, patient, "cssrs-q3");
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/safety");
        Assert.Contains("59 minutes left", Text(staff).Replace("60 minutes left", "59 minutes left", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("It stays open until:", Text(staff), StringComparison.Ordinal);
        await staff.Send("#why ~ form, section:has(#why) form");
        Assert.Contains("Seen by Alma Reyes", Text(staff), StringComparison.Ordinal);

        await staff.Send("form:has([value='sp-remote'])", ("What-sp-remote", "Rang twice"), ("Outcome-sp-remote", "NoAnswer"));
        Assert.Contains("Speak with the person who answered", Text(staff), StringComparison.Ordinal);
        await staff.Send("form:has([value='sp-remote'])", ("What-sp-remote", "Spoke for ten minutes"), ("Outcome-sp-remote", "Reached"));
        await staff.Send("form:has([value='sp-mod-2'])", ("What-sp-mod-2", "Told Dr Okafor, next contact booked"), ("Outcome-sp-mod-2", "Reached"));

        var due = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(house.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Denver")).DateTime).AddDays(2);
        (string, string)[] evaluation = [("By", "Video"), ("Findings", "Thoughts with a method, no intent."), ("Formulation", "Lower with support at home."), ("Level", "Moderate"), ("Means", "no"), ("Decided", "Stays at home; plan made today.")];
        await staff.Send("form:has(#Findings)", [.. evaluation, ("FollowUpOn", "")]);
        Assert.Contains("Give the date of the next contact.", Text(staff), StringComparison.Ordinal);
        Assert.Equal("Thoughts with a method, no intent.", staff.Page.QuerySelector("#Findings")?.TextContent);
        await staff.Send("form:has(#Findings)", [.. evaluation, ("FollowUpOn", $"{due:M/d/yyyy}")]);
        Assert.Contains("A current safety plan is needed, reviewed with the patient.", Text(staff), StringComparison.Ordinal);

        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/safety-plan/edit");
        await mine.Send("form.plan-form", Whole);
        Assert.Equal("/my/safety-plan", mine.Where.AbsolutePath);
        Assert.Equal("tel:3035550142", mine.Page.QuerySelectorAll(".plan-call").First(a => a.TextContent.Contains("Ada,", StringComparison.Ordinal)).GetAttribute("href"));

        await staff.Go($"/staff/patients/{patient}/safety");
        await staff.Send("form:has(input[name=Plan])");
        await staff.Send("form:has(#Because)", ("Because", "Settled, plan in place, next contact booked."));
        Assert.Contains("No pathway is open.", Text(staff), StringComparison.Ordinal);
        Assert.Contains("Follow up after the evaluation", Text(await staff.Go("/staff")), StringComparison.Ordinal);
        var chart = await house.Read(patient);
        Assert.False(chart.Safety.IsOpen);
        Assert.Equal("yes", chart.Facts["safety-plan-current"][^1].Fact.Value.ToString());
        Assert.Equal("yes", chart.Facts["suicide-evaluated"][^1].Fact.Value.ToString());
    }

    [Fact]
    public async Task A_forged_close_is_refused_and_nothing_moves()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        await Says(house, patient, "cssrs-q3");
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/safety");
        await staff.Send("form:has(#Findings)", ("_handler", "close"), ("Because", "Because I say that it is over now."));
        Assert.True((await house.Read(patient)).Safety.IsOpen);
    }

    [Fact]
    public async Task The_clock_tells_the_next_person_once_and_stops_when_seen()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        await Says(house, patient, "cssrs-q1");
        var (desk, options) = (house.Services.GetRequiredService<Desk>(), house.Services.GetRequiredService<WebOptions>());
        Task<int> Tick() => SafetyClocks.Run(desk, house.Store, options.Practice, House.SafetyRules, house.Clock.GetUtcNow(), default);
        Assert.Equal(0, await Tick());
        house.Clock.Ahead = TimeSpan.FromMinutes(16);
        Assert.Equal(1, await Tick());
        Assert.Equal(0, await Tick());
        house.Clock.Ahead = TimeSpan.FromMinutes(31);
        Assert.Equal(1, await Tick());
        Assert.Equal(3, (await house.Read(patient)).Duties.Count);
        await house.Carry(patient, chart => Working.Acknowledge(chart, Charts.Alma, []));
        house.Clock.Ahead = TimeSpan.FromHours(5);
        Assert.Equal(0, await Tick());
    }

    [Fact]
    public async Task A_patient_is_never_shown_a_tier_a_score_or_a_label()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        await Says(house, patient, "cssrs-q4");
        using var mine = await house.AsPatient(patient);
        foreach (var page in new[] { "/my", "/my/safety-plan", "/my/safety-plan/edit", "/my/documents" })
        {
            var text = (await mine.Go(page)).Page.Body?.TextContent ?? "";
            foreach (var label in new[] { "high", "moderate", "risk", "tier", "score", "screen", "positive", "alert", "pathway", "committed" })
                Assert.DoesNotMatch($@"(?i)\b{label}\b", text);
            Assert.Contains("988", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_plan_is_one_tap_from_every_page_and_prints_on_one_sheet()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        using var mine = await house.AsPatient(patient);
        Assert.NotNull((await mine.Go("/my")).Page.QuerySelector("header a[href='/my/safety-plan']"));
        Assert.Equal(HttpStatusCode.NotFound, (await mine.Go("/my/safety-plan/plan.pdf")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mine.Go("/my/safety-plan/kept")).Status);
        await mine.Go("/my/safety-plan/edit");
        await mine.Send("form.plan-form", [.. Whole.Select(p => p.Item1 is "plan-5" ? p : (p.Item1, string.Join('\n', Enumerable.Repeat(p.Item2, p.Item1 == "plan-2" ? 2 : 4))))]);
        var chart = await house.Read(patient);
        var options = house.Services.GetRequiredService<WebOptions>();
        var pdf = LetterPdf.Write(PlanForm.Sheet(chart, chart.Safety.Plan ?? throw new InvalidOperationException(), House.SafetyRules, options, new Zone(options)));
        Assert.Matches("Pages: +1\n", await DocumentTests.Read(pdf, "pdfinfo", "{}"));
        Assert.Contains("Call 911", await DocumentTests.Read(pdf, "pdftotext", "{}", "-"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await mine.Client.GetAsync(new Uri("/my/safety-plan/plan.pdf", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Two_tabs_lose_nothing_of_a_plan()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        using var one = await house.AsPatient(patient);
        using var two = await house.AsPatient(patient);
        await one.Go("/my/safety-plan/edit");
        await two.Go("/my/safety-plan/edit");
        await one.Send("form.plan-form", Whole);
        await two.Send("form.plan-form", ("plan-1", "I sleep all day"));
        Assert.Contains("The plan was changed in another place", Text(two), StringComparison.Ordinal);
        Assert.Contains("I stop answering the phone", Text(two), StringComparison.Ordinal);
        Assert.Equal("I sleep all day", two.Page.QuerySelector("#plan-1")?.TextContent.Trim());
        Assert.Single((await house.Read(patient)).Safety.Plans);
    }

    [Fact]
    public async Task Somebody_elses_plan_is_theirs()
    {
        var (house, patient) = await Wren();
        await using var _ = house;
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/safety-plan/edit");
        await mine.Send("form.plan-form", Whole);
        using var other = await house.AsPatient(await house.Admit("Somebody Else", new(1990, 1, 1)));
        Assert.DoesNotContain("I stop answering", Text(await other.Go("/my/safety-plan")), StringComparison.Ordinal);
        using var guide = await house.SignedIn(new("Gil", "gil@practice.example", [Role.Guide]));
        Assert.Equal(HttpStatusCode.Forbidden, (await guide.Go($"/staff/patients/{patient}/safety")).Status);
    }

    [Theory]
    [InlineData(ClockUnit.Minutes, 12, "12 minutes left")]
    [InlineData(ClockUnit.Minutes, 0.5, "1 minute left")]
    [InlineData(ClockUnit.Minutes, -20, "overdue by 20 minutes")]
    [InlineData(ClockUnit.Hours, 71 * 60, "71 hours left")]
    [InlineData(ClockUnit.Hours, -61, "overdue by 1 hour")]
    [InlineData(ClockUnit.SameDay, 300, "today, until midnight")]
    [InlineData(ClockUnit.Days, 3 * 24 * 60, "3 days left")]
    [InlineData(ClockUnit.Now, -5, "now, waiting 5 minutes")]
    public void A_clock_counts_in_its_own_unit(ClockUnit unit, double minutes, string says)
    {
        var now = new DateTimeOffset(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);
        Assert.Equal(says, SafetyWords.Left(unit, now.AddMinutes(minutes), now, TimeZoneInfo.FindSystemTimeZoneById("America/Denver")));
    }

    [Theory]
    [InlineData("Ada, 303 555 0142", "3035550142")]
    [InlineData("Dr. Okafor (303) 555-0142 ext. 4", "3035550142")]
    [InlineData("Mum +44 20 7946 0958", "+442079460958")]
    [InlineData("988: call or text, at any time", "988")]
    [InlineData("911 when there is danger now", "911")]
    [InlineData("Coffee at Ada’s", null)]
    [InlineData("Room 988 of the library", null)]
    public void A_number_in_a_line_is_one_tap(string line, string? number) => Assert.Equal(number, PlanNumbers.In(line));
}
