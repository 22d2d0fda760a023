const { default: Sequencer } = require('@jest/test-sequencer');

// A clean checkout knows no durations, and jest then begins with the largest files; the longest of ours are among the smallest.
const SLOWEST = [
  /bad-input/,
  /sms\/caps/,
  /replay\/replay\.test/,
  /mutants/,
  /webhooks\/webhooks/,
  /desk\/(waits|acceptance)/,
];

const place = ({ path }) => {
  const index = SLOWEST.findIndex((pattern) => pattern.test(path));
  return index < 0 ? SLOWEST.length : index;
};

module.exports = class SlowestFirst extends Sequencer {
  async sort(tests) {
    return (await super.sort(tests)).toSorted((a, b) => place(a) - place(b));
  }
};
