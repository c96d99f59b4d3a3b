import { describe, expect, it } from 'vitest';
import { createHost } from '../../../src/node/host.js';

describe('createHost', () => {
  it('describes a Windows machine by Windows rules', () => {
    const host = createHost({
      platform: 'win32',
      arch: 'x64',
      env: { Path: 'C:\\Go\\bin;;"C:\\Program Files\\x"', OTHER: undefined },
      homeDirectory: 'C:\\Users\\me',
    });
    expect(host.goarch).toBe('amd64');
    expect(host.searchPath).toEqual(['C:\\Go\\bin', 'C:\\Program Files\\x']);
    expect(host.env).toEqual({ PATH: 'C:\\Go\\bin;;"C:\\Program Files\\x"' });
    expect(host.join('C:\\a', '..', 'b')).toBe('C:\\b');
    expect(host.isAbsolute('C:/x')).toBe(true);
  });

  it('describes a POSIX machine by POSIX rules, whatever it runs on', () => {
    const host = createHost({
      platform: 'darwin',
      arch: 'arm64',
      env: { PATH: '/usr/bin::/opt/a b' },
      homeDirectory: '/Users/me',
    });
    expect(host.searchPath).toEqual(['/usr/bin', '/opt/a b']);
    expect(host.relative('/a/b', '/a/c')).toBe('../c');
    expect(host.isAbsolute('C:/x')).toBe(false);
  });

  it('is this machine without facts', () => {
    expect(createHost().platform).toBe(process.platform);
    expect(createHost().searchPath.length).toBeGreaterThan(0);
  });
});
