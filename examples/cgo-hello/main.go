// Command cgo-hello says which machine it was built for, and lets C prove it: the C half
// computes a checksum over the bytes of numbers as this machine lays them out in memory.
package main

/*
#include "fingerprint.h"
*/
import "C"

import (
	"fmt"
	"runtime"
)

func main() {
	var print C.struct_fingerprint
	C.fingerprint_take(&print)

	fmt.Printf("Hello from %s/%s!\n", runtime.GOOS, runtime.GOARCH)
	fmt.Printf("C sees %d-bit pointers, a %d-byte long and %s bytes first.\n",
		print.pointer_bits, print.long_bytes, C.GoString(C.fingerprint_byte_order(&print)))
	fmt.Printf("The 30th Fibonacci number, counted in C: %d\n", C.fibonacci(30))
	fmt.Printf("Checksum of this machine's memory layout: %08x\n", print.checksum)
}
