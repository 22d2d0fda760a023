/** A ticket's number as people say it: `#4 182`. */
export const numberText = (number: number): string =>
  `#${String(number).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')}`;
