using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Casement.Web.SignIn;

namespace Casement.Web.Tests;

/// <summary>A browser without script: keeps cookies, follows redirects, fills in the form it was given.</summary>
public sealed class Browser : IDisposable
{
    readonly HttpClient client;

    public Browser(Uri address)
    {
        Address = address;
        client = new(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = address };
        Page = BrowsingContext.New().OpenAsync(r => r.Content("")).Result;
    }

    public Uri Address { get; }
    public CookieContainer Cookies { get; } = new();
    public HttpClient Client => client;
    public IDocument Page { get; private set; }
    public HttpStatusCode Status { get; private set; }
    public Uri Where { get; private set; } = new("about:blank");

    (IDocument Page, Uri Where) before;

    public string Heading => Page.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public async Task<Browser> Go(string address) => await Take(await client.GetAsync(new Uri(Address, address)));

    public Task<Browser> Go(Uri address) => Go(address.PathAndQuery);

    /// <summary>Fills in a form and sends it.</summary>
    /// <param name="which">A selector of the form, such as "main form".</param>
    /// <param name="answers">Fields by name; those left out keep what the page gave them.</param>
    public async Task<Browser> Send(string which, params (string Name, string Value)[] answers)
    {
        var form = Page.QuerySelector(which) as IHtmlFormElement ?? throw new InvalidOperationException($"No form {which} on {Where}: {Page.Body?.TextContent}");
        var fields = form.QuerySelectorAll("input[name], textarea[name]").Where(Counts)
            .Select(e => (Name: e.GetAttribute("name") ?? "", Value: e is IHtmlTextAreaElement area ? area.Value : e.GetAttribute("value") ?? ""))
            .Where(f => answers.All(a => a.Name != f.Name)).Concat(answers).Select(f => new KeyValuePair<string, string>(f.Name, f.Value));
        return await Take(await client.PostAsync(Target(form), new FormUrlEncodedContent(fields)));
    }

    public async Task<Browser> Upload(string which, string field, string fileName, byte[] bytes)
    {
        var form = Page.QuerySelector(which) as IHtmlFormElement ?? throw new InvalidOperationException($"No form {which} on {Where}.");
        using var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]"))
            body.Add(new StringContent(hidden.GetAttribute("value") ?? ""), hidden.GetAttribute("name") ?? "");
        body.Add(new ByteArrayContent(bytes), field, fileName);
        return await Take(await client.PostAsync(Target(form), body));
    }

    /// <summary>The page before, as a browser still holds it: nothing is asked for, and its forms can be sent again.</summary>
    public Browser Back()
    {
        (Page, Where) = before;
        return this;
    }

    /// <summary>Shows an answer to a request the test made itself.</summary>
    public Task<Browser> Show(HttpResponseMessage answer) => Take(answer);

    Uri Target(IHtmlFormElement form) => form.GetAttribute("action") is { Length: > 0 } action ? new(Address, action) : Where;

    static bool Counts(IElement field) => field.GetAttribute("type") is not ("checkbox" or "radio") || field.HasAttribute("checked");

    async Task<Browser> Take(HttpResponseMessage response)
    {
        before = (Page, Where);
        Status = response.StatusCode;
        Where = response.RequestMessage?.RequestUri ?? Where;
        var html = await response.Content.ReadAsStringAsync();
        Page = await BrowsingContext.New().OpenAsync(r => r.Content(html).Address(Where));
        return this;
    }

    public void Dispose()
    {
        client.Dispose();
        Page.Dispose();
    }
}

/// <summary>The usual ways in.</summary>
public static class Arriving
{
    public const string Password = "orchard lantern violin";

    public static async Task<Browser> SignedIn(this House house, NewStaff? staff = null)
    {
        var browser = house.Visit();
        await browser.Go(await house.DemoLink(staff));
        await browser.Send("main form");
        Xunit.Assert.Equal("/staff", browser.Where.AbsolutePath);
        return browser;
    }

    /// <summary>Sets up a sign-in from the owner's link and answers the authenticator key.</summary>
    public static async Task<string> Enrol(this Browser browser, Uri link, House house)
    {
        await browser.Go(link);
        await browser.Send("main form");
        await browser.Send("main form", ("Password", Password));
        var key = string.Concat((browser.Page.QuerySelector(".secret code")?.TextContent ?? "").Where(c => c != ' '));
        await browser.Send("main form", ("Code", house.CodeFor(key)));
        return key;
    }

    public static async Task GivePassword(this Browser browser, string email, string password)
    {
        await browser.Go("/sign-in");
        await browser.Send("form:has(#Password)", ("Email", email), ("Password", password));
    }

    public static string CodeFor(this House house, string key) => OneTimeCode.At(key, house.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);
}
