using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Shell;

namespace Casement.Web.Patient;

/// <summary>One thing the record holds, as its owner reads it.</summary>
/// <param name="Id">Names it in an address; says nothing about its value.</param>
/// <param name="About">The question, or the name of the thing.</param>
/// <param name="Original">What the record says; empty for what is not shown here.</param>
/// <param name="Hint">Shown when there is nothing to show.</param>
public sealed record RecordLine(string Id, CorrectionOf Of, string Fact, string About, string Original, string Hint = "");

/// <summary>What a patient may say is wrong: names, birth date, medicines, and every answer a patient may give themselves. All else is "something else".</summary>
public static class RecordLines
{
    public static ImmutableArray<RecordLine> Of(Chart chart, Protocol protocol, DateTimeOffset now) => chart.Who is not { } who ? [] :
    [
        new("name", CorrectionOf.Name, "", "Your name on papers", who.Name.Legal),
        new("born", CorrectionOf.BirthDate, "", "Your date of birth", who.BornOn is { } born ? Zone.Say(born) : "", "We do not have it yet."),
        new("medicines", CorrectionOf.Medicines, "", "Your medicines", chart.MedicineLists.LastOrDefault() is { } list ? Say(list.List.Medicines) : "", "We have no list yet."),
        .. from fact in protocol.Facts
           where fact.Ask.Length > 0 && fact.Derivation is null && fact.Sources.Contains(FactSource.Patient)
           let history = chart.Facts.GetValueOrDefault(fact.Id)
           where history is not null
           let current = CaseOfChart.InForce(protocol, fact, history, now)
           where current is not null
           select new RecordLine(fact.Id, CorrectionOf.Answer, fact.Id, fact.Ask, FactWords.Capital(FactWords.Value(fact, current.Fact.Value))),
        new("other", CorrectionOf.Other, "", "Something else", "", "A note, a letter, or anything not listed here."),
    ];

    static string Say(ImmutableArray<Medicine> list) =>
        list.All(m => !m.Active) ? "None" : string.Join(", ", list.Where(m => m.Active).Select(m => m.DailyDoseMg is { } mg ? $"{m.Ingredient} {mg.ToString("0.####", CultureInfo.InvariantCulture)} mg a day" : m.Ingredient));
}
