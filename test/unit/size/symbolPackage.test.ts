import { describe, expect, it } from 'vitest';
import { symbolPackage } from '../../../src/core/insight/size/symbolPackage.js';

describe('the package in a symbol’s name', () => {
  it.each([
    ['main.main', 'main'],
    ['fmt.(*pp).printValue', 'fmt'],
    ['time.Time.appendFormat', 'time'],
    ['github.com/mattn/go-sqlite3.(*SQLiteDriver).Open', 'github.com/mattn/go-sqlite3'],
    ['github.com/mattn/go-sqlite3._Cfunc_sqlite3_open', 'github.com/mattn/go-sqlite3'],
    ['gopkg.in/yaml%2ev3.(*parser).peek', 'gopkg.in/yaml.v3'],
    ['slices.SortFunc[go.shape.[]example.com/a.T,go.shape.int]', 'slices'],
    ['example.com/a/b.Map[example.com/c.Key].Get', 'example.com/a/b'],
    ['vendor/golang.org/x/net/dns/dnsmessage.(*Parser).skip', 'vendor/golang.org/x/net/dns/dnsmessage'],
  ])('%s', (name, importPath) => {
    expect(symbolPackage(name)).toBe(importPath);
  });

  it.each([
    'type:.eq.time.zone',
    'go:string.*',
    'go:itab.*os.File,io.Reader',
    'gclocals·1',
    '_cgo_init',
    'memcpy',
    '.str',
  ])('%s has none', (name) => {
    expect(symbolPackage(name)).toBeUndefined();
  });
});
