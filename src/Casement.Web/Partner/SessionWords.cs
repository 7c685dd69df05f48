using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Sessions;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.Extensions.Primitives;

namespace Casement.Web.Partner;

/// <summary>What somebody at the chair typed: understood, wrong, or so unusual that it is asked about once more.</summary>
/// <param name="Unusual">Values that are possible and rare, by fact; each waits for "this is right".</param>
public sealed record TypedReading(ImmutableArray<RecordedFact> Answers, ImmutableArray<Problem> Problems, ImmutableDictionary<string, string> Unusual)
{
    public static string Confirm(string fact) => $"ok-{fact}";

    public static TypedReading Read(IFormCollection form, string prefix, IEnumerable<Fact> facts, Casement.Referrals.SessionRules rules, DateTimeOffset now, Zone zone)
    {
        var typed = TypedFacts.Read(form, prefix, facts, "", now, zone);
        var unusual = ImmutableDictionary.CreateBuilder<string, string>();
        var problems = typed.Problems.ToBuilder();
        foreach (var answer in typed.Answers)
        {
            if (answer.Value is not Number number || !rules.Usual.TryGetValue(answer.Fact, out var usual) || (number.Value >= usual.Low && number.Value <= usual.High)) continue;
            // The confirmation is for this very value: another slip asks again.
            if (form[Confirm(answer.Fact)].ToString() == number.ToString()) continue;
            unusual[answer.Fact] = number.ToString();
            problems.Add(new(TypedFacts.Field(prefix, facts.First(f => f.Id == answer.Fact)), $"{FactWords.Name(facts.First(f => f.Id == answer.Fact))}: {number} is unusual. Correct it, or tick that it is right."));
        }
        return new([.. typed.Answers.Select(a => a with { Source = FactSource.Partner })], problems.ToImmutable(), unusual.ToImmutable());
    }
}

public static class SessionWords
{
    /// <summary>The shape of an outcome of the session day; see Shape.</summary>
    public static string Kind(string outcome) => outcome switch
    {
        "emergency" => "emergency",
        "no-go" or "stop" => "exclude",
        "hold" or "pause" or "not-ready" => "defer",
        "needs-information" => "missing",
        "go-with-conditions" or "continue-with-alert" => "condition",
        _ => "clear",
    };

    public static string Says(Protocol protocol, Phase phase, string outcome) => protocol.Phases[phase].ByRank.FirstOrDefault(o => o.Id == outcome)?.Clinician ?? outcome;

    /// <summary>A value of an evaluation as typed, or a dash.</summary>
    public static string Value(Evaluation evaluation, string fact) => evaluation.Given.Facts.TryGetValue(fact, out var answer) ? answer.Value.ToString() ?? "–" : "–";

    /// <summary>What a partner answered before, given back to be looked at again; readings are taken anew.</summary>
    public static FormCollection AsTyped(Case given, IEnumerable<Fact> facts) => new(facts
        .Where(f => given.Facts.TryGetValue(f.Id, out var answer) && answer.Source is FactSource.Partner)
        .ToDictionary(f => TypedFacts.Field("s", f), f => Typed(given.Facts[f.Id].Value)));

    static StringValues Typed(FactValue value) => value switch
    {
        Flag flag => flag.Value ? "yes" : "no",
        Choices { Values.IsEmpty: true } => TypedFacts.NoneFound,
        Choices several => new StringValues(several.Values.ToArray()),
        var one => one.ToString(),
    };

    public static string Say(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static decimal? Number(string? typed) =>
        decimal.TryParse((typed ?? "").Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
