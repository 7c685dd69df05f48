using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Readiness;
using Casement.Referrals;

namespace Casement.Sessions;

/// <summary>The wish to go through the checklist before a session.</summary>
/// <param name="Medicines">The list as confirmed today; null when it was not.</param>
public sealed record CheckSession(Guid Session, Guid Referral, Guid Check, ImmutableArray<RecordedFact> Answers, ImmutableArray<Medicine>? Medicines);

/// <summary>The wish to begin the dose.</summary>
/// <param name="SureOfMg">An unusual dose that somebody looked at again.</param>
public sealed record StartSession(Guid Session, Guid Referral, string Giver, decimal? DoseMg, decimal? WeightKg, decimal? SureOfMg = null);

/// <summary>The session day at the partner clinic. Casement asks the protocol and shows the result; the clinic's prescriber decides inside it (clearance.md 8).</summary>
public static class Treating
{
    public const string Gate = "session-day";

    const string NoSuch = "We have no such session.";

    public static Decision Check(Chart chart, Protocol protocol, ReferralRules rules, CheckSession wish, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        if (!chart.Referrals.TryGetValue(wish.Referral, out var referral)) return Decision.Refuse(Preparing.NoSuch);
        if (chart.Sessions.TryGetValue(wish.Session, out var so))
        {
            if (so.Referral != wish.Referral) return Decision.Refuse(NoSuch);
            if (so.Checks.Any(c => c.Check.Check == wish.Check)) return Decision.Nothing;
            if (so.Started is not null) return Decision.Refuse("The session has already started.");
            if (so.CalledOff is not null) return Decision.Refuse("This session was called off. Begin another.");
        }
        if (!referral.MayTreat) return Decision.Refuse("Accept the referral before you start a session.");
        if (OtherUnderWay(chart, wish.Session)) return Decision.Refuse("Another session of this person is under way.");
        if (Wrong(protocol, wish.Answers, Phase.PreSession) is { } wrong) return Decision.Refuse(wrong);
        var given = SessionDay.Before(protocol, chart, wish.Session, referral.Drafted, wish.Answers, wish.Medicines, settings, now);
        return Accepted(new SessionChecked(wish.Session, wish.Referral, wish.Check, LiveClearance.Of(chart, referral.Drafted.Product, now).Decision?.Signed.Clearance, SessionDay.Evaluate(protocol, given), now.AddMinutes(rules.Session.CheckGoodMinutes)), wish.Answers);
    }

    /// <summary>A finding of the last check is set aside by the prescriber there, as far as the protocol lets anybody. The check is made anew with it.</summary>
    public static Decision Override(Chart chart, Protocol protocol, ReferralRules rules, Guid session, Guid referral, Guid check, Override wish, DateTimeOffset now)
    {
        if (!chart.Sessions.TryGetValue(session, out var so) || so.Referral != referral || so.Checks.LastOrDefault() is not { Check: { } last }) return Decision.Refuse(NoSuch);
        if (so.Checks.Any(c => c.Check.Check == check)) return Decision.Nothing;
        if (so.Started is not null) return Decision.Refuse("The session has already started.");
        if (!chart.Referrals.TryGetValue(referral, out var about) || !about.MayTreat) return Decision.Refuse(NoSuch);
        if (!protocol.RuleById.TryGetValue(wish.Rule, out var rule) || rule.Phase is not Phase.PreSession) return Decision.Refuse("There is no such finding.");
        if (string.IsNullOrWhiteSpace(wish.By)) return Decision.Refuse("Write your name and title.");
        if (rule.Override is OverridePolicy.Never) return Decision.Accept(new SessionOverrideRefused(session, rule.Id, wish.By.Trim(), wish.Reason.Trim()));
        if (Overriding.InvalidBecause(protocol, rule, wish) is { } why) return Decision.Refuse(why);
        if (now > last.GoodUntil) return Decision.Refuse("The check is too old. Go through it again first.");
        var typed = last.Evaluation.Given.Facts.Values.Where(f => protocol.FactById[f.Fact].Phase is Phase.PreSession && f.Source is FactSource.Partner).ToImmutableArray();
        var given = SessionDay.Before(protocol, chart, session, about.Drafted, typed, last.Evaluation.Given.MedicinesObservedAt is { } at && at >= last.Evaluation.Given.AsOf ? last.Evaluation.Given.Medicines : null, last.Evaluation.Given.Settings, now);
        given = given with { Overrides = last.Evaluation.Given.Overrides.SetItem(rule.Id, wish) };
        return Decision.Accept(new SessionChecked(session, referral, check, last.Clearance, SessionDay.Evaluate(protocol, given), last.GoodUntil));
    }

    /// <summary>Why a session may not start now, in a sentence; null when it may.</summary>
    public static string? NotToStart(Chart chart, Protocol protocol, SessionOnChart so, ConsentDocuments documents, DateTimeOffset now)
    {
        if (!chart.Referrals.TryGetValue(so.Referral, out var referral) || !referral.MayTreat) return "This referral is not open for treatment.";
        if (Rems.Unenrolled(chart, referral.Drafted) is not null) return "The practice has no word that the patient is enrolled in the esketamine REMS. Do not treat. Call the practice.";
        if (so.CalledOff is not null) return "This session was called off.";
        if (AskingReadiness.Stops(chart, so.Referral) is { } hold) return hold;
        if (Gates.Ask(documents, chart, Gate, now) is { IsOpen: false } shut) return $"Not signed, or no longer in force: {string.Join(", ", shut.Missing.Select(m => $"“{m.Title}”"))}. The patient can sign on their own pages, here and now. Do not treat before that. Call the practice.";
        if (so.Checks.LastOrDefault() is not { Check: { } check }) return "Go through the checklist first.";
        var live = LiveClearance.Of(chart, referral.Drafted.Product, now);
        if (!live.MayTreat) return $"{live.Says} Do not treat. Call the practice.";
        if (live.Decision?.Signed.Clearance != check.Clearance) return "The clearance was replaced since the check. Go through it again.";
        if (now > check.GoodUntil) return "The check is too old. Go through it again.";
        if (!protocol.Phases[Phase.PreSession].ByRank.First(o => o.Id == check.Evaluation.Outcome).MayProceed) return "The check does not allow a start.";
        return OtherUnderWay(chart, so.Id) ? "Another session of this person is under way." : null;
    }

    public static Decision Start(Chart chart, Protocol protocol, ReferralRules rules, ConsentDocuments documents, StartSession wish, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (!chart.Sessions.TryGetValue(wish.Session, out var so) || so.Referral != wish.Referral) return Decision.Refuse(NoSuch);
        if (so.Started is not null) return Decision.Nothing;
        if (NotToStart(chart, protocol, so, documents, now) is { } why) return Decision.Refuse(why);
        if (string.IsNullOrWhiteSpace(wish.Giver)) return Decision.Refuse("Say who gives the dose, with title.");
        if (wish.WeightKg is < 20 or > 400) return Decision.Refuse("A weight lies between 20 and 400 kg.");
        var referral = chart.Referrals[wish.Referral];
        if (wish.DoseMg is { } mg && rules.Session.Doses.TryGetValue(referral.Drafted.Product, out var doses) && doses.Refuses(mg, wish.WeightKg, wish.SureOfMg) is { } dose) return Decision.Refuse(dose);
        return Decision.Accept(new SessionStarted(wish.Session, wish.Referral, so.Checks[^1].Check.Check, referral.Drafted.Product, now, wish.Giver.Trim(), wish.DoseMg, wish.WeightKg, rules.Calendar.Due(now, referral.Sent?.Terms.ReportDays ?? rules.ReportDays, DueUnit.CalendarDays, zone)));
    }

    public static Decision Read(Chart chart, Protocol protocol, ReferralRules rules, Guid session, Guid referral, Guid reading, ImmutableArray<RecordedFact> answers, string note, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        if (Running(chart, session, referral) is not { } so) return NotRunning(chart, session, referral);
        if (so.Readings.Any(r => r.Reading.Reading == reading)) return Decision.Nothing;
        if (answers.IsEmpty) return Decision.Refuse("Nothing was written, so nothing was kept.");
        if (Wrong(protocol, answers, Phase.InSession) is { } wrong) return Decision.Refuse(wrong);
        var evaluation = SessionDay.Evaluate(protocol, SessionDay.During(protocol, chart, so, answers, Due(protocol, rules, so, settings, now), settings, now));
        var taken = new SessionReadingTaken(session, reading, evaluation, note.Trim(), NextDue(protocol, rules, so, evaluation, settings, now));
        ImmutableArray<RecordedFact> written = [.. rules.Session.Writes.Where(w => w.Rules.Any(evaluation.Fired.Contains)).Select(w => new RecordedFact(w.Fact, FactValue.Of(true), now, FactSource.Partner, new($"session {session:D}", "Fired during the session")))];
        return Accepted(taken, written);
    }

    /// <summary>Five minutes after any alert, sooner than the schedule; after the dose as the schedule has it.</summary>
    static DateTimeOffset NextDue(Protocol protocol, ReferralRules rules, SessionOnChart so, Evaluation evaluation, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        var calm = Scheduled(protocol, rules, so, settings, now);
        var soon = now.AddMinutes(rules.Session.AfterAlertMinutes);
        return evaluation.Outcome == protocol.Phases[Phase.InSession].ByRank[0].Id || calm < soon ? calm : soon;
    }

    /// <summary>When a reading is due now: as the last one says, or the first after the beginning as the schedule has it.</summary>
    public static DateTimeOffset Due(Protocol protocol, ReferralRules rules, SessionOnChart so, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now) =>
        so.Readings.LastOrDefault().Reading?.NextDueAt ?? Scheduled(protocol, rules, so, settings, so.Started?.StartedAt ?? now);

    static DateTimeOffset Scheduled(Protocol protocol, ReferralRules rules, SessionOnChart so, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset at) =>
        so.Started is { } started && rules.Session.Monitoring.TryGetValue(started.Product, out var line) ? line.NextDue(protocol, settings, started.StartedAt, so.DoseEnded?.EndedAt, at) : at.AddMinutes(rules.Session.AfterAlertMinutes);

    public static Decision EndDose(Chart chart, Guid session, Guid referral, bool stopped, DateTimeOffset now)
    {
        if (Running(chart, session, referral) is not { } so) return NotRunning(chart, session, referral);
        return so.DoseEnded is not null ? Decision.Nothing : Decision.Accept(new SessionDoseEnded(session, now, stopped));
    }

    public static Decision Happened(Chart chart, ReferralRules rules, Guid session, Guid referral, Guid id, string kind, string what, DateTimeOffset now)
    {
        if (!chart.Sessions.TryGetValue(session, out var so) || so.Referral != referral) return Decision.Refuse(NoSuch);
        if (so.Events.Any(e => e.Event == id)) return Decision.Nothing;
        if (rules.Session.Events.FirstOrDefault(e => e.Id == kind) is not { } known) return Decision.Refuse("Choose what happened.");
        if (string.IsNullOrWhiteSpace(what)) return Decision.Refuse("Say in a few words what happened and what was done.");
        return Accepted(
            new SessionAdverseEvent(session, id, kind, known.Serious, what.Trim(), now),
            known.Serious ? [new("c-serious-event", FactValue.Of(true), now, FactSource.Partner, new($"session {session:D}", known.Says))] : []);
    }

    public static Decision CheckDischarge(Chart chart, Protocol protocol, Guid session, Guid referral, Guid check, ImmutableArray<RecordedFact> answers, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        if (Running(chart, session, referral) is not { } so) return NotRunning(chart, session, referral);
        if (so.DischargeCheck?.Check.Check == check) return Decision.Nothing;
        if (Wrong(protocol, answers, Phase.Discharge) is { } wrong) return Decision.Refuse(wrong);
        return Accepted(new SessionDischargeChecked(session, check, SessionDay.Evaluate(protocol, SessionDay.AtDischarge(protocol, chart, so, answers, settings, now))), answers);
    }

    public static Decision Discharge(Chart chart, Protocol protocol, Guid session, Guid referral, string with, DateTimeOffset now)
    {
        if (!chart.Sessions.TryGetValue(session, out var so) || so.Referral != referral || so.Started is null) return Decision.Refuse(NoSuch);
        if (so.Discharged is not null) return Decision.Nothing;
        if (so.DischargeCheck is not var (check, at)) return Decision.Refuse("Go through the discharge check first.");
        if (!protocol.Phases[Phase.Discharge].ByRank.First(o => o.Id == check.Evaluation.Outcome).MayProceed) return Decision.Refuse("The patient is not ready to go home. Keep observing and check again.");
        if (so.Readings.Any(r => r.At > at)) return Decision.Refuse("There is a newer reading. Go through the discharge check again.");
        return string.IsNullOrWhiteSpace(with) ? Decision.Refuse("Say who takes the patient home.") : Decision.Accept(new SessionDischarged(session, now, with.Trim()));
    }

    public static Decision CallOff(Chart chart, Guid session, Guid referral, string reason)
    {
        if (!chart.Sessions.TryGetValue(session, out var so) || so.Referral != referral) return Decision.Refuse(NoSuch);
        if (so.CalledOff is not null) return Decision.Nothing;
        if (so.Started is not null) return Decision.Refuse("The session has started. End the dose and go through discharge.");
        return string.IsNullOrWhiteSpace(reason) ? Decision.Refuse("Say why there is no session today.") : Decision.Accept(new SessionCalledOff(session, reason.Trim()));
    }

    /// <summary>Whether a checklist may be begun for this referral.</summary>
    public static bool CanBegin(Chart chart, ReferralOnChart referral) => referral.MayTreat && !chart.Sessions.Values.Any(s => s.IsUnderWay);

    static bool OtherUnderWay(Chart chart, Guid session) => chart.Sessions.Values.Any(s => s.Id != session && s.IsUnderWay);

    static SessionOnChart? Running(Chart chart, Guid session, Guid referral) =>
        chart.Sessions.TryGetValue(session, out var so) && so.Referral == referral && so.IsUnderWay ? so : null;

    static Decision NotRunning(Chart chart, Guid session, Guid referral) =>
        chart.Sessions.TryGetValue(session, out var so) && so.Referral == referral
            ? Decision.Refuse(so.Started is null ? "The session has not started." : "The session is over.")
            : Decision.Refuse(NoSuch);

    static string? Wrong(Protocol protocol, ImmutableArray<RecordedFact> answers, Phase phase)
    {
        foreach (var answer in answers)
        {
            if (!protocol.FactById.TryGetValue(answer.Fact, out var fact) || fact.Phase != phase || SessionDay.Computed.Contains(answer.Fact)) return "This page asks no such thing.";
            if (fact.Refuses(answer.Value) is { } why) return why;
        }
        return null;
    }

    /// <summary>With the answers as facts of the chart, so that the life of the clearance sees them in the same transaction.</summary>
    static Decision Accepted(PatientEvent what, ImmutableArray<RecordedFact> facts) =>
        facts.IsEmpty ? Decision.Accept(what) : Decision.Accept(what, new FactsRecorded(facts));
}
