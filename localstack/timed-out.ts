/** A function took longer than its declaration allows. On AWS it would be ended; here it may still come to its end. */
export class TimedOut extends Error {}
