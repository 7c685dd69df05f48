using Casement.Journal;
using Casement.People;
using Casement.Safety;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Clinician.Office;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Clinician.Safety;

/// <summary>The suicide-risk pathway of one chart: why it is open, what is due, the evaluation, the plan, the close.</summary>
public sealed partial class SafetyPage(Desk desk, IJournals journals, ProtocolInForce room, NavigationManager go)
{
    readonly List<Problem> problems = [];
    Chart chart = Chart.Empty;

    [Inject] public required WebOptions Options { get; set; }
    [Inject] public required Work Work { get; set; }
    [Inject] public required Caller Caller { get; set; }
    [Inject] public required Zone Zone { get; set; }

    [Parameter] public Guid Patient { get; set; }
    [SupplyParameterFromForm] public string? ActionId { get; set; }
    [SupplyParameterFromForm] public Guid Once { get; set; }
    [SupplyParameterFromForm] public long Seen { get; set; }
    [SupplyParameterFromForm] public string? By { get; set; }
    [SupplyParameterFromForm] public string? Findings { get; set; }
    [SupplyParameterFromForm] public string? Formulation { get; set; }
    [SupplyParameterFromForm] public string? Level { get; set; }
    [SupplyParameterFromForm] public string? Means { get; set; }
    [SupplyParameterFromForm] public string? Decided { get; set; }
    [SupplyParameterFromForm] public string? FollowUpOn { get; set; }
    [SupplyParameterFromForm] public string? Because { get; set; }
    [SupplyParameterFromForm] public Guid Plan { get; set; }
    [CascadingParameter] public required HttpContext Context { get; set; }

    PatientId Id => new(Patient);

    SafetyOnChart Safety => chart.Safety;

    DateTimeOffset Now => Options.Clock.GetUtcNow();

    /// <summary>Who was told of an alert and by which way, oldest first.</summary>
    IEnumerable<string> Told(AlertOnChart alert) => chart.Duties.Values.Where(d => d.Called.About == alert.Alerted.Alert).OrderBy(d => d.CalledAt)
        .Select(d => d.Found is { } found ? $"Told {Zone.SayTime(d.CalledAt)}: {found.Whom} ({SafetyWords.Ways(found.Messages.Select(m => chart.Messages.GetValueOrDefault(m)))})." : $"Being told since {Zone.SayTime(d.CalledAt)}.");

    string Field(string name) => Context.Request.HasFormContentType ? Context.Request.Form[name].ToString() : "";

    static Option[] Outcomes(DoneBy doneBy) =>
    [
        new("Reached", "Yes"), new("LeftMessage", "No, left a message"), new("NoAnswer", "No answer"), new("EmergencyServices", "Emergency services called"),
        .. doneBy is DoneBy.Contact ? new Option[] { new("NotNeeded", "No longer needed", "Say why above.") } : [new("NoContactNeeded", "This needed no contact")],
    ];

    protected override async Task OnInitializedAsync()
    {
        if (Options.Safety is null || await journals.Version(Options.Practice, Id, Context.RequestAborted) == 0)
        {
            go.NotFound();
            return;
        }
        await room.Refresh(Context.RequestAborted);
        chart = await desk.Look(Id, Caller.Actor, "opened the safety page", Context.RequestAborted);
    }

    async Task Acknowledge()
    {
        var rows = (await Work.InOrder(Context.RequestAborted)).Where(r => r.Patient == Id).Select(r => r.Row).ToArray();
        await Do("", at => Working.Acknowledge(at, Caller.Actor, rows));
    }

    Task Record()
    {
        var field = $"What-{ActionId}";
        var wish = new RecordAction(Once, ActionId ?? "", Field(field), Now, Enum.TryParse<ContactOutcome>(Field($"Outcome-{ActionId}"), out var outcome) ? outcome : ContactOutcome.NoContactNeeded);
        return Do(field, at => Working.Record(at, wish, Caller.Actor, Now));
    }

    async Task Evaluate()
    {
        if (Options.Safety is not { } rules) return;
        var wish = new Evaluate(
            Once,
            Enum.TryParse<MetBy>(By, out var met) ? met : MetBy.InPerson,
            Findings ?? "",
            Formulation ?? "",
            Enum.TryParse<ClinicianLevel>(Level, out var level) ? level : null,
            Means switch { "yes" => true, "no" => false, _ => null },
            Decided ?? "",
            PatientDirectory.ReadDate((FollowUpOn ?? "").Trim()),
            Seen);
        problems.AddRange(Working.EvaluationProblems(chart, rules, Options.Zone, wish, Now).Select(p => new Problem(p.Field, p.Because)));
        if (problems.Count == 0) await Do("", at => Working.Evaluate(at, rules, Options.Zone, wish, Caller.Actor, Now));
    }

    Task Review() => Do("", at => SafetyPlan.Review(at, Rules, Options.Zone, Plan, Caller.Actor, Now));

    Task Close() => Do("Because", at => Working.Close(at, Rules, Because ?? "", Caller.Actor, Now));

    SafetyRules Rules => Options.Safety ?? throw new InvalidOperationException("The safety page is shown without rules.");

    async Task Do(string field, Func<Chart, Decision> decide)
    {
        if (!Caller.May(Act.KeepSafe)) return;
        var decision = await desk.CarryOut(Id, Caller.Actor, decide, Context.RequestAborted);
        if (decision is Refused { Because: var because }) problems.Add(new(field, because));
        else go.NavigateTo($"/staff/patients/{Id}/safety");
    }
}
