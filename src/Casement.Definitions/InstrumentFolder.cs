using Casement.Measures;

namespace Casement.Definitions;

/// <summary>A folder with one JSON file for each instrument.</summary>
public static class InstrumentFolder
{
    public static Instruments Read(string path) => Instruments.Of(Directory.EnumerateFiles(path, "*.json")
        .Order(StringComparer.Ordinal)
        .Select(file => InstrumentFile.Parse(Path.GetFileName(file), File.ReadAllText(file))));
}
