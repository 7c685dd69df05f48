using System.CommandLine;
using Casement.Definitions;
using Casement.Journal;
using Casement.Store;
using Casement.Web.Clinician.Clearance;
using Spectre.Console;

namespace Casement.Cli.Commands;

/// <summary>casement verify, rebuild, backup, restore: the records themselves.</summary>
static class Records
{
    public static Command Verify()
    {
        var command = new Command("verify", "Walk every journal, key and checkpoint and name the first row that was altered, removed or reordered.\nExits with 1 when anything is not whole.") { Places.Store };
        command.SetAction(async (said, stop) =>
        {
            var output = Places.Output(said);
            await using var room = await Places.Open(said, stop);
            var found = await room.Verify(stop);
            if (output.IsJson) output.Json(new { whole = found.Whole, found.Journals, found.Entries, found.Reads, found.Checkpoints, findings = found.Findings.Select(f => new { practice = f.Practice.ToString(), patient = f.Patient?.ToString(), f.Sequence, f.Sentence }) });
            else
            {
                foreach (var finding in found.Findings) output.Line(finding.Sentence, Color.Red);
                output.Line($"{found.Journals} journals, {found.Entries} entries, {found.Reads} looks and {found.Checkpoints} checkpoints read: {(found.Whole ? "all whole" : $"{found.Findings.Length} not whole")}.");
            }
            return found.Whole ? Exit.Well : Exit.DoesNotHold;
        });
        return command;
    }

    public static Command Rebuild()
    {
        var command = new Command("rebuild", "Derive every list that crosses patients again from the journals.") { Places.Store, Places.Practice };
        command.SetAction(async (said, stop) =>
        {
            var output = Places.Output(said);
            await using var room = await Places.Open(said, stop);
            var (practice, protocol) = (Places.PracticeOf(said), Places.Protocol(said));
            var settings = await new ProtocolInForce(new() { Journals = room.Journals, Shelf = room.Shelf, Practice = practice, Protocol = protocol }, room.Shelf).Refresh(stop);
            var journals = await room.Rebuild(practice, Lists.With(protocol, () => settings, Places.Sittings(said, protocol), ProgrammeFolder.Read(Path.Combine(Places.DefinitionsFolder(said), "programmes"), protocol), DocumentFolder.Read(Path.Combine(Places.DefinitionsFolder(said), "documents"), protocol)), stop);
            if (output.IsJson) output.Json(new { journals });
            else output.Line($"The lists were derived again from {journals} journals.");
            return Exit.Well;
        });
        return command;
    }

    public static Command Backup()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The new backup; it must not exist yet." };
        var command = new Command("backup", "Write a consistent copy of everything while the practice works, and verify it.\nThe copy is sealed and useless without the master key, which is not in it: keep that apart.") { file, Places.Store };
        command.SetAction(async (said, stop) =>
        {
            await using var room = await Places.Open(said, stop);
            return Tell(said, await room.Backup(said.GetRequiredValue(file).FullName, stop));
        });
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A backup." };
        var command = new Command("restore", "Restore a backup into an empty place, and verify it.\nNeeds the master key of the practice that made it.") { file, Places.Store };
        command.SetAction(async (said, stop) =>
            Tell(said, await Stores.Restore(said.GetRequiredValue(file).FullName, said.GetValue(Places.Store) ?? "", new() { Warn = Output.Remark }, stop)));
        return command;
    }

    static int Tell(ParseResult said, BackupResult done)
    {
        var output = Places.Output(said);
        if (output.IsJson) output.Json(new { done.Where, whole = done.Verified.Whole, done.Verified.Journals, done.Verified.Entries, done.Note });
        else
        {
            output.Line($"{done.Where}: {done.Verified.Journals} journals, {done.Verified.Entries} entries, {(done.Verified.Whole ? "all whole" : "not whole; run casement verify")}.");
            output.Line(done.Note);
        }
        return done.Verified.Whole ? Exit.Well : Exit.DoesNotHold;
    }
}
