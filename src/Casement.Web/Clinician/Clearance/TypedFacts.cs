using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.People;
using Casement.Web.Components;
using Casement.Web.Shell;

namespace Casement.Web.Clinician.Clearance;

/// <summary>What somebody typed into answers of the protocol: what was understood, and what was wrong with the rest.</summary>
/// <param name="Answers">Understood and within what each fact allows.</param>
/// <param name="Problems">One sentence for each that was not; the field is the fact's.</param>
public sealed record TypedFacts(ImmutableArray<RecordedFact> Answers, ImmutableArray<Problem> Problems)
{
    /// <summary>Says "looked for, none found" of a set; leaving every box empty says nothing.</summary>
    public const string NoneFound = "~none";

    public static string Field(string prefix, Fact fact) => $"{prefix}-{fact.Id}";

    public static string DateField(string prefix, Fact fact) => $"{prefix}-{fact.Id}-on";

    /// <param name="form">As sent.</param>
    /// <param name="prefix">What the names of the fields begin with.</param>
    /// <param name="facts">The facts that may be answered in this form.</param>
    /// <param name="on">The date for all answers that bear none of their own; empty means now.</param>
    public static TypedFacts Read(IFormCollection form, string prefix, IEnumerable<Fact> facts, string on, DateTimeOffset now, Zone zone)
    {
        var answers = ImmutableArray.CreateBuilder<RecordedFact>();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        if (Moment(on, now, zone) is null) problems.Add(new($"{prefix}-observed", WrongDate));
        var shared = Moment(on, now, zone);
        foreach (var fact in facts)
        {
            var typed = form[Field(prefix, fact)].OfType<string>().Select(t => t.Trim()).Where(t => t.Length > 0).ToArray();
            if (typed.Length == 0) continue;
            var own = form[DateField(prefix, fact)].ToString().Trim();
            var at = own.Length > 0 ? Moment(own, now, zone) : shared;
            var (value, why) = Understand(fact, typed);
            if (why is not null) problems.Add(new(Field(prefix, fact), why));
            else if (at is null && own.Length > 0) problems.Add(new(DateField(prefix, fact), $"{FactWords.Name(fact)}: {WrongDate}"));
            else if (value is not null && at is { } observed) answers.Add(new(fact.Id, value, observed, SourceHere(fact)));
        }
        return new(answers.ToImmutable(), problems.ToImmutable());
    }

    const string WrongDate = "Write a date up to today with month, day and year, such as 3/27/2026.";

    /// <summary>Now, or the middle of an earlier day at the practice; null when it is no date or lies ahead.</summary>
    public static DateTimeOffset? Moment(string typed, DateTimeOffset now, Zone zone) => typed.Trim() switch
    {
        "" => now,
        var text when PatientDirectory.ReadDate(text) is { } date => date == zone.Today ? now : date > zone.Today ? null : zone.Noon(date),
        _ => null,
    };

    static (FactValue? Value, string? Why) Understand(Fact fact, string[] typed)
    {
        FactValue? value = fact.Type switch
        {
            FactType.Flag => typed[0] switch { "yes" => FactValue.Of(true), "no" => FactValue.Of(false), _ => null },
            FactType.Choice => FactValue.Of(typed[0]),
            FactType.Choices => typed.Contains(NoneFound) ? typed.Length == 1 ? FactValue.Of(Array.Empty<string>()) : null : FactValue.Of(typed),
            FactType.Whole or FactType.Number => decimal.TryParse(typed[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? FactValue.Of(number) : null,
            _ => null,
        };
        if (value is null)
            return (null, fact.Type is FactType.Choices
                ? $"{FactWords.Name(fact)}: either none was found, or choose what was."
                : $"{FactWords.Name(fact)}: write a number, such as {fact.Min.ToString("0.###", CultureInfo.InvariantCulture)} or {fact.Max.ToString("0.###", CultureInfo.InvariantCulture)}.");
        return fact.Refuses(value) is { } why ? (null, FactWords.Refusal(fact, why)) : (value, null);
    }

    /// <summary>An answer written down by a clinician is the clinician's, unless only an instrument or a laboratory can know it.</summary>
    static FactSource SourceHere(Fact fact) =>
        fact.Sources.Contains(FactSource.Clinician) || fact.Sources.Contains(FactSource.Patient) || fact.Sticky ? FactSource.Clinician
        : fact.Sources.Contains(FactSource.Measurement) ? FactSource.Measurement
        : fact.Sources.Contains(FactSource.Laboratory) ? FactSource.Laboratory
        : FactSource.Clinician;
}
