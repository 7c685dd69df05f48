using System.CommandLine;
using Casement.Definitions;
using Casement.Measures;
using Spectre.Console;

namespace Casement.Cli.Commands;

/// <summary>casement scales: what the practice measures with, and whether it scores as published.</summary>
static class ScalesCommand
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A file of the schema casement.instrument-vectors/1." };
        var check = new Command("check", "Score every vector of a file and print every difference.\nExits with 1 when any vector fails.") { file };
        check.SetAction(said => Check(said, said.GetRequiredValue(file)));
        var list = new Command("list", "List the instruments with version, licence class and score range.");
        list.SetAction(List);
        var command = new Command("scales", "List the questionnaires and rating scales, and check their scoring.") { check, list };
        command.SetAction(List);
        return command;
    }

    static int List(ParseResult said)
    {
        var output = Places.Output(said);
        var all = ScalesFolder.Read(Places.DefinitionsFolder(said)).Instruments.All;
        if (output.IsJson) output.Json(all.Select(i => new { i.Id, i.Version, i.Title, licence = i.Licence.Class }));
        else foreach (var i in all) output.Line($"{i.Id,-22} {i.Version,-7} {i.Licence.Class,-3} {i.Title}");
        return Exit.Well;
    }

    static int Check(ParseResult said, FileInfo file)
    {
        var output = Places.Output(said);
        var results = ScaleVectors.Check(ScalesFolder.Read(Places.DefinitionsFolder(said)), file.Name, Places.ReadText(file));
        var failed = results.Count(r => !r.Passed);
        if (output.IsJson) output.Json(new { passed = results.Length - failed, failed, vectors = results });
        else
        {
            foreach (var difference in results.SelectMany(r => r.Differences)) output.Line(difference, Color.Red);
            output.Line($"{results.Length - failed} passed, {failed} failed");
        }
        return failed == 0 ? Exit.Well : Exit.DoesNotHold;
    }
}
