/** OpenBSD's `bcrypt_pbkdf`, as OpenSSH protects private keys with it. */
declare module 'bcrypt-pbkdf' {
  interface BcryptPbkdf {
    /** Fills `key`; answers -1 when a length or the number of rounds cannot be. */
    pbkdf: (
      passphrase: Uint8Array,
      passphraseLength: number,
      salt: Uint8Array,
      saltLength: number,
      key: Uint8Array,
      keyLength: number,
      rounds: number,
    ) => number;
  }
  const bcrypt: BcryptPbkdf;
  export default bcrypt;
}
