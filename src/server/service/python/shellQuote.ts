/** Python's `shlex.quote`, through which MLflow passes every value of a parameter (on Windows it is `mslex`). */
export function shellQuote(text: string): string {
  if (text === '') return "''";
  return /[^\w@%+=:,./-]/.test(text) ? `'${text.replaceAll("'", `'"'"'`)}'` : text;
}
