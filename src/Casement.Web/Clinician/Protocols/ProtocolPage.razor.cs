using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Clinician.Protocols;

/// <summary>The protocol as the practice works under it, and the parameters it may move inside their bounds, with what a move would do to today's patients.</summary>
public sealed partial class ProtocolPage(ProtocolInForce room, ClearanceRounds rounds, Desk desk, IJournals journals, WebOptions options, Caller caller, NavigationManager go) : ComponentBase
{
    /// <summary>Charts looked at for a preview: a large practice waits a second or two, never a minute.</summary>
    const int MostLooked = 500;

    const int MostNamed = 50;

    /// <param name="InForce">A signed clearance rests on the outcome that would change.</param>
    sealed record Change(PatientId Patient, string Name, string Before, string After, bool InForce);

    sealed record Preview(Parameter Parameter, decimal From, decimal To, int Looked, int Everybody, ImmutableArray<Change> Changed);

    List<Problem> problems = [];
    IFormCollection? form;
    Preview? preview;
    ImmutableArray<ParameterMoved> moves = [];
    Wording wording = Wording.AtDefaults;

    [SupplyParameterFromForm] public string? Find { get; set; }
    [SupplyParameterFromForm] public string? Parameter { get; set; }
    [SupplyParameterFromForm] public string? To { get; set; }
    [CascadingParameter] public required HttpContext Context { get; set; }

    CancellationToken Stop => Context.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        await room.Refresh(Stop);
        wording = Wording.With(room.Settings);
        moves = await room.Moves(Stop);
        if (HttpMethods.IsPost(Context.Request.Method)) form = await Context.Request.ReadFormAsync(Stop);
        // The confirmation is a form of the preview, which stands on the page it answers.
        if (form?["_handler"].ToString() is "move" && room.Protocol.ParameterById.TryGetValue(Parameter ?? "", out var moving) && Typed(To) is { } to)
            preview = new(moving, room.Settings.GetValueOrDefault(moving.Id, moving.Default), to, 0, 0, []);
    }

    static decimal? Typed(string? text) => decimal.TryParse(text?.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    IEnumerable<Parameter> Parameters => room.Protocol.Parameters.Where(p => Matches($"{p.Id} {p.Means}"));

    IEnumerable<IGrouping<string, Rule>> Concerns => room.Protocol.Rules.Where(r => Matches($"{r.Id} {r.Title} {r.When} {r.Why} {wording.Say(r.Condition)}"))
        .GroupBy(r => FactWords.Capital(Path.GetFileNameWithoutExtension(r.File).Replace('-', ' ')));

    ILookup<string, Rule> FedRules => field ??= room.Protocol.Rules.SelectMany(r => r.Condition.Parameters().Select(p => (p.Id, Rule: r))).ToLookup(p => p.Id, p => p.Rule);

    ImmutableDictionary<string, ImmutableArray<Rule>> Feeds => field ??= FedRules.ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray());

    bool Matches(string text) => (Find ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    async Task Look()
    {
        if (!caller.May(Act.MoveParameter) || Parameter is null || !room.Protocol.ParameterById.TryGetValue(Parameter, out var parameter)) return;
        var field = $"to-{Parameter}";
        if (Typed(form?[field].ToString()) is not { } to) problems.Add(new(field, "Write a number."));
        else if (room.Protocol.RefusesSetting(Parameter, to) is { } why) problems.Add(new(field, why));
        else preview = await PreviewOf(parameter, to);
    }

    async Task Move()
    {
        if (!caller.May(Act.MoveParameter) || preview is not { } seen) return;
        preview = null;
        if (await room.Move(seen.Parameter.Id, seen.To, caller.Actor, Stop) is { } why) problems.Add(new("", why));
        else
        {
            await rounds.Run(Stop);
            go.NavigateTo($"/staff/protocol#{seen.Parameter.Id}");
        }
    }

    /// <summary>Everybody's outcome before and after. Whose chart is shown by name was looked at, and that is noted; the rest is only counted.</summary>
    async Task<Preview> PreviewOf(Parameter parameter, decimal to)
    {
        var everybody = await journals.ReadList(options.Practice, PatientDirectory.List, Stop);
        var (before, after, now) = (room.Settings, room.With(room.Settings, parameter.Id, to), options.Clock.GetUtcNow());
        var changed = ImmutableArray.CreateBuilder<Change>();
        foreach (var row in everybody.Take(MostLooked))
        {
            var chart = Chart.From(await journals.Read(options.Practice, row.Patient, Stop));
            var (then, next) = (Outcome(chart, before), Outcome(chart, after));
            if (then == next) continue;
            changed.Add(new(row.Patient, PatientDirectory.Read(row.Json).Name.Called, then, next, chart.Clearances.LastOrDefault()?.At(now) is ClearanceState.Valid));
            if (caller.May(Act.ReadChart) && changed.Count <= MostNamed) await desk.Look(row.Patient, caller.Actor, "saw what a moved parameter would change", Stop);
        }
        return new(parameter, before.GetValueOrDefault(parameter.Id, parameter.Default), to, Math.Min(everybody.Count, MostLooked), everybody.Count, [.. changed.OrderBy(c => c.InForce ? 0 : 1)]);

        string Outcome(Chart chart, ImmutableSortedDictionary<string, decimal> settings) =>
            Assessing.Assess(room.Protocol, chart.CaseAt(room.Protocol, now, settings)).Outcome.Id.Replace('-', ' ');
    }

    static string Amount(Parameter parameter, decimal value) => Wording.Amount(value, parameter.Unit);

    static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    static string Anchor(string concern) => "concern-" + concern.ToLowerInvariant().Replace(' ', '-');

    /// <summary>The shape of a rule; those of other phases have categories of their own.</summary>
    static string Kind(Rule rule) => FindingGroup.All.FirstOrDefault(g => g.Category == rule.Raises.Id)?.Kind ?? rule.Raises.Id switch
    {
        "no-go" or "stop" or "exclude" => "exclude",
        "hold" or "pause" => "defer",
        _ => "condition",
    };
}
