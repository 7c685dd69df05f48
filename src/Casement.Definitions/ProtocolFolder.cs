using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Casement.Clearance;

namespace Casement.Definitions;

/// <summary>Reads a protocol from its folder or from kept files, checks all of it and refuses it whole when anything is wrong.</summary>
public static class ProtocolFolder
{
    public static Protocol Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new DefinitionException([new(folder, 0, "There is no such folder of definitions.")]);
        return Read(Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .ToImmutableSortedDictionary(p => Path.GetRelativePath(folder, p).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal));
    }

    /// <summary>Reads a protocol from the texts of its files, by path; how a past version is brought back.</summary>
    public static Protocol Read(ImmutableSortedDictionary<string, string> files)
    {
        var reader = new ProtocolReader(files);
        var protocol = reader.Read(HashOf(files));
        return reader.Errors.Count == 0 ? protocol : throw new DefinitionException([.. reader.Errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)]);
    }

    /// <summary>SHA-256 over every path and content, each with its length, so that no two sets of files share a hash.</summary>
    static string HashOf(ImmutableSortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files)
        {
            foreach (var part in new[] { path, text.ReplaceLineEndings("\n") })
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
                hash.AppendData(bytes);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
