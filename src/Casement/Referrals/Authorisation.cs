using System.Collections.Immutable;

namespace Casement.Referrals;

/// <summary>What a patient signs so that a packet may leave, with every element of 45 CFR 164.508(c) (practice.md 2.8).</summary>
/// <param name="Id">Its id.</param>
/// <param name="What">The information, line by line (roi-what).</param>
/// <param name="From">Who discloses (roi-from).</param>
/// <param name="To">Who receives (roi-to).</param>
/// <param name="Purpose">What for (roi-purpose).</param>
/// <param name="EndsAt">When it ends by itself (roi-expiry).</param>
/// <param name="SignedName">The name as typed (roi-sign).</param>
/// <param name="SignedAt">When it was typed.</param>
/// <param name="Authority">A representative's authority; empty when the patient signed.</param>
/// <param name="Revoking">How to take it back (roi-revoke).</param>
/// <param name="NotConditioned">That care does not depend on it (roi-conditioning).</param>
/// <param name="Redisclosure">That the reader may pass it on (roi-redisclosure).</param>
/// <param name="TextVersion">The version of the words.</param>
/// <param name="TextHash">SHA-256 of the words as shown, in hex.</param>
/// <param name="PacketHash">SHA-256 of the lines as they would be sent, in hex.</param>
public sealed record Authorisation(
    Guid Id,
    ImmutableArray<string> What,
    string From,
    string To,
    string Purpose,
    DateTimeOffset? EndsAt,
    string SignedName,
    DateTimeOffset? SignedAt,
    string Authority,
    string Revoking,
    string NotConditioned,
    string Redisclosure,
    string TextVersion,
    string TextHash,
    string PacketHash)
{
    /// <summary>The elements it lacks, by the ids of practice.md 2.8; whatever lacks one is no authorisation.</summary>
    public IEnumerable<string> Lacks()
    {
        if (What.IsEmpty) yield return "roi-what";
        if (From.Length == 0) yield return "roi-from";
        if (To.Length == 0) yield return "roi-to";
        if (Purpose.Length == 0) yield return "roi-purpose";
        if (EndsAt is null) yield return "roi-expiry";
        if (SignedName.Trim().Length == 0 || SignedAt is null) yield return "roi-sign";
        if (Revoking.Length == 0) yield return "roi-revoke";
        if (NotConditioned.Length == 0) yield return "roi-conditioning";
        if (Redisclosure.Length == 0) yield return "roi-redisclosure";
        if (TextVersion.Length == 0 || TextHash.Length == 0) yield return "roi-plain";
    }
}
