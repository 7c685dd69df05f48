using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Programmes;

namespace Casement.Definitions;

/// <summary>Reads definitions/programmes: one programme a file, and policy.yaml with its numbers. Everything wrong is found in one reading.</summary>
public static class ProgrammeFolder
{
    const string Policy = "policy.yaml";
    const int ShortestMinutes = 3, LongestMinutes = 6;

    public static ProgrammeBook Read(string folder, Protocol protocol) => Read(
        Directory.EnumerateFiles(folder, "*.yaml").ToImmutableSortedDictionary(p => Path.GetFileName(p), File.ReadAllText, StringComparer.Ordinal), protocol);

    public static ProgrammeBook Read(ImmutableSortedDictionary<string, string> files, Protocol protocol)
    {
        var errors = new List<DefinitionError>();
        var days = 0;
        if (files.TryGetValue(Policy, out var policy))
        {
            var top = new YamlFile(Policy, errors).Read(policy);
            days = (int)top.Need("contact-within-days").Number;
            if (days is < 1 or > 30) top.Wrong("A next contact is planned within 1 to 30 days.");
            top.NothingElse("the policy of programmes");
        }
        else errors.Add(new(Policy, 1, "The file is missing."));
        var parts = files.Where(f => f.Key != Policy).Select(f => new YamlFile(f.Key, errors).Read(f.Value)).ToArray();
        var programmes = parts.Select(p => One(p, protocol)).OrderBy(p => p.Steps is [{ DaysBefore: null }, ..]).ThenBy(p => p.Id, StringComparer.Ordinal).ToImmutableArray();
        Repeats(programmes.SelectMany(p => p.Steps).Select(s => s.Id), "step");
        Repeats(programmes.SelectMany(p => p.Steps).SelectMany(s => s.Questions).Select(q => q.Id), "question");
        var questions = programmes.SelectMany(p => p.Steps).SelectMany(s => s.Questions).ToLookup(q => q.Id);
        foreach (var fits in programmes.SelectMany(p => p.Steps).SelectMany(s => s.OnlyWhen.Concat(s.Parts.SelectMany(q => q.OnlyWhen.Concat(q.Unless)))).Where(f => f.Question.Length > 0))
            if (!questions[fits.Question].Any(q => fits.Is.All(v => q.Options.Any(o => o.Value == v)))) errors.Add(new(parts.Length > 0 ? parts[0].File : Policy, 1, $"No question '{fits.Question}' has the answers {string.Join(", ", fits.Is)}."));
        return errors.Count == 0 ? new(days, programmes) : throw new DefinitionException([.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)]);

        void Repeats(IEnumerable<string> ids, string what)
        {
            foreach (var twice in ids.GroupBy(i => i).Where(g => g.Count() > 1)) errors.Add(new(parts[0].File, 1, $"The {what} '{twice.Key}' stands there twice; ids are unique over all programmes."));
        }
    }

    static Programme One(YamlPart top, Protocol protocol)
    {
        var programme = new Programme(top.NeedText("id"), top.NeedText("version"), top.NeedText("title"), top.NeedText("lead").Trim(), [.. top.Need("steps").Items.Select(s => Step(s, protocol))]);
        top.NothingElse("a programme");
        return programme;
    }

    static ProgrammeStep Step(YamlPart part, Protocol protocol)
    {
        var opens = part.Need("opens");
        var (before, after) = ((int?)opens.Maybe("days-before")?.Number, (int?)opens.Maybe("hours-after")?.Number);
        if (before is null == after is null) opens.Wrong("A step opens either some days before a session or some hours after one.");
        if (before is < 0 or > 90 || after is < 1 or > 4380) opens.Wrong("A step opens at most 90 days before a session, or 4380 hours after one.");
        opens.NothingElse("when a step opens");
        var openFor = (int?)part.Maybe("open-for-days")?.Number;
        if (after is not null && openFor is not (>= 1 and <= 365)) part.Wrong("'open-for-days' is missing: a step after a session is open for 1 to 365 days.");
        if (before is not null && openFor is not null) part.Wrong("'open-for-days' means nothing for a step before a session: it is open until then.");
        var step = new ProgrammeStep(part.NeedText("id"), part.NeedText("title"), (int)part.Need("minutes").Number, before, after, openFor ?? 0, part.YesOr("each-session"), [.. part.Need("parts").Items.Select(p => Part(p, protocol))], Conditions(part, "only-when", protocol));
        if (step.Minutes is < ShortestMinutes or > LongestMinutes) part.Wrong($"A step takes {ShortestMinutes} to {LongestMinutes} minutes.");
        if (step.Id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')) part.Wrong($"'{step.Id}' stands in an address: small letters, digits and hyphens.");
        if (step.Parts.IsEmpty || step.Parts.All(p => !p.OnlyWhen.IsEmpty || !p.Unless.IsEmpty)) part.Wrong("A step has at least one part for everybody.");
        part.NothingElse("a step");
        return step;
    }

    static StepPart Part(YamlPart part, Protocol protocol)
    {
        ImmutableArray<string> text = [.. part.TextOr("text").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.ReplaceLineEndings(" "))];
        var found = new StepPart(part.NeedText("title"), text, part.Maybe("ask") is { } ask ? Question(ask) : null, Conditions(part, "only-when", protocol), Conditions(part, "unless", protocol), part.YesOr("shows-intention"), part.YesOr("crisis-line"));
        if (text.IsEmpty && found.Ask is null) part.Wrong("A part has a text or a question.");
        part.NothingElse("a part");
        return found;
    }

    static StepQuestion Question(YamlPart part)
    {
        var kind = part.NeedText("kind") switch { "words" => ReplyKind.Words, "choice" => ReplyKind.Choice, "scale" => ReplyKind.Scale, var other => Wrong(part, other) };
        var options = kind switch
        {
            ReplyKind.Choice => part.Need("options").Fields.Select(o => (o.Key, o.Value.Text)).ToImmutableArray(),
            ReplyKind.Scale => Scale(part.Need("from-to")),
            _ => [],
        };
        var question = new StepQuestion(part.NeedText("id"), kind, part.NeedText("says"), part.NeedText("why"), options, part.YesOr("is-intention"));
        if (question.IsIntention && kind is not ReplyKind.Words) part.Wrong("An intention is given in words.");
        part.NothingElse("a question");
        return question;
    }

    static ReplyKind Wrong(YamlPart part, string kind)
    {
        part.Wrong($"'{kind}' is no kind of question; it is words, choice or scale.");
        return ReplyKind.Words;
    }

    /// <summary>0 to 10 with words at both ends.</summary>
    static ImmutableArray<(string, string)> Scale(YamlPart ends)
    {
        if (ends.Items.Select(i => i.Text).ToArray() is [var least, var most]) return [.. Enumerable.Range(0, 11).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => (n, n switch { "0" => $"0, {least}", "10" => $"10, {most}", _ => n }))];
        ends.Wrong("A scale has two ends in words.");
        return [];
    }

    static ImmutableArray<Fits> Conditions(YamlPart of, string key, Protocol protocol) => of.Maybe(key) is not { } list ? [] : [.. list.Items.Select(part =>
    {
        var fits = new Fits(part.TextOr("fact"), part.TextOr("answer"), part.Texts("is"));
        if (fits.Fact.Length > 0 == fits.Question.Length > 0) part.Wrong("A condition asks either a fact or an answer.");
        if (fits.Is.IsEmpty) part.Wrong("'is' is missing.");
        if (fits.Fact.Length > 0)
        {
            if (!protocol.FactById.TryGetValue(fits.Fact, out var fact)) part.Wrong($"The protocol has no fact '{fits.Fact}'.");
            else if (fact.Derivation is not null) part.Wrong($"'{fact.Id}' is worked out and stands on no chart; ask the facts it comes from.");
            else foreach (var value in fits.Is.Where(v => !(fact.Values.IsEmpty ? v is "yes" or "no" : fact.Values.Contains(v)))) part.Wrong($"'{value}' is no value of {fact.Id}.");
        }
        part.NothingElse("a condition");
        return fits;
    })];
}
