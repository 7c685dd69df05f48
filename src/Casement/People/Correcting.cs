using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;

namespace Casement.People;

/// <summary>A patient says what is wrong on the record; staff agree and record what is right, or say why not. Nothing is overwritten (45 CFR 164.526).</summary>
public static class Correcting
{
    public const string Template = "correction-answered";

    public const int LongestWords = 1000;

    /// <summary>More than a person has at once, and fewer than a stranger could fill a chart with.</summary>
    const int MostOpen = 20;

    public static Decision Ask(Chart chart, CorrectionAsked wish) => wish switch
    {
        _ when chart.Who is null => Decision.Refuse("There is no such record."),
        _ when chart.CorrectionRequests.Any(c => c.Asked.Correction == wish.Correction) => Decision.Nothing,
        { Wrong: var wrong } when string.IsNullOrWhiteSpace(wrong) => Decision.Refuse("Write what is wrong."),
        { Right: var right } when string.IsNullOrWhiteSpace(right) => Decision.Refuse("Write what is right."),
        { Wrong.Length: > LongestWords } or { Right.Length: > LongestWords } => Decision.Refuse($"Write at most {LongestWords} characters in each box."),
        _ when chart.CorrectionRequests.Count(c => c.IsOpen) >= MostOpen => Decision.Refuse("You have sent many corrections that wait for an answer. Please call us about this one."),
        _ => Decision.Accept(wish with { Wrong = wish.Wrong.Trim(), Right = wish.Right.Trim() }),
    };

    /// <param name="change">What was decided about the record itself; a correction is accepted together with it or not at all.</param>
    /// <param name="done">What was changed, as the patient will read it.</param>
    public static Decision Accept(Chart chart, Guid correction, Decision change, string done) => (Find(chart, correction), change) switch
    {
        (null, _) => Decision.Refuse("There is no such request."),
        ({ IsOpen: false }, _) => Decision.Nothing,
        (_, Refused) => change,
        ({ Asked.Of: CorrectionOf.Answer or CorrectionOf.Name or CorrectionOf.BirthDate }, AlreadySo) => Decision.Refuse("Nothing on the record would change. Write what is right, or decline and say why."),
        _ when string.IsNullOrWhiteSpace(done) => Decision.Refuse("Say what you changed. The patient reads it."),
        _ => Decision.Accept([.. change is Accepted { Events: var events } ? events : [], new CorrectionAccepted(correction, done.Trim()), Told(chart, correction)]),
    };

    public static Decision Decline(Chart chart, Guid correction, string because) => Find(chart, correction) switch
    {
        null => Decision.Refuse("There is no such request."),
        { IsOpen: false } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(because) => Decision.Refuse("Say why the record stays as it is. The patient reads it."),
        _ => Decision.Accept(new CorrectionDeclined(correction, because.Trim()), Told(chart, correction)),
    };

    public static Decision Disagree(Chart chart, Guid correction, string says) => Find(chart, correction) switch
    {
        null => Decision.Refuse("There is no such request."),
        { Disagreed: not null } => Decision.Nothing,
        { Declined: null } => Decision.Refuse("We have not said no to this."),
        _ when string.IsNullOrWhiteSpace(says) => Decision.Refuse("Write what you want to stand beside our answer."),
        _ when says.Length > LongestWords => Decision.Refuse($"Write at most {LongestWords} characters."),
        _ => Decision.Accept(new CorrectionDisagreed(correction, says.Trim())),
    };

    static CorrectionOnChart? Find(Chart chart, Guid correction) => chart.CorrectionRequests.FirstOrDefault(c => c.Asked.Correction == correction);

    static MessageAsked Told(Chart chart, Guid correction) =>
        new(DerivedId.Of(Template, correction.ToString("N")), Template, new(AddresseeKind.Patient, chart.Who?.Name.Called ?? ""), "/my/details");

    /// <summary>What clearance reads comes first; a name can wait a day.</summary>
    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
        [.. chart.CorrectionRequests.Where(c => c.IsOpen).Select(c => Worklist.Row(new(
            who.Name.Called,
            "They say something on the record is wrong",
            c.Asked.Of is CorrectionOf.Answer or CorrectionOf.Medicines ? Urgency.Today : Urgency.Soon,
            c.AskedAt,
            $"details#correction-{c.Asked.Correction:N}",
            c.Asked.AnswerBy,
            "The answer to a correction is overdue",
            Key: $"correction-{c.Asked.Correction:N}")))];
}
