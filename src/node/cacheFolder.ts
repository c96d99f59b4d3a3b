import type { Host } from '../core/ports.js';

/** Where Crossbow keeps what it can find out again: the platform's cache folder (XDG Base Directory Specification). */
export function cacheFolder(host: Host): string {
  const { env, homeDirectory } = host;
  switch (host.platform) {
    case 'win32':
      return host.join(
        env['LOCALAPPDATA'] ?? host.join(homeDirectory, 'AppData', 'Local'),
        'crossbow',
        'cache',
      );
    case 'darwin':
      return host.join(homeDirectory, 'Library', 'Caches', 'crossbow');
    default: {
      const configured = env['XDG_CACHE_HOME'];
      const base =
        configured !== undefined && host.isAbsolute(configured)
          ? configured
          : host.join(homeDirectory, '.cache');
      return host.join(base, 'crossbow');
    }
  }
}
