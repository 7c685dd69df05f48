using System.CommandLine;
using System.Globalization;
using Casement.Clearance;
using Casement.Definitions.Fhir;
using Casement.Fhir.Records;
using Casement.Intake;
using Spectre.Console;

namespace Casement.Cli.Commands;

/// <summary>casement clear PATIENT.json: what stands between the person of a record and a safe course.</summary>
static class Clearing
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "FHIR R4: a Bundle of any type, NDJSON, or single resources. With several people, one line each." };
        var asOf = new Option<string?>("--as-of") { Description = "Read the record as of this date or instant (ISO 8601). Default: now.", HelpName = "DATE" };
        var command = new Command("clear", """
            Read an outside record and say what the protocol makes of it: every finding with its reason and source,
            everything still missing, and the shortest path to clearance. What a record does not say stays unknown.
            Nothing is stored. Exits with 3 when the file, or a person in it, cannot be read.
            """) { file, asOf };
        command.SetAction(said => Run(said, said.GetRequiredValue(file), Instant(said.GetValue(asOf))));
        return command;
    }

    static DateTimeOffset Instant(string? text) =>
        text is null ? TimeProvider.System.GetLocalNow()
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.TimeOfDay == TimeSpan.Zero ? at.AddDays(1).AddSeconds(-1) : at
        : throw new BadInputException($"'{text}' is not a date. Write it as 2026-11-23.");

    static int Run(ParseResult said, FileInfo file, DateTimeOffset asOf)
    {
        if (!file.Exists) throw new BadInputException($"There is no file {file.FullName}.");
        var output = Places.Output(said);
        var protocol = Places.Protocol(said);
        var reading = new RecordReading(RecordMapFiles.Load(Path.Combine(Places.DefinitionsFolder(said), "fhir")));
        using var stream = Open(file);
        using var outcomes = reading.ReadMany(stream, Guid.NewGuid(), asOf).GetEnumerator();
        if (!outcomes.MoveNext())
        {
            // Nobody's record: read as one document it says what it is instead.
            stream.Position = 0;
            return reading.ReadAsync(stream, Guid.NewGuid(), asOf, CancellationToken.None).GetAwaiter().GetResult() is RefusedRecord nobody
                ? Refuse(output, nobody)
                : throw new BadInputException($"{file.Name} holds no record.");
        }
        var first = outcomes.Current;
        if (!outcomes.MoveNext()) return first is ImportedRecord only ? ShowOne(output, protocol, only, asOf) : Refuse(output, (RefusedRecord)first);
        var many = new Many(protocol, output, asOf);
        var worst = many.Show(first);
        do worst = Math.Max(worst, many.Show(outcomes.Current));
        while (outcomes.MoveNext());
        return worst;
    }

    static FileStream Open(FileInfo file)
    {
        try
        {
            return new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.FullName} cannot be read: {e.Message}");
        }
    }

    static int Refuse(Output output, RefusedRecord refused)
    {
        if (output.IsJson) output.Json(new { refused = refused.Because }, oneLine: true);
        else Output.Remark(refused.Because);
        return Exit.BadInput;
    }

    static int ShowOne(Output output, Protocol protocol, ImportedRecord record, DateTimeOffset asOf)
    {
        var assessed = Assessing.Assess(protocol, record.CaseAt(protocol, asOf));
        var path = ClearancePath.From(assessed);
        if (output.IsJson) output.Json(AssessmentJson.Of(record, assessed, path));
        else AssessmentText.Write(output, record, assessed, path);
        return Exit.Well;
    }

    /// <summary>Many people: the compiled rules on one sheet that is filled anew for each, one line out for each.</summary>
    sealed class Many(Protocol protocol, Output output, DateTimeOffset asOf)
    {
        readonly Compiled compiled = new(protocol, Phase.Clearance);
        readonly Sheet sheet = new(protocol);

        public int Show(RecordOutcome outcome)
        {
            if (outcome is not ImportedRecord record) return Refuse(output, (RefusedRecord)outcome);
            sheet.Refill(record.CaseAt(protocol, asOf));
            var result = compiled.Algebra.ByRank[compiled.Assess(sheet)].Id;
            var rules = protocol.RulesOf(Phase.Clearance).Where(r => r.Raises.Outcome is not null);
            var fired = rules.Where(r => sheet.Rules[r.Index] == Truth.True).Select(r => r.Id);
            var open = rules.Count(r => sheet.Rules[r.Index] == Truth.Unknown);
            if (output.IsJson) output.Json(new { name = record.Who.Who.Name.Legal, bornOn = record.Who.Who.BornOn, outcome = result, fired, open }, oneLine: true);
            else output.Line($"{record.Who.Who.Name.Legal}, born {record.Who.Who.BornOn:yyyy-MM-dd}: {result}; fired {string.Join(' ', fired)}; {open} cannot be told");
            return Exit.Well;
        }
    }
}
