import * as v from 'valibot';

import { about, asWritten, flag, text } from './schemaParts.js';

/** The steps that pack: `rootfs`, `archive`, and `file`, which writes a text. */

const entry = v.union(
  [
    text,
    v.object({
      from: v.exactOptional(
        v.pipe(text, about('From', 'A file, or a folder with all that is in it.', ['${steps.server}'])),
      ),
      text: v.exactOptional(v.pipe(v.string('must be text'), about('Text', "The file's content itself."))),
      link: v.exactOptional(v.pipe(text, about('Link', 'What a symbolic link points to.', ['busybox']))),
      directory: v.exactOptional(v.pipe(flag, about('Folder', 'An empty folder.'))),
      mode: v.exactOptional(
        v.pipe(asWritten, about('Mode', 'Permissions as octal digits.', ['0644', '0755'])),
      ),
      owner: v.exactOptional(v.pipe(asWritten, about('Owner', 'Numbers of user and group.', ['0:0']))),
    }),
  ],
  'must be a file, or a block of `key: value` lines',
);

const entries = v.exactOptional(
  v.pipe(
    v.record(v.string(), v.pipe(entry, v.metadata({ title: 'Path in the archive' }))),
    about('Entries', 'What stands at which path of the archive.', [{ 'bin/server': '${steps.server}' }]),
  ),
);

export const archiveStep = v.object({
  output: v.exactOptional(
    v.pipe(
      text,
      about(
        'File name',
        'Name of the archive, which decides its format: `.tgz`, `.tar.gz`, `.tar` or `.zip`.',
        ['server-${version}-${goos}-${goarch}.tgz'],
      ),
    ),
  ),
  entries,
});

export const fileStep = v.object({
  output: v.exactOptional(v.pipe(text, about('File name', 'Name of the file.'))),
  text: v.exactOptional(v.pipe(v.string('must be text'), about('Text', "The file's content."))),
});

export const rootfsStep = v.object({
  output: v.exactOptional(
    v.pipe(text, about('File name', 'Name of the archive. Default: `rootfs.tgz`.', ['rootfs.tgz'])),
  ),
  base: v.exactOptional(
    v.pipe(text, about('Base', 'An archive of a root filesystem to build upon.', ['base.tgz'])),
  ),
  'ca-certificates': v.exactOptional(
    v.pipe(
      v.union([flag, text], 'must be `true` or a file'),
      about(
        'CA certificates',
        "Written as `/etc/ssl/certs/ca-certificates.crt`: `true` takes this machine's bundle, a text names a file.",
      ),
    ),
  ),
  passwd: v.exactOptional(
    v.pipe(flag, about('Users', 'Writes `/etc/passwd` and `/etc/group` with root and nobody.')),
  ),
  tmp: v.exactOptional(v.pipe(flag, about('/tmp', 'Makes `/tmp`, writable for everyone.'))),
  entries,
});
