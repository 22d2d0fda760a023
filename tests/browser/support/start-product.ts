import { Product } from '../../e2e/support/product.ts';

/** The running product of the browser tests, for the teardown. */
export const running: { product?: Product } = {};

/** Starts the product once for all browser tests, unless ROTADESK_BROWSER_TESTS names one that runs (`{directory, addresses}`). */
const startProduct = async (): Promise<void> => {
  if (process.env.ROTADESK_BROWSER_TESTS) return;
  const product = new Product();
  running.product = product;
  const started = performance.now();
  await product.start();
  console.log(`\nstarted in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  process.env.ROTADESK_BROWSER_TESTS = JSON.stringify({
    directory: product.directory,
    addresses: product.addresses,
  });
};

export default startProduct;
