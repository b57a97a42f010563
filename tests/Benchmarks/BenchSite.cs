using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>A login page that takes its own time, large pages with and without a form, and the labelled ones, on loopback.</summary>
internal sealed class BenchSite : IAsyncDisposable
{
    private const string Form = """
        <form method="post" action="/signin">
          <label>User name <input name="user"></label> <label>Password <input name="password" type="password"></label> <button>Sign in</button>
        </form>
        """;

    private readonly WebApplication _app;

    private BenchSite(WebApplication app) => _app = app;

    /// <summary>The folder of the pages that say what the detector should find.</summary>
    public static string LabelledPages { get; } = Path.GetFullPath(Path.Combine(World.Dist, "..", "tests", "pages", "forms"));

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
        app.MapGet("/form/{elements:int}", (int elements) => Html($"<title>Large</title><main>{Lines(elements / 2)}{Form}{Lines(elements / 2)}</main>"));
        app.MapGet("/labelled/{name}", (string name) =>
            Results.Content(File.ReadAllText(Path.Combine(LabelledPages, Path.GetFileName(name) + ".html")), "text/html; charset=utf-8"));
        await app.StartAsync();
        return new BenchSite(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Lines(int elements) => string.Concat(Enumerable.Range(0, elements / 2).Select(n => $"<p><b>line {n}</b></p>"));

    private static IResult Html(string body) => Results.Content($"<!doctype html><html lang=en><meta charset=utf-8>{body}", "text/html");
}
