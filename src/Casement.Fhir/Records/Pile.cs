using System.Text.Json;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>The resources of a file, unfolded from Bundles, Parameters and lines, and the documents that hold them until it is put away.</summary>
sealed class Pile(RecordLimits limits) : IDisposable
{
    /// <summary>A smaller file cannot hold enough elements to matter.</summary>
    const int LooksInsideFrom = 4 * 1024 * 1024;

    readonly List<JsonDocument> documents = [];
    readonly Dictionary<string, DateTimeOffset> deleted = [];
    DateTimeOffset? stamped;

    public List<Resource> Resources { get; } = [];
    public List<string> Problems { get; } = [];
    public bool IsBundle { get; private set; }

    /// <summary>When a Bundle says it was put together, or the import if that is earlier or it does not say.</summary>
    public DateTimeOffset StatedAt(DateTimeOffset asOf) => stamped is { } at && at < asOf ? at : asOf;

    /// <summary>Adds a document, or one a line; answers why not when it cannot.</summary>
    /// <param name="bytes">As received; they must outlive the pile.</param>
    /// <param name="lines">False when the bytes are one line already.</param>
    /// <param name="before">Lines before this one, for the place of an error.</param>
    public string? Add(ReadOnlyMemory<byte> bytes, bool lines = true, long before = 0)
    {
        if (bytes.Length > limits.MaxBytes) return ReadBytes.TooLarge(limits.MaxBytes);
        var (utf8, because) = ReadBytes.Look(bytes, limits.MaxBytes);
        if (because is not null) return because;
        try
        {
            if (utf8.Length > LooksInsideFrom && IsCrowded(utf8.Span)) return $"The file has more than {limits.MaxElements / 1_000_000} million elements, which no record of one person has.";
            return AddDocument(utf8);
        }
        catch (MisshapenException e)
        {
            return $"This cannot be read: {e.Message}.";
        }
        catch (JsonException e)
        {
            if (!lines) return ReadBytes.Broken(e, before);
            return StopsBeforeNextLine(utf8.Span) || LooksLikeLines(utf8.Span) ? AddLines(utf8) : ReadBytes.Broken(e, before);
        }
    }

    /// <summary>True when the first value is whole and something follows it on a later line.</summary>
    bool StopsBeforeNextLine(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
            reader.Read();
            reader.Skip();
            var rest = utf8[(int)reader.BytesConsumed..];
            var next = rest.IndexOfAnyExcept(" \t\r\n"u8);
            return next > 0 && rest[..next].Contains((byte)'\n');
        }
        catch (JsonException)
        {
            // The caller holds the error and reports it; here it only means "no".
            return false;
        }
    }

    /// <summary>The index takes 12 bytes an element, so that many small elements cost more than the file itself.</summary>
    bool IsCrowded(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var elements = 0;
        while (reader.Read())
        {
            if (++elements > limits.MaxElements) return true;
        }
        return false;
    }

    public void Dispose()
    {
        foreach (var document in documents) document.Dispose();
        documents.Clear();
    }

    string? AddLines(ReadOnlyMemory<byte> utf8)
    {
        var number = 0;
        string? first = null;
        while (utf8.Length > 0)
        {
            var end = utf8.Span.IndexOf((byte)'\n');
            var line = end < 0 ? utf8 : utf8[..end];
            utf8 = end < 0 ? default : utf8[(end + 1)..];
            number++;
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
            if (Add(line, lines: false, number - 1) is not { } because) continue;
            first ??= because;
            Problems.Add($"Line {number} was left out. {because}");
        }
        return Resources.Count == 0 ? first ?? ReadBytes.Empty : null;
    }

    /// <summary>One resource a line, one of them broken: every second line or more begins and ends like an object.</summary>
    static bool LooksLikeLines(ReadOnlySpan<byte> utf8)
    {
        int whole = 0, other = 0;
        foreach (var range in utf8.Split((byte)'\n'))
        {
            var line = utf8[range].Trim(" \t\r"u8);
            if (line.Length == 0) continue;
            if (line is [(byte)'{', (byte)'"', .., (byte)'}']) whole++;
            else other++;
        }
        return whole > 1 && whole >= other;
    }

    string? AddDocument(ReadOnlyMemory<byte> json)
    {
        var document = JsonDocument.Parse(json, new() { MaxDepth = limits.MaxDepth });
        documents.Add(document);
        var root = document.RootElement;
        if (TypeOf(root).Length == 0) return "This JSON is not FHIR: it has no resourceType.";
        IsBundle |= TypeOf(root) is "Bundle" or "Parameters";
        Unfold(root, "");
        foreach (var (reference, at) in deleted)
        {
            var gone = Resources.RemoveAll(r => r.Type != "Patient" && r.Reference == reference && !(LastUpdated(r.Json) > at));
            if (gone > 0) Problems.Add($"{reference} was deleted in the record and is not used.");
        }
        deleted.Clear();
        return null;
    }

    /// <summary>Adds the resources of a JSON list put together from lines that were read before.</summary>
    public string? AddList(ReadOnlyMemory<byte> list)
    {
        try
        {
            var document = JsonDocument.Parse(list, new() { MaxDepth = limits.MaxDepth + 1 });
            documents.Add(document);
            foreach (var resource in document.RootElement.EnumerateArray()) Kept(resource, r => Unfold(r, ""));
            return null;
        }
        catch (JsonException e)
        {
            return ReadBytes.Broken(e);
        }
    }

    /// <summary>Depth is bounded by the limit the document was parsed with.</summary>
    void Unfold(JsonElement resource, string fullUrl)
    {
        switch (TypeOf(resource))
        {
            case "":
                Problems.Add("An entry was left out: it has no resourceType.");
                break;
            case "Bundle":
                if (resource.TryGetProperty("timestamp", out var timestamp) && timestamp.ValueKind == JsonValueKind.String && Moment.Parse(timestamp.Word("timestamp"), TimeSpan.Zero) is { } at && !(stamped <= at.Latest)) stamped = at.Latest;
                foreach (var entry in Objects(resource, "entry")) Kept(entry, UnfoldEntry);
                break;
            case "Parameters":
                UnfoldParameters(resource, "parameter");
                break;
            case var type:
                var id = resource.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String ? given.Word("id") : "";
                Resources.Add(new(type, id, fullUrl, resource, Resources.Count + 1));
                break;
        }
    }

    /// <summary>What cannot be read is left out by itself.</summary>
    void Kept(JsonElement element, Action<JsonElement> unfold)
    {
        try
        {
            unfold(element);
        }
        catch (MisshapenException e)
        {
            Problems.Add($"An entry was left out: {e.Message}.");
        }
    }

    void UnfoldEntry(JsonElement entry)
    {
        var url = entry.TryGetProperty("fullUrl", out var full) && full.ValueKind == JsonValueKind.String ? full.Word("fullUrl") : "";
        var isDelete = entry.TryGetProperty("request", out var request) && request.ValueKind == JsonValueKind.Object && request.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String && method.ValueEquals("DELETE"u8);
        if (isDelete && request.TryGetProperty("url", out var target) && target.ValueKind == JsonValueKind.String)
        {
            var when = entry.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object && response.TryGetProperty("lastModified", out var modified) && modified.ValueKind == JsonValueKind.String ? Moment.Parse(modified.Word("lastModified"), TimeSpan.Zero)?.Latest : null;
            deleted[Subject.Tail(target.Word("url"))] = when ?? DateTimeOffset.MaxValue;
        }
        else if (entry.TryGetProperty("resource", out var resource))
        {
            if (resource.ValueKind == JsonValueKind.Object) Unfold(resource, url);
            else Problems.Add("An entry was left out: its resource is not an object.");
        }
    }

    void UnfoldParameters(JsonElement from, string name)
    {
        foreach (var parameter in Objects(from, name))
        {
            if (parameter.TryGetProperty("resource", out var resource) && resource.ValueKind == JsonValueKind.Object) Unfold(resource, "");
            UnfoldParameters(parameter, "part");
        }
    }

    IEnumerable<JsonElement> Objects(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var list)) yield break;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Problems.Add($"'{name}' is not a list.");
            yield break;
        }
        foreach (var one in list.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.Object) yield return one;
            else Problems.Add($"Something in '{name}' was left out: it is not an object.");
        }
    }

    static string TypeOf(JsonElement resource) => resource.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String ? type.Word("resourceType") : "";

    static DateTimeOffset? LastUpdated(JsonElement json) =>
        json.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("lastUpdated", out var updated) && updated.ValueKind == JsonValueKind.String ? Moment.Parse(updated.Word("lastUpdated"), TimeSpan.Zero)?.Latest : null;
}
