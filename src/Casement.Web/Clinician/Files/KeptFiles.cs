using System.Security.Cryptography;
using Casement.Documents;
using Casement.Journal;
using Casement.People;
using Casement.Web.Shell;
using Casement.Web.SignIn;

namespace Casement.Web.Clinician.Files;

/// <summary>The bytes of documents, sealed on the shelf. The journal says which bytes belong to which entry.</summary>
public sealed class KeptFiles(IShelf shelf, FilesOnTheWay onTheWay, WebOptions options)
{
    const string Kind = "document";

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <param name="patient">In whose journal the entry that names them is about to be written.</param>
    public async Task<bool> Keep(PatientId patient, Guid document, byte[] bytes, CancellationToken stop)
    {
        await onTheWay.Note(Kind, document, patient, stop);
        return await shelf.Write(options.Practice, Kind, document.ToString("D"), 0, bytes, stop);
    }

    public Task Forget(Guid document, CancellationToken stop) => shelf.Remove(options.Practice, Kind, document.ToString("D"), stop);

    /// <summary>The bytes that were received; null when they are gone or are others.</summary>
    public async Task<byte[]?> Find(DocumentReceived received, CancellationToken stop) =>
        await shelf.Read(options.Practice, Kind, received.Document.ToString("D"), stop) is { } kept && Hash(kept.Content.Span) == received.Sha256 ? kept.Content.ToArray() : null;
}

/// <summary>A file from outside: whatever is in it, the browser must run none of it.</summary>
public sealed record FromOutside;

public static class DocumentFiles
{
    public static void MapFiles(this WebApplication app) => app
        .MapGet("/staff/patients/{Patient:guid}/files/{Document:guid}/file", Give)
        .RequireAuthorization(Policies.Name(Act.ReadChart))
        .WithMetadata(new FromOutside());

    static async Task<IResult> Give(Guid patient, Guid document, HttpContext context, Desk desk, KeptFiles files, Caller caller, CancellationToken stop)
    {
        var id = new PatientId(patient);
        var known = (await desk.Peek(id, stop)).Documents.GetValueOrDefault(document);
        if (known is null) return Results.NotFound();
        if (known.Received.Sud && !caller.May(Act.ReadSudLabelled)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        await desk.Look(id, caller.Actor, "opened a document", stop);
        if (await files.Find(known.Received, stop) is not { } bytes) return Results.NotFound();
        var (type, ending) = known.Received.Format switch { FileFormat.Pdf => ("application/pdf", "pdf"), FileFormat.Png => ("image/png", "png"), _ => ("image/jpeg", "jpg") };
        // A picture is shown; a PDF can hold script and is handed over instead. The name says nothing about anybody.
        context.Response.Headers.ContentDisposition = $"{(known.Received.Format is FileFormat.Pdf ? "attachment" : "inline")}; filename=\"document-{document:N}.{ending}\"";
        return Results.Bytes(bytes, type);
    }
}
