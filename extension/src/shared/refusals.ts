/** The words in which the host says why something was not done. protocol.md lists them. */

/** The words by which the host names an error, listed once in protocol.md. */
export const errorKinds = [
  "badMessage",
  "unknownType",
  "helloFirst",
  "protocolVersion",
  "notAllowed",
  "noVault",
  "vaultExists",
  "locked",
  "wrongKey",
  "rateLimited",
  "vaultMissing",
  "vaultDamaged",
  "vaultUnsupported",
  "vaultTooCostly",
  "vaultReadOnly",
  "diskFull",
  "vaultInUse",
  "vaultChanged",
  "notFound",
  "refused",
  "attachmentTooLarge",
  "office",
  "hostFailed",
  "programGone",
  "libraryMissing",
  "internal",
] as const;
/** A word of {@link errorKinds}. */
export type ErrorKind = (typeof errorKinds)[number];

/** The host's reasons for refusing a fill. */
export const refusalReasons = [
  "scheme",
  "insecureItem",
  "noMatch",
  "frame",
  "insecure",
  "notChosen",
  "never",
  "several",
  "subframe",
  "noField",
] as const;
/** A word of {@link refusalReasons}. */
export type RefusalReason = (typeof refusalReasons)[number];

/** The host's reasons for refusing a change. */
export const changeRefusals = ["passphrase", "changed", "same", "tooMany", "rules"] as const;
/** A word of {@link changeRefusals}. */
export type ChangeRefusal = (typeof changeRefusals)[number];

/** The host's reasons for refusing what a member of an office may not do with an item of it. */
export const officeRefusals = ["useOnly", "noRight", "ended", "shared", "officeFolder"] as const;
/** A word of {@link officeRefusals}. */
export type OfficeRefusal = (typeof officeRefusals)[number];

/** The host's reasons for refusing a passkey, besides those of a fill. */
export const passkeyRefusals = ["relyingParty", "excluded", "algorithm", "hasPasskey"] as const;
/** A word of {@link passkeyRefusals}. */
export type PasskeyRefusal = (typeof passkeyRefusals)[number];

/** The host's reasons for refusing a key for codes. */
export const otpFlaws = ["otpOther", "otpKind", "otpTransfer", "otpHash", "otpDigits", "otpPeriod", "otpKey"] as const;
/** A word of {@link otpFlaws}. */
export type OtpFlaw = (typeof otpFlaws)[number];
