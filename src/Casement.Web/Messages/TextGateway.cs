using System.Net;
using System.Net.Http.Headers;

namespace Casement.Web.Messages;

/// <summary>
/// Hands text messages and calls to a gateway of the practice's own choice: one POST of {"id", "to", "kind", "words"} for each, with the id again as Idempotency-Key.
/// 2xx says it was taken, 400 or 404 that there is no such number, anything else that it may be tried again.
/// </summary>
/// <param name="key">Sent as a bearer token; empty for none.</param>
public sealed class TextGateway(Uri gateway, string key = "") : ITexts, IDisposable
{
    // Words and key go to the address that was configured and nowhere a reply points to.
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });

    public string Name => $"text gateway {gateway.Host}";

    public void Dispose() => http.Dispose();

    public async Task Deliver(TextMessage message, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway) { Content = JsonContent.Create(new { id = message.Id, to = message.Number, kind = message.IsCall ? "call" : "text", words = message.Words }) };
        request.Headers.Add("Idempotency-Key", message.Id.ToString("D"));
        if (key.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        HttpStatusCode answer;
        try
        {
            using var response = await http.SendAsync(request, stop);
            answer = response.StatusCode;
        }
        catch (HttpRequestException e)
        {
            throw new NotDeliveredException("The text gateway cannot be reached.", cause: e);
        }
        if (answer is HttpStatusCode.BadRequest or HttpStatusCode.NotFound) throw new NotDeliveredException("The text gateway says there is no such number.", forGood: true);
        if ((int)answer is < 200 or > 299) throw new NotDeliveredException($"The text gateway refused the message ({(int)answer}).");
    }
}
