using Casement.Clearance;
using Casement.Definitions;

namespace Casement.Tests.Clearance;

/// <summary>The protocol in force, read once.</summary>
static class Ketamine
{
    public static Protocol Protocol { get; } = ProtocolFolder.Read(Root.Path("definitions", "protocols", "ketamine"));
}
