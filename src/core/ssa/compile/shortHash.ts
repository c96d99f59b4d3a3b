/** 64 bits of a text as hexadecimal, for names of cache folders: FNV-1a over UTF-16 units, twice with different starts. No defence against intent. */
export function shortHash(text: string): string {
  const half = (start: number): string => {
    let hash = start;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  };
  return half(0x811c9dc5) + half(0x050c5d1f);
}
