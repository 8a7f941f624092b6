/** What is wrong with a value of a parameter, in MLflow's words where these are its own. */
export interface ValueProblem {
  readonly text: string;
  /** MLflow takes it all the same. */
  readonly isHint: boolean;
}

/** A value for a parameter of an entry point. */
export interface CheckedValue {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly isRequired: boolean;
}

export interface CheckTexts {
  /** Said of what is no number; MLflow does not look. */
  readonly noNumber: (text: string, type: string) => string;
}

/**
 * Looks at a value as MLflow will (`mlflow.projects._project_spec.Parameter`); `exists` says whether a local path is there.
 */
export async function checkValue(
  { name, type, text, isRequired }: CheckedValue,
  exists: (path: string) => Promise<boolean>,
  texts: CheckTexts,
): Promise<ValueProblem | undefined> {
  if (text === '' && isRequired) {
    return { text: missingWords([name]), isHint: false };
  }
  switch (type) {
    case 'path':
      return isUri(text) || (await exists(text))
        ? undefined
        : {
            text: `Got value ${text} for parameter ${name}, but no such file or directory was found.`,
            isHint: false,
          };
    case 'uri':
      return isUri(text)
        ? undefined
        : { text: `Expected URI for parameter ${name} but got ${text}`, isHint: false };
    case 'int':
    case 'float': {
      const isNumber = type === 'int' ? integer.test(text) : float.test(text);
      return isNumber ? undefined : { text: texts.noNumber(text, type), isHint: true };
    }
    default:
      return undefined;
  }
}

/** What MLflow says where values are missing. */
export function missingWords(names: readonly string[]): string {
  return `No value given for missing parameters: ${names.map((name) => `'${name}'`).join(', ')}`;
}

/** Whether Python's `urlparse` finds a scheme; a drive of Windows is one, too, which MLflow lives with. */
function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text.trim()) && !/^[a-z]:[\\/]/i.test(text);
}

const integer = /^\s*[+-]?\d[\d_]*\s*$/;
const float = /^\s*[+-]?(?:(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)\s*$/i;
