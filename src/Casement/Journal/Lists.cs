using System.Collections.Immutable;
using Casement.Clearance;
using Casement.People;
using Casement.Referrals;

namespace Casement.Journal;

/// <summary>Every list that crosses patients, derived from one chart at a time. A new list is one more line here and a rebuild.</summary>
public static class Lists
{
    /// <summary>The rows carry their patient beside them; a list that must name it inside its JSON takes it from here.</summary>
    public static ImmutableArray<ListRow> Rows(PatientId _, Chart chart) => [.. PatientDirectory.Rows(chart), .. ClearanceWork.Rows(chart), .. PeerReview.Rows(chart), .. ReferralWork.Rows(chart)];

    /// <summary>With what the protocol sees: a chart that needs somebody now is on the worklist before anybody opens it.</summary>
    public static Func<PatientId, Chart, ImmutableArray<ListRow>> With(Protocol protocol, Func<ImmutableSortedDictionary<string, decimal>> settings) =>
        (patient, chart) => [.. Rows(patient, chart), .. ClearanceWork.ActNow(protocol, settings(), chart)];
}
