using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Referrals;
using Casement.Safety;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Sessions;

/// <summary>What a session leaves to do (clearance.md 8.5, 9), and how long is left for it in the unit of its rule (C20).</summary>
public sealed class AfterwardsTests
{
    static readonly PracticeCalendar Calendar = OfficeFolder.Read(Root.Path("definitions", "practice")).Calendar;
    static readonly SafetyRules Pathway = SafetyFile.Read(Root.Path("definitions", "safety"), Rulebook, ScalesFolder.Read(Root.Path("definitions")).Instruments);
    static readonly Following Everything = new(Rulebook, () => Defaults, Pathway, ConsentDocuments.None, Denver) { Referrals = Rules, Calendar = Calendar };

    static SessionReported Reported(Guid session, DateTimeOffset at) => new(session, Id, new("racemic-ketamine-iv", at, at.AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null);

    static Chart With(Chart before, DateTimeOffset at, Actor by, params PatientEvent[] events)
    {
        var after = At(before, at, by, events);
        return At(after, at, Actor.Casement, Everything.Of(before, after, at).AsSpan());
    }

    static Chart Checked(string tier)
    {
        var answers = Answers("pub-041", Phase.PreSession).Select(f => f.Fact is "s-cssrs-tier" ? f with { Value = FactValue.Of(tier) } : f).ToImmutableArray();
        return Scheduled.Do(Treating.Check(Scheduled, Rulebook, Rules, new(Session, Id, Guid.NewGuid(), answers, SessionDay.Active(Scheduled).ToImmutableArray()), Defaults, Now), by: Clinic);
    }

    [Fact]
    public void After_every_session_somebody_makes_contact_the_next_working_day()
    {
        var at = Friday;
        var after = With(Checked("none"), at.AddHours(1), Clinic, Reported(Session, at));
        var task = Assert.Single(after.Tasks.Values).Opened;
        Assert.Equal((DueUnit.BusinessDays, Calendar.Due(at.AddMinutes(40), 1, DueUnit.BusinessDays, Denver)), (task.Unit, task.DueAt));
        Assert.Equal(DayOfWeek.Monday, TimeZoneInfo.ConvertTime(task.DueAt, Denver).DayOfWeek);
        // Told once: the report after the discharge opens nothing more.
        Assert.Single(With(after, at.AddHours(2), Clinic, new SessionDischarged(Session, at.AddHours(2), "Sam")).Tasks);
    }

    [Theory]
    [InlineData("low")]
    [InlineData("moderate")]
    public void After_a_positive_screen_within_72_hours_besides(string tier)
    {
        var after = With(Checked(tier), Now.AddHours(2), Clinic, Reported(Session, Now));
        var task = Assert.Single(after.Tasks.Values, t => t.Opened.Unit is DueUnit.Hours).Opened;
        Assert.Equal(Now.AddMinutes(40).AddHours(72), task.DueAt);
    }

    [Fact]
    public void Sessions_are_counted_from_reports_and_files()
    {
        var chart = Scheduled;
        for (var n = 1; n <= 3; n++) chart = With(chart, Now.AddDays(n), Clinic, Reported(Guid.NewGuid(), Now.AddDays(n)));
        Assert.Equal(FactValue.Of(3), chart.Facts["c-sessions-done"][^1].Fact.Value);
        var file = With(chart, Now.AddDays(9), Clinic, new SessionFileReceived(Guid.NewGuid(), Id, "report.pdf", "application/pdf", 10, "aa", DateOnly.FromDateTime(Now.AddDays(8).UtcDateTime), IsOutcome: false));
        Assert.Equal(FactValue.Of(4), file.Facts["c-sessions-done"][^1].Fact.Value);
        // The clinician began a new phase at 0: it goes on from there.
        var phase = With(file, Now.AddDays(10), Nurse, new FactsRecorded([new("c-sessions-done", FactValue.Of(0), Now.AddDays(10), FactSource.Clinician)]));
        Assert.Equal(FactValue.Of(1), With(phase, Now.AddDays(11), Clinic, Reported(Guid.NewGuid(), Now.AddDays(11))).Facts["c-sessions-done"][^1].Fact.Value);
    }

    [Fact]
    public void A_clearance_sent_to_one_clinic_goes_to_no_other_without_a_new_decision()
    {
        Assert.Equal(Hillview.Name, LiveClearance.ClinicOf(Sent, Cleared)?.PartnerName);
        var (second, other) = (Guid.NewGuid(), Hillview with { Id = Guid.NewGuid(), Name = "Foothills" });
        var drafted = Sent.Do(Preparing.Draft(Sent, new(second, other, "racemic-ketamine-iv", "Please treat.", ReferralUrgency.Routine, null), Today));
        var chosen = drafted.Do(Preparing.Choose(drafted, second, Sent.Referrals[Id].Chosen));
        Assert.Equal("The clearance is for Hillview Infusion. Another clinic needs a new evaluation: look again and sign a new decision, then send this one.",
            Preparing.NotReady(chosen, chosen.Referrals[second], other, Rules, ConsentDocuments.None, Now, Today));
        Assert.Contains(Sent.Referrals[Id].Chosen, l => l.Text.Contains("Only at Hillview Infusion", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("asq", DueUnit.Minutes, "60 minutes left")]
    [InlineData("moderate", DueUnit.SameDay, "same day, by midnight")]
    [InlineData("low", DueUnit.CalendarDays, "7 days left")]
    public void A_clock_of_the_pathway_reads_in_its_own_unit(string how, DueUnit unit, string left)
    {
        var patient = new Actor(ActorKind.Patient, "wren", "Wren");
        PatientEvent answer = new FactsRecorded([new(how is "moderate" ? "cssrs-q3" : "cssrs-q1", FactValue.Of(true), Now, FactSource.Clinician)]);
        var chart = With(Sent, Now, how is "asq" ? patient : Nurse, answer);
        var rows = SafetyWork.Rows(chart).Select(r => Worklist.Read(r.Json)).Where(r => r.DueAt is not null).ToArray();
        Assert.Contains(rows, r => r.Unit == unit && Calendar.Left(r.DueAt ?? default, r.Unit, Now, Denver) == left);
    }

    [Fact]
    public void Waiting_for_a_clinic_is_counted_in_business_days()
    {
        var row = ReferralWork.Rows(Sent).Where(r => r.List == Worklist.List).Select(r => Worklist.Read(r.Json)).First(r => r.What.Contains("acknowledge", StringComparison.Ordinal));
        Assert.Equal((DueUnit.BusinessDays, "2 business days left"), (row.Unit, Calendar.Left(row.DueAt ?? default, row.Unit, Now, Denver)));
    }
}
