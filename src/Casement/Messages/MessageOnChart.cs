using System.Collections.Immutable;

namespace Casement.Messages;

/// <summary>What became of a message, as far as the practice can know.</summary>
public enum Delivery { Queued, Sent, Retrying, GivenUp, HeldBack, Settled }

/// <summary>A message with what became of it.</summary>
public sealed record MessageOnChart(MessageAsked Asked, DateTimeOffset AskedAt)
{
    public MessageSent? Sent { get; init; }

    /// <summary>The failed tries since it was last asked for.</summary>
    public ImmutableList<MessageFailed> Failures { get; init; } = [];

    public MessageGivenUp? GivenUp { get; init; }
    public MessageHeldBack? HeldBack { get; init; }
    public MessageSettled? Settled { get; init; }

    /// <summary>When the last of these happened.</summary>
    public DateTimeOffset ChangedAt { get; init; } = AskedAt;

    /// <summary>Staff let it go out again after it was held back or given up: the person's general choices no longer hold it.</summary>
    public bool Again { get; init; }

    /// <summary>What was sent is sent, whatever was decided in the same moment.</summary>
    public Delivery State => this switch
    {
        { Sent: not null } => Delivery.Sent,
        { Settled: not null } => Delivery.Settled,
        { GivenUp: not null } => Delivery.GivenUp,
        { HeldBack: not null } => Delivery.HeldBack,
        { Failures.Count: > 0 } => Delivery.Retrying,
        _ => Delivery.Queued,
    };

    public bool Waits => State is Delivery.Queued or Delivery.Retrying;

    /// <summary>Somebody has to reach the person another way.</summary>
    public bool NeedsSomebody => State is Delivery.GivenUp || this is { State: Delivery.HeldBack, HeldBack.Call: true };

    /// <summary>When it may go out next.</summary>
    public DateTimeOffset DueAt => Failures is [.., var last] ? last.NextAt : Asked.NotBefore is { } earliest && earliest > AskedAt ? earliest : AskedAt;
}

/// <summary>How one person wishes to be reached.</summary>
public sealed record Reaching
{
    public static Reaching Unasked { get; } = new();

    /// <summary>When the patient said stop; null while messages go.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    public ImmutableDictionary<Purpose, Channel> Chosen { get; init; } = ImmutableDictionary<Purpose, Channel>.Empty;

    /// <summary>Addresses of support persons that want no more, in small letters.</summary>
    public ImmutableHashSet<string> StoppedSupport { get; init; } = [];

    public Channel For(Purpose purpose) => Chosen.GetValueOrDefault(purpose, Channel.Email);
}
