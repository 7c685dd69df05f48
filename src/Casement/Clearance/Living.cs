using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>A trigger that has fired on a clearance in force.</summary>
public sealed record TriggerFired(Trigger Trigger, string Because);

/// <summary>The life of a signed clearance: it suspends or revokes itself on new facts (clearance.md 6.4).</summary>
public static class Living
{
    /// <summary>A trigger's clock inside a sentence: "within 7 days", "at once".</summary>
    public static string HowSoon(string within) => within.Length > 0 && char.IsAsciiDigit(within[0]) ? $"within {within}" : within;

    /// <summary>What must be written beside new events so that no clearance outlives the facts it rests on. Nothing when no clearance is in force.</summary>
    public static ImmutableArray<PatientEvent> Consequences(Protocol protocol, Chart before, Chart after, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        if (before.Clearances.LastOrDefault() is not { } clearance || clearance.At(now) is not (ClearanceState.Valid or ClearanceState.Suspended)) return [];
        if (after.Clearances.Count > before.Clearances.Count) return [];
        var fired = Fired(protocol, clearance, before, after, settings, now);
        if (fired.FirstOrDefault(t => t.Trigger.Effect == TriggerEffect.Revoke) is { } revoke)
            return [new ClearanceRevoked(clearance.Signed.Clearance, revoke.Trigger.Id, revoke.Because, revoke.Trigger.Within)];
        // Whatever calls for a new evaluation leaves nothing to rely on until it is made.
        if (clearance.Suspended is null && fired.FirstOrDefault() is { } first)
            return [new ClearanceSuspended(clearance.Signed.Clearance, first.Trigger.Id, first.Because, first.Trigger.Within)];
        return [];
    }

    /// <summary>The triggers that the change from one chart to the next fires.</summary>
    public static ImmutableArray<TriggerFired> Fired(Protocol protocol, ClearanceOnChart clearance, Chart before, Chart after, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        var was = clearance.Signed.Given;
        var given = after.CaseAt(protocol, now, settings);
        var (sheetThen, sheetNow) = (Filling.Fill(protocol, was), Filling.Fill(protocol, given));
        return [.. protocol.Triggers.Where(t => Fires(t)).Select(t => new TriggerFired(t, $"{t.Title}. {t.Then}"))];

        bool Fires(Trigger trigger) => trigger.When is { } when && Says(when) || Happened(trigger);

        // Each part of an "or" by itself: an old adverse answer beside it must not make news of a reassuring one.
        bool Says(Condition when) => Alternatives(when).Any(part => sheetNow.Ask(part) == Truth.True && (sheetThen.Ask(part) != Truth.True || SaidAgain(part)));

        bool Happened(Trigger trigger) => trigger switch
        {
            { On: "medicines-changed" } => !SameMedicines(was.Medicines, given.Medicines),
            { On: "answer-changed" } => trigger.Facts.Any(f => !Equals(was.Facts.GetValueOrDefault(f)?.Value, given.Facts.GetValueOrDefault(f)?.Value)),
            { On: "new-diagnosis" } => after.Imports.Count > before.Imports.Count || NewAdverseHistory(),
            _ => false,
        };

        static ImmutableArray<Condition> Alternatives(Condition when) => when is Either ? Wording.Parts(when) : [when];

        // Adverse again with another value is news: a second high reading, a worse screen. What counts for one session only is news each time.
        bool SaidAgain(Condition when) => when.Asks().Any(f =>
            given.Facts.TryGetValue(f.Id, out var current) && was.Facts.TryGetValue(f.Id, out var then) && current.ObservedAt > then.ObservedAt && (f.Phase is not Phase.Clearance || !Equals(current.Value, then.Value)));

        bool NewAdverseHistory() => protocol.Facts.Any(f => f.Sticky
            && given.Facts.TryGetValue(f.Id, out var current) && !protocol.IsReassuring(current.Value)
            && !Equals(was.Facts.GetValueOrDefault(f.Id)?.Value, current.Value));
    }

    /// <summary>The triggers that time or a new protocol fires on a clearance that no new fact has touched.</summary>
    /// <param name="protocol">The protocol in force.</param>
    /// <param name="clearance">The clearance.</param>
    /// <param name="lastSessionAt">The last session; null before the first.</param>
    /// <param name="maintenanceSince">When maintenance began; null during induction.</param>
    /// <param name="now">The instant asked about.</param>
    public static ImmutableArray<TriggerFired> FiredByTime(Protocol protocol, ClearanceOnChart clearance, DateTimeOffset? lastSessionAt, DateTimeOffset? maintenanceSince, DateTimeOffset now) =>
        FiredByTime(protocol, clearance.SignedAt, clearance.Signed.ProtocolHash, lastSessionAt, maintenanceSince, now);

    internal static ImmutableArray<TriggerFired> FiredByTime(Protocol protocol, DateTimeOffset signedAt, string protocolHash, DateTimeOffset? lastSessionAt, DateTimeOffset? maintenanceSince, DateTimeOffset now)
    {
        return [.. protocol.Triggers.Where(Fires).Select(t => new TriggerFired(t, $"{t.Title}. {t.Then}"))];

        bool Fires(Trigger trigger) => trigger switch
        {
            // Done with once a decision was signed after the gap had grown so long.
            { On: "session-gap", Days: { } days } => lastSessionAt is { } last && now - last > TimeSpan.FromDays(days) && signedAt - last <= TimeSpan.FromDays(days),
            // Done with once a decision was signed on or after the date.
            { On: "maintenance-age", Days: { } days } => maintenanceSince is { } since && now >= since.AddDays(days) && signedAt < since.AddDays(days),
            { On: "protocol-changed" } => protocolHash != protocol.Hash,
            _ => false,
        };
    }

    /// <summary>The same ingredients in the same daily doses.</summary>
    public static bool SameMedicines(ImmutableArray<Medicine> then, ImmutableArray<Medicine> now)
    {
        static IEnumerable<string> Plain(ImmutableArray<Medicine> list) => list.Where(m => m.Active).Select(m => $"{m.Ingredient.ToLowerInvariant()}|{m.DailyDoseMg:0.####}").Order(StringComparer.Ordinal);
        return Plain(then).SequenceEqual(Plain(now));
    }
}
