using System.CommandLine;
using System.Security.Cryptography;
using Host.Install;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>attachment</c>: writes an attachment to a file or to standard output.</summary>
internal static class AttachmentCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "attachment", "write an attachment, which \"get\" lists, to a new file that only you can read, or to standard output",
            "latchkey attachment example.com recovery-codes.txt", "latchkey attachment example.com contract.pdf --to contract.pdf");
        var item = ItemLookup.Argument();
        var name = AttachmentName.Argument();
        var to = new Option<string?>("--to") { Description = "the new file; one that is there already is left alone", HelpName = "FILE" };
        command.Arguments.Add(item);
        command.Arguments.Add(name);
        command.Options.Add(to);
        runner.Bind(command, async invocation =>
        {
            var path = invocation.Parsed.GetValue(to) is { } given ? Path.GetFullPath(given) : null;
            CheckIsNew(path);
            await using var connection = await invocation.OpenVaultAsync();
            var (id, wanted) = await AttachmentName.FindAsync(
                invocation, connection, invocation.Parsed.GetRequiredValue(item), invocation.Parsed.GetRequiredValue(name));
            var revealed = await invocation.AskAsync<Revealed>(connection, new GetAttachment(id, wanted.Name));
            using var base64 = revealed.Value;
            var content = base64.FromBase64() ?? throw Invocation.UnfitAnswer();
            try
            {
                return Write(invocation.Output, new AttachmentDocument(id, wanted.Name, content.Length, path, path is null ? base64 : null), content);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        });
        return command;
    }

    private static int Write(Output output, AttachmentDocument document, byte[] content)
    {
        if (document.File is { } path)
        {
            CheckIsNew(path);
            AtomicFile.Write(path, content, AtomicFile.OwnerOnly);
            output.Answer(document, CommandJson.ForOutput.AttachmentDocument, () => [$"written: {path}"]);
        }
        else
        {
            output.AnswerBytes(document, CommandJson.ForOutput.AttachmentDocument, content);
        }
        return ExitCode.Ok;
    }

    private static void CheckIsNew(string? path)
    {
        if (Path.Exists(path))
        {
            throw Failure.Of("fileExists", $"{path} is there already", "name another file, or remove that one first");
        }
    }
}

/// <summary><c>attach</c>: attaches a file to an item.</summary>
internal static class AttachCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "attach", "attach a file of at most 16 MiB to an item; one of the same name is replaced, and kept in the history",
            "latchkey attach example.com recovery-codes.txt", "latchkey attach example.com /tmp/scan.pdf --name contract.pdf");
        var item = ItemLookup.Argument();
        var file = new Argument<string>("FILE") { Description = "what to attach" };
        var name = new Option<string?>("--name") { Description = "call it this instead of the file's name", HelpName = "NAME" };
        command.Arguments.Add(item);
        command.Arguments.Add(file);
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            var path = Path.GetFullPath(invocation.Parsed.GetRequiredValue(file));
            using var base64 = ContentOf(path);
            await using var connection = await invocation.OpenVaultAsync();
            var details = await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(item));
            var saved = await invocation.AskAsync<Saved>(
                connection, new Attach(details.Item.Id, invocation.Parsed.GetValue(name) ?? Path.GetFileName(path), base64));
            invocation.Output.Answer(saved, CommandJson.ForOutput.Saved, () => [saved.Item.Id]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Secret ContentOf(string path)
    {
        byte[]? content = null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            if (stream.Length > Limits.AttachmentBytes)
            {
                throw ErrorKind.Error(ErrorKind.AttachmentTooLarge, $"{path} is above 16 MiB", "keep it elsewhere");
            }
            content = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
            stream.ReadExactly(content);
            return Secret.Base64Of(content);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw Failure.Of("notReadable", $"{path} cannot be read", "check that it is a file, and that you may read it");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}

/// <summary><c>detach</c>: removes an attachment.</summary>
internal static class DetachCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "detach", "remove an attachment from an item; it is kept in the item's history", "latchkey detach example.com contract.pdf");
        var item = ItemLookup.Argument();
        var name = AttachmentName.Argument();
        command.Arguments.Add(item);
        command.Arguments.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var (id, wanted) = await AttachmentName.FindAsync(
                invocation, connection, invocation.Parsed.GetRequiredValue(item), invocation.Parsed.GetRequiredValue(name));
            var saved = await invocation.AskAsync<Saved>(connection, new Attach(id, wanted.Name));
            invocation.Output.Answer(saved, CommandJson.ForOutput.Saved, () => [saved.Item.Id]);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>The attachment that a person names.</summary>
internal static class AttachmentName
{
    public static Argument<string> Argument() => new("NAME") { Description = "the attachment's name" };

    /// <summary>Finds item and attachment.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>.</exception>
    public static async Task<(string Item, DetailAttachment Attachment)> FindAsync(
        Invocation invocation, IHostConnection connection, string item, string name)
    {
        var details = await ItemLookup.FindAsync(invocation, connection, item);
        var found = details.Attachments.FirstOrDefault(each => each.Name == name);
        return found is not null
            ? (details.Item.Id, found)
            : throw Failure.Of("notFound", $"the item '{details.Item.Title}' has no attachment '{name}'", details.Attachments is []
                ? "it has none"
                : $"it has {string.Join(", ", details.Attachments.Select(each => each.Name))}");
    }
}
