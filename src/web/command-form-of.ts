import type { CommandForm } from '../../workflows/forms/command-form.js';
import type { WebServices } from './services.js';

/** The form of a command, by a name that may come from outside: `constructor` is no command. */
export function commandFormOf(services: WebServices, name: string): CommandForm | undefined {
  return Object.hasOwn(services.forms, name) ? services.forms[name] : undefined;
}
