using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using Casement.People;
using Casement.Web.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>People with the answers of a published vignette on their charts.</summary>
public static class Charts
{
    public static readonly Actor Alma = new(ActorKind.Staff, "test", "Alma Reyes", "PMHNP-BC");

    static readonly Lazy<(ImmutableArray<CaseResult> Names, ImmutableArray<Case> Cases)> Vignettes = new(() =>
    {
        var path = Path.Combine(House.Root, "samples", "cases", "public.yaml");
        var text = File.ReadAllText(path);
        return (CaseFile.Run(House.Ketamine, path, text), CaseFile.Read(House.Ketamine, path, text));
    });

    public static IEnumerable<(string Id, string Title, Case Given)> All => Vignettes.Value.Names.Zip(Vignettes.Value.Cases, (n, c) => (n.Id, n.Title, c));

    public static Case Vignette(string id) => All.First(v => v.Id == id).Given;

    /// <summary>Admits somebody and writes the vignette down as if just asked; answers that are old in it are as old here.</summary>
    public static async Task<PatientId> Chart(this House house, string vignette, string name = "Claudia Ordóñez Villaseñor", Func<Case, Case>? with = null)
    {
        var given = Vignette(vignette);
        if (with is not null) given = with(given);
        var now = house.Clock.GetUtcNow();
        var age = (int)(given.Facts.GetValueOrDefault("age-years")?.Value is Number n ? n.Value : 42);
        var patient = await house.Admit(new Person(new(name, "", "she/her"), new DateOnly(now.Year - age - 1, 3, 27), "claudia@example.org", "303 555 0199"));
        await house.WriteDown(patient, given);
        return patient;
    }

    /// <summary>Signs these papers as the person would on their own pages, and the clinician after them.</summary>
    public static async Task Papers(this House house, PatientId patient, params string[] families)
    {
        var options = house.Services.GetRequiredService<WebOptions>();
        var desk = house.Services.GetRequiredService<Desk>();
        foreach (var family in families)
        {
            var document = House.Documents.Find(family) ?? throw new InvalidOperationException(family);
            var (id, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
            var self = new Actor(ActorKind.Patient, patient.ToString(), (await house.Read(patient)).Who?.Name.Legal ?? "");
            Assert.IsType<Accepted>(await desk.CarryOut(patient, self, chart => SigningConsent.Decide(chart, options.Documents, DocumentFields.Of(chart, options), new(
                id, family, document.TextFor(DocumentFields.Of(chart, options)).Sha256(), self.Name, Agreed: true, SignerRole.Patient, "", IdentityMethod.Portal,
                document.Asks.Where(a => a.Required).ToImmutableDictionary(a => a.Id, a => a.Kind switch { AskKind.Phone => "303 555 0131", AskKind.Choice or AskKind.Choices => a.Options[0], _ => "Ada Marsh" }),
                document.TeachBack.ToImmutableDictionary(t => t.Id, t => t.Right), ["Front Range Integrative"], "now", DateOnly.FromDateTime(now.UtcDateTime), TimeSpan.FromHours(-7)), self, now), default));
            if (document.ClinicianSigns) await house.Carry(patient, chart => Countersigning.Decide(chart, options.Documents, new(id, SignerRole.Clinician, "now"), Alma, now));
        }
    }

    /// <summary>What a clearance waits for.</summary>
    public static readonly string[] ForClearance = ["doc-consent-treat", "doc-ket-consent"];

    /// <summary>Writes a vignette down on a chart that is there.</summary>
    public static async Task WriteDown(this House house, PatientId patient, Case given)
    {
        var now = house.Clock.GetUtcNow();
        var facts = given.Facts.Values.Where(f => House.Ketamine.FactById[f.Fact] is { Derivation: null } fact && fact.Id != "age-years" && fact.Type != FactType.List)
            .Select(f => f with { ObservedAt = now - (given.AsOf - f.ObservedAt) }).ToImmutableArray();
        await house.Carry(patient, chart => Recording.Facts(chart, House.Ketamine, facts, now));
        if (given.MedicinesObservedAt is { } listed)
            await house.Carry(patient, chart => Recording.Medicines(chart, House.Ketamine, [.. given.Medicines.Select(m => m with { LastTakenAt = m.LastTakenAt is { } at ? now - (given.AsOf - at) : null })], now - (given.AsOf - listed), null, now));
    }

    /// <summary>Somebody with a finding of most kinds, an old psychosis nobody has spoken about, high pressure, lorazepam, and a few answers missing or stale.</summary>
    public static Task<PatientId> Busy(this House house) => house.Chart("pub-010", with: c => c with
    {
        Facts = c.Facts
            .SetItem("bp-sys-avg", c.Facts["bp-sys-avg"] with { Value = FactValue.Of(168m), Source = FactSource.Measurement })
            .SetItem("bp-dia-avg", c.Facts["bp-dia-avg"] with { Value = FactValue.Of(98m), Source = FactSource.Measurement })
            .SetItem("hypertension-dx", new("hypertension-dx", FactValue.Of(true), c.AsOf, FactSource.Record, new("Condition/8f2c", "Essential hypertension, active")))
            .SetItem("hr-rest", new("hr-rest", FactValue.Of(72m), c.AsOf.AddDays(-45), FactSource.Measurement))
            .Remove("pdmp-checked").Remove("uds-unexpected").Remove("cssrs-q2").Remove("bmi"),
        Medicines = [new("lorazepam", DailyDoseMg: 2m, As: "Ativan 1 mg twice a day"), new("sertraline", DailyDoseMg: 100m)],
        MedicinesObservedAt = c.AsOf,
    });

    /// <summary>Scales filled in, with the sum of their items, on days counted from today.</summary>
    public static async Task Answered(this House house, PatientId patient, params (string Scale, int Day, int Sum)[] all)
    {
        foreach (var (id, day, sum) in all)
        {
            var scale = House.Scales.Instruments.Find(id) ?? throw new InvalidOperationException($"There is no scale {id}.");
            var scored = scale.Items.Where(i => i.Scored).ToArray();
            var items = scored.Select((item, i) => (item.LinkId, Value: Math.Clamp(sum - i * item.Options.Max(o => o.Value), 0, item.Options.Max(o => o.Value)))).ToImmutableSortedDictionary(i => i.LinkId, i => i.Value, StringComparer.Ordinal);
            await house.Carry(patient, _ => Decision.Accept(ScaleAnswered.Of(Guid.NewGuid(), scale, items, house.Clock.GetUtcNow().AddDays(day), FactSource.Patient)));
        }
    }

    public static async Task Carry(this House house, PatientId patient, Func<Chart, Decision> decide)
    {
        var decision = await house.Services.GetRequiredService<Desk>().CarryOut(patient, Alma, decide, default);
        Assert.True(decision is not Refused, (decision as Refused)?.Because);
    }

    public static Task<Chart> Read(this House house, PatientId patient) => house.Services.GetRequiredService<Desk>().Look(patient, Alma, "test", default);

    public static Task Answer(this House house, PatientId patient, string fact, FactValue value, FactSource source = FactSource.Clinician) =>
        house.Carry(patient, chart => Recording.Facts(chart, House.Ketamine, [new(fact, value, house.Clock.GetUtcNow(), source)], house.Clock.GetUtcNow()));
}
