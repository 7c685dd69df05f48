using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Consent;

/// <summary>How it was known who signed.</summary>
public enum IdentityMethod
{
    /// <summary>Signed in to their own pages.</summary>
    Portal,

    /// <summary>In the room, known to the member of staff or with a paper of identity.</summary>
    InPerson,

    /// <summary>On paper, with the sheet kept by the practice.</summary>
    Paper,
}

/// <param name="Question">As asked.</param>
/// <param name="Answer">As chosen.</param>
public sealed record TeachBackAnswer(string Question, string Answer);

/// <summary>A document was put before the patient.</summary>
/// <param name="Sha256">Of the words as they stood then.</param>
[StoredAs("consent.offered")]
public sealed record ConsentOffered(Guid Offer, string Family, string Version, string Title, string Sha256) : PatientEvent;

/// <summary>
/// Somebody signed. Everything a copy needs is inside: the words with names and answers filled in, who, how known, when and for how long.
/// </summary>
/// <param name="Signature">Names the signature; the same twice is one.</param>
/// <param name="Text">What was signed, word for word.</param>
/// <param name="Sha256">Of the text.</param>
/// <param name="About">Which of several, such as the recipient of a release; empty when there is one.</param>
/// <param name="TypedName">The signature.</param>
/// <param name="Role">The patient, or a representative.</param>
/// <param name="Authority">What lets a representative sign; empty for the patient.</param>
/// <param name="Identity">How it was known who signed.</param>
/// <param name="Intent">The sentence agreed to by signing.</param>
/// <param name="TeachBack">Questions with the answers given.</param>
/// <param name="NeedsClinician">It holds only once a clinician has signed too.</param>
/// <param name="IsReceipt">It says that something was received.</param>
/// <param name="EndsAt">When it ends by itself; null when the calendar does not end it.</param>
/// <param name="SessionsThen">Sessions counted when it was signed; null when sessions do not end it.</param>
/// <param name="Letterhead">The practice, as printed on the copy.</param>
/// <param name="SaidWhen">The instant, as shown to the signer and printed.</param>
[StoredAs("consent.signed")]
public sealed record ConsentSigned(
    Guid Signature,
    ConsentText Text,
    string Sha256,
    string About,
    string TypedName,
    SignerRole Role,
    string Authority,
    IdentityMethod Identity,
    string Intent,
    ImmutableArray<TeachBackAnswer> TeachBack,
    bool NeedsClinician,
    bool IsReceipt,
    DateTimeOffset? EndsAt,
    int? SessionsThen,
    ImmutableArray<string> Letterhead,
    string SaidWhen) : PatientEvent;

/// <summary>A second person signed under the same words.</summary>
[StoredAs("consent.countersigned")]
public sealed record ConsentCountersigned(Guid Signature, SignerRole Role, string TypedName, string Credentials, string Sha256, string SaidWhen) : PatientEvent;

/// <summary>The patient chose not to sign.</summary>
[StoredAs("consent.declined")]
public sealed record ConsentDeclined(string Family, string Version, string Title, string Reason) : PatientEvent;

/// <summary>A signature was taken back. What was done under it before stays done.</summary>
[StoredAs("consent.withdrawn")]
public sealed record ConsentWithdrawn(Guid Signature, string Reason) : PatientEvent;

/// <summary>Something changed, and the text has to be signed again; until then the signature does not hold.</summary>
[StoredAs("consent.reopened")]
public sealed record ConsentReopened(Guid Signature, string Trigger, string Because) : PatientEvent;

/// <summary>Why the patient is asked to sign again.</summary>
public enum RenewalReason
{
    /// <summary>A newer text changed what is agreed to; the signature no longer holds.</summary>
    NewerText,

    /// <summary>It still holds and ends before long.</summary>
    EndsSoon,

    /// <summary>It ran out.</summary>
    Ended,
}

/// <summary>The program found that a signature no longer holds, or will not for long, and asked for a new one. It takes nothing away: the signature stands as it was given.</summary>
/// <param name="Version">The version of the text that is to be signed now.</param>
/// <param name="Title">Its title.</param>
/// <param name="Because">Said to patient and staff.</param>
[StoredAs("consent.renewal-asked")]
public sealed record ConsentRenewalAsked(Guid Signature, RenewalReason Reason, string Version, string Title, string Because) : PatientEvent;
