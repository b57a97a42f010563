using System.CommandLine;
using System.Text;
using Host.Protocol;
using Vault;

namespace Host.Commands;

/// <summary><c>get</c>: shows one item, its secrets only when they are asked for.</summary>
internal static class GetCommand
{
    private const string ToShow = "show";

    /// <summary>What a person looks for first.</summary>
    private static readonly string[] _first = [FieldName.Title, FieldName.UserName, FieldName.Password];

    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "get", "show one item; secrets only when asked for",
            "latchkey get example.com", "latchkey get example.com --field password", "latchkey get example.com --copy");
        var item = ItemLookup.Argument();
        var field = new Option<string?>("--field") { Description = "print this field alone, also a secret one", HelpName = "NAME" };
        var copy = ClipboardCopy.Option();
        var reveal = new Option<bool>("--reveal") { Description = "show the secret fields too" };
        command.Arguments.Add(item);
        command.Options.Add(field);
        command.Options.Add(copy);
        command.Options.Add(reveal);
        runner.Bind(command, async invocation =>
        {
            if (invocation.Parsed.GetValue(reveal) && GlobalOptions.Given(invocation.Parsed, field, copy) is [var other, ..])
            {
                throw Failure.Usage($"{other} and --reveal do not go together", "leave one of them out");
            }
            var clipboard = invocation.Parsed.GetValue(copy) ? Clipboard.Find() : null;
            await using var connection = await invocation.OpenVaultAsync();
            var details = await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(item));
            details = details with { Item = connection.Named(details.Item) };
            if (clipboard is not null)
            {
                var wanted = FieldOf(details, invocation.Parsed.GetValue(field) ?? "password");
                using var value = await ValueAsync(invocation, connection, details, wanted, purpose: "copy");
                return await ClipboardCopy.RunAsync(
                    invocation, connection, clipboard, details.Item.Id, $"{FieldNames.WordOf(wanted.Name)} of '{details.Item.Title}'", value);
            }
            if (invocation.Parsed.GetValue(field) is { } name)
            {
                var wanted = FieldOf(details, name);
                using var value = await ValueAsync(invocation, connection, details, wanted, ToShow);
                invocation.Output.AnswerSecret(
                    new FieldDocument(details.Item.Id, wanted.Name, value), CommandJson.ForOutput.FieldDocument, value);
                return ExitCode.Ok;
            }
            await ShowItemAsync(invocation, connection, details, invocation.Parsed.GetValue(reveal));
            return ExitCode.Ok;
        });
        return command;
    }

    private static DetailField FieldOf(Details details, string name) =>
        details.Fields.FirstOrDefault(each => each.Name.Equals(FieldNames.Of(name), StringComparison.OrdinalIgnoreCase))
            ?? throw Failure.Of(
                "notFound", $"the item '{details.Item.Title}' has no field '{name}'",
                $"it has {string.Join(", ", details.Fields.Select(each => each.Name))}");

    private static async Task ShowItemAsync(Invocation invocation, IHostConnection connection, Details details, bool reveal)
    {
        var fields = new List<ShownField>();
        try
        {
            foreach (var field in details.Fields)
            {
                var value = field.Protected && !reveal ? null : await ValueAsync(invocation, connection, details, field, ToShow);
                fields.Add(new ShownField(field.Name, field.Protected, value));
            }
            var document = new ItemDocument(
                details.Item, details.Folder, fields, details.Urls, details.Attachments, details.CreatedAt,
                details.ModifiedAt, details.Revisions, details.ExpiresAt);
            invocation.Output.AnswerFields(document, CommandJson.ForOutput.ItemDocument, Lines(document, invocation.Output));
        }
        finally
        {
            fields.ForEach(field => field.Value?.Dispose());
        }
    }

    private static async Task<Secret> ValueAsync(
        Invocation invocation, IHostConnection connection, Details details, DetailField field, string purpose) => field.Protected
            ? (await invocation.AskAsync<Revealed>(connection, new Reveal(details.Item.Id, field.Name, purpose))).Value
            : new Secret(Encoding.UTF8.GetBytes(field.Value ?? ""));

    /// <summary>What a person reads: a name and a value each, the value's bytes where it may be a secret.</summary>
    private static IEnumerable<(string Name, string Text, Secret? Value)> Lines(ItemDocument document, Output output)
    {
        var fields = document.Fields.Where(field => !FieldName.IsUrl(field.Name)).ToLookup(field => _first.Contains(field.Name));
        foreach (var field in fields[true].OrderBy(field => Array.IndexOf(_first, field.Name)))
        {
            yield return Line(field);
        }
        foreach (var url in document.Urls)
        {
            yield return (FieldName.Url, $"{url.Url} ({url.Match})", null);
        }
        foreach (var field in fields[false])
        {
            yield return Line(field);
        }
        foreach (var attachment in document.Attachments)
        {
            yield return ("attachment", $"{attachment.Name} ({attachment.Bytes} bytes)", null);
        }
        if (document.Item.Tags.Count > 0)
        {
            yield return ("tags", string.Join(", ", document.Item.Tags), null);
        }
        if (document.Item.Vault is { } vault)
        {
            yield return ("vault", vault, null);
        }
        if (document.Folder.Length > 0)
        {
            yield return ("folder", document.Folder, null);
        }
        yield return ("kind", document.Item.Kind, null);
        yield return ("id", document.Item.Id, null);
        yield return ("changed", output.Time(document.ModifiedAt), null);
        if (document.ExpiresAt is { } expiresAt)
        {
            yield return ("expires", output.Time(expiresAt), null);
        }
    }

    private static (string Name, string Text, Secret? Value) Line(ShownField field) =>
        (field.Name, field.Value is null ? "(secret: --reveal shows it)" : "", field.Value);
}
