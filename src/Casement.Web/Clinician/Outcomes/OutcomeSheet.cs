using System.Globalization;
using System.Text;
using Casement.Outcomes;
using Casement.People;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.Clinician.Outcomes;

/// <summary>The figures as a file for a spreadsheet: one line a figure, with the group it is of.</summary>
public static class OutcomeSheet
{
    public static void MapOutcomes(this WebApplication app) => app.MapGet("/staff/outcomes.csv", async (HttpContext context, OutcomeBook book, WebOptions options, Zone zone) =>
    {
        if (options.Measuring is not { } measuring) return Results.NotFound();
        var asked = OutcomePeriod.Read(context.Request.Query["from"], context.Request.Query["to"], context.Request.Query["for"], zone.Today);
        var (people, at) = await book.Read(anew: false, context.RequestAborted);
        var report = PracticeReport.Of(people, measuring.Scales.Practice, options.Zone, asked.From, asked.To, asked.ForPublishing);
        return Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Write(report, at, measuring.Scales.Practice.Version))).ToArray(), "text/csv; charset=utf-8", $"outcomes-{asked.From:yyyy-MM-dd}-{asked.To:yyyy-MM-dd}.csv");
    }).RequireAuthorization(Policies.Name(Act.SeeOutcomes));

    public static string Write(PracticeReport report, DateTimeOffset at, string version)
    {
        var text = new StringBuilder("programme,measure,group,count,of,rate,low95,high95,note\r\n");
        foreach (var programme in report.ByProgramme.Prepend(report.All))
        {
            var name = programme.Programme.Length == 0 ? "all" : programme.Programme;
            foreach (var share in programme.Shares) Share(name, share);
            foreach (var curve in programme.Curves)
                foreach (var step in curve.Survival?.Steps ?? [])
                    Line(name, $"{curve.Id} at day {Say(step.Time)}", curve.Of, Say(step.Events), Say(step.AtRisk), Say(step.Surviving), Say(step.Ci95?.Low), Say(step.Ci95?.High), "share still without the event");
        }
        foreach (var share in report.Work) Share("practice", share);
        foreach (var span in report.Spans) Line("practice", span.Id, span.Measure, Say(span.Group), "", Say(span.MedianDays), "", Say(span.UpperQuartileDays), "days: median, and upper quartile as high95");
        foreach (var (kind, count, serious) in report.Events) Line("practice", $"event {kind}", serious ? "serious" : "not serious", count is null ? "not shown" : Say(count), "", "", "", "", "");
        Line("about", "period", "", "", "", "", "", "", $"{report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd}; counted {at:yyyy-MM-ddTHH:mm:ssZ}; rules {version}{(report.ForPublishing ? "; small groups left out" : "; for use within the practice")}");
        return text.ToString();

        void Share(string programme, Share share) => Line(programme, share.Id, share.Of, share.IsHidden ? "not shown" : Say(share.Count), share.IsHidden ? "not shown" : Say(share.Group), Say(share.Rate), Say(share.Ci95?.Low), Say(share.Ci95?.High), share.Unstable ? "unstable: a small group" : "");

        void Line(params string[] cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    static string Say(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Quoted where it must be; what a spreadsheet would take for a formula is text.</summary>
    static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' ? $"'{text}" : text;
        return safe.Any(c => c is ',' or '"' or '\r' or '\n') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

/// <summary>What figures are asked for.</summary>
public sealed record OutcomePeriod(DateOnly From, DateOnly To, bool ForPublishing)
{
    /// <summary>The last twelve months, unless both days are given and make a period.</summary>
    public static OutcomePeriod Read(string? from, string? to, string? use, DateOnly today) =>
        DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && DateOnly.TryParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) && first <= last
            ? new(first, last, use == "publishing")
            : new(today.AddYears(-1).AddDays(1), today, use == "publishing");
}
