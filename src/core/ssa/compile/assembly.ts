import { splitSymbol } from './functionName.js';

/** A function of the compiled package, as the compiler's listing (-S) heads it. */
export interface CompiledFunction {
  /** With its package: `example.com/web.(*Server).Serve`. */
  readonly symbol: string;
  /** Without it, as GOSSAFUNC takes it behind the package: `(*Server).Serve`. */
  readonly name: string;
  /** Bytes of machine code. */
  readonly size: number;
  /** Bytes of local variables on the stack. */
  readonly locals: number;
  /** An adapter between two calling conventions that the compiler made for a function of the same name. */
  readonly wrapper: boolean;
  /** Where it is declared; absent for what the compiler made by itself. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Machine code of one function before linking. */
export interface Assembly extends CompiledFunction {
  /** Bytes of the frame and of arguments on the stack, as TEXT says: `$184-0`. */
  readonly frame: number;
  readonly args: number;
  readonly instructions: readonly AssemblyLine[];
  readonly relocations: readonly Relocation[];
}

export interface AssemblyLine {
  /** Bytes from the function's start. */
  readonly address: number;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A place that the linker fills in. */
export interface Relocation {
  readonly address: number;
  readonly size: number;
  /** `R_CALL`, `R_PCREL`, … */
  readonly type: string;
  /** Symbol and addend: `runtime.panicIndex+0`. */
  readonly symbol: string;
}

/** Reads the compiler's listing line by line: all functions by name, the wanted ones whole. */
export interface AssemblyReader {
  /** False for a line that is no part of the listing. */
  line(text: string): boolean;
  end(): { readonly functions: readonly CompiledFunction[]; readonly listings: readonly Assembly[] };
}

const head = /^(.+) STEXT (.*)\bsize=(\d+) args=0x([0-9a-f]+) locals=0x([0-9a-f]+)/;
const symbolLine = /^.+ S[A-Z]+ (?:.* )?size=\d+/;
const instruction = /^\t0x([0-9a-f]+) \d+ \((.*?):?(\d+)?\)\t(.*)$/;
const relocation = /^\trel (\d+)\+(\d+) t=(\S+) (.*)$/;

export function createAssemblyReader(packagePath: string, wanted: (name: string) => boolean): AssemblyReader {
  const functions: CompiledFunction[] = [];
  const listings: Assembly[] = [];
  let open: { instructions: AssemblyLine[]; relocations: Relocation[] } | undefined;
  let inSymbol = false;
  let placeless = false;

  function readHead(found: RegExpExecArray): void {
    const [, text = '', attributes = '', size, args, locals] = found;
    // Up to Go 1.20 the package's own symbols begin with `"".`.
    const symbol = text.replace(/^""(?=\.)/, packagePath);
    const { name } = splitSymbol(symbol, packagePath);
    const described: CompiledFunction = {
      symbol,
      name,
      size: Number(size),
      locals: parseInt(locals ?? '0', 16),
      wrapper: attributes.includes('ABIWRAPPER'),
    };
    // Comparing and hashing of types and the like have symbols, but no name that GOSSAFUNC takes.
    placeless = !/^(?:type|go):/.test(symbol);
    if (placeless) functions.push(described);
    open = undefined;
    if (!wanted(name)) return;
    open = { instructions: [], relocations: [] };
    listings.push({ ...described, ...open, args: parseInt(args ?? '0', 16), frame: 0 });
  }

  /** A function is declared where its first instruction stands. */
  function readPlace(text: string): void {
    placeless = false;
    const [, , file = '', line] = instruction.exec(text) ?? [];
    const head = functions.at(-1);
    if (head === undefined || line === undefined || file.startsWith('<')) return;
    functions[functions.length - 1] = { ...head, place: { file, line: Number(line) } };
  }

  function readLine(text: string): void {
    if (open === undefined) return;
    const found = instruction.exec(text);
    if (found !== null) {
      const [, address, file = '', line, words = ''] = found;
      open.instructions.push({
        address: parseInt(address ?? '0', 16),
        file,
        line: Number(line ?? 0),
        text: words,
      });
      return;
    }
    const patch = relocation.exec(text);
    if (patch === null) return;
    const [, address, size, type = '', symbol = ''] = patch;
    open.relocations.push({ address: Number(address), size: Number(size), type, symbol });
  }

  return {
    line(text) {
      if (text.startsWith('\t')) {
        if (inSymbol && placeless) readPlace(text);
        if (inSymbol) readLine(text);
        return inSymbol;
      }
      const found = text.includes(' STEXT ') ? head.exec(text) : null;
      if (found !== null) readHead(found);
      else open = undefined;
      inSymbol = found !== null || symbolLine.test(text);
      return inSymbol;
    },
    end: () => ({ functions, listings: listings.map(withFrame) }),
  };
}

/** The frame's size stands in the TEXT instruction: `TEXT\tmain.add(SB), NOSPLIT|ABIInternal, $8-32`. */
function withFrame(listing: Assembly): Assembly {
  const frame = /\$(-?\d+)(?:-\d+)?$/.exec(listing.instructions[0]?.text ?? '')?.[1];
  return { ...listing, frame: Number(frame ?? 0) };
}
