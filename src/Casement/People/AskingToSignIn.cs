using Casement.Journal;
using Casement.Messages;

namespace Casement.People;

/// <summary>Somebody asked for a sign-in letter to this person's address.</summary>
public static class AskingToSignIn
{
    public const string Template = "sign-in";

    /// <summary>More than a person needs, and fewer than a stranger could annoy somebody with.</summary>
    const int MostAnHour = 4;

    public static Decision Decide(Chart chart, Guid message, DateTimeOffset now)
    {
        if (chart.Who is not { Email.Length: > 0 } who) return Decision.Nothing;
        var recent = chart.Messages.Values.Count(m => m.Asked.Template == Template && m.AskedAt > now - TimeSpan.FromHours(1));
        return recent >= MostAnHour ? Decision.Nothing : Decision.Accept(new MessageAsked(message, Template, new(AddresseeKind.Patient, who.Name.Called), "/my"));
    }
}
