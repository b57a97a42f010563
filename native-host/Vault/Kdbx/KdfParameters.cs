using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>The key derivation that a file names in its header: checked against the caps when read, and carried out here.</summary>
internal sealed class KdfParameters
{
    private const string UuidKey = "$UUID";
    private const string SaltKey = "S";
    private const string LanesKey = "P";
    private const string MemoryKey = "M";
    private const string PassesKey = "I";
    private const string VersionKey = "V";
    private const string SecretKey = "K";
    private const string AssociatedKey = "A";
    private const string RoundsKey = "R";

    private const int SaltBytes = 32;
    private const int MinSaltBytes = 8;
    private const int MaxSaltBytes = 1024;

    private static readonly byte[] Argon2dUuid = Convert.FromHexString("EF636DDF8C29444B91F7A9A403E30A0C");
    private static readonly byte[] Argon2idUuid = Convert.FromHexString("9E298B1956DB4773B23DFC3EC6F0A1E6");
    private static readonly byte[] AesKdbx3Uuid = Convert.FromHexString("C9D9F39A628A4460BF740D08C18A4FEA");
    private static readonly byte[] AesKdbx4Uuid = Convert.FromHexString("7C02BB8279A74AC0927D114A00648238");

    private readonly VariantDictionary _dictionary;
    private readonly byte[] _salt;
    private readonly uint _version;

    private KdfParameters(VariantDictionary dictionary, KdfSettings settings, byte[] salt, uint version) =>
        (_dictionary, Settings, _salt, _version) = (dictionary, settings, salt, version);

    /// <summary>Which one, and its cost.</summary>
    internal KdfSettings Settings { get; }

    /// <summary>The parameters as the header carries them.</summary>
    internal byte[] ToArray() => _dictionary.ToArray();

    /// <summary>Makes parameters with a new salt.</summary>
    /// <exception cref="VaultException">The cost is beyond the caps.</exception>
    internal static KdfParameters New(KdfSettings settings)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var dictionary = new VariantDictionary();
        if (settings.Kind == KdfKind.Aes)
        {
            dictionary.With(UuidKey, AesKdbx3Uuid).With(RoundsKey, (ulong)settings.Passes).With(SaltKey, salt);
        }
        else
        {
            dictionary.With(UuidKey, settings.Kind == KdfKind.Argon2id ? Argon2idUuid : Argon2dUuid)
                .With(VersionKey, Argon2.Version13)
                .With(SaltKey, salt)
                .With(LanesKey, (uint)settings.Lanes)
                .With(MemoryKey, (ulong)settings.MemoryBytes)
                .With(PassesKey, (ulong)settings.Passes);
        }
        return Read(dictionary);
    }

    /// <summary>The parameters of a KDBX 3.1 header.</summary>
    internal static KdfParameters OfVersion3(ulong rounds, byte[] seed) =>
        Read(new VariantDictionary().With(UuidKey, AesKdbx3Uuid).With(RoundsKey, rounds).With(SaltKey, seed));

    /// <summary>Reads and checks what a header names.</summary>
    /// <exception cref="VaultException">It is unknown, not whole, or beyond the caps.</exception>
    internal static KdfParameters Read(VariantDictionary dictionary)
    {
        var uuid = dictionary.Bytes(UuidKey) ?? throw Incomplete();
        if (uuid.AsSpan().SequenceEqual(AesKdbx3Uuid) || uuid.AsSpan().SequenceEqual(AesKdbx4Uuid))
        {
            return ReadAes(dictionary);
        }
        return uuid.AsSpan().SequenceEqual(Argon2idUuid) ? ReadArgon2(dictionary, KdfKind.Argon2id)
            : uuid.AsSpan().SequenceEqual(Argon2dUuid) ? ReadArgon2(dictionary, KdfKind.Argon2d)
            : throw Failures.Unsupported("the vault uses a key derivation that is not known here");
    }

    /// <summary>Whether both derive the same from the same key.</summary>
    internal bool IsSameAs(KdfParameters other) => ToArray().AsSpan().SequenceEqual(other.ToArray());

    /// <summary>Derives the 32-byte transformed key. Seconds of work.</summary>
    internal SecretBytes Transform(ReadOnlySpan<byte> compositeKey)
    {
        var transformed = new SecretBytes(CompositeKey.Bytes);
        try
        {
            if (Settings.Kind == KdfKind.Aes)
            {
                AesKdf.Derive(compositeKey, _salt, (ulong)Settings.Passes, transformed.Span);
                return transformed;
            }
            var cost = new Argon2Cost(
                (uint)(Settings.MemoryBytes / 1024), (uint)Settings.Passes, (uint)Settings.Lanes, _version);
            var inputs = new Argon2Inputs(_salt, _dictionary.Bytes(SecretKey) ?? [], _dictionary.Bytes(AssociatedKey) ?? []);
            var kind = Settings.Kind == KdfKind.Argon2id ? Argon2Kind.Id : Argon2Kind.D;
            Argon2.Derive(kind, cost, compositeKey, inputs, transformed.Span);
            return transformed;
        }
        catch
        {
            transformed.Dispose();
            throw;
        }
    }

    private static KdfParameters ReadAes(VariantDictionary dictionary)
    {
        var rounds = dictionary.UInt64(RoundsKey) ?? throw Incomplete();
        var seed = dictionary.Bytes(SaltKey) ?? throw Incomplete();
        if (rounds > Limits.MaxAesRounds)
        {
            throw Failures.TooCostly($"the key derivation asks for {rounds} rounds; {Limits.MaxAesRounds} are allowed");
        }
        return seed.Length == CompositeKey.Bytes
            ? new KdfParameters(dictionary, new KdfSettings(KdfKind.Aes, 0, (long)rounds, 1), seed, 0)
            : throw Incomplete();
    }

    private static KdfParameters ReadArgon2(VariantDictionary dictionary, KdfKind kind)
    {
        var memory = dictionary.UInt64(MemoryKey) ?? throw Incomplete();
        var passes = dictionary.UInt64(PassesKey) ?? throw Incomplete();
        var lanes = dictionary.UInt32(LanesKey) ?? throw Incomplete();
        var version = dictionary.UInt32(VersionKey) ?? throw Incomplete();
        var salt = dictionary.Bytes(SaltKey) ?? throw Incomplete();
        if (memory > Limits.MaxKdfMemoryBytes)
        {
            throw Failures.TooCostly(
                $"the key derivation asks for {memory >> 20} MiB of memory; {Limits.MaxKdfMemoryBytes >> 20} are allowed");
        }
        if (passes > Limits.MaxKdfPasses || (long)(memory * passes) > Limits.MaxKdfWorkBytes)
        {
            throw Failures.TooCostly(
                $"the key derivation asks for {passes} passes over {memory >> 20} MiB, which takes longer than is allowed");
        }
        if (lanes > Limits.MaxKdfLanes)
        {
            throw Failures.TooCostly($"the key derivation asks for {lanes} lanes; {Limits.MaxKdfLanes} are allowed");
        }
        // RFC 9106, section 3.1: at least 8 KiB a lane; the salt's lower bound is libargon2's.
        var isWhole = passes > 0 && lanes > 0 && memory >= 8192UL * lanes
            && salt.Length is >= MinSaltBytes and <= MaxSaltBytes
            && version is Argon2.Version10 or Argon2.Version13;
        return isWhole
            ? new KdfParameters(dictionary, new KdfSettings(kind, (long)memory, (long)passes, (int)lanes), salt, version)
            : throw Incomplete();
    }

    private static VaultException Incomplete() => Failures.Damaged("the parameters of its key derivation are not whole");
}
