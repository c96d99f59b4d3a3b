import { createFindings } from './arrange.js';
import type { Finding } from './finding.js';
import { createLineSplitter } from './lines.js';
import { createNeedleFinder } from './needles.js';
import { cleanLines, withoutPrefixes } from './normalise.js';
import { concludeBlock } from './rules/fallback.js';
import { rules } from './rules/rules.js';
import { createScene, type DiagnosisContext, goarchOfTarget, goosOf, newBlock } from './scene.js';

/** Reads a log as it arrives. */
export interface DiagnosisEngine {
  /** Any piece of the log, cut anywhere. */
  feed(text: string): void;
  /** One whole line, with the package it belongs to where a `go build -json` event said so. */
  feedLine(text: string, importPath?: string): void;
  /** The findings, root cause first. To be called once, after the last piece. */
  end(): readonly Finding[];
}

let finder: ReturnType<typeof createNeedleFinder> | undefined;

/** Made for the first line that is read: it takes 40 ms, which a green build, silent as it is, need not pay. */
function needleFinder(): ReturnType<typeof createNeedleFinder> {
  return (finder ??= createNeedleFinder(rules.map((rule) => rule.needles)));
}

/**
 * Finds the causes in the log of a build or a run. Linear in the log, memory does not grow with it: a line is looked at
 * up to 9 KiB, an automaton decides which rules see it, and findings and their evidence are capped.
 */
export function createDiagnosisEngine(context: DiagnosisContext): DiagnosisEngine {
  const scene = createScene(context);
  const findings = createFindings();
  const wanted = new Uint8Array(rules.length);
  let blocks = 0;
  let ofRust = false;
  let fedLines = 0;

  function openBlock(importPath: string | undefined): void {
    concludeBlock(scene, findings);
    blocks++;
    scene.block = newBlock(blocks, importPath);
  }

  function readLine(line: string, number: number): void {
    for (const { text, importPath } of cleanLines(line)) readText(text, number, importPath);
  }

  function readText(text: string, number: number, importPath: string | undefined): void {
    if (importPath !== undefined && importPath !== scene.block.package) openBlock(importPath);
    const header = readHeader(text);
    if (header !== undefined) {
      ofRust = false;
      if (header !== scene.block.package || importPath === undefined) openBlock(header);
      return;
    }
    if (testLog.test(text)) return;
    if (rustError.test(text)) ofRust = true;
    else if (ofRust && goCommand.test(text)) ofRust = false;
    if (ofRust) return;
    let hits = 0;
    needleFinder().find(text, (owner) => {
      wanted[owner] = 1;
      hits++;
    });
    if (hits === 0) {
      noteUnknown(text, number);
      return;
    }
    const line = { number, text: withoutPrefixes(text) };
    let known = false;
    for (let owner = 0; owner < rules.length; owner++) {
      if (wanted[owner] !== 1) continue;
      wanted[owner] = 0;
      const rule = rules[owner];
      const match = rule?.pattern.exec(line.text);
      if (!rule || !match) continue;
      const clue = rule.read(match, scene, line);
      if (clue === undefined) continue;
      known = true;
      if ('withdraw' in clue) findings.withdraw(scene.block.id, clue.withdraw);
      else findings.add(clue, { line: number, text: line.text, ...origin() });
    }
    if (!known) noteUnknown(line.text, number);
  }

  function noteUnknown(text: string, number: number): void {
    const { block } = scene;
    if (block.package === 'runtime/cgo' && block.unknown.length < 4)
      block.unknown.push({ line: number, text });
  }

  function origin(): { block: number; package: string | undefined; target: string | undefined } {
    const goos = goosOf(scene);
    const goarch = goarchOfTarget(scene);
    const target = goarch === undefined ? undefined : `${goos ?? 'linux'}/${goarch}`;
    return { block: scene.block.id, package: scene.block.package, target };
  }

  const splitter = createLineSplitter((line, number) => {
    fedLines = number;
    readLine(line, number);
  });

  return {
    feed: (text) => {
      splitter.feed(text);
    },
    feedLine(text, importPath) {
      fedLines++;
      for (const part of text.split('\n', 64))
        for (const clean of cleanLines(part)) readText(clean.text, fedLines, importPath ?? clean.importPath);
    },
    end() {
      splitter.end();
      concludeBlock(scene, findings);
      return findings.arrange(scene.staticSeen);
    },
  };
}

/* What a test logs is the test's word, not a tool's: package testing indents it and names the test file without a column. */
const testLog = /^(?: {4}|\t)+\S{1,200}_test\.go:\d+: /;

/* cargo's words for a link or a build script that failed: what gcc and ld print after it is of a Rust crate, until go speaks again. */
const rustError = /error: (?:linking with `|failed to run custom build command for `)/;
const goCommand = /\bgo (?:build|install|test|run|vet|generate)\b|^go: /;

/* cmd/go prints `# import/path`, `# import/path [import/path.test]` before what an action's tools print. */
const header = /^(?:.{0,120}?: )?# ((?:[\w.~+-]+\/)*[\w.~+-]+)(?: \[[^\]]{1,300}\])?$/;

function readHeader(text: string): string | undefined {
  if (!text.includes('# ')) return undefined;
  const match = header.exec(withoutPrefixes(text).trimEnd());
  return match?.[1];
}
