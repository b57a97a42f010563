using System.Text;
using Host.Protocol;
using Vault.Crypto;
using Vault.Matching;

namespace Host.Service;

/// <summary>What a person typed into a form that signs in, signs up or changes a password; its passwords lie sealed.</summary>
internal sealed class CapturedForm
{
    /// <summary>The form's page.</summary>
    public required Origin Origin { get; init; }

    /// <summary>Whether the form changes a password.</summary>
    public required bool IsChange { get; init; }

    /// <summary>The user name without white space around it; <see langword="null"/> if none was typed.</summary>
    public required string? UserName { get; init; }

    /// <summary>The password that the site knows already, or that is all there is.</summary>
    public required SealedSecret? Password { get; init; }

    /// <summary>The password that the site was given anew.</summary>
    public required SealedSecret? NewPassword { get; init; }

    /// <summary>When it came, as a time stamp.</summary>
    public required long At { get; init; }

    /// <summary>The password that would be kept; <see langword="null"/> if this is the first step of several.</summary>
    public SealedSecret? ToKeep => NewPassword ?? Password;

    /// <summary>The password that a change replaces; <see langword="null"/> where nothing is replaced.</summary>
    public SealedSecret? Replaced => IsChange && NewPassword is not null ? Password : null;

    /// <summary>Makes the passwords useless.</summary>
    public void Clear()
    {
        Password?.Clear();
        NewPassword?.Clear();
    }

    /// <summary>What was typed as a password.</summary>
    /// <returns>
    /// The same, or <see langword="null"/> if it is none: empty, nothing but white space, or one of the characters that pages draw in the
    /// place of a password, repeated.
    /// </returns>
    public static Secret? Typed(Secret? field)
    {
        if (field is null || field.Utf8.IsEmpty)
        {
            return null;
        }
        Rune.DecodeFromUtf8(field.Utf8, out var first, out _);
        var isMask = first.Value is '•' or '●' or '∙' or '·' or '*';
        for (var rest = field.Utf8; rest.Length > 0;)
        {
            Rune.DecodeFromUtf8(rest, out var character, out var bytes);
            if (isMask ? character != first : !Rune.IsWhiteSpace(character))
            {
                return field;
            }
            rest = rest[bytes..];
        }
        return null;
    }
}
