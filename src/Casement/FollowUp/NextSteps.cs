using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Conversations;
using Casement.Intake;
using Casement.Journal;
using Casement.Referrals;
using Casement.Safety;

namespace Casement.FollowUp;

/// <summary>Something on the patient's own home page that waits for them.</summary>
/// <param name="What">In plain words, such as "Answer the health questions".</param>
/// <param name="Page">Where it is done, such as "/my/intake".</param>
/// <param name="Note">How long it takes, or by when; one short sentence.</param>
/// <param name="DueAt">When it is due; null when there is no date.</param>
public sealed record NextStep(string What, string Page, string Note, DateTimeOffset? DueAt = null);

/// <summary>What the patient's home page lists first, in order. A feature that asks something of patients is one more line here.</summary>
public static class NextSteps
{
    public static ImmutableArray<NextStep> Of(Chart chart, DateTimeOffset now) =>
    [
        .. SafetyWork.NextSteps(chart, now),
        .. SittingSteps.Of(chart, now),
        .. ClearanceForPatients.Steps(chart, now),
        .. ConsentWork.NextSteps(chart, now),
        .. PatientSteps.Of(chart, now),
        .. Conversing.Steps(chart),
        .. new[] { IntakeWork.Step(chart) }.OfType<NextStep>(),
    ];
}
