using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Casement.Web.Messages;

/// <summary>Where a mail server is, and whether the line to it is sealed.</summary>
public sealed record SmtpAddress(string Host, int Port, string User, string Password, SecureSocketOptions Tls)
{
    /// <summary>Reads smtp://user:password@host:port or smtps://; the password may come from elsewhere. Null when it is neither.</summary>
    public static SmtpAddress? Read(string address, string? password = null)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0 || uri.AbsolutePath.Length > 1) return null;
        var user = uri.UserInfo.Split(':', 2);
        // Without a sealed line anybody on the way reads the mail; only this machine itself is trusted without one.
        var tls = uri.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : uri.IsLoopback ? SecureSocketOptions.None : SecureSocketOptions.StartTls;
        var port = uri.Port > 0 ? uri.Port : uri.Scheme == "smtps" ? 465 : 587;
        return new(uri.IdnHost, port, Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : password ?? "", tls);
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"smtp {Host}:{Port}";
}

/// <summary>Hands mail to a server by SMTP. One connection for each message: a practice sends a few an hour.</summary>
public sealed class Smtp(SmtpAddress server) : IPost
{
    public string Name => server.ToString();

    public async Task Deliver(MimeMessage message, CancellationToken stop)
    {
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Tls, stop);
            if (server.User.Length > 0) await client.AuthenticateAsync(new NetworkCredential(server.User, server.Password), stop);
            await client.SendAsync(message, stop);
        }
        // The server's own words may hold the address, so they stay out.
        catch (SmtpCommandException e) when (e.ErrorCode is SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500)
        {
            throw new NotDeliveredException("The mail server says there is no such address.", forGood: true, e);
        }
        catch (SmtpCommandException e)
        {
            throw new NotDeliveredException($"The mail server refused the message ({(int)e.StatusCode}).", cause: e);
        }
        catch (AuthenticationException e)
        {
            throw new NotDeliveredException("The mail server refused the user or the password.", cause: e);
        }
        catch (NotSupportedException e)
        {
            throw new NotDeliveredException("The mail server cannot seal the line, and mail must not travel open.", cause: e);
        }
        catch (SslHandshakeException e)
        {
            throw new NotDeliveredException("The mail server's certificate is not to be trusted.", cause: e);
        }
        catch (TimeoutException e)
        {
            throw new NotDeliveredException("The mail server did not answer in time.", cause: e);
        }
        catch (Exception e) when (e is ProtocolException or IOException or SocketException)
        {
            throw new NotDeliveredException("The mail server cannot be reached.", cause: e);
        }
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception e) when (e is ProtocolException or CommandException or IOException or SocketException or TimeoutException or OperationCanceledException)
        {
            // It was taken; a farewell that fails must not send it a second time.
        }
    }
}
