using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Browsers.Site;

/// <summary>What the pages ask about passkeys before they ask the browser, and where they take its answers.</summary>
internal static class PasskeyEndpoints
{
    /// <param name="site">Where the endpoints are added.</param>
    /// <param name="relyingParty">Which one it is, when a page asks.</param>
    public static void MapPasskeys(this IEndpointRouteBuilder site, Func<PasskeySite> relyingParty)
    {
        site.MapGet("/passkeys/new", (string user, bool exclude) =>
            Results.Content(relyingParty().NewOptions(user, exclude), "application/json"));
        site.MapPost("/passkeys/new", async (HttpRequest request) => await relyingParty().RegisterAsync(await BodyOf(request)));
        site.MapGet("/passkeys/use", (string? user) => Results.Content(relyingParty().SignInOptions(user), "application/json"));
        site.MapPost("/passkeys/use", async (HttpRequest request) => await relyingParty().SignInAsync(await BodyOf(request)));
    }

    private static async Task<string> BodyOf(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }
}
