namespace Casement.Web.Clinician.Office;

public static class Registration
{
    /// <summary>What the pages of the office share.</summary>
    public static void AddOffice(this IServiceCollection services)
    {
        services.AddSingleton<Work>();
        services.AddSingleton<AbsenceBook>();
        services.AddSingleton<Colleagues>();
        services.AddSingleton<Notes.Drafts>();
        services.AddSingleton<Notes.ApartNotes>();
        services.AddSingleton<Files.KeptFiles>();
    }
}
