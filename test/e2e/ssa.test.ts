import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { useEditor } from '../harness/useEditor.js';
import { violations, webviewFrame } from '../harness/webview.js';
import type { ThemeKind } from '../harness/workbench.js';

const hostile = '</script><script>hacked = 1</script><img src=x onerror=hacked=2>';
const source = `package main

func total(prices []int, add int) (sum int) {
	for i := range prices {
		sum += prices[i]*3 + prices[add]
	}
	return sum
}

func main() {
	println(${JSON.stringify(hostile)}, total([]int{1, 2, 3}, 2))
}
`;

let folder = '';

/** The view, once it shows a function. */
async function shownFunction(frame: Frame, title: string): Promise<Frame> {
  await frame.getByRole('heading', { name: title, exact: true }).waitFor();
  return frame;
}

describe('the passes of a function', () => {
  const editor = useEditor(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow e2e ssa '));
    await writeFile(join(folder, 'go.mod'), 'module example.com/total\n\ngo 1.22\n');
    await writeFile(join(folder, 'main.go'), source);
    return { folder, viewport: { width: 1600, height: 900 } };
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('open from the lens above it, and lead to the lines that values were made for', async () => {
    const { page, workbench, screenshot } = editor();
    // A second try begins with two groups; a first one must not begin with the palette, which closes while parts appear.
    await workbench.openFile('go.mod');
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('main.go', 1);
    await workbench.runCommand('Crossbow: Select active target…');
    await workbench.quickInput.shown('Active target');
    await workbench.quickInput.choose('linux/arm/v7');
    const lenses = page.locator('.codelens-decoration a').filter({ hasText: 'SSA · linux/arm/v7' });
    await lenses.nth(1).waitFor();
    await lenses.first().click();

    const view = await shownFunction(await webviewFrame(page), 'total');
    const passes = view.getByRole('listbox', { name: 'Passes' });
    await passes.getByRole('option', { name: /^opt: .*(?:added|removed|rewritten)/ }).waitFor();
    const after = view.getByRole('listbox', { name: 'Pass after' });
    await after.locator('.row-value .op').filter({ hasText: 'IsInBounds' }).first().click();
    await view.getByRole('list', { name: 'History of the value' }).getByText('made it').waitFor();
    await page.locator('.line-numbers.active-line-number').filter({ hasText: /^5$/ }).waitFor();
    await screenshot('ssa-value');

    // And back: a cursor that a person moves lights what was made for its line.
    await page.locator('.view-line').filter({ hasText: 'return sum' }).click();
    const selection = view.getByRole('region', { name: 'Selection' });
    await selection.getByRole('heading', { name: 'Made for this line' }).waitFor();
    await selection.getByRole('button', { name: 'main.go:7' }).waitFor();
  });

  it('are walked through with the keyboard alone', async () => {
    const { page, screenshot } = editor();
    const view = await webviewFrame(page);
    const passes = view.getByRole('listbox', { name: 'Passes' });
    const current = passes.locator('[aria-selected="true"]');
    const before = (await current.getAttribute('id')) ?? '';
    await passes.focus();
    await page.keyboard.press('ArrowRight');
    await passes.locator(`[aria-selected="true"]:not(#${before})`).waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('op:load');
    await page.keyboard.press('Enter');
    const after = view.getByRole('listbox', { name: 'Pass after' });
    await after.locator('.hit.role-main').filter({ hasText: 'Load' }).waitFor();
    await after.focus();
    await page.keyboard.press('Home');
    await view.getByRole('region', { name: 'Selection' }).getByText('Goes to').waitFor();

    await view.getByRole('button', { name: 'Control flow', exact: true }).press('Enter');
    await view.getByRole('button', { name: /^b1\b/ }).focus();
    await page.keyboard.press('ArrowDown');
    await view.locator('.flow-block.selected:focus').waitFor();
    await screenshot('ssa-keyboard');
  });

  it('are set beside those for another target, in every kind of theme', async () => {
    const { page, workbench, screenshot } = editor();
    const view = await webviewFrame(page);
    await view.getByRole('button', { name: 'Compare…' }).click();
    await workbench.quickInput.shown('Target to compare with');
    await workbench.quickInput.type('linux/arm64');
    // Rows come anew while compilers are tried, and a click on one that goes is lost.
    const picker = page.locator('.quick-input-widget');
    const click = async () => {
      if (!(await picker.isVisible())) return 'closed';
      await workbench.quickInput
        .entry('linux/arm64')
        .first()
        .click({ timeout: 2000 })
        .catch(() => undefined);
      return 'open';
    };
    await expect.poll(click, { timeout: 60_000 }).toBe('closed');
    await shownFunction(view, 'total: linux/arm/v7 and linux/arm64');
    await view.getByRole('table', { name: 'Figures of both' }).getByText('bounds checks').waitFor();
    for (const [kind, className] of [
      ['dark', 'vscode-dark'],
      ['light', 'vscode-light'],
      ['contrast', 'vscode-high-contrast'],
    ] as const satisfies readonly (readonly [ThemeKind, string])[]) {
      await workbench.setTheme(kind);
      await view.locator(`body.${className}`).waitFor();
      await screenshot(`ssa-${kind}`);
      expect(await violations(view)).toEqual([]);
    }
  });

  it('show hostile names as text', async () => {
    const { page, workbench } = editor();
    await workbench.runCommand('View: Close All Editors');
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    await workbench.openFile('main.go', 11);
    await workbench.runCommand('Crossbow: Show SSA of the function');
    const view = await shownFunction(await webviewFrame(page), 'main');
    await view.getByRole('searchbox').fill('script');
    await view.locator('.hit').filter({ hasText: '<script>' }).first().waitFor();
    expect(
      await view.evaluate(() => {
        const { document, hacked } = globalThis as unknown as {
          document: { scripts: Iterable<{ text: string }>; images: { length: number } };
          hacked: unknown;
        };
        return [
          [...document.scripts].some((it) => it.text.includes('hacked')),
          document.images.length,
          hacked,
        ];
      }),
    ).toEqual([false, 0, undefined]);
    expect(refused).toEqual([]);
  });
});
