/** The name of a chart as a file name that every system takes. */
export function fileName(title: string): string {
  const safe = title
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 80);
  return safe === '' ? 'chart' : safe;
}
