/** What the bytes of a section are for; decides what the part of it that no symbol names counts as. */
export type SectionRole =
  /** Code and data that are loaded. */
  | 'loaded'
  /** Go's table of functions and lines, its type links and the like: of the whole program. */
  | 'go-table'
  | 'debug'
  | 'symbols';

/** A stretch of the file that has a name. */
export interface LayoutSection {
  readonly name: string;
  readonly role: SectionRole;
  /** Where its bytes are in the file; sections without bytes (.bss) are left out. */
  readonly offset: number;
  readonly size: number;
  /** Address of its first byte when loaded; absent for what is not loaded. */
  readonly address?: number;
}

export interface LayoutSymbol {
  readonly name: string;
  readonly address: number;
  /** Absent where the format has no sizes (COFF, Mach-O): it then ends where the next one begins. */
  readonly size?: number;
}

/** Where in a file what lies: what three formats have in common. */
export interface BinaryLayout {
  readonly bits: 32 | 64;
  readonly endianness: 'little' | 'big';
  readonly sections: readonly LayoutSection[];
  /** Empty in a stripped file. */
  readonly symbols: readonly LayoutSymbol[];
  /** Shared libraries with the symbol versions that are required of each; only ELF has them. */
  readonly versions: readonly LibraryVersions[];
  /**
   * What the loader puts at an address, for position-independent files whose pointers are written only there: the value
   * and the addresses that hold it. Absent where pointers are in the bytes themselves.
   */
  readonly relocations?: {
    addressOf(value: number): readonly number[];
    valueAt(address: number): number | undefined;
  };
}

export interface LibraryVersions {
  readonly library: string;
  readonly versions: readonly string[];
}
