using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Web.Clinician.Clearance;

/// <summary>Everything the workbench draws, worked out once from one chart at one instant.</summary>
public sealed record Workbench(PatientId Patient, Chart Chart, Assessment Assessed, ClearancePath Path, DateTimeOffset Now)
{
    public static Workbench Of(PatientId patient, Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, Paths paths, DateTimeOffset now)
    {
        var assessed = Assessing.Assess(protocol, chart.CaseAt(protocol, now, settings));
        return new(patient, chart, assessed, paths.Of(patient, chart.Version, assessed), now);
    }

    public Protocol Protocol => Assessed.Protocol;

    public Wording Wording { get; } = Wording.With(Assessed.Case.Settings);

    /// <summary>The decision in force or last signed; null when there is none.</summary>
    public ClearanceOnChart? Clearance => Chart.Clearances.LastOrDefault();

    public ClearanceState State => Clearance?.At(Now) ?? ClearanceState.None;

    /// <summary>Findings by what they ask for, the most pressing first; those that cannot be told yet have a place of their own.</summary>
    public IEnumerable<(FindingGroup Group, ImmutableArray<Finding> Findings)> Groups()
    {
        foreach (var group in FindingGroup.All)
        {
            ImmutableArray<Finding> among = [.. Assessed.Findings.Where(f => f.Value == Truth.True && f.Rule.Raises.Id == group.Category)];
            if (!among.IsEmpty) yield return (group, among);
        }
    }

    /// <summary>Findings that still block or bind; those set aside and mere notes are not counted.</summary>
    public int ToSettle => Assessed.Fired.Count(f => f.Blocks(Assessed.Algebra));

    public int Conditions => Assessed.Fired.Count(f => f.Rank is not null && !f.Blocks(Assessed.Algebra));

    public IEnumerable<MissingFact> NeededNow => Assessed.Missing.Where(m => m.OnlyIf.IsEmpty);

    public IEnumerable<MissingFact> MaybeNeeded => Assessed.Missing.Where(m => !m.OnlyIf.IsEmpty);

    /// <summary>The answer on the chart that is in force for a fact, with who wrote it down; null when there is none.</summary>
    public ChartedFact? Charted(Fact fact) =>
        Chart.Facts.TryGetValue(fact.Id, out var answers) ? CaseOfChart.InForce(Protocol, fact, answers, Now) : null;

    public bool IsStale(Fact fact, RecordedFact answer) => !Protocol.IsInForce(fact, answer, Now);
}

/// <summary>What a finding asks for.</summary>
/// <param name="Category">The category of the rules.</param>
/// <param name="Title">As a heading.</param>
/// <param name="Kind">Its shape and colour.</param>
public sealed record FindingGroup(string Category, string Title, string Kind)
{
    public static ImmutableArray<FindingGroup> All { get; } =
    [
        new("emergency", "Act now", "emergency"),
        new("exclude", "Not a candidate", "exclude"),
        new("defer", "Wait until resolved", "defer"),
        new("consult", "Ask a specialist", "consult"),
        new("condition", "Keep these conditions", "condition"),
        new("note", "For information", "note"),
    ];

    public static FindingGroup Of(Rule rule) => All.First(g => g.Category == rule.Raises.Id);
}
