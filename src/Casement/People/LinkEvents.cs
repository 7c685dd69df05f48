using Casement.Journal;

namespace Casement.People;

/// <summary>What a capability link opens, without an account.</summary>
public enum LinkFor { Referral, Support, LetterCheck, CheckIn, Readiness }

/// <summary>A link was given that opens one thing of this chart, until it expires or is withdrawn. The address itself is sealed; it is made anew when it is sent.</summary>
/// <param name="Link">Its id.</param>
/// <param name="For">What it opens.</param>
/// <param name="Subject">Which one: the referral, the session or the clearance.</param>
/// <param name="Name">Whose hands it is for, as the journal will name them.</param>
/// <param name="ExpiresAt">When it stops opening anything.</param>
[StoredAs("link.given")]
public sealed record LinkGiven(Guid Link, LinkFor For, Guid Subject, string Name, DateTimeOffset ExpiresAt) : PatientEvent;

/// <summary>A capability link opens nothing any more.</summary>
[StoredAs("link.withdrawn")]
public sealed record LinkWithdrawn(Guid Link, string Because) : PatientEvent;

/// <summary>A capability link as it stands.</summary>
public sealed record LinkOnChart(LinkGiven Given, DateTimeOffset GivenAt, LinkWithdrawn? Withdrawn = null)
{
    public bool OpensAt(DateTimeOffset now) => Withdrawn is null && now < Given.ExpiresAt;
}
