using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Web.Shell;

/// <summary>What is filled into the texts people sign, and the head of their copies.</summary>
public static class DocumentFields
{
    public static ImmutableDictionary<string, string> Of(Chart chart, WebOptions options)
    {
        var card = options.Card;
        return new Dictionary<string, string>
        {
            ["practice"] = card.Name,
            ["phone"] = card.Phone,
            ["hours"] = card.Hours,
            ["after-hours"] = card.AfterHours,
            ["address"] = card.Address,
            ["licence"] = card.Licence,
            ["answers-within"] = card.AnswersWithin,
            ["patient"] = chart.Who?.Name.Legal ?? "",
            ["born"] = chart.Who?.BornOn is { } born ? Zone.Say(born) : "",
        }.ToImmutableDictionary();
    }

    public static ImmutableArray<string> Letterhead(WebOptions options) =>
        [.. new[] { options.Card.Name, options.Card.Address, options.Card.Phone.Length > 0 ? $"Phone {options.Card.Phone}" : "" }.Where(l => l.Length > 0)];
}
