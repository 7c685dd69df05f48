using System.Buffers;

namespace Casement.Fhir.Records;

/// <summary>Resources that lie one a line, gathered by the person they are about. Only their bytes are kept, so that a large file fits.</summary>
sealed class Loose
{
    sealed class Lines
    {
        public List<byte[]> All { get; } = [];
        public bool HasPatient { get; set; }
    }

    readonly Dictionary<string, Lines> people = [];
    readonly List<byte[]> medications = [];

    /// <summary>Resources about somebody who is not in the file; known once all lines are in.</summary>
    public int Nobodys => people.Values.Where(p => !p.HasPatient).Sum(p => p.All.Count);

    public string? Add(Resource resource, ReadOnlySpan<byte> line)
    {
        line = line.TrimStart("\uFEFF"u8);
        if (resource.Type == "Medication")
        {
            medications.Add(line.ToArray());
            return null;
        }
        string? owner;
        try
        {
            owner = resource.Type == "Patient" ? resource.Reference : Subject.Of(resource);
        }
        catch (MisshapenException e)
        {
            return $"{e.Message}.";
        }
        if (owner is null) return null;
        owner = owner.StartsWith("urn:uuid:", StringComparison.Ordinal) ? $"Patient/{owner["urn:uuid:".Length..]}" : Subject.Tail(owner);
        if (!people.TryGetValue(owner, out var lines)) people[owner] = lines = new();
        lines.HasPatient |= resource.Type == "Patient";
        lines.All.Add(line.ToArray());
        return null;
    }

    /// <summary>Each person's resources as one JSON list, with the medications any of them may point to. A list is good until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> People()
    {
        var list = new ArrayBufferWriter<byte>();
        foreach (var person in people.Values)
        {
            if (!person.HasPatient) continue;
            list.ResetWrittenCount();
            list.Write("["u8);
            foreach (var line in person.All.Concat(medications))
            {
                if (list.WrittenCount > 1) list.Write(","u8);
                list.Write(line);
            }
            list.Write("]"u8);
            yield return list.WrittenMemory;
        }
    }
}
