using System.Collections.Immutable;

using Casement.People;

namespace Casement.Journal;

/// <summary>Every list that crosses patients, derived from one chart at a time. A new list is one more line here and a rebuild.</summary>
public static class Lists
{
    public static ImmutableArray<ListRow> Rows(PatientId patient, Chart chart)
    {
        // The rows of a list carry their patient beside them; a list that must name it inside its JSON takes it from here.
        _ = patient;
        return [.. PatientDirectory.Rows(chart)];
    }
}
