using System.Buffers;

namespace Casement.Fhir.Records;

/// <summary>Resources that lie one a line, gathered by the person they are about. Only their bytes are kept, so that a large file fits.</summary>
sealed class Loose
{
    sealed class Lines
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new();
        public int Count { get; set; }
        public bool HasPatient { get; set; }

        public void Add(ReadOnlySpan<byte> line)
        {
            Bytes.Write(Count++ == 0 ? "["u8 : ","u8);
            Bytes.Write(line);
        }
    }

    readonly Dictionary<string, Lines> people = [];
    readonly List<byte[]> medications = [];

    /// <summary>Resources about somebody who is not in the file; known once all lines are in.</summary>
    public int Nobodys => people.Values.Where(p => !p.HasPatient).Sum(p => p.Count);

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
        lines.Add(line);
        return null;
    }

    /// <summary>Each person's resources as one JSON list, with the medications any of them may point to.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> People()
    {
        foreach (var lines in people.Values)
        {
            if (!lines.HasPatient) continue;
            foreach (var medication in medications) lines.Add(medication);
            lines.Bytes.Write("]"u8);
            yield return lines.Bytes.WrittenMemory;
            lines.Bytes.ResetWrittenCount();
        }
    }
}
