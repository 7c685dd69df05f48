using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.Referrals;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Sessions;

/// <summary>The session day at the partner clinic, from the checklist to the report (clearance.md 8).</summary>
public sealed class SessionDayTests
{
    static readonly Guid Once = new("7b0c7a6e-0000-4000-8000-0000000000c1"), Again = new("7b0c7a6e-0000-4000-8000-0000000000c2");

    static ImmutableArray<Medicine> Taken => [.. SessionDay.Active(Scheduled).Select(m => m with { LastTakenAt = Now.AddHours(-6) })];

    static Decision Check(Chart chart, string vignette = "pub-041", Guid? check = null, DateTimeOffset? now = null, ImmutableSortedDictionary<string, decimal>? settings = null, Func<RecordedFact, RecordedFact>? with = null, bool listConfirmed = true) =>
        Treating.Check(chart, Rulebook, Rules, new(Session, Id, check ?? Once, [.. Answers(vignette, Phase.PreSession, now).Select(with ?? (f => f))], listConfirmed ? Taken : null), settings ?? Defaults, now ?? Now);

    static Evaluation Evaluated(Decision decision) => Assert.IsType<Journal.Accepted>(decision).Events[0] switch
    {
        SessionChecked e => e.Evaluation,
        SessionReadingTaken e => e.Evaluation,
        SessionDischargeChecked e => e.Evaluation,
        _ => throw new InvalidOperationException(),
    };

    static Chart Ready { get; } = Scheduled.Do(Check(Scheduled), by: Clinic);

    static Decision Start(Chart chart, DateTimeOffset? now = null) => Treating.Start(chart, Rulebook, Rules, ConsentDocuments.None, new(Session, Id, "Dr Osei, anaesthetist", 35, 70), Denver, now ?? Now);

    static Chart Started { get; } = Ready.Do(Start(Ready), by: Clinic);

    static Decision Reading(Chart chart, ImmutableArray<RecordedFact> answers, DateTimeOffset at, Guid? id = null) => Treating.Read(chart, Rulebook, Rules, Session, Id, id ?? Guid.NewGuid(), answers, "", Defaults, at);

    static ImmutableArray<RecordedFact> Calm(DateTimeOffset at, int systolic = 132) =>
        [.. Answers("pub-047", Phase.InSession, at).Select(f => f.Fact switch { "i-bp-sys" => f with { Value = FactValue.Of(systolic) }, "i-bp-dia" => f with { Value = FactValue.Of(82) }, _ => f })];

    static Decision Discharged(Chart chart, DateTimeOffset at, string vignette = "pub-050", Guid? id = null) => Treating.CheckDischarge(chart, Rulebook, Session, Id, id ?? Guid.NewGuid(), Answers(vignette, Phase.Discharge, at), Defaults, at);

    /// <summary>Domain vignettes of section 10, typed by a partner over a live clearance: the outcome is that of the vignette.</summary>
    [Theory]
    [InlineData("pub-041", "go", "")]
    [InlineData("pub-042", "hold", "go-bp-hold")]
    [InlineData("pub-043", "go-with-conditions", "go-bp-accepted")]
    [InlineData("pub-044", "no-go", "go-bp-no-go")]
    [InlineData("pub-045", "needs-information", "")]
    public void A_checklist_ends_as_the_vignette_says(string vignette, string outcome, string fired)
    {
        var found = Evaluated(Check(Scheduled, vignette));
        Assert.Equal((outcome, fired), (found.Outcome, string.Join(' ', found.Fired)));
    }

    [Fact]
    public void The_clearance_is_read_and_never_typed()
    {
        Assert.DoesNotContain(SessionDay.Asked(Rulebook, Scheduled, Session, Of(Scheduled).Drafted, Defaults, Now), f => SessionDay.Computed.Contains(f.Id));
        var typed = Treating.Check(Scheduled, Rulebook, Rules, new(Session, Id, Once, [new("s-clearance-outcome", FactValue.Of("cleared"), Now, FactSource.Partner)], Taken), Defaults, Now);
        Assert.Equal("This page asks no such thing.", Refused(typed));
        var given = Evaluated(Check(Scheduled)).Given.Facts;
        Assert.Equal((FactValue.Of("cleared"), FactValue.Of(30)), (given["s-clearance-outcome"].Value, given["s-clearance-days-left"].Value));
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("expired")]
    public void Without_a_live_clearance_there_is_no_session(string how)
    {
        var (chart, now) = how == "suspended" ? (After(Scheduled, new ClearanceSuspended(Cleared, "trig-bp-event", "High.", "7 days")), Now) : (Scheduled, Now.AddDays(31));
        var found = Evaluated(Check(chart, now: now));
        Assert.Equal("no-go", found.Outcome);
        Assert.Contains("go-clearance-invalid", found.Fired);
    }

    [Fact]
    public void A_clearance_suspended_between_check_and_start_stops_the_start()
    {
        var suspended = After(Ready, new ClearanceSuspended(Cleared, "trig-cssrs", "High.", "same day"));
        Assert.Equal("The clearance is suspended. Do not treat. Call the practice.", Refused(Start(suspended)));
    }

    [Fact]
    public void An_old_check_is_made_again() => Assert.Equal("The check is too old. Go through it again.", Refused(Start(Ready, Now.AddMinutes(61))));

    [Fact]
    public void A_hold_does_not_start()
    {
        var held = Scheduled.Do(Check(Scheduled, "pub-042"));
        Assert.Equal("The check does not allow a start.", Refused(Start(held)));
        var accepted = held.Do(Check(held, "pub-043", Again));
        Assert.IsType<Journal.Accepted>(Start(accepted));
    }

    [Fact]
    public void A_list_nobody_confirmed_today_is_no_answer_about_medicines() =>
        Assert.Equal("needs-information", Evaluated(Check(Scheduled, listConfirmed: false)).Outcome);

    [Fact]
    public void The_partners_stricter_limit_counts()
    {
        var strict = Strictness.Stricter(Rulebook, Defaults, Defaults.SetItem("p-s-bp-sys-nogo", 150));
        Assert.Contains("go-bp-no-go", Evaluated(Check(Scheduled, "pub-042", settings: strict)).Fired);
    }

    [Fact]
    public void A_finding_is_set_aside_only_as_far_as_the_protocol_lets_anybody()
    {
        var held = Scheduled.Do(Check(Scheduled, "pub-042"));
        Decision Set(string rule, string reason, string? second = null) => Treating.Override(held, Rulebook, Rules, Session, Id, Again, new(rule, reason, "Dr Osei, anaesthetist", Cosigner: second, CosignerKind: "physician"), Now);
        Assert.StartsWith("The reason needs at least 15", Refused(Set("go-bp-hold", "fine")), StringComparison.Ordinal);
        Assert.Equal("go-with-conditions", Evaluated(Set("go-bp-hold", "White-coat rise; 136 at home this morning")).Outcome);
        Assert.IsType<SessionOverrideRefused>(Assert.Single(Assert.IsType<Journal.Accepted>(Set("go-no-escort", "Patient insists on going alone")).Events));
        Assert.StartsWith("The reason needs at least 30", Refused(Set("go-dose-cap", "Prescriber agrees.")), StringComparison.Ordinal);
        Assert.Contains("second licensed clinician", Refused(Set("go-dose-cap", "Prescriber and practice have both confirmed the dose.")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s-pregnancy-test", "positive", "trig-pregnancy")]
    [InlineData("s-cssrs-tier", "moderate", "trig-cssrs")]
    [InlineData("s-urinary-symptoms", "severe", "trig-urinary")]
    [InlineData("s-psychosis-or-mania", "yes", "trig-psychosis-mania")]
    [InlineData("s-bp-sys", "165", "trig-bp-event")]
    public void What_the_partner_finds_reaches_the_clearance_in_the_same_act(string fact, string value, string trigger)
    {
        FactValue said = value == "yes" ? FactValue.Of(true) : decimal.TryParse(value, out var number) ? FactValue.Of(number) : FactValue.Of(value);
        var answers = Answers("pub-041", Phase.PreSession).Where(f => f.Fact != fact).Append(new RecordedFact(fact, said, Now, FactSource.Partner)).ToImmutableArray();
        var decision = Treating.Check(Scheduled, Rulebook, Rules, new(Session, Id, Once, answers, Taken), Defaults, Now);
        var after = Scheduled.Do(decision, by: Clinic);
        var following = Living.Consequences(Rulebook, Scheduled, after, Defaults, Now);
        Assert.Contains(following, e => e is ClearanceSuspended s && s.Trigger == trigger || e is ClearanceRevoked r && r.Trigger == trigger);
    }

    [Fact]
    public void A_check_in_order_leaves_the_clearance_alone() => Assert.Empty(Living.Consequences(Rulebook, Scheduled, Ready, Defaults, Now));

    [Fact]
    public void The_first_session_takes_away_the_day_it_had_to_start_by()
    {
        Assert.Equal(Now.AddDays(30), Ready.Clearances[^1].EndsAt);
        Assert.Equal(Now.AddDays(180), Started.Clearances[^1].EndsAt);
        Assert.Equal(ClearanceState.Valid, Started.Clearances[^1].At(Now.AddDays(31)));
        var late = At(Scheduled, Now.AddDays(31), Clinic, new SessionStarted(Session, Id, Once, "racemic-ketamine-iv", Now.AddDays(31), "Dr Osei", null, null, Now.AddDays(38)));
        Assert.Equal(ClearanceState.Expired, late.Clearances[^1].At(Now.AddDays(31)));
    }

    [Theory]
    [InlineData("pub-047", "pause", "c-bp-event", 5)]
    [InlineData("pub-048", "emergency", "c-bp-event", 5)]
    public void A_session_paused_or_stopped_for_pressure_suspends_the_clearance(string vignette, string outcome, string fact, int nextMinutes)
    {
        var at = Now.AddMinutes(8);
        var decision = Reading(Started, Answers(vignette, Phase.InSession, at), at);
        Assert.Equal(outcome, Evaluated(decision).Outcome);
        Assert.Equal(at.AddMinutes(nextMinutes), Assert.IsType<Journal.Accepted>(decision).Events.OfType<SessionReadingTaken>().Single().NextDueAt);
        var after = Started.Do(decision, at, Clinic);
        Assert.True(after.Facts.ContainsKey(fact));
        Assert.Equal("trig-bp-event", Assert.IsType<ClearanceSuspended>(Assert.Single(Living.Consequences(Rulebook, Started, after, Defaults, at))).Trigger);
    }

    [Fact]
    public void A_calm_reading_is_next_due_by_the_parameter_and_a_late_one_is_an_alert()
    {
        var at = Now.AddMinutes(8);
        var first = Reading(Started, Calm(at), at);
        Assert.Equal("continue", Evaluated(first).Outcome);
        Assert.Equal(at.AddMinutes(10), Assert.IsType<Journal.Accepted>(first).Events.OfType<SessionReadingTaken>().Single().NextDueAt);
        Assert.Equal(FactValue.Of(8), Evaluated(first).Given.Facts["i-bp-sys-rise"].Value);
        var chart = Started.Do(first, at, Clinic);
        var late = at.AddMinutes(12);
        Assert.Contains("mon-overdue", Evaluated(Reading(chart, Calm(late), late)).Fired);
    }

    [Fact]
    public void After_the_dose_readings_are_due_every_fifteen_minutes_and_one_in_time_is_not_late()
    {
        var ended = Started.Do(Treating.EndDose(Started, Session, Id, stopped: false, Now.AddMinutes(40)), Now.AddMinutes(40), Clinic);
        var first = Now.AddMinutes(45);
        var chart = ended.Do(Reading(ended, Calm(first), first), first, Clinic);
        chart = chart.Do(Reading(chart, Calm(first.AddMinutes(5)), first.AddMinutes(5)), first.AddMinutes(5), Clinic);
        var due = chart.Sessions[Session].Readings[^1].Reading.NextDueAt;
        Assert.Equal(first.AddMinutes(20), due);
        Assert.DoesNotContain("mon-overdue", Evaluated(Reading(chart, Calm(due), due)).Fired);
    }

    [Fact]
    public void Repeating_is_harmless()
    {
        Assert.IsType<AlreadySo>(Check(Ready));
        Assert.IsType<AlreadySo>(Start(Started));
        var reading = Started.Do(Reading(Started, Calm(Now), Now, Again), by: Clinic);
        Assert.IsType<AlreadySo>(Reading(reading, Calm(Now), Now, Again));
    }

    [Theory]
    [InlineData(40, "not-ready", "dc-too-early")]
    [InlineData(105, "ready", "")]
    public void Nobody_goes_home_too_early(int minutes, string outcome, string fired)
    {
        var ended = Started.Do(Treating.EndDose(Started, Session, Id, stopped: false, Now.AddMinutes(40)), Now.AddMinutes(40), Clinic);
        var at = Now.AddMinutes(minutes);
        var decision = Discharged(ended, at);
        Assert.Equal((outcome, fired), (Evaluated(decision).Outcome, string.Join(' ', Evaluated(decision).Fired)));
        var left = Treating.Discharge(ended.Do(decision, at, Clinic), Rulebook, Session, Id, "Sam, escort", at);
        if (outcome == "ready") Assert.IsType<Journal.Accepted>(left);
        else Assert.StartsWith("The patient is not ready", Refused(left), StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_not_answered_keeps_the_patient()
    {
        var at = Now.AddHours(3);
        var some = Answers("pub-050", Phase.Discharge, at).Where(f => f.Fact != "d-walks").ToImmutableArray();
        Assert.Equal("not-ready", Evaluated(Treating.CheckDischarge(Started, Rulebook, Session, Id, Once, some, Defaults, at)).Outcome);
    }

    [Theory]
    [InlineData("seizure", true)]
    [InlineData("vomiting", false)]
    public void A_serious_event_suspends_the_clearance(string kind, bool suspends)
    {
        var after = Started.Do(Treating.Happened(Started, Rules, Session, Id, Once, kind, "Lasted a minute; line stopped", Now), by: Clinic);
        Assert.Equal(suspends, Living.Consequences(Rulebook, Started, after, Defaults, Now) is [ClearanceSuspended { Trigger: "trig-adverse-event" }]);
    }

    /// <summary>clearance.md 8.3: minutes after the dose, the dose ended at 40, the reading taken at the first number.</summary>
    [Theory]
    [InlineData("racemic-ketamine-iv", 0, 10)]
    [InlineData("racemic-ketamine-iv", 30, 40)]
    [InlineData("racemic-ketamine-iv", 45, 60)]
    [InlineData("racemic-ketamine-im", 0, 10)]
    [InlineData("racemic-ketamine-im", 39, 49)]
    [InlineData("racemic-ketamine-im", 40, 55)]
    [InlineData("esketamine-nasal", 0, 40)]
    [InlineData("esketamine-nasal", 12, 40)]
    [InlineData("esketamine-nasal", 40, 120)]
    [InlineData("esketamine-nasal", 121, 136)]
    public void The_next_reading_is_due_as_the_schedule_of_the_product_says(string product, int takenAt, int dueAt) =>
        Assert.Equal(Now.AddMinutes(dueAt), Rules.Session.Monitoring[product].NextDue(Rulebook, Defaults, Now, takenAt > 40 ? Now.AddMinutes(40) : null, Now.AddMinutes(takenAt)));

    [Fact]
    public void What_the_protocol_says_to_watch_stands_on_the_pages_without_the_names_of_its_parameters()
    {
        Assert.StartsWith("BP twice", Rules.Session.Schedule["sched-base"], StringComparison.Ordinal);
        Assert.Contains("continuous ECG in tier 3", Rules.Session.Schedule["sched-infusion"], StringComparison.Ordinal);
        Assert.All(Rules.Session.RemindBefore.Concat(Rules.Session.RemindDuring), id => Assert.DoesNotContain("p-", Rules.Session.Schedule[id], StringComparison.Ordinal));
    }

    static SessionReport Report(AfterSession next = AfterSession.AnotherSession) => new("racemic-ketamine-iv", Now, Now.AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well, with Sam", next, "");

    [Theory]
    [InlineData(AfterSession.AnotherSession, ReferralStage.InProgress)]
    [InlineData(AfterSession.CourseComplete, ReferralStage.Completed)]
    [InlineData(AfterSession.TreatmentStopped, ReferralStage.Completed)]
    public void A_report_moves_the_loop_and_is_read_before_it_closes(AfterSession next, ReferralStage stage)
    {
        var chart = Scheduled.Do(Reporting.Report(Scheduled, Session, Id, Report(next), Rules, null, Now.AddHours(3)), Now.AddHours(3), Clinic);
        Assert.Equal(stage, Of(chart).Stage);
        Assert.Contains(Waits.Of(chart, Of(chart)), w => w.Kind == "read-report");
        Assert.Equal("Read and sign each session report first.", Refused(Closing.Close(chart, Id, "Plan", "", Nurse, Guid.Empty, Now)));
        var read = chart.Do(Reporting.Read(chart, Session, "", Nurse));
        Assert.DoesNotContain(Waits.Of(read, Of(read)), w => w.Kind == "read-report");
        Assert.IsType<AlreadySo>(Reporting.Report(chart, Session, Id, Report(next), Rules, null, Now));
    }

    public static TheoryData<SessionReport, string> Impossible => new()
    {
        { Report() with { DoseMg = 0 }, "A dose lies" },
        { Report() with { WeightKg = 7 }, "A weight lies" },
        { Report() with { EndedAt = Now.AddMinutes(-5) }, "before it began" },
        { Report() with { EndedAt = Now.AddHours(20) }, "more than 12 hours" },
        { Report() with { Events = " " }, "\"none\" is an answer" },
        { Report() with { Giver = "" }, "who gave the dose" },
        { Report() with { Observer = "" }, "who observed" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_report_that_cannot_be_so_is_refused(SessionReport report, string because) =>
        Assert.Contains(because, Refused(Reporting.Report(Scheduled, Session, Id, report, Rules, null, Now.AddHours(30))), StringComparison.Ordinal);

    static Chart WentHome { get; } = At(Started, Now.AddHours(2), Clinic, new SessionDoseEnded(Session, Now.AddMinutes(40), false), new SessionAdverseEvent(Session, Again, "seizure", true, "Brief, stopped by itself", Now.AddMinutes(20)), new SessionDischarged(Session, Now.AddHours(2), "Sam"));

    static Chart SentAsFile(DateOnly on) => WentHome.Do(Reporting.Receive(WentHome, new(Once, Id, "report.pdf", "application/pdf", 4096, "aa", on, IsOutcome: false), Rules), Now.AddHours(5), Clinic);

    [Fact]
    public void A_file_ends_the_wait_for_the_report_of_its_day_and_what_the_session_asks_ends_by_an_act()
    {
        Assert.Contains(Waits.Of(WentHome, Of(WentHome)), w => w.Kind == "report");
        var sent = SentAsFile(Today);
        Assert.DoesNotContain(Waits.Of(sent, Of(sent)), w => w.Kind == "report");
        Assert.Contains(ReferralWork.Rows(sent), r => r.Json.Contains("Serious adverse event", StringComparison.Ordinal));
        var read = sent.Do(Reporting.Read(sent, Once, "", Nurse), Now.AddHours(6));
        Assert.Contains(ReferralWork.Rows(read), r => r.Json.Contains("Serious adverse event", StringComparison.Ordinal));
        var handled = read.Do(Findings.Handle(read, Session, SessionPart.Event, Now.AddMinutes(20), "Spoke with the clinic; reported.", Nurse), Now.AddHours(7));
        Assert.DoesNotContain(ReferralWork.Rows(handled), r => r.Json.Contains("Serious adverse event", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_about_another_day_leaves_the_report_due()
    {
        var sent = SentAsFile(Today.AddDays(-4));
        Assert.Contains(Waits.Of(sent, Of(sent)), w => w.Kind == "report");
    }

    [Theory]
    [InlineData("racemic-ketamine-iv", 350, 70, "5 mg per kg, which is unusual")]
    [InlineData("racemic-ketamine-iv", 360, 70, "which nobody is given")]
    [InlineData("racemic-ketamine-iv", 501, null, "A dose lies above 0 and up to 500 mg.")]
    [InlineData("racemic-ketamine-iv", 70, 70, null)]
    [InlineData("racemic-ketamine-iv", 71, 70, "is unusual")]
    [InlineData("racemic-ketamine-iv", 121, null, "121 mg is unusual")]
    [InlineData("racemic-ketamine-im", 105, 70, null)]
    [InlineData("esketamine-nasal", 56, 70, null)]
    [InlineData("esketamine-nasal", 84, null, null)]
    [InlineData("esketamine-nasal", 57, null, "not a dose of the label (56 or 84 mg)")]
    [InlineData("esketamine-nasal", 169, null, "up to 168 mg")]
    public void An_impossible_dose_is_refused_and_an_unusual_one_asked_about_once_more(string product, int mg, int? kg, string? because)
    {
        Decision Told(decimal? sure) => Reporting.Report(Scheduled, Session, Id, Report() with { Product = product, DoseMg = mg, WeightKg = kg }, Rules, null, Now.AddHours(3), sure);
        if (because is null) Assert.IsType<Journal.Accepted>(Told(null));
        else Assert.Contains(because, Refused(Told(null)), StringComparison.Ordinal);
        if (because?.Contains("unusual", StringComparison.Ordinal) is true)
        {
            Assert.IsType<Journal.Accepted>(Told(mg));
            Assert.Contains("tick that it is right", Refused(Told(mg + 1)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_unusual_dose_is_asked_about_before_it_is_given()
    {
        Decision Begin(decimal mg, decimal? sure) => Treating.Start(Ready, Rulebook, Rules, ConsentDocuments.None, new(Session, Id, "Dr Osei", mg, 70, sure), Denver, Now);
        Assert.Contains("unusual", Refused(Begin(350, null)), StringComparison.Ordinal);
        Assert.IsType<Journal.Accepted>(Begin(350, 350));
        Assert.Contains("nobody is given", Refused(Begin(400, 400)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pdf", 4096, true)]
    [InlineData("image/png", 4096, false)]
    [InlineData("application/pdf", 0, false)]
    [InlineData("application/pdf", 11 * 1024 * 1024, false)]
    public void Only_a_pdf_of_a_sensible_size_is_taken(string type, int bytes, bool taken) =>
        Assert.Equal(taken, Reporting.Receive(Scheduled, new(Once, Id, "report.pdf", type, bytes, "aa", Today, IsOutcome: false), Rules) is Journal.Accepted);

    [Fact]
    public void Another_referrals_session_looks_absent()
    {
        var other = Guid.NewGuid();
        Assert.Equal("We have no such session.", Refused(Treating.CallOff(Ready, Session, other, "x")));
        Assert.Equal("We have no such session.", Refused(Treating.EndDose(Started, Session, other, false, Now)));
        Assert.Equal("We have no such session.", Refused(Treating.Happened(Started, Rules, Session, other, Once, "seizure", "x", Now)));
    }

    static ImmutableArray<PatientEvent> Follows(Chart before, Chart after, DateTimeOffset at) => Everything.Of(before, after, at);

    static Following Everything { get; } = new(Rulebook, () => Defaults, Pathway, Casement.Consent.ConsentDocuments.None, Denver);

    static Casement.Safety.SafetyRules Pathway => Casement.Definitions.SafetyFile.Read(Root.Path("definitions", "safety"), Rulebook, Casement.Definitions.ScalesFolder.Read(Root.Path("definitions")).Instruments);

    static Chart With(Chart before, Chart after, DateTimeOffset at) => At(after, at, Actor.Casement, Follows(before, after, at).AsSpan());

    static string[] Rows(Chart chart) => [.. ReferralWork.Rows(chart).Where(r => r.List == Casement.FollowUp.Worklist.List).Select(r => Casement.FollowUp.Worklist.Read(r.Json).What)];

    static Chart Intending(Chart chart, DateTimeOffset at) => chart.Do(Treating.CheckDischarge(chart, Rulebook, Session, Id, Guid.NewGuid(),
        [.. Answers("pub-050", Phase.Discharge, at).Select(f => f.Fact is "d-suicide-concern" ? f with { Value = FactValue.Of(true) } : f)], Defaults, at), at, Clinic);

    [Fact]
    public void New_intent_at_discharge_opens_the_pathway_also_on_a_clearance_that_is_suspended_already()
    {
        var at = Now.AddHours(2);
        var suspended = After(Started, new ClearanceSuspended(Cleared, "trig-bp-event", "High.", "7 days"));
        var intending = Intending(suspended, at);
        var after = With(suspended, intending, at);
        Assert.Equal(Casement.Safety.SafetyTier.High, after.Safety.Tier);
        Assert.Contains(after.Duties.Values, d => d.Called.Template == "staff-urgent");
        Assert.Contains(Rows(after), r => r == "At the clinic: emergency at discharge. Say what was done");
        // Going home, a report and reading it take nothing off the list.
        var calm = after.Do(Discharged(after, at.AddMinutes(30)), at.AddMinutes(30), Clinic);
        Assert.Contains(Rows(calm), r => r.StartsWith("At the clinic: emergency", StringComparison.Ordinal));
    }

    [Fact]
    public void Intent_told_by_a_clinic_is_a_new_alert_while_an_older_one_is_being_worked_on()
    {
        var at = Now.AddHours(2);
        var intending = Intending(Started, at);
        var first = With(Started, intending, at);
        var seen = At(first, at, Nurse, new Casement.Safety.SafetyAcknowledged(first.Safety.Alerts[0].Alerted.Alert));
        var again = Intending(seen, at.AddMinutes(20));
        Assert.Equal(2, With(seen, again, at.AddMinutes(20)).Safety.Alerts.Count);
    }

    [Theory]
    [InlineData("i-rr", 6)]
    [InlineData("i-moaas", 1)]
    public void Breathing_that_stops_and_deep_sedation_are_serious_events(string fact, int value)
    {
        var at = Now.AddMinutes(10);
        var answers = Calm(at).Select(f => f.Fact == fact ? f with { Value = FactValue.Of(value) } : f).ToImmutableArray();
        var read = Started.Do(Reading(Started, answers, at), at, Clinic);
        Assert.Equal(FactValue.Of(true), read.Facts["c-serious-event"][^1].Fact.Value);
        Assert.Contains(Follows(Started, read, at), e => e is ClearanceSuspended { Trigger: "trig-adverse-event" });
        Assert.Contains(Rows(read), r => r == "At the clinic: stop during a session. Say what was done");
    }

    [Fact]
    public void A_new_medicine_told_on_the_day_suspends_for_the_practice()
    {
        var answers = Answers("pub-041", Phase.PreSession).Where(f => f.Fact is not "s-new-medication" and not "s-new-medication-reviewed")
            .Append(new RecordedFact("s-new-medication", FactValue.Of(true), Now, FactSource.Partner)).Append(new RecordedFact("s-new-medication-reviewed", FactValue.Of(true), Now, FactSource.Partner)).ToImmutableArray();
        var after = Scheduled.Do(Treating.Check(Scheduled, Rulebook, Rules, new(Session, Id, Once, answers, Taken), Defaults, Now), by: Clinic);
        Assert.Contains(Follows(Scheduled, after, Now), e => e is ClearanceSuspended { Trigger: "trig-new-medicine" });
    }

    [Fact]
    public void A_finding_stays_until_a_licensed_person_says_what_was_done()
    {
        var refused = Scheduled.Do(Check(Scheduled, "pub-044"), by: Clinic);
        const string row = "At the clinic: no go before a session. Say what was done";
        Assert.Contains(row, Rows(refused));
        var off = refused.Do(Treating.CallOff(refused, Session, Id, "Pressure"), by: Clinic);
        Assert.Contains(row, Rows(off));
        Assert.Equal("Say what was done. A finding is closed by an act, not by reading it.", Refused(Findings.Handle(off, Session, SessionPart.Before, Now, " ", Nurse)));
        Assert.Contains("licence", Refused(Findings.Handle(off, Session, SessionPart.Before, Now, "Called", Nurse with { Credentials = "" })));
        var handled = off.Do(Findings.Handle(off, Session, SessionPart.Before, Now, "Called; seen by the family doctor tomorrow", Nurse));
        Assert.DoesNotContain(row, Rows(handled));
        Assert.IsType<AlreadySo>(Findings.Handle(handled, Session, SessionPart.Before, Now, "Called", Nurse));
    }

    [Fact]
    public void A_hold_that_the_clinic_settled_leaves_the_list_by_itself()
    {
        var held = Scheduled.Do(Check(Scheduled, "pub-042"), by: Clinic);
        Assert.Contains("At the clinic: hold before a session. Say what was done", Rows(held));
        Assert.DoesNotContain(Rows(held.Do(Check(held, "pub-043", Again), by: Clinic)), r => r.StartsWith("At the clinic", StringComparison.Ordinal));
    }
}
