namespace Casement.Measures;

/// <summary>A file says something it may not. The message names the file and the place, for whoever wrote it.</summary>
public sealed class MalformedFileException(string file, string where, string sentence) : Exception($"{file}, {where}: {sentence}");
