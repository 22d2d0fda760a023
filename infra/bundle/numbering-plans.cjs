// An esbuild plugin that leaves out of the numbering plans how numbers are written for people: a third of their bytes, and the product
// writes numbers in E.164 alone. Which numbers are read, and as what, stays the same (tests/infra/numbering-plans.test.ts).
const METADATA = /[\\/]libphonenumber-js[\\/]metadata\.max\.json(\.js)?$/;

/** Where the formats stand in the plan of a country. */
const FORMATS = 4;

const withoutFormats = (plans) =>
  Object.fromEntries(
    Object.entries(plans).map(([name, plan]) => [
      name,
      plan.map((part, index) => (index === FORMATS && Array.isArray(part) ? [] : part)),
    ]),
  );

module.exports = {
  name: 'numbering-plans',
  setup(build) {
    build.onLoad({ filter: METADATA }, () => {
      const { countries, nonGeographic, ...rest } = require('libphonenumber-js/metadata.max.json');
      const lean = {
        ...rest,
        countries: withoutFormats(countries),
        nonGeographic: withoutFormats(nonGeographic),
      };
      return { contents: `export default ${JSON.stringify(lean)};`, loader: 'js' };
    });
  },
};
