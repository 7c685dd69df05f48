using Casement.Journal;

namespace Casement.Messages;

/// <summary>The wish of a patient for a new sign-in link. It goes to the address on the chart and nowhere else, so anybody who holds an old link may ask.</summary>
/// <param name="Page">Where the old link led.</param>
public sealed record AskForALink(Guid Message, string Page, DateTimeOffset At);

public static class AskingForALink
{
    public const string Template = "sign-in";

    /// <summary>Pressed again so soon, the link already on its way is the answer.</summary>
    static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(2);

    /// <summary>More than a person needs, and fewer than a stranger could annoy somebody with.</summary>
    const int MostAnHour = 4;

    public static Decision Decide(Chart chart, AskForALink wish) => chart switch
    {
        { Who: null } => Decision.Refuse("We have no such record."),
        _ when chart.Messages.Values.Any(m => m.Asked.Template == Template && (m.Waits || m.AskedAt > wish.At - OnItsWay)) => Decision.Nothing,
        _ when chart.Messages.Values.Count(m => m.Asked.Template == Template && m.AskedAt > wish.At - TimeSpan.FromHours(1)) >= MostAnHour => Decision.Nothing,
        _ => Decision.Accept(new MessageAsked(wish.Message, Template, new(AddresseeKind.Patient), wish.Page)),
    };
}
