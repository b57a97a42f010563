using System.Security.Cryptography;
using System.Text;
using Host.Protocol;
using Vault;
using Vault.Generate;

namespace Host.Service;

/// <summary>Answers <c>generate</c>, which needs a vault only to keep what it makes, <c>generated</c> and <c>revealGenerated</c>.</summary>
internal static class GenerateAnswers
{
    public static GeneratedEntries Kept(OpenVault vault) =>
        new([.. vault.File.Generated.Select(one => new GeneratedEntry(one.Id.ToString(), one.At))]);

    public static Revealed Reveal(OpenVault vault, RevealGenerated request, Action<string> release)
    {
        var id = ItemId.TryParse(request.Entry) ?? throw ErrorKind.BadMessageError("a generated password is not named by an id");
        using var value = vault.File.OpenGenerated(id) ?? throw ErrorKind.NotFoundError("generated password");
        release(request.Entry);
        return new Revealed(new Secret(value.Span));
    }

    public static Generated Generate(Generate request)
    {
        try
        {
            var recipe = RecipeOf(request);
            var bytes = GC.AllocateUninitializedArray<byte>(recipe.MaxBytes, pinned: true);
            var length = recipe.Make(bytes);
            var value = new Secret(bytes.AsSpan(0, length));
            CryptographicOperations.ZeroMemory(bytes);
            return new Generated(value, Math.Round(recipe.Bits, 1));
        }
        catch (UnmetRulesException)
        {
            throw ErrorKind.Error(ErrorKind.Refused, "no password meets these rules", "make it longer, or allow more", "rules");
        }
    }

    private static Recipe RecipeOf(Generate request)
    {
        try
        {
            return request.Kind switch
            {
                "characters" => new CharacterRecipe(request.Length!.Value, ClassesOf(request.Classes!), request.AvoidAmbiguous!.Value),
                "words" => new WordRecipe(request.Count!.Value, request.Separator!, request.Capitalise!.Value, request.Digit!.Value),
                "rules" => new RulesRecipe(
                    request.Length!.Value, BytesOf(request.Allowed!), [.. request.Required!.Select(BytesOf)], request.MaxConsecutive),
                _ => PatternRecipe.TryParse(request.Pattern!) ?? throw ErrorKind.BadMessageError("the pattern is none"),
            };
        }
        catch (ArgumentOutOfRangeException outOfRange)
        {
            throw ErrorKind.BadMessageError($"{outOfRange.ParamName} is out of range");
        }
    }

    // A character beyond ASCII becomes several bytes, of which none is printable ASCII: the recipe refuses them.
    private static byte[] BytesOf(string characters) => Encoding.UTF8.GetBytes(characters);

    private static CharacterClasses ClassesOf(IReadOnlyList<string> words)
    {
        var classes = CharacterClasses.None;
        foreach (var word in words)
        {
            classes |= word switch
            {
                "lower" => CharacterClasses.Lower,
                "upper" => CharacterClasses.Upper,
                "digit" => CharacterClasses.Digit,
                _ => CharacterClasses.Symbol,
            };
        }
        return classes;
    }
}
