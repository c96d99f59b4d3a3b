#include "fingerprint.h"

#include <stdlib.h>
#include <string.h>

static uint32_t fnv1a(uint32_t hash, const void *data, size_t size)
{
	const unsigned char *byte = data;

	while (size-- > 0)
		hash = (hash ^ *byte++) * 16777619u;
	return hash;
}

void fingerprint_take(struct fingerprint *print)
{
	const uint32_t word = 0x01020304;
	const long minus_two = -2;
	unsigned char first;

	memcpy(&first, &word, 1);
	print->pointer_bits = (int)(8 * sizeof(void *));
	print->long_bytes = (int)sizeof(long);
	print->little_endian = first == 4;

	print->checksum = fnv1a(2166136261u, &word, sizeof word);
	print->checksum = fnv1a(print->checksum, &minus_two, sizeof minus_two);
	print->checksum = fnv1a(print->checksum, &print->pointer_bits, sizeof print->pointer_bits);
}

const char *fingerprint_byte_order(const struct fingerprint *print)
{
	return print->little_endian ? "little" : "big";
}

/* On the heap, so that the C library of the target is really needed. */
uint64_t fibonacci(unsigned n)
{
	uint64_t *row = malloc((n + 2) * sizeof *row);
	uint64_t result;

	if (row == NULL)
		return 0;
	row[0] = 0;
	row[1] = 1;
	for (unsigned i = 2; i <= n; i++)
		row[i] = row[i - 1] + row[i - 2];
	result = row[n];
	free(row);
	return result;
}
