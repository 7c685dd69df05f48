using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Casement.Journal;
using Casement.Messages;
using Casement.Web.Clinician.Referrals;

namespace Casement.Web.Messages;

/// <summary>
/// Sends what the outbox lists as due. Before a message is handed over its claim is written to the shelf: of two nodes that write the same version one is refused.
/// A crash between handing over and noting it lets the message go once more, with the same Message-ID; see decision 11.
/// </summary>
public sealed class Sending(IJournals journals, IShelf shelf, Desk desk, Writing writing, StaffBook staff, PartnerShelf partners, WebOptions options, ILogger<Sending> log)
{
    const string Kind = "message-claim";

    /// <summary>Messages that wait for the morning, so that their charts are not read all night.</summary>
    readonly ConcurrentDictionary<Guid, DateTimeOffset> later = [];

    /// <summary>How long a server may take; well within the claim, so that nobody else sends meanwhile.</summary>
    TimeSpan Longest => options.Messages.Policy.Claim / 2;

    /// <summary>Answers how many were handed over. Whatever goes wrong with one message, the others still go.</summary>
    public async Task<int> SendDue(CancellationToken stop)
    {
        if (options is { Post: null, Texts: null }) return 0;
        var (now, sent) = (options.Clock.GetUtcNow(), 0);
        var rows = (await journals.ReadList(options.Practice, Outbox.List, stop)).Select(r => (r.Patient, Row: Outbox.Read(r.Json))).ToArray();
        foreach (var gone in later.Keys.Except(rows.Select(r => r.Row.Message))) later.TryRemove(gone, out _);
        foreach (var (patient, row) in rows.Where(r => r.Row.DueAt <= now && later.GetValueOrDefault(r.Row.Message) <= now).OrderBy(r => r.Row.DueAt))
        {
            try
            {
                foreach (var message in await Found(patient, row.Message, stop))
                    if (await Attempt(patient, message, stop)) sent++;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // Only the store fails here. The message stays where it is; its kind and place are logged, not its words.
                SendingLog.Failed(log, e.GetType().Name, e.StackTrace);
            }
        }
        return sent;
    }

    /// <summary>The messages a row stands for: itself, or those a call for somebody of the practice becomes now that it goes out.</summary>
    async Task<ImmutableArray<Guid>> Found(PatientId patient, Guid row, CancellationToken stop)
    {
        if (!(await desk.Peek(patient, stop)).Duties.TryGetValue(row, out _)) return [row];
        var roster = await staff.Roster(stop);
        await desk.CarryOut(patient, Actor.Casement, chart => Calling.Find(chart, row, roster, options.Texts is not null, options.Clock.GetUtcNow()), stop);
        return (await desk.Peek(patient, stop)).Duties.GetValueOrDefault(row)?.Found?.Messages ?? [];
    }

    async Task<bool> Attempt(PatientId patient, Guid message, CancellationToken stop)
    {
        switch (await Next(await desk.Peek(patient, stop), message, stop))
        {
            case Wait wait:
                later[message] = wait.Until;
                return false;
            case Hold hold:
                await desk.CarryOut(patient, Actor.Casement, chart => Delivering.Held(chart, message, hold), stop);
                return false;
            case not Send:
                return false;
            // Without mail it waits until there is some.
            case Send { To: var to } when options.Post is null && PhoneOrMail.Read(to) is (Channel.Email, _):
                return false;
        }
        if (await Claim(message, stop) is not { } claim) return false;
        // Whoever held the claim before may have sent it, and the person may have said stop.
        var chart = await desk.Peek(patient, stop);
        if (await Next(chart, message, stop) is not Send send)
        {
            await Release(patient, message, claim);
            return false;
        }
        try
        {
            var sent = await HandOver(patient, chart, send, stop);
            // It is out: that must be noted even while the program ends.
            await desk.CarryOut(patient, Actor.Casement, now => Delivering.Sent(now, sent), CancellationToken.None);
            await Release(patient, message, claim);
            return true;
        }
        catch (NotDeliveredException e)
        {
            await Failed(patient, message, send.Message.Template, claim, e.Message, e.ForGood);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await Failed(patient, message, send.Message.Template, claim, "The mail server did not answer in time.", forGood: false);
        }
        return false;
    }

    async Task<MessageSent> HandOver(PatientId patient, Chart chart, Send send, CancellationToken stop)
    {
        if (!options.Messages.Templates.TryGetValue(send.Message.Template, out var template)) throw new NotDeliveredException("There is no template of this name.");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Longest);
        try
        {
            if (PhoneOrMail.Read(send.To) is (Channel.Text or Channel.Call, _))
            {
                var texts = options.Texts ?? throw new NotDeliveredException("Text messages and calls are not set up here.", forGood: true);
                TextMessage text;
                string said;
                if (send.Message.To.Kind is AddresseeKind.Patient) (text, said) = await writing.Text(patient, send, template, enough.Token);
                else said = (text = writing.Text(send.Message.Message, template, send.To, send.Message.Page)).Words;
                await texts.Deliver(text, enough.Token);
                return Writing.Sent(send.Message, text, said, texts.Name, options.Clock.GetUtcNow());
            }
            var post = options.Post ?? throw new NotDeliveredException("Mail is not set up here.");
            var written = await writing.Write(patient, chart, send, template, enough.Token);
            await post.Deliver(written.Mail, enough.Token);
            return new(send.Message.Message, written.Subject, written.BodySha256, written.To, post.Name, options.Clock.GetUtcNow());
        }
        catch (Exception e) when (e is not (NotDeliveredException or OperationCanceledException))
        {
            // A bug, or a store that went away. Noted as a failed try, so that it waits its turn instead of coming round at once.
            SendingLog.Failed(log, e.GetType().Name, e.StackTrace);
            throw new NotDeliveredException("The program failed on this message.", cause: e);
        }
    }

    async Task Failed(PatientId patient, Guid message, string template, long claim, string because, bool forGood)
    {
        SendingLog.NotDelivered(log, template, because);
        await desk.CarryOut(patient, Actor.Casement, chart => Delivering.Failed(chart, message, because, forGood, options.Messages.Policy, options.Clock.GetUtcNow()), CancellationToken.None);
        await Release(patient, message, claim);
    }

    /// <summary>Nobody needs to wait for the claim to run out. Once the chart says that the message waits no more it may go altogether: whoever claims it anew reads the chart first.</summary>
    async Task Release(PatientId patient, Guid message, long claim)
    {
        if ((await desk.Peek(patient, CancellationToken.None)).Messages.GetValueOrDefault(message) is { Waits: true })
            await shelf.Write(options.Practice, Kind, message.ToString("D"), claim, JsonSerializer.SerializeToUtf8Bytes(options.Clock.GetUtcNow()), CancellationToken.None);
        else
            await shelf.Remove(options.Practice, Kind, message.ToString("D"), CancellationToken.None);
    }

    async Task<Dispatch> Next(Chart chart, Guid message, CancellationToken stop)
    {
        var clinic = chart.Messages.GetValueOrDefault(message) is { Waits: true } waiting && Casement.Referrals.PartnerAddress.ClinicOf(chart, waiting.Asked) is { } id ? await partners.Find(id, stop) : null;
        return Delivering.Next(chart, message, options.Messages, options.Zone, options.Clock.GetUtcNow(), clinic is var (found, _) ? found.Email.Trim() : "", options.Texts is not null);
    }

    /// <summary>The version of the claim when this node has it; null when another does. The claim holds the instant it runs out.</summary>
    async Task<long?> Claim(Guid message, CancellationToken stop)
    {
        var now = options.Clock.GetUtcNow();
        var kept = await shelf.Read(options.Practice, Kind, message.ToString("D"), stop);
        if (kept is not null && JsonSerializer.Deserialize<DateTimeOffset>(kept.Content.Span) > now) return null;
        var version = kept?.Version ?? 0;
        return await shelf.Write(options.Practice, Kind, message.ToString("D"), version, JsonSerializer.SerializeToUtf8Bytes(now + options.Messages.Policy.Claim), stop) ? version + 1 : null;
    }
}

static partial class SendingLog
{
    [LoggerMessage(LogLevel.Error, "A message was not sent: {Kind}. {Where}")]
    public static partial void Failed(ILogger log, string kind, string? where);

    [LoggerMessage(LogLevel.Warning, "A message of the kind {Template} was not delivered: {Because}")]
    public static partial void NotDelivered(ILogger log, string template, string because);
}
