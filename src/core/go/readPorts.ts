import type { Ports } from '../ports.js';
import type { Port } from '../target/catalogue.js';
import { explainFailure, runGo } from './runGo.js';

/** Go's own list of ports, or why there is none. */
export type PortList =
  { readonly ok: true; readonly ports: readonly Port[] } | { readonly ok: false; readonly message: string };

/** The ports of the installed Go: `go tool dist list -json`. Ports marked broken are left out by Go, but for some versions. */
export async function readPorts(ports: Pick<Ports, 'runner' | 'host'>, go: string): Promise<PortList> {
  const result = await runGo(ports, go, ['tool', 'dist', 'list', '-json'], { GOFLAGS: '' });
  const list =
    result.outcome.kind === 'exited' && result.outcome.code === 0 ? parsePorts(result.stdout) : undefined;
  if (list !== undefined && list.length > 0) return { ok: true, ports: list };
  return { ok: false, message: `go tool dist list: ${go} ${explainFailure(result)}` };
}

function parsePorts(json: string): Port[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { GOOS, GOARCH, CgoSupported, FirstClass, Broken } = entry as Record<string, unknown>;
    if (typeof GOOS !== 'string' || typeof GOARCH !== 'string') return [];
    return [
      {
        goos: GOOS,
        goarch: GOARCH,
        cgoSupported: CgoSupported === true,
        firstClass: FirstClass === true,
        broken: Broken === true,
      },
    ];
  });
}
