using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using Casement.Measures;
using Casement.Referrals;
using Casement.Sessions;

namespace Casement.Web.Tests;

/// <summary>The page of a course, and the gate it tells of, over the real program (clearance.md 9; expectations C22).</summary>
public sealed class CoursePageTests
{
    static readonly (string Fact, FactValue Value)[] AllWell =
    [
        ("c-cssrs-tier", FactValue.Of("none")), ("c-craving", FactValue.Of(0)), ("c-outside-use", FactValue.Of(false)), ("c-multiple-providers", FactValue.Of(false)), ("c-diversion-concern", FactValue.Of(false)),
        ("c-dissociation-sought", FactValue.Of(false)), ("c-urinary-symptoms", FactValue.Of("none")), ("c-haematuria", FactValue.Of(false)), ("c-jaundice", FactValue.Of(false)), ("c-cognitive-complaint", FactValue.Of(false)),
        ("c-psychosis-mania", FactValue.Of(false)), ("c-dissociation-24h", FactValue.Of(false)), ("c-pregnant", FactValue.Of(false)),
    ];

    static string Part(Browser browser, string id) => browser.Page.QuerySelector($"section:has(#{id})")!.TextContent;

    static string Day(DateTimeOffset at) => at.ToString("M/d/yyyy", CultureInfo.InvariantCulture);

    static ScaleAnswered Phq9(DateTimeOffset at, decimal each) => ScaleAnswered.Of(Guid.NewGuid(), House.Scales.Instruments.Find("phq9")!,
        House.Scales.Instruments.Find("phq9")!.Items.Where(i => i.Scored).ToImmutableSortedDictionary(i => i.LinkId, i => i.LinkId == "9" ? 0 : each, StringComparer.Ordinal), at, FactSource.Patient);

    /// <summary>A patient three days after a first session at a clinic, with the scale before it and after.</summary>
    static async Task<(PatientId Patient, Guid Referral, Guid Link)> AfterOne(House house)
    {
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, clinic);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, _ => Decision.Accept(Phq9(now.AddHours(-1), 2)));
        await house.Carry(patient, _ => Decision.Accept(new SessionReported(Guid.NewGuid(), referral, new("racemic-ketamine-iv", now, now.AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "132/84 at most", "Mild nausea", "Well", AfterSession.AnotherSession, ""), null)));
        house.Clock.Ahead += TimeSpan.FromDays(3);
        await house.Carry(patient, _ => Decision.Accept(Phq9(house.Clock.GetUtcNow(), 1)));
        return (patient, referral, link);
    }

    static Task AllIsWell(House house, PatientId patient) => house.Carry(patient, _ => Decision.Accept(new FactsRecorded([.. AllWell.Select(f => new RecordedFact(f.Fact, f.Value, house.Clock.GetUtcNow(), FactSource.Clinician))])));

    [Fact]
    public async Task A_course_is_planned_before_its_first_session_and_a_slip_is_given_back()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/course");
        Assert.Contains("No session was given yet", alma.Page.Body!.TextContent, StringComparison.Ordinal);
        var ends = Day(house.Clock.GetUtcNow().AddDays(120));
        await alma.Send("form:has(#Goal)", ("Goal", "Walk the dog every day"), ("Product", "racemic-ketamine-iv"), ("Scale", "phq9"), ("Sessions", "6"), ("EndsOn", ends), ("StopRule", ""));
        Assert.Contains("Write what would end the course early.", alma.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Walk the dog every day", alma.Page.QuerySelector("#Goal")!.GetAttribute("value"));
        await alma.Send("form:has(#Goal)", ("Goal", "Walk the dog every day"), ("Product", "racemic-ketamine-iv"), ("Scale", "gad7"), ("Sessions", "6"), ("EndsOn", ends), ("StopRule", "No change after four"));
        Assert.Contains("“Walk the dog every day”", alma.Page.Body!.TextContent, StringComparison.Ordinal);
        var plan = Assert.Single((await house.Read(patient)).Courses.Plans);
        Assert.Equal(("gad7", 6, "No change after four"), (plan.PrimaryScale, plan.InductionSessions, plan.StopRule));
    }

    [Fact]
    public async Task Sessions_of_every_clinic_stand_in_one_table_with_what_is_missing_and_what_is_due()
    {
        await using var house = await House.Open();
        var (patient, _, _) = await AfterOne(house);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/course");
        await alma.Send("form:has(#Where)", ("ElsewhereOn", Day(house.Clock.GetUtcNow().AddDays(-6))), ("ElsewhereProduct", "racemic-ketamine-im"), ("Where", "A clinic in Utah"), ("MgPerKg", "0.6"));
        var rows = alma.Page.QuerySelectorAll("table tbody")[0].QuerySelectorAll("tr").Select(r => r.TextContent).ToArray();
        Assert.Contains("Hillview Infusion", rows[0], StringComparison.Ordinal);
        Assert.Contains("132/84 at most", rows[0], StringComparison.Ordinal);
        Assert.Contains("Mild nausea", rows[0], StringComparison.Ordinal);
        Assert.Contains("A clinic in Utah", rows[1], StringComparison.Ordinal);
        Assert.Contains("Something has not been recorded yet.", Part(alma, "evaluation"), StringComparison.Ordinal);
        Assert.Contains("Craving between sessions", Part(alma, "answers"), StringComparison.Ordinal);
        Assert.Contains("Urinary questions", Part(alma, "due"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_settle_what_is_missing_and_a_review_is_signed_for_what_was_read()
    {
        await using var house = await House.Open();
        var (patient, _, _) = await AfterOne(house);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/course");
        await alma.Send("form:has(#c-observed)");
        Assert.Contains("Nothing was answered", alma.Page.Body!.TextContent, StringComparison.Ordinal);
        await alma.Send("form:has(#c-observed)", ("c-c-craving", "11"));
        Assert.Empty((await house.Read(patient)).Facts.GetValueOrDefault("c-craving", []));
        await alma.Send("form:has(#c-observed)", [.. AllWell.Select(f => ($"c-{f.Fact}", f.Value is Flag ? "no" : f.Value.ToString()!))]);
        Assert.Contains("Continue", Part(alma, "evaluation"), StringComparison.Ordinal);
        Assert.Contains("Nothing is missing.", Part(alma, "answers"), StringComparison.Ordinal);
        await alma.Send("form:has(#NextBy)", ("Note", "Half as low as before; goes on twice a week."), ("NextBy", Day(house.Clock.GetUtcNow().AddDays(30))));
        var review = Assert.Single((await house.Read(patient)).Courses.Reviews).What;
        Assert.Equal(("continue", House.Ketamine.Hash), (review.Outcome, review.ProtocolHash));
        Assert.Empty(Reviewing.Differences(House.Ketamine, review));
        Assert.Contains("Half as low as before", Part(alma, "reviews"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_begins_no_second_session_before_the_practice_has_looked()
    {
        await using var house = await House.Open();
        var (patient, _, link) = await AfterOne(house);
        using var nurse = await house.OnLink(patient, link);
        var session = Guid.NewGuid();
        await nurse.Go($"/partner/session/{session}/before");
        await nurse.Send("form.checklist", Referring.AllInOrder(("s-s-first-session", ""), ("s-s-hours-since-last", "72")));
        Assert.Contains("The practice has to look at the course of treatment before the next session. Do not treat.", nurse.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(nurse.Page.QuerySelector("#Giver"));
        Assert.DoesNotContain("raving", nurse.Page.Body!.TextContent, StringComparison.Ordinal);
        await AllIsWell(house, patient);
        await nurse.Go($"/partner/session/{session}/before");
        await nurse.Send("form:has(#Giver)", ("Giver", "Dr Osei"), ("DoseMg", "35"), ("WeightKg", "70"));
        Assert.NotNull((await house.Read(patient)).Sessions[session].Started);
    }

    [Fact]
    public async Task A_renewal_shows_the_course_and_is_not_signed_over_a_hold()
    {
        await using var house = await House.Open();
        var (patient, _, _) = await AfterOne(house);
        await AllIsWell(house, patient);
        await house.Answer(patient, "c-dissociation-24h", FactValue.Of(true));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/clearance");
        var panel = Part(alma, "evaluation");
        Assert.Contains("The course that goes on", panel, StringComparison.Ordinal);
        Assert.Contains("Dissociation beyond 24 h", panel, StringComparison.Ordinal);
        Assert.Contains("This year", panel, StringComparison.Ordinal);
        await alma.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", "Everything was reviewed with care."));
        Assert.Contains("Nothing was signed. No session until this is done. Dissociation beyond 24 h: psychiatric review.", Part(alma, "sign"), StringComparison.Ordinal);
        Assert.Single((await house.Read(patient)).Clearances);
        Assert.Contains(CourseWork.Rows(await house.Read(patient)).Select(r => Casement.FollowUp.Worklist.Read(r.Json)), r => r.What.Contains("Dissociation beyond 24 h", StringComparison.Ordinal) && r.Page == "course");
    }

    [Fact]
    public async Task A_finding_is_set_aside_on_the_page_and_what_nobody_may_is_refused()
    {
        await using var house = await House.Open();
        var (patient, _, _) = await AfterOne(house);
        await AllIsWell(house, patient);
        await house.Answer(patient, "c-missed-integration", FactValue.Of(true));
        await house.Answer(patient, "c-outside-use", FactValue.Of(true));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/course");
        Assert.Contains("Nobody may override this.", alma.Page.QuerySelector("#course-outside-use")!.TextContent, StringComparison.Ordinal);
        await alma.Send("#course-integration form", ("reason-course-integration", "short"));
        Assert.Contains("The reason needs", alma.Page.QuerySelector("#course-integration")!.TextContent, StringComparison.Ordinal);
        await alma.Send("#course-integration form", ("reason-course-integration", "Away at a funeral; both visits are booked anew for this week."));
        Assert.Contains("set aside", alma.Page.QuerySelector("#course-integration")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_house_that_measures_nothing_judges_no_course()
    {
        await using var house = await House.Open(o => o with { Measuring = null });
        var (patient, _, link) = await AfterOne(house);
        using var alma = await house.SignedIn();
        Assert.Equal(HttpStatusCode.OK, (await alma.Go($"/staff/patients/{patient}/course")).Status);
        using var nurse = await house.OnLink(patient, link);
        await nurse.Go($"/partner/session/{Guid.NewGuid()}/before");
        await nurse.Send("form.checklist", Referring.AllInOrder(("s-s-first-session", ""), ("s-s-hours-since-last", "72")));
        Assert.NotNull(nurse.Page.QuerySelector("#Giver"));
    }

    [Fact]
    public async Task The_course_of_nobody_is_absent()
    {
        await using var house = await House.Open();
        using var alma = await house.SignedIn();
        Assert.Equal(HttpStatusCode.NotFound, (await alma.Go($"/staff/patients/{Guid.NewGuid()}/course")).Status);
    }
}
