using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Every instrument the practice holds, and their variants, by id.</summary>
public sealed class Instruments
{
    readonly ImmutableSortedDictionary<string, Instrument> byId;

    Instruments(ImmutableSortedDictionary<string, Instrument> byId) => this.byId = byId;

    /// <summary>Variants included, in order of id.</summary>
    public IEnumerable<Instrument> All => byId.Values;

    public Instrument? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Checks what no single file can: that ids are unique, and that every flag sends an instrument there is.</summary>
    public static Instruments Of(IEnumerable<Instrument> instruments)
    {
        var byId = ImmutableSortedDictionary.CreateBuilder<string, Instrument>(StringComparer.Ordinal);
        foreach (var instrument in instruments.SelectMany(one => one.Variants.Select(one.As).Prepend(one)))
        {
            if (!byId.TryAdd(instrument.Id, instrument)) throw new MalformedFileException(FileOf(instrument), "$.id", $"Two instruments are called '{instrument.Id}'.");
        }

        foreach (var instrument in byId.Values)
        {
            foreach (var target in instrument.Flags.SelectMany(flag => flag.Actions).SelectMany(Administers))
            {
                if (!byId.ContainsKey(target)) throw new MalformedFileException(FileOf(instrument), "$.flags", $"A flag sends the instrument '{target}', which does not exist.");
            }
        }

        return new(byId.ToImmutable());
    }

    /// <summary>The instruments an action word such as "administer:pcl5" may send.</summary>
    public static IEnumerable<string> Administers(string action) => action.Split(':', 2) switch
    {
        ["administer", "cssrs-recent-or-slc"] => ["cssrs-recent", "cssrs-slc", "asq"],
        ["administer", var id] => [id.EndsWith(IfLicensed, StringComparison.Ordinal) ? id[..^IfLicensed.Length] : id],
        _ => [],
    };

    const string IfLicensed = "-if-licensed";

    static string FileOf(Instrument instrument) => $"{instrument.VariantOf ?? instrument.Id}.json";
}
