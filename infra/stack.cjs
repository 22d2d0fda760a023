// osls loads configuration from .js and .cjs files only; the work is in TypeScript beside it.
module.exports = require('./stack.ts');
