using System.Collections.Immutable;
using System.Globalization;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.People;
using Casement.Programmes;
using Casement.Referrals;
using Casement.Safety;
using Casement.Sessions;

namespace Casement.Cli.Sample;

/// <summary>One invented person and their chart, as time goes by. Everything goes through the desk and the decisions of the program.</summary>
sealed class SimulatedLife(SampleHouse house, PatientId patient, Person who, DateTimeOffset from, CancellationToken stop)
{
    /// <summary>What is younger stays open, so that the worklist of today has something on it.</summary>
    static readonly TimeSpan StillOpen = TimeSpan.FromDays(1.5);

    readonly SamplePractice.StoppedClock clock = new(from);
    readonly Actor self = new(ActorKind.Patient, patient.ToString(), who.Name.Called), clinicActor = new(ActorKind.Partner, "sample", "Hillview Infusion");
    Desk? opened;
    readonly HashSet<Guid> decided = [];
    int counted;

    Desk Desk => opened ??= new(house.Journals, house.Practice, house.Following.Rows, clock, house.Following.Of);

    public DateTimeOffset Now => clock.Now;

    Guid Referral => DerivedId.Joined("sample referral", patient);

    /// <summary>Days later at the same hour; false when that would be after today.</summary>
    public bool Later(int days)
    {
        if (clock.Now.AddDays(days) > house.Now.AddHours(-2)) return false;
        clock.Now = clock.Now.AddDays(days);
        return true;
    }

    public async Task Admit(Case given)
    {
        await Do(house.Clinician, _ => Decision.Accept(new PatientAdmitted(who)));
        var shift = clock.Now - given.AsOf;
        var protocol = house.Following.Protocol;
        var facts = given.Facts.Values.Where(f => f.Fact != "age-years" && protocol.FactById[f.Fact].Derivation is null)
            .Select(f => f with { ObservedAt = f.ObservedAt + shift, Source = SamplePractice.SourceOf(protocol.FactById[f.Fact]) }).ToImmutableArray();
        await Do(house.Clinician, _ => Decision.Accept(new FactsRecorded(facts), new MedicinesRecorded([.. given.Medicines.Select(m => m with { LastTakenAt = m.LastTakenAt + shift })], clock.Now, FactSource.Clinician)));
    }

    /// <summary>False when the protocol lets nobody sign that yet: they wait, as some do.</summary>
    public async Task<bool> Clear(ClearanceVerdict verdict)
    {
        foreach (var family in (string[])["doc-consent-treat", "doc-ket-consent"])
            await SampleSignature.Sign(house.Following.Documents, family, patient, who.Name.Legal, house.Clinician, clock.Now, SampleHouse.Zone, Do);
        return await Desk.CarryOut(patient, house.Clinician, chart => Signing.Decide(chart, house.Following.Protocol, house.Following.Settings(), house.Following.Documents, new(patient.Value, verdict, "Reviewed with the person; trials, pressure and laboratory values are in order.", chart.Version), house.Clinician, clock.Now), stop) is not Refused;
    }

    public Task Refer(PartnerClinic clinic) => SampleReferrals.Send(patient, who.Name.Legal, clinic, "racemic-ketamine-iv", "accepted", house.Clinician, house.Following, house.Referrals, clock.Now.AddHours(20), Do, at => clock.Now = at);

    /// <summary>A session at the clinic, reported two hours later and read the next day.</summary>
    public async Task Session(int number, Dice dice, bool serious, AfterSession next)
    {
        var id = DerivedId.Of("simulated session", patient.ToString(), number.ToString(CultureInfo.InvariantCulture));
        var (began, weight) = (clock.Now, 55 + dice.Below(50));
        clock.Now = began.AddHours(3);
        var (high, low) = (118 + dice.Below(30), 70 + dice.Below(18));
        await Do(clinicActor, chart => Reporting.Report(chart, id, Referral, new("racemic-ketamine-iv", began, began.AddMinutes(40), Math.Round(weight * 0.5m, 1), weight, 0.5m, "", "Dr Kofi Osei, anaesthetist", "Dana Cole, RN",
            $"{high - 12}/{low - 4} before, highest {high}/{low}, {high - 8}/{low - 2} before discharge", dice.Real() < 0.2 ? "Mild nausea, settled by itself" : "none", "Oriented, steady, with a friend", next, next is AfterSession.AnotherSession ? "As planned" : ""), house.Referrals, null, clock.Now));
        if (serious) await Do(clinicActor, _ => Decision.Accept(new SessionAdverseEvent(id, DerivedId.Of("simulated event", id.ToString("D")), "hypertension", Serious: true, "Pressure 184/112 for ten minutes; observed two hours, no symptoms", clock.Now)));
        clock.Now = began;
    }

    /// <summary>Scales filled in together, after sign-in.</summary>
    public async Task Scales(Func<Instrument, ImmutableSortedDictionary<string, decimal>> answers, params string[] scales)
    {
        var sitting = Next("sitting");
        foreach (var id in scales)
        {
            if (house.Measuring.Scales.Instruments.Find(id) is not { } scale) continue;
            var answered = ScaleAnswered.Of(sitting, scale, answers(scale), clock.Now, FactSource.Patient);
            var known = house.Facts.FromItems(answered).AddRange(house.Facts.From(answered, null));
            await Do(self, _ => known.IsEmpty ? Decision.Accept(answered) : Decision.Accept(answered, new FactsRecorded(known)));
        }
    }

    /// <summary>What the schedule asks for by now.</summary>
    public async Task Ask()
    {
        if (house.Following.Sittings is not { } rules || AskingSittings.Due(await Desk.Peek(patient, stop), rules, clock.Now).IsEmpty) return;
        await Do(Actor.Casement, chart => Decision.Accept(AskingSittings.Due(chart, rules, clock.Now)));
    }

    /// <summary>Answers what was asked, or lets it pass; asked about each sitting once.</summary>
    public async Task Answer(Func<string, bool> wants, Func<Instrument, ImmutableSortedDictionary<string, decimal>> answers)
    {
        var open = (await Desk.Peek(patient, stop)).Sittings.Values.Where(s => s.Asked.ClosesAt > clock.Now).OrderBy(s => s.Asked.ClosesAt).ThenBy(s => s.Asked.CheckIn).ToArray();
        foreach (var sitting in open.Where(s => decided.Add(s.Asked.CheckIn) && wants(s.Asked.Milestone)))
            while (Sitting.Of(await Desk.Peek(patient, stop), sitting.Asked.CheckIn)?.Left(await Desk.Peek(patient, stop), house.CheckIns) is [var next, ..])
                await Do(self, chart => CheckingIn.Answer(chart, house.CheckIns, house.Facts, new(sitting.Asked.CheckIn, next.Scale.Id, answers(next.Scale), clock.Now)));
    }

    /// <summary>What was agreed before the first session.</summary>
    public Task Agree(int sessions) => Do(house.Clinician, chart => Planning.Plan(chart, house.Measuring.Defaults, house.Following.Protocol, house.Measuring.Scales.Instruments, SampleHouse.Zone,
        new(Next("course"), "racemic-ketamine-iv", house.Measuring.Defaults.PrimaryScale, sessions, CourseOnChart.DateIn(clock.Now, SampleHouse.Zone), "To get up in the morning and want to.", CourseOnChart.DateIn(clock.Now.AddDays(330), SampleHouse.Zone), "No change after the fourth session, or harm we cannot live with.")));

    public Task Intend() => Do(self, chart => TakingSteps.Intend(chart, Next("intention"), "To find out what is under the tiredness, and to sit at breakfast with my family again."));

    /// <summary>After the first session: goals, practices, and when somebody is next in touch.</summary>
    public Task PlanIntegration() => Do(house.Clinician, chart => Integration.Plan(chart, new(Next("integration"), "Walk every morning; call my brother once a week.", "Ten minutes of writing in the evening; the breathing from the second visit.", CourseOnChart.DateIn(clock.Now.AddDays(2), SampleHouse.Zone), "Imogen Vance", ""), CourseOnChart.DateIn(clock.Now, SampleHouse.Zone), SampleHouse.Zone));

    /// <summary>What the practice did meanwhile: letters went out, reports were read, tasks done, alarms closed, danger evaluated. The last day and a half stay open.</summary>
    public async Task Work()
    {
        var until = house.Now - StillOpen;
        if (clock.Now > until) return;
        var chart = await Desk.Peek(patient, stop);
        foreach (var message in chart.Messages.Values.Where(m => m.Waits).OrderBy(m => m.AskedAt)) await Do(Actor.Casement, now => Delivering.Sent(now, new(message.Asked.Message, "Something waits for you", "", who.Email, "simulated", message.AskedAt.AddMinutes(1))));
        foreach (var duty in chart.Duties.Values.Where(d => d.Found is null)) await Do(Actor.Casement, _ => Decision.Accept(new DutyFound(duty.Called.Call, "Imogen Vance, who was here", [])));
        foreach (var task in chart.Tasks.Values.Where(t => t.Done is null)) await Do(house.Clinician, now => Tasks.Finish(now, task.Opened.Task, "Spoke with the person; all as planned."));
        foreach (var session in chart.Sessions.Values.Where(s => s.Report is not null && !s.IsRead)) await Do(house.Clinician, now => Reporting.Read(now, session.Id, "", house.Clinician));
        foreach (var finding in chart.Sessions.Values.SelectMany(s => Findings.Open(s))) await Do(house.Clinician, now => Findings.Handle(now, finding.Session, finding.Part, finding.Last, "Spoke with the clinic; followed up by phone.", house.Clinician));
        foreach (var alarm in chart.Alarms.Where(a => a.Closed is null)) await Do(house.Clinician, now => CheckingIn.Close(now, alarm.Raised.CheckIn, alarm.Raised.Flag, "Called; spoke for ten minutes; safe."));
        foreach (var alarm in CourseAlarms.Open(chart).ToArray()) await Do(house.Clinician, now => CourseAlarms.Close(now, alarm.Raised.Alarm, "Talked it over; the plan stays, with a visit in two weeks."));
        if (CheckInWork.SilentSittings(chart).FirstOrDefault(s => s.Asked.ClosesAt <= clock.Now) is { } missed) await Do(house.Clinician, now => CheckingIn.SettleSilence(now, missed.Asked.CheckIn, "Reached by phone; all well.", clock.Now));
        if (chart.Programme.Plans is [.., { What: var planned }] && planned.NextContactOn is { } contact && contact <= CourseOnChart.DateIn(clock.Now, SampleHouse.Zone))
        {
            await Do(house.Clinician, now => Integration.Note(now, new(planned.Plan, contact, Held: true, "Twenty minutes by video."), CourseOnChart.DateIn(clock.Now, SampleHouse.Zone)));
            await Do(house.Clinician, now => Integration.Plan(now, new(Next("integration"), planned.Goals, planned.Practices, CourseOnChart.DateIn(clock.Now.AddDays(28), SampleHouse.Zone), planned.With, ""), CourseOnChart.DateIn(clock.Now, SampleHouse.Zone), SampleHouse.Zone));
        }
        foreach (var silent in CheckInWork.Silent(chart).Where(c => c.ClosesAt <= clock.Now).ToArray()) await Do(house.Clinician, now => CheckingIn.SettleSilence(now, silent.CheckIn, "Reached by phone; all well.", clock.Now));
        if (chart.Referrals.TryGetValue(Referral, out var referral) && referral is { Closed: null, Stage: ReferralStage.Completed })
            await Do(house.Clinician, now => Closing.Close(now, Referral, "Integration as agreed; scales monthly.", "", house.Clinician, Next("message"), clock.Now));
        await Evaluate();
    }

    /// <summary>Whoever was in danger was met the same day, and the pathway went its way.</summary>
    async Task Evaluate()
    {
        if (house.Following.Safety is not { } rules || (await Desk.Peek(patient, stop)).Safety is not { IsOpen: true, Evaluations.IsEmpty: true }) return;
        await Do(house.Clinician, chart => Working.Acknowledge(chart, house.Clinician, []));
        await Do(house.Clinician, chart => Working.Evaluate(chart, rules, SampleHouse.Zone, new(Next("evaluation"), MetBy.Video, "A wish to be dead on bad evenings, no plan, no intent, means locked away.", "Low mood after the session; protected by family and the plan made together.", ClinicianLevel.Low, false, "Goes on with the plan; contact in two days.", CourseOnChart.DateIn(clock.Now.AddDays(2), SampleHouse.Zone), chart.Version), house.Clinician, clock.Now));
        var written = Next("plan");
        await Do(self, chart => SafetyPlan.Decide(chart, rules, new(written, chart.Safety.Plan?.Written.Plan ?? Guid.Empty, [.. rules.PlanParts.Select(p => new PlanPart(p.Id, [.. Enumerable.Range(1, Math.Max(1, p.Least)).Select(n => PlanLine(p.Id, n))]))]), self, clock.Now));
        await Do(house.Clinician, chart => SafetyPlan.Review(chart, rules, SampleHouse.Zone, written, house.Clinician, clock.Now));
        foreach (var action in (await Desk.Peek(patient, stop)).Safety.Actions)
            await Do(house.Clinician, chart => Working.Record(chart, new(Next("act"), action.Due.Action, "Spoke by video; done as the plan says.", clock.Now, ContactOutcome.Reached), house.Clinician, clock.Now));
        if (Working.StillNeeded(await Desk.Peek(patient, stop), rules, clock.Now).IsEmpty) await Do(house.Clinician, chart => Working.Close(chart, rules, "Evaluated, plan reviewed, contact kept; no thoughts since.", house.Clinician, clock.Now));
    }

    static string PlanLine(string part, int number) => part switch
    {
        "plan-1" => "I stop answering my sister",
        "plan-2" => number == 1 ? "Walk to the reservoir" : "Water the tomatoes",
        "plan-4" => "My sister, 303 555 0131",
        "plan-5" => "Casement sample practice, 303 555 0100; 988 at any hour",
        _ => number == 1 ? "As we wrote it down together, 303 555 0131" : "The café on Pearl Street",
    };

    Guid Next(string what) => DerivedId.Of($"simulated {what}", patient.ToString(), (++counted).ToString(CultureInfo.InvariantCulture));

    async Task Do(Actor by, Func<Chart, Decision> decide)
    {
        if (await Desk.CarryOut(patient, by, decide, stop) is Refused refused) throw new InvalidDataException($"{who.Name.Legal}, {clock.Now:yyyy-MM-dd}: {refused.Because}");
    }
}
