using System.Text.Json;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Web.Clinician.Office;

/// <summary>Who is away and who covers, on the shelf.</summary>
public sealed class AbsenceBook(IShelf shelf, WebOptions options)
{
    const string Kind = "absences", Key = "all";

    public async Task<Absences> Read(CancellationToken stop) => (await Open(stop)).So;

    /// <summary>Changes the book; asked again when somebody else changed it first. The sentence says why not.</summary>
    public async Task<string?> Change(Func<Absences, (Absences So, string? Problem)> change, CancellationToken stop)
    {
        while (true)
        {
            var (before, version) = await Open(stop);
            var (after, problem) = change(before);
            if (problem is not null) return problem;
            if (await shelf.Write(options.Practice, Kind, Key, version, JsonSerializer.SerializeToUtf8Bytes(after), stop)) return null;
        }
    }

    async Task<(Absences So, long Version)> Open(CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, Key, stop) is { } kept
            ? (JsonSerializer.Deserialize<Absences>(kept.Content.Span) ?? throw new JsonException("The absences are empty."), kept.Version)
            : (Absences.None, 0);
}
