using MimeKit;

namespace Casement.Web.Messages;

/// <summary>What takes a message and carries it off.</summary>
public interface IPost
{
    /// <summary>As written in the chart, such as "smtp mail.practice.example"; never a password.</summary>
    string Name { get; }

    /// <summary>Returns when the message is in other hands; throws <see cref="NotDeliveredException"/> when it is not.</summary>
    Task Deliver(MimeMessage message, CancellationToken stop);
}

/// <summary>The message was not taken, and why, in a sentence without address or words.</summary>
/// <param name="forGood">Trying again cannot help.</param>
public sealed class NotDeliveredException(string because, bool forGood = false, Exception? cause = null) : Exception(because, cause)
{
    public bool ForGood { get; } = forGood;
}
