import type { Ports } from '../../ports.js';
import { captureCompile, type CaptureQuestion, type CaptureResult } from './capture.js';
import { fingerprintInputs } from './captureInputs.js';
import type { CaptureStore, StoredCapture } from './captureStore.js';
import { describeCompile } from './describeCompile.js';
import type { Recorder } from './recorder.js';

/** A compile command, new or from before, and how it was come by. */
export type FoundCapture =
  | {
      readonly kind: 'found';
      readonly stored: StoredCapture;
      readonly method: 'replay' | 'capture' | 'direct';
    }
  | Exclude<CaptureResult, { kind: 'captured' }>;

export interface CaptureFinder {
  /** The command from before, unless something changed that it depends on; else as `anew`. */
  find(key: string, question: CaptureQuestion): Promise<FoundCapture>;
  /** Recorded from the go command; where that cannot be, put together from what it lists. */
  anew(key: string, question: CaptureQuestion): Promise<FoundCapture>;
}

export function createCaptureFinder(
  ports: Ports,
  store: CaptureStore,
  recorder: Recorder | undefined,
): CaptureFinder {
  async function anew(key: string, question: CaptureQuestion): Promise<FoundCapture> {
    const folder = await store.newFolder(key);
    const recorded: CaptureResult =
      recorder === undefined
        ? { kind: 'unusable', why: 'there is neither a shell nor Node to record it with' }
        : await captureCompile(ports, recorder, question, folder);
    const isDescribed = recorded.kind === 'unusable';
    const result = isDescribed ? await describeCompile(ports, question, folder) : recorded;
    if (result.kind !== 'captured') {
      await ports.files.remove(folder);
      return result.kind === 'unusable' && isDescribed
        ? { kind: 'unusable', why: `${recorded.why}; ${result.why}` }
        : result;
    }
    const stored = {
      ...result,
      fingerprint: await fingerprintInputs(ports, result),
      ...(isDescribed ? { described: recorded.why } : {}),
    };
    await store.keep(key, folder, stored);
    return { kind: 'found', stored, method: isDescribed ? 'direct' : 'capture' };
  }

  return {
    async find(key, question) {
      const stored = await store.find(key);
      if (stored !== undefined && (await fingerprintInputs(ports, stored)) === stored.fingerprint)
        return { kind: 'found', stored, method: 'replay' };
      return anew(key, question);
    },
    anew,
  };
}
