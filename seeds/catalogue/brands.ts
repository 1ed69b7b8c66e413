import type { BrandCode } from './types.js';

export const brands: { code: BrandCode; name: string }[] = [
  { code: 'trainium', name: 'Trainium' },
  { code: 'forge', name: 'Forge' },
  { code: 'pulse', name: 'Pulse' },
  { code: 'flow', name: 'Flow' },
];
