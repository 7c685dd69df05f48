using Casement.Journal;
using Casement.People;
using Casement.Web.Printing;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.Clinician.Safety;

/// <summary>The safety plan on paper.</summary>
public static class PlanCopies
{
    public static void MapPlanCopies(this WebApplication app)
    {
        app.MapGet("/my/safety-plan/plan.pdf", async (Desk desk, Caller caller, WebOptions options, Zone zone, CancellationToken stop) =>
            Sheet(await desk.Look(caller.Patient, caller.Actor, "printed their safety plan", stop), options, zone)).RequireAuthorization(Policies.MyOwn);
        app.MapGet("/staff/patients/{Patient:guid}/safety/plan.pdf", async (Guid patient, Desk desk, IJournals journals, Caller caller, WebOptions options, Zone zone, CancellationToken stop) =>
            await journals.Version(options.Practice, new(patient), stop) == 0 ? Results.NotFound()
            : Sheet(await desk.Look(new(patient), caller.Actor, "printed the safety plan", stop), options, zone)).RequireAuthorization(Policies.Name(Act.KeepSafe));
    }

    static IResult Sheet(Chart chart, WebOptions options, Zone zone) => chart.Safety.Plan is { } plan && options.Safety is { } rules
        ? Results.File(LetterPdf.Write(PlanForm.Sheet(chart, plan, rules, options, zone)), "application/pdf", "safety-plan.pdf")
        : Results.NotFound();
}
