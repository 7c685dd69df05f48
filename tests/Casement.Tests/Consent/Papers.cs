using System.Collections.Immutable;
using Casement.Consent;
using Casement.Definitions;
using Casement.Journal;
using Casement.People;
using Casement.Tests.Clearance;

namespace Casement.Tests.Consent;

/// <summary>The documents in force, and a patient who signs them.</summary>
static class Papers
{
    public static readonly ConsentDocuments All = DocumentFolder.Read(Root.Path("definitions", "documents"), Ketamine.Protocol);
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);
    public static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");
    public static readonly Actor Nurse = new(ActorKind.Staff, "nurse", "Imogen Vance", "PMHNP-BC");
    public static readonly Actor Desk = new(ActorKind.Staff, "desk", "Sam Ode");

    public static readonly ImmutableDictionary<string, string> Fields = ImmutableDictionary<string, string>.Empty
        .Add("practice", "Casement practice").Add("phone", "+1 303 555 0100").Add("patient", "Wren Ó Bury").Add("born", "Jan 2, 1988");

    public static Chart Admitted => After(Chart.Empty, new PatientAdmitted(new(new("Wren Ó Bury"), new(1988, 1, 2))));

    public static Chart After(Chart chart, params PatientEvent[] events) => After(chart, Now, Nurse, events);

    public static Chart After(Chart chart, DateTimeOffset at, Actor by, params PatientEvent[] events) => events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, at, by, e)));

    public static SignConsent Wish(string family, Guid? id = null, ConsentDocuments? documents = null) => Wish((documents ?? All).Find(family) ?? throw new InvalidOperationException(family), id);

    public static SignConsent Wish(ConsentDocument document, Guid? id = null) => new(
        id ?? Guid.NewGuid(), document.Id, document.TextFor(Fields).Sha256(), "wren o bury", Agreed: true, SignerRole.Patient, "", IdentityMethod.Portal,
        document.Asks.ToImmutableDictionary(a => a.Id, a => a.Kind switch { AskKind.Date => "6/30/2027", AskKind.Phone => "303 555 0142", AskKind.Choice or AskKind.Choices => a.Options[0], _ => "Hillview Infusion" }),
        document.TeachBack.ToImmutableDictionary(t => t.Id, t => t.Right),
        ["Casement practice"], "Nov 23, 2026, 10:00 AM Denver (UTC−7)", new(2026, 11, 23), TimeSpan.FromHours(-7));

    public static Decision Sign(Chart chart, SignConsent wish, Actor? by = null, ConsentDocuments? documents = null, DateTimeOffset? at = null) =>
        SigningConsent.Decide(chart, documents ?? All, Fields, wish, by ?? Wren, at ?? Now);

    public static Chart Signed(string family, Chart? chart = null, ConsentDocuments? documents = null, DateTimeOffset? at = null)
    {
        var on = chart ?? Admitted;
        return After(on, at ?? Now, Wren, [.. Accepted(Sign(on, Wish(family, documents: documents), documents: documents, at: at))]);
    }

    /// <summary>The patient, then the clinician.</summary>
    public static Chart SignedByBoth(string family, Chart? chart = null, DateTimeOffset? at = null)
    {
        var signed = Signed(family, chart, at: at);
        var waiting = signed.Consents.Signatures[^1].Signed.Signature;
        return After(signed, at ?? Now, Nurse, [.. Accepted(Countersigning.Decide(signed, All, new(waiting, SignerRole.Clinician, "now"), Nurse, at ?? Now))]);
    }

    public static ImmutableArray<PatientEvent> Accepted(Decision decision) => decision is Accepted { Events: var events } ? events
        : throw new Xunit.Sdk.XunitException($"Not accepted: {(decision as Refused)?.Because ?? decision.GetType().Name}");

    public static string Refused(Decision decision) => Assert.IsType<Refused>(decision).Because;

    public static bool Open(this Chart chart, string gate, ConsentDocuments? documents = null, string? about = null, DateTimeOffset? at = null) =>
        Gates.Ask(documents ?? All, chart, gate, at ?? Now, about).IsOpen;
}
