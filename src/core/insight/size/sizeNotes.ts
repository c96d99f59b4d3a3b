import type { SizeReport } from './sizeReport.js';

/** What keeps a report from telling more, in sentences for people; none where every table is there. */
export function sizeNotes({
  source,
  sections,
  isPacked,
}: Pick<SizeReport, 'source' | 'sections' | 'isPacked'>): readonly string[] {
  if (isPacked)
    return ['The file is packed with UPX: what is in it can be told once it is unpacked (upx -d).'];
  switch (source) {
    case 'symbols':
      return [];
    case 'functions':
      return [
        'The file is stripped: Go’s own table tells whose the code is, but nothing tells whose the data is.',
      ];
    case 'sections':
      return sections.length > 1
        ? ['The file holds no symbols and no table of Go’s functions: only its sections are known.']
        : ['The file holds no symbols and no table of sections: nothing tells what its bytes are.'];
  }
}
