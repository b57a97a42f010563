using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Browsers.Site;

/// <summary>The pages of the site: those in files, and those that are too large for files.</summary>
internal static class Pages
{
    /// <summary>Headers that a page cannot carry in its own text.</summary>
    private static readonly Dictionary<string, (string Name, string Value)> Headers = new()
    {
        ["strict-csp"] = ("Content-Security-Policy", "default-src 'none'; form-action 'self'"),
    };

    /// <summary>
    /// Serves <c>/NAME.html</c> and <c>/forms/NAME.html</c> from a folder, with <c>{{other}}</c> replaced by another origin and <c>{{user}}</c> by
    /// the user name in the query, and <c>/elements/COUNT</c>.
    /// </summary>
    public static void MapPages(this IEndpointRouteBuilder site, string folder, Func<HttpRequest, string> otherOrigin)
    {
        site.MapGet("/{name}.html", (string name, HttpContext context) => Page(folder, name, context));
        site.MapGet("/forms/{name}.html", (string name, HttpContext context) => Page(Path.Combine(folder, "forms"), name, context));
        site.MapGet("/elements/{count:int:range(1,1000000)}", (int count) =>
            Results.Content(Elements(count), "text/html; charset=utf-8"));
        // Browsers ask for it, and a 404 would stand in the console of every page.
        site.MapGet("/favicon.ico", () => Results.NoContent());

        IResult Page(string from, string name, HttpContext context)
        {
            var file = Directory.GetFiles(from).FirstOrDefault(each => Path.GetFileName(each) == $"{name}.html");
            if (file is null)
            {
                return Results.NotFound($"{from} has no {name}.html");
            }
            if (Headers.TryGetValue(name, out var header))
            {
                context.Response.Headers[header.Name] = header.Value;
            }
            var page = File.ReadAllText(file)
                .Replace("{{other}}", otherOrigin(context.Request), StringComparison.Ordinal)
                .Replace("{{user}}", WebUtility.HtmlEncode(context.Request.Query["user"]), StringComparison.Ordinal);
            return Results.Content(page, "text/html; charset=utf-8");
        }
    }

    /// <summary>A page of prose and lists with that many elements in its body and no field.</summary>
    private static string Elements(int count)
    {
        const int InParagraph = 10;
        var page = new StringBuilder(
            $"<!doctype html><html lang=en><meta charset=utf-8><title>{count} elements</title><body>");
        for (var written = 0; written < count; written++)
        {
            page.Append(written % InParagraph == 0
                ? $"<p class=row id=row{written}>"
                : $"<span>word {written}</span> ");
        }
        return page.ToString();
    }
}
