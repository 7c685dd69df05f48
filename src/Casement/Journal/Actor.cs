namespace Casement.Journal;

/// <summary>What kind of party did something. The role decides what it may do; see People.</summary>
public enum ActorKind { Patient, Staff, Partner, Support, System }

/// <summary>Who did it: as known at that moment, so the journal reads the same after a name or a role changes.</summary>
/// <param name="Kind">The kind of party.</param>
/// <param name="Id">The stable id of the account, link or job.</param>
/// <param name="Name">The name shown beside the entry.</param>
/// <param name="Credentials">Licence titles shown beside a signature, such as "PMHNP-BC"; empty when there are none.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, string Credentials = "")
{
    /// <summary>The program itself, acting on a rule; never a signer.</summary>
    public static Actor Casement { get; } = new(ActorKind.System, "casement", "Casement");
}
