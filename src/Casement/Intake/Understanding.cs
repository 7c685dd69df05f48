using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;

namespace Casement.Intake;

/// <summary>What an answer comes to for the protocol.</summary>
/// <param name="Facts">The facts it settles.</param>
/// <param name="Unsettled">Facts it opens again: another page asks them exactly.</param>
public sealed record Understood(ImmutableArray<(Fact Fact, FactValue Value)> Facts, ImmutableArray<Fact> Unsettled)
{
    public static Understood Nothing { get; } = new([], []);

    public static Understood Of(Fact fact, FactValue value) => new([(fact, value)], []);
}

/// <summary>Reads what was given to a question. What cannot be an answer is a sentence the person can act on.</summary>
public static class Understanding
{
    const string Choose = "Choose an answer, or use one of the buttons below it.";

    public static (Understood? Understood, string? Why) Of(IntakeQuestion question, ImmutableArray<string> given, ImmutableArray<GroupItem> items, DateTimeOffset at) => question switch
    {
        FactQuestion q => q.Options.FirstOrDefault(o => given is [var only] && o.Value == only) is { Means: { } value } ? (Understood.Of(q.Fact, value), null) : (null, Choose),
        GroupQuestion q => OfGroup(q, given, items),
        MonthQuestion q => OfMonth(q, given, at),
        ItemQuestion q => OfItem(q, given),
        ToldQuestion q => OfTold(q, given),
        _ => (null, "Add each one with its own button."),
    };

    /// <summary>Everything on the list is settled only when the person says that nothing else on it applies.</summary>
    static (Understood?, string?) OfGroup(GroupQuestion question, ImmutableArray<string> given, ImmutableArray<GroupItem> items)
    {
        if (given.Contains(GroupQuestion.OneByOne)) return (new([], [.. items.Select(i => i.Question.Fact)]), null);
        if (given.FirstOrDefault(g => g != GroupQuestion.NoOther && !question.Items.Any(i => i.Question.Id == g)) is not null) return (null, Choose);
        if (!given.Contains(GroupQuestion.NoOther))
            return (null, given.IsEmpty ? "Choose each one that fits you, or “None of these”." : "Then also choose “None of the others”, so that we know the list is complete.");
        var facts = from item in items
                    let chosen = given.Contains(item.Question.Id)
                    where item.IsWhole || !chosen
                    select (item.Question.Fact, item.IsWhole ? FactValue.Of(chosen) : None(item.Question));
        return (new([.. facts], [.. items.Where(i => !i.IsWhole && given.Contains(i.Question.Id)).Select(i => i.Question.Fact)]), null);
    }

    /// <summary>The first value of a choice is the one that says "none"; the reader of the form makes sure of it.</summary>
    static FactValue None(FactQuestion question) => FactValue.Of(question.Fact.Values[0]);

    /// <summary>Given as year and month. Counted from the middle of the month, half a month at most from the truth.</summary>
    static (Understood?, string?) OfMonth(MonthQuestion question, ImmutableArray<string> given, DateTimeOffset at)
    {
        if (given is not [var typedYear, var typedMonth] || !int.TryParse(typedYear, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2999)
            return (null, "Write the year with four digits, such as 2019.");
        if (!int.TryParse(typedMonth, CultureInfo.InvariantCulture, out var month) || month is < 1 or > 12) return (null, "Choose the month. A guess is fine.");
        var months = ((at.Year - year) * 12) + at.Month - month + ((at.Day - 15) / 30m);
        if (((at.Year - year) * 12) + at.Month - month < 0) return (null, "That month lies in the future. Check the year.");
        var value = FactValue.Of(Math.Round(Math.Max(0, months), 1));
        return question.Fact.Refuses(value) is null ? (Understood.Of(question.Fact, value), null) : (null, "That is too long ago. Check the year.");
    }

    static (Understood?, string?) OfItem(ItemQuestion question, ImmutableArray<string> given)
    {
        if (given is not [var only] || BodyMeasures.Number(only) is not { } value) return (null, question.Item.Options.IsEmpty ? "Write a number. A guess is fine, and 0 is an answer." : Choose);
        var item = question.Item;
        if (!item.Options.IsEmpty) return item.Options.Any(o => o.Value == value) ? (Understood.Nothing, null) : (null, Choose);
        if (item.Type == Measures.ItemType.Integer && value != decimal.Truncate(value)) return (null, "Write a whole number, such as 0 or 3.");
        return value < (item.Min ?? 0) || value > (item.Max ?? decimal.MaxValue)
            ? (null, string.Create(CultureInfo.InvariantCulture, $"Write a number from {item.Min ?? 0:0.##} to {item.Max ?? 0:0.##}."))
            : (Understood.Nothing, null);
    }

    const int LongestText = 2000;

    static (Understood?, string?) OfTold(ToldQuestion question, ImmutableArray<string> given) => question.Kind switch
    {
        ToldKind.Weight => BodyMeasures.Weight(given) is { Why: { } why } ? (null, why) : (Understood.Nothing, null),
        ToldKind.Height => BodyMeasures.Height(given) is { Why: { } why } ? (null, why) : (Understood.Nothing, null),
        ToldKind.Several => given.IsEmpty ? (null, "Choose each one that fits you, or “None of these”.")
            : given.Contains(GroupQuestion.NoOther) && given.Length > 1 ? (null, "Choose “None of these” alone, or only what fits you.")
            : given.All(g => g == GroupQuestion.NoOther || question.Options.Any(o => o.Value == g)) ? (Understood.Nothing, null) : (null, Choose),
        _ => given is [{ Length: > LongestText }] ? (null, "That is longer than we can keep here. Please shorten it a little.")
            : given is [var text] && text.Trim().Length > 0 ? (Understood.Nothing, null) : (null, "Write a few words, or use one of the buttons below."),
    };
}
