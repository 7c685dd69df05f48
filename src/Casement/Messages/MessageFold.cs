using System.Diagnostics;
using Casement.Journal;

namespace Casement.Messages;

/// <summary>What an event about messages does to the chart.</summary>
static class MessageFold
{
    public static Chart After(Chart chart, MessageEvent what, DateTimeOffset at) => what switch
    {
        MessageAsked e => chart.Messages.ContainsKey(e.Message) ? chart : chart with { Messages = chart.Messages.Add(e.Message, new(e, at)) },
        DutyCalled e => chart.Duties.ContainsKey(e.Call) ? chart : chart with { Duties = chart.Duties.Add(e.Call, new(e, at)) },
        DutyFound e => chart.Duties.TryGetValue(e.Call, out var duty) ? chart with { Duties = chart.Duties.SetItem(e.Call, duty with { Found = duty.Found ?? e }) } : chart,
        MessageSent e => With(chart, e.Message, m => m with { Sent = e, ChangedAt = at }),
        MessageFailed e => With(chart, e.Message, m => m with { Failures = m.Failures.Add(e), ChangedAt = at }),
        MessageGivenUp e => With(chart, e.Message, m => m with { GivenUp = e, ChangedAt = at }),
        MessageHeldBack e => With(chart, e.Message, m => m with { HeldBack = e, ChangedAt = at }),
        MessageSettled e => With(chart, e.Message, m => m with { Settled = e, ChangedAt = at }),
        MessageAskedAgain e => With(chart, e.Message, m => new(m.Asked with { NotBefore = at }, m.AskedAt) { Again = true, ChangedAt = at }),
        MessagePreferencesChosen e => chart with { Reaching = chart.Reaching with { Chosen = e.Choices.Aggregate(chart.Reaching.Chosen, (all, c) => all.SetItem(c.For, c.By)) } },
        MessagesStopped { Who: AddresseeKind.Support } e => chart with { Reaching = chart.Reaching with { StoppedSupport = chart.Reaching.StoppedSupport.Add(Address(e.Email)) } },
        MessagesStopped => chart with { Reaching = chart.Reaching with { StoppedAt = at } },
        MessagesStartedAgain { Who: AddresseeKind.Support } e => chart with { Reaching = chart.Reaching with { StoppedSupport = chart.Reaching.StoppedSupport.Remove(Address(e.Email)) } },
        MessagesStartedAgain => chart with { Reaching = chart.Reaching with { StoppedAt = null } },
        var other => throw new UnreachableException($"The chart does not fold {other.GetType().Name}."),
    };

    public static string Address(string email) => email.Trim().ToLowerInvariant();

    static Chart With(Chart chart, Guid message, Func<MessageOnChart, MessageOnChart> change) =>
        chart.Messages.TryGetValue(message, out var found) ? chart with { Messages = chart.Messages.SetItem(message, change(found)) } : chart;
}
