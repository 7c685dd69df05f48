namespace Casement.FollowUp;

/// <summary>What the pages need to know about the practice they belong to.</summary>
/// <param name="Name">As on the letterhead.</param>
/// <param name="Phone">For people who cannot use a page; empty when there is none.</param>
/// <param name="AnswersWithin">The reply time the practice really keeps; read aloud beside every message box.</param>
/// <param name="Address">As on the letterhead; empty when there is none.</param>
/// <param name="Npi">The national provider identifier of the practice; empty when there is none.</param>
/// <param name="Licence">The licence, type and number, of who signs; empty when it is not known here.</param>
/// <param name="Hours">When the phone is answered.</param>
/// <param name="AfterHours">What to do outside those hours.</param>
public sealed record PracticeCard(
    string Name,
    string Phone = "",
    string AnswersWithin = "within two business days",
    string Address = "",
    string Npi = "",
    string Licence = "",
    string Hours = "",
    string AfterHours = "In an emergency call 911. For thoughts of suicide call or text 988.");
