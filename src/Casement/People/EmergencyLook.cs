using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.People;

/// <summary>Somebody whose role does not read charts opened this one in an emergency, and said why.</summary>
/// <param name="Look">Its id.</param>
/// <param name="Reason">In their words; shown to the patient and to whoever reviews it.</param>
/// <param name="Until">When it closes again by itself.</param>
[StoredAs("chart.opened-in-emergency")]
public sealed record OpenedInEmergency(Guid Look, string Reason, DateTimeOffset Until) : PatientEvent;

/// <summary>A clinician looked at why a chart was opened in an emergency, and what they found.</summary>
[StoredAs("chart.emergency-reviewed")]
public sealed record EmergencyReviewed(Guid Look, string Finding) : PatientEvent;

/// <summary>An emergency look with who and when, and the review once there is one.</summary>
public sealed record EmergencyLook(OpenedInEmergency Opened, DateTimeOffset At, Actor By, EmergencyReviewed? Reviewed = null)
{
    public bool LetsIn(string account, DateTimeOffset now) => By.Id == account && now < Opened.Until;
}

/// <summary>Breaking the glass: a look that is allowed to few, for a short time, with a reason, and is always reviewed (45 CFR 164.312(a)(2)(ii)).</summary>
public static class BreakingGlass
{
    const int ShortestReason = 10;

    public static Decision Open(Chart chart, Guid look, string reason, DateTimeOffset until) =>
        chart.Who is null ? Decision.Refuse("There is no such record.")
        : reason.Trim().Length < ShortestReason ? Decision.Refuse("Say in a sentence why you must see this chart now. The patient and the reviewer will read it.")
        : Decision.Accept(new OpenedInEmergency(look, reason.Trim(), until));

    public static Decision Review(Chart chart, Guid look, Actor by, string finding) => chart.EmergencyLooks.FirstOrDefault(l => l.Opened.Look == look) switch
    {
        null => Decision.Refuse("There was no such look."),
        { Reviewed: not null } => Decision.Nothing,
        { By: var who } when who.Id == by.Id => Decision.Refuse("Somebody else must review your own look."),
        _ when string.IsNullOrWhiteSpace(finding) => Decision.Refuse("Say what you found: was the look needed, and was anything done about it?"),
        _ => Decision.Accept(new EmergencyReviewed(look, finding.Trim())),
    };

    /// <summary>Each look waits for its review on the worklist.</summary>
    public static ImmutableArray<ListRow> Rows(Chart chart) => chart.Who is not { } who ? [] :
        [.. chart.EmergencyLooks.Where(l => l.Reviewed is null).Select(l => Worklist.Row(new(who.Name.Called, $"Review: {l.By.Name} opened this chart in an emergency", Urgency.Today, l.At, "emergency")))];
}
