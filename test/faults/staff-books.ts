import { formsOf } from './forms.js';
import type { Staff } from './staff.js';

const LIST = '/admin/reconciliation';

/** "Check now": our books against the providers'. */
export async function compareBooks({ post }: Staff): Promise<void> {
  await post(`${LIST}/runs`, {});
}

/** Presses a button beside each open finding; the first one is what the desk proposes. */
export async function repairFindings({ get, post, random }: Staff): Promise<void> {
  const { text } = await get(LIST);
  for (const { action, buttons } of formsOf(text, /\/repairs$/)) {
    const button = random.chance(0.8) ? buttons[0] : random.pick(buttons);
    if (button) await post(action, { [button.name]: button.value });
  }
}
