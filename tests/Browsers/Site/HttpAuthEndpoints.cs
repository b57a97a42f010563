using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Browsers.Site;

/// <summary>Pages that ask by HTTP itself: <c>/basic</c> (RFC 7617, in UTF-8) and <c>/digest</c> (RFC 7616, SHA-256). Wrong answers are asked for again.</summary>
internal static partial class HttpAuthEndpoints
{
    private const string Realm = "Staff";
    private const string Nonce = "0123456789abcdef";

    /// <param name="routes">Where the endpoints are added.</param>
    /// <param name="site">Whose user is let in.</param>
    public static void MapHttpAuth(this IEndpointRouteBuilder routes, TestSite site)
    {
        routes.MapGet("/basic", (HttpRequest request) => Answer(
            site, IsBasic(request, site), $"Basic realm=\"{Realm}\", charset=\"UTF-8\""));
        routes.MapGet("/digest", (HttpRequest request) => Answer(
            site, IsDigest(request, site), $"Digest realm=\"{Realm}\", nonce=\"{Nonce}\", algorithm=SHA-256, qop=\"auth\", charset=UTF-8"));
    }

    private static IResult Answer(TestSite site, bool isRight, string challenge) => isRight
        ? Results.Content($"<!doctype html><title>Staff</title><p id=\"answer\">signed in as {site.UserName}</p>", "text/html; charset=utf-8")
        : new Challenge(challenge);

    private static bool IsBasic(HttpRequest request, TestSite site) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
        && given.Scheme == "Basic"
        && given.Parameter == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{site.UserName}:{site.Password}"));

    private static bool IsDigest(HttpRequest request, TestSite site)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) || given.Scheme != "Digest")
        {
            return false;
        }
        var parts = Part().Matches(given.Parameter!).ToDictionary(part => part.Groups[1].Value, part => part.Groups[2].Value.Trim('"'));
        var who = Hash($"{site.UserName}:{Realm}:{site.Password}");
        var what = Hash($"{request.Method}:{parts["uri"]}");
        return parts["nonce"] == Nonce && parts["response"] == Hash($"{who}:{Nonce}:{parts["nc"]}:{parts["cnonce"]}:auth:{what}");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("""(\w+)=("[^"]*"|[^,]*)""")]
    private static partial Regex Part();

    private sealed class Challenge(string words) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status401Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = words;
            return httpContext.Response.WriteAsync("nobody is let in without a name");
        }
    }
}
