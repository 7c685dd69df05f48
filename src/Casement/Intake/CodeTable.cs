using System.Collections.Frozen;

namespace Casement.Intake;

/// <summary>Finds a code's meaning. ICD-10-CM codes may stand for all their descendants; the longest one that fits wins.</summary>
public sealed class CodeTable<T>(IEnumerable<CodeTable<T>.Row> rows) where T : class
{
    /// <param name="System">Short name of the code system.</param>
    /// <param name="Code">The code; ICD-10-CM without its dot.</param>
    /// <param name="Descendants">True when it stands for the codes below it as well.</param>
    /// <param name="Meaning">What it means.</param>
    public sealed record Row(string System, string Code, bool Descendants, T Meaning);

    /// <summary>ICD-10-CM categories have three characters; nothing shorter is a code.</summary>
    const int ShortestIcd = 3;

    readonly FrozenDictionary<(string System, string Code), Row> rows = rows.ToFrozenDictionary(r => (r.System, r.Code));

    public IEnumerable<Row> Rows => rows.Values;

    public T? Find(string system, string code)
    {
        if (system != "icd-10-cm") return rows.GetValueOrDefault((system, code))?.Meaning;
        for (var part = code.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant(); part.Length >= ShortestIcd; part = part[..^1])
        {
            if (rows.GetValueOrDefault((system, part)) is { } row && (row.Descendants || row.Code.Length == code.Length - (code.Contains('.', StringComparison.Ordinal) ? 1 : 0))) return row.Meaning;
        }
        return null;
    }
}
