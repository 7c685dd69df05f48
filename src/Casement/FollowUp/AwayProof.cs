using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.FollowUp;

/// <summary>One thing that came for a clinician while they were away.</summary>
/// <param name="SeenBy">The first member of staff who opened the chart after it came, or took the row it made; empty when nobody did.</param>
public sealed record CameIn(PatientId Patient, string Who, long Entry, DateTimeOffset At, PatientEvent What, string SeenBy, DateTimeOffset? SeenAt);

/// <summary>Proof that nothing went unseen: what came, from the journal, and who opened it, from the looks that were noted.</summary>
public static class AwayProof
{
    /// <summary>What came to one chart in an absence.</summary>
    public static IEnumerable<CameIn> Of(Absence absence, PatientId patient, string who, ImmutableArray<Entry> journal, ImmutableArray<ChartRead> reads, DateTimeOffset now)
    {
        var end = absence.End < now ? absence.End : now;
        foreach (var entry in journal.Where(e => e.RecordedAt >= absence.From && e.RecordedAt < end && Comes(e)))
        {
            var look = reads.Where(r => r.By.Kind is ActorKind.Staff && r.At >= entry.RecordedAt).Select(r => (r.By, r.At))
                .Concat(journal.Where(e => e.By.Kind is ActorKind.Staff && e.Sequence > entry.Sequence).Select(e => (e.By, At: e.RecordedAt)))
                .OrderBy(r => r.At).Select(r => (Seen: (Actor?)r.By, At: (DateTimeOffset?)r.At)).FirstOrDefault();
            yield return new(patient, who, entry.Sequence, entry.RecordedAt, entry.What, look.Seen?.Name ?? "", look.At);
        }
    }

    /// <summary>What comes from outside the practice, or by itself, and so may find nobody at the desk.</summary>
    static bool Comes(Entry entry) => entry.By.Kind is ActorKind.Patient or ActorKind.Partner or ActorKind.Support
        ? entry.What is not Conversations.ConversationRead
        : entry.What is ClearanceSuspended or ClearanceRevoked && entry.By.Kind is ActorKind.System;
}
