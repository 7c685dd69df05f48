using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Consent;
using Casement.Journal;
using Casement.People;
using Casement.Safety;
using Casement.Web;
using Casement.Web.Shell;
using YamlDotNet.RepresentationModel;

namespace Casement.Cli.Sample;

/// <summary>Lets the invented people sign, plan and answer as samples/papers.yaml says, through the desk of the running program.</summary>
sealed class SamplePapers(Desk desk, WebOptions options, Zone zone)
{
    static readonly Actor Clinician = new(ActorKind.Staff, "imogen.vance@practice.example", "Imogen Vance", "DNP, PMHNP-BC");

    DateTimeOffset Now => options.Clock.GetUtcNow();

    public async Task Load(string samples, CancellationToken stop)
    {
        using var reader = new StreamReader(Path.Combine(samples, "papers.yaml"));
        var stream = new YamlStream();
        stream.Load(reader);
        var known = (await options.Journals.ReadList(options.Practice, PatientDirectory.List, stop)).ToDictionary(r => PatientDirectory.Read(r.Json).Name.Legal, r => r.Patient);
        foreach (var person in ((YamlSequenceNode)stream.Documents[0].RootNode["people"]).Children.Cast<YamlMappingNode>()) await Write(person, known[person["name"].ToString()], stop);
    }

    async Task Write(YamlMappingNode person, PatientId patient, CancellationToken stop)
    {
        var self = new Actor(ActorKind.Patient, patient.ToString(), person["name"].ToString());
        if (Texts(person, "offer") is { IsEmpty: false } offer)
            await Do(Clinician, chart => Offering.Decide(chart, options.Documents, DocumentFields.Of(chart, options), new([.. offer.Select(f => (Guid.NewGuid(), f))], Guid.NewGuid()), Now));
        foreach (var document in Texts(person, "sign").Select(options.Documents.Find).OfType<ConsentDocument>())
        {
            var id = Guid.NewGuid();
            await Do(self, chart => SigningConsent.Decide(chart, options.Documents, DocumentFields.Of(chart, options), Signed(chart, document, id, self), self, Now));
            if (document.ClinicianSigns && person.Children.ContainsKey("sign-after"))
                await Do(Clinician, chart => Countersigning.Decide(chart, options.Documents, new(id, SignerRole.Clinician, zone.Say(Now)), Clinician, Now));
        }
        if (person.Children.TryGetValue("plan", out var plan) && options.Safety is { } rules)
        {
            var id = Guid.NewGuid();
            ImmutableArray<PlanPart> parts = [.. ((YamlMappingNode)plan).Select(p => new PlanPart(p.Key.ToString(), [.. ((YamlSequenceNode)p.Value).Select(l => l.ToString())]))];
            await Do(self, chart => SafetyPlan.Decide(chart, rules, new(id, Guid.Empty, parts), self, Now));
            await Do(Clinician, chart => SafetyPlan.Review(chart, rules, options.Zone, id, Clinician, Now));
        }
        if (person.Children.TryGetValue("says", out var fact))
            await Do(self, chart => Recording.Facts(chart, options.Protocol, [new(fact.ToString(), FactValue.Of(true), Now, FactSource.Patient)], Now));

        async Task Do(Actor by, Func<Chart, Decision> decide)
        {
            if (await desk.CarryOut(patient, by, decide, stop) is Refused refused) throw new InvalidDataException($"{person["name"]}: {refused.Because}");
        }
    }

    SignConsent Signed(Chart chart, ConsentDocument document, Guid id, Actor self) =>
        SampleSignature.Of(document, DocumentFields.Of(chart, options), id, self.Name, DocumentFields.Letterhead(options), zone.Say(Now), zone.Today, TimeZoneInfo.ConvertTime(Now, options.Zone).Offset);

    static ImmutableArray<string> Texts(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var list) ? [.. ((YamlSequenceNode)list).Select(t => t.ToString())] : [];
}
