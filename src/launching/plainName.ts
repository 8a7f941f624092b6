/**
 * Whether a name of a parameter that a project does not declare means the same to everybody: MLflow 2 puts such a name into the line
 * that a shell reads, without quotes.
 */
export function isPlainName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name);
}
