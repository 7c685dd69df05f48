using System.Collections.Immutable;
using Casement.Consent;
using Casement.Journal;

namespace Casement.Cli.Sample;

/// <summary>A paper as an invented person would sign it on their own pages.</summary>
static class SampleSignature
{
    public static SignConsent Of(ConsentDocument document, ImmutableDictionary<string, string> fields, Guid id, string name, ImmutableArray<string> letterhead, string said, DateOnly today, TimeSpan offset) => new(
        id, document.Id, document.TextFor(fields).Sha256(), name, Agreed: true, SignerRole.Patient, "", IdentityMethod.Portal,
        document.Asks.Where(a => a.Required).ToImmutableDictionary(a => a.Id, Answer),
        document.TeachBack.ToImmutableDictionary(t => t.Id, t => t.Right), letterhead, said, today, offset);

    /// <summary>Signed by the person and, where the text asks for it, by the clinician.</summary>
    public static async Task Sign(ConsentDocuments documents, string family, PatientId patient, string name, Actor clinician, DateTimeOffset at, TimeZoneInfo zone, Func<Actor, Func<Chart, Decision>, Task> carry)
    {
        // An installation without texts has nothing to sign.
        if (documents.Find(family) is not { } document) return;
        var (id, self, local) = (DerivedId.Of("sample signature", patient.ToString(), family), new Actor(ActorKind.Patient, patient.ToString(), name), TimeZoneInfo.ConvertTime(at, zone));
        var said = $"{local:MMM d, yyyy, h:mm tt} Denver";
        await carry(self, chart => SigningConsent.Decide(chart, documents, Fields(chart), Of(document, Fields(chart), id, name, ["Casement sample practice"], said, DateOnly.FromDateTime(local.DateTime), local.Offset), self, at));
        if (document.ClinicianSigns) await carry(clinician, chart => Countersigning.Decide(chart, documents, new(id, SignerRole.Clinician, said), clinician, at));
    }

    static ImmutableDictionary<string, string> Fields(Chart chart) => new Dictionary<string, string>
    {
        ["practice"] = "Casement sample practice",
        ["phone"] = "303 555 0100",
        ["patient"] = chart.Who?.Name.Legal ?? "",
        ["born"] = chart.Who?.BornOn is { } born ? $"{born:MMM d, yyyy}" : "",
        ["hours"] = "Monday to Friday, 9 to 5",
        ["after-hours"] = "In an emergency call 911. For thoughts of suicide call or text 988.",
        ["address"] = "please ask us",
        ["licence"] = "please ask us",
        ["answers-within"] = "within two business days",
    }.ToImmutableDictionary();

    static string Answer(DocumentAsk ask) => ask.Kind switch
    {
        AskKind.Phone => "303 555 0131",
        AskKind.Choice or AskKind.Choices => ask.Options[^1],
        _ => ask.Id switch { "ec-name" => "Ada Marsh", "ec-relation" => "A friend", _ => "As we talked about" },
    };
}
