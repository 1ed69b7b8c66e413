/**
 * Thrown inside a transaction to roll it back and still hand an expected refusal to the caller: see `refuse` and
 * `inTransaction` in `platform/db.ts`.
 */
export class Refusal<R> extends Error {
  override name = 'Refusal';
  readonly result: R;
  constructor(result: R) {
    super('refused');
    this.result = result;
  }
}
