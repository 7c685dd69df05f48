using System.Text;
using System.Xml.Linq;
using Casement.Journal;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Casement.Web.SignIn;

/// <summary>The keys that protect cookies and forms, kept on the shelf: sealed there, and the same on every node.</summary>
public sealed class KeyRing(IShelf shelf, WebOptions options) : IXmlRepository
{
    const string Kind = "data-protection";

    // The framework asks for keys without waiting, at start and about once a day; there is nothing to block but that thread.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. shelf.ReadAll(options.Practice, Kind, CancellationToken.None).GetAwaiter().GetResult().Select(s => XElement.Parse(Encoding.UTF8.GetString(s.Content.Span)))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        if (!shelf.Write(options.Practice, Kind, friendlyName, 0, xml, CancellationToken.None).GetAwaiter().GetResult())
            throw new InvalidOperationException("A key of this name is already on the shelf.");
    }
}

public static class KeyRings
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        // One pass instead of two. What older keys protected still opens: each key names its own algorithm.
        services.AddDataProtection().SetApplicationName("Casement")
            .UseCryptographicAlgorithms(new() { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddSingleton<KeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((keys, ring) => keys.XmlRepository = ring);
    }
}
