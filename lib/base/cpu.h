/*
 * cpu - what this machine's processor can do.
 *
 * Floor 1 (base).  Uses: libc only.
 *
 * The C library has asked the processor already.  To ask again, as the
 * compiler's own __builtin_cpu_supports does when a command starts, takes
 * long on virtual machines: a twentieth of a short command.
 */
#ifndef CRM_CPU_H
#define CRM_CPU_H

#include <stdbool.h>

#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

/* Are there AVX2, both BMI and POPCNT? */
static inline bool
cpu_is_wide(void)
{
#if defined(CPU_FEATURE_ACTIVE)
	return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(BMI1) &&
	    CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(POPCNT);
#elif defined(__x86_64__)
	return __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("bmi") &&
	    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
	return false;
#endif
}

/* And of AVX-512 what looks bytes up in tables of 128? */
static inline bool
cpu_is_wider(void)
{
#if defined(CPU_FEATURE_ACTIVE)
	return cpu_is_wide() && CPU_FEATURE_ACTIVE(AVX512F) &&
	    CPU_FEATURE_ACTIVE(AVX512BW) && CPU_FEATURE_ACTIVE(AVX512_VBMI);
#elif defined(__x86_64__)
	return cpu_is_wide() && __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512vbmi");
#else
	return false;
#endif
}

#endif
