using System.Security.Cryptography;
using Host.Protocol;
using Vault.Generate;

namespace Host.Service;

/// <summary>Answers <c>generate</c>. Needs no vault.</summary>
internal static class GenerateAnswer
{
    public static Generated Of(Generate request)
    {
        var recipe = RecipeOf(request);
        var bytes = GC.AllocateUninitializedArray<byte>(recipe.MaxBytes, pinned: true);
        var length = recipe.Make(bytes);
        var value = new Secret(bytes.AsSpan(0, length));
        CryptographicOperations.ZeroMemory(bytes);
        return new Generated(value, Math.Round(recipe.Bits, 1));
    }

    private static Recipe RecipeOf(Generate request)
    {
        try
        {
            return request.Kind switch
            {
                "characters" => new CharacterRecipe(request.Length!.Value, ClassesOf(request.Classes!), request.AvoidAmbiguous!.Value),
                "words" => new WordRecipe(request.Count!.Value, request.Separator!, request.Capitalise!.Value, request.Digit!.Value),
                _ => PatternRecipe.TryParse(request.Pattern!) ?? throw ErrorKind.BadMessageError("the pattern is none"),
            };
        }
        catch (ArgumentOutOfRangeException outOfRange)
        {
            throw ErrorKind.BadMessageError($"{outOfRange.ParamName} is out of range");
        }
    }

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
