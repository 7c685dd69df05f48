using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>What the protocol claims of its own rules, beyond what each rule says, and where it knowingly departs from a property. Checked by the proof; decides nothing.</summary>
public sealed record Claims(ImmutableArray<Band> Bands, ImmutableArray<Rule> Outlive, ImmutableArray<Exemption> Except);

/// <summary>Rules that share out a range: where the condition holds and the facts are known, exactly one of them is true, at every setting the practice may choose.</summary>
/// <param name="Over">The facts that are known.</param>
/// <param name="Where">The range shared out; null for all of it.</param>
public sealed record Band(string Id, ImmutableArray<Fact> Over, Condition? Where, ImmutableArray<Rule> Rules);

/// <summary>A departure from a property that was looked at and accepted, with the reason.</summary>
/// <param name="Property">The property's id.</param>
/// <param name="About">The fact, rule or parameter it is about, as the proof names it.</param>
public sealed record Exemption(string Property, string About, string Because);
