import { uleb128, type ByteView } from './byteView.js';

/** A tag's value: a number, or a string for the tags that hold one. */
export type Attributes = ReadonlyMap<number, number | string>;

const tagFile = 1;

/**
 * Reads file-scope build attributes of one vendor, the format of .ARM.attributes (`aeabi`), .riscv.attributes
 * (`riscv`) and .gnu.attributes (`gnu`): ARM IHI 0045, "Addenda to, and Errata in, the ABI for the Arm Architecture",
 * section "Encoding".
 */
export function readAttributes(section: ByteView, vendor: 'aeabi' | 'gnu' | 'riscv'): Attributes {
  const attributes = new Map<number, number | string>();
  if (section.u8(0) !== 0x41 /* 'A', the format version */) {
    return attributes;
  }
  for (let offset = 1; offset + 4 <= section.length;) {
    const length = section.u32(offset);
    if (length < 5) {
      break;
    }
    const name = section.string(offset + 4, length - 4);
    if (name === vendor) {
      readVendor(
        section.slice(offset + 4 + name.length + 1, length - 4 - name.length - 1),
        vendor,
        attributes,
      );
    }
    offset += length;
  }
  return attributes;
}

function readVendor(view: ByteView, vendor: string, into: Map<number, number | string>): void {
  for (let offset = 0; offset + 5 <= view.length;) {
    const scope = uleb128(view, offset);
    const size = view.u32(scope.next);
    if (size < 5) {
      break;
    }
    if (scope.value === tagFile) {
      readPairs(view.slice(scope.next + 4, offset + size - scope.next - 4), vendor, into);
    }
    offset += size;
  }
}

function readPairs(view: ByteView, vendor: string, into: Map<number, number | string>): void {
  for (let offset = 0; offset < view.length;) {
    const tag = uleb128(view, offset);
    offset = tag.next;
    // Tag_compatibility (32) is a number and then a string.
    if (tag.value === 32) {
      offset = uleb128(view, offset).next;
    }
    if (holdsString(tag.value, vendor)) {
      const end = view.bytes.indexOf(0, offset);
      if (end < 0) {
        return;
      }
      into.set(tag.value, view.string(offset));
      offset = end + 1;
    } else {
      const value = uleb128(view, offset);
      into.set(tag.value, value.value);
      offset = value.next;
    }
  }
}

/** From 32 on an odd tag holds a string; below, ARM's CPU_raw_name (4) and CPU_name (5) do. RISC-V and GNU: odd ones. */
function holdsString(tag: number, vendor: string): boolean {
  if (tag === 32) {
    return true;
  }
  return vendor === 'aeabi' && tag < 32 ? tag === 4 || tag === 5 : tag % 2 === 1;
}
