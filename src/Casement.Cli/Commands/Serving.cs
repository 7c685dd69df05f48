using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Cli.Sample;
using Casement.Consent;
using Casement.Courses;
using Casement.Definitions;
using Casement.Definitions.Fhir;
using Casement.Fhir.Records;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Programmes;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Safety;
using Casement.Store;
using Casement.Web;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Casement.Cli.Commands;

/// <summary>casement serve and casement demo: the web.</summary>
static class Serving
{
    static readonly Option<Uri> Listen = new("--listen")
    {
        Description = "Address to listen on. Only this machine can reach it unless you say otherwise.",
        HelpName = "URL",
        CustomParser = Address,
        DefaultValueFactory = _ => new("http://localhost:5080"),
    };

    static readonly Option<Uri?> Public = new("--public") { Description = "The address people type, when a proxy with TLS stands in front.", HelpName = "URL", CustomParser = Address };

    static Uri Address(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        given.AddError($"'{given.Tokens[0].Value}' is not an address. Write it as http://localhost:5080.");
        return new("http://localhost:5080");
    }

    public static Command Serve()
    {
        var command = new Command("serve", """
            Serve the practice. On the first start it opens the owner's account and prints a one-time link to set up
            sign-in. Keys, lists and schema are looked after by themselves; see also backup and verify.
            """) { Places.Store, Places.Practice, Listen, Public, Mail.Through, Mail.From, Mail.TextsThrough };
        var owner = new Option<string?>("--owner") { Description = "The owner as \"Name <address>\", needed on the first start only.", HelpName = "WHO" };
        command.Options.Add(owner);
        command.SetAction(async (said, stop) =>
        {
            await using var room = await Places.Open(said, stop, mayBeNew: true);
            await using var app = Build(said, await Furnishing.Read(said), room, demo: false);
            using var scope = app.Services.CreateScope();
            var doorway = scope.ServiceProvider.GetRequiredService<StaffDoorway>();
            if ((await doorway.All(stop)).Count == 0) await OpenOwner(doorway, said.GetValue(owner), stop);
            return await Run(app, room, said, stop);
        });
        return command;
    }

    public static Command Demo()
    {
        var command = new Command("demo", """
            Serve a sample practice of invented people and print a link that signs its clinician in, once, for a quarter
            of an hour. Loads the people when the store is empty. Never point it at real records.
            """) { Places.Store, Places.Practice, Listen, Public, Mail.Through, Mail.From, Mail.TextsThrough };
        var samples = new Option<string>("--samples") { Description = "Folder of the sample practice.", HelpName = "FOLDER", DefaultValueFactory = _ => Directory.Exists("samples") ? "samples" : Path.Combine(AppContext.BaseDirectory, "samples") };
        var patients = Whole("--patients", "People to invent besides, with whole courses behind them.", 0, 100_000);
        var months = Whole("--months", "How long the practice has been at work.", 6, 60);
        var seed = Whole("--seed", "The same number on the same day gives the same people.", 1, int.MaxValue);
        foreach (var option in (Option[])[samples, patients, months, seed]) command.Options.Add(option);
        command.SetAction(async (said, stop) =>
        {
            await using var room = await Places.Open(said, stop, mayBeNew: true);
            var house = await Furnishing.Read(said);
            var written = await SamplePractice.Load(said.GetRequiredValue(samples), new(said.GetValue(patients), Math.Max(1, said.GetValue(months)), said.GetValue(seed)), house.CheckIns, house.Measuring, house.Following, house.Intake, house.Office, house.Referrals, room.Journals, room.Shelf, Places.PracticeOf(said), TimeProvider.System.GetUtcNow(), stop);
            if (written > 0) Output.Remark($"The sample practice has {written} people.");
            await using var app = Build(said, house, room, demo: true);
            using var scope = app.Services.CreateScope();
            if (written > 0) await ActivatorUtilities.CreateInstance<SamplePapers>(scope.ServiceProvider).Load(said.GetRequiredValue(samples), stop);
            var doorway = scope.ServiceProvider.GetRequiredService<StaffDoorway>();
            var link = await doorway.DemoLink(new("Imogen Vance", "imogen.vance@practice.example", [Role.Owner, Role.Clinician], "DNP, PMHNP-BC"), stop);
            new Output(json: false).Line($"Sign in as the sample clinician (once, within a quarter of an hour): {link}");
            return await Run(app, room, said, stop);
        });
        return command;
    }

    static Option<int> Whole(string name, string says, int usual, int most)
    {
        var option = new Option<int>(name) { Description = says, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is var n && (n < 0 || n > most)) given.AddError($"{name} lies between 0 and {most}.");
        });
        return option;
    }

    static WebApplication Build(ParseResult said, Furnishing house, RecordRoom room, bool demo) => CasementWeb.Build(new WebOptions
    {
        Journals = room.Journals,
        Shelf = room.Shelf,
        Practice = Places.PracticeOf(said),
        Protocol = house.Protocol,
        CheckIns = house.CheckIns,
        Readiness = house.Readiness,
        Measuring = house.Measuring,
        Programmes = house.Programmes,
        ScaleFacts = house.Intake.ScaleFacts,
        Documents = house.Documents,
        Safety = house.Safety,
        Urgent = house.Urgent,
        Referrals = house.Referrals,
        Records = house.Records,
        Messages = house.Messages,
        Intake = house.Intake,
        Office = house.Office,
        Post = Mail.Post(said),
        Texts = Mail.Texts(said, demo),
        MailFrom = Mail.FromAddress(said),
        Card = demo ? house.Office.Card with { Name = "Casement sample practice", Phone = "303 555 0100" } : house.Office.Card,
        RecordsAt = Places.RecordsAt(said),
        KeyAt = Places.KeyAt(said),
        Listen = said.GetRequiredValue(Listen),
        Public = said.GetValue(Public),
        Demo = demo,
    });

    /// <summary>Everything the house is furnished with, read once.</summary>
    sealed record Furnishing(
        Protocol Protocol,
        CheckInPlan CheckIns,
        ConsentDocuments Documents,
        SafetyRules Safety,
        UrgentRules Urgent,
        ReferralRules Referrals,
        RecordReading Records,
        MessageRules Messages,
        IntakeForm Intake,
        OfficeRules Office,
        ReadinessPlan Readiness,
        Measuring Measuring,
        ProgrammeBook Programmes)
    {
        /// <summary>The consequences the program itself writes, for whoever fills a store before it runs.</summary>
        public Following Following => new(Protocol, () => ImmutableSortedDictionary<string, decimal>.Empty, Safety, Documents, Places.Zone) { Referrals = Referrals, Calendar = Office.Calendar, Sittings = new(Measuring, CheckIns, Office.Calendar, Places.Zone), Measuring = Measuring, Programmes = Programmes };

        /// <summary>Side by side: a start waits for the longest, not for the sum.</summary>
        public static async Task<Furnishing> Read(ParseResult said)
        {
            var folder = Places.DefinitionsFolder(said);
            string In(string part) => Path.Combine(folder, part);
            var measures = Task.Run(() => ScalesFolder.Read(folder));
            var scales = Task.Run(async () => (await measures).Instruments);
            var checkIns = Task.Run(async () => CheckInsFile.Load(folder, await scales));
            var messages = Task.Run(() => MessageFolder.Read(In("messages")));
            var office = Task.Run(() => OfficeFolder.Read(In("practice")));
            var records = Task.Run(() => new RecordReading(RecordMapFiles.Load(In("fhir"))));
            var protocol = Places.Protocol(said);
            var documents = Task.Run(() => DocumentFolder.Read(In("documents"), protocol));
            var readiness = Task.Run(async () => ReadinessFile.Load(folder, protocol, await scales));
            var measuring = Task.Run(async () => CoursesFile.Measuring(folder, protocol, await measures));
            var programmes = Task.Run(() => ProgrammeFolder.Read(In("programmes"), protocol));
            var urgent = Task.Run(() => UrgentFile.Read(In("safety")));
            var safety = Task.Run(async () => SafetyFile.Read(In("safety"), protocol, await scales));
            var referrals = Task.Run(() => Places.Referrals(said, protocol));
            var intake = Places.Intake(said, protocol);
            return new(protocol, await checkIns, await documents, await safety, await urgent, await referrals, await records, await messages, intake, await office, await readiness, await measuring, await programmes);
        }
    }

    static async Task OpenOwner(StaffDoorway doorway, string? who, CancellationToken stop)
    {
        if (who?.Split('<', '>') is not [var name, var email, ..]) throw new BadInputException("Nobody can sign in yet. Start once with --owner \"Name <address>\".");
        var (account, problem) = await doorway.Open(new(name.Trim(), email.Trim(), [Role.Owner]));
        if (problem is not null) throw new BadInputException(problem);
        new Output(json: false).Line($"{name.Trim()} sets up sign-in here, once, within three days: {await doorway.EnrolmentLink(account.Id, stop)}");
    }

    static async Task<int> Run(WebApplication app, RecordRoom room, ParseResult said, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var checkpoints = room.KeepCheckpoints(TimeSpan.FromDays(1), ending.Token);
        await app.StartAsync(stop);
        Output.Remark($"Serving at {said.GetRequiredValue(Listen)}. Stop with Ctrl+C.");
        await app.WaitForShutdownAsync(stop);
        await ending.CancelAsync();
        try
        {
            await checkpoints;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        return Exit.Well;
    }
}
