using Casement.Clearance;
using Casement.Definitions;
using Casement.Tests.Clearance;

namespace Casement.Tests.Proof;

/// <summary>The real protocol with a slip in it, made in memory.</summary>
static class Broken
{
    /// <summary>Each edit replaces the one place in a file where the text stands; a text that stands nowhere, or twice, is an error of the test.</summary>
    public static Protocol Protocol(params (string File, string Text, string By)[] edits)
    {
        var files = Ketamine.Protocol.Files;
        foreach (var (file, text, by) in edits)
        {
            Assert.Equal(2, files[file].Split(text).Length);
            files = files.SetItem(file, files[file].Replace(text, by, StringComparison.Ordinal));
        }
        return ProtocolFolder.Read(files);
    }

    /// <summary>An edit inside the lines of one fact, whatever stands between them.</summary>
    public static (string File, string Text, string By) InFact(string file, string fact, string text, string by)
    {
        var all = Ketamine.Protocol.Files[file];
        var start = all.IndexOf($"- id: {fact}\n", StringComparison.Ordinal);
        var end = all.IndexOf("\n- id: ", start, StringComparison.Ordinal);
        var lines = all[start..(end < 0 ? all.Length : end)];
        Assert.Equal(2, lines.Split(text).Length);
        return (file, lines, lines.Replace(text, by, StringComparison.Ordinal));
    }
}
