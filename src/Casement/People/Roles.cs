using System.Collections.Immutable;
using System.Diagnostics;

namespace Casement.People;

/// <summary>What a member of staff is here. One person may be several: in a practice of one, the nurse practitioner also owns it.</summary>
public enum Role { Owner, Clinician, Guide, Biller }

/// <summary>Something a member of staff may be allowed to do.</summary>
public enum Act
{
    /// <summary>Sign in, see the own home page and the own account.</summary>
    UseTheOffice,
    SeeWorklist,
    SeeDirectory,
    ReadChart,

    /// <summary>Open one chart for a short time although the role reads none; always reviewed.</summary>
    BreakGlass,
    AdmitPerson,

    /// <summary>Change names, date of birth and contact, and answer what patients say is wrong.</summary>
    ChangeDetails,
    ImportRecord,
    RecordFacts,
    RecordOpinion,
    Override,
    SignClearance,
    PrintLetter,

    /// <summary>Put documents before a patient, write down what was signed in person, ask for a signature again.</summary>
    HandleDocuments,

    /// <summary>Sign after the patient.</summary>
    Countersign,

    /// <summary>Work the suicide-risk pathway and the safety plan.</summary>
    KeepSafe,
    SeeProtocol,
    MoveParameter,
    ManageStaff,

    /// <summary>See how this installation is set up, and why a part of it is off.</summary>
    SeeSettings,
    /// <summary>See that messages went, without names.</summary>
    SeeMail,
    /// <summary>Say how somebody was told whom no message reached.</summary>
    SettleMessage,
    AssignClinician,

    /// <summary>Write and sign chart notes. A psychotherapy note is written by this act too, and read by nobody but its author.</summary>
    SignNote,

    /// <summary>Read what bears the label for substance-use records; everybody else sees that it is there and not what it says.</summary>
    ReadSudLabelled,
    ManageTasks,
    KeepDocuments,
    MessagePatients,
    GoAway,
    ManagePartners,
    SeeReferrals,
    Refer,

    /// <summary>See the figures of the practice: no names, no charts.</summary>
    SeeOutcomes,

    /// <summary>Plan, end and review a course of treatment.</summary>
    LeadCourse,

    /// <summary>Read the steps somebody goes through, what they left in them and what of their journal they shared; plan integration. No chart, no note, no clearance.</summary>
    GuideProgramme,

    /// <summary>Change the words of a step for everybody.</summary>
    EditProgramme,
}

/// <summary>Who may do what: the whole table. The narrowest that lets each do their work; widening a line is a decision of the practice.</summary>
public static class Allowed
{
    /// <summary>The roles that may.</summary>
    /// <remarks>A guide reads nobody's chart until people are assigned to guides, and an owner who is no clinician reads none at all.</remarks>
    public static ImmutableArray<Role> For(Act act) => act switch
    {
        Act.UseTheOffice => [Role.Owner, Role.Clinician, Role.Guide, Role.Biller],
        Act.SeeWorklist => [Role.Clinician],
        Act.SeeDirectory => [Role.Clinician, Role.Biller],
        Act.ReadChart => [Role.Clinician],
        Act.BreakGlass => [Role.Owner, Role.Guide],
        Act.AdmitPerson => [Role.Clinician],
        Act.ChangeDetails => [Role.Clinician],
        Act.ImportRecord => [Role.Clinician],
        Act.RecordFacts => [Role.Clinician],
        Act.RecordOpinion => [Role.Clinician],
        Act.Override => [Role.Clinician],
        Act.SignClearance => [Role.Clinician],
        Act.PrintLetter => [Role.Clinician],
        Act.HandleDocuments => [Role.Clinician],
        Act.Countersign => [Role.Clinician],
        Act.KeepSafe => [Role.Clinician],
        Act.SeeProtocol => [Role.Owner, Role.Clinician, Role.Guide],
        // An owner who is no clinician sees how many outcomes would change, never whose.
        Act.MoveParameter => [Role.Owner, Role.Clinician],
        Act.ManageStaff => [Role.Owner],
        Act.SeeSettings => [Role.Owner],
        Act.SeeMail => [Role.Owner],
        Act.SettleMessage => [Role.Clinician],
        Act.AssignClinician => [Role.Clinician],
        Act.SignNote => [Role.Clinician],
        Act.ReadSudLabelled => [Role.Clinician],
        Act.ManageTasks => [Role.Clinician],
        Act.KeepDocuments => [Role.Clinician],
        Act.MessagePatients => [Role.Clinician],
        Act.GoAway => [Role.Clinician],
        Act.ManagePartners => [Role.Owner, Role.Clinician],
        Act.SeeReferrals => [Role.Clinician],
        Act.Refer => [Role.Clinician],
        Act.SeeOutcomes => [Role.Owner, Role.Clinician],
        Act.LeadCourse => [Role.Clinician],
        Act.GuideProgramme => [Role.Clinician, Role.Guide],
        Act.EditProgramme => [Role.Owner],
        _ => throw new UnreachableException($"Nobody said who may {act}."),
    };

    public static bool May(this IEnumerable<Role> roles, Act act) => roles.Any(For(act).Contains);
}
