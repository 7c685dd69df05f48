using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Casement.Journal;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.Keeping;

/// <summary>What stands in a form that was not sent yet.</summary>
/// <param name="Fields">As the browser would send them.</param>
/// <param name="Version">The version on the shelf; 0 for none.</param>
public sealed record FormDraft(ImmutableArray<KeptField> Fields, DateTimeOffset SavedAt, long Version = 0);

/// <summary>
/// Forms save themselves while they are filled in (E3). A draft lies sealed on the shelf, for whoever fills in the form: an account, a patient, a link; it is no part
/// of any record. A page that draws a form names it, and only forms we drew can be saved.
/// </summary>
public sealed class FormDrafts(IShelf shelf, IDataProtectionProvider seals, WebOptions options)
{
    /// <summary>The hidden field that names the form.</summary>
    public const string Named = "_keeps";

    /// <summary>The hidden field with the version the page last saw.</summary>
    public const string VersionField = "_keptVersion";

    const string Kind = "form-draft";
    const int LargestCharacters = 256 * 1024;

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    readonly IDataProtector seal = seals.CreateProtector("form draft 1");

    /// <summary>The name of a form of this person, to be sent along with it.</summary>
    /// <param name="form">Which form, of what: the same in every window and on every device.</param>
    public string Name(Actor of, string form) => seal.Protect($"{of.Kind}/{of.Id}\n{form}");

    public Task<FormDraft?> Find(Actor of, string form, CancellationToken stop) => Read(Key($"{of.Kind}/{of.Id}\n{form}"), stop);

    /// <summary>Saves over the version the page saw. Null when this is no form of theirs or holds too much; the version is null when another window saved meanwhile.</summary>
    public async Task<(DateTimeOffset At, long? Version)?> Save(Actor of, IFormCollection form, CancellationToken stop)
    {
        if (KeyOf(of, form[Named].ToString()) is not { } key) return null;
        var fields = form.Where(f => !f.Key.StartsWith('_')).SelectMany(f => f.Value.Select(v => new KeptField(f.Key, v ?? ""))).ToImmutableArray();
        if (fields.Sum(f => f.Name.Length + f.Value.Length) > LargestCharacters) return null;
        var version = long.TryParse(form[VersionField], out var seen) ? seen : 0;
        var now = options.Clock.GetUtcNow();
        return (now, await shelf.Write(options.Practice, Kind, key, version, JsonSerializer.SerializeToUtf8Bytes(new FormDraft(fields, now)), stop) ? version + 1 : null);
    }

    public async Task Forget(Actor of, string name, CancellationToken stop)
    {
        if (KeyOf(of, name) is { } key) await shelf.Remove(options.Practice, Kind, key, stop);
    }

    /// <summary>Takes drafts off the shelf that nobody came back to.</summary>
    public async Task RemoveOld(CancellationToken stop)
    {
        var now = options.Clock.GetUtcNow();
        foreach (var shelved in await shelf.ReadAll(options.Practice, Kind, stop))
            if (JsonSerializer.Deserialize<FormDraft>(shelved.Content.Span) is { } draft && draft.SavedAt + KeptFor <= now)
                await shelf.Remove(options.Practice, Kind, shelved.Key, stop);
    }

    async Task<FormDraft?> Read(string key, CancellationToken stop) => await shelf.Read(options.Practice, Kind, key, stop) is { } found
        ? (JsonSerializer.Deserialize<FormDraft>(found.Content.Span) ?? throw new JsonException("A draft is empty.")) with { Version = found.Version }
        : null;

    /// <summary>Null when the name was made for somebody else, or by somebody else.</summary>
    string? KeyOf(Actor of, string name)
    {
        try
        {
            return seal.Unprotect(name) is var form && form.StartsWith($"{of.Kind}/{of.Id}\n", StringComparison.Ordinal) ? Key(form) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static string Key(string form) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form)));
}
