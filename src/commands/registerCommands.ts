import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import type { Log } from '../base/log';
import { commands } from '../ids';
import type { CommandContext, CommandHandler } from './commandContext';
import { registerCommand } from './guard';
import { handlerOf } from './lateHandlers';

/** Registers every command there is; what they do is loaded with the first of them. */
export function registerCommands(context: CommandContext, log: Log): Disposable {
  const registered = new DisposableStore();
  for (const name of Object.keys(commands) as (keyof typeof commands)[]) {
    const handler = async (...what: Parameters<CommandHandler>): Promise<void> => {
      await (
        await handlerOf(name)
      )(...what);
    };
    registered.add(registerCommand(commands[name], handler, context, log));
  }
  return registered;
}
