using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Whether each answer can be an answer to its item; instruments.md section 2.1. Items that will not be asked are checked as well.</summary>
public static class Validation
{
    public static ImmutableArray<string> Problems(Instrument instrument, IReadOnlyDictionary<string, Answer> answers) =>
    [
        .. from given in answers.OrderBy(given => given.Key, StringComparer.Ordinal)
           let problem = instrument.Item(given.Key) is { } item ? Problem(item, given.Value) : $"There is no item {given.Key}."
           where problem is not null
           select problem,
    ];

    static string? Problem(Item item, Answer answer) => answer switch
    {
        NotApplicable when item.AllowNotApplicable => null,
        NotApplicable => $"Item {item.LinkId} cannot be answered with not applicable.",
        Answered { Value: var value } => item.Type switch
        {
            ItemType.Choice when !item.Options.Any(option => option.Value == value) => $"The answer to item {item.LinkId} is not one of its options.",
            ItemType.Integer when !decimal.IsInteger(value) => $"The answer to item {item.LinkId} must be a whole number.",
            _ when value < item.Min || value > item.Max => $"The answer to item {item.LinkId} is out of range.",
            _ => null,
        },
        _ => $"The answer to item {item.LinkId} is not a number.",
    };
}
