using System.Collections.Immutable;

namespace Casement.Clearance;

public enum Verdict { Supports, SupportsWithConditions, Opposes }

/// <summary>What a specialist said about one rule. It belongs to that rule and to the answers the rule read; a change in any of them voids it.</summary>
/// <param name="Rule">The rule id.</param>
/// <param name="Says">For, for with conditions, or against.</param>
/// <param name="By">Who said it, with speciality.</param>
/// <param name="GivenOn">When.</param>
/// <param name="ValidDays">Its own limit in days; null when it states none. The protocol's limit always applies.</param>
/// <param name="Conditions">What the specialist asks for; empty when nothing.</param>
/// <param name="Read">The answers the rule read, as they stood.</param>
/// <param name="Criterion">The rule's criterion as it stood.</param>
public sealed record Opinion(string Rule, Verdict Says, string By, DateTimeOffset GivenOn, int? ValidDays, string Conditions, ImmutableArray<Answer> Read, string Criterion);

/// <summary>One fact and its value as a rule read it; null when it was not known.</summary>
public sealed record Answer(string Fact, FactValue? Value);

/// <summary>A licensed person sets a finding aside, with the reason. Bound to one evaluation; shown on every copy of it.</summary>
/// <param name="Alternatives">What else was considered; needed with a co-signer.</param>
/// <param name="Plan">What will be done instead; needed with a co-signer.</param>
/// <param name="Cosigner">The second licensed clinician; null when there is none.</param>
/// <param name="CosignerKind">Such as "psychiatrist".</param>
public sealed record Override(string Rule, string Reason, string By, string Alternatives = "", string Plan = "", string? Cosigner = null, string CosignerKind = "");
