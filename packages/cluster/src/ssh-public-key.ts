import { sha256 } from '@noble/hashes/sha2.js';
import { base64, base64nopad } from '@scure/base';

/** The algorithms that Azure takes for the admin user of a Linux machine. */
export const sshAlgorithms = ['ssh-rsa', 'ssh-ed25519'] as const;
export type SshAlgorithm = (typeof sshAlgorithms)[number];

const MIN_RSA_BITS = 2048;
/** OpenSSH itself refuses longer RSA keys (SSHBUF_MAX_BIGNUM). */
const MAX_RSA_BITS = 16_384;

/** A public key that Azure takes, read from its wire format (RFC 4253, section 6.6; RFC 8709). */
export interface SshPublicKey {
  algorithm: SshAlgorithm;
  /** RSA: length of the modulus; Ed25519: always 256. */
  bits: number;
  /** What follows the key on its line, often `user@computer`; may be empty. */
  comment: string;
  /** As `ssh-keygen -l` prints it: `SHA256:` and unpadded base64. */
  fingerprint: string;
  /** The key on one line without surrounding white space: what Azure is sent. */
  line: string;
}

/** Why a text is not a key that Azure takes. */
export type SshKeyRefusal =
  | 'empty'
  | 'private-key'
  | 'putty-file'
  | 'ssh2-file'
  | 'pem-public-key'
  | 'fingerprint'
  | 'several-keys'
  | 'broken-line'
  | 'certificate'
  | 'ecdsa'
  | 'dsa'
  | 'security-key'
  | 'unknown-algorithm'
  | 'missing-algorithm'
  | 'leading-text'
  | 'missing-key'
  | 'bad-base64'
  | 'truncated'
  | 'algorithm-mismatch'
  | 'malformed'
  | 'weak-rsa'
  | 'oversized-rsa'
  | 'bad-comment';

export type SshPublicKeyReading =
  { accepted: true; key: SshPublicKey } | { accepted: false; reason: SshKeyRefusal; message: string };

const messages: Record<SshKeyRefusal, string> = {
  empty: 'Paste the public half of your SSH key, or load the .pub file.',
  'private-key':
    'This is a private key: never give it to anyone. Paste the public half, the file that ends in .pub.',
  'putty-file':
    'This is a PuTTY key file, which holds the private half. Open it in PuTTYgen and copy the box “Public key for pasting into OpenSSH authorized_keys file”.',
  'ssh2-file':
    'This is an SSH2 public key file, as PuTTYgen saves it. Convert it with “ssh-keygen -i -f FILE”, or copy the OpenSSH line from PuTTYgen.',
  'pem-public-key':
    'This is a PEM public key. Convert it to OpenSSH form with “ssh-keygen -i -m PKCS8 -f FILE” (or “-m PEM” for “BEGIN RSA PUBLIC KEY”) and paste the line it prints.',
  fingerprint:
    'This is the fingerprint of a key, not the key. Paste the contents of the .pub file: a line that starts with ssh-rsa or ssh-ed25519.',
  'several-keys': 'There is more than one key here. Paste a single one: one line.',
  'broken-line':
    'The key is broken over several lines. Paste it as one line, without line breaks inside (copy it from the file, not from a terminal).',
  certificate: 'This is an SSH certificate. Paste the plain public key that it was made from.',
  ecdsa: 'Azure does not take ECDSA keys for machines. Use ssh-ed25519, or ssh-rsa of at least 2048 bits.',
  dsa: 'DSA keys are insecure and Azure does not take them. Use ssh-ed25519, or ssh-rsa of at least 2048 bits.',
  'security-key':
    'This key lives on a hardware security key (sk-…), which Azure does not take for machines. Use ssh-ed25519, or ssh-rsa of at least 2048 bits.',
  'unknown-algorithm': 'The key must start with ssh-rsa or ssh-ed25519: Azure takes no other algorithm.',
  'missing-algorithm':
    'The start of the line is missing. Paste the whole line, with ssh-rsa or ssh-ed25519 in front of the key.',
  'leading-text':
    'There is text in front of the key. Paste only the key itself: the line must start with ssh-rsa or ssh-ed25519.',
  'missing-key': 'Only the algorithm is here. Paste the whole line of the .pub file.',
  'bad-base64': 'The key holds characters that no key has. Copy the whole line of the .pub file again.',
  truncated: 'The key is cut off. Copy the whole line of the .pub file again.',
  'algorithm-mismatch':
    'The key is of another algorithm than its first word says. Copy the line of the .pub file again, unchanged.',
  malformed: 'The key is damaged: it cannot be read as what it says it is. Copy the .pub file again.',
  'weak-rsa': 'This RSA key is too short. Use one of at least 2048 bits (better 4096), or ssh-ed25519.',
  'oversized-rsa': 'This RSA key is longer than SSH can use (16384 bits). Use 4096 bits, or ssh-ed25519.',
  'bad-comment':
    'The comment after the key holds control characters. Remove what follows the key on its line.',
};

const refuse = (reason: SshKeyRefusal): SshPublicKeyReading => ({
  accepted: false,
  reason,
  message: messages[reason],
});

const PRIVATE_KEY_MARKS = [
  /-----\s*BEGIN [A-Z0-9 ]*PRIVATE KEY/i,
  /----\s*BEGIN SSH2 ENCRYPTED PRIVATE KEY/i,
  /PuTTY-User-Key-File-\d/i,
  /^Private-Lines:/im,
  /SSH PRIVATE KEY FILE FORMAT/i,
  // The first bytes of every OpenSSH private key, “openssh-key-v1”, in base64.
  /b3BlbnNzaC1rZXktdjE/,
];

/**
 * Whether a text holds (part of) a private key in any of the usual forms: PEM, PKCS #8, OpenSSH, PuTTY, SSH2.
 * Such a text must be neither stored nor sent anywhere.
 */
export function looksLikePrivateKey(text: string): boolean {
  return PRIVATE_KEY_MARKS.some((mark) => mark.test(text));
}

const KEY_TYPE =
  /^(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-\S+|sk-(?:ssh|ecdsa)-\S+|rsa-sha2-\S+|ssh-\S+-cert-\S+)$/;

/** Base64 of the length 7 (“ssh-rsa”), 11 (“ssh-ed25519”), 19 and more (ECDSA, sk-): how every key begins. */
const KEY_DATA_START = /^AAAA[BCDEGI]/;

const FINGERPRINT =
  /^(?:\d+ )?(?:SHA256:[A-Za-z0-9+/]{20,}|(?:MD5:)?(?:[0-9a-f]{2}:){15}[0-9a-f]{2})(?:\s|$)/i;

/**
 * Reads an OpenSSH public key line. Accepted are `ssh-rsa` from 2048 bits and `ssh-ed25519`, the algorithms that
 * Azure takes for machines; everything else is refused with its own reason and a message that says what to do.
 */
export function readSshPublicKey(text: string): SshPublicKeyReading {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return refuse('empty');
  if (/PuTTY-User-Key-File-\d/i.test(trimmed)) return refuse('putty-file');
  if (looksLikePrivateKey(trimmed)) return refuse('private-key');
  if (/----\s*BEGIN SSH2 PUBLIC KEY/i.test(trimmed)) return refuse('ssh2-file');
  if (/-----\s*BEGIN [A-Z0-9 ]*PUBLIC KEY/i.test(trimmed)) return refuse('pem-public-key');
  if (FINGERPRINT.test(trimmed)) return refuse('fingerprint');

  const lines = trimmed.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  if (lines.length > 1) {
    const keys = lines.filter((line) => KEY_TYPE.test(line.trim().split(/\s+/)[0] ?? ''));
    return refuse(keys.length > 1 ? 'several-keys' : 'broken-line');
  }

  const [algorithm = '', data = ''] = trimmed.split(/[ \t]+/);
  if (!isAccepted(algorithm)) return refuse(refusalOfAlgorithm(algorithm, trimmed));
  if (data === '') return refuse('missing-key');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return refuse('bad-base64');

  const comment = trimmed.slice(algorithm.length).trimStart().slice(data.length).trim();
  if (hasControlCharacter(comment)) return refuse('bad-comment');

  return readKeyData(algorithm, data, comment);
}

function isAccepted(word: string): word is SshAlgorithm {
  return sshAlgorithms.some((algorithm) => algorithm === word);
}

function refusalOfAlgorithm(word: string, line: string): SshKeyRefusal {
  if (word.includes('-cert-')) return 'certificate';
  if (word.startsWith('sk-')) return 'security-key';
  if (word.startsWith('ecdsa-')) return 'ecdsa';
  if (word === 'ssh-dss') return 'dsa';
  if (KEY_DATA_START.test(word)) return 'missing-algorithm';
  if (/(?:^|\s)(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-\S+)\s+AAAA/.test(line)) return 'leading-text';
  return 'unknown-algorithm';
}

function readKeyData(algorithm: SshAlgorithm, data: string, comment: string): SshPublicKeyReading {
  const bytes = decodeBase64(data);
  if (bytes === undefined) return refuse('truncated');

  const named = readField(bytes, 0);
  if (named === undefined) return refuse(bytes.length < 4 + algorithm.length ? 'truncated' : 'malformed');
  if (String.fromCharCode(...named.value) !== algorithm) return refuse('algorithm-mismatch');

  const read = algorithm === 'ssh-rsa' ? readRsaBits(bytes, named.end) : readEd25519Bits(bytes, named.end);
  if (typeof read === 'string') return refuse(read);

  const fingerprint = `SHA256:${base64nopad.encode(sha256(bytes))}`;
  const line = [algorithm, data, comment].filter((part) => part !== '').join(' ');
  return { accepted: true, key: { algorithm, bits: read, comment, fingerprint, line } };
}

function readRsaBits(bytes: Uint8Array, start: number): number | SshKeyRefusal {
  const exponent = readField(bytes, start);
  const modulus = exponent === undefined ? undefined : readField(bytes, exponent.end);
  if (exponent === undefined || modulus === undefined) return 'truncated';
  if (modulus.end !== bytes.length) return 'malformed';
  if (!isPositiveOdd(exponent.value) || !isPositiveOdd(modulus.value)) return 'malformed';
  const bits = bitLength(modulus.value);
  if (bits < MIN_RSA_BITS) return 'weak-rsa';
  if (bits > MAX_RSA_BITS) return 'oversized-rsa';
  return bits;
}

function readEd25519Bits(bytes: Uint8Array, start: number): number | SshKeyRefusal {
  const point = readField(bytes, start);
  if (point === undefined) return 'truncated';
  return point.value.length === 32 && point.end === bytes.length ? 256 : 'malformed';
}

/** A length-prefixed field (RFC 4251, “string” and “mpint”), or undefined when the bytes end before it does. */
function readField(bytes: Uint8Array, start: number): { value: Uint8Array; end: number } | undefined {
  if (start + 4 > bytes.length) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset + start, 4).getUint32(0);
  const end = start + 4 + length;
  return end > bytes.length ? undefined : { value: bytes.subarray(start + 4, end), end };
}

/** Whether an mpint is positive and odd, as an RSA modulus and exponent are. */
function isPositiveOdd(value: Uint8Array): boolean {
  const first = value[0];
  const last = value.at(-1);
  return first !== undefined && last !== undefined && first < 0x80 && last % 2 === 1;
}

function bitLength(value: Uint8Array): number {
  const significant = value.findIndex((byte) => byte !== 0);
  if (significant < 0) return 0;
  const top = value[significant] ?? 0;
  return (value.length - significant - 1) * 8 + (32 - Math.clz32(top));
}

function decodeBase64(data: string): Uint8Array | undefined {
  try {
    return base64.decode(data);
  } catch {
    return undefined;
  }
}

/** Whether a text holds a control character (C0, DEL or C1), which has no place in a key's comment. */
function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
