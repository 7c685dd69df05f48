using System.Collections.Immutable;
using System.Globalization;
using Casement.FollowUp;
using Casement.People;
using Casement.Web.Shell;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Antiforgery;

namespace Casement.Web.Clinician.Notes;

/// <summary>What a form for a note says, and the address that saves it while it is being typed.</summary>
public static class TypedNote
{
    /// <summary>The draft with what was typed into the form.</summary>
    public static NoteDraft Typed(this NoteDraft draft, IFormCollection form) => draft with
    {
        EventOn = form["EventOn"].ToString(),
        EventTime = form["EventTime"].ToString(),
        Parts = form.Keys.Where(k => k.StartsWith("Part-", StringComparison.Ordinal)).ToImmutableDictionary(k => k["Part-".Length..], k => Limited(form[k].ToString())),
        Sud = form.ContainsKey("Sud"),
        Version = long.TryParse(form["Version"], CultureInfo.InvariantCulture, out var version) ? version : draft.Version,
    };

    const int LongestPart = 40_000;

    static string Limited(string text) => text.Length <= LongestPart ? text : text[..LongestPart];

    /// <summary>When it happened, as typed; null when it cannot be read.</summary>
    public static DateTimeOffset? EventAt(string date, string time, TimeZoneInfo zone) =>
        PatientDirectory.ReadDate(date.Trim()) is { } on && ReadTime(time) is { } at ? BusinessDays.At(on, at, zone) : null;

    /// <summary>A time as typed here: 2:15 pm, 2 pm, 14:15.</summary>
    public static TimeOnly? ReadTime(string typed) =>
        TimeOnly.TryParseExact(typed.Trim().ToUpperInvariant().Replace(".", "", StringComparison.Ordinal), ["h:mm tt", "h:mmtt", "h tt", "htt", "H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static void MapAutosave(this WebApplication app) =>
        app.MapPost("/staff/notes/{Note:guid}/draft", [May(Act.SignNote)] async (Guid note, HttpContext context, IAntiforgery forgery, Drafts drafts, Caller caller, Zone zone) =>
        {
            if (!await forgery.IsRequestValidAsync(context)) return Results.BadRequest();
            if (await drafts.Find(note, caller.Actor, context.RequestAborted) is not { } draft) return Results.NotFound();
            return await drafts.Save(draft.Typed(await context.Request.ReadFormAsync(context.RequestAborted)), context.RequestAborted) is { } saved
                ? Results.Json(new { version = saved.Version, saved = $"Saved at {zone.SayTime(saved.SavedAt)}. Not signed." })
                : Results.Conflict(new { saved = "Not saved: this note was changed in another window. Load the page again to see it." });
        });
}
