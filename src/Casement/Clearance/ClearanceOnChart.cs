using Casement.Journal;

namespace Casement.Clearance;

public enum ClearanceState { None, Valid, Suspended, Revoked, Expired, NotCleared }

/// <summary>A signed decision with what became of it.</summary>
/// <param name="Signed">The decision.</param>
/// <param name="Entry">The journal entry it stands in.</param>
/// <param name="SignedAt">When it was signed.</param>
/// <param name="By">Who signed.</param>
/// <param name="Suspended">The first thing that suspended it; null while nothing has.</param>
/// <param name="Revoked">What revoked it; null while nothing has.</param>
public sealed record ClearanceOnChart(ClearanceSigned Signed, long Entry, DateTimeOffset SignedAt, Actor By, ClearanceSuspended? Suspended = null, ClearanceRevoked? Revoked = null)
{
    /// <summary>When it was signed, or last suspended or revoked.</summary>
    public DateTimeOffset ChangedAt { get; init; } = SignedAt;

    /// <summary>What a later protocol or limit made of it; null while it comes to the same.</summary>
    public (ClearanceRunAgain Run, DateTimeOffset At)? RunAgain { get; init; }

    /// <summary>When the first session under it started; null before.</summary>
    public DateTimeOffset? FirstSessionAt { get; init; }

    /// <summary>When it ends by itself: once a session has started, the day for the first one no longer counts.</summary>
    public DateTimeOffset? EndsAt => FirstSessionAt is null ? new[] { Signed.ExpiresAt, Signed.FirstSessionBy }.Min() : Signed.ExpiresAt;

    /// <summary>How it stands at an instant. A clearance never comes back by itself: only a new decision replaces one that was suspended.</summary>
    public ClearanceState At(DateTimeOffset now) =>
        !Signed.MayProceed ? ClearanceState.NotCleared
        : Revoked is not null ? ClearanceState.Revoked
        : Suspended is not null ? ClearanceState.Suspended
        : now >= EndsAt ? ClearanceState.Expired
        : ClearanceState.Valid;
}

/// <summary>An override as it waits on the chart for the decision it belongs to.</summary>
public sealed record OverrideOnChart(OverrideGiven Given, long Entry, DateTimeOffset GivenAt, Actor By)
{
    public OverrideOnChart With(OverrideCosigned second) =>
        this with { Given = Given with { Override = Given.Override with { Cosigner = second.Cosigner, CosignerKind = second.CosignerKind } } };
}
