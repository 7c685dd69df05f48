using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;

namespace Casement.Consent;

/// <summary>What new facts do to signatures: the triggers each document names are asked after every change of a chart, and what fires is written in the same transaction.</summary>
public static class Reopening
{
    public static ImmutableArray<PatientEvent> Consequences(ConsentDocuments documents, Protocol protocol, Chart before, Chart after, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var document in documents.All.Where(d => !d.ResignWhen.IsEmpty))
        {
            foreach (var signature in after.Consents.Newest(document.Id).Where(s => after.StateOf(document, s, now) is SignatureState.Holds or SignatureState.WaitsForClinician))
            {
                // What was signed in this very act was signed knowing what changed with it.
                if (signature.Entry > before.Version) continue;
                if (document.ResignWhen.FirstOrDefault(t => Fires(t, protocol, before, after, now)) is not { } trigger) continue;
                events.Add(new ConsentReopened(signature.Signed.Signature, trigger.Id, trigger.Because));
                events.AddRange(Settling.Facts(after, document, signature, holds: false, FactSource.Derived, now));
            }
        }
        if (events.OfType<ConsentReopened>().FirstOrDefault() is { } first)
            events.Add(new MessageAsked(DerivedId.Of("consent-reopened", first.Signature.ToString("D"), first.Trigger), "consent-waiting", new(AddresseeKind.Patient, after.Who?.Name.Called ?? ""), "/my/documents"));
        return events.ToImmutable();
    }

    public static bool Fires(ResignTrigger trigger, Protocol protocol, Chart before, Chart after, DateTimeOffset now) => trigger.On switch
    {
        "answer-changed" => trigger.Facts.Any(f => Value(f, before) is { } then && Value(f, after) is { } current && !Equals(then, current)),
        "answer-becomes" => trigger.Facts.Any(f => Value(f, after) is { } current && trigger.Values.Contains(Plain(current)) && !(Value(f, before) is { } then && trigger.Values.Contains(Plain(then)))),
        "new-medicine-class" => after.MedicineLists.Count > before.MedicineLists.Count && before.MedicineLists.LastOrDefault() is { } list && Classes(protocol, after.MedicineLists[^1]).Except(Classes(protocol, list)).Any(),
        "new-diagnosis" => after.Imports.Count > before.Imports.Count || protocol.Facts.Any(f => f.Sticky && Value(f.Id, after) is { } current && !protocol.IsReassuring(current) && !Equals(Value(f.Id, before), current)),
        "details-changed" => before.Who is { } then && after.Who is { } current && (then.Phone != current.Phone || then.Email != current.Email),
        _ => false,
    };

    static FactValue? Value(string fact, Chart chart) => chart.Facts.GetValueOrDefault(fact)?.LastOrDefault()?.Fact.Value;

    static string Plain(FactValue value) => value is Flag flag ? (flag.Value ? "yes" : "no") : value.ToString() ?? "";

    static IEnumerable<string> Classes(Protocol protocol, ChartedMedicines list) => list.List.Medicines.Where(m => m.Active).SelectMany(protocol.ClassesOf).Select(c => c.Id);
}
