import type { commands } from '../ids';
import type { CommandHandler } from './commandContext';
import type { RegistryHandlers } from './registry/registryHandlers';

/** What commands do is most of the code of this room; the editor starts sooner without it. */
export function lateHandlers(): Promise<typeof import('./handlers')> {
  return import('./handlers');
}

/** What a command does. */
export async function handlerOf(name: keyof typeof commands): Promise<CommandHandler> {
  const { handlers } = await lateHandlers();
  if (name in handlers) {
    return handlers[name as keyof typeof handlers];
  }
  const { registryHandlers } = await import('./registry/registryHandlers');
  return registryHandlers[name as keyof RegistryHandlers];
}
