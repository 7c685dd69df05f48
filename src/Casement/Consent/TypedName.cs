using System.Collections.Immutable;
using Casement.People;

namespace Casement.Consent;

/// <summary>Whether a typed name is a signature of this person: capitals, accents, hyphens and a middle name left out do not matter.</summary>
public static class TypedName
{
    public static bool IsOf(PersonName name, string typed)
    {
        var words = Words(typed);
        if (words.IsEmpty) return false;
        return new[] { name.Legal, name.Chosen }.Where(n => n.Length > 0).Any(known => Fits(words, Words(known)))
            // "Lan Nguyễn": the chosen first name with the legal surname.
            || (words.Length > 1 && words.All(Words($"{name.Legal} {name.Chosen}").Contains));
    }

    static bool Fits(ImmutableArray<string> typed, ImmutableArray<string> known) =>
        typed.All(known.Contains) && (typed.Length >= 2 || known.Length == 1);

    static ImmutableArray<string> Words(string name) =>
        [.. string.Concat(PatientDirectory.Plain(name).Select(c => char.IsLetterOrDigit(c) ? c : c is '\'' or '’' or '.' ? '\0' : ' ').Where(c => c != '\0')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
