using System.Text.RegularExpressions;
using Host.Protocol;

namespace Host.Service;

/// <summary>The names that clients give to what they leave with the host: drafts and captures.</summary>
internal static partial class ClientKey
{
    /// <summary>Checks a key.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: it is none.</exception>
    public static void Check(string key)
    {
        if (!IsKey().IsMatch(key))
        {
            throw ErrorKind.BadMessageError("the key is not 1 to 64 letters, digits, _, - and .");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_.-]{1,64}\\z")]
    private static partial Regex IsKey();
}
