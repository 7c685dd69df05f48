using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Casement.Journal;

/// <summary>What each event is called on disk, and its JSON there. Names and shapes are a contract; a change of shape gets a new name and an upcaster.</summary>
public sealed class EventNames
{
    /// <summary>Strict, so that what a newer version added is noticed rather than dropped: unknown members, repeats, nulls and missing members are all refused.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // What is computed from the rest is not stored: the way to compute it may change.
        IgnoreReadOnlyProperties = true,
        // Stored text never meets HTML, and names with accents stay legible.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every event of this program.</summary>
    public static EventNames Current { get; } = new(typeof(PatientEvent).Assembly.GetTypes(), Upcaster.All);

    readonly FrozenDictionary<string, Type> types;
    readonly FrozenDictionary<Type, string> names;
    readonly FrozenDictionary<string, Upcaster> upcasters;

    public EventNames(IEnumerable<Type> among, IEnumerable<Upcaster> upcasters)
    {
        var events = among.Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(PatientEvent)) && t != typeof(Unreadable)).ToList();
        names = events.ToFrozenDictionary(t => t, t => t.GetCustomAttribute<StoredAsAttribute>()?.Name
            ?? throw new InvalidOperationException($"{t.Name} has no stored name: give it [StoredAs]."));
        types = events.ToFrozenDictionary(t => names[t]);
        this.upcasters = upcasters.ToFrozenDictionary(u => u.From);
    }

    /// <summary>Every event type with its stored name.</summary>
    public IReadOnlyDictionary<string, Type> Types => types;

    public string NameOf(PatientEvent what) => names.TryGetValue(what.GetType(), out var name)
        ? name
        : throw new InvalidOperationException($"{what.GetType().Name} is not written: it has no stored name.");

    public byte[] Write(PatientEvent what)
    {
        _ = NameOf(what);
        return JsonSerializer.SerializeToUtf8Bytes(what, what.GetType(), Json);
    }

    /// <summary>The event, or <see cref="Unreadable"/> with its name and text as found. Never an exception: one bad entry must not hide the others.</summary>
    public PatientEvent Read(string storedName, ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (types.TryGetValue(storedName, out var type))
                return JsonSerializer.Deserialize(utf8, type, Json) as PatientEvent ?? Unread(storedName, utf8, "It is empty.");
            if (!upcasters.ContainsKey(storedName))
                return Unread(storedName, utf8, "This version of Casement does not know this kind of entry.");
            return Upcasted(storedName, utf8);
        }
        // The closed set of what parsing and converting stored text throws; anything else is a bug and must surface.
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or OverflowException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            return Unread(storedName, utf8, "Its content does not have the shape this version of Casement expects.");
        }
    }

    PatientEvent Upcasted(string storedName, ReadOnlySpan<byte> utf8)
    {
        var json = JsonNode.Parse(utf8) as JsonObject ?? throw new JsonException("An event is an object.");
        var name = storedName;
        while (upcasters.TryGetValue(name, out var step)) (name, json) = (step.To, step.Change(json));
        return types.TryGetValue(name, out var type) && json.Deserialize(type, Json) is PatientEvent what
            ? what
            : Unread(storedName, utf8, "This version of Casement does not know this kind of entry.");
    }

    static Unreadable Unread(string storedName, ReadOnlySpan<byte> utf8, string because) => new(storedName, Encoding.UTF8.GetString(utf8), because);
}
