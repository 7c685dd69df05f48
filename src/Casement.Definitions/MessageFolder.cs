using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Casement.Messages;

namespace Casement.Definitions;

/// <summary>Reads a folder of message templates with their policy. Every error is reported with file and line; with one, nothing is used.</summary>
public static partial class MessageFolder
{
    const string Policy = "policy.yaml";

    public static MessageRules Read(string path)
    {
        var files = Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal).ToImmutableArray();
        return Read([.. files.Select(f => (Path.Combine(Path.GetFileName(path), Path.GetFileName(f)), File.ReadAllText(f)))]);
    }

    public static MessageRules Read(IReadOnlyList<(string File, string Text)> files)
    {
        var errors = new List<DefinitionError>();
        var (neverSay, policy) = (ImmutableArray<string>.Empty, MessageRules.None.Policy);
        if (files.Where(f => IsPolicy(f.File)).ToArray() is [var rules])
        {
            var part = new YamlFile(rules.File, errors).Read(rules.Text);
            neverSay = part.Texts("never-say");
            policy = PolicyOf(part, neverSay);
        }
        else
        {
            errors.Add(new(Policy, 1, "The folder of messages needs one policy.yaml."));
        }
        var templates = ImmutableSortedDictionary.CreateBuilder<string, MessageTemplate>(StringComparer.Ordinal);
        foreach (var (file, text) in files.Where(f => !IsPolicy(f.File)))
        {
            var part = new YamlFile(file, errors).Read(text);
            var template = TemplateOf(part, neverSay);
            if (template.Id != Path.GetFileNameWithoutExtension(file)) part.Wrong($"The id '{template.Id}' is not the name of the file.");
            templates[template.Id] = template;
        }
        return errors.Count == 0 ? new(templates.ToImmutable(), policy) : throw new DefinitionException([.. errors]);
    }

    static bool IsPolicy(string file) => Path.GetFileName(file) == Policy;

    static MessageTemplate TemplateOf(YamlPart part, ImmutableArray<string> neverSay)
    {
        var template = new MessageTemplate(
            part.NeedText("id"),
            PurposeOf(part.Need("purpose")),
            Words(part.Need("subject"), neverSay, "practice"),
            Words(part.Need("body"), neverSay, [.. MessageRules.Placeholders.Remove("stop")]),
            part.Maybe("signs-in-for-hours") is { } hours ? Within(hours, 1, 24 * 7, TimeSpan.FromHours) : null,
            part.YesOr("at-any-hour"),
            part.YesOr("call-if-not-sent"));
        if (template.Subject.Contains('\n')) part.Need("subject").Wrong("A subject is one line.");
        part.NothingElse("a message");
        return template;
    }

    static DeliveryPolicy PolicyOf(YamlPart part, ImmutableArray<string> neverSay)
    {
        var quiet = part.Need("quiet-hours");
        var policy = new DeliveryPolicy(
            [.. part.Need("wait-minutes").Items.Select(w => Within(w, 1, 7 * 24 * 60, TimeSpan.FromMinutes))],
            new(Hour(quiet.Need("from")), Hour(quiet.Need("to"))),
            (int)Within(part.Need("nudges-at-most"), 1, 20, TimeSpan.FromDays).TotalDays,
            Within(part.Need("nudges-counted-over-days"), 1, 366, TimeSpan.FromDays),
            Within(part.Need("signs-in-for-hours"), 1, 24 * 7, TimeSpan.FromHours),
            Within(part.Need("claim-minutes"), 2, 60, TimeSpan.FromMinutes),
            Words(part.Need("personal-footer"), neverSay, "stop", "practice", "phone"),
            Words(part.Need("work-footer"), neverSay, "practice", "phone"));
        if (!policy.PersonalFooter.Contains("{stop}", StringComparison.Ordinal)) part.Need("personal-footer").Wrong("It must say how to stop: {stop} is missing.");
        quiet.NothingElse("quiet hours");
        part.NothingElse("the policy of messages");
        return policy;
    }

    /// <summary>Text without a word that tells anybody's health, and with no placeholder but these.</summary>
    static string Words(YamlPart part, ImmutableArray<string> neverSay, params ImmutableArray<string> placeholders)
    {
        var text = part.Text;
        if (string.IsNullOrWhiteSpace(text)) part.Wrong("There is nothing to say here.");
        foreach (Match open in Placeholder().Matches(text))
            if (!placeholders.Contains(open.Groups[1].Value)) part.Wrong($"'{open.Value}' means nothing here. Known: {string.Join(" ", placeholders.Select(p => $"{{{p}}}"))}.");
        foreach (Match word in Word().Matches(Placeholder().Replace(text, " ")))
            if (neverSay.FirstOrDefault(n => word.Value.StartsWith(n, StringComparison.OrdinalIgnoreCase)) is { } found)
                part.Wrong($"A message must not say '{word.Value}': words in '{found}' tell strangers about somebody's health.");
        return text.Trim();
    }

    static Purpose PurposeOf(YamlPart part)
    {
        if (MessageRules.Purposes.TryGetValue(part.Text, out var purpose)) return purpose;
        part.Wrong($"'{part.Text}' is no purpose. Known: {string.Join(", ", MessageRules.Purposes.Keys)}.");
        return default;
    }

    static TimeSpan Within(YamlPart part, int least, int most, Func<double, TimeSpan> unit)
    {
        var number = part.Number;
        if (number >= least && number <= most && number == (int)number) return unit((double)number);
        part.Wrong($"Expected a whole number from {least} to {most}, found '{part.Text}'.");
        return unit(least);
    }

    static TimeOnly Hour(YamlPart part)
    {
        if (TimeOnly.TryParseExact(part.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)) return hour;
        part.Wrong($"Expected an hour such as '20:00', found '{part.Text}'.");
        return default;
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
