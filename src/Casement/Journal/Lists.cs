using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Conversations;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Messages;
using Casement.Notes;
using Casement.People;
using Casement.Programmes;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Safety;

namespace Casement.Journal;

/// <summary>Every list that crosses patients, derived from one chart at a time. A new list is one more line here and a rebuild.</summary>
public static class Lists
{
    /// <summary>The rows carry their patient beside them; a list that must name it inside its JSON takes it from here.</summary>
    public static ImmutableArray<ListRow> Rows(PatientId patient, Chart chart) => Rows(patient, chart, contactWithinDays: null, pace: null);

    static ImmutableArray<ListRow> Rows(PatientId _, Chart chart, int? contactWithinDays, Func<Chart, CoursePace?>? pace) =>
    [
        .. Worklist.Complete(chart,
        [
            .. PatientDirectory.Rows(chart),
            .. ClearanceWork.Rows(chart),
            .. ClearanceClocks.Rows(chart, pace),
            .. PeerReview.Rows(chart),
            .. BreakingGlass.Rows(chart),
            .. Correcting.Rows(chart),
            .. SafetyWork.Rows(chart),
            .. CheckInWork.Rows(chart),
            .. CourseAlarms.Rows(chart),
            .. IntakeWork.Rows(chart),
            .. ConsentWork.Rows(chart),
            .. ReferralWork.Rows(chart),
            .. ReadinessWork.Rows(chart),
            .. CourseWork.Rows(chart),
            .. Integration.Rows(chart, contactWithinDays),
            .. Tasks.Rows(chart),
            .. Outside.Rows(chart),
            .. NotesOnChart.Rows(chart),
            .. Conversing.Rows(chart),
            .. Outbox.Rows(chart),
        ]),
    ];

    /// <summary>With what the protocol sees: a chart that needs somebody now is on the worklist before anybody opens it.</summary>
    /// <param name="sittings">What courses are measured by and what is asked around them; null lists none.</param>
    /// <param name="programmes">Say how soon after a session a next contact is planned; null asks for none.</param>
    /// <param name="documents">The texts people sign; null leaves the rounds to open every chart.</param>
    public static Func<PatientId, Chart, ImmutableArray<ListRow>> With(Protocol protocol, Func<ImmutableSortedDictionary<string, decimal>> settings, SittingRules? sittings = null, ProgrammeBook? programmes = null, ConsentDocuments? documents = null)
    {
        var pace = sittings is null ? null : new CourseGate(protocol, sittings.Measuring, settings, sittings.Zone);
        return (patient, chart) =>
        [
            .. Rows(patient, chart, programmes?.ContactWithinDays, pace is null ? null : pace.Pace),
            .. Worklist.Complete(chart, [.. ClearanceWork.ActNow(protocol, settings(), chart), .. ClearanceWork.Ending(protocol, chart)]),
            .. sittings is null ? [] : Cohort.Rows(chart, sittings.Measuring, sittings.Zone),
            .. sittings is null ? [] : SittingClocks.Rows(chart, sittings),
            .. sittings is null || documents is null ? [] : Rounds.Rows(chart, documents, sittings),
        ];
    }
}
