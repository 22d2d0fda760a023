/** Parameters that lead to a place as such: `/tickets/{-$ticketId}` without a ticket. Links would else keep those of the page. */
export const withoutParameters = (path: string): Readonly<Record<string, undefined>> =>
  Object.fromEntries([...path.matchAll(/\{-\$(\w+)\}/g)].map((match) => [match[1] ?? '', undefined]));
