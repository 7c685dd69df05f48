using System.Collections.Immutable;
using System.Globalization;
using Casement.CheckIns;
using Casement.Journal;
using Casement.People;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.CheckIns;

/// <summary>Answers as the script of the page sends them: at once, or after they waited on the phone for a network.</summary>
/// <param name="HeldMs">How long they waited, in milliseconds, by the phone.</param>
public sealed record HeldAnswer(string? Scale, Dictionary<string, string>? Items, long HeldMs);

/// <summary>What became of them.</summary>
/// <param name="Became">sent, older, closed or refused. Each is final: the phone lets go of what it held.</param>
/// <param name="Next">Where to go on.</param>
public sealed record HeldAnswerTold(string Became, string Said, string Next);

/// <summary>
/// Takes answers that a phone held. They come as JSON, which a foreign page cannot send here, so they carry no form token: one of a page that lay on the phone
/// for a day would be stale. The same answers sent again change nothing.
/// </summary>
public static class HeldAnswers
{
    public static string Address(string room, string sitting) => $"{room}/{sitting}/held";

    public static void MapHeldAnswers(this WebApplication app)
    {
        app.MapPost("/c/{token}/held", async (string token, HeldAnswer held, HttpContext context, LinkDoor door, Desk desk, WebOptions options) =>
            await door.Look(token, context.RequestAborted) is ({ } patient, { For: LinkFor.CheckIn, Subject: var checkIn } given)
                ? await Take(desk, options, patient, new(ActorKind.Patient, patient.ToString(), given.Name), checkIn, $"{CheckingIn.Room}/{token}", held, context.RequestAborted)
                : Closed(options, $"{CheckingIn.Room}/{token}")).AllowAnonymous().DisableAntiforgery();

        app.MapPost("/my/check-in/{id:guid}/held", [MyOwn] async (Guid id, HeldAnswer held, HttpContext context, Caller caller, Desk desk, WebOptions options) =>
            Sitting.Of(await desk.Peek(caller.Patient, context.RequestAborted), id) is not { } sitting ? Results.NotFound()
                : sitting.ClosesAt <= options.Clock.GetUtcNow() ? Closed(options, $"{AskingSittings.Room}/{id}")
                : await Take(desk, options, caller.Patient, caller.Actor, id, $"{AskingSittings.Room}/{id}", held, context.RequestAborted)).DisableAntiforgery();
    }

    static async Task<IResult> Take(Desk desk, WebOptions options, PatientId patient, Actor by, Guid checkIn, string page, HeldAnswer held, CancellationToken stop)
    {
        var scale = held.Scale ?? "";
        if (Read(held.Items ?? []) is not { } items) return Told("refused", SittingWords.Problem("choice") ?? "", page);
        var waited = TimeSpan.FromMilliseconds(Math.Clamp(held.HeldMs, 0, (long)TimeSpan.FromDays(366).TotalMilliseconds));
        var decision = await desk.CarryOut(patient, by, chart => CheckingIn.Answer(chart, options.CheckIns, options.ScaleFacts, new(checkIn, scale, items, options.Clock.GetUtcNow(), waited)), stop);
        if (decision is Refused { Because: var because }) return Told(because == CheckingIn.Overtaken ? "older" : "refused", because, page);
        var next = await CheckInAnswers.Next(desk, options, patient, checkIn, scale, stop);
        return Told("sent", "", next is null ? $"{page}/done?scale={Uri.EscapeDataString(scale)}" : $"{page}?scale={Uri.EscapeDataString(next)}");
    }

    static IResult Closed(WebOptions options, string page) =>
        Told("closed", $"The time for these questions is over, so your answers were not taken. If something worries you, call the practice{(options.Card.Phone.Length > 0 ? $": {options.Card.Phone}" : "")}.", page);

    static IResult Told(string became, string said, string next) => Results.Json(new HeldAnswerTold(became, said, next));

    /// <summary>The raw values by item; null when one is no number.</summary>
    static ImmutableSortedDictionary<string, decimal>? Read(Dictionary<string, string> sent)
    {
        var items = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach (var (item, value) in sent.Where(s => !string.IsNullOrWhiteSpace(s.Value)))
        {
            if (!decimal.TryParse(value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            items[item] = number;
        }
        return items.ToImmutable();
    }
}
