using Casement.Clearance;
using Casement.Intake;

namespace Casement.Cli.Commands;

/// <summary>An assessment for another program.</summary>
static class AssessmentJson
{
    public static object Of(ImportedRecord record, Assessment assessed, ClearancePath path) => new
    {
        person = new { name = record.Who.Who.Name.Legal, bornOn = record.Who.Who.BornOn },
        asOf = assessed.Case.AsOf,
        protocol = new { assessed.Protocol.Id, assessed.Protocol.Version, assessed.Protocol.Hash },
        notice = assessed.Protocol.Notice,
        outcome = assessed.Outcome.Id,
        says = assessed.Outcome.Clinician,
        assessed.UrgentOpen,
        tier = assessed.Tier?.Id,
        fired = assessed.Fired.Select(f => Of(assessed, f)),
        open = assessed.Open.Select(f => f.Rule.Id),
        notes = assessed.Notes.Select(f => Of(assessed, f)),
        missing = assessed.Missing.Select(m => new { fact = m.Fact.Id, m.Fact.Label, m.Fact.Ask, stale = m.Stale?.ObservedAt, onlyIf = m.OnlyIf.Select(f => f.Id), rules = m.Rules.Select(r => r.Id) }),
        path = new
        {
            proven = path.IsProven,
            noWay = path.NoWay.Select(r => r.Id),
            ways = path.Sets.Select(set => set.Select(s => new { kind = s.Kind, fact = s.Fact?.Id, medicineClass = s.Class?.Id, rule = s.Rule?.Id, wouldDo = s.WouldDo })),
        },
        facts = record.Facts.Select(f => new { f.Fact, f.Value, f.ObservedAt, f.From?.Reference, f.From?.Says }),
        medicines = record.Medicines?.Select(m => new { m.Ingredient, m.Rxcui, m.DailyDoseMg, m.Active, m.As, m.From?.Reference }),
        hints = record.Hints.Select(h => new { h.Fact, h.Ask, h.From.Reference, h.From.Says }),
        record.NotUsed,
        record.Problems,
        record.ResourceCount,
    };

    static object Of(Assessment assessed, Finding f) => new
    {
        rule = f.Rule.Id,
        f.Rule.Title,
        raises = f.Rule.Raises.Id,
        because = f.Because.Select(b => new { test = Wording.With(assessed.Case.Settings).Say(b.Test), fact = b.Fact?.Id, value = b.Answer?.Value, observedAt = b.Answer?.ObservedAt, from = b.Answer?.From?.Reference, medicines = b.Medicines.Select(m => m.Ingredient) }),
        f.Rule.Why,
        f.Rule.ResolvedBy,
        f.Rule.Action,
        f.Rule.Basis,
        f.Rule.Cites,
        f.Rule.Patient,
    };
}
