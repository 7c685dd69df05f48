using System.Collections.Concurrent;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Courses;
using Casement.Definitions.Fhir;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.People;
using Casement.Safety;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Casement.Web.Tests;

/// <summary>A clock the test moves.</summary>
public sealed class MovedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Ahead;
}

/// <summary>The real program on a free port of this machine, over a store in memory.</summary>
public sealed class House : IAsyncDisposable
{
    public static readonly NewStaff Nurse = new("Alma Reyes", "alma@practice.example", [Role.Clinician, Role.Owner], "PMHNP-BC");

    /// <summary>The repository, found from the folder the tests run in.</summary>
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static readonly Protocol Ketamine = ProtocolFolder.Read(Path.Combine(Root, "definitions", "protocols", "ketamine"));

    public static readonly Scales Scales = ScalesFolder.Read(Path.Combine(Root, "definitions"));

    public static readonly IntakeForm HealthQuestions = IntakeFile.Load(Path.Combine(Root, "definitions"), "ketamine", Ketamine);

    public static readonly CheckInPlan CheckIns = CheckInsFile.Load(Path.Combine(Root, "definitions"), Scales.Instruments);

    public static readonly Measuring Measuring = CoursesFile.Measuring(Path.Combine(Root, "definitions"), Ketamine, Scales);

    public static readonly ConsentDocuments Documents = DocumentFolder.Read(Path.Combine(Root, "definitions", "documents"), Ketamine);

    public static readonly SafetyRules SafetyRules = SafetyFile.Read(Path.Combine(Root, "definitions", "safety"), Ketamine, Scales.Instruments);

    public static readonly UrgentRules UrgentRules = UrgentFile.Read(Path.Combine(Root, "definitions", "safety"));

    public static readonly OfficeRules Office = OfficeFolder.Read(Path.Combine(Root, "definitions", "practice"));

    public static readonly Casement.Referrals.ReferralRules ReferralRules = ReferralFolder.Read(Path.Combine(Root, "definitions", "referrals"), Ketamine);

    static readonly RecordMap RecordMaps = RecordMapFiles.Load(Path.Combine(Root, "definitions", "fhir"));

    public static readonly SittingRules Sittings = new(Measuring, CheckIns, Office.Calendar, TimeZoneInfo.FindSystemTimeZoneById("America/Denver"));

    public static readonly MessageRules Messages = MessageFolder.Read(Path.Combine(Root, "definitions", "messages"));

    static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Casement.slnx")) ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));

    readonly WebApplication app;

    House(WebApplication app, InMemory store, MovedClock clock, LogLines log)
    {
        (this.app, Store, Clock, Log) = (app, store, clock, log);
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
        Address = new($"http://localhost:{port}");
    }

    public Uri Address { get; }
    public InMemory Store { get; }
    public MovedClock Clock { get; }
    public LogLines Log { get; }
    public IServiceProvider Services => app.Services;

    public static async Task<House> Open(Func<WebOptions, WebOptions>? with = null)
    {
        var (store, clock, log) = (new InMemory(), new MovedClock(), new LogLines());
        var options = new WebOptions
        {
            Journals = store,
            Shelf = store,
            Practice = new(Guid.NewGuid()),
            Protocol = Ketamine,
            CheckIns = CheckIns,
            Readiness = ReadinessFile.Load(Path.Combine(Root, "definitions"), Ketamine, Scales.Instruments),
            Measuring = Measuring,
            Programmes = ProgrammeFolder.Read(Path.Combine(Root, "definitions", "programmes"), Ketamine),
            ScaleFacts = ScaleFactsFile.Load(Path.Combine(Root, "definitions"), Ketamine, Scales.Instruments),
            Documents = Documents,
            Safety = SafetyRules,
            Urgent = UrgentRules,
            Referrals = ReferralRules,
            Records = new(RecordMaps),
            Intake = HealthQuestions,
            Office = Office,
            Card = new("Front Range Integrative", "+1 303 555 0100"),
            Clock = clock,
            Listen = new("http://localhost:0"),
            Public = null,
            Demo = true,
            SignInsPerMinute = 1000,
            Messages = Messages,
            Background = false,
            Rows = (_, chart) => chart.Who is { } who ? [.. PatientDirectory.Rows(chart), Worklist.Row(new(who.Name.Called, "Settle 2 findings and sign or return the clearance", Urgency.Today, clock.GetUtcNow())), .. Outbox.Rows(chart)] : [],
            Also = services => services.AddSingleton<ILoggerProvider>(log),
        };
        var app = CasementWeb.Build(with?.Invoke(options) ?? options);
        await app.StartAsync();
        return new(app, store, clock, log);
    }

    public Browser Visit() => new(Address);

    public async Task<(StaffAccount Account, Uri Link)> Invite(NewStaff staff)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var doorway = scope.ServiceProvider.GetRequiredService<StaffDoorway>();
        var (account, problem) = await doorway.Open(staff);
        Xunit.Assert.Null(problem);
        return (account, Here(await doorway.EnrolmentLink(account.Id, default)));
    }

    public async Task<Uri> DemoLink(NewStaff? staff = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return Here(await scope.ServiceProvider.GetRequiredService<StaffDoorway>().DemoLink(staff ?? Nurse, default));
    }

    /// <summary>A browser in which this patient has followed a sign-in link.</summary>
    public async Task<Browser> AsPatient(PatientId patient)
    {
        var browser = Visit();
        await browser.Go(Here(await Services.GetRequiredService<PatientDoor>().Link(patient, TimeSpan.FromMinutes(30), default)));
        await browser.Send("main form");
        Xunit.Assert.Equal("/my", browser.Where.AbsolutePath);
        return browser;
    }

    /// <summary>A browser that has followed a capability link.</summary>
    public async Task<Browser> OnLink(PatientId patient, Guid link)
    {
        var browser = Visit();
        await browser.Go(Here(Services.GetRequiredService<LinkDoor>().Address(patient, link)));
        await browser.Send("main form");
        return browser;
    }

    public Task<PatientId> Admit(string name, DateOnly born) => Admit(new Person(new(name), born));

    public async Task<PatientId> Admit(Person who)
    {
        var patient = new PatientId(Guid.NewGuid());
        await Services.GetRequiredService<Desk>().CarryOut(patient, new(ActorKind.Staff, "test", "Alma Reyes", "PMHNP-BC"), chart => Admitting.Decide(chart, new(who, new(2026, 11, 23))), default);
        return patient;
    }

    // The port is drawn at start, after the options were written.
    Uri Here(Uri link) => new(Address, link.PathAndQuery);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>Everything the program logged.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
