import { parseArgs } from 'node:util';
import setup from '../support/global-setup.js';
import { count } from './book.js';
import { runFaults, type Report } from './run.js';

const list = (counts: ReadonlyMap<string | number, number>): string =>
  [...counts]
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .map(([name, times]) => `${name} ${times}`)
    .join(' · ') || 'none';

function print(report: Report): void {
  const answers = new Map([...report.answers].map(([status, times]) => [status || 'no answer', times]));
  process.stdout.write(`
seed ${report.seed}
  orders      ${list(report.orders)} · of these revived by late money ${report.revived}
  payments    ${list(report.payments)}
  kept        ${list(report.kept)} (smallest units)
  went back   ${list(report.returned)}
  done        ${list(report.deeds)}
  answers     ${list(answers)}
  webhooks    ${report.webhooks} settled
  letters     ${report.letters}
  troubles    ${list(report.troubles)}
  jobs retried ${list(report.jobFailures)}
  failures beside a cut connection: ${list(report.excusedFailures)}
  checks      ${report.checks.size} of the model, beside the audit${report.isDatabaseHeard ? '' : '; the log of the database could not be read'}
${[...report.checks].map(([name, times]) => `    ${times === 0 ? 'holds' : `${times} ×  `} ${name}`).join('\n')}
  violations  ${report.violations.length}
`);
  const lines = new Map<string, number>();
  for (const { check, text } of report.violations) count(lines, `${check}: ${text}`);
  for (const [line, times] of lines)
    process.stdout.write(`  seed ${report.seed} · ${line}${times > 1 ? ` (${times} times)` : ''}\n`);
}

/** `npm run faults -- --seed N --minutes M --buyers N`: exit code 1 when anything that must hold does not. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      minutes: { type: 'string', default: '2' },
      buyers: { type: 'string', default: '8' },
    },
  });
  const [seed, minutes, buyers] = [values.seed, values.minutes, values.buyers].map(Number);
  if (!seed || !minutes || !buyers) throw new Error('--seed, --minutes and --buyers take numbers above 0');
  const teardown = await setup();
  try {
    const report = await runFaults({ seed, ms: minutes * 60_000, buyers });
    print(report);
    process.exitCode = report.violations.length > 0 ? 1 : 0;
  } finally {
    teardown();
  }
}

await main();
