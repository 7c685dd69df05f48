using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>An answer of this round that the person no longer gives. A reassuring one stops counting at once, since unknown never clears; an adverse one stays until a clinician or a new answer says otherwise.</summary>
public static class Withdrawing
{
    public static bool MayBeTakenBack(Protocol protocol, FactValue value) => value is Number || protocol.IsReassuring(value);

    public static IEnumerable<PatientEvent> Events(Chart chart, Protocol protocol, IEnumerable<Fact> facts, string because) => facts
        .SelectMany(f => chart.Facts.GetValueOrDefault(f.Id, []))
        .Where(a => a.Fact.Source == FactSource.Patient && a.Entry > (chart.Intake?.Began ?? long.MaxValue) && MayBeTakenBack(protocol, a.Fact.Value))
        .Select(a => a.Entry).Distinct().Order().Select(entry => new EnteredInError(entry, because));
}
