import { running } from './start-product.ts';

const stopProduct = async (): Promise<void> => {
  try {
    await running.product?.stop();
  } finally {
    await running.product?.remove();
  }
};

export default stopProduct;
