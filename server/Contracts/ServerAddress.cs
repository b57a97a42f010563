namespace Contracts;

/// <summary>How a share server is reached and recognised.</summary>
public static class ServerAddress
{
    /// <summary>
    /// Whether a text is an address: scheme, hostname and, where it is not the usual one, port number. Only https, but for this
    /// very machine.
    /// </summary>
    public static bool IsOne(string text) =>
        Limits.IsName(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.GetLeftPart(UriPartial.Authority) == text
        && uri.UserInfo.Length == 0;

    internal static Hash[] ReadPins(ref FieldReader reader)
    {
        var pins = new Hash[reader.Count(Limits.Pins)];
        for (var number = 0; number < pins.Length; number++)
        {
            pins[number] = reader.Hash();
        }
        return pins;
    }

    internal static void AddPins(FieldWriter writer, IReadOnlyList<Hash> pins)
    {
        writer.Add(pins.Count);
        foreach (var pin in pins)
        {
            writer.Add(pin);
        }
    }

    internal static string[] ReadAddresses(ref FieldReader reader)
    {
        var addresses = new string[reader.Count(Limits.Addresses)];
        for (var number = 0; number < addresses.Length; number++)
        {
            addresses[number] = ReadAddress(ref reader);
        }
        return addresses;
    }

    internal static string ReadAddress(ref FieldReader reader)
    {
        var address = reader.Name();
        return IsOne(address) ? address : throw ContractException.Malformed("a text is no address of a server");
    }
}
