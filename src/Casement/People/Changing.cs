using System.Collections.Immutable;
using System.Globalization;
using Casement.CheckIns;
using Casement.Journal;
using Casement.Messages;

namespace Casement.People;

/// <summary>The wish to change who the record says somebody is, or how they are reached.</summary>
/// <param name="Change">Drawn when the form was shown; the same form sent twice tells nobody twice.</param>
/// <param name="Seen">The mark of the details the form was filled from; see <see cref="Changing.Mark"/>.</param>
/// <param name="To">The details as they shall be, all of them.</param>
/// <param name="Language">The language as it shall be.</param>
/// <param name="Reason">Why, and from whom it is known.</param>
/// <param name="Today">The date at the practice.</param>
/// <param name="Now">The instant, for links that are over.</param>
/// <param name="SendAgain">Messages that had no address and shall go out now.</param>
public sealed record ChangeDetails(Guid Change, string Seen, Person To, string Language, string Reason, DateOnly Today, DateTimeOffset Now, ImmutableArray<Guid> SendAgain);

/// <summary>Changing names, date of birth, contact and language. The details before stay in the journal.</summary>
public static class Changing
{
    public const string ByThePatient = "Changed by the patient.";

    /// <summary>Tells the address that letters come to from now on.</summary>
    public const string ToTheNew = "address-added";

    /// <summary>Tells the address that they come to no more.</summary>
    public const string ToTheOld = "address-left";

    const int LongestWords = 200;

    const int FewestDigits = 7;

    /// <summary>Tells two states of the details apart, and says nothing about either.</summary>
    public static string Mark(Chart chart) => chart.Who is not { } who ? "" : DerivedId.Of(
        who.Name.Legal, who.Name.Chosen, who.Name.Pronouns, who.BornOn?.ToString("O", CultureInfo.InvariantCulture) ?? "", who.Email, who.Phone, chart.Language).ToString("N");

    public static Decision Decide(Chart chart, ChangeDetails wish)
    {
        if (chart.Who is not { } who) return Decision.Refuse("There is no such record.");
        var again = chart.Messages.Values.Where(m => wish.SendAgain.Contains(m.Asked.Message) && WaitsForAnAddress(m)).ToImmutableArray();
        if (who == wish.To && chart.Language == wish.Language && again.IsEmpty) return Decision.Nothing;
        if (Wrong(wish) is { } wrong) return Decision.Refuse(wrong);
        if (wish.Seen != Mark(chart)) return Decision.Refuse("These details were changed in another window while you typed. What you typed is still here. Compare, then save again.");
        return Decision.Accept(
        [
            .. who == wish.To ? [] : new PatientEvent[] { new PatientDetailsChanged(wish.To, wish.Reason.Trim()) },
            .. chart.Language == wish.Language ? [] : new PatientEvent[] { new PatientLanguageChosen(wish.Language) },
            .. SameAddress(who.Email, wish.To.Email) ? [] : Moved(chart, who, wish),
            .. wish.To.Email.Length > 0 ? again.Select(m => new MessageAskedAgain(m.Asked.Message)) : [],
        ]);
    }

    /// <summary>What is wrong with the details themselves; null when nothing is.</summary>
    static string? Wrong(ChangeDetails wish) => wish.To switch
    {
        { Name.Legal: var legal } when string.IsNullOrWhiteSpace(legal) => Admitting.NameMissing,
        { BornOn: { } born } when Admitting.WrongBirthDate(born, wish.Today) is { } because => because,
        { Email: { Length: > 0 } email } when !IsAddress(email) => "Write the email address whole, such as name@example.org, or leave it empty.",
        { Phone: { Length: > 0 } phone } when phone.Count(char.IsAsciiDigit) < FewestDigits => "Write the phone number with its area code, or leave it empty.",
        var to when new[] { to.Name.Legal, to.Name.Chosen, to.Name.Pronouns, to.Email, to.Phone, wish.Language }.Any(t => t.Length > LongestWords) => $"Each line holds at most {LongestWords} characters.",
        _ when string.IsNullOrWhiteSpace(wish.Reason) => "Say why it changes, and from whom you have it.",
        _ => null,
    };

    public static bool IsAddress(string email) =>
        email.Split('@') is [{ Length: > 0 }, { Length: > 0 } host] && host.Contains('.', StringComparison.Ordinal) && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>Whether what went to this address, or to this number, went to the person as the record has them now.</summary>
    public static bool IsStill(string to, Person who) => PhoneOrMail.Read(to) is (Channel.Text, var number) ? PhoneOrMail.Number(who.Phone) == number : SameAddress(to, who.Email);

    public static bool SameAddress(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>A message to the patient that is held because there is no address for them.</summary>
    public static bool WaitsForAnAddress(MessageOnChart message) =>
        message is { State: Delivery.HeldBack, HeldBack.Because: HeldBecause.NoAddress, Asked.To: { Kind: AddresseeKind.Patient, Email: "" } };

    /// <summary>Both addresses are told. What a letter to the old one still opens without signing in is shut, and sent anew to the new one.</summary>
    static IEnumerable<PatientEvent> Moved(Chart chart, Person before, ChangeDetails wish)
    {
        var (called, change) = (wish.To.Name.Called, wish.Change.ToString("N"));
        if (before.Email.Length > 0) yield return new MessageAsked(DerivedId.Of(ToTheOld, change), ToTheOld, new(AddresseeKind.Patient, called, before.Email));
        if (wish.To.Email.Length > 0) yield return new MessageAsked(DerivedId.Of(ToTheNew, change), ToTheNew, new(AddresseeKind.Patient, called, wish.To.Email));
        foreach (var link in chart.Links.Values.Where(l => l.Given.For is LinkFor.CheckIn && l.OpensAt(wish.Now) && !Answered(chart, l.Given.Subject)).OrderBy(l => l.GivenAt).ThenBy(l => l.Given.Link))
        {
            yield return new LinkWithdrawn(link.Given.Link, "It was sent to an address that is no longer theirs.");
            if (wish.To.Email.Length == 0) continue;
            var anew = DerivedId.Of("moved link", link.Given.Link.ToString("N"), change);
            yield return link.Given with { Link = anew, Name = called };
            yield return new MessageAsked(DerivedId.Of("moved check-in", anew.ToString("N")), CheckingIn.Template, new(AddresseeKind.Patient, called), CheckingIn.Room, anew);
        }
    }

    static bool Answered(Chart chart, Guid checkIn) => chart.Scales.Any(s => s.What.Sitting == checkIn);
}
