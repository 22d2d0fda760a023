// Every test of a project has the same limit, `timeLimitMs` in jest.config.mjs; a slow machine multiplies all of them by
// ROTADESK_TIME_FACTOR. A limit says that something hangs, and judges no speed.
const { ROTADESK_TIME_FACTOR = '1' } = process.env;

jest.setTimeout(globalThis.timeLimitMs * Number(ROTADESK_TIME_FACTOR));
