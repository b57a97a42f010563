namespace Vault.Codes;

/// <summary>Why a text is no otp seed that codes can be made from.</summary>
public enum OtpFlaw
{
    /// <summary>It is something else: no <c>otpauth</c> URI, and no key in base32.</summary>
    Other,

    /// <summary>It counts instead of telling time (<c>hotp</c>), or makes its codes in a way that is not known here.</summary>
    Kind,

    /// <summary>It moves several keys from one app to another (<c>otpauth-migration</c>).</summary>
    Transfer,

    /// <summary>It has no key, or one that is not base32.</summary>
    Key,

    /// <summary>Its hash is none of SHA-1, SHA-256 and SHA-512.</summary>
    Hash,

    /// <summary>Its codes have fewer than 6 or more than 8 digits.</summary>
    Digits,

    /// <summary>Its codes are good for less than a second or more than a day.</summary>
    Period,
}
