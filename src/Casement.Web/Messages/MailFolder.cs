using MimeKit;

namespace Casement.Web.Messages;

/// <summary>
/// Mail that goes nowhere: each message is a file in a folder, for a practice without a mail server and for looking at in the demonstration.
/// The files hold addresses and links in clear, so only the account the program runs under may read them.
/// </summary>
public sealed class MailFolder(string folder) : IPost
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Name => "folder";

    public async Task Deliver(MimeMessage message, CancellationToken stop)
    {
        // A message handed over twice has the same id and lands in the same file.
        var (file, draft) = (FileOf(MessageOf(message)), Path.Combine(folder, $"{Guid.NewGuid():N}.part"));
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
                options.UnixCreateMode = OwnerOnly;
            }
            await using (var stream = new FileStream(draft, options))
            {
                await message.WriteToAsync(stream, stop);
                stream.Flush(flushToDisk: true);
            }
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotDeliveredException("The mail folder cannot be written.", cause: e);
        }
    }

    /// <summary>A message as it lies here; null when there is none.</summary>
    public async Task<MimeMessage?> Read(Guid message, CancellationToken stop) => File.Exists(FileOf(message)) ? await MimeMessage.LoadAsync(FileOf(message), stop) : null;

    static Guid MessageOf(MimeMessage message) =>
        Guid.TryParse(message.MessageId?.Split('@')[0], out var id) ? id : throw new ArgumentException("The Message-ID is not made from the id of a message.", nameof(message));

    string FileOf(Guid message) => Path.Combine(folder, $"{message:N}.eml");
}
