/* What one core can do at most: independent multiply-adds in registers, and nothing else.

       cc -O2 -march=native peak_probe.c -o peak_probe && ./peak_probe SECONDS

   Prints JSON: operations a second (a multiply-add counts as two) of float32, of int8 in vector
   registers (VNNI), and of int8 in tile registers (AMX); 0 for what this processor lacks. Each is
   the fastest of many short turns, so that a neighbour on the machine does not lower it. */
#define _GNU_SOURCE
#include <immintrin.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define TURNS 20000 /* some 50 microseconds */
#define EACH(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)
#define CHAINS 12 /* sums side by side: more than the cycles that one multiply-add takes, times two */

#if defined(__AVX512F__)
typedef __m512 floats;
#define LANES 16
#define FLOAT_STEP(n) sum##n = _mm512_fmadd_ps(factor, factor, sum##n);
#define FLOATS _mm512_set1_ps(1e-9f)
#elif defined(__FMA__)
typedef __m256 floats;
#define LANES 8
#define FLOAT_STEP(n) sum##n = _mm256_fmadd_ps(factor, factor, sum##n);
#define FLOATS _mm256_set1_ps(1e-9f)
#endif

#if defined(__AVX512VNNI__)
typedef __m512i ints;
#define BYTES 64
#define INT_STEP(n) sum##n = _mm512_dpbusd_epi32(sum##n, factor, factor);
#define INTS _mm512_set1_epi8(1)
#elif defined(__AVXVNNI__)
typedef __m256i ints;
#define BYTES 32
#define INT_STEP(n) sum##n = _mm256_dpbusd_avx_epi32(sum##n, factor, factor);
#define INTS _mm256_set1_epi8(1)
#endif

#define START(n)   \
  sum##n = factor; \
  __asm__ volatile("" : "+v"(sum##n)); /* or equal sums would become one */
#define NAME(n) sum##n,
#define KEEP(n) __asm__ volatile("" ::"v"(sum##n)); /* or the compiler would leave it all out */

/* A macro, since sums with names of their own are what stays in registers. */
#define TURNS_OF(function, vectors, value, STEP)        \
  static void function(void) {                          \
    vectors factor = value, EACH(NAME) unused = factor; \
    (void)unused;                                       \
    EACH(START)                                         \
    for (int turn = 0; turn < TURNS; turn++) {          \
      EACH(STEP)                                        \
      __asm__ volatile("" : "+v"(factor));              \
    }                                                   \
    EACH(KEEP)                                          \
  }

#ifdef LANES
TURNS_OF(float_turns, floats, FLOATS, FLOAT_STEP)
#endif
#ifdef BYTES
TURNS_OF(int_turns, ints, INTS, INT_STEP)
#endif

#ifdef __AMX_INT8__
#define TILES 4 /* sums; two more tiles are the factors */
static const unsigned char TILE_SHAPE[64] __attribute__((aligned(64))) = {
    [0] = 1, [16] = 64, [18] = 64, [20] = 64, [22] = 64, [24] = 64, [26] = 64,
    [48] = 16, [49] = 16, [50] = 16, [51] = 16, [52] = 16, [53] = 16};

static int tiles_allowed(void) { /* Linux gives their registers to those who ask */
  return syscall(SYS_arch_prctl, 0x1023, 18) == 0;
}

static void tile_turns(void) {
  __asm__ volatile("ldtilecfg %0" ::"m"(TILE_SHAPE));
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  _tile_zero(4);
  _tile_zero(5);
  for (int turn = 0; turn < TURNS; turn++) {
    _tile_dpbusd(0, 4, 5);
    _tile_dpbusd(1, 4, 5);
    _tile_dpbusd(2, 4, 5);
    _tile_dpbusd(3, 4, 5);
  }
  _tile_release();
}
#endif

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double fastest(void (*turns)(void), double operations, double seconds) {
  double least = 1e9, end = now() + seconds;
  do {
    double start = now();
    turns();
    double taken = now() - start;
    if (taken < least) least = taken;
  } while (now() < end);
  return operations * TURNS / least;
}

int main(int count, char **words) {
  double seconds = count > 1 ? atof(words[1]) : 0.3, float32 = 0, vectors = 0, tiles = 0;
#ifdef LANES
  float32 = fastest(float_turns, 2.0 * LANES * CHAINS, seconds);
#endif
#ifdef BYTES
  vectors = fastest(int_turns, 2.0 * BYTES * CHAINS, seconds);
#endif
#ifdef __AMX_INT8__
  if (tiles_allowed()) tiles = fastest(tile_turns, 2.0 * 16 * 16 * 64 * TILES, seconds);
#endif
  printf("{\"float32\": %.6g, \"int8_vectors\": %.6g, \"int8_tiles\": %.6g}\n", float32, vectors,
         tiles);
  return 0;
}
