using Casement.Intake;
using Casement.Web.Clinician.Clearance;

namespace Casement.Web.Patient.Intake;

/// <summary>The form of this practice with the protocol in force, at this instant.</summary>
public sealed class IntakeAtDesk(WebOptions options, ProtocolInForce room)
{
    public IntakeDesk Now => new(options.Intake, room.Protocol, room.Settings, options.Clock.GetUtcNow());
}

public static class IntakeRegistration
{
    public static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IntakeDrafts>();
        services.AddSingleton<IntakeAtDesk>();
    }
}
