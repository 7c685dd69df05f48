using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Referrals;

namespace Casement.Sessions;

/// <summary>Puts together what the protocol is asked on a session day: the partner's answers, the live clearance, the medicines as of today. Values count for that session only.</summary>
public static class SessionDay
{
    const string Reconciled = "medication-list-reconciled";

    /// <summary>Worked out and never typed.</summary>
    public static ImmutableArray<string> Computed { get; } = ["s-clearance-outcome", "s-clearance-days-left", "s-product"];

    /// <summary>The sessions of this referral and all others that took place before an instant, the latest first.</summary>
    static DateTimeOffset? LastSession(Chart chart, Guid except) => chart.Sessions.Values.Where(s => s.Id != except).Select(s => s.StartedAt).Max();

    /// <summary>The questions before a session that this patient's record leaves open, in the order of the definitions.</summary>
    public static IEnumerable<Fact> Asked(Protocol protocol, Chart chart, Guid session, ReferralDrafted about, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        // As if today's list were the one on the chart: it is shown beside the questions and confirmed with them.
        var sheet = Filling.Fill(protocol, Before(protocol, chart, session, about, [], [.. Active(chart)], settings, now));
        foreach (var fact in protocol.Facts.Where(f => f.Phase is Phase.PreSession && f.Derivation is null))
        {
            if (Computed.Contains(fact.Id)) continue;
            if (fact.Id is "s-first-session" or "s-hours-since-last" && LastSession(chart, session) is not null) continue;
            // What depends on something other than today's answers can be told now.
            if (fact.RequiredWhen is { } when && when.Asks().All(f => f.Phase is not Phase.PreSession || sheet.Standing[f.Index] is Standing.Known) && sheet.Ask(when) == Truth.False) continue;
            yield return fact;
        }
    }

    /// <param name="answers">What the partner answered now.</param>
    /// <param name="medicines">The list as confirmed today, with when each was last taken; null when it was not confirmed.</param>
    public static Case Before(Protocol protocol, Chart chart, Guid session, ReferralDrafted about, ImmutableArray<RecordedFact> answers, ImmutableArray<Medicine>? medicines, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        var live = LiveClearance.Of(chart, about.Product, now);
        var given = Bare(protocol, chart, settings, now, Phase.PreSession);
        var facts = given.Facts.ToBuilder();
        foreach (var answer in answers) facts[answer.Fact] = answer;
        Compute("s-product", FactValue.Of(about.Product));
        Compute("s-clearance-outcome", FactValue.Of(!live.MayTreat ? "other" : live.Decision?.Signed.Verdict is ClearanceVerdict.Cleared ? "cleared" : "cleared-with-conditions"));
        Compute("s-clearance-days-left", FactValue.Of(DaysLeft(live, now)));
        if (LastSession(chart, session) is { } last)
        {
            Compute("s-first-session", FactValue.Of(false));
            Compute("s-hours-since-last", FactValue.Of(Math.Clamp(Math.Round((decimal)(now - last).TotalHours, 1), 0, 20_000)));
        }
        // The list counts as updated today or not at all (clearance.md 8.1): without that, what is not on it may still be taken.
        facts.Remove(Reconciled);
        if (medicines is not { } list) return given with { Facts = facts.ToImmutable() };
        facts[Reconciled] = new(Reconciled, FactValue.Of(true), now, FactSource.Partner);
        return given with { Facts = facts.ToImmutable(), Medicines = list, MedicinesObservedAt = now };

        void Compute(string fact, FactValue value) => facts[fact] = new(fact, value, now, FactSource.Derived);
    }

    /// <summary>Whole days until it ends; -1 once it has.</summary>
    static int DaysLeft(LiveClearance live, DateTimeOffset now) =>
        live.MayTreat && live.EndsAt is { } end ? Math.Min(365, (int)Math.Floor((end - now).TotalDays)) : -1;

    /// <param name="due">When this reading is due by the schedule of the product.</param>
    public static Case During(Protocol protocol, Chart chart, SessionOnChart so, ImmutableArray<RecordedFact> answers, DateTimeOffset due, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        var given = Bare(protocol, chart, settings, now, Phase.InSession);
        var facts = given.Facts.ToBuilder();
        foreach (var answer in answers) facts[answer.Fact] = answer;
        Rise("i-bp-sys", "s-bp-sys", "i-bp-sys-rise");
        Rise("i-bp-dia", "s-bp-dia", "i-bp-dia-rise");
        var since = so.Readings.LastOrDefault() is { Reading: not null } last ? last.At : so.Started?.StartedAt ?? now;
        var minutes = Math.Clamp(Math.Round((decimal)(now - since).TotalMinutes, 1), 0, 240);
        // A reading taken by when it was due is not late, also where the schedule asks for fewer than the protocol does during the dose.
        if (now <= due && protocol.ParameterById.TryGetValue("p-i-vitals-min", out var most))
            minutes = Math.Min(minutes, settings.GetValueOrDefault(most.Id, most.Default));
        facts["i-min-since-vitals"] = new("i-min-since-vitals", FactValue.Of(minutes), now, FactSource.Derived);
        return given with { Facts = facts.ToImmutable() };

        void Rise(string reading, string before, string rise)
        {
            if (facts.TryGetValue(reading, out var reached) && reached.Value is Number high && so.Checks.LastOrDefault() is { Check.Evaluation.Given.Facts: var first } && first.TryGetValue(before, out var start) && start.Value is Number low
                && protocol.FactById.TryGetValue(rise, out var fact))
                facts[rise] = new(rise, FactValue.Of(Math.Clamp(high.Value - low.Value, fact.Min, fact.Max)), now, FactSource.Derived);
        }
    }

    public static Case AtDischarge(Protocol protocol, Chart chart, SessionOnChart so, ImmutableArray<RecordedFact> answers, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        var given = Bare(protocol, chart, settings, now, Phase.Discharge);
        var facts = given.Facts.ToBuilder();
        foreach (var answer in answers) facts[answer.Fact] = answer;
        if (so.Started is { } started)
        {
            facts["s-product"] = new("s-product", FactValue.Of(started.Product), now, FactSource.Derived);
            Minutes("d-min-since-dose", started.StartedAt);
            if (so.DoseEnded is { } ended) Minutes("d-min-since-end", ended.EndedAt);
            // A spray has no end of an infusion: it counts from the dose.
            else if (started.Product == PartnerClinic.Esketamine) Minutes("d-min-since-end", started.StartedAt);
        }
        return given with { Facts = facts.ToImmutable() };

        void Minutes(string fact, DateTimeOffset since) =>
            facts[fact] = new(fact, FactValue.Of(Math.Clamp(Math.Round((decimal)(now - since).TotalMinutes, 1), 0, 1440)), now, FactSource.Derived);
    }

    public static Evaluation Evaluate(Protocol protocol, Case given)
    {
        var assessed = Assessing.Assess(protocol, given);
        return new(given, protocol.Hash, assessed.Outcome.Id, [.. assessed.Fired.Select(f => f.Rule.Id)], [.. assessed.Open.Select(f => f.Rule.Id)]);
    }

    /// <summary>The chart without anything that was said on another session day, and without overrides of the clearance.</summary>
    static Case Bare(Protocol protocol, Chart chart, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now, Phase phase)
    {
        var given = chart.CaseAt(protocol, now, settings, phase);
        return given with
        {
            Facts = given.Facts.Where(f => protocol.FactById[f.Key].Phase is Phase.Clearance).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Overrides = ImmutableSortedDictionary<string, Override>.Empty,
            Opinions = ImmutableSortedDictionary<string, Opinion>.Empty,
        };
    }

    /// <summary>The medicines whose last dose a rule of the session day asks about.</summary>
    public static IEnumerable<Medicine> Timed(Protocol protocol, Chart chart) =>
        (chart.MedicineLists.LastOrDefault()?.List.Medicines ?? []).Where(m => m.Active && protocol.ClassesOf(m).Any(c => TimedClasses(protocol).Contains(c)));

    static HashSet<MedicineClass> TimedClasses(Protocol protocol) =>
        [.. protocol.RulesOf(Phase.PreSession).SelectMany(r => r.Condition.Leaves()).OfType<TakenWithin>().Select(t => t.Class)];

    /// <summary>What a partner may read of the list: no substances, which travel only when the patient agreed.</summary>
    public static IEnumerable<Medicine> Active(Chart chart) => (chart.MedicineLists.LastOrDefault()?.List.Medicines ?? []).Where(m => m.Active);
}
