namespace Casement.Web.Messages;

/// <summary>Text messages and calls that reach nobody: each is a file in a folder, for looking at in the demonstration. Only the account the program runs under may read them.</summary>
public sealed class TextFolder(string folder) : ITexts
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Name => "text folder";

    public async Task Deliver(TextMessage message, CancellationToken stop)
    {
        // One handed over twice lands in the same file.
        var (file, draft) = (Path.Combine(folder, $"{message.Id:N}.txt"), Path.Combine(folder, $"{Guid.NewGuid():N}.part"));
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
            await using (var writer = new StreamWriter(stream))
                await writer.WriteAsync($"{(message.IsCall ? "Call" : "Text")} to {message.Number}\n\n{message.Words}\n".AsMemory(), stop);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotDeliveredException("The folder of text messages cannot be written.", cause: e);
        }
    }
}
