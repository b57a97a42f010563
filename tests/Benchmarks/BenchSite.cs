using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>A login page that takes its own time, and large pages without a form, on loopback.</summary>
internal sealed class BenchSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchSite(WebApplication app) => _app = app;

    public string Origin => _app.Urls.First();

    public string LoginUrl => Origin + "/login";

    public static async Task<BenchSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/login", () => Html("""
            <title>Sign in</title>
            <form method="post" action="/signin">
              <label>User name <input name="user" autocomplete="username"></label>
              <label>Password <input name="password" type="password" autocomplete="current-password"></label>
              <button>Sign in</button>
            </form>
            <script>
              document.querySelector("[type=password]").addEventListener("input", () => { globalThis.filledAt ??= performance.now(); });
            </script>
            """));
        app.MapGet("/plain/{elements:int}", (int elements) => Html(
            // What the browser itself takes to lay out as many lines is not what is measured.
            "<title>Plain</title><div style=\"content-visibility: hidden\">" + Lines(elements - 2000) + "</div><main id=main>" + Lines(2000) + "</main>"));
        await app.StartAsync();
        return new BenchSite(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Lines(int elements) => string.Concat(Enumerable.Range(0, elements / 2).Select(n => $"<p><b>line {n}</b></p>"));

    private static IResult Html(string body) => Results.Content($"<!doctype html><html lang=en><meta charset=utf-8>{body}", "text/html");
}
