using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Web.Messages;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Casement.Web.Tests.Messages;

/// <summary>A post that keeps what it is given and counts, and fails when it is told to.</summary>
public sealed partial class Mailbox : IPost
{
    public ConcurrentQueue<MimeMessage> Taken { get; } = new();

    /// <summary>Called before a message is taken.</summary>
    public Action<MimeMessage>? Before { get; set; }

    /// <summary>Called when it was taken, before that is known.</summary>
    public Action<MimeMessage>? After { get; set; }

    public string Name => "mailbox";

    public async Task Deliver(MimeMessage message, CancellationToken stop)
    {
        Before?.Invoke(message);
        // As on the wire: what cannot be written cannot be sent.
        using var wire = new MemoryStream();
        await message.WriteToAsync(wire, stop);
        wire.Position = 0;
        Taken.Enqueue(await MimeMessage.LoadAsync(wire, stop));
        await Task.Yield();
        After?.Invoke(message);
    }

    public static Uri Link(MimeMessage mail, string of) =>
        new(Address().Matches(mail.TextBody ?? "").Select(m => m.Value).First(l => l.Contains(of, StringComparison.Ordinal)));

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}

/// <summary>What the tests of messages say often.</summary>
static class Sayings
{
    public static readonly Person Claudia = new(new("Claudia Ordóñez Villaseñor", "Clau", "she/her"), new(1984, 3, 27), "claudia@example.org", "303 555 0199");

    /// <summary>A house that sends into a mailbox, with the clock at noon in Denver.</summary>
    public static async Task<(House House, Mailbox Post)> OpenWithMail(Func<WebOptions, WebOptions>? with = null)
    {
        var post = new Mailbox();
        var house = await House.Open(o => (with?.Invoke(o) ?? o) with { Post = post, MailFrom = "mail@practice.example" });
        house.ToLocal(new(12, 0));
        return (house, post);
    }

    /// <summary>Moves the clock forward to this hour at the practice.</summary>
    public static void ToLocal(this House house, TimeOnly hour)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
        var now = house.Clock.GetUtcNow();
        var there = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var then = there.Date.AddDays(1) + hour.ToTimeSpan();
        house.Clock.Ahead += new DateTimeOffset(then, zone.GetUtcOffset(then)) - now;
    }

    public static async Task<Guid> Ask(this House house, PatientId patient, string template, Addressee? to = null, string page = "", Func<MessageAsked, MessageAsked>? with = null)
    {
        var asked = new MessageAsked(Guid.NewGuid(), template, to ?? new(AddresseeKind.Patient), page);
        await house.Carry(patient, _ => Decision.Accept(with?.Invoke(asked) ?? asked));
        return asked.Message;
    }

    public static Task<int> SendDue(this House house) => house.Services.GetRequiredService<Sending>().SendDue(default);

    public static async Task<MessageOnChart> Message(this House house, PatientId patient, Guid message) => (await house.Read(patient)).Messages[message];
}
