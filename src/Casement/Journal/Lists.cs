using System.Collections.Immutable;
using Casement.Clearance;
using Casement.People;

namespace Casement.Journal;

/// <summary>Every list that crosses patients, derived from one chart at a time. A new list is one more line here and a rebuild.</summary>
public static class Lists
{
    /// <summary>The rows carry their patient beside them; a list that must name it inside its JSON takes it from here.</summary>
    public static ImmutableArray<ListRow> Rows(PatientId _, Chart chart) => [.. PatientDirectory.Rows(chart), .. ClearanceWork.Rows(chart)];
}
