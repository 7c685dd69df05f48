using System.Collections.Immutable;
using System.Net;
using Casement.Cli.Sample;
using Casement.Courses;
using Casement.Journal;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;

namespace Casement.Web.Tests;

/// <summary>Pictures of scores for staff and for the person, the cohort, and the figures of the practice (expectations P13, C14, O9).</summary>
public sealed class ProgressTests
{
    static string Text(Browser browser) => System.Text.RegularExpressions.Regex.Replace(browser.Page.QuerySelector("main")?.TextContent ?? "", @"\s+", " ");

    static async Task<(House House, PatientId Patient)> Treated()
    {
        var house = await House.Open(o => o with { Rows = Lists.With(House.Ketamine, () => ImmutableSortedDictionary<string, decimal>.Empty, House.Sittings) });
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, _) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        foreach (var day in new[] { -30, -27, -24 })
            await house.Carry(patient, chart => Decision.Accept(new SessionReported(Guid.NewGuid(), referral, new("racemic-ketamine-iv", house.Clock.GetUtcNow().AddDays(day), house.Clock.GetUtcNow().AddDays(day).AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null)));
        await house.Answered(patient, ("phq9", -32, 20), ("phq9", -20, 9), ("phq9", -10, 16), ("phq9", -5, 17), ("auditc", -5, 3));
        return (house, patient);
    }

    [Fact]
    public async Task Staff_see_a_picture_every_point_of_which_has_a_name_and_the_numbers_beside_it()
    {
        var (house, patient) = await Treated();
        await using var open = house;
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/progress");
        var points = staff.Page.QuerySelectorAll("section[aria-labelledby=trend] [role=img][tabindex]");
        Assert.Equal(4, points.Length);
        Assert.Contains("20, severe, baseline", points[0].GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("11 points better (55%), reliable; response", points[1].GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(3, staff.Page.QuerySelectorAll("section[aria-labelledby=trend] path.session-mark").Length - 1);
        Assert.Equal(4, staff.Page.QuerySelectorAll("section[aria-labelledby=trend] tbody tr").Length);
        Assert.Contains("State relapsed", Text(staff), StringComparison.Ordinal);
        // A course by its own address; a scale nobody filled in is not made up.
        await staff.Go($"/staff/patients/{patient}/progress?scale=pcl5&course={Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.OK, staff.Status);
        Assert.Equal(4, staff.Page.QuerySelectorAll("section[aria-labelledby=trend] [role=img][tabindex]").Length);
    }

    [Fact]
    public async Task The_person_sees_their_own_scores_in_plain_words_and_no_verdict()
    {
        var (house, patient) = await Treated();
        await using var open = house;
        using var mine = await house.AsPatient(patient);
        await mine.Go("/my/progress");
        Assert.Contains("20 when you started, 17 on", Text(mine), StringComparison.Ordinal);
        Assert.Contains("about the same as when you started", Text(mine), StringComparison.Ordinal);
        foreach (var word in new[] { "relapse", "response", "remission", "PHQ", "AUDIT", "baseline", "severe" }) Assert.DoesNotContain(word, Text(mine), StringComparison.OrdinalIgnoreCase);
        using var nobody = await house.AsPatient(await house.Admit("Wren Bury", new(1988, 4, 2)));
        await nobody.Go("/my/progress");
        Assert.Contains("There is nothing to show yet.", Text(nobody), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cohort_shows_who_needs_a_look_and_leads_to_them()
    {
        var (house, patient) = await Treated();
        await using var open = house;
        using var staff = await house.SignedIn();
        await staff.Go("/staff/cohort");
        Assert.Contains("relapsed", staff.Page.QuerySelector("tbody tr")?.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/staff/patients/{patient}/progress", staff.Page.QuerySelector("tbody a")?.GetAttribute("href"));
        await staff.Go("/staff/cohort?state=remission&page=99");
        Assert.Null(staff.Page.QuerySelector("tbody tr"));
    }

    [Fact]
    public async Task Figures_stand_on_a_page_and_in_a_file_and_small_groups_do_not_leave_the_house()
    {
        var (house, patient) = await Treated();
        await using var open = house;
        var course = TreatmentCourses.Current(await house.Read(patient), House.Measuring.Defaults, TimeZoneInfo.FindSystemTimeZoneById("America/Denver")) ?? throw new InvalidOperationException("There is no course.");
        await house.Carry(patient, _ => Decision.Accept(new InductionEnded(course.Id, course.Sessions[^1].On, WhyEnded.Choice, "")));
        using var staff = await house.SignedIn();
        await staff.Go("/staff/outcomes");
        Assert.Contains("Response, allof evaluable courses", Text(staff).Replace(" of evaluable", "of evaluable", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1 course.", Text(staff), StringComparison.Ordinal);
        Assert.Contains("Stopped before the end: own choice", Text(staff), StringComparison.Ordinal);
        await staff.Go("/staff/outcomes?for=publishing");
        Assert.Contains("fewer than 11: not shown", Text(staff).ToLowerInvariant().Replace("courses", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        await staff.Go("/staff/outcomes?from=2026-05-01&to=2026-01-01");
        Assert.Contains("make no period", Text(staff), StringComparison.Ordinal);
        await staff.Go("/staff/outcomes.csv?for=publishing");
        Assert.Equal(HttpStatusCode.OK, staff.Status);
        Assert.Contains("not shown", staff.Page.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Claudia", staff.Page.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invented_practice_is_the_same_each_time_and_has_every_kind_of_course()
    {
        async Task<ImmutableArray<CohortMember>> Invent(int seed)
        {
            var (store, practice) = (new InMemory(), new PracticeId(Guid.NewGuid()));
            var now = new DateTimeOffset(2026, 11, 2, 17, 0, 0, TimeSpan.Zero);
            await SamplePractice.Load(Path.Combine(House.Root, "samples"), new(14, 6, seed), House.CheckIns, House.Measuring, SampleTests.Following, House.HealthQuestions, House.Office, House.ReferralRules, store, store, practice, now, default);
            Assert.Equal(27, (await store.ReadList(practice, PatientDirectory.List, default)).Count);
            return Cohort.On((await store.ReadList(practice, Cohort.List, default)).Select(r => (r.Patient, Cohort.Read(r.Json))), House.Measuring, new(2026, 11, 2));
        }

        var (one, again, other) = (await Invent(7), await Invent(7), await Invent(8));
        Assert.Equal(one.Select(m => (m.Row.Who, m.State, m.Last?.Score)), again.Select(m => (m.Row.Who, m.State, m.Last?.Score)));
        Assert.NotEqual(one.Select(m => (m.Row.Who, m.State, m.Last?.Score)), other.Select(m => (m.Row.Who, m.State, m.Last?.Score)));
        var states = one.Concat(other).Select(m => m.State).ToHashSet();
        Assert.True(states.Count >= 4, string.Join(", ", states));
    }
}
