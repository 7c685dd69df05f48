using System.Collections.Immutable;

namespace Casement.Journal;

/// <summary>What a pure decision answers: events to write, nothing to do, or a sentence saying why not.</summary>
public abstract record Decision
{
    public static Decision Accept(params ImmutableArray<PatientEvent> events) => events.IsEmpty ? Nothing : new Accepted(events);

    public static Decision Refuse(string because) => new Refused(because);

    /// <summary>The wish is already so: repeating it is harmless.</summary>
    public static Decision Nothing { get; } = new AlreadySo();
}

public sealed record Accepted(ImmutableArray<PatientEvent> Events) : Decision;

/// <summary>No, in a sentence a person can act on.</summary>
public sealed record Refused(string Because) : Decision;

public sealed record AlreadySo : Decision;
