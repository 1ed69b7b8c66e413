export { CHECKS } from './checks/index.js';
export { audit, type Violation } from './run.js';
