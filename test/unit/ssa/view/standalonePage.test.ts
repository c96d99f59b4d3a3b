import { describe, expect, it } from 'vitest';
import { standalonePage } from '../../../../src/core/ssa/view/standalonePage.js';

const hostile = `</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)>`;

describe('a page that needs no editor', () => {
  const page = standalonePage({
    title: hostile,
    scripts: ['const end = "</script>";'],
    worker: 'const begin = "<!--";',
    styles: 'p { color: red; }',
    head: JSON.stringify({ name: hostile }),
    columns: 'AAAA',
    nonce: 'n0nce',
  });

  it('holds what it shows without letting it out of its element', () => {
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<!--');
    const held = /<script type="application\/json" id="document">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(JSON.parse(held)).toEqual({ name: hostile });
  });

  it('runs its own scripts and nothing else', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'`);
    expect(page).toContain('<script nonce="n0nce">const end = "\\x3c/script>";</script>');
  });
});
