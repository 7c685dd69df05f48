using System.Text.Json;
using Casement.Intake;

namespace Casement.Fhir.Records;

/// <summary>
/// Reads FHIR R4 records into facts. It looks at the JSON itself and not at the Firely classes: those parse some 650 patients a second on a core,
/// and one misshapen resource costs the file. docs/decisions/0006 has the rules; a test compares what is read here with the Firely classes.
/// </summary>
/// <param name="map">What codes say, from definitions/fhir.</param>
/// <param name="limits">How much is read before a file is refused.</param>
public sealed class RecordReading(RecordMap map, RecordLimits? limits = null)
{
    readonly RecordLimits limits = limits ?? new();

    /// <summary>Reads one person's record: a Bundle of any kind, one resource a line, or a Patient.</summary>
    /// <param name="bytes">As uploaded.</param>
    /// <param name="import">Names this import in the provenance of every fact.</param>
    /// <param name="asOf">The moment of the import; nothing later is believed, and its offset is that of dates without a zone.</param>
    public RecordOutcome Read(ReadOnlyMemory<byte> bytes, Guid import, DateTimeOffset asOf)
    {
        using var pile = new Pile(limits);
        return pile.Add(bytes) is { } because ? new RefusedRecord(because) : One(pile.Resources, pile.Problems, pile.StatedAt(asOf), import, asOf);
    }

    /// <summary>The same from a stream, which is read no further than the limit.</summary>
    public async Task<RecordOutcome> ReadAsync(Stream stream, Guid import, DateTimeOffset asOf, CancellationToken stop) =>
        await ReadBytes.AtMost(stream, limits.MaxBytes, stop) is { } bytes ? Read(bytes, import, asOf) : new RefusedRecord(ReadBytes.TooLarge(limits.MaxBytes));

    /// <summary>
    /// Reads the records of many people, one each: a Bundle a line is read line by line; resources that lie one a line are gathered by
    /// person first. A line or person that cannot be read is a refusal of its own, and the others go on.
    /// </summary>
    public IEnumerable<RecordOutcome> ReadMany(Stream stream, Guid import, DateTimeOffset asOf)
    {
        var loose = new Loose();
        var broken = new List<string>();
        long line = 0, filled = 0, refused = 0, held = 0;
        foreach (var bytes in Lines(stream))
        {
            line++;
            if (bytes is not { } text)
            {
                yield return new RefusedRecord($"Line {line} is longer than {limits.MaxBytes / (1024 * 1024)} MB.");
                yield break;
            }
            if (text.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
            filled++;
            string? because;
            using (var pile = new Pile(limits))
            {
                because = pile.Add(text, lines: false, line - 1);
                if (because is null && pile.IsBundle)
                {
                    foreach (var outcome in Many(pile, import, asOf)) yield return outcome;
                    continue;
                }
                if (because is null && pile.Resources is [var only])
                {
                    held += text.Length;
                    because = loose.Add(only, text.Span);
                }
            }
            if (held > limits.MaxPeopleFileBytes)
            {
                yield return new RefusedRecord(ReadBytes.TooLarge(limits.MaxPeopleFileBytes));
                yield break;
            }
            if (because is null) continue;
            refused++;
            if (broken.Count < limits.MaxListed) broken.Add($"Line {line}: {because}");
        }
        if (refused > 0 && refused == filled && stream.CanSeek)
        {
            // Not one a line after all: one document over several lines.
            stream.Position = 0;
            yield return ReadAsync(stream, import, asOf, CancellationToken.None).GetAwaiter().GetResult();
            yield break;
        }
        foreach (var because in broken) yield return new RefusedRecord(because);
        foreach (var person in loose.People())
        {
            using var pile = new Pile(limits);
            yield return pile.AddList(person) is { } because ? new RefusedRecord(because) : One(pile.Resources, pile.Problems, asOf, import, asOf);
        }
        if (loose.Nobodys > 0) yield return new RefusedRecord($"{loose.Nobodys} resources belong to nobody in the file.");
    }

    IEnumerable<RecordOutcome> Many(Pile pile, Guid import, DateTimeOffset asOf)
    {
        if (pile.Resources.Count == 0) yield break;
        var people = pile.Resources.Where(r => r.Type == "Patient").DistinctBy(p => p.Reference).ToList();
        if (people.Count < 2)
        {
            yield return One(pile.Resources, pile.Problems, pile.StatedAt(asOf), import, asOf);
            yield break;
        }
        var owners = new Dictionary<string, int>();
        for (var i = 0; i < people.Count; i++)
        {
            foreach (var alias in Aliases(people[i])) owners.TryAdd(alias, i);
        }
        var owned = people.ConvertAll(_ => new List<Resource>());
        var shared = new List<Resource>();
        var nobodys = 0;
        foreach (var resource in pile.Resources)
        {
            var reference = resource.Type == "Patient" ? resource.Reference : Named(resource);
            if (reference is not null && (owners.TryGetValue(reference, out var owner) || owners.TryGetValue(Subject.Tail(reference), out owner))) owned[owner].Add(resource);
            else if (resource.Type == "Medication") shared.Add(resource);
            else if (reference is not null) nobodys++;
        }
        foreach (var resources in owned) yield return One([.. resources, .. shared], pile.Problems, pile.StatedAt(asOf), import, asOf);
        if (nobodys > 0) yield return new RefusedRecord($"{nobodys} resources belong to nobody in the file.");
    }

    RecordOutcome One(List<Resource> all, List<string> problems, DateTimeOffset statedAt, Guid import, DateTimeOffset asOf)
    {
        try
        {
            return Heard(all, problems, statedAt, import, asOf);
        }
        catch (MisshapenException e)
        {
            // Only the Patient and the outer frame are read outside the guard around each resource.
            return new RefusedRecord($"The Patient cannot be read: {e.Message}.");
        }
    }

    RecordOutcome Heard(List<Resource> all, List<string> problems, DateTimeOffset statedAt, Guid import, DateTimeOffset asOf)
    {
        var record = new Gathering(map, import, asOf, limits) { StatedAt = statedAt };
        foreach (var problem in problems) record.Problem(problem);
        var resources = Versions.Settle(record, all);
        var people = resources.FindAll(r => r.Type == "Patient");
        if (people.Count == 0) return new RefusedRecord(Nobody(all));
        if (people.Count > 1) return new RefusedRecord($"This file holds the records of {people.Count} people. Upload one person at a time.");
        var about = new Subject(people[0]);
        if (OtherVersion(record, resources) is { } because) return new RefusedRecord(because);
        var person = People.Read(record, people[0]);
        record.BornOn = person.Who.BornOn;
        var medications = resources.Where(r => r.Type == "Medication").ToList();
        var medicines = new Medicines(record, reference => Find(medications, reference));
        var observations = new Observations(record);
        foreach (var resource in resources)
        {
            try
            {
                Hear(record, resource, about, medicines, observations);
            }
            catch (Exception e) when (e is MisshapenException or OverflowException)
            {
                record.Problem($"{resource.Reference} was left out: {(e is MisshapenException ? e.Message : "a number in it is too large")}.");
            }
        }
        if (about.Others.Count > 0) return new RefusedRecord($"This file holds the records of {about.Others.Count + 1} people. Upload one person at a time.");
        var list = medicines.List;
        Derivations.Before(record, observations);
        record.SettleAll();
        Derivations.After(record, observations, list ?? []);
        return new ImportedRecord(person, record.Facts, list, record.Hints, record.NotUsedLines, record.Problems, all.Count);
    }

    /// <summary>A person or subject that cannot be read is refused with the person's own record; here it belongs to nobody.</summary>
    static string? Named(Resource resource)
    {
        try
        {
            return Subject.Of(resource);
        }
        catch (MisshapenException)
        {
            return "(unreadable)";
        }
    }

    static List<string> Aliases(Resource patient)
    {
        try
        {
            return [.. Subject.Aliases(patient)];
        }
        catch (MisshapenException)
        {
            return [patient.Reference];
        }
    }

    static void Hear(Gathering record, Resource resource, Subject about, Medicines medicines, Observations observations)
    {
        if (!record.Map.Elements.ContainsKey(resource.Type))
        {
            record.NotUsed(resource.Type, "not a kind of resource that answers a question of the protocol");
            return;
        }
        Shapes.Unknown(record, resource);
        if (resource.Json.TryGetProperty("modifierExtension", out _))
        {
            // FHIR R4 2.4: who does not understand a modifier must not process what it modifies.
            record.Problem($"{resource.Reference} was left out: it carries a modifier that may turn its meaning round.");
            return;
        }
        if (resource.Type is "Patient" or "Medication" || !about.IsIt(record, resource)) return;
        switch (resource.Type)
        {
            case "Condition": Statements.Condition(record, resource); break;
            case "Procedure": Statements.Procedure(record, resource); break;
            case "AllergyIntolerance": Statements.Allergy(record, resource); break;
            case "FamilyMemberHistory": Statements.Relative(record, resource); break;
            case "Observation": observations.Observation(resource); break;
            case "QuestionnaireResponse": observations.Response(resource); break;
            case "MedicationRequest": medicines.Request(resource); break;
            case "MedicationStatement": medicines.Statement(resource); break;
            case "MedicationAdministration": medicines.Administration(resource); break;
            case "MedicationDispense": medicines.Dispense(resource); break;
        }
    }

    static JsonElement? Find(List<Resource> medications, string reference)
    {
        foreach (var medication in medications)
        {
            if (medication.FullUrl == reference || medication.Id.Length > 0 && (Subject.Tail(reference) == medication.Reference || reference == $"urn:uuid:{medication.Id}")) return medication.Json;
        }
        return null;
    }

    /// <summary>Refuses a record that is mostly in another version, and leaves the odd resource out.</summary>
    static string? OtherVersion(Gathering record, List<Resource> resources)
    {
        var clinical = 0;
        var other = new List<(Resource Resource, string Version)>();
        foreach (var resource in resources)
        {
            if (resource.Type is not ("Condition" or "AllergyIntolerance" or "Procedure") && !resource.Type.StartsWith("Medication", StringComparison.Ordinal)) continue;
            clinical++;
            if (Shapes.OtherVersion(resource.Type, resource.Json) is { } version) other.Add((resource, version));
        }
        if (other.Count == 0) return null;
        if (other.Count * 2 >= clinical) return $"This record is written in FHIR {other[0].Version} ({other[0].Resource.Type}). Ask for FHIR R4.";
        foreach (var (resource, version) in other)
        {
            record.Problem($"{resource.Reference} was left out: it is written in FHIR {version}.");
            resources.Remove(resource);
        }
        return null;
    }

    static string Nobody(List<Resource> all)
    {
        var kinds = all.Select(r => r.Type).Distinct().Order(StringComparer.Ordinal).Take(4).ToList();
        return all.Count switch
        {
            0 => "There is no record in this file: the Bundle has no resources.",
            1 => $"This is {("AEIO".Contains(kinds[0][0], StringComparison.Ordinal) ? "an" : "a")} {kinds[0]} and no patient record. A record needs its Patient.",
            _ => $"There is no Patient in this file, so it cannot be told whose record it is. It holds {string.Join(", ", kinds)}{(all.Select(r => r.Type).Distinct().Count() > kinds.Count ? " and more" : "")}.",
        };
    }

    /// <summary>Lines of a stream, each at most as long as one document may be; null for one that is longer.</summary>
    IEnumerable<ReadOnlyMemory<byte>?> Lines(Stream stream)
    {
        var buffer = new byte[256 * 1024];
        int start = 0, end = 0;
        while (true)
        {
            var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                yield return buffer.AsMemory(start, newline);
                start += newline + 1;
                continue;
            }
            if (end - start > limits.MaxBytes)
            {
                yield return null;
                yield break;
            }
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }
            if (end == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, Array.MaxLength));
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0) break;
            end += read;
        }
        if (end > start) yield return buffer.AsMemory(start, end - start);
    }
}
