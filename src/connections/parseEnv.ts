import { parse } from 'dotenv';

/** Reads the text of a `.env` file, as python-dotenv does that MLflow reads it with; loaded where there is such a file. */
export function parseEnv(text: string): Readonly<Record<string, string>> {
  return parse(text);
}
