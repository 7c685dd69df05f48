using System.Globalization;
using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using Casement.Measures;

namespace Casement.Web.Clinician.Courses;

/// <summary>One session as it stands in the table of a course.</summary>
/// <param name="Gap">Days since the one before; null for the first.</param>
/// <param name="Pressure">The highest measured; empty when nothing was told.</param>
public sealed record SessionLine(CourseSession Session, string Where, int? Gap, string Pressure, string Events);

/// <summary>Courses as a clinician reads them.</summary>
public static class CourseWords
{
    public static string Kind(string outcome) => outcome switch
    {
        "emergency" => "emergency",
        "stop-course" => "exclude",
        "hold" => "defer",
        "needs-information" => "missing",
        "review" => "consult",
        "continue-with-alert" => "condition",
        _ => "clear",
    };

    /// <summary>The shape of what one rule raises.</summary>
    public static string Raised(Rule rule) => rule.Raises.Id switch
    {
        "emergency" => "emergency",
        "stop-course" => "exclude",
        "hold" => "defer",
        "review" => "consult",
        _ => "condition",
    };

    public static string Product(string product) => product switch
    {
        "racemic-ketamine-iv" => "Ketamine, infusion",
        "racemic-ketamine-im" => "Ketamine, injection",
        "esketamine-nasal" => "Esketamine, nasal spray",
        _ => product.Length == 0 ? "Not told" : product.Replace('-', ' '),
    };

    public static string Why(WhyEnded why) => why switch
    {
        WhyEnded.AsPlanned => "As planned",
        WhyEnded.Response => "It helped enough",
        WhyEnded.AdverseEffect => "Side effects or harm",
        WhyEnded.Cost => "Cost",
        WhyEnded.Choice => "The patient’s choice",
        _ => "Not known",
    };

    public static IEnumerable<SessionLine> Lines(Chart chart, CourseOnChart course)
    {
        CourseSession? before = null;
        foreach (var session in course.Sessions)
        {
            var so = chart.Sessions.GetValueOrDefault(session.Id);
            var referral = so?.Referral ?? chart.SessionFiles.FirstOrDefault(f => f.File.File == session.Id)?.File.Referral;
            var clinic = referral is { } id ? chart.Referrals.GetValueOrDefault(id)?.Drafted.PartnerName : null;
            string[] events = [.. so?.Events.Select(e => e.What) ?? [], .. so?.Report is { Report.Events: { Length: > 0 } told } && !told.Equals("none", StringComparison.OrdinalIgnoreCase) ? [told] : Array.Empty<string>()];
            yield return new(session, clinic ?? (session.Where.Length > 0 ? session.Where : "A file tells of it"), before is null ? null : session.On.DayNumber - before.On.DayNumber, so is null ? "" : Pressure(so), string.Join("; ", events));
            before = session;
        }
    }

    /// <summary>Of the checks and readings of a session, the one with the highest systolic; what the report says where there were none.</summary>
    static string Pressure(Casement.Sessions.SessionOnChart so) => so.Checks.Select(c => Both(c.Check.Evaluation, "s")).Concat(so.Readings.Select(r => Both(r.Reading.Evaluation, "i"))).OfType<(decimal Sys, decimal Dia)>().OrderByDescending(b => b.Sys).ToArray() is [var highest, ..]
        ? $"{highest.Sys:0}/{highest.Dia:0}" : so.Report?.Report.Vitals ?? "";

    static (decimal Sys, decimal Dia)? Both(Casement.Sessions.Evaluation evaluation, string phase) =>
        evaluation.Given.Facts.GetValueOrDefault($"{phase}-bp-sys")?.Value is Number sys && evaluation.Given.Facts.GetValueOrDefault($"{phase}-bp-dia")?.Value is Number dia ? (sys.Value, dia.Value) : null;

    public static string Dose(CourseSession session) => session.DoseMgPerKg is { } dose ? dose.ToString("0.##", CultureInfo.InvariantCulture) : session.DoseMg is { } mg ? $"{mg.ToString("0.#", CultureInfo.InvariantCulture)} mg" : "not told";

    public static string Phase(SessionPhase phase) => phase is SessionPhase.Induction ? "induction" : "maintenance";
}
