using Casement.Messages;
using Casement.Web.Messages;

namespace Casement.Web.Owner;

/// <summary>How the state of a message is said to staff.</summary>
public static class MailShown
{
    /// <summary>A message holds links that sign its reader in: only among invented people may staff open one.</summary>
    public static bool CanOpen(WebOptions options) => options is { Demo: true, Post: MailFolder };

    public static string Title(WebOptions options, string template) =>
        options.Messages.Templates.TryGetValue(template, out var known) ? known.Subject.Replace("{practice}", options.Card.Name, StringComparison.Ordinal) : template;

    public static string Word(Delivery state) => state switch
    {
        Delivery.Queued => "Waits",
        Delivery.Retrying => "Tried, waits",
        Delivery.Sent => "Sent",
        Delivery.GivenUp => "Not delivered",
        Delivery.HeldBack => "Not sent",
        _ => "Seen to",
    };

    public static string Kind(Delivery state) => state switch
    {
        Delivery.Sent or Delivery.Settled => "clear",
        Delivery.GivenUp => "exclude",
        Delivery.Retrying => "defer",
        Delivery.Queued => "missing",
        _ => "note",
    };
}
