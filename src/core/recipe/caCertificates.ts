import type { FileSystem, Host } from '../ports.js';

/** Where the bundle goes: the first place that Go looks at on Linux (crypto/x509, root_linux.go), and Debian's. */
export const certificatesPath = 'etc/ssl/certs/ca-certificates.crt';

/** Where systems keep their bundle: the places of Go's crypto/x509 (root_linux.go, root_bsd.go, root_darwin's openssl). */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
  '/opt/homebrew/etc/ca-certificates/cert.pem',
  '/usr/local/etc/ca-certificates/cert.pem',
] as const;

/**
 * The host's bundle of CA certificates, or the named file; absolute. SSL_CERT_FILE wins over the usual places, as in
 * OpenSSL and Go. Throws an Error that says what to do where there is none.
 */
export async function findCertificates(
  ports: {
    readonly files: Pick<FileSystem, 'stat' | 'open'>;
    readonly host: Pick<Host, 'env' | 'join' | 'isAbsolute'>;
  },
  named: true | string,
  directory: string,
): Promise<string> {
  if (named !== true) {
    const path = ports.host.isAbsolute(named) ? named : ports.host.join(directory, named);
    if (await isBundle(ports.files, path)) return path;
    throw new Error(`ca-certificates: ${path} is not there, or holds no certificate in PEM form.`);
  }
  const chosen = ports.host.env['SSL_CERT_FILE'];
  const places = chosen === undefined || chosen === '' ? bundles : [chosen, ...bundles];
  for (const path of places) {
    if (await isBundle(ports.files, path)) return path;
  }
  throw new Error(
    'This machine has no bundle of CA certificates in any of the usual places: install the package ca-certificates, or name a file in PEM form: "ca-certificates: path/to/bundle.pem".',
  );
}

/** Bundles may begin with pages of comments. */
const searched = 256 * 1024;

async function isBundle(files: Pick<FileSystem, 'stat' | 'open'>, path: string): Promise<boolean> {
  if ((await files.stat(path))?.kind !== 'file') return false;
  const file = await files.open(path);
  if (file === undefined) return false;
  try {
    return holdsCertificate(await file.read(0, searched));
  } finally {
    await file.close();
  }
}

/** Whether bytes hold the beginning of a certificate in PEM form. */
export function holdsCertificate(bytes: Uint8Array): boolean {
  const mark = '-----BEGIN CERTIFICATE-----';
  for (let at = bytes.indexOf(0x2d); at >= 0; at = bytes.indexOf(0x2d, at + 1)) {
    let same = 0;
    while (same < mark.length && bytes[at + same] === mark.charCodeAt(same)) same++;
    if (same === mark.length) return true;
  }
  return false;
}
