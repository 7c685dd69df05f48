using System.Collections.Immutable;
using Casement.Messages;

namespace Casement.People;

/// <summary>How a member of staff wishes to be reached for work, by how soon it needs somebody.</summary>
/// <param name="Urgent">For what cannot wait; every one of these at once.</param>
/// <param name="Other">For everything else.</param>
/// <param name="UrgentEmail">Where urgent mail goes; empty for the address of the account.</param>
/// <param name="UrgentPhone">Where text messages and calls go; empty when there is none.</param>
/// <param name="Backup">The account that is told when there is no answer; empty for nobody in particular.</param>
public sealed record StaffReach(ImmutableArray<Channel> Urgent, Channel Other, string UrgentEmail = "", string UrgentPhone = "", string Backup = "")
{
    /// <summary>Mail, until they choose.</summary>
    public static StaffReach Unasked { get; } = new([Channel.Email], Channel.Email);

    /// <summary>Where news goes. Never nowhere: what was chosen and cannot be used here becomes mail to the account.</summary>
    /// <param name="texts">Whether text messages and calls go out from here.</param>
    public ImmutableArray<string> Addresses(string account, bool urgent, bool texts)
    {
        var usable = (urgent ? Urgent : [Other]).Select(by => by switch
        {
            Channel.Text when texts && UrgentPhone.Length > 0 => PhoneOrMail.Text(UrgentPhone),
            Channel.Call when texts && UrgentPhone.Length > 0 => PhoneOrMail.Call(UrgentPhone),
            Channel.Email when urgent && UrgentEmail.Length > 0 => UrgentEmail,
            _ => account,
        });
        return [.. usable.DefaultIfEmpty(account).Distinct()];
    }

    /// <summary>What cannot be kept, in sentences by field.</summary>
    public IEnumerable<(string Field, string Because)> Problems(string self, IEnumerable<Colleague> staff)
    {
        if (Urgent.IsEmpty || Urgent.Contains(Channel.None)) yield return ("Urgent", "Choose at least one way. Somebody has to be reached when it cannot wait.");
        if (Other is not (Channel.Email or Channel.Text)) yield return ("Other", "Choose email or text message.");
        if (UrgentEmail.Length > 0 && !(UrgentEmail.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < UrgentEmail.Length - 1 && !UrgentEmail.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))) yield return ("UrgentEmail", "Write an email address with an @.");
        if (UrgentPhone.Length > 0 && PhoneOrMail.Number(UrgentPhone) != UrgentPhone) yield return ("UrgentPhone", "Write a phone number with its area code, such as 303 555 0142.");
        if (UrgentPhone.Length == 0 && (Urgent.Any(c => c is Channel.Text or Channel.Call) || Other is Channel.Text)) yield return ("UrgentPhone", "Write the number text messages and calls go to.");
        if (Backup.Length > 0 && (Backup == self || !staff.Any(c => c is { IsClinician: true, IsActive: true } && c.Id == Backup))) yield return ("Backup", "Choose another clinician who works here.");
    }
}
