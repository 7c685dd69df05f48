using System.Collections.Immutable;
using Casement.Messages;

namespace Casement.Safety;

/// <summary>How an answer is triaged: a screen tier, or a lone answer that a screen has yet to explain.</summary>
public enum SafetyTier { Unscreened, Low, Moderate, High }

/// <summary>In what a clock is counted, and so how it is shown.</summary>
public enum ClockUnit { Now, Minutes, Hours, SameDay, Days, None }

/// <summary>What closes an action besides somebody recording that it was done.</summary>
public enum DoneBy { Record, Contact, Evaluation }

/// <summary>One action of the pathway (clearance.md 7.2).</summary>
/// <param name="Id">Such as "sp-mod-2".</param>
/// <param name="Tiers">The tiers it belongs to; empty for one that belongs to unattended answers.</param>
/// <param name="Unattended">It belongs to any positive answer that nobody watched being given.</param>
/// <param name="Short">A few words for a list.</param>
/// <param name="Words">As the protocol says it.</param>
/// <param name="Who">Whose it is, as the protocol says it.</param>
/// <param name="Unit">The unit the rule counts in.</param>
/// <param name="Amount">How many of them.</param>
/// <param name="DoneBy">What closes it.</param>
public sealed record SafetyAction(string Id, ImmutableArray<SafetyTier> Tiers, bool Unattended, string Short, string Words, string Who, ClockUnit Unit, int Amount, DoneBy DoneBy);

/// <summary>Somebody who is told when nobody has said "seen" in time.</summary>
/// <param name="Step">1 for the first.</param>
/// <param name="AfterMinutes">From the answer.</param>
/// <param name="To">Whose turn it is then.</param>
/// <param name="Whom">In words, such as "cover".</param>
public sealed record EscalationStep(int Step, int AfterMinutes, Duty To, string Whom);

/// <summary>A part of the safety plan (clearance.md 7.4).</summary>
/// <param name="Title">As the patient reads it.</param>
/// <param name="Ask">The question that helps to fill it.</param>
/// <param name="Least">Lines needed for the plan to count as current.</param>
public sealed record PlanPartRule(string Id, string Title, string Ask, int Least);

/// <summary>An answer of a screen that opens the pathway: one item with its value, a flag of the scale, or a question left open on purpose.</summary>
/// <param name="Scale">The instrument.</param>
/// <param name="Item">The item; empty when it is none.</param>
/// <param name="Is">The raw value of the item that counts.</param>
/// <param name="Flag">The flag; empty when it is none.</param>
/// <param name="LeftOpen">Any question of the scale left open on purpose.</param>
/// <param name="Tier">How it is triaged.</param>
/// <param name="Says">For staff.</param>
public sealed record ScreenAnswer(string Scale, string Item, decimal Is, string Flag, bool LeftOpen, SafetyTier Tier, string Says);

/// <summary>The numbers and words of the pathway, from definitions/safety and the protocol.</summary>
public sealed record SafetyRules
{
    public required string Version { get; init; }
    public required ImmutableArray<SafetyAction> Actions { get; init; }
    public required ImmutableArray<EscalationStep> Escalation { get; init; }
    public required ImmutableArray<PlanPartRule> PlanParts { get; init; }

    /// <summary>Lines that stand in every plan under professionals and services, such as 988 and 911.</summary>
    public required ImmutableArray<string> AlwaysInPlan { get; init; }

    /// <summary>Said in place of a change of the surroundings when there is nothing to change.</summary>
    public required string NothingToChange { get; init; }

    /// <summary>Days after which a plan is looked at again.</summary>
    public required int PlanReviewDays { get; init; }

    /// <summary>The latest day of follow-up after an evaluation, in days, by tier.</summary>
    public required ImmutableDictionary<SafetyTier, int> FollowUpWithinDays { get; init; }

    /// <summary>A patient's own answer of this size to PHQ-9 question 9 opens the pathway.</summary>
    public required decimal Phq9Item9 { get; init; }

    /// <summary>Answers of screens that open the pathway, and as what.</summary>
    public required ImmutableArray<ScreenAnswer> Screens { get; init; }

    /// <summary>The trigger of the protocol that an answer or an evaluation of <see cref="SuspendingTiers"/> pulls.</summary>
    public required string SuspendingTrigger { get; init; }

    public required ImmutableArray<SafetyTier> SuspendingTiers { get; init; }

    public SafetyAction? Find(string action) => Actions.FirstOrDefault(a => a.Id == action);

    /// <summary>The actions of people for an answer; what the system does by itself waits for nobody.</summary>
    public IEnumerable<SafetyAction> For(SafetyTier tier, bool unattended) => Actions.Where(a => a.Unit is not ClockUnit.None && (a.Tiers.Contains(tier) || (unattended && a.Unattended)));
}
