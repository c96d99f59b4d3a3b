/** A module whose packages each bring one of the things that make compile commands differ. Nothing but the runtime is imported, so that a plain GOSSAFUNC build is quick. */
export const ssaModule: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/probe\n\ngo 1.21\n',
  'plain/plain.go': `package plain

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }

type Ring struct {
	items []int
	next  int
}

func (r *Ring) Put(x int) {
	r.items[r.next] = x
	r.next = (r.next + 1) % len(r.items)
}

var total int

func init() {
	for i := 0; i < 10; i++ {
		total += i
	}
}

func Probe(xs []int) (sum int) {
	for i := range xs {
		sum += half(xs[i]) + xs[i+1]
	}
	var s Stack[int]
	s.Push(sum)
	visit := func(f func(int) int) {
		for _, x := range xs {
			sum = f(x) + sum
		}
	}
	visit(func(x int) int { return x * sum })
	return sum + len(s.items)
}

func Later() func(int) int {
	count := 0
	return func(step int) int { count += step; return count }
}

func half(x int) int { return x / 2 }
`,
  'plain/plain_test.go': `package plain

func Tested(x int) int { return x * total }
`,
  'plain/outer_test.go': `package plain_test

import "example.com/probe/plain"

func Outer(xs []int) int { return plain.Probe(xs) * plain.Tested(3) }
`,
  'cgo/cgo.go': `package cgo

// static int twice(int x) { return 2 * x; }
import "C"

func Probe(x int) int { return int(C.twice(C.int(x))) + 1 }
`,
  'asm/asm.go': `package asm

func twice(x uint64) uint64

func Probe(x uint64) uint64 { return twice(x) + 1 }
`,
  'asm/twice_amd64.s': `#include "textflag.h"

TEXT ·twice(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), AX
	ADDQ AX, AX
	MOVQ AX, ret+8(FP)
	RET
`,
  'tags/tags.go': 'package tags\n\nfunc Probe(x int) int { return x + step }\n',
  'tags/on.go': '//go:build wide\n\npackage tags\n\nconst step = 100\n',
  'tags/off.go': '//go:build !wide\n\npackage tags\n\nconst step = 1\n',
  'deep/deep.go':
    'package deep\n\nimport "example.com/probe/tags"\n\nfunc Probe(x int) int { return tags.Probe(x) * x }\n',
  'embedded/embedded.go': `package embedded

import "embed"

//go:embed texts/*.txt all:hidden
var texts embed.FS

func Probe(name string) (n int, err error) {
	for i := 0; i < 3; i++ {
		text, err := texts.ReadFile(name)
		if err != nil {
			return 0, err
		}
		n += len(text)
	}
	return n, nil
}
`,
  'embedded/texts/a.txt': 'A\n',
  'embedded/hidden/.b': 'B\n',
  'inlined/main.go': `package main

func main() { println(tiny(3)) }

func tiny(x int) int { f := func() int { return x + 1 }; return f() }
`,
};

/** Modules of their own beside it: one with a vendored dependency, and two that a go.work puts together. */
export const ssaNeighbours: Readonly<Record<string, string>> = {
  'vendored/go.mod': 'module example.com/vendored\n\ngo 1.21\n\nrequire example.com/far v1.0.0\n',
  'vendored/vendor/modules.txt': '# example.com/far v1.0.0\n## explicit\nexample.com/far\n',
  'vendored/vendor/example.com/far/far.go': 'package far\n\nfunc Step(x int) int { return x + 7 }\n',
  'vendored/vendored.go':
    'package vendored\n\nimport "example.com/far"\n\nfunc Probe(xs []int) int { return far.Step(xs[0]) * xs[1] }\n',
  'work/go.work': 'go 1.21\n\nuse (\n\t./near\n\t./user\n)\n',
  'work/near/go.mod': 'module example.com/near\n\ngo 1.21\n',
  'work/near/near.go': 'package near\n\nfunc Step(x int) int { return x + 9 }\n',
  'work/user/go.mod': 'module example.com/user\n\ngo 1.21\n',
  'work/user/user.go':
    'package user\n\nimport "example.com/near"\n\nfunc Probe(xs []int) int { return near.Step(xs[0]) * xs[1] }\n',
};
