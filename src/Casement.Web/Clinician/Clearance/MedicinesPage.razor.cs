using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Clinician.Clearance;

/// <summary>The medicine list, whole: entries are added, changed, ended or taken off, and saved together with whether they were reconciled.</summary>
public sealed partial class MedicinesPage(Desk desk, IJournals journals, ProtocolInForce room, WebOptions options, Caller caller, Zone zone, NavigationManager go) : ComponentBase
{
    /// <summary>Empty rows for what is new; saving gives as many again.</summary>
    const int Blank = 4;

    sealed record Row(string Name, string Dose, string Taken, string Active, string As);

    Chart chart = Chart.Empty;
    List<Row> rows = [];
    List<Problem> problems = [];
    IFormCollection? form;

    [Parameter] public Guid Patient { get; set; }
    [CascadingParameter] public required HttpContext Context { get; set; }

    PatientId Id => new(Patient);

    Caller Caller => caller;

    IEnumerable<string> Ingredients => room.Protocol.Classes.SelectMany(c => c.Ingredients).Select(i => i.Name).Distinct().Order(StringComparer.Ordinal);

    ImmutableArray<Medicine> Listed => chart.MedicineLists.LastOrDefault()?.List.Medicines ?? [];

    protected override async Task OnInitializedAsync()
    {
        if (await journals.Version(options.Practice, Id, Context.RequestAborted) == 0)
        {
            go.NotFound();
            return;
        }
        await room.Refresh(Context.RequestAborted);
        chart = await desk.Look(Id, caller.Actor, "opened the medicine list", Context.RequestAborted);
        if (HttpMethods.IsPost(Context.Request.Method)) form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        rows = form is null
            ? [.. Listed.Select(m => new Row(m.Ingredient, Say(m.DailyDoseMg), m.LastTakenAt is { } at ? zone.DateOf(at).ToString("M/d/yyyy", CultureInfo.InvariantCulture) : "", m.Active ? "yes" : "ended", m.As)), .. Enumerable.Repeat(new Row("", "", "", "yes", ""), Blank)]
            : [.. Enumerable.Range(0, form.Keys.Count(k => k.EndsWith("-name", StringComparison.Ordinal))).Select(n => new Row(Sent(n, "name"), Sent(n, "dose"), Sent(n, "taken"), Sent(n, "active"), Sent(n, "as")))];
    }

    string Sent(int n, string what) => form?[$"m{n}-{what}"].ToString().Trim() ?? "";

    static string Say(decimal? mg) => mg?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    async Task Save()
    {
        if (form is null || !caller.May(Act.RecordFacts)) return;
        var now = options.Clock.GetUtcNow();
        if (TypedFacts.Moment(form["Observed"].ToString(), now, zone) is not { } observed)
        {
            problems.Add(new("Observed", "Write a date up to today with month, day and year, such as 3/27/2026."));
            return;
        }
        var list = ImmutableArray.CreateBuilder<Medicine>();
        for (var n = 0; n < rows.Count; n++)
        {
            if (rows[n] is { Active: "remove" } or { Name: "", Dose: "", As: "" }) continue;
            if (Understand(rows[n], now) is (var medicine, null)) list.Add(medicine);
            else problems.Add(new($"m{n}-name", Understand(rows[n], now).Why ?? ""));
        }
        if (problems.Count > 0) return;
        bool? reconciled = form["Reconciled"].ToString() switch { "yes" => true, "no" => false, _ => null };
        var decision = await desk.CarryOut(Id, caller.Actor, at => Recording.Medicines(at, room.Protocol, list.ToImmutable(), observed, reconciled, now), Context.RequestAborted);
        if (decision is Refused { Because: var because }) problems.Add(new("m0-name", because));
        else go.NavigateTo($"/staff/patients/{Id}/clearance#medicines");
    }

    /// <summary>An entry as typed; what the page does not ask, such as its code and provenance, stays as it was.</summary>
    (Medicine Medicine, string? Why) Understand(Row row, DateTimeOffset now)
    {
        var before = Listed.FirstOrDefault(m => m.Ingredient.Equals(row.Name, StringComparison.OrdinalIgnoreCase)) ?? new Medicine(row.Name.ToLowerInvariant());
        if (row.Name.Length == 0) return (before, "Write the ingredient.");
        decimal? dose = null;
        if (row.Dose.Length > 0)
        {
            if (!decimal.TryParse(row.Dose, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mg) || mg <= 0) return (before, $"{row.Name}: write the dose as a number of milligrams a day, such as 50 or 0.5, or leave it empty.");
            dose = mg;
        }
        DateTimeOffset? taken = null;
        if (row.Taken.Length > 0)
        {
            // The hour somebody gave elsewhere stays unless the date here is another.
            if (before.LastTakenAt is { } known && PatientDirectory.ReadDate(row.Taken) == zone.DateOf(known)) taken = known;
            else if (TypedFacts.Moment(row.Taken, now, zone) is { } at) taken = at;
            else return (before, $"{row.Name}: write when it was last taken as a date up to today, such as 3/27/2026, or leave it empty.");
        }
        return (before with { DailyDoseMg = dose, LastTakenAt = taken, Active = row.Active != "ended", As = row.As }, null);
    }
}
