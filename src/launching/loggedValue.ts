import { shellQuote } from '../server/service/python/shellQuote';

/**
 * Whether MLflow logged this text for a parameter. It logs what stands in the command, quoted for a shell
 * (`EntryPoint._sanitize_param_dict`); a script may log the text itself.
 */
export function isLoggedAs(text: string, logged: string): boolean {
  return logged === text || logged === shellQuote(text);
}

/** The text that was given for a parameter that MLflow has logged. */
export function givenText(logged: string): string {
  const inner = /^'(.*)'$/s.exec(logged)?.[1]?.replaceAll(`'"'"'`, "'");
  return inner !== undefined && shellQuote(inner) === logged ? inner : logged;
}
