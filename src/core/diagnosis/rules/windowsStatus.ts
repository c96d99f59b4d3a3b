import type { Clue, Rule } from '../rule.js';

/* Programs that Windows ends before they begin: NTSTATUS values (Microsoft's list in ntstatus.h), as go and shells print them, hexadecimal, unsigned or signed. */

const statuses: Readonly<Record<string, Pick<Clue, 'cause' | 'detail' | 'title' | 'layer'>>> = {
  c0000135: {
    cause: 'missing-shared-library',
    layer: 'run',
    detail: 'not-on-loader-path',
    title: 'A DLL that the program needs is not there where it runs',
  },
  c0000139: {
    cause: 'missing-shared-library',
    layer: 'run',
    detail: 'dll-of-other-release',
    title:
      'A DLL that was found lacks a function that the program needs: another release of it is first on PATH',
  },
  c000007b: {
    cause: 'wrong-arch-object',
    layer: 'run',
    detail: 'loaded-library',
    title: 'A DLL that the program loads is for another CPU: 32 and 64 bits are mixed',
  },
  c000001d: {
    cause: 'illegal-instruction',
    layer: 'run',
    detail: 'cpu-level',
    title: "The program uses instructions that this machine's CPU does not have",
  },
};

export const windowsStatus: Rule = {
  needles: ['exit status ', 'exit code', 'exited with ', '0xc00'],
  pattern:
    /(?:exit(?:ed)? (?:with )?(?:status|code):? |error code |\()(0x[cC]0000(?:135|139|07[bB]|01[dD])|32212257(?:81|85)|3221225595|3221225501|-107374151[15]|-1073741701|-1073741795)\b/,
  read([, code = '']) {
    const value = code.startsWith('0x') ? Number.parseInt(code, 16) : Number(code) >>> 0;
    const status = statuses[value.toString(16)];
    return status === undefined
      ? undefined
      : { ...status, confidence: 'certain', facts: { value: `0x${value.toString(16)}` } };
  },
};
