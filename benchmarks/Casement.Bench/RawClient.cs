using System.Buffers.Text;
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
    readonly byte[] request = new byte[64 * 1024];
    byte[] headers = [];
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

    public Task<(int Status, string Body)> Get(string path, bool keepBody = false)
    {
        var length = Write(0, "GET ", path, " HTTP/1.1\r\n");
        return Ask(End(length), keepBody);
    }

    public Task<(int Status, string Body)> Post(string path, string form, bool keepBody = false)
    {
        var length = Write(0, "POST ", path, " HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
        Utf8Formatter.TryFormat(Encoding.UTF8.GetByteCount(form), request.AsSpan(length), out var digits);
        return Ask(Write(End(Write(length + digits, "\r\n")), form), keepBody);
    }

    int Write(int at, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts) at += Encoding.UTF8.GetBytes(part, request.AsSpan(at));
        return at;
    }

    int End(int at)
    {
        if (headers.Length == 0) headers = Encoding.UTF8.GetBytes($"Host: {host}\r\nAccept-Encoding: br\r\n{(cookies.Count > 0 ? $"Cookie: {string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}"))}\r\n" : "")}\r\n");
        headers.CopyTo(request, at);
        return at + headers.Length;
    }

    async Task<(int, string)> Ask(int length, bool keepBody)
    {
        await stream.WriteAsync(request.AsMemory(0, length));
        int head;
        while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0) await Fill();
        var status = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
        var (size, chunked) = Length(buffer.AsSpan(0, head));
        KeepCookies(buffer.AsSpan(0, head));
        Drop(head + 4);
        Received = 0;
        var body = keepBody ? new StringBuilder() : null;
        if (!chunked)
        {
            await Take(size, body);
        }
        else
        {
            do
            {
                int line;
                while ((line = buffer.AsSpan(0, filled).IndexOf("\r\n"u8)) < 0) await Fill();
                if (!Utf8Parser.TryParse(buffer.AsSpan(0, line), out size, out _, 'X')) throw new IOException("A chunk has no size.");
                Drop(line + 2);
                await Take(size, body);
                while (filled < 2) await Fill();
                Drop(2);
            } while (size > 0);
        }
        return (status, body?.ToString() ?? "");
    }

    static (int Size, bool Chunked) Length(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return (0, head.IndexOf("Transfer-Encoding: chunked"u8) >= 0);
        return Utf8Parser.TryParse(head[(at + 16)..], out int size, out _) ? (size, false) : throw new IOException("The answer's length is no number.");
    }

    void KeepCookies(ReadOnlySpan<byte> head)
    {
        for (var at = head.IndexOf("Set-Cookie: "u8); at >= 0; at = head.IndexOf("Set-Cookie: "u8))
        {
            head = head[(at + 12)..];
            if (Encoding.Latin1.GetString(head[..head.IndexOfAny((byte)';', (byte)'\r')]).Split('=', 2) is [var cookie, var content]) cookies[cookie] = content;
            headers = [];
        }
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
        if (filled > 0) Buffer.BlockCopy(buffer, count, buffer, 0, filled);
    }

    public void Dispose() => socket.Dispose();
}
