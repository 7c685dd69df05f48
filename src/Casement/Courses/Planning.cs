using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>Planning a course, ending it, and writing down what no partner tells.</summary>
public static class Planning
{
    /// <summary>A longer plan than this is not agreed in one go: it would outlast every review.</summary>
    const int LongestMonths = 12, MostSessions = 30;

    /// <summary>Plans a new course, or changes the plan of the present one while no session was given.</summary>
    public static Decision Plan(Chart chart, CourseDefaults defaults, Protocol protocol, Instruments scales, TimeZoneInfo zone, CoursePlanned plan)
    {
        if (chart.Who is null) return Decision.Refuse("There is no such patient.");
        if (!protocol.FactById["c-product"].Values.Contains(plan.Product)) return Decision.Refuse("Choose the product of the course.");
        if (scales.Find(plan.PrimaryScale)?.Trajectory?.ResponsePct is null) return Decision.Refuse("Choose a scale that a course can be judged by.");
        if (plan.InductionSessions is < 1 or > MostSessions) return Decision.Refuse($"An induction has 1 to {MostSessions} sessions.");
        if (plan.EndsOn <= plan.From || plan.EndsOn > plan.From.AddMonths(LongestMonths)) return Decision.Refuse($"Choose a day for the end of the course: after today, and within {LongestMonths} months. It can be planned anew then.");
        if (string.IsNullOrWhiteSpace(plan.Goal)) return Decision.Refuse("Write the goal, in the patient's words.");
        if (string.IsNullOrWhiteSpace(plan.StopRule)) return Decision.Refuse("Write what would end the course early. It is agreed before the first session.");

        var courses = TreatmentCourses.Of(chart, defaults, zone);
        if (courses.FirstOrDefault(c => c.Plan?.Course == plan.Course) is { } same)
            return same.Plan == plan ? Decision.Nothing
                : !same.Sessions.IsEmpty && (same.PrimaryScale, same.Plan?.From) != (plan.PrimaryScale, plan.From) ? Decision.Refuse("Sessions were given under this plan, so its scale and its first day stay. Close the course to plan another.")
                : Decision.Accept(plan);
        return courses.LastOrDefault() is { Closed: null } open && (open.Sessions.IsEmpty || plan.From.DayNumber - open.Sessions[^1].On.DayNumber < defaults.NewCourseAfterDays)
            ? Decision.Refuse(open.Plan is null && !open.Sessions.IsEmpty
                ? $"A course began on {open.Sessions[0].On:d MMMM yyyy} without a plan. Close it, or wait until {defaults.NewCourseAfterDays} days have passed without a session."
                : "There is a course already. Change its plan, or close it first.")
            : Decision.Accept(plan);
    }

    /// <summary>The induction is over before its planned number of sessions.</summary>
    public static Decision EndInduction(Chart chart, CourseDefaults defaults, TimeZoneInfo zone, InductionEnded end, DateOnly today) =>
        TreatmentCourses.Of(chart, defaults, zone).FirstOrDefault(c => c.Id == end.Course) is not { } course ? Decision.Refuse("There is no such course.")
        : course.InductionComplete ? Decision.Nothing
        : course.Sessions.IsEmpty ? Decision.Refuse("No session was given yet. Close the course instead.")
        : end.On > today || end.On < course.Sessions[^1].On ? Decision.Refuse("The induction ends on the day of its last session or later, and not after today.")
        : Decision.Accept(end with { Note = end.Note.Trim() });

    public static Decision Close(Chart chart, CourseDefaults defaults, TimeZoneInfo zone, CourseClosed close, DateOnly today) =>
        TreatmentCourses.Of(chart, defaults, zone).FirstOrDefault(c => c.Id == close.Course) is not { } course ? Decision.Refuse("There is no such course.")
        : course.Closed is not null ? Decision.Nothing
        : close.On > today || (course.Sessions is [.., var last] && close.On < last.On) ? Decision.Refuse("A course ends on the day of its last session or later, and not after today.")
        : close.Why is WhyEnded.Unknown && close.Note.Trim().Length == 0 ? Decision.Refuse("Choose why the course ended, or write what is known.")
        : Decision.Accept(close with { Note = close.Note.Trim() });

    /// <summary>A session at a clinic that reports nothing to us. It counts for spacing and for every limit.</summary>
    public static Decision Elsewhere(Chart chart, Protocol protocol, SessionElsewhere told, DateOnly today) =>
        chart.Who is null ? Decision.Refuse("There is no such patient.")
        : chart.Courses.Elsewhere.Any(e => e.Session == told.Session) ? Decision.Nothing
        : !protocol.FactById["c-product"].Values.Contains(told.Product) ? Decision.Refuse("Choose what was given.")
        : told.On > today ? Decision.Refuse("A session that was given cannot lie in the future.")
        : protocol.FactById["c-dose-mg-kg"] is var dose && told.DoseMgPerKg is { } mg && (mg < dose.Min || mg > dose.Max) ? Decision.Refuse($"A dose is {dose.Min:0.##} to {dose.Max:0.##} mg/kg. Leave it empty when it is not known.")
        : string.IsNullOrWhiteSpace(told.Where) ? Decision.Refuse("Write where it was, or who told of it.")
        : Decision.Accept(told with { Where = told.Where.Trim() });

    public static Decision Happened(Chart chart, CourseDefaults defaults, ClinicalEventRecorded what, DateOnly today) =>
        chart.Who is null ? Decision.Refuse("There is no such patient.")
        : chart.Courses.Events.Any(e => e.Event == what.Event) ? Decision.Nothing
        : defaults.ClinicalEvents.All(k => k.Id != what.Kind) ? Decision.Refuse("Choose what happened.")
        : what.On > today ? Decision.Refuse("What happened cannot lie in the future.")
        : Decision.Accept(what with { Note = what.Note.Trim() });
}
