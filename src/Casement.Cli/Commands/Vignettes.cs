using System.CommandLine;
using Casement.Definitions;
using Spectre.Console;

namespace Casement.Cli.Commands;

/// <summary>casement cases FILE.yaml</summary>
static class Vignettes
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A file of the schema casement-vignettes/1: bases and vignettes with what each expects." };
        var command = new Command("cases", "Run worked cases against the protocol and print every difference.\nExits with 1 when any case fails.") { file };
        command.SetAction(said => Run(said, said.GetRequiredValue(file)));
        return command;
    }

    static int Run(ParseResult said, FileInfo file)
    {
        var output = Places.Output(said);
        var results = CaseFile.Run(Places.Protocol(said), file.Name, Places.ReadText(file));
        var failed = results.Count(r => !r.Passed);
        if (output.IsJson)
        {
            output.Json(new { passed = results.Length - failed, failed, cases = results.Select(r => new { r.Id, r.Title, r.Passed, r.Differences }) });
            return failed == 0 ? Exit.Well : Exit.DoesNotHold;
        }
        foreach (var result in results.Where(r => !r.Passed))
        {
            output.Line($"{result.Id}  {result.Title}", Color.Red);
            foreach (var difference in result.Differences) output.Wrapped("    ", difference);
        }
        output.Line($"{results.Length - failed} passed, {failed} failed");
        return failed == 0 ? Exit.Well : Exit.DoesNotHold;
    }
}
