using System.CommandLine;
using System.CommandLine.Help;
using Casement.Cli;
using Casement.Cli.Commands;
using Casement.Definitions;
using Casement.Definitions.Fhir;
using Casement.Measures;
using Casement.Store;

var root = new Command("casement", $"""
    Casement: medical clearance, preparation, referral and integration for a practice whose patients consider ketamine.

    Casement raises flags and shows the way to clearance. It never clears anybody: a licensed person signs.

    {Exit.Words}
    """)
{
    Serving.Serve(),
    Serving.Demo(),
    Clearing.Command(),
    Vignettes.Command(),
    ProtocolCommand.Command(),
    ScalesCommand.Command(),
    Records.Verify(),
    Records.Rebuild(),
    Records.Backup(),
    Records.Restore(),
};
root.Options.Add(new HelpOption());
root.Options.Add(new VersionOption());
root.Options.Add(Places.Json);
root.Options.Add(Places.Definitions);

var said = root.Parse(args.Length == 0 ? ["--help"] : args);
if (said.Errors.Count > 0)
{
    foreach (var error in said.Errors) Output.Remark(error.Message);
    Output.Remark("Try: casement --help");
    return Exit.Usage;
}
try
{
    return await said.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is DefinitionException or RecordMapException or MalformedFileException or BadInputException)
{
    Output.Remark(e.Message);
    return Exit.BadInput;
}
catch (StoreTrouble e)
{
    Output.Remark(e.Message);
    return Exit.Store;
}
