using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Casement.CheckIns;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Readiness;
using Casement.Web.Calendar;
using Casement.Web.Shell;
using Casement.Web.SignIn;
using MimeKit;

namespace Casement.Web.Messages;

/// <summary>A message ready to be handed over, with what the chart keeps of it.</summary>
public sealed record Written(MimeMessage Mail, string Subject, string To, string BodySha256);

/// <summary>Makes a message from its template: its words, its link, its calendar entry.</summary>
public sealed partial class Writing(PatientDoor patients, LinkDoor links, StopDoor stops, AccountShelf accounts, Zone zone, WebOptions options)
{
    public async Task<Written> Write(PatientId patient, Chart chart, Send send, MessageTemplate template, CancellationToken stop)
    {
        var (asked, personal) = (send.Message, IsPersonal(chart, send));
        var to = await Recipients(send, stop);
        var words = new Dictionary<string, string>
        {
            ["name"] = OneLine(asked.To is { Kind: AddresseeKind.Patient, Name: "" } ? chart.Who?.Name.Called ?? "" : asked.To.Name),
            ["practice"] = OneLine(options.Card.Name),
            ["phone"] = OneLine(options.Card.Phone),
            ["date"] = asked.Visit is { } visit ? SayVisit(visit) : zone.SayDate(options.Clock.GetUtcNow()),
        };
        var text = $"{template.Body}\n\n-- \n{(personal ? options.Messages.Policy.PersonalFooter : options.Messages.Policy.WorkFooter)}\n";
        // The addresses open doors: the chart keeps what was said without them.
        var said = Fill(text, words);
        (words["link"], words["code"]) = template.Body.Contains("{link}", StringComparison.Ordinal) ? await Link(patient, send, template, stop) : ("", "");
        words["stop"] = personal ? stops.Address(patient, asked.Message).ToString() : "";

        var subject = Fill(template.Subject, words);
        var mail = new MimeMessage { MessageId = $"{asked.Message:N}@{options.MailFrom.Split('@')[^1]}", Date = options.Clock.GetUtcNow(), Subject = subject };
        mail.From.Add(new MailboxAddress(words["practice"], options.MailFrom));
        mail.To.AddRange(to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        if (personal) SayHowToStop(mail, patient, asked.Message);
        mail.Body = asked.Visit is { } with ? new Multipart("mixed") { Plain(Fill(text, words)), Entry(with, to[0]) } : Plain(Fill(text, words));
        return new(mail, subject, string.Join(", ", to.Select(t => t.Address)), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said))));
    }

    /// <summary>A message to staff that belongs to no patient's record.</summary>
    public MimeMessage ToStaff(Guid id, MessageTemplate template, string name, string address, string page)
    {
        var words = WorkWords(name, page);
        var mail = new MimeMessage { MessageId = $"{id:N}@{options.MailFrom.Split('@')[^1]}", Date = options.Clock.GetUtcNow(), Subject = Fill(template.Subject, words) };
        mail.From.Add(new MailboxAddress(words["practice"], options.MailFrom));
        mail.To.Add(Box(OneLine(name), address));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        mail.Body = Plain(Fill($"{template.Body}\n\n-- \n{options.Messages.Policy.WorkFooter}\n", words));
        return mail;
    }

    /// <summary>As a text message, or as a machine says it by phone: who, what, where. A subject says all that a message may.</summary>
    public TextMessage Text(Guid id, MessageTemplate template, string address, string page)
    {
        var (by, number) = PhoneOrMail.Read(address);
        var words = WorkWords("", page);
        var said = $"{words["practice"]}: {Fill(template.Subject, words)}.";
        return new(id, number, by is Channel.Call, by is Channel.Call ? $"{said} Please sign in and look at your list." : $"{said} {words["link"]}");
    }

    /// <summary>As a text message to the patient: what a subject may say, the way in, and the way to stop. A visit says when. The addresses open doors: the chart keeps what was said without them.</summary>
    public async Task<(TextMessage Text, string Said)> Text(PatientId patient, Send send, MessageTemplate template, CancellationToken stop)
    {
        var asked = send.Message;
        var words = WorkWords(OneLine(asked.To.Name), asked.Page);
        if (asked.Visit is { } visit) words["date"] = SayVisit(visit);
        var said = $"{words["practice"]}: {Fill(template.Subject, words)}{(asked.Visit is null ? "" : $", {words["date"]}")}.";
        var way = template.Body.Contains("{link}", StringComparison.Ordinal) ? $" {(await Link(patient, send, template, stop)).Link}" : "";
        return (new(asked.Message, PhoneOrMail.Read(send.To).Address, IsCall: false, $"{said}{way} Stop: {stops.Address(patient, asked.Message)}"), said);
    }

    Dictionary<string, string> WorkWords(string name, string page) => new()
    {
        ["name"] = OneLine(name),
        ["practice"] = OneLine(options.Card.Name),
        ["phone"] = OneLine(options.Card.Phone),
        ["date"] = zone.SayDate(options.Clock.GetUtcNow()),
        ["link"] = new Uri(options.Address, Local.Or(page, "/")).ToString(),
    };

    /// <summary>What the chart keeps of a text message.</summary>
    public static MessageSent Sent(MessageAsked asked, TextMessage text, string said, string through, DateTimeOffset at) =>
        new(asked.Message, said, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said))), text.Number, through, at);

    static MailboxAddress Box(string name, string address) => MailboxAddress.TryParse(address, out var box) && !address.Any(char.IsControl)
        ? new MailboxAddress(name, box.Address)
        : throw new NotDeliveredException("The address is not one that mail can go to.", forGood: true);

    /// <summary>Whether it goes to somebody who may stop messages. An address that is no longer the patient's cannot stop what goes to the patient.</summary>
    static bool IsPersonal(Chart chart, Send send) => send.Message.To.Kind switch
    {
        AddresseeKind.Support => true,
        AddresseeKind.Patient => Changing.SameAddress(send.To, chart.Who?.Email ?? ""),
        _ => false,
    };

    async Task<List<MailboxAddress>> Recipients(Send send, CancellationToken stop)
    {
        (string Name, string Address)[] named = send.To.Length > 0 || send.Message.To.Kind is not AddresseeKind.Staff
            ? [(OneLine(send.Message.To.Name), send.To.Trim())]
            : [.. (await accounts.All(stop)).Where(a => a is { ClosedAt: null } && a.Roles.Contains(Role.Clinician)).Select(a => (OneLine(a.Name), a.Email))];
        if (named.Length == 0) throw new NotDeliveredException("There is nobody on the staff this could go to.");
        return [.. named.Select(n => Box(n.Name, n.Address))];
    }

    /// <summary>The way in, and for a sign-in letter the code that does the same on another device.</summary>
    async Task<(string Link, string Code)> Link(PatientId patient, Send send, MessageTemplate template, CancellationToken stop)
    {
        var asked = send.Message;
        if (asked.Through is { } through) return (links.Address(patient, through, asked.Page is CheckingIn.Room or AskingReadiness.Room ? asked.Page : LinkDoor.Room).ToString(), "");
        if (asked.To.Kind is not AddresseeKind.Patient) return (new Uri(options.Address, Local.Or(asked.Page, "/")).ToString(), "");
        var (lifetime, page) = (template.SignsInFor ?? options.Messages.Policy.SignsInFor, Local.Or(asked.Page, "/my"));
        if (!template.Body.Contains("{code}", StringComparison.Ordinal)) return ((await patients.Link(patient, lifetime, stop, page, send.To)).ToString(), "");
        var letter = await patients.Letter(patient, lifetime, stop, page, send.To);
        return (letter.Link.ToString(), $"{letter.Code[..4]} {letter.Code[4..]}");
    }

    void SayHowToStop(MimeMessage mail, PatientId patient, Guid message)
    {
        mail.Headers.Add("List-Unsubscribe", $"<{stops.OneClick(patient, message)}>");
        // A mail program may post by itself only over a sealed line.
        if (options.Https) mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    TextPart Entry(Visit visit, MailboxAddress to)
    {
        var entry = new Invitation(visit, OneLine(options.Card.Name), options.MailFrom, to.Address, null, options.Zone, options.Clock.GetUtcNow());
        var part = new TextPart("calendar") { Text = Encoding.UTF8.GetString(entry.Write()), ContentDisposition = new(ContentDisposition.Attachment) { FileName = "visit.ics" } };
        part.ContentType.Parameters.Add("method", entry.Method);
        return part;
    }

    string SayVisit(Visit visit) => string.Join(", ", new[] { zone.Say(visit.At), OneLine(visit.Place) }.Where(p => p.Length > 0)) + (visit.Cancelled ? " (cancelled)" : "");

    static TextPart Plain(string text) => new("plain") { Text = text };

    /// <summary>Fills in what is known. A line that asks for something the practice does not have, such as a phone, is left out; a greeting without a name is still a greeting.</summary>
    static string Fill(string text, Dictionary<string, string> words)
    {
        var known = words["name"].Length > 0 ? text : text.Replace(" {name}", "", StringComparison.Ordinal);
        var lines = known.Split('\n').Where(line => !words.Any(w => w.Value.Length == 0 && line.Contains($"{{{w.Key}}}", StringComparison.Ordinal)));
        // In one pass, so that a name that looks like a placeholder stays a name.
        var filled = Placeholder().Replace(string.Join('\n', lines), open => words.GetValueOrDefault(open.Groups[1].Value, open.Value));
        return EmptyLines().Replace(filled, "\n\n");
    }

    /// <summary>Without line breaks and other controls: a name cannot become a header or a paragraph.</summary>
    static string OneLine(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
