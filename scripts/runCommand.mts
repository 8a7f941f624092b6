import { startTied, type TiedOptions } from './tiedProcess.mts';

/** Runs a command to its end. Rejects with its last lines when it exits with anything but 0. */
export const runCommand = async (
  command: string,
  commandArguments: readonly string[],
  options: TiedOptions = {},
): Promise<string> => {
  const running = startTied(command, commandArguments, options);
  const code = await running.exited;
  if (code !== 0)
    throw new Error(
      `${command} ${commandArguments.join(' ')} exited with ${code}:\n${running.output()}`,
    );
  return running.output();
};
