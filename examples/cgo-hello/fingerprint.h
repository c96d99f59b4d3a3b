#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include <stdint.h>

/* How this machine lays out its numbers. */
struct fingerprint {
	int pointer_bits;
	int long_bytes;
	int little_endian;
	uint32_t checksum; /* FNV-1a over the layout, so that two machines are easily told apart */
};

void fingerprint_take(struct fingerprint *print);
const char *fingerprint_byte_order(const struct fingerprint *print);
uint64_t fibonacci(unsigned n);

#endif
