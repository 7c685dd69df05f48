using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Casement.Clearance;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>One thing a resource says about one fact, before the whole record has been heard. Enduring: it happened or it lasts, so a later "no" does not undo it.</summary>
readonly record struct Saying(string Fact, FactValue Value, DateTimeOffset At, bool Enduring, string Reference, string Says, string Line);

/// <summary>Where one event of a kind lies in time; undated when the record does not say.</summary>
readonly record struct Happening(Moment? When, Moment? Recorded, string Reference, string Says);

/// <summary>All that one record says, gathered resource by resource, then settled into at most one answer a fact.</summary>
sealed class Gathering(RecordMap map, Guid import, DateTimeOffset asOf, RecordLimits limits)
{
    /// <summary>Mean length of a month, 365.25 ÷ 12 days.</summary>
    const decimal DaysPerMonth = 30.4375m;

    readonly List<Saying> sayings = [];
    readonly Dictionary<string, List<Happening>> happenings = [];
    readonly List<RecordHint> hints = [];
    readonly Dictionary<(string What, string Why), int> notUsed = [];
    readonly Dictionary<string, int> problems = [];
    readonly List<RecordedFact> facts = [];

    public RecordMap Map => map;
    public DateTimeOffset AsOf => asOf;
    public TimeSpan Offset => asOf.Offset;

    /// <summary>When the record was put together, as far as it says: what it calls active was so then.</summary>
    public required DateTimeOffset StatedAt { get; init; }
    public DateOnly? BornOn { get; set; }

    /// <summary>What is confirmed and active, by the fact it concerns, even where the fact itself needs a clinician.</summary>
    public Dictionary<string, Provenance> Present { get; } = [];

    public void Say(Saying saying) => sayings.Add(saying);

    public void Hint(string fact, string ask, DateTimeOffset? at, string reference, string says) => hints.Add(new(fact, ask, at, new(reference, says, import)));

    public void NotUsed(string what, string why) => ++CollectionsMarshal.GetValueRefOrAddDefault(notUsed, (what, why), out _);

    public void Problem(string sentence) => ++CollectionsMarshal.GetValueRefOrAddDefault(problems, sentence, out _);

    public void Happened(string fact, Happening happening)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(happenings, fact, out _);
        (list ??= []).Add(happening);
    }

    public Provenance From(string reference, string says) => new(reference, says, import);

    public RecordedFact? Settled(string fact) => facts.Find(f => f.Fact == fact);

    /// <summary>A fact that another part of the record takes the ground from.</summary>
    public void TakeBack(RecordedFact fact, string ask)
    {
        facts.Remove(fact);
        if (fact.From is { } from) Hint(fact.Fact, ask, fact.ObservedAt, from.Reference, from.Says);
    }

    public void Settle(RecordedFact fact)
    {
        if (map.Facts[fact.Fact].Holds(fact.Value)) facts.Add(fact);
        else NotUsed(fact.Fact, $"{fact.Value} is outside the range of the fact");
    }

    /// <summary>Chooses one answer a fact. Yes that endures beats no; of numbers the newest stands; two different answers that cannot be ranked are left to a clinician.</summary>
    public void SettleAll()
    {
        foreach (var said in sayings.GroupBy(s => s.Fact, StringComparer.Ordinal)) SettleOne(map.Facts[said.Key], [.. said.OrderByDescending(s => s.At).ThenBy(s => s.Reference, StringComparer.Ordinal)]);
        foreach (var (fact, list) in happenings) SettleMonths(fact, list);
    }

    void SettleOne(FactShape shape, List<Saying> said)
    {
        var enduring = said.FindAll(s => s.Enduring);
        var chosen = said[0];
        if (enduring.Count > 0 && shape.Kind is FactKind.Flag)
        {
            var yes = enduring.FindIndex(s => s.Value is Flag { Value: true });
            if (yes >= 0) chosen = enduring[yes];
            if (yes >= 0 && said.Exists(s => s.Value is Flag { Value: false })) Hint(shape.Id, "The record contradicts itself; the graver answer is used. Which is right?", chosen.At, chosen.Reference, chosen.Says);
        }
        else if (enduring.Count > 0 && enduring.Exists(s => s.Value != enduring[0].Value))
        {
            if (!shape.WorstWins)
            {
                foreach (var one in enduring) Hint(shape.Id, "The record names more than one. Which has the largest effect on the plan?", one.At, one.Reference, one.Says);
                return;
            }
            chosen = enduring.MaxBy(s => s.Value is Choice c ? shape.Values.IndexOf(c.Value) : -1);
        }
        else if (enduring.Count > 0)
        {
            chosen = enduring[0];
        }
        else if (said.Exists(s => s.At == chosen.At && s.Value != chosen.Value))
        {
            foreach (var one in said.Where(s => s.At == chosen.At)) Hint(shape.Id, "The record gives different values for the same moment. Which is right?", one.At, one.Reference, one.Says);
            return;
        }
        foreach (var other in said)
        {
            if (other.Line.Length > 0 && other.Reference != chosen.Reference) NotUsed(other.Line, "an earlier or repeated value; the newest is used");
        }
        facts.Add(new(shape.Id, chosen.Value, chosen.At, FactSource.Record, From(chosen.Reference, chosen.Says)));
    }

    /// <summary>The newest event counts. One without a date could be newer than it, so then nothing is said, unless it was written down earlier.</summary>
    void SettleMonths(string fact, List<Happening> list)
    {
        var dated = list.Where(h => h.When is not null).OrderByDescending(h => h.When?.Latest).ThenBy(h => h.Reference, StringComparer.Ordinal).ToList();
        var newest = dated.Count > 0 ? dated[0].When : null;
        var open = list.Where(h => h.When is null && !(newest is { } n && h.Recorded is { } r && r.Latest <= n.Latest)).ToList();
        if (newest is not { } when || open.Count > 0)
        {
            foreach (var one in open) Hint(fact, "When was it? The record gives no date.", one.Recorded?.Earliest, one.Reference, one.Says);
            return;
        }
        var days = decimal.Max(0, (decimal)(asOf - when.Latest).TotalDays);
        Settle(new(fact, FactValue.Of(decimal.Round(days / DaysPerMonth, 2)), asOf, FactSource.Record, From(dated[0].Reference, dated[0].Says)));
    }

    public ImmutableArray<RecordedFact> Facts => [.. facts.OrderBy(f => f.Fact, StringComparer.Ordinal)];

    /// <summary>Hints for facts still missing, or that contradict the one recorded; each once.</summary>
    public ImmutableArray<RecordHint> Hints => [.. hints.Distinct().OrderBy(h => h.Fact, StringComparer.Ordinal).ThenByDescending(h => h.ObservedAt).ThenBy(h => h.From.Reference, StringComparer.Ordinal).ThenBy(h => h.Ask, StringComparer.Ordinal).Take(limits.MaxListed)];

    public ImmutableArray<string> NotUsedLines => Lines(notUsed.Select(pair => $"{pair.Key.What} ×{pair.Value}: {pair.Key.Why}"));

    public ImmutableArray<string> Problems => Lines(problems.Select(p => p.Value == 1 ? p.Key : $"{p.Key} ×{p.Value}"));

    ImmutableArray<string> Lines(IEnumerable<string> lines)
    {
        string[] sorted = [.. lines];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted.Length <= limits.MaxListed ? [.. sorted] : [.. sorted.AsSpan(0, limits.MaxListed), $"And {sorted.Length - limits.MaxListed} more lines like these."];
    }
}
