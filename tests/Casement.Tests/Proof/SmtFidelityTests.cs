using System.Globalization;
using System.Text;
using Casement.Clearance;
using Casement.Definitions.Proof;
using Casement.Tests.Clearance;

namespace Casement.Tests.Proof;

/// <summary>The proof speaks of the rules the program runs: on full sheets the printed form and the running form say the same.</summary>
public sealed class SmtFidelityTests
{
    [Fact]
    public void The_printed_rules_say_what_the_running_rules_say() => Assert.Empty(Differences(Ketamine.Protocol, Ketamine.Protocol, 600).Take(5));

    [Fact]
    public void A_slip_in_the_printed_rules_would_show() =>
        Assert.NotEmpty(Differences(Broken.Protocol(("rules/heart.yaml", "qtc-ms >= $p-qtc-defer\n", "qtc-ms > $p-qtc-defer\n")), Ketamine.Protocol, 600).Take(1));

    static IEnumerable<string> Differences(Protocol printed, Protocol run, int sheets)
    {
        using var z3 = new Z3("z3");
        z3.Ask(new Smt(printed).Base());
        var state = new SmtState(new Smt(printed));
        var asked = printed.Rules.SelectMany(r => new[] { state.Certain(r), state.Possible(r) })
            .Concat(new Smt(printed).Asked.SelectMany(f => new[] { state.Known(f), state.DoesNotApply(f) })).ToArray();
        for (var seed = 0; seed < sheets; seed++)
        {
            var given = RandomCases.Make(seed, Phase.Clearance);
            var sheet = Filling.Fill(run, given);
            Assert.Equal("sat", z3.Ask($"(push)\n{Inputs(run, given, sheet)}(check-sat)"));
            var value = Example.Values(z3, asked);
            z3.Ask("(pop)");
            foreach (var rule in run.Rules)
            {
                var says = Kleene.Of(value[state.Certain(rule)] == "true", value[state.Possible(rule)] == "true");
                if (says != sheet.Ask(rule.Condition)) yield return $"seed {seed}: {rule.Id} prints as {says} and runs as {sheet.Ask(rule.Condition)}";
            }
            foreach (var fact in new Smt(run).Asked)
            {
                if ((value[state.DoesNotApply(fact)] == "true") != (sheet.Standing[fact.Index] == Standing.NotApplicable))
                    yield return $"seed {seed}: {fact.Id} stands as {sheet.Standing[fact.Index]} and prints otherwise";
            }
        }
    }

    static string Inputs(Protocol protocol, Case given, Sheet sheet)
    {
        var text = new StringBuilder();
        void Is(string symbol, string term) => text.Append($"(assert (= {symbol} {term}))\n");
        void Holds(string symbol, bool value) => Is(symbol, value ? "true" : "false");
        foreach (var p in protocol.Parameters) Is(p.Id, Smt.Number(given.Settings.GetValueOrDefault(p.Id, p.Default)));
        foreach (var f in new Smt(protocol).Asked.Where(f => f.Derivation is not Predicate))
        {
            var answer = given.Facts.TryGetValue(f.Id, out var recorded) && protocol.IsInForce(f, recorded, given.AsOf) ? recorded.Value
                : f.Derivation is EquivalentSum && sheet.Standing[f.Index] == Standing.Derived ? FactValue.Of((decimal)sheet.Low[f.Index]) : null;
            Holds(f.Id + ".has", answer is not null);
            if (answer is Choices set) foreach (var (i, v) in f.Values.Index()) Holds($"{f.Id}.v.{i.ToString(CultureInfo.InvariantCulture)}", set.Values.Contains(v));
            else if (answer is not null) Is(f.Id + ".v", Smt.Term(f, answer));
        }
        Holds("list.current", given.MedicinesObservedAt is { } at && (given.AsOf - at).TotalDays <= 30);
        foreach (var c in protocol.Classes)
        {
            var entries = given.Medicines.Where(m => protocol.ClassesOf(m).Contains(c)).ToArray();
            Holds($"{Smt.Symbol(c)}.active", entries.Any(m => m.Active));
            Holds($"{Smt.Symbol(c)}.timed", entries.Any(m => m.LastTakenAt is not null));
            Holds($"{Smt.Symbol(c)}.untimed", entries.Any(m => m.LastTakenAt is null));
            if (entries.Max(m => m.LastTakenAt) is { } newest) Is($"{Smt.Symbol(c)}.hours", Smt.Number((decimal)(given.AsOf - newest).TotalHours));
        }
        return text.ToString();
    }
}
