using System.Globalization;

namespace Casement.Web.Shell;

/// <summary>Marks an answer that the worker on the phone may keep for when there is no network, and until when. What is not marked is kept nowhere.</summary>
public static class OnPhone
{
    public const string Header = "Casement-Keep-Until";

    public static void Keep(HttpContext context, DateTimeOffset until)
    {
        if (!context.Response.HasStarted) context.Response.Headers[Header] = until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
    }
}
