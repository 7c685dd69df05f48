using Casement.Consent;

namespace Casement.Web.Clinician.Documents;

/// <summary>How a signature stands, in a word or two.</summary>
public static class SignatureWords
{
    public static string ForStaff(SignatureState state) => state switch
    {
        SignatureState.Holds => "Holds",
        SignatureState.WaitsForClinician => "Waits for you",
        SignatureState.Withdrawn => "Taken back",
        SignatureState.Reopened => "To sign again",
        SignatureState.Expired => "Expired",
        SignatureState.NewerText => "Newer text",
        _ => "Replaced",
    };

    public static string ForPatient(SignatureState state) => state switch
    {
        SignatureState.Holds => "In force",
        SignatureState.WaitsForClinician => "Clinician signs next",
        SignatureState.Withdrawn => "Taken back",
        SignatureState.Reopened or SignatureState.NewerText => "To sign again",
        SignatureState.Expired => "Ended",
        _ => "Replaced",
    };

    /// <summary>Its shape and colour.</summary>
    public static string Kind(SignatureState state) => state switch
    {
        SignatureState.Holds => "clear",
        SignatureState.WaitsForClinician => "missing",
        SignatureState.Superseded => "note",
        SignatureState.Withdrawn => "exclude",
        _ => "defer",
    };

    public static string Identity(IdentityMethod identity) => identity switch
    {
        IdentityMethod.Portal => "signed in to their own pages",
        IdentityMethod.InPerson => "in person",
        _ => "on paper, kept by the practice",
    };
}
