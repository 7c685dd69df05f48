namespace Casement.Web.Messages;

/// <summary>A text message, or a few words a machine says by phone. Without a clinical word, like all messages.</summary>
/// <param name="Id">The message it carries; handed over twice it is the same.</param>
/// <param name="Number">Such as +13035550142.</param>
/// <param name="IsCall">It is spoken, not written.</param>
public sealed record TextMessage(Guid Id, string Number, bool IsCall, string Words);

/// <summary>What takes text messages and calls and carries them off.</summary>
public interface ITexts
{
    /// <summary>As written in the chart; never a password.</summary>
    string Name { get; }

    /// <summary>Returns when it is in other hands; throws <see cref="NotDeliveredException"/> when it is not.</summary>
    Task Deliver(TextMessage message, CancellationToken stop);
}
