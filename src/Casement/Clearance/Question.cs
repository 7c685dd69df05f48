using System.Collections.Immutable;

namespace Casement.Clearance;

/// <summary>One question to the solver, asked on top of <see cref="Smt.Base"/>.</summary>
/// <param name="About">The fact, rule, pair or parameter it is about.</param>
/// <param name="Text">Definitions and assertions.</param>
/// <param name="Wanted">True when the property wants an example to exist; false when it wants none.</param>
/// <param name="Says">What it means when the answer is the other one, as a sentence.</param>
/// <param name="Rules">The rules to look at in an example.</param>
public sealed record Question(string About, string Text, bool Wanted, string Says, ImmutableArray<Rule> Rules)
{
    /// <summary>The second state of the question; null when it has one state.</summary>
    public SmtState? Then { get; init; }

    /// <summary>The facts the question is about, shown first.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>The answers are bound inside the question, so an example shows settings alone.</summary>
    public bool OnlyParameters { get; init; }
}

/// <summary>A property of a protocol, and the questions that prove it when each is answered as wanted.</summary>
/// <param name="Id">Short and stable; what an accepted departure names.</param>
/// <param name="Says">The property in words.</param>
public sealed record Property(string Id, string Says, Func<Smt, IEnumerable<Question>> Questions);
