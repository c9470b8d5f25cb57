/** Words close to one that is not known, as Python's `difflib` finds them, so that both give the same advice. */

/** Characters that two words share in matching blocks, by Ratcliff and Obershelp's pattern matching. */
function matching(a: string, b: string): number {
  let [size, atA, atB] = [0, 0, 0];
  let lengths: number[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const next: number[] = [];
    for (let j = 0; j < b.length; j += 1) {
      if (a[i] !== b[j]) continue;
      const length = (lengths[j - 1] ?? 0) + 1;
      next[j] = length;
      if (length > size) [size, atA, atB] = [length, i - length + 1, j - length + 1];
    }
    lengths = next;
  }
  if (size === 0) return 0;
  const before = matching(a.slice(0, atA), b.slice(0, atB));
  return before + size + matching(a.slice(atA + size), b.slice(atB + size));
}

/** At most `most` of the possibilities whose similarity (0 to 1) to `word` is at least `cutoff`, best first. */
export function closeMatches(
  word: string,
  possibilities: readonly string[],
  most: number,
  cutoff: number,
): string[] {
  return possibilities
    .map((known) => {
      const length = known.length + word.length;
      return { known, ratio: length === 0 ? 1 : (2 * matching(known, word)) / length };
    })
    .filter(({ ratio }) => ratio >= cutoff)
    .sort((a, b) => b.ratio - a.ratio || (a.known < b.known ? 1 : -1))
    .slice(0, most)
    .map(({ known }) => known);
}
