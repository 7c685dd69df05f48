using System.Collections.Immutable;
using System.Diagnostics;
using Casement.Clearance;

namespace Casement.Definitions.Proof;

/// <summary>One thing a property found wrong, with an example in words.</summary>
/// <param name="About">The fact, rule, pair or parameter.</param>
/// <param name="Accepted">The reasoned departure that covers it; null when nothing does.</param>
public sealed record Breach(string About, string Words, Exemption? Accepted);

/// <summary>How one property came out.</summary>
/// <param name="Questions">How many questions the solver answered for it.</param>
/// <param name="Stale">Departures declared for it that nothing needs any more: the protocol claims less than it keeps.</param>
public sealed record Proved(Property Property, int Questions, TimeSpan Took, ImmutableArray<Breach> Breaches, ImmutableArray<Exemption> Stale)
{
    public bool Holds => Stale.IsEmpty && Breaches.All(b => b.Accepted is not null);
}

/// <summary>Runs every property of a protocol through the solver.</summary>
public static class Proving
{
    public static ImmutableArray<Proved> Run(Protocol protocol, string z3Path = "z3") => [.. Properties.All.Select(property => Run(protocol, property, z3Path))];

    /// <summary>One property, in a solver of its own so that no question can lean on another property's.</summary>
    public static Proved Run(Protocol protocol, Property property, string z3Path = "z3")
    {
        var started = Stopwatch.GetTimestamp();
        var smt = new Smt(protocol);
        var declared = protocol.Claims.Except.Where(e => e.Property == property.Id).ToImmutableArray();
        using var z3 = new Z3(z3Path);
        z3.Ask(smt.Base());
        var (questions, breaches) = (0, ImmutableArray.CreateBuilder<Breach>());
        foreach (var question in property.Questions(smt))
        {
            questions++;
            var answer = z3.Ask($"(push)\n{question.Text}(check-sat)");
            if (answer != (question.Wanted ? "sat" : "unsat"))
            {
                var words = answer switch { "sat" => Example.Words(smt, question, z3), "unsat" => question.Says, _ => $"The solver could not tell ({answer})." };
                breaches.Add(new(question.About, words, declared.FirstOrDefault(e => e.About == question.About)));
            }
            z3.Ask("(pop)");
        }
        var stale = declared.Where(e => breaches.All(b => b.About != e.About)).ToImmutableArray();
        return new(property, questions, Stopwatch.GetElapsedTime(started), breaches.ToImmutable(), stale);
    }
}
