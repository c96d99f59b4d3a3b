import { describe, expect, it } from 'vitest';
import { causePage } from '../../../src/core/diagnosis/causePage.js';

describe('causePage', () => {
  it('puts the title, the target and the lines of the log above the page', () => {
    const page = causePage('# Title\n', {
      title: 'gcc makes code for another machine',
      target: 'linux/arm/v7',
      evidence: [
        { line: 9, text: '# runtime/cgo' },
        { line: 10, text: "gcc: error: unrecognized command-line option '-marm'  " },
      ],
    });
    expect(page).toBe(
      [
        '**gcc makes code for another machine** (linux/arm/v7)',
        '',
        'In the log:',
        '',
        '```text',
        ' 9 │ # runtime/cgo',
        "10 │ gcc: error: unrecognized command-line option '-marm'",
        '```',
        '',
        '---',
        '',
        '# Title\n',
      ].join('\n'),
    );
  });

  it('lets nothing of a log or a title become Markdown', () => {
    const page = causePage('PAGE', {
      title: 'undefined: *x_y* <b>',
      evidence: [{ line: 1, text: '```` and <img src=x>' }],
    });
    expect(page).toContain('**undefined: \\*x\\_y\\* \\<b\\>**\n');
    expect(page).toContain('\n`````text\n1 │ ```` and <img src=x>\n`````\n');
  });

  it('shows no empty log', () => {
    expect(causePage('PAGE', { title: 'T', evidence: [] })).toBe('**T**\n\n---\n\nPAGE');
  });
});
