export { removePackage as default } from './package-product.ts';
