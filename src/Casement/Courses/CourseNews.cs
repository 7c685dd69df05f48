using System.Collections.Immutable;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.Referrals;

namespace Casement.Courses;

/// <summary>What follows by itself when a course comes out otherwise than before: it is noted for the worklist, a clearance is suspended where the protocol says so, a review gets its task, and whoever counts on a date is told.</summary>
public static class CourseNews
{
    public const string ForPatient = "course-waits", ForPartner = "partner-course-waits";

    /// <param name="suspended">The same act has suspended or revoked the clearance already, and everybody is told of that.</param>
    public static ImmutableArray<PatientEvent> Of(CourseGate gate, PracticeCalendar calendar, Chart before, Chart after, bool suspended, DateTimeOffset now)
    {
        var was = after.Courses.Stands?.How;
        if (TreatmentCourses.Current(after, gate.Measuring.Defaults, gate.Zone) is not { Sessions.IsEmpty: false } course || gate.Asking(after, "", now) is not { } reading)
            return was is null or { Outcome: "continue" } ? [] : [new CourseStands(was.Course, "continue", [], "No course goes on.")];

        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        var stands = new CourseStands(course.Id, reading.Assessed.Outcome.Id, [.. reading.Assessed.Fired.Where(f => f.Rank > 0).Select(f => f.Rule.Id)], reading.Says);
        if (was is null || (was.Course, was.Outcome, was.Because) != (stands.Course, stands.Outcome, stands.Because)) events.Add(stands);

        var suspends = suspended ? [] : Suspending(gate, before, after, reading, now);
        events.AddRange(suspends);
        events.AddRange(ClearanceNews.Of(before, after, suspends));

        if (reading.MayProceed && reading.Assessed.Outcome.Id == "review" && Task(course, reading) is var task && !after.Tasks.ContainsKey(task))
            events.Add(new TaskOpened(task, $"Course review: {string.Join("; ", reading.Assessed.Fired.Where(f => f.Rule.Raises.Id == "review").Select(f => $"{f.Rule.Title} ({f.Rule.Action})"))}", "", "", calendar.Due(now, gate.Measuring.Defaults.Questions.ReviewDays, DueUnit.CalendarDays, gate.Zone), DueUnit.CalendarDays));

        // Whoever has a date counts on it: told once for each way it came to be held.
        if (reading.Holding.Any() && !suspended && suspends.IsEmpty && was?.Outcome != stands.Outcome)
            foreach (var so in after.Referrals.Values.Where(r => r is { IsWithPartner: true } && r.Appointment > now).OrderBy(r => r.Id))
            {
                events.Add(new MessageAsked(DerivedId.Of("course-waits", "patient", so.Id.ToString("D"), $"{now.UtcTicks}"), ForPatient, new(AddresseeKind.Patient), "/my/referrals"));
                events.Add(new MessageAsked(DerivedId.Of("course-waits", "partner", so.Id.ToString("D"), $"{now.UtcTicks}"), ForPartner, Preparing.PartnerOf(after, so), "/partner", Preparing.OpenLink(after, so), About: so.Id));
            }
        return events.ToImmutable();
    }

    /// <summary>One task for the same findings between two sessions.</summary>
    static Guid Task(CourseOnChart course, CourseReading reading) =>
        DerivedId.Of("course-review", course.Id.ToString("D"), $"{reading.Sessions}", string.Join(",", reading.Assessed.Fired.Where(f => f.Rule.Raises.Id == "review").Select(f => f.Rule.Id)));

    /// <summary>The triggers of the protocol that read what is worked out here (clearance.md 6.4, trig-dependence), where the act itself made them true.</summary>
    static ImmutableArray<PatientEvent> Suspending(CourseGate gate, Chart before, Chart after, CourseReading reading, DateTimeOffset now)
    {
        if (after.Clearances.LastOrDefault() is not { } clearance || clearance.At(now) is not ClearanceState.Valid || after.Clearances.Count > before.Clearances.Count) return [];
        var sheet = reading.Assessed.Sheet;
        var then = gate.Asking(before, "", now)?.Assessed.Sheet;
        var fired = gate.Protocol.Triggers.FirstOrDefault(t => t.When is { } when && (when is Either ? Wording.Parts(when) : [when]).Any(part => IsOfCourse(gate.Protocol, part) && sheet.Ask(part) == Truth.True && then?.Ask(part) != Truth.True));
        return fired is null ? []
            : fired.Effect is TriggerEffect.Revoke ? [new ClearanceRevoked(clearance.Signed.Clearance, fired.Id, $"{fired.Title}. {fired.Then}", fired.Within)]
            : [new ClearanceSuspended(clearance.Signed.Clearance, fired.Id, $"{fired.Title}. {fired.Then}", fired.Within)];
    }

    static bool IsOfCourse(Protocol protocol, Condition condition) => condition.Asks().All(f => protocol.FactById[f.Id].Phase is Phase.Course);
}
