/** The model does not know what DynamoDB would do: a run must end here and not go on with a guess. */
export class NotModelled extends Error {
  constructor(what: string) {
    super(`the model of the store does not know ${what}`);
    this.name = 'NotModelled';
  }
}

/** DynamoDB's answer to what it cannot make sense of, as the SDK throws it: it has no class of its own there. */
export class ValidationException extends Error {
  readonly $metadata = {};

  constructor(message: string) {
    super(message);
    this.name = 'ValidationException';
  }
}
