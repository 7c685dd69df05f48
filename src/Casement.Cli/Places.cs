using System.CommandLine;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Intake;
using Casement.Journal;
using Casement.Referrals;
using Casement.Store;

namespace Casement.Cli;

/// <summary>Where definitions and records are, as said on the command line, in the environment, or by custom.</summary>
static class Places
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print the result as JSON on standard output.", Recursive = true };

    public static readonly Option<string?> Definitions = new("--definitions")
    {
        Description = "Folder of definitions. Default: $CASEMENT_DEFINITIONS, ./definitions, or the one beside the program.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static readonly Option<string> Store = new("--store")
    {
        Description = "Where the records are: sqlite:PATH, postgres://USER@HOST/DATABASE, or an Npgsql connection string. Default: $CASEMENT_STORE, or sqlite:data/casement.db.",
        HelpName = "WHERE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CASEMENT_STORE") ?? "sqlite:data/casement.db",
    };

    /// <summary>One installation serves one practice unless it is told another.</summary>
    public static readonly Option<Guid> Practice = new("--practice")
    {
        Description = "The practice, where a store holds several. Default: $CASEMENT_PRACTICE, or the first.",
        HelpName = "ID",
        DefaultValueFactory = _ => Guid.TryParse(Environment.GetEnvironmentVariable("CASEMENT_PRACTICE"), out var id) ? id : new("00000000-0000-7000-8000-000000000001"),
    };

    public static PracticeId PracticeOf(ParseResult said) => new(said.GetValue(Practice));

    public static Output Output(ParseResult said) => new(said.GetValue(Json));

    public static string DefinitionsFolder(ParseResult said)
    {
        string?[] places = [said.GetValue(Definitions), Environment.GetEnvironmentVariable("CASEMENT_DEFINITIONS"), "definitions", Path.Combine(AppContext.BaseDirectory, "definitions")];
        return places.OfType<string>().FirstOrDefault(Directory.Exists)
            ?? throw new BadInputException($"There is no folder of definitions at {string.Join(" or ", places.OfType<string>())}. Name it with --definitions.");
    }

    public static Protocol Protocol(ParseResult said) => ProtocolFolder.Read(Path.Combine(DefinitionsFolder(said), "protocols", "ketamine"));

    public static IntakeForm Intake(ParseResult said, Protocol protocol) => IntakeFile.Load(DefinitionsFolder(said), "ketamine", protocol);

    public static ReferralRules Referrals(ParseResult said, Protocol protocol) => ReferralFolder.Read(Path.Combine(DefinitionsFolder(said), "referrals"), protocol);

    /// <summary>The zone of the practice.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    /// <summary>When questions are asked, and how the office counts days.</summary>
    public static SittingRules Sittings(ParseResult said, Protocol protocol)
    {
        var folder = DefinitionsFolder(said);
        var scales = ScalesFolder.Read(folder);
        return new(CoursesFile.Measuring(folder, protocol, scales), CheckInsFile.Load(folder, scales.Instruments), OfficeFolder.Read(Path.Combine(folder, "practice")).Calendar, Zone);
    }

    /// <summary>Opens the records. A new file, and its folder, is made only where that is meant.</summary>
    public static Task<RecordRoom> Open(ParseResult said, CancellationToken stop, bool mayBeNew = false)
    {
        var where = said.GetValue(Store) ?? "";
        if (where.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(where["sqlite:".Length..]);
            if (mayBeNew) Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
            else if (!File.Exists(path)) throw new BadInputException($"There are no records at {path}. Say where they are with --store.");
        }
        return Stores.Open(where, new() { Warn = Cli.Output.Remark }, stop);
    }

    /// <summary>Where the records are, for the owner to read: no user and no password.</summary>
    public static string RecordsAt(ParseResult said) =>
        (said.GetValue(Store) ?? "") is var where && where.StartsWith("sqlite:", StringComparison.Ordinal) ? $"One SQLite file: {Path.GetFullPath(where["sqlite:".Length..])}" : "A PostgreSQL database";

    public static string KeyAt(ParseResult said) =>
        Environment.GetEnvironmentVariable("CASEMENT_MASTER_KEY") is { Length: > 0 } ? "In the environment of the program"
        : (said.GetValue(Store) ?? "").StartsWith("sqlite:", StringComparison.Ordinal) ? "In a file beside the records"
        : "In a file named to the program";

    /// <summary>The text of a file, or a sentence about why there is none.</summary>
    public static string ReadText(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.FullName} cannot be read: {e.Message}");
        }
    }
}

/// <summary>Something given on the command line cannot be used, in a sentence.</summary>
sealed class BadInputException(string message) : Exception(message);
