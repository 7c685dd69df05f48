using System.CommandLine;
using Casement.Web.Messages;

namespace Casement.Cli;

/// <summary>Where mail goes, as said on the command line.</summary>
static class Mail
{
    public static readonly Option<string?> Through = new("--mail")
    {
        Description = "Where mail goes: folder:PATH, smtp://USER:PASSWORD@HOST:PORT, smtps://..., or none. The password may come from $CASEMENT_SMTP_PASSWORD. Default: a folder beside the records, which reaches nobody.",
        HelpName = "WHERE",
    };

    public static readonly Option<string?> From = new("--mail-from") { Description = "The address mail comes from. Needed with smtp.", HelpName = "ADDRESS" };

    public static readonly Option<string?> TextsThrough = new("--texts")
    {
        Description = "Where text messages and calls to staff go: folder:PATH, https://GATEWAY, or none, which sends mail instead. The gateway's key comes from $CASEMENT_TEXTS_KEY. Default: none; in the demonstration a folder beside the records, which reaches nobody.",
        HelpName = "WHERE",
    };

    public static ITexts? Texts(ParseResult said, bool demo)
    {
        var where = said.GetValue(TextsThrough) ?? (demo ? $"folder:{Beside(said.GetValue(Places.Store) ?? "", "texts")}" : "none");
        if (where == "none") return null;
        if (where.StartsWith("folder:", StringComparison.Ordinal)) return new TextFolder(Path.GetFullPath(where["folder:".Length..]));
        // Only this machine itself is trusted without a sealed line.
        return Uri.TryCreate(where, UriKind.Absolute, out var gateway) && (gateway.Scheme == Uri.UriSchemeHttps || (gateway.Scheme == Uri.UriSchemeHttp && gateway.IsLoopback))
            ? new TextGateway(gateway, Environment.GetEnvironmentVariable("CASEMENT_TEXTS_KEY") ?? "")
            : throw new BadInputException("--texts is folder:PATH, https://GATEWAY or none.");
    }

    public static IPost? Post(ParseResult said)
    {
        var where = said.GetValue(Through) ?? $"folder:{Beside(said.GetValue(Places.Store) ?? "", "mail")}";
        if (where == "none") return null;
        if (where.StartsWith("folder:", StringComparison.Ordinal)) return new MailFolder(Path.GetFullPath(where["folder:".Length..]));
        return SmtpAddress.Read(where, Environment.GetEnvironmentVariable("CASEMENT_SMTP_PASSWORD")) is { } server
            ? new Smtp(server)
            : throw new BadInputException("--mail is folder:PATH, smtp://USER@HOST:PORT, smtps://USER@HOST:PORT or none.");
    }

    public static string FromAddress(ParseResult said)
    {
        if (said.GetValue(From) is { } from)
            return MimeKit.MailboxAddress.TryParse(from, out var box) && box.Address.Contains('@') ? box.Address : throw new BadInputException($"'{from}' is not an address mail can come from.");
        return said.GetValue(Through)?.StartsWith("smtp", StringComparison.Ordinal) is true
            ? throw new BadInputException("Say with --mail-from which address mail comes from.")
            : "no-reply@localhost";
    }

    static string Beside(string store, string name) =>
        Path.Combine(store.StartsWith("sqlite:", StringComparison.Ordinal) ? Path.GetDirectoryName(Path.GetFullPath(store["sqlite:".Length..])) ?? "." : "data", name);
}
