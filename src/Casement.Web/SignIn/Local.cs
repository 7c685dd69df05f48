namespace Casement.Web.SignIn;

/// <summary>Where to go after signing in: only ever to a page of our own.</summary>
public static class Local
{
    public static string Or(string? back, string otherwise) =>
        back is ['/', not ('/' or '\\'), ..] && !back.Any(char.IsControl) ? back : otherwise;

    /// <summary>Carries the way back along to the next step.</summary>
    public static string With(string page, string? back) => Or(back, "") is { Length: > 0 } local ? $"{page}?back={Uri.EscapeDataString(local)}" : page;
}
