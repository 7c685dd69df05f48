using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Messages;

/// <summary>What shall happen with a message now.</summary>
public abstract record Dispatch;

/// <summary>Hand it over.</summary>
/// <param name="To">The address; empty for staff means every clinician.</param>
public sealed record Send(MessageAsked Message, string To) : Dispatch;

/// <summary>Leave it for now.</summary>
public sealed record Wait(DateTimeOffset Until) : Dispatch;

/// <summary>Do not send it.</summary>
public sealed record Hold(HeldBecause Because, bool Call) : Dispatch;

/// <summary>It waits no longer: somebody else saw to it.</summary>
public sealed record Done : Dispatch;

/// <summary>Whether, when and to which address a message goes, and what is written down about it.</summary>
public static class Delivering
{
    /// <param name="clinic">Where the directory says that mail to this clinic goes now; empty for what the message says.</param>
    /// <param name="texts">Whether text messages go out from here.</param>
    public static Dispatch Next(Chart chart, Guid id, MessageRules rules, TimeZoneInfo zone, DateTimeOffset now, string clinic = "", bool texts = false)
    {
        if (!chart.Messages.TryGetValue(id, out var message) || !message.Waits) return new Done();
        if (message.DueAt > now) return new Wait(message.DueAt);
        var (asked, template) = (message.Asked, rules.Templates.GetValueOrDefault(message.Asked.Template));
        var to = asked.To is { Kind: AddresseeKind.Patient, Email: "" } ? ToPatient(chart, template, texts) : asked.To.Kind is AddresseeKind.Partner && clinic.Length > 0 ? clinic : asked.To.Email;
        if (Reason(chart, message, template, rules.Policy, to, now) is { } because) return Held(asked, template, because);
        // Staff and partners are reached at work; what a person just asked for and what cannot wait goes at any hour.
        var open = ToAPerson(asked) && template is { AtAnyHour: false, Purpose: not (Purpose.SignIn or Purpose.Safety) } ? rules.Policy.Quiet.NextOpen(now, zone) : now;
        // A visit that begins before anybody may be written to again is told now.
        return open > now && !(asked.Visit?.At <= open) ? new Wait(open) : new Send(asked, to);
    }

    /// <summary>By text message where they chose it, it can go out and there is a number; otherwise by mail, so that a choice never leads nowhere.</summary>
    static string ToPatient(Chart chart, MessageTemplate? template, bool texts) =>
        texts && template is { Purpose: var purpose } && chart.Reaching.For(purpose) is Channel.Text && PhoneOrMail.Number(chart.Who?.Phone ?? "") is { } number
            ? PhoneOrMail.Text(number)
            : chart.Who?.Email ?? "";

    /// <summary>Why a message must not go; null when it may.</summary>
    static HeldBecause? Reason(Chart chart, MessageOnChart message, MessageTemplate? template, DeliveryPolicy policy, string to, DateTimeOffset now) => message.Asked switch
    {
        { Through: { } link } when !(chart.Links.TryGetValue(link, out var given) && given.OpensAt(now)) => HeldBecause.TooLate,
        // Questions that were answered, or whose time is over, are nothing to be reminded of.
        { About: { } about } when chart.Sittings.TryGetValue(about, out var sitting) && (sitting.Asked.ClosesAt <= now || !sitting.Left(chart).Any()) => HeldBecause.TooLate,
        { Visit: { Cancelled: false } visit } when visit.At.AddMinutes(visit.Minutes) <= now => HeldBecause.TooLate,
        // Moved or called off meanwhile: the later message says all there is to say.
        { Visit: { } visit, To.Kind: var kind } when chart.Messages.Values.Any(m => m.Asked.To.Kind == kind && m.Asked.Visit is { } later && later.Id == visit.Id && later.Sequence > visit.Sequence) => HeldBecause.TooLate,
        { To.Kind: AddresseeKind.Support } when chart.Reaching.StoppedSupport.Contains(MessageFold.Address(to)) => HeldBecause.Stopped,
        { To.Kind: AddresseeKind.Patient } when Unwanted(chart, message, template, policy, now) is { } because => because,
        { To.Kind: not AddresseeKind.Staff } when to.Length == 0 => HeldBecause.NoAddress,
        _ => null,
    };

    static HeldBecause? Unwanted(Chart chart, MessageOnChart message, MessageTemplate? template, DeliveryPolicy policy, DateTimeOffset now) => template switch
    {
        null or { Purpose: Purpose.SignIn or Purpose.Safety } => null,
        _ when message.Again => null,
        _ when chart.Reaching.StoppedAt is not null => HeldBecause.Stopped,
        { Purpose: var purpose } when chart.Reaching.For(purpose) is Channel.None => HeldBecause.NotWanted,
        { Purpose: var purpose } when chart.Reaching.For(purpose) is Channel.Call => HeldBecause.CallInstead,
        { Purpose: Purpose.Task } when Nudges(chart, message.Asked, policy, now) >= policy.MostNudges => HeldBecause.EnoughNudges,
        _ => null,
    };

    /// <summary>How often this person was already told about the task, in the time that counts.</summary>
    static int Nudges(Chart chart, MessageAsked asked, DeliveryPolicy policy, DateTimeOffset now) => chart.Messages.Values.Count(m =>
        m.Sent is { } sent
        && m.Asked.To.Kind == AddresseeKind.Patient
        && (asked.About is { } task
            ? m.Asked.About == task
            : m.Asked.About is null && (m.Asked.Template, m.Asked.Page) == (asked.Template, asked.Page) && sent.SentAt > now - policy.NudgesOver));

    static bool ToAPerson(MessageAsked asked) => asked.To.Kind is AddresseeKind.Patient or AddresseeKind.Support;

    /// <summary>Somebody phones when the patient has to learn of it, asked to be called, or cannot be written to at all; a partner without an address always needs a call.</summary>
    static Hold Held(MessageAsked asked, MessageTemplate? template, HeldBecause because) => new(because, because switch
    {
        HeldBecause.NoAddress or HeldBecause.CallInstead => true,
        HeldBecause.TooLate or HeldBecause.EnoughNudges => false,
        _ => asked.To.Kind is AddresseeKind.Patient && template?.CallIfNotSent is true,
    });

    public static Decision Sent(Chart chart, MessageSent sent) => chart.Messages.GetValueOrDefault(sent.Message) switch
    {
        null => Decision.Refuse("We have no such message."),
        { Sent: not null } => Decision.Nothing,
        _ => Decision.Accept(sent),
    };

    /// <param name="forGood">Trying again cannot help: the address does not exist.</param>
    public static Decision Failed(Chart chart, Guid id, string because, bool forGood, DeliveryPolicy policy, DateTimeOffset now)
    {
        if (!chart.Messages.TryGetValue(id, out var message) || !message.Waits) return Decision.Nothing;
        var attempt = message.Failures.Count + 1;
        return forGood || attempt > policy.Waits.Length
            ? Decision.Accept(new MessageGivenUp(id, attempt, because))
            : Decision.Accept(new MessageFailed(id, attempt, because, now + policy.Waits[attempt - 1]));
    }

    public static Decision Held(Chart chart, Guid id, Hold hold) =>
        chart.Messages.GetValueOrDefault(id) is { Waits: true } ? Decision.Accept(new MessageHeldBack(id, hold.Because, hold.Call)) : Decision.Nothing;

    /// <summary>Stop: nothing more goes, not even what is waiting; only what the person asks for themselves.</summary>
    public static Decision Stop(Chart chart, MessageRules rules, AddresseeKind who, string email = "")
    {
        if (who is not (AddresseeKind.Patient or AddresseeKind.Support)) return Decision.Refuse("Messages about work cannot be stopped. Call the practice.");
        var address = MessageFold.Address(email);
        if (who is AddresseeKind.Support ? chart.Reaching.StoppedSupport.Contains(address) : chart.Reaching.StoppedAt is not null) return Decision.Nothing;
        var queued = chart.Messages.Values.OrderBy(m => m.AskedAt).ThenBy(m => m.Asked.Message).Where(m => m.Waits && m.Asked.To.Kind == who
            && (who is AddresseeKind.Patient
                ? rules.Templates.GetValueOrDefault(m.Asked.Template) is not { Purpose: Purpose.SignIn or Purpose.Safety }
                : MessageFold.Address(m.Asked.To.Email) == address));
        return Decision.Accept(
        [
            new MessagesStopped(who, who is AddresseeKind.Support ? address : ""),
            .. queued.Select(m => new MessageHeldBack(m.Asked.Message, HeldBecause.Stopped, who is AddresseeKind.Patient && rules.Templates.GetValueOrDefault(m.Asked.Template)?.CallIfNotSent is true)),
        ]);
    }

    public static Decision StartAgain(Chart chart) =>
        chart.Reaching.StoppedAt is null ? Decision.Nothing : Decision.Accept(new MessagesStartedAgain(AddresseeKind.Patient));

    /// <summary>The purposes a patient may choose a way for.</summary>
    public static ImmutableArray<Purpose> Choosable { get; } = [Purpose.Task, Purpose.Clearance, Purpose.Appointment, Purpose.Referral, Purpose.Message];

    public static Decision Choose(Chart chart, ImmutableArray<PurposeChoice> choices)
    {
        var changed = choices.Where(c => Choosable.Contains(c.For) && chart.Reaching.For(c.For) != c.By).ToImmutableArray();
        return changed.IsEmpty ? Decision.Nothing : Decision.Accept(new MessagePreferencesChosen(changed));
    }

    public static Decision Settle(Chart chart, Guid id, string how) => chart.Messages.GetValueOrDefault(id) switch
    {
        null => Decision.Refuse("We have no such message."),
        { State: Delivery.Settled } => Decision.Nothing,
        { NeedsSomebody: false } => Decision.Refuse("Nothing is left to do about this message."),
        _ when string.IsNullOrWhiteSpace(how) => Decision.Refuse("Say how they were told, or why it no longer matters."),
        _ => Decision.Accept(new MessageSettled(id, how.Trim())),
    };

    public static Decision Again(Chart chart, Guid id) => chart.Messages.GetValueOrDefault(id) switch
    {
        null => Decision.Refuse("We have no such message."),
        { Waits: true } => Decision.Nothing,
        { HeldBack.Because: HeldBecause.Stopped or HeldBecause.NotWanted } => Decision.Refuse("They asked for no messages. Call them instead."),
        { State: Delivery.GivenUp or Delivery.HeldBack } => Decision.Accept(new MessageAskedAgain(id)),
        _ => Decision.Refuse("This message was sent or settled already."),
    };
}
