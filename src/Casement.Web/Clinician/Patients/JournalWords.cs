using Casement.Clearance;
using Casement.Journal;
using Casement.People;

namespace Casement.Web.Clinician.Patients;

/// <summary>Each kind of entry in a line, as a clinician would say it.</summary>
public static class JournalWords
{
    public static string Of(PatientEvent what) => what switch
    {
        PatientAdmitted e => $"Record opened for {e.Who.Name.Legal}.",
        PatientDetailsChanged e => $"Details changed. {e.Reason}",
        FactsRecorded { Facts: [var only] } => $"Recorded {only.Fact}: {only.Value}.",
        FactsRecorded e => $"Recorded {e.Facts.Length} facts.",
        MedicinesRecorded e => $"Medicine list of {e.Medicines.Length} recorded.",
        RecordImported e => $"Imported {e.FileName}: {e.ResourceCount} resources.",
        EnteredInError e => $"Entry {e.Entry} marked as entered in error. {e.Reason}",
        Unreadable e => $"An entry that cannot be read here ({e.StoredName}). {e.Because}",
        // New kinds of entry are shown by their stored name until they are given words.
        var other => Attribute.GetCustomAttribute(other.GetType(), typeof(StoredAsAttribute)) is StoredAsAttribute { Name: var name } ? $"{name}." : "An entry.",
    };
}
