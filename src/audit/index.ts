export { CHECKS } from './checks.js';
export { audit, type Violation } from './run.js';
