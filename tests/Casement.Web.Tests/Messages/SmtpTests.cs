using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Casement.Web.Messages;
using MailKit.Security;
using MimeKit;

namespace Casement.Web.Tests.Messages;

/// <summary>Against a real mail server.</summary>
public sealed class SmtpTests
{
    static readonly CancellationToken Stop = CancellationToken.None;

    static MimeMessage Mail(string to = "wren@example.org", string name = "Nguyễn Thị Hạnh")
    {
        var mail = new MimeMessage { MessageId = $"{Guid.NewGuid():N}@practice.example", Subject = string.Join(' ', Enumerable.Repeat("Größe señalado", 20)), Body = new TextPart("plain") { Text = "Grüße\n.\n..\nEnd" } };
        mail.From.Add(new MailboxAddress("Praxis Müller, Denver", "mail@practice.example"));
        mail.To.Add(new MailboxAddress(name, to));
        return mail;
    }

    static SmtpAddress At(string address) => SmtpAddress.Read(address) ?? throw new InvalidOperationException(address);

    [Fact]
    public async Task A_message_arrives_as_it_was_written()
    {
        await using var server = await MailServer.Start();
        var mail = Mail();
        await new Smtp(At($"smtp://127.0.0.1:{server.Port}")).Deliver(mail, Stop);
        var got = await server.Only();
        Assert.Equal((mail.MessageId, mail.Subject, "Nguyễn Thị Hạnh", "Praxis Müller, Denver"), (got.MessageId, got.Subject, got.To.Mailboxes.Single().Name, got.From.Mailboxes.Single().Name));
        Assert.Equal("Grüße\n.\n..\nEnd", got.TextBody?.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("wren@example.org", got.Headers["X-Rcpt"]);
    }

    [Fact]
    public async Task The_whole_way_from_the_chart_to_the_server()
    {
        await using var server = await MailServer.Start("auth");
        await using var house = await House.Open(o => o with { Post = new Smtp(At($"smtp://casement:orchard@127.0.0.1:{server.Port}")), MailFrom = "mail@practice.example" });
        house.ToLocal(new(12, 0));
        var patient = await house.Admit(Sayings.Claudia with { Email = "hạnh.ordóñez@example.org" });
        var nobody = await house.Admit(Sayings.Claudia with { Email = "nobody@example.org" });
        var later = await house.Admit(Sayings.Claudia with { Email = "later@example.org" });
        var ids = new[] { await house.Ask(patient, "intake-waiting"), await house.Ask(nobody, "intake-waiting"), await house.Ask(later, "intake-waiting") };
        Assert.Equal(1, await house.SendDue());
        Assert.StartsWith("Hello Clau,", (await server.Only()).TextBody, StringComparison.Ordinal);
        Assert.Equal($"smtp 127.0.0.1:{server.Port}", (await house.Message(patient, ids[0])).Sent?.Through);
        Assert.Equal("The mail server says there is no such address.", (await house.Message(nobody, ids[1])).GivenUp?.Because);
        Assert.Equal("The mail server refused the message (451).", (await house.Message(later, ids[2])).Failures.Single().Because);
    }

    [Fact]
    public async Task A_wrong_password_is_a_sentence()
    {
        await using var server = await MailServer.Start("auth");
        var trouble = await Assert.ThrowsAsync<NotDeliveredException>(() => new Smtp(At($"smtp://casement:wrong@127.0.0.1:{server.Port}")).Deliver(Mail(), Stop));
        Assert.Equal(("The mail server refused the user or the password.", false), (trouble.Message, trouble.ForGood));
    }

    [Fact]
    public async Task Mail_does_not_travel_open()
    {
        await using var server = await MailServer.Start();
        var strict = At($"smtp://127.0.0.1:{server.Port}") with { Tls = SecureSocketOptions.StartTls };
        Assert.Contains("cannot seal the line", (await Assert.ThrowsAsync<NotDeliveredException>(() => new Smtp(strict).Deliver(Mail(), Stop))).Message, StringComparison.Ordinal);
        Assert.Empty(server.Files);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        await using var server = await MailServer.Start("tls");
        var strict = At($"smtp://127.0.0.1:{server.Port}") with { Tls = SecureSocketOptions.StartTls };
        Assert.Contains("not to be trusted", (await Assert.ThrowsAsync<NotDeliveredException>(() => new Smtp(strict).Deliver(Mail(), Stop))).Message, StringComparison.Ordinal);
        Assert.Empty(server.Files);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_sentence()
    {
        var server = await MailServer.Start();
        await server.DisposeAsync();
        Assert.Equal("The mail server cannot be reached.", (await Assert.ThrowsAsync<NotDeliveredException>(() => new Smtp(At($"smtp://127.0.0.1:{server.Port}")).Deliver(Mail(), Stop))).Message);
    }

    [Theory]
    [InlineData("smtp://mail.practice.example", "mail.practice.example", 587, SecureSocketOptions.StartTls)]
    [InlineData("smtp://u%40x:p%3Aw@mail.practice.example:2525", "mail.practice.example", 2525, SecureSocketOptions.StartTls)]
    [InlineData("smtps://mail.practice.example", "mail.practice.example", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtp://localhost:1025", "localhost", 1025, SecureSocketOptions.None)]
    public void Only_this_machine_is_trusted_without_a_sealed_line(string address, string host, int port, SecureSocketOptions tls)
    {
        var read = At(address);
        Assert.Equal((host, port, tls), (read.Host, read.Port, read.Tls));
        if (read.User.Length > 0) Assert.Equal(("u@x", "p:w"), (read.User, read.Password));
        Assert.Equal("secret", SmtpAddress.Read("smtp://user@mail.practice.example", "secret")?.Password);
        Assert.DoesNotContain("p:w", read.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.practice.example")]
    [InlineData("http://mail.practice.example")]
    [InlineData("smtp://")]
    [InlineData("smtp://host/path")]
    public void Anything_else_is_no_mail_server(string address) => Assert.Null(SmtpAddress.Read(address));

    /// <summary>Debian's python3-aiosmtpd, on a port of its own.</summary>
    sealed class MailServer(Process process, DirectoryInfo folder, int port) : IAsyncDisposable
    {
        public int Port => port;

        public FileInfo[] Files => folder.GetFiles("*.eml");

        public static async Task<MailServer> Start(params string[] words)
        {
            var folder = Directory.CreateTempSubdirectory("casement-smtp-");
            if (words.Contains("tls")) Certificate(folder.FullName);
            var script = Path.Combine(House.Root, "tests", "Casement.Web.Tests", "smtp", "server.py");
            // Debian's own Python, whatever else is on the path: the package is installed for it.
            var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", script, folder.FullName, .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new InvalidOperationException("Python did not start.");
            var errors = process.StandardError.ReadToEndAsync();
            return int.TryParse(await process.StandardOutput.ReadLineAsync(), out var port)
                ? new(process, folder, port)
                : throw new InvalidOperationException($"The mail server did not start; is python3-aiosmtpd installed? {await errors}");
        }

        static void Certificate(string folder)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        }

        public async Task<MimeMessage> Only() => await MimeMessage.LoadAsync(Assert.Single(Files).FullName);

        public async ValueTask DisposeAsync()
        {
            if (!Directory.Exists(folder.FullName)) return;
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
            folder.Delete(recursive: true);
        }
    }
}
