using Casement.Journal;
using Casement.Messages;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Casement.Web.Messages;

/// <summary>The way to stop messages, from any message and without signing in. The address carries the chart and the message sealed, so it can stop this person's messages and nothing else.</summary>
public sealed class StopDoor(IDataProtectionProvider seals, Desk desk, WebOptions options)
{
    readonly SealedAddress seal = new(seals, "stop messages 1");

    public Uri Address(PatientId patient, Guid message) => new(options.Address, $"/messages/stop/{Token(patient, message)}");

    /// <summary>The address a mail program posts to by itself (RFC 8058).</summary>
    public Uri OneClick(PatientId patient, Guid message) => new(options.Address, $"/messages/stop/{Token(patient, message)}/now");

    string Token(PatientId patient, Guid message) => seal.Write(patient, message);

    /// <summary>Whether this is one of our addresses; looking stops nothing.</summary>
    public async Task<bool> Opens(string token, CancellationToken stop) => await Find(token, stop) is not null;

    /// <summary>Stops the messages. False when this is no address of ours.</summary>
    public async Task<bool> Stop(string token, CancellationToken stop)
    {
        if (await Find(token, stop) is not var (patient, to)) return false;
        var actor = to.Kind is AddresseeKind.Support ? new Actor(ActorKind.Support, to.Email, to.Name) : new Actor(ActorKind.Patient, patient.ToString(), "By the link in a message");
        return await desk.CarryOut(patient, actor, chart => Delivering.Stop(chart, options.Messages, to.Kind, to.Kind is AddresseeKind.Support ? to.Email : ""), stop) is not Refused;
    }

    async Task<(PatientId Patient, Addressee To)?> Find(string token, CancellationToken stop)
    {
        if (seal.Read(token) is not var (patient, message)) return null;
        return (await desk.Peek(patient, stop)).Messages.TryGetValue(message, out var found) && found.Asked.To.Kind is AddresseeKind.Patient or AddresseeKind.Support
            ? (patient, found.Asked.To)
            : null;
    }
}
