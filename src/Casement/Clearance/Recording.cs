using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>Answers, opinions and overrides as they are written down. What a fact refuses is refused here, so nothing impossible reaches the journal.</summary>
public static class Recording
{
    public static Decision Facts(Chart chart, Protocol protocol, ImmutableArray<RecordedFact> answers, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        foreach (var answer in answers)
        {
            if (!protocol.FactById.TryGetValue(answer.Fact, out var fact)) return Decision.Refuse($"The protocol asks no such thing as {answer.Fact}.");
            if (fact.Derivation is not null || fact.Id == "age-years") return Decision.Refuse($"{Name(fact)} follows from other answers and is not written down itself.");
            if (fact.Refuses(answer.Value) is { } why) return Decision.Refuse(why);
            if (answer.ObservedAt > now.AddMinutes(5)) return Decision.Refuse($"{Name(fact)}: the time given lies in the future.");
        }
        return answers.IsEmpty ? Decision.Nothing : Decision.Accept(new FactsRecorded(answers));
    }

    /// <summary>The list whole, and whether it was compared with a second source, in one act: what is not on a reconciled list is not taken.</summary>
    public static Decision Medicines(Chart chart, Protocol protocol, ImmutableArray<Medicine> list, DateTimeOffset observedAt, bool? reconciled, DateTimeOffset now, FactSource source = FactSource.Clinician)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (observedAt > now.AddMinutes(5)) return Decision.Refuse("The list lies in the future.");
        foreach (var medicine in list)
        {
            if (string.IsNullOrWhiteSpace(medicine.Ingredient)) return Decision.Refuse("Every medicine needs a name.");
            if (medicine.DailyDoseMg is <= 0 or > 100_000) return Decision.Refuse($"{medicine.Ingredient}: a daily dose lies above 0 and up to 100000 mg.");
            if (medicine.LastTakenAt > now.AddMinutes(5)) return Decision.Refuse($"{medicine.Ingredient}: it cannot have been taken in the future.");
        }
        var recorded = new MedicinesRecorded(list, observedAt, source);
        return reconciled is { } compared && protocol.FactById.ContainsKey(Reconciled)
            ? Decision.Accept(recorded, new FactsRecorded([new(Reconciled, FactValue.Of(compared), observedAt, source)]))
            : Decision.Accept(recorded);
    }

    const string Reconciled = "medication-list-reconciled";

    public static Decision OpinionGiven(Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, string rule, Verdict says, string by, int? validDays, string conditions, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (!protocol.RuleById.TryGetValue(rule, out var about) || !about.Raises.IsConsult) return Decision.Refuse("An opinion belongs to a finding that asks for one.");
        if (string.IsNullOrWhiteSpace(by)) return Decision.Refuse("Say who gave the opinion, with their speciality.");
        if (validDays is < 1) return Decision.Refuse("An opinion is good for at least one day.");
        var given = chart.CaseAt(protocol, now, settings);
        return Decision.Accept(new OpinionRecorded(new(rule, says, by.Trim(), now, validDays, conditions.Trim(), Opinions.AnswersReadBy(protocol, given, about), about.When)));
    }

    /// <summary>An attempt on a rule nobody may override is refused and stays on record.</summary>
    public static Decision Override(Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, Override wish, DateTimeOffset now)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (!protocol.RuleById.TryGetValue(wish.Rule, out var rule)) return Decision.Refuse("There is no such rule.");
        if (rule.Override is OverridePolicy.Never) return Decision.Accept(new OverrideRefused(rule.Id, wish.Reason));
        if (rule.Override is OverridePolicy.Cosign && (string.IsNullOrWhiteSpace(wish.Alternatives) || string.IsNullOrWhiteSpace(wish.Plan))) return Decision.Refuse("Write down the alternatives you considered and the plan.");
        // A co-signature that is still to come is no reason to refuse the first signer.
        if (Overriding.InvalidBecause(protocol, rule, wish with { Cosigner = wish.Cosigner ?? "to come" }) is { } why) return Decision.Refuse(why);
        var given = chart.CaseAt(protocol, now, settings);
        return Decision.Accept(new OverrideGiven(wish with { Cosigner = null, CosignerKind = "" }, Opinions.AnswersReadBy(protocol, given, rule)));
    }

    public static Decision Cosign(Chart chart, Protocol protocol, string rule, Actor by, string kind)
    {
        if (!chart.Overrides.TryGetValue(rule, out var waiting)) return Decision.Refuse("There is no override of this rule waiting for a second signature.");
        if (waiting.By.Id == by.Id) return Decision.Refuse("The co-signer must be somebody other than the first signer.");
        if (by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can co-sign. Your account shows no licence.");
        if (waiting.Given.Override.Cosigner is not null) return Decision.Nothing;
        var kinds = protocol.Overrides.For(rule);
        if (kinds.Length > 0 && !kinds.Contains(kind)) return Decision.Refuse($"This override needs a {string.Join(" or ", kinds)}.");
        return Decision.Accept(new OverrideCosigned(rule, by.Name, kind));
    }

    static string Name(Fact fact) => fact.Label.Length > 0 ? fact.Label : fact.Means;
}
