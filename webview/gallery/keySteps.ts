type KeySteps = ReadonlyMap<string, string>;

export function withKey(keySteps: KeySteps, key: string, step: string): KeySteps {
  return new Map([...keySteps, [key, step]]);
}

export function withoutKey(keySteps: KeySteps, key: string): KeySteps {
  return new Map([...keySteps].filter(([each]) => each !== key));
}
