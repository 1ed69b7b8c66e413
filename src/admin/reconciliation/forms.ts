import { PROVIDERS, type Provider } from '../../payments/index.js';
import {
  FINDING_NOTE_LENGTH,
  FINDING_STATES,
  KINDS,
  REPAIRS,
  type FindingState,
  type Kind,
  type Repair,
} from '../../reconciliation/index.js';
import { readId, typedFields, type FieldError, type Read } from '../../web/index.js';

export interface FindingQuery {
  state: FindingState | 'all';
  kind: Kind | null;
  provider: Provider | null;
  /** The id before which the page begins; null for the first page. */
  before: number | null;
}

/** What a list's address asks for. What cannot be understood counts as not said. */
export function readFindingQuery(query: unknown): FindingQuery {
  const typed = typedFields(query, ['state', 'kind', 'provider', 'before']);
  return {
    state: typed.state === 'all' ? 'all' : (FINDING_STATES.find(state => state === typed.state) ?? 'open'),
    kind: KINDS.find(kind => kind === typed.kind) ?? null,
    provider: PROVIDERS.find(provider => provider === typed.provider) ?? null,
    before: readId(typed.before),
  };
}

export function findingListPath({ state, kind, provider, before }: FindingQuery): string {
  const said = { state: state === 'open' ? null : state, kind, provider, before };
  const params = new URLSearchParams(
    Object.entries(said).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, String(value)]],
    ),
  );
  return params.size > 0 ? `/admin/reconciliation?${params.toString()}` : '/admin/reconciliation';
}

export function readRepair(body: unknown): Repair | null {
  const { repair } = typedFields(body, ['repair']);
  return REPAIRS.find(each => each === repair) ?? null;
}

/** Why nothing is to be done: one line of text, for whoever asks in a year. */
export function readDismissal(body: unknown): Read<{ note: string }> & { typed: string } {
  const typed = typedFields(body, ['note']).note;
  const note = typed
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const errors: FieldError[] = [];
  if (note === '') errors.push({ field: 'note', key: 'admin.reconciliation.error.note' });
  if (note.length > FINDING_NOTE_LENGTH)
    errors.push({
      field: 'note',
      key: 'admin.reconciliation.error.long',
      values: { most: FINDING_NOTE_LENGTH },
    });
  return errors.length > 0 ? { ok: false, errors, typed } : { ok: true, value: { note }, typed };
}
