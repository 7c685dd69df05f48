using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Casement.Bench;

/// <summary>One kept connection that sends bytes and reads an answer to its end: a client that costs far less than what it measures.</summary>
sealed class RawClient : IDisposable
{
    readonly TcpClient socket;
    readonly NetworkStream stream;
    readonly string host;
    readonly Dictionary<string, string> cookies = [];
    byte[] buffer = new byte[256 * 1024];
    int filled;

    public RawClient(Uri address)
    {
        host = $"{address.Host}:{address.Port}";
        socket = new(address.Host, address.Port) { NoDelay = true };
        stream = socket.GetStream();
    }

    /// <summary>Another connection of the same browser.</summary>
    public RawClient Another(Uri address)
    {
        var other = new RawClient(address);
        foreach (var (name, value) in cookies) other.cookies[name] = value;
        return other;
    }

    /// <summary>Bytes of the last answer's body as they came over the wire.</summary>
    public int Received { get; private set; }

    public string Location { get; private set; } = "";

    public Task<(int Status, string Body)> Get(string path, bool keepBody = false) => Ask($"GET {path} HTTP/1.1\r\n{Headers()}\r\n", keepBody);

    public Task<(int Status, string Body)> Post(string path, string form, bool keepBody = false) =>
        Ask($"POST {path} HTTP/1.1\r\n{Headers()}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {Encoding.UTF8.GetByteCount(form)}\r\n\r\n{form}", keepBody);

    string Headers() => $"Host: {host}\r\nAccept-Encoding: br\r\n{(cookies.Count > 0 ? $"Cookie: {string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}"))}\r\n" : "")}";

    async Task<(int, string)> Ask(string request, bool keepBody)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        int head;
        while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0) await Fill();
        var headers = Encoding.Latin1.GetString(buffer, 0, head).Split("\r\n");
        var status = int.Parse(headers[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        var (length, chunked) = (0, false);
        Location = "";
        foreach (var header in headers.Skip(1))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (header[..colon], header[(colon + 1)..].Trim());
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) length = int.Parse(value, CultureInfo.InvariantCulture);
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) chunked = true;
            else if (name.Equals("Location", StringComparison.OrdinalIgnoreCase)) Location = value;
            else if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) && value.Split(';')[0].Split('=', 2) is [var cookie, var content]) cookies[cookie] = content;
        }
        Drop(head + 4);
        Received = 0;
        var body = new StringBuilder();
        if (chunked)
        {
            while (true)
            {
                int line;
                while ((line = buffer.AsSpan(0, filled).IndexOf("\r\n"u8)) < 0) await Fill();
                var size = int.Parse(Encoding.Latin1.GetString(buffer, 0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                Drop(line + 2);
                await Take(size, keepBody ? body : null);
                while (filled < 2) await Fill();
                Drop(2);
                if (size == 0) break;
            }
        }
        else
        {
            await Take(length, keepBody ? body : null);
        }
        return (status, body.ToString());
    }

    async Task Take(int size, StringBuilder? body)
    {
        while (filled < size) await Fill();
        body?.Append(Encoding.UTF8.GetString(buffer, 0, size));
        Received += size;
        Drop(size);
    }

    async Task Fill()
    {
        if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await stream.ReadAsync(buffer.AsMemory(filled));
        if (read == 0) throw new IOException("The server closed the connection.");
        filled += read;
    }

    void Drop(int count)
    {
        filled -= count;
        Buffer.BlockCopy(buffer, count, buffer, 0, filled);
    }

    public void Dispose() => socket.Dispose();
}
