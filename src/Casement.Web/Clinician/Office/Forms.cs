namespace Casement.Web.Clinician.Office;

public static class Forms
{
    /// <summary>Whether a box of the form that was sent was ticked; a browser sends nothing for one that was not.</summary>
    public static bool IsChecked(this HttpContext context, string name) => context.Request.HasFormContentType && context.Request.Form.ContainsKey(name);
}
