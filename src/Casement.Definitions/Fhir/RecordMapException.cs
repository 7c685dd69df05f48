namespace Casement.Definitions.Fhir;

/// <summary>A definition file says something that cannot be: names the file and the line.</summary>
public sealed class RecordMapException(string file, long line, string problem, Exception? inner = null)
    : Exception($"{file}, line {line}: {problem}", inner);
