import type { Random } from './random.js';

/** A form of a page, as a browser without scripts sees it. */
export interface PageForm {
  action: string;
  method: 'get' | 'post';
  fields: Field[];
  /** Buttons that send a value of their own. */
  buttons: { name: string; value: string }[];
}

interface Field {
  name: string;
  type: string;
  value: string;
  max: number | null;
  /** Values of a select or of radios of one name. */
  choices: string[];
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#34;': '"',
  '&quot;': '"',
  '&#39;': "'",
};
const decode = (text: string) => text.replace(/&(?:amp|lt|gt|quot|#34|#39);/g, entity => entities[entity]!);
const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1]!) : null;
};

/** All forms of a page whose action matches. */
export function formsOf(html: string, action: RegExp): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head, body]) => {
    const target = attribute(head!, 'action') ?? '';
    if (!action.test(target)) return [];
    return {
      action: target,
      method: attribute(head!, 'method') === 'post' ? 'post' : 'get',
      fields: fieldsOf(body!),
      buttons: [...body!.matchAll(/<button\b([^>]*)>/g)].flatMap(([, tag]) => {
        const name = attribute(tag!, 'name');
        return name === null ? [] : { name, value: attribute(tag!, 'value') ?? '' };
      }),
    };
  });
}

function fieldsOf(body: string): Field[] {
  const fields: Field[] = [];
  for (const [, tag] of body.matchAll(/<input\b([^>]*)>/g)) {
    const name = attribute(tag!, 'name');
    if (name === null) continue;
    const type = attribute(tag!, 'type') ?? 'text';
    const value = attribute(tag!, 'value') ?? '';
    const max = attribute(tag!, 'max');
    const radio = type === 'radio' ? fields.find(field => field.name === name) : undefined;
    if (radio) radio.choices.push(value);
    else fields.push({ name, type, value, max: max === null ? null : Number(max), choices: [value] });
  }
  for (const [, tag, inner] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const choices = [...inner!.matchAll(/<option\b([^>]*)>/g)].map(
      ([, option]) => attribute(option!, 'value') ?? '',
    );
    fields.push({ name: attribute(tag!, 'name') ?? '', type: 'select', value: '', max: null, choices });
  }
  return fields;
}

/**
 * Fills in a form as somebody in a hurry does: numbers up to what is allowed, one of each choice, boxes ticked or not,
 * hidden fields as they came. `typed` says what goes into fields of words.
 */
export function fillIn(
  form: PageForm,
  random: Random,
  typed: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, type, value, max, choices } of form.fields) {
    const said = typed[name];
    if (said !== undefined) values[name] = said;
    else if (type === 'hidden') values[name] = value;
    else if (type === 'checkbox') {
      if (random.chance(0.5)) values[name] = value;
    } else if (type === 'radio' || type === 'select') values[name] = random.pick(choices);
    else if (type === 'number') values[name] = String(random.whole(0, max ?? 2));
    else values[name] = value;
  }
  const button = form.buttons.length > 0 ? random.pick(form.buttons) : null;
  return button ? { ...values, [button.name]: button.value } : values;
}
