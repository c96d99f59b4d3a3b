import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { scanGoSource } from '../../../src/core/diagnosis/resolve/goSource.js';

const source = `//go:build linux && cgo
// +build linux,cgo

/* A block
   comment with import "fake" */
package store // trailing

// #include <stdlib.h>
// import "not/this"
import "C"

import (
	"fmt"; "os"
	sql "database/sql"
	_ \`github.com/mattn/go-sqlite3\` // the driver
	. "math"
)

const (
	A, B = iota, "import \\"x\\""
	C
)

var table = map[string]func(){
	"a": func() { var inner = 1; _ = inner },
}

type (
	Row struct {
		Name string
	}
	Rows []Row
)

type Generic[T any] struct{ value T }

func Open(name string) (*Row, error) {
	type local struct{}
	text := \`
func Fake() {}
\`
	_ = text
	return nil, nil
}

func (r *Row) Close() {}

func Map[T, U any](in []T) []U { return nil }
`;

describe('scanGoSource', () => {
  it('finds imports where they stand', () => {
    const { imports, packageName } = scanGoSource(source);
    expect(packageName).toBe('store');
    expect(imports).toEqual([
      { path: 'C', line: 10, column: 8, endColumn: 11 },
      { path: 'fmt', line: 13, column: 2, endColumn: 7 },
      { path: 'os', line: 13, column: 9, endColumn: 13 },
      { path: 'database/sql', alias: 'sql', line: 14, column: 2, endColumn: 20 },
      { path: 'github.com/mattn/go-sqlite3', alias: '_', line: 15, column: 2, endColumn: 33 },
      { path: 'math', alias: '.', line: 16, column: 2, endColumn: 10 },
    ]);
  });

  it('takes import ("C") and CRLF line ends', () => {
    expect(scanGoSource('package a\r\n\r\nimport ("C")\r\nimport "os"\r\n').imports).toEqual([
      { path: 'C', line: 3, column: 9, endColumn: 12 },
      { path: 'os', line: 4, column: 8, endColumn: 12 },
    ]);
  });

  it('finds top-level names and no others', () => {
    expect(scanGoSource(source).declared).toEqual([
      'A',
      'B',
      'C',
      'table',
      'Row',
      'Rows',
      'Generic',
      'Open',
      'Map',
    ]);
    expect(scanGoSource('package a\nvar x, y = 1, 2\nvar z int; const w = 3\n').declared).toEqual([
      'x',
      'y',
      'z',
      'w',
    ]);
  });

  it('keeps what stands before the package clause', () => {
    expect(scanGoSource(source).head).toContain('//go:build linux && cgo');
    expect(scanGoSource(source).head).not.toContain('stdlib');
  });

  it('never throws', () => {
    const piece = fc.constantFrom('package', 'import', ' ', '\n', '(', ')', '{', '}', '"', '`', '/*', '*/', '//', 'type', 'x', ',', "'", 'func'); // prettier-ignore
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (go) => {
        for (const { line, column, endColumn } of scanGoSource(go).imports) {
          expect(line).toBeGreaterThan(0);
          expect(endColumn).toBeGreaterThan(column);
        }
      }),
    );
  });
});
