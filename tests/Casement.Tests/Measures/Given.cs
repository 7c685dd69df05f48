using System.Collections.Immutable;
using System.Globalization;
using Casement.Definitions;
using Casement.Measures;

namespace Casement.Tests.Measures;

/// <summary>The definitions and vectors as they stand in the repository, and short ways to fill in a sheet.</summary>
static class Given
{
    public static readonly string Repository = Root();
    public static readonly Scales Scales = ScalesFolder.Read(Path.Combine(Repository, "definitions"));

    public static Instrument Instrument(string id) => Scales.Instruments.Find(id) ?? throw new InvalidOperationException($"There is no {id}.");

    public static string VectorText(params string[] path) => File.ReadAllText(Path.Combine([Repository, "tests", "Casement.Tests", .. path]));

    public static string InstrumentText(string id) => File.ReadAllText(Path.Combine(Repository, "definitions", "instruments", $"{id}.json"));

    /// <summary>Reads "1=0 2=na 3=2.5".</summary>
    public static ImmutableDictionary<string, Answer> Answers(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToImmutableDictionary(pair => pair[0], pair => pair[1] == "na" ? new NotApplicable() : Answer.Of(decimal.Parse(pair[1], CultureInfo.InvariantCulture)));

    public static Response Submitted(string instrument, string answers, SexAtBirth sex = SexAtBirth.Unknown) =>
        Response.Of(Instrument(instrument), Answers(answers), sex, Occasion.Closed);

    public static Response Saved(string instrument, string answers, SexAtBirth sex = SexAtBirth.Unknown) =>
        Response.Of(Instrument(instrument), Answers(answers), sex, Occasion.Open);

    public static string[] FlagIds(Response response) => [.. response.Flags.Select(flag => flag.Rule.Id)];

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Casement.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
