export { askRepair, dismissFinding, FINDING_NOTE_LENGTH, type AskResult } from './actions/decide.js';
export type { DismissResult } from './actions/decide.js';
export { beginRun, type BeginResult } from './actions/runs.js';
export { reconciliationTasks, RECONCILIATION_CRON } from './jobs.js';
export {
  countFindings,
  countOpenFindings,
  findFinding,
  listFindingEvents,
  listFindings,
  listRuns,
  type Finding,
  type FindingEvent,
  type Run,
} from './queries.js';
export {
  FINDING_STATES,
  KINDS,
  REPAIRS,
  repairsFor,
  type FindingState,
  type Kind,
  type Repair,
  type Side,
} from './rules.js';
