/**
 * Loaded into each web process before the store (`node --import`): moves its clock along with the runner's, so that half
 * an hour to pay really ends, for the store and the providers alike. The store itself is the compiled release and
 * knows nothing of this. Only `Date` is moved; timers and Postgres keep real time, which they share with real life:
 * there, too, the database's clock is not the process's.
 */
let ahead = Number(process.env.FAULTS_AHEAD_MS ?? 0);

const RealDate = Date;
const movedNow = (): number => RealDate.now() + ahead;
globalThis.Date = new Proxy(RealDate, {
  // A proxy, not a subclass: `instanceof Date` and `Date()` without `new` stay as they were.
  construct: (target, given: unknown[]) =>
    Reflect.construct(target, given.length === 0 ? [movedNow()] : given) as Date,
  get: (target, key) => (key === 'now' ? movedNow : (Reflect.get(target, key) as unknown)),
});

process.on('message', (message: unknown) => {
  const told = (message as { ahead?: unknown } | null)?.ahead;
  if (typeof told === 'number') ahead = told;
});
// A runner that was killed must not leave shops behind; and listening to it is no reason to stay.
process.on('disconnect', () => process.exit(0));
process.channel?.unref();
