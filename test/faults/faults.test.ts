import { beforeAll, expect, it } from 'vitest';
import { build } from './processes.js';
import { runFaults } from './run.js';

beforeAll(build, 120_000);

it('two processes under fire keep every promise about money, stock, letters and privacy', async () => {
  const report = await runFaults({ seed: 20261123, ms: 15_000, buyers: 5 });
  expect(report.violations).toEqual([]);
  // Otherwise the run has proved nothing.
  expect(report.orders.size).toBeGreaterThan(0);
}, 300_000);
