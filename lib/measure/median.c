#include "measure/median.h"

#include <stdlib.h>

#include "base/num.h"

enum { TENTH = 8640 }; /* seconds of a tenth of a day */

static void
swap(int64_t *a, int64_t *b)
{
	int64_t t = *a;

	*a = *b;
	*b = t;
}

static int64_t
middle_of_three(int64_t a, int64_t b, int64_t c)
{
	if (a > b)
		swap(&a, &b);
	if (b > c)
		b = c;
	return a > b ? a : b;
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Hoare's selection: v[k] becomes what it were if v rose, nothing behind it
 * is smaller, nothing before it larger.  What as many halvings as n can bear
 * have not settled is sorted, lest numbers in an evil order take for ever. */
static void
choose(int64_t *v, size_t n, size_t k)
{
	size_t low = 0, high = n - 1;

	for (size_t rest = n; low < high; rest /= 2) {
		int64_t pivot = middle_of_three(v[low],
		    v[low + (high - low) / 2], v[high]);
		size_t i = low, j = high;

		if (rest == 0) {
			qsort(v + low, high - low + 1, sizeof *v, by_value);
			return;
		}
		for (;; i++, j--) {
			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i >= j)
				break;
			swap(&v[i], &v[j]);
		}
		if (k <= j)
			high = j;
		else
			low = j + 1;
	}
}

int64_t
median_twice(int64_t *v, size_t n)
{
	size_t k = n / 2;
	int64_t below;

	choose(v, n, k);
	if (n % 2 == 1)
		return 2 * v[k];
	below = v[0];
	for (size_t i = 1; i < k; i++)
		below = v[i] > below ? v[i] : below;
	return below + v[k];
}

int64_t
median_percentile(int64_t *v, size_t n, int percent)
{
	size_t k = (n * (size_t)percent + 99) / 100 - 1;

	choose(v, n, k);
	return v[k];
}

/* What is found parts those that are smaller from the rest. */
void
median_parts(int64_t *least, int64_t *v, size_t n, size_t parts)
{
	size_t from = 0;

	for (size_t i = 1; i < parts; i++) {
		size_t k = (n * i - 1) / parts;

		choose(v + from, n - from, k - from);
		least[i - 1] = v[k];
		from = k;
	}
}

int64_t
median_days(int64_t twice)
{
	return num_div(twice, 2 * TENTH);
}
