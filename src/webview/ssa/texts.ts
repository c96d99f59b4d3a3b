import type { SsaDump } from '../../core/ssa/model.js';
import { printPass } from '../../core/ssa/printDump.js';
import type { SsaModel } from '../../core/ssa/view/createSsaModel.js';

/** A pass as the compiler prints it, below a line that says of what. */
export function passText(dump: SsaDump, pass: number): string {
  const { name, origin } = dump.func;
  const of = origin === undefined ? name : `${origin.importPath}.${name} for ${origin.target}, ${origin.go}`;
  return `# ${of}, after ${dump.passes[pass]?.name ?? ''}\n${printPass(dump, pass)}`;
}

/** The machine code, a line for each instruction: address, place, instruction, what the linker fills in. */
export function listingText(model: SsaModel): string {
  const { files, func } = model.dump;
  const lines = model.code().map(({ address, place, text, link }) => {
    const path = place === undefined ? '' : (files[place.file] ?? '');
    const where = place === undefined ? '' : `${path.slice(path.lastIndexOf('/') + 1)}:${place.line}`;
    const at = address === undefined ? '      ' : `0x${address.toString(16).padStart(4, '0')}`;
    return `${at}  ${where.padEnd(20)}\t${text}${link === undefined ? '' : `\t; ${link}`}`;
  });
  return `# ${func.name}\n${lines.join('\n')}\n`;
}
