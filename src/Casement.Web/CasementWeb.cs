using Casement.Web.Background;
using Casement.Web.CheckIns;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Clinician.Documents;
using Casement.Web.Clinician.Files;
using Casement.Web.Clinician.Outcomes;
using Casement.Web.Clinician.Notes;
using Casement.Web.Clinician.Office;
using Casement.Web.Clinician.Referrals;
using Casement.Web.Clinician.Safety;
using Casement.Web.Components;
using Casement.Web.Keeping;
using Casement.Web.Messages;
using Casement.Web.Partner;
using Casement.Web.Patient.Intake;
using Casement.Web.Programmes;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web;

/// <summary>The web, put together. Read it as a table of contents: each line is a file.</summary>
public static class CasementWeb
{
    public static WebApplication Build(WebOptions options)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Components.Endpoints.NavigationManager.DisableThrowNavigationException", true);
        // Nothing is configured by files here; watching for them would wake a thread at every write to a database below the working folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Casement", Args = ["--hostBuilder:reloadConfigOnChange=false"] });

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Clock);
        builder.Services.AddSingleton(options.Journals);
        builder.Services.AddSingleton(options.Shelf);
        builder.Services.AddProtocolAndDesk(options);
        builder.Services.AddIntake();
        builder.Services.AddReferralLoop();
        builder.Services.AddRazorComponents();
        builder.AddQuietLogs();
        builder.AddListening(options);
        builder.Services.AddKeyRing();
        builder.Services.AddStaffAccounts(options);
        builder.Services.AddSessions(options);
        builder.Services.AddPolicies();
        builder.Services.AddSignInLimits(options);
        builder.Services.AddMessagesAndBackground();
        builder.Services.AddHouseChores(options);
        builder.Services.AddOffice();
        builder.Services.AddFormDrafts();
        builder.Services.AddProgrammes(options);
        builder.Services.AddSafetyClocks(options);
        options.Also?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseFrontProxy(options);
        app.UseStrictHeaders(options);
        app.UseProblemPages(options);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseLinkForms();
        app.UseAntiforgery();
        app.UseFormDrafts();
        app.MapAssets();
        app.MapPasskeys();
        app.MapLeaving();
        app.MapClearanceLetters();
        app.MapCheckIns();
        app.MapOutcomes();
        app.MapStopping();
        app.MapIntakeDrafts();
        app.MapConsentCopies();
        app.MapPlanCopies();
        app.MapAutosave();
        app.MapFormDrafts();
        app.MapFiles();
        app.MapPartnerPrints();
        app.MapRazorComponents<App>();
        app.MapNothingElse();
        return app;
    }
}
