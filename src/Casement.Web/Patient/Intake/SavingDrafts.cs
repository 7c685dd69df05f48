using System.Globalization;
using Casement.Intake;
using Casement.Journal;
using Casement.People;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.Patient.Intake;

/// <summary>What the script of a question page sends in the background.</summary>
public static class SavingDrafts
{
    public const string Path = "/my/intake/{question}/draft";

    public static void MapIntakeDrafts(this WebApplication app)
    {
        app.MapMine();
        app.MapPaper();
    }

    /// <summary>Staff typing off a sheet: kept, and nothing more. A slip of the hand must not alarm anybody; saving the page does.</summary>
    static void MapPaper(this WebApplication app) => app.MapPost("/staff/patients/{Patient:guid}/intake/{question}/draft", [May(Act.RecordFacts)] async (Guid patient, string question, IFormCollection form, Desk desk, IntakeDrafts drafts, WebOptions options, CancellationToken stop) =>
    {
        if (!options.Intake.ById.TryGetValue(question, out var asked) || (await desk.Peek(new(patient), stop)).Intake is not { PaperOn: not null }) return Results.NotFound();
        await drafts.Keep(new(patient), IntakeDrafts.OnPaper(question), GivenFields.Read(asked, form), stop);
        return Saved(options, recorded: false);
    });

    static void MapMine(this WebApplication app) => app.MapPost(Path, [MyOwn] async (string question, IFormCollection form, Caller caller, Desk desk, IntakeAtDesk at, IntakeDrafts drafts, WebOptions options, CancellationToken stop) =>
    {
        if (!options.Intake.ById.TryGetValue(question, out var asked)) return Results.NotFound();
        var now = at.Now;
        var chart = await desk.Peek(caller.Patient, stop);
        if (chart.Intake is null) return Results.NotFound();
        var given = GivenFields.Read(asked, form);
        // Danger does not wait for a button: it is an answer the moment it arrives, and staff see it.
        if (asked.DangerIn(given).Length > 0
            && await desk.CarryOut(caller.Patient, caller.Actor, c => Answering.Decide(c, now, new(question, given, now.Now, null)), stop) is not Refused)
            return Saved(options, recorded: true);
        await drafts.Keep(caller.Patient, question, given, stop);
        return Saved(options, recorded: false);
    });

    static IResult Saved(WebOptions options, bool recorded) =>
        Results.Json(new { at = $"{TimeZoneInfo.ConvertTime(options.Clock.GetUtcNow(), options.Zone).ToString("h:mm", CultureInfo.InvariantCulture)} {options.ZoneName}", recorded });
}
