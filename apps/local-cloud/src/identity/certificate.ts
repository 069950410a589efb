import { webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import { writePrivateFile } from './key-file.ts';
import { x509 } from './x509-library.ts';

export interface ServerCertificate {
  certificatePem: string;
  privateKeyPem: string;
}

const dayMs = 86_400_000;
const validDays = 825;
const renewWhenDaysLeft = 30;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * The certificate of the HTTPS endpoint: the one in the two files, or a new self-signed one when there is none, when
 * it soon expires, or when it does not name `host`. It always names localhost, 127.0.0.1 and ::1.
 */
export async function loadCertificate(
  files: { certificate: string; privateKey: string },
  host: string,
  now: Date,
): Promise<ServerCertificate> {
  if (existsSync(files.certificate) && existsSync(files.privateKey)) {
    const kept = {
      certificatePem: readFileSync(files.certificate, 'utf8'),
      privateKeyPem: readFileSync(files.privateKey, 'utf8'),
    };
    if (isUsable(kept.certificatePem, host, now)) return kept;
  }
  const made = await makeCertificate(host, now);
  writePrivateFile(files.privateKey, made.privateKeyPem);
  mkdirSync(dirname(files.certificate), { recursive: true });
  writeFileSync(`${files.certificate}.new`, made.certificatePem);
  renameSync(`${files.certificate}.new`, files.certificate);
  return made;
}

function namesFor(host: string): { type: 'dns' | 'ip'; value: string }[] {
  const values = new Set(['localhost', '127.0.0.1', '::1', host]);
  return [...values].map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }));
}

function isUsable(pem: string, host: string, now: Date): boolean {
  try {
    const certificate = new x509.X509Certificate(pem);
    const named = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
    const names = new Set(named.map((name) => name.value));
    return (
      certificate.notBefore <= now &&
      certificate.notAfter.getTime() - now.getTime() > renewWhenDaysLeft * dayMs &&
      namesFor(host).every(({ value }) => names.has(value))
    );
  } catch {
    return false;
  }
}

async function makeCertificate(host: string, now: Date): Promise<ServerCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost, O=Slipway local cloud',
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + validDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(namesFor(host)),
    ],
  });
  const exported = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    privateKeyPem: `${x509.PemConverter.encode(exported, 'PRIVATE KEY')}\n`,
  };
}
