using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Referrals;

namespace Casement.Clearance;

/// <summary>A clearance as the person it is about reads it (expectations P6): what a clinician signed, in plain words, and whether it still holds. What was not signed is not told.</summary>
/// <param name="Title">In a word or two.</param>
/// <param name="Lead">What it means.</param>
/// <param name="Next">What to do now.</param>
/// <param name="MayGo">Sessions may go on.</param>
public sealed record ClearanceForPatients(string Title, string Lead, string Next, bool MayGo)
{
    public static ClearanceForPatients Of(Chart chart, DateTimeOffset now) => Of(chart.Clearances.LastOrDefault(), chart.NotReadable.Count > 0 ? ClearanceState.Suspended : chart.Clearances.LastOrDefault()?.At(now) ?? ClearanceState.None);

    static ClearanceForPatients Of(ClearanceOnChart? last, ClearanceState state) => (state, last?.Signed.Verdict) switch
    {
        (ClearanceState.Suspended, _) => new("Paused", "Your clearance is on hold. Something new came in that a clinician has to look at first.", "Do not go to a session now. Call us, also when a date is already set. We look at it with you and then decide anew.", MayGo: false),
        (ClearanceState.Revoked, _) => new("Ended", "Your clearance has ended. Something new makes treatment unsafe as things stand.", "Do not go to a session. Call us. We talk with you about what comes next.", MayGo: false),
        (ClearanceState.Expired, _) => new("Run out", "The time of your clearance is over.", "Do not go to a session now. Call us if you want to go on. We look at your answers again first.", MayGo: false),
        (_, ClearanceVerdict.Cleared) => new("You can go ahead", "A clinician looked at everything and cleared you. The usual safety rules apply.", "The next step is at the clinic. We tell you when it is your turn.", MayGo: true),
        (_, ClearanceVerdict.ClearedWithConditions) => new("You can go ahead, if you keep to this", "A clinician looked at everything and cleared you. Some things have to be kept to.", "Read the points below. Call us if one of them is hard for you.", MayGo: true),
        (_, ClearanceVerdict.NeedsInformation) => new("We need more first", "A clinician looked at everything. Some answers, tests or letters are still missing.", "We tell you what we need and who gets it. You can also call us and ask.", MayGo: false),
        (_, ClearanceVerdict.NotNow) => new("Not now", "A clinician looked at everything. It is not safe to go ahead yet. This is not a no for good.", "We talk with you about what would change this, and what may help you until then.", MayGo: false),
        (_, ClearanceVerdict.Declined) => new("Not a safe choice for you", "A clinician looked at everything. This treatment is not safe for you as things stand.", "We talk with you about other ways that may help. You are still our patient.", MayGo: false),
        _ => new("Not decided yet", "No clinician has decided yet.", "We tell you as soon as there is a result.", MayGo: false),
    };

    /// <summary>Why, in the words of the rules that were signed with the decision. Nothing for what was still open: an unanswered question says nothing about a person.</summary>
    public static ImmutableArray<string> Reasons(Protocol protocol, ClearanceSigned signed) =>
        [.. signed.Fired.Select(id => protocol.RuleById.TryGetValue(id, out var rule) ? rule.Patient : "").Where(words => words.Length > 0).Distinct()];

    public static IEnumerable<NextStep> Steps(Chart chart, DateTimeOffset now)
    {
        if (chart.Clearances.IsEmpty) yield break;
        var so = Of(chart, now);
        yield return new("Your clearance: " + char.ToLowerInvariant(so.Title[0]) + so.Title[1..], ClearanceNews.PatientPage, so.MayGo ? "What was decided, and why." : so.Next.Split(". ")[0].TrimEnd('.') + ".");
    }
}
