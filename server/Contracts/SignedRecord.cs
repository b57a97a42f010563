namespace Contracts;

/// <summary>A record that is signed: how its fields are read and written.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IRecord<TSelf> where TSelf : IRecord<TSelf>
{
    /// <summary>Reads the fields behind the label, up to the last.</summary>
    /// <exception cref="ContractException">They are not those of this record.</exception>
    static abstract TSelf Read(ref FieldReader reader);

    /// <summary>Writes label and fields.</summary>
    byte[] Encode();
}

/// <summary>
/// A record with the bytes that were signed and the signature. These bytes travel, are stored and hashed; they are never made
/// anew from the record. Whether the signature is genuine is asked with <see cref="IsBy"/>.
/// </summary>
public sealed class SignedRecord<T> where T : IRecord<T>
{
    private readonly byte[] _bytes;
    private readonly byte[] _signature;
    private volatile PublicKey? _by;

    internal SignedRecord(T record, byte[] bytes, byte[] signature)
    {
        Record = record;
        _bytes = bytes;
        _signature = signature;
        Hash = Hash.Of(bytes);
    }

    /// <summary>What the bytes say.</summary>
    public T Record { get; }

    /// <summary>The signed bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The signature, 64 bytes.</summary>
    public ReadOnlySpan<byte> Signature => _signature;

    /// <summary>SHA-256 of <see cref="Bytes"/>: two copies are the same if this is, whatever their signatures.</summary>
    public Hash Hash { get; }

    /// <summary>Whether this key signed it. What was verified with a key is not verified with it again.</summary>
    public bool IsBy(PublicKey theirKey)
    {
        if (_by?.Equals(theirKey) == true)
        {
            return true;
        }
        if (!theirKey.Verifies(_bytes, _signature))
        {
            return false;
        }
        _by = theirKey;
        return true;
    }
}

/// <summary>Makes a <see cref="SignedRecord{T}"/>, from a record of ours or from bytes from outside.</summary>
public static class SignedRecord
{
    /// <summary>Signs a record.</summary>
    /// <exception cref="ContractException">No reader would take it.</exception>
    public static SignedRecord<T> Sign<T>(T record, SigningKey ourKey) where T : IRecord<T>
    {
        var bytes = record.Encode();
        return Decode<T>(bytes, ourKey.Sign(bytes));
    }

    /// <summary>Takes a record from outside.</summary>
    /// <exception cref="ContractException">
    /// The bytes are not exactly what encoding their record gives, or the signature is not 64 bytes long.
    /// </exception>
    public static SignedRecord<T> Decode<T>(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) where T : IRecord<T>
    {
        if (signature.Length != SigningKey.SignatureBytes)
        {
            throw ContractException.Malformed($"a signature has {SigningKey.SignatureBytes} bytes, not {signature.Length}");
        }
        return new SignedRecord<T>(Decode<T>(bytes), bytes.ToArray(), signature.ToArray());
    }

    /// <summary>Takes the signed bytes alone, where something else than a signature vouches for them.</summary>
    /// <exception cref="ContractException">They are not exactly what encoding their record gives.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes) where T : IRecord<T>
    {
        var reader = new FieldReader(bytes);
        var record = T.Read(ref reader);
        reader.End();
        return bytes.SequenceEqual(record.Encode())
            ? record
            : throw ContractException.Malformed("the bytes are not the one encoding of their record");
    }
}
