using System.Collections.Immutable;
using Casement.Consent;
using Casement.Journal;

namespace Casement.Clearance;

/// <summary>The wish to sign a decision about the chart as it was shown.</summary>
/// <param name="Clearance">Made when the page was shown, so that a double click signs once.</param>
/// <param name="SeenVersion">The chart version the signer read.</param>
public sealed record SignClearance(Guid Clearance, ClearanceVerdict Verdict, string Rationale, long SeenVersion);

/// <summary>A licensed clinician signs what the protocol proposes, or less. Never more.</summary>
public static class Signing
{
    public const string Gate = "clearance";

    public static Decision Decide(Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, ConsentDocuments documents, SignClearance wish, Actor by, DateTimeOffset now)
    {
        if (chart.Clearances.Any(c => c.Signed.Clearance == wish.Clearance)) return Decision.Nothing;
        if (by.Kind != ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can sign. Your account shows no licence.");
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (chart.NotReadable.Count > 0) return Decision.Refuse("Some entries of this chart cannot be read, so nothing can be signed yet. Ask for the newer version of the program or a restored copy.");
        if (chart.Version != wish.SeenVersion) return Decision.Refuse("The chart changed while you were reading it. Nothing was signed; please look again.");
        if (wish.Rationale.Trim().Length < protocol.Overrides.ReasonLength) return Decision.Refuse($"Say why, in at least {protocol.Overrides.ReasonLength} characters.");
        var given = chart.CaseAt(protocol, now, settings);
        var assessed = Assessing.Assess(protocol, given);
        var proceeds = wish.Verdict is ClearanceVerdict.Cleared or ClearanceVerdict.ClearedWithConditions;
        // The answers that opened the pathway may be of a screen no rule reads: a person evaluates before anybody clears (clearance.md 7.2).
        if (proceeds && chart.Safety is { IsOpen: true, Evaluation: null }) return Decision.Refuse("The safety pathway is open and its last positive answer is not evaluated. Evaluate first, or sign a decision that does not clear.");
        if (NotOpen(assessed, wish.Verdict) is { } shut) return Decision.Refuse(shut);
        // "Not now" is never held up: a decision that protects somebody waits for no paper.
        if (proceeds && Gates.Ask(documents, chart, Gate, now).Refusal is { } unsigned) return Decision.Refuse(unsigned);
        var product = (given.Facts.GetValueOrDefault("product-planned")?.Value as Choice)?.Value ?? "";
        var setting = (given.Facts.GetValueOrDefault("treatment-setting")?.Value as Choice)?.Value ?? "";
        var firstSessionDays = (double)(settings.TryGetValue("p-first-session-days", out var moved) ? moved : protocol.ParameterById["p-first-session-days"].Default);
        return Decision.Accept(new ClearanceSigned(
            wish.Clearance,
            wish.Verdict,
            wish.Rationale.Trim(),
            given,
            protocol.Hash,
            protocol.Version,
            assessed.Outcome.Id,
            [.. assessed.Fired.Select(f => f.Rule.Id)],
            [.. assessed.Open.Select(f => f.Rule.Id)],
            [.. assessed.Notes.Select(f => f.Rule.Id)],
            proceeds ? ConditionsOf(assessed) : [],
            proceeds ? product : "",
            proceeds ? setting : "",
            proceeds ? assessed.Expires : null,
            proceeds ? now.AddDays(firstSessionDays) : null,
            assessed.PeerReview));
    }

    /// <summary>Why a decision may not be signed on this assessment, in a sentence; null when it may.</summary>
    public static string? NotOpen(Assessment assessed, ClearanceVerdict verdict) => verdict switch
    {
        ClearanceVerdict.Cleared or ClearanceVerdict.ClearedWithConditions when !assessed.Outcome.MayProceed =>
            $"The protocol's outcome is \"{assessed.Outcome.Clinician}\" Settle what blocks it first, or sign a decision that does not clear.",
        ClearanceVerdict.Cleared when assessed.Outcome.Id != "cleared" => "There are conditions to keep. Sign \"cleared with conditions\" instead.",
        _ => null,
    };

    /// <summary>Everything a clearance asks to be kept: the standard conditions, then each finding with what it asks for.</summary>
    public static ImmutableArray<string> ConditionsOf(Assessment assessed) =>
    [
        .. assessed.Protocol.StandardConditions.Select(c => Sentence(c.Text)),
        .. assessed.Fired.Where(f => f.Rank is > 0).Select(f => $"{f.Rule.Title}: {Sentence(f.Rule.Action.Length > 0 ? f.Rule.Action : f.Rule.ResolvedBy)}{(f.Opinion is { Conditions.Length: > 0 } o ? $" {o.By} asks: {Sentence(o.Conditions)}" : "")}{(f.Override is { } set ? $" Overridden by {set.By}{(set.Cosigner is { } c ? $" with {c}" : "")}: {Sentence(set.Reason)}" : "")}"),
    ];

    static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
}

/// <summary>A past decision worked out again from what was stored with it.</summary>
/// <param name="Assessed">The assessment under the protocol it was signed under.</param>
/// <param name="Differences">Where it came out otherwise; empty when identical.</param>
public sealed record Replay(Assessment Assessed, ImmutableArray<string> Differences)
{
    public static Replay Of(Protocol protocol, ClearanceSigned signed)
    {
        if (protocol.Hash != signed.ProtocolHash) throw new ArgumentException("A decision is replayed under the protocol it was signed under.", nameof(protocol));
        var assessed = Assessing.Assess(protocol, signed.Given);
        var differences = ImmutableArray.CreateBuilder<string>();
        if (assessed.Outcome.Id != signed.Outcome) differences.Add($"outcome: signed {signed.Outcome}, replayed {assessed.Outcome.Id}");
        Compare("fired", signed.Fired, assessed.Fired);
        Compare("open", signed.Open, assessed.Open);
        Compare("notes", signed.Notes, assessed.Notes);
        return new(assessed, differences.ToImmutable());

        void Compare(string what, ImmutableArray<string> then, IEnumerable<Finding> now)
        {
            var replayed = now.Select(f => f.Rule.Id).ToArray();
            if (!then.SequenceEqual(replayed)) differences.Add($"{what}: signed {string.Join(", ", then)}; replayed {string.Join(", ", replayed)}");
        }
    }
}
