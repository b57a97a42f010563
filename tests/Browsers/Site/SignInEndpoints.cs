using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Browsers.Site;

/// <summary>Where the pages' forms lead.</summary>
internal static class SignInEndpoints
{
    /// <summary>What a site shows under the word that something was wrong.</summary>
    private const string Again = """
        <form method="post" action="/signin">
          <p><label for="username">User name</label> <input id="username" name="username" autocomplete="username">
          <p><label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password">
          <p><button id="submit">Sign in</button>
        </form>
        """;

    /// <param name="site">Where the endpoints are added.</param>
    /// <param name="isRight">Takes note of a sign-in and says whether user name and password are right.</param>
    public static void MapSignIns(this IEndpointRouteBuilder site, Func<SignIn, bool> isRight)
    {
        site.MapPost("/signin", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var answer = Judge(request, form["username"]!, form["password"]!);
            return Page(answer, answer.StartsWith("signed", StringComparison.Ordinal) ? "" : Again);
        });
        site.MapGet("/signin", (HttpRequest request) =>
            Page(Judge(request, request.Query["username"]!, request.Query["password"]!)));
        site.MapPost("/api/signin", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return Results.Text(Judge(request, form["username"]!, form["password"]!));
        });
        site.MapPost("/identify", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return Results.Redirect($"/two-pages-password.html?user={Uri.EscapeDataString(form["username"]!)}");
        });
        site.MapPost("/code", async (HttpRequest request) =>
            Page(AuthenticatorCodes.Judge((await request.ReadFormAsync())["code"]!)));
        site.MapPost("/signup", async (HttpRequest request) =>
            Page($"signed up as {(await request.ReadFormAsync())["email"]}"));
        site.MapPost("/password", () => Page("the password was changed"));
        site.MapGet("/.well-known/change-password", () => Results.Redirect("/change-password.html?well-known"));
        site.MapPost("/newsletter", () => Page("subscribed"));
        site.MapGet("/search", (string? q) => Page($"nothing was found for {q}"));

        string Judge(HttpRequest request, string? userName, string? password)
        {
            var origin = $"{request.Scheme}://{request.Host}";
            var signIn = new SignIn(origin, request.Method, userName ?? "", password ?? "");
            return isRight(signIn) ? $"signed in as {signIn.UserName}" : "wrong user name or password";
        }
    }

    private static IResult Page(string answer, string more = "") => Results.Content($"""
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Answer</title>
        <p id="answer">{WebUtility.HtmlEncode(answer)}</p>
        {more}
        """, "text/html; charset=utf-8");
}
