using System.Reflection;

namespace Casement.Store;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Version">1, 2, 3 and so on.</param>
/// <param name="Name">The file name, kept in the database beside the version.</param>
/// <param name="Sql">What it does.</param>
sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The steps for one kind of database, in order, from the .sql files built into this assembly.</summary>
    public static IReadOnlyList<Migration> For(string kind)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Casement.Store.{kind}.";
        return
        [
            .. from resource in assembly.GetManifestResourceNames()
               where resource.StartsWith(prefix, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal)
               let name = resource[prefix.Length..]
               orderby name
               select new Migration(int.Parse(name[..4]), name, Read(assembly, resource)),
        ];
    }

    public static StoreTrouble TooNew(string where, long found, long known) => new(
        $"The database {where} was written by a newer version of Casement (schema {found}, this program knows {known}). Nothing was changed. Use the newer program, or restore a backup made before the upgrade into a new place.");

    static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
