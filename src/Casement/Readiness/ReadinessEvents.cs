using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Readiness;

/// <summary>Something about the readiness check before one visit.</summary>
public abstract record ReadinessEvent(Guid Check) : PatientEvent;

/// <summary>The person was asked whether they are ready for a visit.</summary>
/// <param name="Check">Its id, and that of the link.</param>
/// <param name="VisitAt">The visit; when it begins, nothing is answered any more.</param>
/// <param name="AnswerBy">Not answered by then is silence.</param>
[StoredAs("readiness.asked")]
public sealed record ReadinessAsked(Guid Check, Guid Referral, DateTimeOffset VisitAt, DateTimeOffset AnswerBy) : ReadinessEvent(Check);

/// <summary>Whether the medicines that were to be left out were.</summary>
public enum MedicinesHeld { Yes, No, NoneToHold }

/// <summary>What they answered. A changed answer stands beside the first.</summary>
/// <param name="ScaleVersion">Of the questions.</param>
/// <param name="Items">Raw values by item.</param>
/// <param name="Adult">Who takes them home.</param>
/// <param name="SystolicMmHg">Measured at home; null when not measured.</param>
/// <param name="DiastolicMmHg">Measured at home; null when not measured.</param>
/// <param name="Stops">Which answers stop the visit, by the definitions of that day.</param>
[StoredAs("readiness.answered")]
public sealed record ReadinessAnswered(Guid Check, string ScaleVersion, ImmutableSortedDictionary<string, decimal> Items, string Adult, MedicinesHeld Held, decimal? SystolicMmHg, decimal? DiastolicMmHg, ImmutableArray<ReadinessStop> Stops) : ReadinessEvent(Check)
{
    public bool SaysTheSameAs(ReadinessAnswered other) =>
        (Adult, Held, SystolicMmHg, DiastolicMmHg) == (other.Adult, other.Held, other.SystolicMmHg, other.DiastolicMmHg) && Items.SequenceEqual(other.Items);
}

/// <summary>Somebody of the practice or the clinic looked into what stopped the visit, and it stops it no more.</summary>
/// <param name="By">With title.</param>
/// <param name="What">What was found and done.</param>
[StoredAs("readiness.settled")]
public sealed record ReadinessSettled(Guid Check, string By, string What) : ReadinessEvent(Check);
