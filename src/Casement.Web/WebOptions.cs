using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Consent;
using Casement.Courses;
using Casement.Fhir.Records;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.Programmes;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Safety;
using Casement.Web.Messages;

namespace Casement.Web;

/// <summary>Everything the web is built from. Only the stores and the practice have no default.</summary>
public sealed record WebOptions
{
    public required IJournals Journals { get; init; }

    public required IShelf Shelf { get; init; }

    public required PracticeId Practice { get; init; }

    /// <summary>The rules clearance is assessed by.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>What is asked before a visit at a clinic; null when nothing is.</summary>
    public ReadinessPlan? Readiness { get; init; }

    /// <summary>What courses of treatment are measured by; null switches their pages off.</summary>
    public Measuring? Measuring { get; init; }

    /// <summary>Preparation and integration as data; none switches their steps off.</summary>
    public ProgrammeBook Programmes { get; init; } = ProgrammeBook.None;

    /// <summary>The short scales that may be sent to people, and which facts of the protocol scales answer.</summary>
    public CheckInPlan CheckIns { get; init; } = CheckInPlan.None;

    public ScaleFacts ScaleFacts { get; init; } = ScaleFacts.None;

    /// <summary>What the loop with partner clinics runs by; null switches its pages off.</summary>
    public ReferralRules? Referrals { get; init; }

    public PracticeCard Card { get; init; } = new("Casement practice");

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The zone every time is shown in, and its spoken name.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    public string ZoneName { get; init; } = "Denver";

    /// <summary>Where the program listens: this machine alone, unless told otherwise.</summary>
    public Uri Listen { get; init; } = new("http://localhost:5080");

    /// <summary>The address people type, when a proxy stands in front; decides cookies, passkeys and HSTS.</summary>
    public Uri? Public { get; init; }

    public TimeSpan IdleSignOut { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a page opened by a link may be left alone. Longer than for accounts: a clinic sits with somebody through a session and the stay after it.</summary>
    public TimeSpan LinkIdleSignOut { get; init; } = TimeSpan.FromMinutes(120);

    /// <summary>How long a phone may show, without a network, what it kept of a visit to somebody's own pages. The next visit begins it anew.</summary>
    public TimeSpan KeptOnPhone { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan LongestSession { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long a chart opened in an emergency stays open.</summary>
    public TimeSpan EmergencyLookFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How fresh a sign-in must be for what asks for proof again.</summary>
    public TimeSpan FreshSignIn { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords or codes in a row before an account waits.</summary>
    public int TriesBeforeLock { get; init; } = 5;

    public TimeSpan LockedFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Sign-in attempts per address and minute.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>Whether a demonstration link may open the door. Never with real records.</summary>
    public bool Demo { get; init; }

    /// <summary>How many entries the charts kept in memory may hold together; an entry takes about half a kilobyte there.</summary>
    public long EntriesInMemory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / 512;

    public long LargestUploadBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The rows one chart puts on the lists that cross patients; null for those of the house.</summary>
    public Func<PatientId, Chart, ImmutableArray<ListRow>>? Rows { get; init; }

    /// <summary>The words of messages, and how hard the practice tries to deliver them.</summary>
    public MessageRules Messages { get; init; } = MessageRules.None;

    /// <summary>What carries messages off; null keeps them waiting.</summary>
    public IPost? Post { get; init; }

    /// <summary>What carries off text messages and calls to staff; null means they get mail instead.</summary>
    public ITexts? Texts { get; init; }

    /// <summary>The address messages come from.</summary>
    public string MailFrom { get; init; } = "no-reply@localhost";

    /// <summary>Whether chores and the outbox run by themselves. A test runs them by hand.</summary>
    public bool Background { get; init; } = true;

    /// <summary>How the office works: its calendar, notes, documents and messages.</summary>
    public OfficeRules Office { get; init; } = OfficeRules.Plain;

    /// <summary>Reads an uploaded record; null switches the page off and says so.</summary>
    public RecordReading? Records { get; init; }

    /// <summary>The health questions put to patients; empty switches their pages off.</summary>
    public IntakeForm Intake { get; init; } = IntakeForm.Empty;

    /// <summary>The texts people sign; none switches nothing on.</summary>
    public ConsentDocuments Documents { get; init; } = ConsentDocuments.None;

    /// <summary>The clocks of the suicide-risk pathway and the shape of the safety plan; null switches both off, which only a test may want.</summary>
    public SafetyRules? Safety { get; init; }

    /// <summary>What calls somebody at once, and whom next; null calls nobody, which only a test may want.</summary>
    public UrgentRules? Urgent { get; init; }

    /// <summary>Where the records are, in a few words without a password, for the owner to read; empty in a test.</summary>
    public string RecordsAt { get; init; } = "";

    /// <summary>Where the key to them is, in a few words; empty in a test.</summary>
    public string KeyAt { get; init; } = "";

    /// <summary>More to register before the program is built: the desk's companions of other features.</summary>
    public Action<IServiceCollection>? Also { get; init; }

    /// <summary>What is asked around courses of treatment; null asks nothing.</summary>
    public SittingRules? Sittings => Measuring is { } measuring ? new(measuring, CheckIns, Office.Calendar, Zone) : null;

    public Uri Address => Public ?? Listen;

    public bool Https => Address.Scheme == Uri.UriSchemeHttps;
}
