import { createReadStream } from 'node:fs';
import { createSsaHtmlParser } from '../src/core/ssa/parseSsaHtml.js';

/** A program of its own (ssaPage.ts runs it): reads the page that is named and prints what that took. */
const started = performance.now();
const parser = createSsaHtmlParser();
const pieces = createReadStream(process.argv[2] ?? '', { encoding: 'utf8' });
for await (const piece of pieces) parser.feed(String(piece));
if (parser.end() === undefined) throw new Error('This is no page of the compiler.');
const ms = performance.now() - started;
console.log(JSON.stringify({ ms, peakBytes: process.resourceUsage().maxRSS * 1024 }));
