using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Definitions;

/// <summary>How one vignette came out: what differed from what it expects, or why it could not be run.</summary>
public sealed record CaseResult(string Id, string Title, ImmutableArray<string> Differences)
{
    public bool Passed => Differences.IsEmpty;
}

/// <summary>
/// Runs a vignette file of the schema in clearance.md section 10: start from the base, apply "set", remove "unset", replace the
/// medicines, age the named facts, then compare outcome, fired, open and notes as sets. A case that cannot be read fails and says why.
/// </summary>
public static class CaseFile
{
    /// <summary>Any instant serves: nothing in an assessment depends on the date itself.</summary>
    static readonly DateTimeOffset AsOf = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static ImmutableArray<CaseResult> Run(Protocol protocol, string name, string text)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(name, errors).Read(text);
        if (top.NeedText("schema") is not ("casement-vignettes/1" or "")) top.Wrong($"The schema is '{top.NeedText("schema")}'; this program runs casement-vignettes/1.");
        if (!top.TextOr("protocol", protocol.Id).StartsWith(protocol.Id, StringComparison.Ordinal)) top.Wrong($"The file is for {top.TextOr("protocol")}; the protocol loaded is {protocol.Id}/{protocol.Version}.");
        var bases = (top.Maybe("bases")?.Fields ?? []).ToDictionary(b => b.Key, b => b.Value);
        var vignettes = top.Need("vignettes").Items.ToArray();
        if (errors.Count > 0) throw new DefinitionException([.. errors]);
        return [.. vignettes.Select(v => RunOne(protocol, bases, v, errors))];
    }

    /// <summary>The cases a file describes, without running them; a case that cannot be read is an error.</summary>
    public static ImmutableArray<Case> Read(Protocol protocol, string name, string text)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(name, errors).Read(text);
        var bases = (top.Maybe("bases")?.Fields ?? []).ToDictionary(b => b.Key, b => b.Value);
        ImmutableArray<Case> cases = [.. top.Need("vignettes").Items.Select(v => ReadCase(protocol, bases, v))];
        return errors.Count == 0 ? cases : throw new DefinitionException([.. errors]);
    }

    static CaseResult RunOne(Protocol protocol, Dictionary<string, YamlPart> bases, YamlPart vignette, List<DefinitionError> errors)
    {
        errors.Clear();
        var (id, title) = (vignette.TextOr("id", $"line {vignette.Line}"), vignette.TextOr("title"));
        var given = ReadCase(protocol, bases, vignette);
        var expect = vignette.Need("expect");
        foreach (var key in new[] { "visibility", "why", "title", "tags", "notes" }) vignette.Maybe(key);
        vignette.NothingElse("a vignette");
        if (errors.Count > 0) return new(id, title, [.. errors.Select(e => e.ToString())]);
        Assessment assessed;
        try
        {
            assessed = Assessing.Assess(protocol, given);
        }
        catch (ArgumentException e)
        {
            return new(id, title, [e.Message]);
        }
        var differences = ImmutableArray.CreateBuilder<string>();
        if (expect.Maybe("outcome") is { Text: var outcome } && outcome != assessed.Outcome.Id) differences.Add($"outcome: expected {outcome}, got {assessed.Outcome.Id}");
        Differ("fired", assessed.Fired);
        Differ("open", assessed.Open);
        Differ("notes", assessed.Notes);
        if (expect.Maybe("urgent-open") is { Yes: var urgent } && urgent != assessed.UrgentOpen) differences.Add($"urgent-open: expected {urgent}, got {assessed.UrgentOpen}");
        if (expect.Maybe("tier") is { Text: var tier } && tier != assessed.Tier?.Id) differences.Add($"tier: expected {tier}, got {assessed.Tier?.Id}");
        expect.NothingElse("what a vignette expects");
        return new(id, title, [.. differences, .. errors.Select(e => e.ToString())]);

        void Differ(string what, IEnumerable<Finding> got)
        {
            if (expect.Maybe(what) is null) return;
            var expected = expect.Texts(what).ToHashSet();
            foreach (var rule in expected.Where(r => !protocol.RuleById.ContainsKey(r))) differences.Add($"{what}: there is no rule {rule}");
            var actual = got.Select(f => f.Rule.Id).ToHashSet();
            if (expected.Except(actual).ToArray() is { Length: > 0 } lacking) differences.Add($"{what}: expected also {string.Join(", ", lacking)}");
            if (actual.Except(expected).ToArray() is { Length: > 0 } extra) differences.Add($"{what}: did not expect {string.Join(", ", extra)}");
        }
    }

    static Case ReadCase(Protocol protocol, Dictionary<string, YamlPart> bases, YamlPart vignette)
    {
        YamlPart? start = null;
        if (vignette.Maybe("base") is { } named && !bases.TryGetValue(named.Text, out start)) named.Wrong($"There is no base '{named.Text}'.");
        var facts = new SortedDictionary<string, RecordedFact>(StringComparer.Ordinal);
        foreach (var (fact, value) in start?.Maybe("facts")?.Fields ?? []) Set(fact, value);
        foreach (var (fact, value) in vignette.Maybe("set")?.Fields ?? []) Set(fact, value);
        foreach (var gone in vignette.Texts("unset")) { Known(vignette, gone); facts.Remove(gone); }
        var listedAt = AsOf;
        foreach (var (fact, days) in vignette.Maybe("age-days")?.Fields ?? [])
        {
            if (!Known(days, fact)) continue;
            if (fact == "medication-list") listedAt = AsOf.AddDays(-(double)days.Number);
            else if (facts.TryGetValue(fact, out var aged)) facts[fact] = aged with { ObservedAt = AsOf.AddDays(-(double)days.Number) };
        }
        var medicines = (vignette.Maybe("medicines") ?? start?.Maybe("medicines"))?.Items.Select(ReadMedicine).ToImmutableArray() ?? [];
        var given = new Case
        {
            Phase = ReadPhase(vignette.Maybe("phase") ?? start?.Maybe("phase")),
            AsOf = AsOf,
            Facts = facts.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Medicines = medicines,
            MedicinesObservedAt = facts.ContainsKey("medication-list") || !medicines.IsEmpty || start is not null ? listedAt : null,
            Settings = (vignette.Maybe("parameters")?.Fields ?? []).ToImmutableSortedDictionary(p => p.Key, p => p.Value.Number, StringComparer.Ordinal),
            Overrides = (vignette.Maybe("overrides")?.Fields ?? []).Where(o => Rule(o.Value, o.Key) is not null).ToImmutableSortedDictionary(o => o.Key, o => ReadOverride(o.Key, o.Value), StringComparer.Ordinal),
        };
        return given with
        {
            Opinions = (vignette.Maybe("consults")?.Fields ?? [])
                .Select(c => (c.Key, c.Value, Rule: Rule(c.Value, c.Key))).Where(c => c.Rule is not null)
                .ToImmutableSortedDictionary(c => c.Key, c => ReadOpinion(c.Rule ?? throw new InvalidOperationException(), c.Value), StringComparer.Ordinal),
        };

        Opinion ReadOpinion(Rule rule, YamlPart part)
        {
            var says = part.IsMap ? part.Need("opinion").Text : part.Text;
            var verdict = says switch
            {
                "supports" => Verdict.Supports,
                "supports-with-conditions" => Verdict.SupportsWithConditions,
                "opposes" => Verdict.Opposes,
                _ => Verdict.Opposes,
            };
            if (says is not ("supports" or "supports-with-conditions" or "opposes")) part.Wrong($"An opinion supports, supports-with-conditions or opposes; '{says}' is none of these.");
            var (age, valid) = part.IsMap ? (part.Maybe("age-days")?.Number ?? 0, (int?)part.Maybe("valid-days")?.Number) : (0, null);
            return new(rule.Id, verdict, "consultant", AsOf.AddDays(-(double)age), valid, "", Opinions.AnswersReadBy(protocol, given, rule), rule.When);
        }

        void Set(string id, YamlPart value)
        {
            if (!protocol.FactById.TryGetValue(id, out var fact)) { value.Wrong($"There is no fact {id}."); return; }
            facts.Remove(id);
            if (fact.Type == FactType.List) return;
            // Out of range is refused at entry and leaves the fact absent; clearance.md 0.5.
            if (Read(value, fact) is { } read) facts[id] = new(id, read, AsOf, FactSource.Clinician);
        }

        bool Known(YamlPart part, string id)
        {
            if (protocol.FactById.ContainsKey(id)) return true;
            part.Wrong($"There is no fact {id}.");
            return false;
        }

        Rule? Rule(YamlPart part, string id)
        {
            if (protocol.RuleById.TryGetValue(id, out var rule)) return rule;
            part.Wrong($"There is no rule {id}.");
            return null;
        }
    }

    static FactValue? Read(YamlPart value, Fact fact)
    {
        if (fact.Type is FactType.Whole or FactType.Number && decimal.TryParse(value.Text, out var number))
            return fact.Refuses(FactValue.Of(number)) is null ? FactValue.Of(number) : null;
        return ProtocolReader.ReadValue(value, fact);
    }

    static Medicine ReadMedicine(YamlPart part)
    {
        var medicine = new Medicine(
            part.NeedText("ingredient"),
            part.Maybe("rxcui")?.Text,
            part.Maybe("daily-dose-mg")?.Number,
            LastTakenAt: part.Maybe("last-taken-hours") is { } hours ? AsOf.AddHours(-(double)hours.Number) : null,
            Active: part.YesOr("active", true));
        part.NothingElse("a medicine");
        return medicine;
    }

    static Override ReadOverride(string rule, YamlPart part)
    {
        var cosigned = part.YesOr("cosign");
        var read = new Override(rule, part.TextOr("reason"), "evaluating clinician", part.TextOr("alternatives"), part.TextOr("plan"), cosigned ? "second clinician" : null);
        part.NothingElse("an override");
        return read;
    }

    static Phase ReadPhase(YamlPart? part)
    {
        switch (part?.Text)
        {
            case null or "clearance": return Phase.Clearance;
            case "pre-session": return Phase.PreSession;
            case "in-session": return Phase.InSession;
            case "discharge": return Phase.Discharge;
            case "course": return Phase.Course;
            default:
                part.Wrong($"'{part.Text}' is not a phase.");
                return Phase.Clearance;
        }
    }
}
