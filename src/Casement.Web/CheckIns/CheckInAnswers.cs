using System.Collections.Immutable;
using System.Globalization;
using Casement.CheckIns;
using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;

namespace Casement.Web.CheckIns;

/// <summary>Takes the answers of a check-in. The link is the permission: there is no session a foreign page could misuse, so the form carries no other token.</summary>
public static class CheckInAnswers
{
    const string Item = "item-";

    public static string Field(string linkId) => Item + linkId;

    public static void MapCheckIns(this WebApplication app)
    {
        app.MapHeldAnswers();
        app.MapPost("/c/{token}/answers", async (string token, HttpContext context, LinkDoor door, Desk desk, WebOptions options) =>
    {
        var stop = context.RequestAborted;
        if (await door.Look(token, stop) is not ({ } patient, { For: LinkFor.CheckIn, Subject: var checkIn } given)) return Results.Redirect($"/c/{token}");
        var form = await context.Request.ReadFormAsync(stop);
        var scale = form["scale"].ToString();
        if (Read(form) is not { } items) return Results.Redirect($"/c/{token}?scale={Uri.EscapeDataString(scale)}&problem=choice");
        var decision = await desk.CarryOut(
            patient,
            new(ActorKind.Patient, patient.ToString(), given.Name),
            chart => CheckingIn.Answer(chart, options.CheckIns, options.ScaleFacts, new(checkIn, scale, items, options.Clock.GetUtcNow())),
            stop);
        if (decision is not Refused && await Next(desk, options, patient, checkIn, scale, stop) is { } next) return Results.Redirect($"/c/{token}?scale={Uri.EscapeDataString(next)}");
        return Results.Redirect(decision is Refused ? $"/c/{token}?scale={Uri.EscapeDataString(scale)}&problem={(items.IsEmpty ? "empty" : "choice")}" : $"/c/{token}/done?scale={Uri.EscapeDataString(scale)}");
    }).AllowAnonymous().DisableAntiforgery().ShortCircuit();
    }

    /// <summary>The scale that follows; null when none does, or when what was answered first needs words about help.</summary>
    public static async Task<string?> Next(Desk desk, WebOptions options, PatientId patient, Guid checkIn, string scale, CancellationToken stop)
    {
        var chart = await desk.Peek(patient, stop);
        return Sitting.Of(chart, checkIn) is { } sitting && !SittingWords.HelpFirst(chart, checkIn, options.CheckIns.Find(scale)) ? sitting.Left(chart, options.CheckIns).FirstOrDefault()?.Scale.Id : null;
    }

    /// <summary>The raw values by item; null when one is no number.</summary>
    public static ImmutableSortedDictionary<string, decimal>? Read(IFormCollection form)
    {
        var items = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach (var (name, value) in form)
        {
            if (!name.StartsWith(Item, StringComparison.Ordinal) || value.ToString().Trim() is not { Length: > 0 } typed) continue;
            if (!decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            items[name[Item.Length..]] = number;
        }
        return items.ToImmutable();
    }
}
