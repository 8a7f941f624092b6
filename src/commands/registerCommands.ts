import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import type { Log } from '../base/log';
import { commands } from '../ids';
import type { CommandContext } from './commandContext';
import { registerCommand } from './guard';
import { handlers } from './handlers';

/** Registers every command there is. */
export function registerCommands(context: CommandContext, log: Log): Disposable {
  const registered = new DisposableStore();
  for (const name of Object.keys(handlers) as (keyof typeof commands)[]) {
    registered.add(registerCommand(commands[name], handlers[name], context, log));
  }
  return registered;
}
