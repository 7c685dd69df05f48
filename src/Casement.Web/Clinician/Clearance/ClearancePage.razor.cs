using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using Casement.People;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Clinician.Clearance;

/// <summary>The workbench: what the rules find, what is missing, what would help, and the signature.</summary>
public sealed partial class ClearancePage(Desk desk, IJournals journals, ProtocolInForce room, Paths paths, WebOptions options, Caller caller, Zone zone, NavigationManager go, IServiceProvider services) : ComponentBase
{
    /// <summary>Rules that cannot be told stand in rows of their own up to this many; a new person has over a hundred, and gets a list.</summary>
    const int FewUntold = 12;

    Workbench? bench;
    CourseReading? course;
    List<Problem> problems = [];
    IFormCollection? form, recordForm, tryForm, signForm;
    string? errorRule, errorSays, signProblem, pickProblem, said;
    ImmutableArray<Fact> picked = [];
    WhatIf? tried;
    Guid clearance = Guid.NewGuid();
    long seen;

    [Parameter] public Guid Patient { get; set; }

    /// <summary>How many answers were just saved.</summary>
    [SupplyParameterFromQuery] public int? Saved { get; set; }

    [CascadingParameter] public required HttpContext Context { get; set; }

    Zone Zone => zone;

    PatientId Id => new(Patient);

    CancellationToken Stop => Context.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        if (await journals.Version(options.Practice, Id, Stop) == 0)
        {
            go.NotFound();
            return;
        }
        await room.Refresh(Stop);
        if (HttpMethods.IsPost(Context.Request.Method)) form = await Context.Request.ReadFormAsync(Stop);
        await Load();
        said = Saved switch { null or < 1 => null, 1 => "1 answer is saved.", var many => $"{many} answers are saved." };
    }

    async Task Load()
    {
        var chart = await desk.Look(Id, caller.Actor, "opened clearance", Stop);
        bench = Workbench.Of(Id, chart, room.Protocol, room.Settings, paths, options.Clock.GetUtcNow());
        course = services.GetService<CourseGate>()?.Renewal(chart, bench.Now);
        seen = chart.Version;
    }

    string Counts => bench is not { } b ? "" : string.Join("\u00a0· ", new[]
    {
        Count(b.ToSettle, "finding to settle", "findings to settle"),
        Count(b.Conditions, "condition", "conditions"),
        Count(b.Assessed.Missing.Length, "answer missing", "answers missing"),
        b.Assessed.Tier is { } tier ? tier.Id.Replace('-', ' ') : "",
        b.Assessed.Outcome.MayProceed && b.Assessed.Expires is { } end ? $"would end {zone.SayDate(end)}" : "",
        b.State is ClearanceState.None ? "" : $"signed clearance: {FactWords.State(b.State).ToLowerInvariant()}",
    }.Where(part => part.Length > 0).Select(part => part.Replace(' ', '\u00a0')));

    static string Count(int count, string one, string many) => count switch { 0 => "", 1 => $"1 {one}", _ => $"{count} {many}" };

    string Urgent => bench switch
    {
        { Assessed.Outcome.Id: "emergency" } => "Act now. Planning for treatment is paused.",
        { Assessed.HandleAsModerate: true } => "The suicide screen is half done: handle as at least moderate until it is complete. Do not end this contact before it is.",
        _ => "An urgent question is open. Get the answer in this contact; the case cannot be parked.",
    };

    static string WaitsFor(Casement.Clearance.Finding finding) =>
        string.Join(", ", finding.Because.Select(e => e.Fact is { } fact ? FactWords.Name(fact) : "the medicine list, reconciled").Distinct());

    /// <summary>The answers an urgent rule waits for, those needed for sure first.</summary>
    Fact[] UrgentAnswers => bench is not { } b ? [] : [.. b.Assessed.Missing.Where(m => m.OnlyIf.IsEmpty && m.Rules.Any(r => r.Raises.IsEmergency)).Select(m => m.Fact)];

    /// <summary>Keeps every answer that can be kept; the others stay in the form with what is wrong beside them.</summary>
    async Task Record()
    {
        if (bench is not { } b || form is not { } sent || MayNot(Act.RecordFacts)) return;
        var now = options.Clock.GetUtcNow();
        var facts = b.Protocol.Facts.Where(f => f.Derivation is null or EquivalentSum && f.Type != FactType.List && f.Id != "age-years");
        var typed = TypedFacts.Read(sent, "f", facts, sent["f-observed"].ToString(), now, zone);
        var decision = await desk.CarryOut(Id, caller.Actor, chart => Recording.Facts(chart, room.Protocol, typed.Answers, now), Stop);
        problems = [.. typed.Problems];
        if (decision is Refused { Because: var because }) problems.Add(new("", because));
        if (problems.Count == 0)
        {
            if (decision is AlreadySo) problems.Add(new("f-observed", "Nothing was answered, so nothing was saved."));
            else go.NavigateTo($"/staff/patients/{Id}/clearance?saved={typed.Answers.Length.ToString(CultureInfo.InvariantCulture)}");
            if (problems.Count == 0) return;
        }
        recordForm = sent;
        await Load();
        if (decision is Accepted) said = $"{typed.Answers.Length} of {typed.Answers.Length + typed.Problems.Length} answers are saved. The rest stands below with what is wrong.";
    }

    void Try()
    {
        if (bench is not { } b || form is not { } sent) return;
        var byId = WhatIfPanel.MayChange(b.Protocol).ToDictionary(f => f.Id);
        var ids = sent["Picked"].OfType<string>().ToList();
        if (sent["Pick"].ToString() is { Length: > 0 } pick) ids.Add(pick);
        var name = sent["PickName"].ToString().Trim();
        if (name.Length > 0)
        {
            if (byId.Values.FirstOrDefault(f => FactWords.Name(f).Equals(name, StringComparison.OrdinalIgnoreCase)) is { } named) ids.Add(named.Id);
            else pickProblem = "There is no such answer. Choose one of the list.";
        }
        picked = [.. ids.Distinct().Where(byId.ContainsKey).Select(id => byId[id])];
        tryForm = sent;
        var typed = TypedFacts.Read(sent, "w", picked, "", b.Now, zone);
        problems = [.. typed.Problems];
        var without = sent["Without"].OfType<string>().ToArray();
        if (problems.Count == 0 && (typed.Answers.Length > 0 || without.Length > 0)) tried = WhatIf.Of(b.Assessed, typed.Answers, without);
    }

    Task RecordOpinion() => About(Act.RecordOpinion, (rule, sent, chart, now) =>
        !Enum.TryParse<Verdict>(sent[$"says-{rule}"].ToString(), out var says) ? Decision.Refuse("Choose what the specialist says.")
        : Days(sent[$"days-{rule}"].ToString()) is not (true, var days) ? Decision.Refuse("Write the days as a whole number, or leave them empty.")
        : Recording.OpinionGiven(chart, room.Protocol, room.Settings, rule, says, sent[$"by-{rule}"].ToString(), days, sent[$"asks-{rule}"].ToString(), now));

    Task RecordOverride() => About(Act.Override, (rule, sent, chart, now) => Recording.Override(
        chart, room.Protocol, room.Settings, new(rule, sent[$"reason-{rule}"].ToString(), caller.Actor.Name, sent[$"alternatives-{rule}"].ToString(), sent[$"plan-{rule}"].ToString()), now));

    Task RecordCosign() => About(Act.Override, (rule, sent, chart, _) => Recording.Cosign(chart, room.Protocol, rule, caller.Actor, sent[$"kind-{rule}"].ToString()));

    async Task About(Act act, Func<string, IFormCollection, Chart, DateTimeOffset, Decision> decide)
    {
        if (form is not { } sent || sent["Rule"].ToString() is not { Length: > 0 } rule || MayNot(act)) return;
        var now = options.Clock.GetUtcNow();
        switch (await desk.CarryOut(Id, caller.Actor, chart => decide(rule, sent, chart, now), Stop))
        {
            case Refused { Because: var because }:
                (errorRule, errorSays) = (rule, because);
                problems.Add(new(rule, because));
                await Load();
                break;
            case Accepted { Events: [OverrideRefused] }:
                problems.Add(new(rule, "Nobody may override this rule. The attempt is kept on record."));
                await Load();
                break;
            default:
                go.NavigateTo($"/staff/patients/{Id}/clearance#{rule}");
                break;
        }
    }

    bool MayNot(Act act)
    {
        if (caller.May(act)) return false;
        problems.Add(new("", "Your role does not allow this. Nothing was written."));
        return true;
    }

    static (bool Understood, int? Days) Days(string typed) =>
        typed.Trim().Length == 0 ? (true, null) : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? (true, days) : (false, null);

    async Task Sign()
    {
        if (form is not { } sent || MayNot(Act.SignClearance)) return;
        var now = options.Clock.GetUtcNow();
        // What was read may have changed; then the page is shown as it is now, and the next signature is about that.
        if (!Guid.TryParse(sent["Clearance"].ToString(), out var id) || !long.TryParse(sent["SeenVersion"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            id = clearance;
            signProblem = "The form did not arrive whole. Nothing was signed; please look again.";
        }
        else if (!Enum.TryParse<ClearanceVerdict>(sent["Verdict"].ToString(), out var verdict)) signProblem = "Choose a decision.";
        else
        {
            var wish = new SignClearance(id, verdict, sent["Rationale"].ToString(), read);
            var decision = await desk.CarryOut(Id, caller.Actor, chart => Signing.Decide(chart, room.Protocol, room.Settings, options.Documents, wish, caller.Actor, now), Stop);
            if (decision is not Refused { Because: var because })
            {
                go.NavigateTo($"/staff/patients/{Id}/decisions/{id}");
                return;
            }
            signProblem = because;
        }
        problems.Add(new("sign", signProblem));
        (signForm, clearance) = (sent, id);
        await Load();
    }

    string Ends(ClearanceOnChart last) => (last.EndsAt, last.Signed.ExpiresAt) switch
    {
        ({ } ends, { } latest) when ends < latest => $" Ends {Zone.SayDate(ends)} unless a session has started by then; {Zone.SayDate(latest)} at the latest.",
        ({ } ends, _) => $" Ends {Zone.SayDate(ends)} at the latest.",
        _ => "",
    };
}
