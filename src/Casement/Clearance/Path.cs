using System.Collections.Immutable;

namespace Casement.Clearance;

public enum StepKind { Learn, Change, Wait, Medicine, Opinion, Override }

/// <summary>One thing that would have to happen on the way to clearance.</summary>
/// <param name="Kind">Learn an unknown fact, change a known one through care, wait, change a medicine, obtain an opinion, or (where nothing else can help) override.</param>
/// <param name="Fact">The fact to learn, change or wait for; null for the other kinds.</param>
/// <param name="Class">The medicine class that would have to leave the list; null for the other kinds.</param>
/// <param name="Rule">The rule an opinion or override is about; null for the other kinds.</param>
public sealed record Step(StepKind Kind, Fact? Fact = null, MedicineClass? Class = null, Rule? Rule = null)
{
    /// <summary>The answers that would do, in words of the fact: values of a choice, or a range of a number. Empty for other steps.</summary>
    public string WouldDo { get; init; } = "";

    /// <summary>One answer that would do; null for other steps.</summary>
    public FactValue? Example { get; init; }

    /// <summary>The blocking rules it helps to settle, strongest first.</summary>
    public ImmutableArray<Rule> Settles { get; init; } = [];

    internal string Key => $"{(Kind is StepKind.Change or StepKind.Wait ? StepKind.Learn : Kind)}:{Fact?.Id ?? Class?.Id ?? Rule?.Id}";
}

/// <summary>
/// The shortest way from an assessment to an outcome that may proceed: the smallest sets of steps, none of which can be left out.
/// It assumes every answer turns out as well as it can, so it says what is needed at least, never what will suffice.
/// </summary>
/// <param name="Sets">The smallest sets found, all of the same size; empty when there is nothing to do or no way.</param>
/// <param name="NoWay">Findings that nothing in this protocol can resolve.</param>
/// <param name="IsProven">The search was complete: no smaller set does.</param>
public sealed record ClearancePath(ImmutableArray<ImmutableArray<Step>> Sets, ImmutableArray<Rule> NoWay, bool IsProven)
{
    /// <summary>How many sets of the smallest size are shown.</summary>
    const int Shown = 4;

    /// <summary>Sets looked at in one group of rules before the search gives up and says that it did.</summary>
    const int MostSets = 4_000;

    public static ClearancePath From(Assessment assessment)
    {
        if (assessment.Outcome.MayProceed) return new([], [], true);
        var search = new PathSearch(assessment);
        if (search.NoWay() is { Length: > 0 } noWay) return new([], noWay, true);
        ImmutableArray<ImmutableArray<Step>> all = [[]];
        var exact = true;
        foreach (var group in search.Groups())
        {
            var (sets, complete) = Smallest(search, group);
            if (sets.IsEmpty) return new([], [.. group.Where(r => assessment.Findings.Any(f => f.Rule == r && f.Blocks(assessment.Algebra)))], complete);
            exact &= complete;
            all = [.. sets.SelectMany(s => all.Select(a => a.AddRange(s))).Take(Shown)];
        }
        var order = assessment.Findings.Select((f, i) => (f.Rule.Id, i)).ToDictionary(p => p.Id, p => p.i);
        return new([.. all.Select(set => set.OrderBy(s => s.Settles.IsEmpty ? int.MaxValue : order[s.Settles[0].Id]).ThenBy(s => s.Fact?.Index ?? 0).ToImmutableArray())], [], exact);
    }

    /// <summary>The smallest sets that settle a group, cheapest first: each set in turn is shown to be stuck, tried with real answers, or grown by one step that could help.</summary>
    static (ImmutableArray<ImmutableArray<Step>> Sets, bool Complete) Smallest(PathSearch search, ImmutableArray<Rule> group)
    {
        var waiting = new PriorityQueue<ImmutableSortedSet<string>, int>();
        var seen = new HashSet<string>();
        var found = ImmutableArray.CreateBuilder<ImmutableArray<Step>>();
        var (cheapest, looked, exact) = (int.MaxValue, 0, true);
        Enqueue(search.Necessary(group));
        while (waiting.TryDequeue(out var set, out var cost) && cost <= cheapest && found.Count < Shown)
        {
            if (++looked > MostSets) return (found.ToImmutable(), false);
            if (search.Stuck(group, set) is { } stuck)
            {
                foreach (var option in search.Options(stuck, set)) Enqueue(set.Add(option));
                continue;
            }
            var answers = search.Answers(group, set, out var conflict, out var complete);
            exact &= complete;
            if (answers is null)
            {
                foreach (var option in conflict.SelectMany(rule => search.Options(rule, set)).Distinct()) Enqueue(set.Add(option));
                continue;
            }
            cheapest = cost;
            found.Add(search.Describe(group, set, answers));
        }
        return (found.ToImmutable(), exact);

        void Enqueue(ImmutableSortedSet<string> set)
        {
            if (seen.Add(string.Join('|', set))) waiting.Enqueue(set, search.Cost(set));
        }
    }
}
