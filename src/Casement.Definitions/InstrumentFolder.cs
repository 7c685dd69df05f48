using Casement.Measures;

namespace Casement.Definitions;

/// <summary>A folder with one JSON file for each instrument.</summary>
public static class InstrumentFolder
{
    public static Instruments Read(string path)
    {
        var files = Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new MalformedFileException(path, "*.json", "There is not one instrument in this folder.");
        return Instruments.Of(files.Select(file => InstrumentFile.Parse(Path.GetFileName(file), File.ReadAllText(file))));
    }
}
