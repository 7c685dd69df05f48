using Casement.Journal;

namespace Casement.People;

/// <summary>A clinician answers for this person's care from now on. What nobody else owns on the worklist is theirs.</summary>
/// <param name="Clinician">The account.</param>
[StoredAs("care.clinician-assigned")]
public sealed record ClinicianAssigned(string Clinician, string Name, string Credentials) : PatientEvent;

/// <summary>A member of staff as others need to know them.</summary>
public sealed record Colleague(string Id, string Name, string Credentials, bool IsClinician, bool IsActive);

public static class Assigning
{
    public static Decision Decide(Chart chart, Colleague? to) => (chart, to) switch
    {
        ({ Who: null }, _) => Decision.Refuse("There is no such record."),
        (_, null or { IsActive: false } or { IsClinician: false }) => Decision.Refuse("Choose a clinician who works here."),
        ({ Responsible: { } now }, { Id: var id }) when now.Clinician == id => Decision.Nothing,
        (_, { } chosen) => Decision.Accept(new ClinicianAssigned(chosen.Id, chosen.Name, chosen.Credentials)),
    };
}
