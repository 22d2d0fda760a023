export { deriveCode, deriveToken } from './derive.ts';
export { seal, unseal } from './seal.ts';
