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
            ["hours"] = Or(card.Hours),
            ["after-hours"] = card.AfterHours,
            ["address"] = Or(card.Address),
            ["licence"] = Or(card.Licence),
            ["answers-within"] = card.AnswersWithin,
            ["patient"] = chart.Who?.Name.Legal ?? "",
            ["born"] = chart.Who?.BornOn is { } born ? Zone.Say(born) : "",
        }.ToImmutableDictionary();
    }

    /// <summary>What the practice has not entered yet is asked for rather than left as a hole in a sentence.</summary>
    static string Or(string known) => known.Length > 0 ? known : "please ask us";

    public static ImmutableArray<string> Letterhead(WebOptions options) =>
        [.. new[] { options.Card.Name, options.Card.Address, options.Card.Phone.Length > 0 ? $"Phone {options.Card.Phone}" : "" }.Where(l => l.Length > 0)];
}
