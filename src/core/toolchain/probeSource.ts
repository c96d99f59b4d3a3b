/**
 * What cgo's own C code uses of a C library: its headers, the heap, errno, threads and floating point. Prints one word,
 * so that a run can be told from a program that never started.
 */
export const probeSource = `#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void *work(void *argument) {
	volatile double half = *(volatile int *)argument / 2.0;
	return half == 21.0 ? argument : NULL;
}

int main(void) {
	pthread_t thread;
	void *result = NULL;
	volatile int *number = malloc(sizeof *number);
	if (number == NULL) return 2;
	*number = 42;
	errno = 0;
	if (pthread_create(&thread, NULL, work, (void *)number) != 0) return 3;
	if (pthread_join(thread, &result) != 0 || result != (void *)number) return 4;
	free((void *)number);
	puts("crossbow");
	return errno == 0 ? 0 : 5;
}
`;
